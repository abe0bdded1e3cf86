"""Search over a study: what is found where, against plain Python; and the index through undo and corrections."""

from __future__ import annotations

import random
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders import LEADER, STAFF, code, full_study, new_study, table, write_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmo
from cmo.study import Study
from store.errors import BadPosition, BadQuery, InputError, UnknownName
from store.schema import MARK_KINDS
from store.words import words_of
from transcripts.search import patterns
from transcripts.search.forms import forms_of
from transcripts.search.matching import Matcher
from transcripts.search.query import parse


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with full_study(tmp_path) as opened:
        yield opened
        assert opened.check() == []


def found(study: Study, query: str, **how: Any) -> list[str]:
    """``source: words found`` for every hit."""
    return [f"{hit.source}: {hit.words}" for hit in study.search(query, limit=1000, **how).hits]


def sources_with(study: Study, query: str, **how: Any) -> list[str]:
    return list(dict.fromkeys(hit.source for hit in study.search(query, limit=1000, **how).hits))


def import_texts(study: Study, folder: Path, **texts: str) -> None:
    study.import_files([write_texts(folder, {f"{name}.txt": text for name, text in texts.items()})])


# -- words ----------------------------------------------------------------------------------------------------


def test_a_word_is_found_in_all_its_forms_and_exactly_only_as_typed(study: Study) -> None:
    assert found(study, "bog") == ["leder: bøger"]
    assert found(study, "gå") == ["ansat: gå", "gruppe: gå", "leder: gik"]
    assert found(study, "gik", exact=True) == found(study, "=gik") == ["leder: gik"]
    assert found(study, "bog", exact=True) == []


def test_a_word_is_found_in_the_forms_of_the_language_that_a_source_is_set_to_later(tmp_path: Path) -> None:
    with new_study(tmp_path) as study:
        import_texts(study, tmp_path / "in", house="R: We bought houses there.\n")
        assert study.source("house").language == "da"
        assert found(study, "buy") == []
        table(tmp_path / "sources.csv", [["file", "language"], ["house", "en"]])
        study.bind_sources(tmp_path / "sources.csv")
        assert found(study, "buy") == ["house: bought"]


def test_a_hit_has_its_place_its_words_and_what_stands_around_them(study: Study) -> None:
    (hit,) = study.search('"hentede bøger"', context=9).hits
    text = study.transcript("leder").text
    assert text[hit.start : hit.end] == hit.words == "hentede bøger"
    assert (hit.before, hit.after) == ("k ned og ", " i pausen")
    assert [text[term.start : term.end] for term in hit.terms] == ["hentede", "bøger"]
    assert (hit.source, hit.turn, hit.speaker, hit.asks) == ("leder", 2, "R", None)
    assert (hit.kind, hit.case, hit.role, hit.codings) == ("interview", "Værftet", "Leder", 0)


def test_context_stays_inside_the_turn(study: Study) -> None:
    (hit,) = study.search('"den der"').hits or study.search("holder").hits
    assert "Bruger I bussen" not in hit.before
    assert "Hvad ville hjælpe" not in hit.after


def test_words_must_be_in_one_turn_unless_the_whole_source_is_asked_for(study: Study) -> None:
    assert found(study, "bus sur") == []
    assert found(study, "=bogbussen =fast", within="source") == []
    assert found(study, "=kom =mandagen", within="source") == ["leder: kom", "leder: mandagen"]
    assert found(study, "=fast NOT =travlt", within="source") == []
    assert found(study, "=fast NOT =mandagen", within="source") == ["ansat: fast"]
    assert found(study, "NEAR(=ville =hjælpe, 0) =travlt", within="source") == ["ansat: travlt", "ansat: ville hjælpe"]


