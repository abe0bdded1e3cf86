"""Speaker turns: which line begins one, and that nothing said is lost between them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.readers import read_document
from transcripts.speaking.speaker_labels import strength_of
from transcripts.speaking.turns import TurnSpan, split_turns
from transcripts.text import normalise


def spoken(text: str) -> list[tuple[str | None, str]]:
    """Label and speech of each turn."""
    return [(turn.label, text[turn.speech_start : turn.end]) for turn in split_turns(text)]


def test_codes_at_the_start_of_a_line_begin_turns() -> None:
    text = "I: Hvordan gik det?\n\nR: Det gik fint.\nI: Godt."
    assert split_turns(text) == [
        TurnSpan(0, 3, 19, "I"),
        TurnSpan(21, 24, 37, "R"),
        TurnSpan(38, 41, 46, "I"),
    ]


@pytest.mark.parametrize(
    "label",
    ["I", "R", "IP1", "MO", "E1", "A", "IP1+IP2", "M1/M2", "R 1", "S12", "INT1", "LO", "DE", "Å", "I & R", "R1, R2"],
)
def test_a_short_code_counts_even_where_it_stands_once(label: str) -> None:
    text = f"Et åbent kontor en tirsdag.\n{label}: Vi begynder nu."
    assert spoken(text)[-1] == (label, "Vi begynder nu.")


@pytest.mark.parametrize(
    "label",
    ["Interviewer", "Leder", "Medarbejder 4", "Informant A", "Alle", "Moderator", "Befragter", "Speaker 2", "Lærer 1b",
     "Sygeplejerske", "Alle (griner)", "R (griner)", "Tilsynsførende 3", "SPEAKER_01", "Interviewer og Leder"],
)  # fmt: skip
def test_a_role_counts_even_where_it_stands_once(label: str) -> None:
    assert spoken(f"{label}: Vi begynder nu.") == [(label, "Vi begynder nu.")]


@pytest.mark.parametrize("label", ["Piotr", "Anne Marie", "Jean-Luc", "O'Brien", "Ole B.", "Maria de Souza", "Bo2"])
def test_a_name_counts_where_it_stands_twice(label: str) -> None:
    once = f"{label}: Goddag.\nSå gik vi i gang."
    twice = f"{label}: Goddag.\nI: Velkommen.\n{label}: Tak."
    assert [turn.label for turn in split_turns(once)] == [None, None]
    assert [turn.label for turn in split_turns(twice)] == [label, "I", label]


@pytest.mark.parametrize(
    "line",
    [
        "Tid: 11:34", "Bilag 2: Elevinterview 1", "Og så sagde han: Kom nu.", "OBS: Lyden er dårlig.", "Dato: 3. maj",
        "Det er sådan her: man skal spørge.", "NB: Navne er ændret.", "Note: [griner]", "kl. 10:30 gik vi hjem.",
        "http://eksempel.dk", "Leder siger: Kom nu.", "Alle sagde: Ja.", "Emne: Tavlen", "Varighed: 45 min.",
        "Så: Nu er vi her.", "Han: Ja.", "Tema 3: Hvad nu?", "Men: Vi ville ikke.", "# Interview: leder",
        "10:30: Pause", "Person, der taler: Ukendt", "*: ukendt ord", "fx: det der", "Date: May 3", "Location: Odense",
    ],
)  # fmt: skip
def test_prose_and_heads_with_a_colon_are_no_labels(line: str) -> None:
    text = f"{line}\n{line}\nI: Hej.\n{line}"
    assert {turn.label for turn in split_turns(text)} == {None, "I"}
    assert spoken(text)[-1] == ("I", f"Hej.\n{line}")


def test_a_line_without_a_label_stays_with_its_speaker_also_after_a_blank_line() -> None:
    text = "R: Først det ene.\nOg så det andet.\n\nOg til sidst det tredje.\n\nI: Ja."
    assert spoken(text) == [("R", "Først det ene.\nOg så det andet.\n\nOg til sidst det tredje."), ("I", "Ja.")]


def test_text_before_the_first_label_is_one_unlabelled_turn_a_paragraph() -> None:
    text = "Interview på Skovly\n\nOptaget i kantinen.\n\nI: Hej."
    assert spoken(text) == [(None, "Interview på Skovly"), (None, "Optaget i kantinen."), ("I", "Hej.")]


def test_without_labels_each_paragraph_is_a_turn() -> None:
    assert spoken("Vi kom klokken otte.\nDer var ingen.\n\nSå kom Ole.") == [
        (None, "Vi kom klokken otte."), (None, "Der var ingen."), (None, "Så kom Ole."),
    ]  # fmt: skip


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph() -> None:
    wrapped = "Vi kom klokken otte, og der var\ningen i huset, så vi satte os\nog ventede."
    assert spoken(f"{wrapped}\n\nSå kom Ole.") == [(None, wrapped), (None, "Så kom Ole.")]


def test_long_paragraphs_without_punctuation_are_not_taken_for_wrapped_lines() -> None:
    paragraph = "og så gik vi videre " * 10 + "derfra"
    assert spoken(f"{paragraph}\n{paragraph}\n{paragraph}") == [(None, paragraph)] * 3


def test_a_label_alone_on_its_line_takes_the_lines_below() -> None:
    assert spoken("Interviewer:\nHvad så?\n\nLeder:\n\nIkke noget.") == [
        ("Interviewer", "Hvad så?"), ("Leder", "Ikke noget."),
    ]  # fmt: skip


def test_a_label_with_nothing_said_is_an_empty_turn() -> None:
    assert spoken("I: Er du der?\nR:\nI: Hallo?") == [("I", "Er du der?"), ("R", ""), ("I", "Hallo?")]
    assert split_turns("I:") == [TurnSpan(0, 2, 2, "I")]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("**Ali**: Hej.", "Ali"), ("**Ali:** Hej.", "Ali"), ("__Ali__: Hej.", "Ali"), ("*Ali:* Hej.", "Ali"),
        ("**Ali** [00:12] Hej.", "Ali"), ("Ali [00:12]: Hej.", "Ali"), ("Ali  (0:12): Hej.", "Ali"),
        ("12 Ali: Hej.", "Ali"), ("12. Ali: Hej.", "Ali"), ("143 5 Ali: Hej.", "Ali"), ("[00:01:02] Ali: Hej.", "Ali"),
        ("00:12 Ali: Hej.", "Ali"), ("”Ali: Hej.", "Ali"), ("   Ali :  Hej.", "Ali"), ("Ali:Hej.", "Ali"),
        ("Ali\u00a0:\u00a0Hej.", "Ali"), ("Ali:\tHej.", "Ali"), ("Anne  Marie: Hej.", "Anne Marie"),
    ],
)  # fmt: skip
def test_what_transcribers_put_around_a_label_is_no_part_of_it(line: str, label: str) -> None:
    assert spoken(f"{line}\n{line}") == [(label, "Hej."), (label, "Hej.")]


def test_a_speaker_with_the_time_above_the_speech_begins_a_turn() -> None:
    text = "Interviewer  00:00\nVil du begynde?\n\nInformant  00:07\nJa."
    assert spoken(text) == [("Interviewer", "Vil du begynde?"), ("Informant", "Ja.")]


def test_a_table_of_label_and_speech_gives_turns() -> None:
    text = "I\tHvad laver du?\nR\tJeg kører truck.\nOg rydder op.\nI\tHvor længe?\nR\t3 år nu."
    assert spoken(text) == [
        ("I", "Hvad laver du?"), ("R", "Jeg kører truck.\nOg rydder op."), ("I", "Hvor længe?"), ("R", "3 år nu."),
    ]  # fmt: skip


def test_a_tab_here_and_there_makes_no_labels() -> None:
    text = "Vi talte timer.\nMandag\t7\nSkovly\t12\nEngbo\t9\nDet var alt, hvad vi så den uge.\nSå tog vi hjem."
    assert {turn.label for turn in split_turns(text)} == {None}


def test_a_tab_after_a_label_that_is_known_by_its_colon_begins_a_turn() -> None:
    text = "I: Hej.\nHer er\ten tabel\tmed tal.\nEn lang linje til.\nEn mere her.\nI\tOg så?"
    assert spoken(text)[-1] == ("I", "Og så?")


def test_a_head_of_keys_is_no_talk_even_where_it_names_roles() -> None:
    text = "Bilag 2: Interview\nInformant: Elev 1 (E1)\nInterviewer: Louise (LO)\nTid: 11:34\n\nLO: Hej.\nE1: Hej."
    assert [turn.label for turn in split_turns(text)] == [None] * 4 + ["LO", "E1"]


def test_a_head_that_names_who_later_speaks_is_no_talk() -> None:
    head = "Interview 4\nInterviewer: Louise\nLeder: Bo\nDato: 3. maj"
    text = f"{head}\n\nInterviewer: Hej.\nLeder: Hej.\nInterviewer: Nå."
    assert [turn.label for turn in split_turns(text)] == [None] * 4 + ["Interviewer", "Leder", "Interviewer"]


def test_roles_that_open_the_talk_are_talk() -> None:
    text = "Interviewer: Hej.\nLeder: Hej.\n\nInterviewer: Hvad så?\nLeder: Ikke noget."
    assert [turn.label for turn in split_turns(text)] == ["Interviewer", "Leder"] * 2


def test_a_short_file_with_a_date_keeps_its_turns() -> None:
    assert [turn.label for turn in split_turns("Dato: 3. maj\nI: Hej.\nR: Hej.")] == [None, "I", "R"]


def test_people_who_speak_together_have_a_label_of_their_own() -> None:
    text = "Anna: Ja.\nPer: Nej.\nAnna: Jo.\nPer: Nå.\nAnna og Per: Måske.\nAnna og Ib: Nej."
    assert [turn.label for turn in split_turns(text)] == ["Anna", "Per", "Anna", "Per", "Anna og Per"]


def test_two_speakers_told_apart_by_a_remark_stay_apart() -> None:
    text = "Leder (dag): Hej.\nLeder (nat): Hej."
    assert [turn.label for turn in split_turns(text)] == ["Leder (dag)", "Leder (nat)"]


def test_an_empty_text_has_no_turns() -> None:
    assert split_turns("") == []
    assert split_turns(" \n\t\n ") == []


def test_positions_count_code_points_beyond_ascii() -> None:
    text = normalise("😀 æøå\r\n\r\nI: A\u030a 👩‍👧 ja.\r\nR: Nå.")
    assert spoken(text) == [(None, "😀 æøå"), ("I", "Å 👩‍👧 ja."), ("R", "Nå.")]


def test_a_key_word_is_never_a_label_but_may_be_somebodys_initials() -> None:
    assert strength_of("Dato") is None
    assert strength_of("DATO") is None
    assert strength_of("De") is None
    assert strength_of("DE") == "code"


pieces = st.sampled_from(
    ["I: ", "R:", "Leder: ", "Anna:\t", "Anna\t", "Dato: ", "\n", "\n\n", " ", "\t", "\u00a0", "\u2028", "\x0c", "Ja. ",
     "og så...", "12 ", "[00:12] ", "**", "”", "(…)", "😀", "A\u030a", "é", ":", "æ", "\x1f"]
)  # fmt: skip


@given(st.lists(pieces | st.text(max_size=5), max_size=40).map("".join).map(normalise))
def test_every_character_that_is_not_white_space_is_in_exactly_one_turn(text: str) -> None:
    covered = Counter(at for turn in split_turns(text) for at in range(turn.start, turn.end))
    assert all(covered[at] == 1 for at, char in enumerate(text) if not char.isspace())
    assert all(times == 1 for times in covered.values())


@given(st.lists(pieces | st.text(max_size=5), max_size=40).map("".join).map(normalise))
def test_turns_are_in_order_and_trimmed(text: str) -> None:
    turns = split_turns(text)
    assert all(a.end <= b.start for a, b in pairwise(turns))
    for turn in turns:
        assert turn.start <= turn.speech_start <= turn.end
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip() != ""
        assert text[turn.speech_start : turn.end] == text[turn.speech_start : turn.end].strip()


def test_the_reference_interviews_have_73_labelled_turns(reference: Path) -> None:
    labels: Counter[str | None] = Counter()
    for path in sorted((reference / "spredning" / "transcripts").glob("*.txt")):
        labels.update(turn.label for turn in split_turns(read_document(path, path.read_bytes()).text))
    assert labels == {"I": 15, "R": 58}


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("02_numbered_lines_initials_page_number.txt", [None, "MO", "Alle", "L", "N", "M", "B"]),
        ("03_header_block_codes.txt", [None, None, None, None, "LO", "E1", "LO", "E1"]),
        ("04_I_IP1_IP2_focus_group.txt", [None, "I", "IP1", "IP2", "I", "IP1+IP2"]),
        ("05_report_quote_block.txt", ["R", "I", "R"]),
        ("06_speaker_on_own_line_timestamp.txt", ["Interviewer", "Informant", "Interviewer"]),
        ("07_roles_swapped.txt", ["R", "I"]),
        ("08_dash_turns_no_labels.txt", [None, None, None, None]),
    ],
)
def test_danish_house_styles_give_their_turns(reference: Path, name: str, labels: list[str | None]) -> None:
    path = reference / "danish_styles" / name
    assert [turn.label for turn in split_turns(read_document(path, path.read_bytes()).text)] == labels
