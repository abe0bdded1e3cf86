"""Grammars: told by the headings of a table or named, and the sentence that each composes."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import code, full_study, new_study, only, table
from hypothesis import given
from hypothesis import strategies as st

from cmo.records import Element
from cmo.theory.grammar import GRAMMARS, elements_of, grammar_name
from cmo.theory.labels import free_below, free_number, label_above, overall_label, point_label
from cmo.theory.sentences import composed
from store.errors import InputError

OWN = "B=barrier, E=enabler, Outcome, worry:B"


@pytest.mark.parametrize(
    ("headings", "grammar", "letters"),
    [
        (["context", "mechanism", "outcome"], "CMO", "CMO"),
        (["Udfald", "Kontekst", "Mekanisme"], "CMO", "CMO"),
        (["Kontekst", "Ressource", "Ræsonnement", "Udfald"], "CMO-split", "CMRTO"),
        (["context", "mechanism (resource)", "mechanism (reasoning)", "outcomes"], "CMO-split", "CMRTO"),
        (["outcome", "mechanism", "intervention", "context"], "CIMO", "CIMO"),
        (["Indsats", "Kontekst", "Aktør", "Mekanisme", "Udfald"], "ICAMO", "ICAMO"),
        (["Strategi", "Kontekst", "Mekanisme", "Udfald"], "SCMO", "SCMO"),
        (["context", "outcome"], None, "CO"),
    ],
)
def test_the_headings_tell_the_grammar(tmp_path: Path, headings: list[str], grammar: str | None, letters: str) -> None:
    study = new_study(tmp_path)
    study.import_theory(table(tmp_path / "t.csv", [["nr", *headings], ["1", *headings]]))
    theory = study.theory()
    assert (theory.grammar, "".join(element.letter for element in theory.elements)) == (grammar, letters)
    assert [name for name in theory.points[0].wording.values() if name] == sorted(
        headings, key=[*theory.points[0].wording.values()].index
    )


def test_a_part_brings_what_it_is_a_part_of_and_speaks_for_it(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_theory(table(tmp_path / "t.csv", [["nr", "context", "resource", "outcome"], ["1", "a", "b", ""]]))
    theory = study.theory()
    assert [(element.letter, element.parent) for element in theory.elements] == [
        ("C", None),
        ("M", None),
        ("R", "M"),
        ("O", None),
    ]
    assert [element.letter for element in theory.lacking(theory.points[0])] == ["O"]


def test_a_study_has_elements_of_its_own(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    rows = [["no", "Barrier", "enabler", "worry", "outcome"], ["1", "Noise.", "A door.", "Being heard.", "Calm."]]
    study.import_theory(table(tmp_path / "t.csv", rows), grammar=OWN)
    theory = study.theory()
    assert (theory.grammar, [(e.letter, e.name, e.parent) for e in theory.elements]) == (
        None,
        [("B", "barrier", None), ("E", "enabler", None), ("O", "Outcome", None), ("W", "worry", "B")],
    )
    assert theory.points[0].sentence == "Calm (barrier: Noise; enabler: A door; worry: Being heard)."
    study.import_theory(tmp_path / "t.csv")  # known from now on
    assert (study.theory().points[0].version, [code.name for code in study.codes()]) == (
        1,
        ["#1", "#1 B", "#1 E", "#1 O", "#1 W"],
    )


def test_evidence_is_coded_and_counted_in_any_grammar(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.set_grammar([*elements_of("ICAMO"), Element("B", "barrier", None, "What stands in the way.")])
    coding = code(study, "leder", "Køen var lang", "#1 B", "refutes")
    assert only(study.quotes(element="B")).coding_id == coding.id
    assert [element.letter for element in study.theory().elements] == ["I", "C", "A", "M", "O", "B"]
    assert study.theory().elements[-1].definition == "What stands in the way."
    study.set_grammar("SCMO")
    assert [element.letter for element in study.theory().elements] == ["S", "C", "M", "O", "I", "A", "B"]
    assert only(study.quotes(element="B")).stance == "refutes"
    assert study.check() == []


def test_a_codings_table_knows_the_elements_by_their_names(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.set_grammar("C=context, M=mechanism, O=outcome, B=barriere")
    rows = [
        ["source", "quote", "point", "element"],
        ["leder", "Køen var lang", "1", "Barriere"],
        ["leder", "Og", "1", "kontekst"],
    ]
    study.import_codings(table(tmp_path / "c.csv", rows))
    assert [quote.element for quote in study.quotes()] == ["C", "B"]


@pytest.mark.parametrize(
    "grammar",
    [
        "",
        "ABC",
        "B=barrier",
        "B=barrier, B=enabler",
        "B=barrier, E=barrier",
        "LONG=a, b",
        "a, b:X",
        "a:A, b",
        "a:B, b:A",
    ],
)
def test_elements_that_cannot_be_told_apart_are_no_grammar(tmp_path: Path, grammar: str) -> None:
    study = new_study(tmp_path)
    with pytest.raises(InputError):
        study.set_grammar(grammar)
    assert study.theory().elements == ()


def test_every_named_grammar_is_known_again_by_its_elements() -> None:
    assert {name: grammar_name(elements_of(name)) for name in GRAMMARS} == {name: name for name in GRAMMARS}
    assert grammar_name(elements_of("C=kontekst, M=mekanisme, O=udfald")) == "CMO"
    assert grammar_name(elements_of("C=capability, M=motivation, O=opportunity")) is None


def test_elements_in_danish_are_found_under_english_headings(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    rows = [["no", "context", "mechanism", "outcome"], ["1", "a", "b", "c"]]
    study.import_theory(table(tmp_path / "t.csv", rows), grammar="C=kontekst, M=mekanisme, O=udfald")
    theory = study.theory()
    assert [element.name for element in theory.elements] == ["kontekst", "mekanisme", "udfald"]
    assert theory.points[0].sentence == "Hvis a, så: c, fordi b."


# -- sentences -------------------------------------------------------------------------------------------------

WORDS = {
    "C": "Breaks are long enough.",
    "M": "AT gives time",
    "O": "Books are lent.",
    "I": "A bus comes by.",
    "A": "Night staff",
    "S": "The library moves out",
    "R": "A bus",
    "T": "I may go",
}


@pytest.mark.parametrize(
    ("grammar", "missing", "language", "sentence"),
    [
        ("CMO", "", "en", "If breaks are long enough, then books are lent, because AT gives time."),
        ("CMO", "", "da", "Hvis breaks are long enough, så: books are lent, fordi AT gives time."),
        ("CMO", "", "de", "Wenn Breaks are long enough, dann: Books are lent, weil AT gives time."),
        ("CMO", "", "xx", "If breaks are long enough, then books are lent, because AT gives time."),
        ("CMO", "C", "en", "Books are lent, because AT gives time."),
        ("CMO", "M", "en", "If breaks are long enough, then books are lent."),
        ("CMO", "O", "en", "If breaks are long enough, then (no outcome), because AT gives time."),
        ("CMO", "CMO", "en", ""),
        ("CMO-split", "M", "en", "If breaks are long enough, then books are lent, because a bus and I may go."),
        ("CIMO", "", "en", "If breaks are long enough and a bus comes by, then books are lent, because AT gives time."),
        ("ICAMO", "CM", "en", "If a bus comes by, for night staff, then books are lent."),
        ("SCMO", "C", "en", "If the library moves out, then books are lent, because AT gives time."),
    ],
)
def test_the_sentence_is_composed_from_the_elements(grammar: str, missing: str, language: str, sentence: str) -> None:
    words = {letter: text for letter, text in WORDS.items() if letter not in missing}
    assert composed(elements_of(grammar), words, language) == sentence


@pytest.mark.parametrize(
    ("language", "context", "mechanism", "sentence"),
    [
        (
            "da",
            "Når pauser er lange",
            "Fordi det er tilladt",
            "Når pauser er lange, så: flere læser, fordi det er tilladt.",
        ),
        (
            "en",
            "Where breaks are long",
            "When it is cold",
            "Where breaks are long, then flere læser, because when it is cold.",
        ),
        (
            "de",
            "Wenn Pausen lang sind",
            "Weil es erlaubt ist",
            "Wenn Pausen lang sind, dann: Flere læser, weil es erlaubt ist.",
        ),
    ],
)
def test_a_clause_that_has_its_opening_word_gets_no_second_one(
    language: str, context: str, mechanism: str, sentence: str
) -> None:
    assert composed(elements_of("CMO"), {"C": context, "M": mechanism, "O": "Flere læser"}, language) == sentence


def test_elements_of_the_studys_own_are_told_by_name() -> None:
    elements = (Element("B", "barrier"), Element("H", "hope"), Element("X", "kontekst"))
    assert composed(elements, {"B": "Noise. ", "H": "Rest"}, "en") == "Barrier: Noise; hope: Rest."
    assert (
        composed(elements, {"B": "Noise", "X": "At night"}, "en") == "If at night, then (no outcome) (barrier: Noise)."
    )


@given(st.dictionaries(st.sampled_from("SICAMRTO"), st.text(max_size=40)), st.sampled_from(["en", "da", "de"]))
def test_no_word_is_lost_in_a_sentence(words: dict[str, str], language: str) -> None:
    sentence = composed(elements_of("ICAMO"), words, language).casefold()
    for letter in "ICAMO":
        assert all(word.strip(".;,").casefold() in sentence for word in words.get(letter, "").split())


def test_the_language_is_the_one_that_the_theory_is_written_in(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    rows = [["no", "context", "outcome"]]
    rows += [["1", "The staff have learned that they are not heard and that it is no use.", "They do not speak of it."]]
    rows += [["2", "When there is no one with the money to do what is asked for.", "It is not what it was."]]
    study.import_theory(table(tmp_path / "t.csv", rows))
    assert study.theory().points[0].sentence.startswith("If the staff have learned")


# -- labels ----------------------------------------------------------------------------------------------------


def test_labels_know_what_they_stand_under_and_what_is_free() -> None:
    assert [label_above(label) for label in ("#7a", "#3.1", "#3.1b", "#7", "H2")] == ["#7", "#3", "#3.1", None, None]
    assert [overall_label(text) for text in (" h ", "H2", "H1", "Hope", "")] == ["H", "H2", None, None, None]
    assert free_number({"H", "#2", "#11a"}) == "#12"
    assert next(free_below("#7", {"#7", "#7a"})) == "#7b"
    assert next(free_below("#7b", {"#7a", "#7b"})) == "#7c"
    assert next(free_below("H", {"H", "#4"})) == "#5"
    full = {f"#7{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert (free := next(free_below("#7", full))) == "#7.1"
    assert point_label(free) == free