def test_letters_are_themselves_however_they_are_typed(study: Study, tmp_path: Path) -> None:
    import_texts(study, tmp_path / "more", a="R: Åben for ALLE.", b="R: aben sover", c="R: q\u0303a glad🥲ja 😀god")
    assert found(study, "=åben") == found(study, unicodedata.normalize("NFD", "=Åben")) == ["a: Åben"]
    assert found(study, "=aben") == ["b: aben"]
    assert found(study, "=alle") == ["a: ALLE"]
    assert found(study, "=glad") == ["c: glad"]
    assert found(study, "=god") == ["c: god"]
    assert found(study, "=q\u0303a") == ["c: q\u0303a"]
    assert found(study, "=qa") == []


def test_what_transcribers_write_can_be_passed_over(study: Study, tmp_path: Path) -> None:
    import_texts(study, tmp_path / "more", a="I: Hvordan?\nR: Det var [griner] ret sjovt. (pause) Ja.\nI: Tak.\nR: Ja.")
    assert found(study, "=griner") == ["a: griner"]
    assert found(study, "=griner", leave_out=MARK_KINDS) == []
    assert found(study, '"var ret sjovt"') == []
    assert found(study, '"var ret sjovt"', leave_out=MARK_KINDS) == ["a: var [griner] ret sjovt"]
    assert found(study, "=sjovt NOT =griner", leave_out=MARK_KINDS) == ["a: sjovt"]
    assert found(study, "=griner", leave_out=["pause"]) == ["a: griner"]
    with pytest.raises(InputError, match="no marks of the kind 'laughter'"):
        study.search("bus", leave_out=["laughter"])


# -- expressions ------------------------------------------------------------------------------------------------


def test_an_expression_is_held_against_each_turn_by_itself(study: Study) -> None:
    assert found(study, r"/\bbog\w+/") == ["gruppe: bogbussen", "leder: bogbussen"]
    assert found(study, r"^jeg", regex=True) == ["gruppe: Jeg", "gruppe: Jeg"]
    assert found(study, r"(?-i:^jeg)", regex=True) == []
    assert found(study, r"bussen\?\s+R: Nej", regex=True) == []
    assert found(study, r"x*", regex=True) == []
    assert found(study, "/😀/") == ["leder: 😀"]


def test_an_expression_that_cannot_be_read_or_never_ends_is_refused(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadQuery, match=r"at character 3: .*missing"):
        study.search("(a", regex=True)
    with pytest.raises(BadQuery, match="no expression"):
        study.search(" ", regex=True)
    monkeypatch.setattr(patterns, "SECONDS_A_SOURCE", 0.05)
    import_texts(study, tmp_path / "more", long="R: " + "a" * 60 + "b")
    with pytest.raises(InputError, match="too long in 'long'"):
        study.search(r"(a|aa)+$", regex=True)


# -- where ------------------------------------------------------------------------------------------------------


def test_hits_are_narrowed_by_where_and_who(study: Study) -> None:
    assert sources_with(study, "jeg OR den", where={"case": "Værftet"}) == ["gruppe", "leder"]
    assert sources_with(study, "jeg OR den", where={"attribute:Sektor": "Offentlig"}) == ["ansat", "gruppe"]
    assert found(study, "=jeg", where={"role": "Tillidsvalgt"}) == ["gruppe: Jeg"]
    assert found(study, "=jeg", where={"participant": "Bo"}) == ["gruppe: Jeg"]
    assert found(study, "=jeg", where={"speaker": "ip2"}) == ["gruppe: Jeg"]
    assert found(study, "=jeg", where={"kind": "interview"}) == ["leder: jeg"]
    assert found(study, "=jeg", where={"source": "gruppe", "role": "Leder"}) == []
    assert found(study, "hvad", asks=True) == ["ansat: Hvad", "leder: Hvad"]
    assert found(study, "hvad", asks=False) == []
    assert found(study, "køen", asks=False) == ["leder: Køen"]
    assert found(study, "/hvad/", asks=True) == ["ansat: Hvad", "leder: Hvad"]


def test_what_has_no_value_can_be_asked_for(study: Study, tmp_path: Path) -> None:
    import_texts(study, tmp_path / "more", plain="Bussen kom, og ingen sagde det.")
    assert sources_with(study, "bus OR kom", where={"case": None}) == ["plain"]
    assert sources_with(study, "bus OR kom", where={"speaker": None}) == ["plain"]
    assert sources_with(study, "bus OR kom", where={"attribute:Sektor": None}) == ["plain"]
    assert sources_with(study, "bus OR kom", where={"round": None}) == ["ansat", "leder", "plain"]


