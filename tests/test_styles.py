"""House styles: what bureaus, programs and people write, and which turns are found in it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import InputError
from transcripts.readers import read_document
from transcripts.settings import DEFAULT, Settings
from transcripts.speaking.label_doubts import likely_slips
from transcripts.speaking.turn_styles import NAMES, STYLES, UNNAMED
from transcripts.speaking.turns import Turns, find_turns
from transcripts.text import normalise


def told(text: str, **settings: object) -> tuple[str | None, list[tuple[str | None, str, int | None]]]:
    """The style, and of each turn the label, the speech and when it begins (ms)."""
    found = find_turns(text, Settings(**settings))  # type: ignore[arg-type]
    return found.style, [(turn.label, text[turn.speech_start : turn.end], turn.begins_at) for turn in found.turns]


def labels(text: str, **settings: object) -> list[str | None]:
    return [label for label, _, _ in told(text, **settings)[1]]


TALK = [
    (
        "colon",
        "Codes with a time between hash signs after the speech",
        "I: Hvordan gik det? #00:00:04-2#\nB: Det gik fint. #00:00:09-0#\nI: Godt.",
        [("I", "Hvordan gik det? #00:00:04-2#", None), ("B", "Det gik fint. #00:00:09-0#", 4200), ("I", "Godt.", 9000)],
    ),
    (
        "colon",
        "a time after the label's colon",
        "I: [00:00:00] Er du klar?\n\nB: [00:01:03] Ja. Klokken [00:12] var det sent.",
        [("I", "Er du klar?", 0), ("B", "Ja. Klokken [00:12] var det sent.", 63_000)],
    ),
    (
        "colon",
        "a time before the label",
        "[00:00:02] I: Er du klar?\n00:01:03.500 B: Ja.\n#00:01:05-1# I: Godt.\n1:02:03 B: Ja.",
        [("I", "Er du klar?", 2000), ("B", "Ja.", 63_500), ("I", "Godt.", 65_100), ("B", "Ja.", 3_723_000)],
    ),
    (
        "colon",
        "a label alone on its line, with a time at the start of the speech below",
        "Interviewer:\n[0:02] Er du klar?\n\nLeder:\n[0:05] Ja.",
        [("Interviewer", "Er du klar?", 2000), ("Leder", "Ja.", 5000)],
    ),
    (
        "colon",
        "dashes before labels",
        "– I: Hvordan gik det?\n– R: Fint.\n– I: Og i dag?",
        [("I", "Hvordan gik det?", None), ("R", "Fint.", None), ("I", "Og i dag?", None)],
    ),
    (
        "name-time",
        "bold names with a time, and speech on the same line or below",
        "**Ali** [0:21] Hi.\n\n**Bea Holm** [0:25]\nHello **you**.\n\n"
        "**Ali** [1:02:03]\nYes.\n\n**Bea Holm** [1:02:09] No.",
        [("Ali", "Hi.", 21_000), ("Bea Holm", "Hello **you**.", 25_000), ("Ali", "Yes.", 3_723_000),
         ("Bea Holm", "No.", 3_729_000)],
    ),
    (
        "name-time",
        "names with a time on their own line, one of whom speaks once",
        "Anna Bek  0:03\nHej.\n\nBo Dam  0:07\nHej.\n\nAnna Bek  0:09\nVelkommen.\n\nBo Dam  0:12\nTak.\n\n"
        "Cai Ek  0:14\nJa.",
        [("Anna Bek", "Hej.", 3000), ("Bo Dam", "Hej.", 7000), ("Anna Bek", "Velkommen.", 9000),
         ("Bo Dam", "Tak.", 12_000), ("Cai Ek", "Ja.", 14_000)],
    ),
    (
        "name-time",
        "names as a meeting program writes them",
        "Bek, Anna (Region X)   0:03\nHej.\nmødelokale 3   0:07\nHej.\nBek, Anna (Region X)   0:09\nNå.\n"
        "mødelokale 3   0:12\nTak.",
        [("Bek, Anna (Region X)", "Hej.", 3000), ("mødelokale 3", "Hej.", 7000), ("Bek, Anna (Region X)", "Nå.", 9000),
         ("mødelokale 3", "Tak.", 12_000)],
    ),
    (
        "name-time",
        "speakers with a time in round brackets and a colon",
        "Speaker 1 (00:03):\nHej.\n\nSpeaker 2 (00:07):\nHej.",
        [("Speaker 1", "Hej.", 3000), ("Speaker 2", "Hej.", 7000)],
    ),
    (
        "time-name",
        "a time and a code on their own line",
        "[00:00:00] I\nEr du klar?\n[00:00:03] B\nJa.\n[00:00:05] I\nGodt.",
        [("I", "Er du klar?", 0), ("B", "Ja.", 3000), ("I", "Godt.", 5000)],
    ),
    (
        "time-name",
        "a time, a dash and a speaker",
        "[00:00:00.240] - Speaker 1\nEr du klar?\n\n[00:00:03.000] - Speaker 2\nJa.",
        [("Speaker 1", "Er du klar?", 240), ("Speaker 2", "Ja.", 3000)],
    ),
    (
        "time-name",
        "a time and a speaker without brackets",
        "Audio file\nMøde.wav\n\nTranscript\n00:00:03 Speaker 1\nHej.\n00:00:07 Speaker 2\nHej.",
        [(None, "Audio file", None), (None, "Møde.wav", None), (None, "Transcript", None), ("Speaker 1", "Hej.", 3000),
         ("Speaker 2", "Hej.", 7000)],
    ),
    (
        "bracketed-name-time",
        "names in square brackets with a time",
        "[Anna Bek] 00:00:03\nHej.\n\n[iPad (2)] 00:00:07\nHej.",
        [("Anna Bek", "Hej.", 3000), ("iPad (2)", "Hej.", 7000)],
    ),
    (
        "name-above-time",
        "a line with the name and a line with the time",
        "Anna Bek\n0:03\nHej.\nBo Dam\n0:07\nHej.\nAnna Bek\n0:09\nNå.\nBo Dam\n0:12\nTak.",
        [("Anna Bek", "Hej.", 3000), ("Bo Dam", "Hej.", 7000), ("Anna Bek", "Nå.", 9000), ("Bo Dam", "Tak.", 12_000)],
    ),
    (
        "name-below-time",
        "a line with two times and a line with the name",
        "0:0:0.0 --> 0:0:3.450\nAnna Bek\nHej.\n0:0:3.450 --> 0:0:7.0\nBo Dam\nHej.\n"
        "0:0:7.0 --> 0:0:8.0\nAnna Bek\nNå.\n0:0:9.5 --> 0:0:10.0\nBo Dam\nTak.",
        [("Anna Bek", "Hej.", 0), ("Bo Dam", "Hej.", 3450), ("Anna Bek", "Nå.", 7000), ("Bo Dam", "Tak.", 9500)],
    ),
    (
        "chat",
        "a chat with times of the day",
        "14:03:12 From Anna Bek to Everyone:\n\tHej alle\n14:03:40 From  Bo : Hej",
        [("Anna Bek", "Hej alle", None), ("Bo", "Hej", None)],
    ),
    (
        "chat",
        "a chat with dates",
        "[03.05.2024, 14:03:12] Anna: Hej\n[03.05.2024, 14:04:00] +45 12 34: Hej",
        [("Anna", "Hej", None), ("+45 12 34", "Hej", None)],
    ),
    (
        "tab",
        "columns parted by spaces",
        "I     Hvad laver du?\nR     Jeg kører truck.\nI     Hvor længe?\nR     3 år nu.",
        [("I", "Hvad laver du?", None), ("R", "Jeg kører truck.", None), ("I", "Hvor længe?", None),
         ("R", "3 år nu.", None)],
    ),
    (
        "tab",
        "columns of label, time and speech",
        "I\t0:01\tHvad laver du?\nR\t0:04\tJeg kører.\nI\t0:09\tNå?",
        [("I", "Hvad laver du?", 1000), ("R", "Jeg kører.", 4000), ("I", "Nå?", 9000)],
    ),
    (
        "heading",
        "names as headings, with a topic above them",
        "# Om mødet\n\n### Anna\nHej.\n\n### Bo\nHej.\n\n### Anna\nNå.\n\n### Bo\nTak.",
        [(None, "# Om mødet", None), ("Anna", "Hej.", None), ("Bo", "Hej.", None), ("Anna", "Nå.", None),
         ("Bo", "Tak.", None)],
    ),
    (
        "inline",
        "labels inside one paragraph",
        "Interview d. 3. maj. Interviewer: Hvad laver du? Leder 2: Jeg leder (griner). Interviewer: Nå? Leder 2: Ja.",
        [(None, "Interview d. 3. maj.", None), ("Interviewer", "Hvad laver du?", None),
         ("Leder 2", "Jeg leder (griner).", None), ("Interviewer", "Nå?", None), ("Leder 2", "Ja.", None)],
    ),
    (
        "alone",
        "codes alone on their lines",
        "I\nHvad laver du?\nB\nJeg leder.\nDet er sjovt.\nI\nNå?\nB\nJa.",
        [("I", "Hvad laver du?", None), ("B", "Jeg leder.\nDet er sjovt.", None), ("I", "Nå?", None),
         ("B", "Ja.", None)],
    ),
    (
        "alone",
        "bold names alone on their lines",
        "**Anna**\nHej.\n\n**Bo**\nHej.\n\n**Anna**\nNå.\n\n**Bo**\nJa.\n\n**Anna**\nTak.\n\n**Bo**\nSelv tak.",
        [("Anna", "Hej.", None), ("Bo", "Hej.", None), ("Anna", "Nå.", None), ("Bo", "Ja.", None),
         ("Anna", "Tak.", None), ("Bo", "Selv tak.", None)],
    ),
    (
        "brackets",
        "codes in brackets",
        "[I] Hvad laver du?\n[R] Jeg leder.\n[I] Nå?\n[R] Ja.",
        [("I", "Hvad laver du?", None), ("R", "Jeg leder.", None), ("I", "Nå?", None), ("R", "Ja.", None)],
    ),
    (
        "dot",
        "codes with a full stop",
        "Q. What?\nA. That.\nQ. Why?\nA. Because.",
        [("Q", "What?", None), ("A", "That.", None), ("Q", "Why?", None), ("A", "Because.", None)],
    ),
    (
        "dash",
        "codes with a dash",
        "I – Hvad laver du?\nR – Jeg leder.\nI – Nå?\nR – Ja.",
        [("I", "Hvad laver du?", None), ("R", "Jeg leder.", None), ("I", "Nå?", None), ("R", "Ja.", None)],
    ),
    (
        "space",
        "names that stood out by being bold",
        "Anna Hvad laver du?\nBo Berg Jeg leder.\nAnna Nå?\nBo Berg Ja. Vi har\nen del.\nAnna Og?\nBo Berg Det er alt.",
        [("Anna", "Hvad laver du?", None), ("Bo Berg", "Jeg leder.", None), ("Anna", "Nå?", None),
         ("Bo Berg", "Ja. Vi har\nen del.", None), ("Anna", "Og?", None), ("Bo Berg", "Det er alt.", None)],
    ),
    (
        "dashes",
        "a dash for each turn and nobody named",
        "– Hvordan gik det?\n– Det gik fint.\nAltså til sidst.\n– Og i dag?",
        [(None, "Hvordan gik det?", None), (None, "Det gik fint.\nAltså til sidst.", None), (None, "Og i dag?", None)],
    ),
    (
        "dashes",
        "a dash for each turn, and somebody named now and then",
        "– Hvordan gik det?\n– Fint.\n– Alle: Ja!\n– Og i dag?\n– Også.",
        [(None, "Hvordan gik det?", None), (None, "Fint.", None), ("Alle", "Ja!", None), (None, "Og i dag?", None),
         (None, "Også.", None)],
    ),
    (
        "times",
        "a time for each passage and nobody named",
        "[00:00.000 --> 00:02.000]  Er du klar?\n[00:02.000 --> 00:03.500]  Ja.\n[00:03.500 --> 00:05.000]  Godt.",
        [(None, "Er du klar?", 0), (None, "Ja.", 2000), (None, "Godt.", 3500)],
    ),
    (
        "times",
        "a time on a line above each passage",
        "0:00\nEr du klar?\n0:02\nJa.\n0:04\nGodt.",
        [(None, "Er du klar?", 0), (None, "Ja.", 2000), (None, "Godt.", 4000)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("style", "text", "turns"), [(s, t, u) for s, _, t, u in TALK], ids=[row[1] for row in TALK])
def test_a_style_is_found_with_its_speakers_speech_and_times(
    style: str, text: str, turns: list[tuple[str | None, str, int | None]]
) -> None:
    assert told(text) == (style, turns)


def test_every_style_has_a_text_here() -> None:
    assert {row[0] for row in TALK} | {"paragraphs"} == set(NAMES)


@pytest.mark.parametrize(("style", "text"), [(s, t) for s, _, t, _ in TALK], ids=[row[1] for row in TALK])
def test_a_style_that_is_asked_for_finds_what_it_finds_by_itself(style: str, text: str) -> None:
    assert told(text, style=style) == told(text)


PROSE = {
    "times of the day": "10:30\nVi ankom til Skovly, og der var stille.\n\nKl. 11:15 kom Bo.\n\nDer var kaffe: sort.",
    "a programme of the day": "Ankomst 10:30\nPause 11:00\nFrokost 12:00\nPause 13:30\nSlut 15:00",
    "a programme with the times first": "10:30 Ankomst\n11:00 Pause\n12:00 Frokost\n13:30 Pause\n15:00 Slut",
    "ratios and scores": "Holdet vandt 3:1.\nForholdet var 1:10.\nFC Nord 2: 0.\nFC Nord 2: 1.",
    "verses": "Matt 5: 3\nSalige er de.\nMatt 5: 4\nSalige er de.\nJoh 3:16\nMatt 5: 5",
    "notes": "Note: Lyden er dårlig.\nPs.: Husk brevet.\nNB: To er syge.\nNote: Igen.\nPs.: Igen.",
    "a list with dashes": "Det fandt vi:\n- kø om mandagen\n- for få bøger\n- ingen plads\nVar det nok?\n- flere bøger",
    "for and against": "Fordele: billig\nUlemper: dyr i drift\nFordele: hurtig\nUlemper: larmer",
    "notes by the clock": "Pause 10:30\nDer var ro.\nFrokost 12:00\nDer var larm.\nPause 13:30\nDer var ro igen.",
    "a lettered list": "A. Først det ene.\nB. Så det andet.\nC. Til sidst det tredje.\n(1) Ja.\n(2) Nej.",
    "an agenda": "1. Godkendelse: godkendt\n2. Økonomi: drøftet\n3. Eventuelt: intet",
    "points with a key": "- Økonomi: for lidt\n- Tid: for lidt\n- Ledelse: fravær\n- Økonomi: stadig",
    "a table of figures": "Sted\tAntal\nSkovly\t12\nEngbo\t9\nI alt\t21",
    "roman numbers": "I\nIndledning til det hele, som den var.\n\nII\nResten af det hele, som den blev.",
    "two words before colons in a long text": "Køkkenet: Her var rent.\n"
    + "Vi gik en tur.\n" * 40
    + "Køkkenet: Her var rod.",
    "notes in brackets": "[griner] Det var sjovt.\nJa.\n[pause]\nNej.\n[griner] Nå.\n[pause]\nSå gik vi.",
    "a role in the middle of a text": "Vi talte med mange. Leder: vigtigst af alle. Så gik vi hjem.",
    "reported speech": "Så sagde de alle: Nej. Og chefen: Jo. Vi blev enige om det hele til sidst.\nSå gik vi hjem.",
    "a list of persons": "Bo Jensen\nBo Hansen\nBo Nielsen\nIda Holm\nIda Jensen\nIda Berg",
    "notes of who did what": "Anna Holm kom.\nBo Berg gik.\nAnna Holm sad.\nBo Berg stod.\nAnna Holm lo?\nBo Berg sov.",
    "addresses": "Se http://eksempel.dk og https://eksempel.dk/a\nmailto:a@b.dk\nC:\\mappe\nKl. 8: Vi mødes.",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_and_notes_name_nobody(text: str) -> None:
    assert set(labels(text)) == {None}


def test_prose_between_turns_stays_speech() -> None:
    for prose in PROSE.values():
        text = f"I: Hvad skrev du?\nR: {prose}\nI: Nå.\nR: Ja."
        assert set(labels(text)) == {"I", "R"}, prose


def test_a_style_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no style of turns 'kolon'") as caught:
        find_turns("I: Hej.", Settings(style="kolon"))
    assert "colon" in (caught.value.hint or "")


def test_paragraphs_can_be_asked_for() -> None:
    assert told("I: Hej.\nR: Hej.", style="paragraphs") == (
        "paragraphs",
        [(None, "I: Hej.", None), (None, "R: Hej.", None)],
    )


def test_a_style_asked_for_takes_names_that_stand_once() -> None:
    text = "Anna: Hej.\nDato: 3. maj\nBo: Hej."
    assert labels(text) == [None] * 3
    assert labels(text, style="colon") == ["Anna", "Bo"]


def test_a_label_in_the_middle_of_a_line_opens_a_turn_where_it_is_sure_and_somebody_else_speaks() -> None:
    text = "I: Hvad så? R: Ikke noget. Det siger I: ingenting. R: stadig.\nI: Nå. Om mig: ja.\nR: Ja."
    assert labels(text) == ["I", "R", "I", "R"]


def test_times_that_end_a_turn_are_kept_where_the_file_says_so() -> None:
    text = "[00:00.000 --> 00:02.000] Er du klar?\n[00:02.500 --> 00:03.500] Ja.\n[00:03.500 --> 00:05.000] Godt."
    assert [(turn.begins_at, turn.ends_at) for turn in find_turns(text).turns] == [
        (0, 2000), (2500, 3500), (3500, 5000),
    ]  # fmt: skip
    assert [turn.ends_at for turn in find_turns("I: [0:01] Hej.\nR: [0:02] Hej.").turns] == [None, None]


def codes(found: Turns) -> list[str]:
    return [finding.code for finding in found.findings]


def test_a_label_read_as_another_gives_the_turn_that_one_and_leaves_the_text() -> None:
    text = "I: Hej.\nR; Ja.\nI: Nå.\nR: Ja.\ni: Hvad?\nR: Ja.\nR. Nej.\nI: Nå.\nR: Ja."
    assert labels(text) == ["I", "R;", "I", "R", "i", "R", "I", "R"]
    merged = (("R;", "R"), ("i", "I"), ("R.", "R"))
    assert labels(text, labels=merged) == ["I", "R", "I", "R", "I", "R", "R", "I", "R"]
    assert codes(find_turns(text, Settings(labels=merged))) == []


def test_a_text_that_somebody_calls_a_label_is_one_and_one_called_none_is_not() -> None:
    text = "Køkkenet: Hej.\nR: Ja.\nDato: 3. maj\nR: Nej.\nDen røde: Nå.\nR: Ja."
    assert labels(text) == [None, "R", "R", "R"]
    assert labels(text, labels=(("Køkkenet", "Bo"), ("Den røde", "Ida"))) == ["Bo", "R", "R", "Ida", "R"]
    assert labels(text, labels=(("R", ""),)) == [None] * 6


def test_a_misspelt_label_begins_a_turn_and_is_proposed_for_merging() -> None:
    talk = "Interviewer: Hvad så?\nAnna: Ja.\n" * 6
    found = find_turns(f"{talk}Interviever: Nå.\nAnna: Tak.\nAnne: Ja.")
    assert [turn.label for turn in found.turns][-3:] == ["Interviever", "Anna", "Anne"]
    assert [(f.where, f.message) for f in found.findings if f.code == "label-like-another"] == [
        ("line 15", "the label 'Anne' (1) looks like 'Anna' (7): the same speaker?"),
        ("line 13", "the label 'Interviever' (1) looks like 'Interviewer' (6): the same speaker?"),
    ]


@pytest.mark.parametrize(
    ("labels", "slips"),
    [
        ({"IP1": 9, "IP 1": 3, "IP2": 9}, [("IP 1", "IP1")]),
        ({"Elev 1": 9, "Elev 2": 1, "Elev 12": 1}, []),
        ({"Anna": 40, "Anne": 38}, []),
        ({"R": 40, "R (griner)": 2}, [("R (griner)", "R")]),
        ({"I": 40, "i": 2}, [("i", "I")]),
        ({"Bo": 40, "Ib": 1, "Bob": 1}, []),
        ({"Sygeplejerske": 20, "Sygeplejerkse": 1}, [("Sygeplejerkse", "Sygeplejerske")]),
        ({"Leder": 20, "Læder": 1, "Elev": 1}, [("Læder", "Leder")]),
    ],
)
def test_labels_that_are_likely_slips(labels: dict[str, int], slips: list[tuple[str, str]]) -> None:
    assert list(likely_slips(Counter(labels))) == slips


def test_a_name_before_a_colon_that_stands_once_is_told() -> None:
    found = find_turns("I: Hvad så?\nR: Ja.\nBageren: lukket.\nI: Nå.\nR: Ja.")
    assert [turn.label for turn in found.turns] == ["I", "R", "I", "R"]
    (finding,) = found.findings
    assert (finding.code, finding.where) == ("label-passed-over", "line 3")
    assert "'Bageren'" in finding.message


def test_times_that_go_back_and_times_of_the_day_are_told() -> None:
    assert codes(find_turns("I: [0:10] Hej.\nR: [0:05] Hej.\nI: [0:20] Nå.")) == ["times-out-of-order"]
    assert codes(find_turns("I: [14:03:12] Hej.\nR: [14:03:15] Hej.")) == ["times-of-day"]
    assert codes(find_turns("I: [0:10] Hej.\nR: [0:15] Hej.")) == []


def test_who_asks_is_not_guessed_where_nobody_is_named() -> None:
    found = find_turns("– Hvordan gik det?\n– Det gik fint.\n– Og i dag?")
    assert [turn.label for turn in found.turns] == [None] * 3
    assert codes(found) == ["speakers-unknown"]


LEGENDS = [
    ("I = interviewer (Anders), R = leder", [("I", "interviewer (Anders)"), ("R", "leder")]),
    ("(S = Student; I = Interviewer)", [("S", "Student"), ("I", "Interviewer")]),
    ("I står for ”interviewer”.", [("I", "interviewer")]),
    ("Forkortelser: I = interviewer; R = respondent", [("I", "interviewer"), ("R", "respondent")]),
    ("Informant: Elev 1 (R)\nInterviewer: Louise (I)", [("R", "Informant: Elev 1"), ("I", "Interviewer: Louise")]),
    ("Interviewer (I): Louise\nLeder (R): Bo Dam", [("I", "Interviewer: Louise"), ("R", "Leder: Bo Dam")]),
    ("I: Interviewer, R: Befragter", [("I", "Interviewer"), ("R", "Befragter")]),
    ("I: Interviewer\nR: Leder af køkkenet", [("I", "Interviewer"), ("R", "Leder af køkkenet")]),
    ("2 Speakers: S1 Anna Bek, S2 Bo", [("S1", "Anna Bek"), ("S2", "Bo")]),
    ("I (interviewer), R (respondent)", [("I", "interviewer"), ("R", "respondent")]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "entries"), LEGENDS, ids=[head for head, _ in LEGENDS])
def test_a_legend_is_a_proposal_and_no_talk(head: str, entries: list[tuple[str, str]]) -> None:
    found = find_turns(f"Interview 3\n{head}\n\nI: Hvad så?\nR: Ja.\nI: Nå.")
    assert [(entry.label, entry.says) for entry in found.legend] == entries
    assert [turn.label for turn in found.turns if turn.label] == ["I", "R", "I"]
    assert codes(found) == ["legend"]


def test_a_legend_tells_role_and_name_apart() -> None:
    first, second, third = find_turns(
        "I = interviewer (Anders), IP1 = leder\nInformant: Elev 1 (E1)\n\nI: Hej.\nIP1: Hej.\nE1: Hej."
    ).legend
    assert (first.role, first.name) == ("interviewer", "Anders")
    assert (second.role, second.name) == ("leder", None)
    assert (third.role, third.name) == ("Informant", "Elev 1")


@pytest.mark.parametrize(
    "talk",
    ["I: Interviewer\nR: Leder, ja.\nI: Nå.", "I: Leder\nR: Ja.\nI: Nå.", "I: Hej.\nR: Hej.\nI = ja, R = nej",
     "R: Lærer.\nI: Nå.\nR: Ja."],
)  # fmt: skip
def test_short_answers_are_no_legend(talk: str) -> None:
    found = find_turns(talk)
    assert (found.legend, codes(found)) == ((), [])
    assert len(found.turns) >= 2


pieces = st.sampled_from(
    ["I: ", "R;", "Leder: ", "Anna  ", "Anna\n", "I\n", "[I] ", "### Bo\n", "**Bo** ", "0:03", "[00:12] ",
     "#00:01:02-3#", "[Anna] 00:00:03\n", "0:0:0.0 --> 0:0:3.450", "14:03:12 From Bo to Alle:", "– ",
     "I = leder, R = elev", " – ", "\t", "    ", "\n", "\n\n", " ", "Ja. ", "Ja.\n", "Hvad?\n", "æ", "A\u030a", "😀",
     "\u2028", "(E1)", "2 Speakers: "]
)  # fmt: skip
texts = st.lists(pieces | st.text(max_size=4), max_size=40).map("".join).map(normalise)


@given(texts, st.sampled_from([None, *NAMES]))
def test_every_character_of_text_is_in_exactly_one_turn_in_every_style(text: str, style: str | None) -> None:
    turns = find_turns(text, Settings(style=style)).turns
    position = 0
    for turn in turns:
        assert position <= turn.start <= turn.speech_start <= turn.end
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip() != ""
        assert not text[position : turn.start].strip()
        position = turn.end
    assert not text[position:].strip()


def test_the_styles_tell_themselves_apart_by_name_and_example() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert len({style.example for style in STYLES}) == len(STYLES)


def counted(path: Path) -> tuple[str | None, dict[str | None, int], int, int | None]:
    """The style of a reference file, its labels with their turns, the turns with a time, and the last time (s)."""
    found = find_turns(read_document(path, path.read_bytes()).text)
    times = [turn.begins_at // 1000 for turn in found.turns if turn.begins_at is not None]
    return found.style, Counter(turn.label for turn in found.turns if turn.label), len(times), max(times, default=None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("01-new-career-who-dis.md", ("name-time", {"Ali": 19, "Kelly": 29, "Emma": 25, "Lindsey": 26}, 99, 2859)),
        ("12-teaching-code.md", ("name-time", {"Kelly": 2, "Ali": 12, "Emma": 31, "Angie Jones": 34}, 79, 2285)),
        ("fkrampe_transkript.md", ("colon", {"I": 67, "B": 59}, 126, 4011)),
        ("nnProf_transkript.md", ("colon", {"I": 33, "B": 32}, 65, 4075)),
        ("README.md", ("paragraphs", {}, 0, None)),
        ("interview1_german.docx", ("colon", {"I": 4, "S1": 4, "S2": 5}, 0, None)),
        ("interview2_german.docx", ("colon", {"I": 4, "S3": 8, "S4": 7}, 0, None)),
    ],
)
def test_the_turns_of_the_reference_files_are_those_counted_by_hand(
    reference: Path, name: str, expected: tuple[str, dict[str | None, int], int, int | None]
) -> None:
    assert counted(reference / "formats" / name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("01_inline_labels_one_paragraph.txt", ("inline", {"Interviewer": 2, "Medarbejder 4": 2}, 0, None)),
        ("02_numbered_lines_initials_page_number.txt",
         ("colon", {"MO": 1, "Alle": 1, "L": 1, "N": 1, "M": 1, "B": 1}, 0, None)),
        ("03_header_block_codes.txt", ("colon", {"LO": 2, "E1": 2}, 0, None)),
        ("04_I_IP1_IP2_focus_group.txt", ("colon", {"I": 2, "IP1": 1, "IP2": 1, "IP1+IP2": 1}, 0, None)),
        ("05_report_quote_block.txt", ("colon", {"R": 2, "I": 1}, 0, None)),
        ("06_speaker_on_own_line_timestamp.txt", ("name-time", {"Interviewer": 2, "Informant": 1}, 3, 12)),
        ("07_roles_swapped.txt", ("colon", {"R": 1, "I": 1}, 0, None)),
        ("08_dash_turns_no_labels.txt", ("dashes", {}, 0, None)),
    ],
)  # fmt: skip
def test_the_turns_of_the_danish_styles_are_those_counted_by_hand(
    reference: Path, name: str, expected: tuple[str, dict[str | None, int], int, int | None]
) -> None:
    assert counted(reference / "danish_styles" / name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("int: hvad så?\nrsp: ikke noget\nint: nå\nrsp: ja", ["int", "rsp"] * 2),
        ("Lærer, indskoling: Ja.\nI: Nå.\nLærer, indskoling: Jo.", ["Lærer, indskoling", "I", "Lærer, indskoling"]),
        ("Person, der taler: Ja.\nI: Nå.\nPerson, der taler: Jo.", [None, "I"]),
        ("Anna og Bo: Ja.\nAnna: Nå.\nBo: Ja.\nAnna: Jo.\nBo: Nå.", ["Anna og Bo", "Anna", "Bo", "Anna", "Bo"]),
        ("A.B.: Ja.\nC.D.: Nå.\nA.B.: Jo.\nC.D.: Ja.", ["A.B.", "C.D."] * 2),
    ],
)
def test_labels_that_people_make_up(text: str, expected: list[str | None]) -> None:
    assert labels(text) == expected


def test_the_page_on_turns_shows_every_style_with_its_example() -> None:
    page = (Path(__file__).parent.parent / "docs" / "turns.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|$", page, re.MULTILINE)
    assert rows == [(style.name, style.example) for style in (*STYLES, *UNNAMED)]


def test_a_code_that_stands_once_among_many_turns_is_told() -> None:
    talk = "I: Hvad så?\nB: Ja.\n" * 10
    (finding,) = find_turns(f"{talk}P: Nå.\nB: Jo.").findings
    assert (finding.code, finding.where) == ("label-once", "line 21")
    assert codes(find_turns(f"{talk}I+B: Nå.\nAlle: Jo.")) == []
    assert codes(find_turns("I: Hvad så?\nB: Ja.\nP: Nå.\nB: Jo.")) == []


def test_labels_in_the_middle_of_one_line_are_turns_also_where_the_line_begins_with_one() -> None:
    text = "I: Hvad så? R: Ikke noget. I: Nå, det var det. R: Ja."
    assert told(text) == ("inline", [("I", "Hvad så?", None), ("R", "Ikke noget.", None),
                                     ("I", "Nå, det var det.", None), ("R", "Ja.", None)])  # fmt: skip


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_who_speaks_only_once_is_a_speaker_where_every_line_begins_with_one(between: str) -> None:
    talk = between.join(["Anna: Hej.", "Per: Ja, det vil jeg godt.", "Anna: Tak.", "Bo: Og jeg er her.", "Anna: Ja."])
    assert [turn.label for turn in find_turns(talk, DEFAULT).turns] == ["Anna", "Per", "Anna", "Bo", "Anna"]


def test_a_name_before_a_colon_once_in_prose_is_no_speaker() -> None:
    prose = "Vi mødtes.\nAnna: hun kom sent.\nDet var koldt.\nPer: han gik igen.\nAnna: hun blev.\nSå var det slut."
    assert {turn.label for turn in find_turns(prose, DEFAULT).turns} <= {None, "Anna"}
