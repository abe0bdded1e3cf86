"""What to read next: uncoded passages that share telling words with the evidence, found, ordered and never coded."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import THEORY, code, new_study, table, write_texts
from command_line import call, head

import cmo
from cmo.disconfirming.records import ReadingList
from cmo.study import Study
from store.errors import InputError, UnknownName
from store.words import words_of
from transcripts.search.similar import MOST_SENTENCES, Said, similar_passages

TEXTS = {
    "havn.txt": """I: Hvorfor låner ingen bøger i bussen?
R: Bussen holder ved kajen, og trappen er for stejl for de gamle. Det siger de tit.
R: Vejret var fint i går.
""",
    "torv.txt": """I: Er trappen for stejl?
R: Trapperne er stejle, og de gamle bliver hjemme. Vi har spurgt kommunen. Kommunen svarer ikke. Så går vi hjem.
R: Jeg synger i kor om torsdagen.
""",
    "skole.txt": """I: Hvad siger børnene?
R: Børnene løber op ad den stejle trappe. De elsker kor og sang.
R: Køen er lang.
""",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three interviews; in one a steep staircase is coded to #1, of which two others speak as well."""
    folder = tmp_path_factory.mktemp("next")
    with new_study(folder) as study:
        study.import_theory(table(folder / "t.csv", THEORY))
        rows = [["file", "case", "role", "language"], ["torv", "Torvet", "Ansat", "da"], ["skole", "", "Lærer", "da"]]
        study.import_files([write_texts(folder / "in", TEXTS)], sources=table(folder / "s.csv", rows))
        study.map_speakers(table(folder / "sp.csv", [["label", "role", "asks"], ["I", "Interviewer", "yes"]]))
        code(study, "havn", "trappen er for stejl for de gamle", "#1 C", "refutes")
        study.new_code("Musik")
        code(study, "torv", "Jeg synger i kor om torsdagen.", "Musik")
        return study.path


@pytest.fixture
def study(made: Path) -> Iterator[Study]:
    with cmo.open_study(made, coder="AB") as opened:
        yield opened


def places(found: ReadingList) -> list[tuple[str, int]]:
    return [(passage.source, passage.turn) for passage in found.passages]


def test_passages_that_share_the_telling_words_come_in_any_form_and_the_nearest_first(study: Study) -> None:
    coding = study.codings("havn")[0]
    found = study.read_next(coding=coding.id)
    assert places(found) == [("torv", 2), ("skole", 2)]
    assert (found.about, found.quotes) == (f"coding {coding.id}", 1)
    first, second = found.passages
    assert set(first.shared) == {"trapperne", "stejle", "gamle"}
    assert set(second.shared) == {"stejle", "trappe"}
    assert 1 >= first.score > second.score > 0
    assert (first.case, first.role, second.case, second.role) == ("Torvet", "Ansat", None, "Lærer")


def test_a_passage_is_at_most_three_sentences_and_is_what_stands_there(study: Study) -> None:
    for passage in study.read_next(point="#1").passages:
        transcript = study.transcript(passage.source)
        assert transcript.text[passage.start : passage.end] == passage.text
        inside = [s for s in transcript.sentences if passage.start <= s.start and s.end <= passage.end]
        assert 1 <= len(inside) <= MOST_SENTENCES


def test_what_interviewers_say_and_what_is_coded_is_left_out(study: Study) -> None:
    assert ("torv", 1) not in places(study.read_next(point="#1"))
    assert ("havn", 2) not in places(study.read_next(coding=study.codings("havn")[0].id))
    assert places(study.read_next(code="Musik")) == [("skole", 2)]


def test_the_uncoded_sentences_of_a_turn_that_is_partly_coded_are_read(
    study: Study, tmp_path: Path, made: Path
) -> None:
    import shutil

    with cmo.open_study(shutil.copy(made, tmp_path / "copy.cmo"), coder="AB") as copy:
        code(copy, "torv", "Trapperne er stejle", "#2 C")
        (passage,) = [one for one in copy.read_next(code="#2 C", limit=5).passages if one.source == "skole"]
        assert "trappe" in passage.text
        code(copy, "torv", "Kommunen svarer ikke.", "#3 M")
        found = copy.read_next(code="#3 M").passages
        assert [one.text for one in found if one.source == "torv"] == ["Vi har spurgt kommunen."]


def test_a_point_without_evidence_is_read_for_by_its_wording(study: Study) -> None:
    found = study.read_next(point="#3")
    assert found.quotes == 0
    assert {passage.source: passage.shared for passage in found.passages} == {
        "torv": ("spurgt",),
        "skole": ("børnene",),
    }


def test_a_list_has_no_more_than_asked_for_and_nothing_is_coded(study: Study) -> None:
    before = study.info().state
    assert len(study.read_next(point="#1", limit=1).passages) == 1
    assert study.info().state == before


def test_words_that_nobody_else_says_find_nothing(study: Study) -> None:
    with study.file.read() as conn:
        assert similar_passages(conn, [Said("Elefanter trompeterer.", "da")], 5) == []
        assert similar_passages(conn, [Said("og så er det jo ikke", "da")], 5) == []
        assert similar_passages(conn, [], 5) == []


def test_the_score_is_the_share_of_the_weight_counted_by_hand(study: Study) -> None:
    """In words without other forms here: rarity is the logarithm of all turns by those that have a word."""
    turns = [
        words_of(transcript.text[turn.speech_start : turn.end])
        for source in study.sources()
        for transcript in [study.transcript(source.id)]
        for turn in transcript.turns
    ]
    choir, weather = (
        math.log((1 + len(turns)) / (1 + sum(word in said for said in turns))) ** 2 for word in ("kor", "vejret")
    )
    with study.file.read() as conn:
        found = similar_passages(conn, [Said("Kor kor er vejret", "da")], 5)
    assert {one.shared for one in found} == {("vejret",), ("kor",)}
    choir *= 1 + math.log(2)
    expected = {"kor": choir / (choir + weather), "vejret": weather / (choir + weather)}
    assert {one.shared[0]: one.score for one in found} == pytest.approx(expected, abs=0.0001)


@pytest.mark.parametrize("asked", [{}, {"point": "#1", "code": "Musik"}, {"coding": 1, "point": "#1"}])
def test_a_list_is_about_one_thing(study: Study, asked: dict[str, object]) -> None:
    with pytest.raises(InputError):
        study.read_next(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("asked", [{"point": "#9"}, {"code": "Vind"}, {"coding": 99}])
def test_what_the_study_does_not_have_is_named(study: Study, asked: dict[str, object]) -> None:
    with pytest.raises(UnknownName):
        study.read_next(**asked)  # type: ignore[arg-type]


def test_the_command_lists_them_and_says_that_nothing_was_coded(made: Path) -> None:
    before = head(made)
    answer = call("similar", made, "#1")
    assert answer.words.endswith("held against 1 quote of #1. Nothing was coded.")
    assert "torv · Torvet · Ansat · turn 2" in answer.words
    assert call("similar", made, "--code", "Musik", "--json").json["passages"][0]["source"] == "skole"
    assert call("similar", made).code == 2
    assert head(made) == before