def test_hits_are_narrowed_by_what_is_coded(study: Study) -> None:
    code(study, "leder", "hentede bøger", "#1 M")
    code(study, "leder", "bøger i pausen", "#2 O")
    assert [hit.codings for hit in study.search("bog").hits] == [2]
    assert found(study, "gå", coded=True) == []
    assert found(study, "bog OR gå", coded=True) == ["leder: bøger"]
    assert found(study, "bog OR gå", coded=False) == ["ansat: gå", "gruppe: gå", "leder: gik"]
    assert found(study, "hente OR pause", where={"code": "#1 M"}) == ["leder: hentede"]
    assert found(study, "hente OR pause", where={"point": "2"}) == ["leder: pausen"]
    assert found(study, "hente", where={"code": "#1 M", "point": "2"}) == []


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ({"case": "Verftet"}, "Værftet"),
        ({"speaker": "IP9"}, "IP1"),
        ({"colour": "red"}, "source, kind"),
        ({"round": "1"}, ""),
    ],
)
def test_what_the_study_does_not_have_is_no_filter(study: Study, where: dict[str, str | None], says: str) -> None:
    with pytest.raises(UnknownName) as refused:
        study.search("bus", where)
    assert says in str(refused.value)


# -- pages and counts -------------------------------------------------------------------------------------------


def test_hits_come_in_pages_and_are_counted(study: Study) -> None:
    whole = study.search("det OR den OR jeg OR bus", limit=1000, count=True)
    assert not whole.more
    assert whole.counts is not None
    assert whole.counts.turns == len({(hit.source, hit.turn) for hit in whole.hits})
    assert whole.counts.sources == len({hit.source for hit in whole.hits}) == 3
    pages = [study.search("det OR den OR jeg OR bus", limit=3, offset=skip) for skip in range(0, len(whole.hits), 3)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert [page.more for page in pages] == [True] * (len(pages) - 1) + [False]


@pytest.mark.parametrize("query", ["NEAR(gå ned, 3)", "/ned/", "gå NOT NEAR(gå ned, 3)"])
def test_counts_are_true_where_the_index_alone_cannot_know(study: Study, query: str) -> None:
    whole = study.search(query, limit=1000, count=True)
    assert whole.hits
    assert whole.counts is not None
    assert whole.counts.turns == len({(hit.source, hit.turn) for hit in whole.hits})


# -- against plain Python -----------------------------------------------------------------------------------------

VOCABULARY = [
    "bus",
    "bussen",
    "busser",
    "å",
    "a",
    "ålen",
    "gik",
    "går",
    "Tid",
    "tiden",
    "NÆR",
    "😀",
    "e-mail",
    "øl",
    "i",
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Study, list[tuple[str, int, str]]]]:
    """A study of invented babble, some of it corrected, and every turn's speech as plain text in order."""
    folder = tmp_path_factory.mktemp("corpus")
    chance = random.Random(7)

    def babble() -> str:
        lines = (" ".join(chance.choices(VOCABULARY, k=chance.randint(1, 12))) for _ in range(chance.randint(2, 12)))
        return "".join(f"{'IR'[number % 2]}: {line}.\n" for number, line in enumerate(lines))

    with new_study(folder) as study:
        study.import_files([write_texts(folder / "in", {f"kilde{number:02}.txt": babble() for number in range(20)})])
        for number in (3, 4, 11):
            study.correct_text(f"kilde{number:02}", babble(), "a test")
        turns = []
        for source in study.sources():
            transcript = study.transcript(source.id)
            turns += [
                (source.name, turn.number, transcript.text[turn.speech_start : turn.end]) for turn in transcript.turns
            ]
        yield study, turns


