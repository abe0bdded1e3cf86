"""Transcribers' conventions: what a bracket is, where marks stand, and that none of it touches the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.schema import MARK_KINDS
from transcripts.conventions.marks import Mark, find_marks, pack_marks, spoken_text, unpack_marks, words
from transcripts.speaking.turns import split_turns
from transcripts.text import normalise

WRITTEN = {
    "omission": [
        "(…)", "(...)", "[...]", "[…]", "( ... )", "(....)", "[udeladt]", "[omitted]", "[afsnit udeladt]",
        "[--]", "/.../", "/…/", "- - -", "– – –",
    ],
    "pause": [
        "…", "...", "..", "....", ". . .", "(pause)", "(Pause)", "(2 sek.)", "(ca. 10 sek)", "(1,5)", "(0.5)",
        "(3)", "(.)", "(..)", "(-)", "(--)", "[lang tænkepause]", "[pause 5 sek.]", "[5 sekunders pause]",
        "(tøver)", "(long pause)", "[paus]", "(lange Pause)", "(schweigt)", "[stillhet]", "[tystnad]",
    ],
    "redaction": [
        "[enhed]", "[navn]", "[Navn 1]", "[NAVN]", "[navn på leder]", "XXX", "XX", "NN", "N.N.", "[NN]",
        "[XXX]", "(XXX)", "[anonymiseret]", "(anonymiseret)", "[kommune A]", "[A]", "[by]", "(navn)",
        "[name of school]", "[redacted]", "[fornavn fjernet]", "[leder]", "[stor virksomhed]", "[skolnamn]",
        "[Ort]", "[Name des Chefs]", "[bedrift]",
    ],
    "clarification": [
        "[Arbejdstilsynet]", "[AT]", "[dvs. tavlen]", "[det nye system]", "[ikke]", "[that]", "[the manager]",
        "[sic]", "[= bogbussen]", "[Leder]", "[i.e. the board]", "[altså lederen]", "[die Chefin]",
        "[tavlen ude i gangen]",
    ],
    "non-speech": [
        "[griner]", "(griner)", "(laughs)", "((hoster))", "*ler*", "<ler>", "{ler}", "[kigger på B]",
        "[Griner]", "(lacht)", "(alle griner)", "[R nikker]", "(R: griner)", "(griner lidt)", "[phone rings]",
        "[00:12:03]", "(12:03)", "#00:01:02-3#", "[rejser sig og lukker døren]", "[telefonen ringer]",
        "[skrattar]", "(humrer)", "(räuspert sich)", "[Gelächter]", "((Tür geht auf))", "[hun nikker]",
        "[latter 00:03:10]", "(clears throat)", "(hæver stemmen)", "[optagelsen afbrydes]",
        "[Interviewet slutter]", "(Handy klingelt)", "(R ler)",
        "[laughter]", "[phone ringing]", "(affirmative)", "[Music]", "[shakes head]", "[points at the board]",
    ],
    "crosstalk": [
        "[taler i munden på hinanden]", "(overlapping)", "//", "[crosstalk 00:12:03]",
        "(alle taler i munden på hinanden)", "[snakker samtidig]", "(pratar i mun på varandra)",
        "[durcheinander]", "(snakker i munnen på hverandre)",
    ],
    "inaudible": [
        "(?)", "(??)", "[?]", "(...?)", "[uhørligt 00:12:03]", "[uhørligt]", "(uhørlig)", "(unv.)",
        "(unv., Störgeräusch)", "xxx", "(xxx)", "(x)", "[inaudible]", "[unintelligible 1:02]", "()",
        "(ohörbart)", "[00:12:03 utydelig]", "[tavlen?]", "(unv. #00:01:02-1#)", "[???]", "[ph]",
        "[utydelig tale]", "(kan ikke høres)",
    ],
}  # fmt: skip
SPEECH = [
    "(E1)", "(det var i går)", "(f.eks. løn)", "(det er uklart)", "(hun griner altid ad mig)", "(Kommunen)",
    "(AT)", "(og så videre)", "*nej*", "**R**", "<i>", "(ja)", "(mhm)", "(det tænker jeg da)",
    "http://eksempel.dk", "XXL", "3. og 4.", "(a)", "xylofon", "(pausen var det eneste sted vi kunne tale)",
    "(leder)", "NNE", "1.5", "[1]", "[12]", "[^3]", "[her](https://eksempel.dk)", "[side](side.html)", "{x}",
    "*x*", "(i 2019)", "(støjen er jo slem derinde ikke)",
]  # fmt: skip


def marks_of(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in find_marks(text, split_turns(text))]


@pytest.mark.parametrize(("kind", "written"), [(kind, one) for kind, all_ in WRITTEN.items() for one in all_])
def test_a_sign_has_the_kind_that_a_reader_gives_it(kind: str, written: str) -> None:
    assert marks_of(f"R: Det var så {written} godt nok det.") == [(written, kind)]


@pytest.mark.parametrize("written", SPEECH)
def test_what_somebody_says_is_no_mark(written: str) -> None:
    assert marks_of(f"R: Det var så {written} godt nok det.") == []


@pytest.mark.parametrize(
    "quote",
    [
        "”Det gav mening for os.” (Leder, case 3)",
        "»Det gav mening.« (Medarbejder, Nordkøl).",
        "Det gav mening for os… (Informant 4)",
        "”I: Hvorfor?\n\nR: Det gav mening.”\n\n(Leder, case 3)",
        "Det gav mening.\n[Leder, case 3]",
        "\"It made sense.\" (Manager, site 2)",
    ],
)  # fmt: skip
def test_a_bracket_under_a_quote_that_says_whose_it_is_is_an_attribution(quote: str) -> None:
    assert [kind for _, kind in marks_of(quote)][-1] == "attribution"


@pytest.mark.parametrize(
    "text",
    [
        "R: Vi havde alt (løn, tid) den dag.",
        "R: Vi havde alt (løn, tid).",
        "R: Ja.\n(det var i går, tror jeg)",
        "R: Ja. (Griner, hoster)",
        "R: Ja.\n(S = Student; I = Interviewer)",
        "R: Ja.\n(Det var en mandag, og det regnede.)",
    ],
)
def test_an_aside_is_no_attribution(text: str) -> None:
    assert "attribution" not in [kind for _, kind in marks_of(text)]


def test_the_number_of_a_list_is_no_pause() -> None:
    assert marks_of("R: Der er to ting.\n(1) Løn.\n(2) Tid.") == []


def test_labels_are_not_looked_at() -> None:
    assert marks_of("I [00:12]: Ja.\nR [00:14]: Nej … nej.\n") == [("…", "pause")]


def test_a_bracket_may_run_over_a_line_that_was_wrapped_but_not_into_another_turn() -> None:
    assert marks_of("R: Ja [taler i\nmunden på hinanden] nej.") == [("[taler i\nmunden på hinanden]", "crosstalk")]
    assert marks_of("R: Ja [taler\nI: Nej] ja.") == []


def test_words_and_search_can_leave_marks_out_and_positions_stay() -> None:
    text = "R: Hos [enhed] var det … fint (griner) nok."
    marks = find_marks(text, split_turns(text))
    assert words(text[3:]) == ["Hos", "enhed", "var", "det", "fint", "griner", "nok"]
    assert words(text, marks) == ["R", "Hos", "var", "det", "fint", "nok"]
    assert words(text, marks, kinds=["non-speech"])[2:4] == ["enhed", "var"]
    plain = spoken_text(text, marks)
    assert len(plain) == len(text)
    assert plain.index("fint") == text.index("fint")


pieces = st.sampled_from(
    ["I: ", "R: ", "\n", " ", "(", ")", "[", "]", "(griner)", "[enhed]", "…", "...", ".", "//", "XXX", "((", "))", "*",
     "<", ">", "ler", "#00:01#", "Æ", "😀", "(2 sek.)", "?", "[00:12]"]
)  # fmt: skip
texts = st.lists(pieces | st.text(max_size=4), max_size=40).map("".join).map(normalise)


@given(texts)
def test_marks_stand_in_order_inside_speech_and_come_back_from_their_packed_form(text: str) -> None:
    turns = split_turns(text)
    marks = find_marks(text, turns)
    assert all(a.end <= b.start for a, b in pairwise(marks))
    assert all(mark.kind in MARK_KINDS and mark.start < mark.end for mark in marks)
    assert all(any(turn.speech_start <= mark.start and mark.end <= turn.end for turn in turns) for mark in marks)
    assert unpack_marks(pack_marks(marks)) == marks
    assert len(spoken_text(text, marks)) == len(text)


@pytest.mark.parametrize(
    "filler", ["(" * 50_000, "[" * 50_000, "*a" * 50_000, ". " * 50_000, "(a\n" * 30_000, "." * 100_000]
)
def test_signs_without_end_do_not_stall(filler: str) -> None:
    text = f"R: Ja {filler} nej"
    assert spoken_text(text, find_marks(text, split_turns(text))).startswith("R: Ja")


def test_a_version_without_marks_has_none() -> None:
    assert unpack_marks(None) == unpack_marks("") == []
    assert unpack_marks("4 3 pa 1 2 at") == [Mark(4, 7, "pause"), Mark(8, 10, "attribution")]