@pytest.fixture(scope="module")
def texts(corpus: tuple[Study, list[tuple[str, int, str]]]) -> dict[int, str]:
    """The text of each source of the corpus, by its id."""
    return {source.id: corpus[0].transcript(source.id).text for source in corpus[0].sources()}


plain_words = st.sampled_from([word for word in VOCABULARY if word not in ("😀", "e-mail")])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(plain_words, min_size=1, max_size=3),
    st.lists(plain_words, max_size=1),
    st.sampled_from(["all", "any", "phrase", "prefix"]),
)
def test_search_agrees_with_plain_python(
    corpus: tuple[Study, list[tuple[str, int, str]]],
    texts: dict[int, str],
    wanted: list[str],
    unwanted: list[str],
    how: str,
) -> None:
    study, turns = corpus
    low = [word.lower() for word in wanted]
    query, holds = {
        "all": (" ".join(wanted), lambda words: set(low) <= set(words)),
        "any": (" OR ".join(wanted), lambda words: not set(low).isdisjoint(words)),
        "phrase": (f'"{" ".join(wanted)}"', lambda words: f" {' '.join(low)} " in f" {' '.join(words)} "),
        "prefix": (f"{wanted[0]}*", lambda words: any(word.startswith(low[0]) for word in words)),
    }[how]
    if unwanted:
        query = f"({query}) NOT {unwanted[0]}"
    expected = [
        (name, number)
        for name, number, speech in turns
        if holds(words_of(speech)) and not set(words_of(speech)) & {word.lower() for word in unwanted}
    ]
    hits = study.search(query, exact=True, limit=100_000, count=True)
    assert list(dict.fromkeys((hit.source, hit.turn) for hit in hits.hits)) == expected
    assert hits.counts is not None
    assert hits.counts.turns == len(expected)
    for hit in hits.hits:
        assert texts[hit.source_id][hit.start : hit.end] == hit.words


@given(
    st.lists(plain_words, min_size=2, max_size=3),
    st.integers(0, 4),
    st.sampled_from(["NEAR({}, {})", "NEAR({}*, {})", "tid NOT NEAR({}, {})"]),
    st.booleans(),
)
def test_the_index_leaves_out_no_turn_that_matches(
    corpus: tuple[Study, list[tuple[str, int, str]]], words: list[str], within: int, form: str, exact: bool
) -> None:
    study, turns = corpus
    typed = form.format(" ".join(words), within)
    query = parse(typed, exact=exact)
    with study.file.read() as conn:
        matcher = Matcher(query, forms_of(conn, query))
    expected = [(name, number) for name, number, speech in turns if matcher.matches(speech, 0, len(speech))]
    hits = study.search(typed, exact=exact, limit=100_000).hits
    assert list(dict.fromkeys((hit.source, hit.turn) for hit in hits)) == expected


# -- the index ----------------------------------------------------------------------------------------------------


def test_what_is_undone_is_not_found_and_what_is_redone_is(study: Study, tmp_path: Path) -> None:
    import_texts(study, tmp_path / "more", ny="R: En helt ny bus.")
    assert sources_with(study, "bus") == ["ansat", "ny"]
    study.undo()
    assert sources_with(study, "bus") == ["ansat"]
    study.redo()
    assert sources_with(study, "bus") == ["ansat", "ny"]


def test_a_corrected_source_is_found_by_its_present_words_and_in_its_place(study: Study) -> None:
    study.correct_text("ansat", STAFF.replace("travlt", "ferie"), "misheard")
    assert found(study, "=travlt") == []
    assert found(study, "=ferie") == ["ansat: ferie"]
    assert sources_with(study, "den OR det") == ["ansat", "leder"]
    study.undo()
    assert found(study, "=travlt") == ["ansat: travlt"]
    assert found(study, "=ferie") == []


def test_what_another_program_imports_is_found(study: Study, tmp_path: Path) -> None:
    with cmo.open_study(study.path, coder="CD") as other:
        import_texts(other, tmp_path / "more", ny="R: En helt ny bus.")
        assert found(study, "bus") == found(other, "bus") == ["ansat: bussen", "ny: bus"]


def without_index(path: Path) -> None:
    """As a study is that an older cmo made."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE spoken")
        connection.execute("DELETE FROM words")
        connection.commit()


def test_a_study_without_an_index_gets_it_from_its_first_search(study: Study, tmp_path: Path) -> None:
    before = study.log(1)
    without_index(study.path)
    import_texts(study, tmp_path / "more", ny="R: En helt ny bus.")
    study.undo()
    said: list[tuple[int, int, str]] = []

    def progress(*so_far: Any) -> bool:
        said.append(so_far)
        return True

    assert [hit.words for hit in study.search("bog OR gå", progress=progress).hits] == ["gå", "gå", "gik", "bøger"]
    assert said[0] == (0, 3, "ansat")
    assert said[-1] == (3, 3, "")
    assert found(study, "bog") == ["leder: bøger"]
    assert study.log(3)[-1] == before[0]
    study.redo()  # of turns that were not there when the index was made
    assert found(study, "=ny") == ["ny: ny"]


def test_an_index_that_lacks_turns_is_a_finding_and_can_be_made_anew(study: Study) -> None:
    with closing(sqlite3.connect(study.path)) as connection:
        connection.execute("INSERT INTO spoken(spoken) VALUES('delete-all')")
        connection.commit()
    (finding,) = study.check()
    assert finding.code == "search-index"
    assert "--rebuild" in finding.message
    assert found(study, "bus") == []
    assert study.rebuild_search() == sum(source.turns for source in study.sources())
    assert found(study, "bus") == ["ansat: bussen"]


# -- coding what is found -------------------------------------------------------------------------------------------


def test_hits_are_coded_in_one_act(study: Study) -> None:
    hits = study.search("gå").hits
    before = study.log(1)[0].seq
    made = study.code_hits(hits, "#1 M")
    assert sorted(coding.quote for coding in made) == ["gik", "gå", "gå"]
    assert study.log(1)[0].seq == before + 1
    assert study.log(1)[0].summary == "code #1 M on 3 passages found by a search"
    study.undo()
    assert [hit.codings for hit in study.search("gå").hits] == [0, 0, 0]


def test_sentences_or_turns_of_hits_are_coded_once_each(study: Study) -> None:
    hits = study.search("=folk OR =hentede OR =ventet").hits
    assert len(hits) == 3
    sentences = study.code_hits(hits, "#1 M", passage="sentence")
    assert [coding.quote for coding in sentences] == [
        "Folk gik ned og hentede bøger i pausen.",
        "Det havde jeg ikke ventet.",
    ]
    (turn,) = study.code_hits(hits, "#2 M", passage="turn")
    assert turn.quote == "Folk gik ned og hentede bøger i pausen. Det havde jeg ikke ventet."


def test_hits_in_a_text_that_was_corrected_since_are_not_coded(study: Study) -> None:
    hits = study.search("gå").hits
    study.correct_text("leder", LEADER.replace("Folk", "Alle folk"), "misheard")
    with pytest.raises(BadPosition, match="'leder' has another text"):
        study.code_hits(hits, "#1 M")
    assert [hit.codings for hit in study.search("gå").hits] == [0, 0, 0]


def test_nothing_found_codes_nothing(study: Study) -> None:
    before = study.log(1)
    assert study.code_hits([], "#1 M") == []
    assert study.log(1) == before


def test_a_search_sees_what_was_changed_since_the_last_one_here_and_elsewhere_but_no_rehearsal(study: Study) -> None:
    def roles() -> set[str | None]:
        return {hit.role for hit in study.search("gå", {"source": "ansat"}).hits}

    def say_role(asking: Study) -> int:
        return asking.set_speaker("R", source="ansat", role="Bogopsætter")

    before = roles()
    assert study.rehearse(lambda: say_role(study)).answer == 1
    assert roles() == before
    with cmo.open_study(study.path, coder="CD") as other:
        assert say_role(other) == 1
    assert "Bogopsætter" in roles()
    study.undo()
    assert roles() == before
