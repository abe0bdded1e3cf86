"""Captions: cues become turns with their times, no word is lost, and careless files are read as far as they go."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import BadFile
from transcripts.readers import Document, is_readable, read_document
from transcripts.settings import DEFAULT, Settings


def read(content: str | bytes, name: str = "samtale.vtt", settings: Settings = DEFAULT) -> Document:
    return read_document(Path(name), content if isinstance(content, bytes) else content.encode(), settings)


def turns(document: Document) -> list[tuple[str | None, str, int | None, int | None]]:
    """Label, speech, and the times in milliseconds of each turn."""
    found = document.turns or ()
    return [(t.label, document.text[t.speech_start : t.end], t.begins_at, t.ends_at) for t in found]


def said(document: Document) -> list[tuple[str | None, str]]:
    return [(label, speech) for label, speech, _, _ in turns(document)]


def codes(document: Document) -> dict[str, str]:
    """Where each finding is, by its code."""
    return {finding.code: finding.where for finding in document.findings}


def vtt(*cues: str) -> str:
    """Cues of one second each, without a break."""
    timed = (f"00:00:{at:02}.000 --> 00:00:{at + 1:02}.000\n{cue}\n\n" for at, cue in enumerate(cues))
    return "WEBVTT\n\n" + "".join(timed)


# -- meeting programs ---------------------------------------------------------------------------------------


def test_the_cues_of_one_voice_in_a_row_are_one_turn_with_its_times() -> None:
    teams = """WEBVTT

8f0f0b3c-1c3c-4f5a-9a39-2d2f0a2f8a11/12-0
00:00:03.210 --> 00:00:05.930
<v Anne Hansen (AT)>Velkommen. Skal vi gå
i gang?</v>

8f0f0b3c-1c3c-4f5a-9a39-2d2f0a2f8a11/14-0
00:00:05.930 --> 00:00:08.100
<v Anne Hansen (AT)>Kaffe &amp; kage først.</v>

8f0f0b3c-1c3c-4f5a-9a39-2d2f0a2f8a11/18-0
00:00:07.500 --> 00:00:09.000
<v Bo>Mm. <griner></v>

8f0f0b3c-1c3c-4f5a-9a39-2d2f0a2f8a11/19-0
00:00:09.000 --> 00:00:10.000
Hvem er det?
"""
    document = read(teams)
    assert turns(document) == [
        ("Anne Hansen (AT)", "Velkommen. Skal vi gå i gang? Kaffe & kage først.", 3210, 8100),
        ("Bo", "Mm. <griner>", 7500, 9000),
        (None, "Hvem er det?", 9000, 10000),
    ]
    assert document.text.startswith("Anne Hansen (AT): Velkommen.")
    assert (document.style, document.format, document.furniture) == ("captions", "vtt", ())


def test_where_every_cue_begins_with_a_name_any_name_is_a_label() -> None:
    document = read(
        vtt("Anne Hansen: Hej: velkommen.", "Anne Hansen: Ja.", "4512345678: Tak.", "bo's iPhone: Også jeg.")
    )
    assert said(document) == [
        ("Anne Hansen", "Hej: velkommen. Ja."),
        ("4512345678", "Tak."),
        ("bo's iPhone", "Også jeg."),
    ]


def test_a_name_in_the_number_of_a_cue_is_its_voice() -> None:
    document = read('WEBVTT\n\n1 "Anne Hansen" (3420583936)\n00:01.000 --> 00:02.000\nHej.\n')
    assert turns(document) == [("Anne Hansen", "Hej.", 1000, 2000)]


def test_a_room_with_one_microphone_is_told() -> None:
    document = read(vtt("<v Mødelokale 2.14>Ja.", "<v Rumle Roomer>Nej."))
    assert codes(document) == {"room-microphone": "speaker 'Mødelokale 2.14'"}


def test_two_voices_in_a_cue_are_two_turns() -> None:
    document = read(vtt("<v.loud Anne>Ja.</v> <v Bo>Nej."))
    assert said(document) == [("Anne", "Ja."), ("Bo", "Nej.")]


# -- labels, dashes and arrows in the words -----------------------------------------------------------------


def test_a_label_holds_until_the_next_one() -> None:
    document = read(
        vtt("Speaker 1: Hej.", "Og velkommen.", "Speaker 2: Tak.", "[SPEAKER_03]: Selv tak.", "(speaker 4) Hm.")
    )
    assert said(document) == [
        ("Speaker 1", "Hej. Og velkommen."),
        ("Speaker 2", "Tak."),
        ("SPEAKER_03", "Selv tak."),
        ("speaker 4", "Hm."),
    ]


def test_words_before_a_colon_that_are_no_label_stay_speech() -> None:
    document = read(vtt("Jeg sagde det klart: nej.", "Klokken 12:30 gik vi.", "Så sagde han: ja."))
    assert said(document) == [(None, "Jeg sagde det klart: nej. Klokken 12:30 gik vi. Så sagde han: ja.")]


def test_a_colon_in_every_cue_does_not_make_labels_of_sentences() -> None:
    document = read(vtt("Vi spurgte dem: må vi?", "De svarede os: ja."))
    assert said(document) == [(None, "Vi spurgte dem: må vi? De svarede os: ja.")]


def test_arrows_tell_another_speaker_named_or_not() -> None:
    document = read(vtt("&gt;&gt; ANNE: Hej.", "Velkommen.", ">> Tak. >> Selv tak.", ">> ANNE: Nå."))
    assert said(document) == [("ANNE", "Hej. Velkommen."), (None, "Tak."), (None, "Selv tak."), ("ANNE", "Nå.")]
    assert ">> Tak.\n>> Selv tak." in document.text


def test_dashes_tell_two_speakers_in_a_cue() -> None:
    document = read(vtt("Hvor skal du hen?\n- Hjem.", "- Ja.\n- Nej."))
    assert said(document) == [(None, "Hvor skal du hen?"), (None, "Hjem."), (None, "Ja."), (None, "Nej.")]


def test_a_single_dash_is_punctuation() -> None:
    document = read(vtt("Det var godt", "- og så gik vi", "-5 grader var det."))
    assert said(document) == [(None, "Det var godt - og så gik vi -5 grader var det.")]


# -- what is no speech --------------------------------------------------------------------------------------


def test_tags_styling_and_times_of_words_are_taken_away_and_nothing_else() -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:02,000\n"
        '{\\an8}<font color="#fff"><i>Hej</i></font> <b>du</b><00:00:01.500><c.gul> der</c>\n'
        "<latter> 2 < 3 og <i går>&nbsp;R&amp;D, AT&T\n"
    )
    assert said(read(srt, "a.srt")) == [(None, "Hej du der <latter> 2 < 3 og <i går>\xa0R&D, AT&T")]


def test_notes_heads_and_named_cues_are_kept_beside_the_speech() -> None:
    document = read(
        "WEBVTT - Interview 3\nLanguage: da-DK\n\nSTYLE\n::cue { color: red }\n\nNOTE\nSkrevet af\nBodil\n\n"
        "Kapitel et\n00:01.000 --> 00:02.000\nHej.\n\nNOTE slut\n"
    )
    kept = [(piece.kind, piece.text, piece.at) for piece in document.furniture]
    assert kept == [
        ("front matter", "WEBVTT - Interview 3\nLanguage: da-DK\n", 0),
        ("note", "STYLE\n::cue { color: red }\n", 0),
        ("note", "NOTE\nSkrevet af\nBodil\n", 0),
        ("note", "Kapitel et\n", 0),
        ("note", "NOTE slut\n", 5),
    ]
    assert (document.text, document.language, document.findings) == ("Hej.\n", "da", ())


def test_a_note_above_the_first_cue_may_say_the_language() -> None:
    assert read("WEBVTT\n\nNOTE language:da-dk\n\n00:01.000 --> 00:02.000\nHej.\n").language == "da"


ROLLING = """WEBVTT

00:00:00.000 --> 00:00:02.000 align:start position:0%

hej<00:00:00.500><c> med</c><00:00:00.700><c> dig</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
hej med dig

00:00:02.010 --> 00:00:04.000 align:start position:0%
hej med dig
jeg<00:00:03.000><c> hedder</c><c> Bo</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
jeg hedder Bo

00:00:04.010 --> 00:00:06.000 align:start position:0%
jeg hedder Bo
ja ja
"""


def test_rolling_captions_are_read_once_and_what_was_shown_again_is_kept_beside_them() -> None:
    document = read(ROLLING)
    assert turns(document) == [(None, "hej med dig jeg hedder Bo ja ja", 0, 6000)]
    assert [piece.kind for piece in document.furniture] == ["repeat"] * 4
    assert codes(document) == {"captions-roll": "line 7"}
    assert said(read(ROLLING, settings=Settings(keep_furniture=True)))[0][1].count("hej med dig") == 3


def test_growing_captions_are_read_once() -> None:
    document = read(vtt("det var en", "det var en god dag", "det var en god dag for os alle"))
    assert said(document) == [(None, "det var en god dag for os alle")]


def test_people_who_repeat_themselves_are_taken_at_their_word() -> None:
    document = read(
        vtt("Ja.", "Ja.", "Ja.", "Nej, det ved jeg ikke.", "Nej, det ved jeg ikke.", "Nå.", "Måske.", "Tja.")
    )
    assert said(document)[0][1].count("Ja.") == 3
    assert said(document)[0][1].count("ved jeg") == 2
    assert codes(document) == {"captions-repeat": "line 15"}


# -- times --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "begins_at", "ends_at"),
    [
        ("00:16.500 --> 00:18.500", 16_500, 18_500),
        ("0:0:2.36 --> 0:0:10.0", 2_360, 10_000),
        ("00:00:16,5 -> 00:00:18,500", 16_500, 18_500),
        ("123:00:00.000 --> 1000:00:00.001", 442_800_000, 3_600_000_001),
        ("00:00:01 → 00:00:02", 1_000, 2_000),
        ("00: 00: 01, 000 --> 00: 00: 02, 000 X1:40 X2:600", 1_000, 2_000),
        ("00:00:05.000 --> 00:00:02.000", 5_000, None),
        ("00:00:05.000 --> xx", None, None),
        ("00:00:05.000 --> ??:??", 5_000, None),
    ],
)
def test_times_are_read_however_they_are_typed(times: str, begins_at: int | None, ends_at: int | None) -> None:
    good = "\n\n00:00:00.000 --> 00:00:00.500\nI: Nå."
    found = turns(read(f"WEBVTT\n\n{times}\nR: Hej.\n{good}"))
    if begins_at is None:
        assert "xx" in " ".join(speech for _, speech, _, _ in found)
    else:
        assert ("R", "Hej.", begins_at, ends_at) in found


def test_words_without_a_speaker_become_paragraphs_by_sentences_and_pauses() -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:02,000\nDet var en dag\n\n2\n00:00:04,900 --> 00:00:06,000\ni maj.\n\n"
        "3\n00:00:06,100 --> 00:00:07,000\nVi gik ud.\n\n4\n00:00:09,000 --> 00:00:10,000\nSolen skinnede.\n\n"
        "5\n00:00:10,000 --> 00:00:11,000\nog så\n\n6\n00:01:11,000 --> 00:01:12,000\nkom de.\n"
    )
    assert turns(read(srt, "a.srt")) == [
        (None, "Det var en dag i maj. Vi gik ud.", 1_000, 7_000),
        (None, "Solen skinnede. og så", 9_000, 11_000),
        (None, "kom de.", 71_000, 72_000),
    ]


def test_long_talk_without_full_stops_is_parted_between_cues() -> None:
    document = read(vtt(*(f"og så {number} {'ord ' * 20}" for number in range(50))))
    assert all(len(speech) < 600 for _, speech in said(document))
    assert len(said(document)) > 5


def test_disorder_is_put_in_order_and_each_keeps_the_label_above_it() -> None:
    srt = (
        "00:00:01,000 --> 00:00:02,000\nA: En.\n\n00:00:05,000 --> 00:00:06,000\nTre.\n\n"
        "00:00:03,000 --> 00:00:04,000\nB: To.\n"
    )
    document = read(srt, "a.srt")
    assert said(document) == [("A", "En."), ("B", "To."), ("A", "Tre.")]
    assert codes(document) == {"captions-out-of-order": "line 7"}


def test_numbers_that_rise_with_the_times_settle_the_order() -> None:
    srt = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n + 2},000\nord {n}\n\n" for n in (3, 1, 2))
    document = read(srt, "a.srt")
    assert said(document) == [(None, "ord 1 ord 2 ord 3")]
    assert codes(document) == {"captions-out-of-order": "line 6"}


def test_two_recordings_in_one_file_are_not_shuffled() -> None:
    part = "00:00:01,000 --> 00:00:02,000\nI: {0} et.\n\n00:00:02,000 --> 00:00:03,000\nR: {0} to.\n\n"
    document = read(part.format("første") + part.format("anden"), "a.srt")
    assert [speech for _, speech in said(document)] == ["første et.", "første to.", "anden et.", "anden to."]
    assert codes(document) == {"captions-begin-anew": "line 7"}


# -- careless files -----------------------------------------------------------------------------------------


def test_no_empty_lines_no_header_and_any_line_ends_are_no_matter() -> None:
    lines = ["1", "00:00:01,000 --> 00:00:02,000", "Hej.", "2", "00:00:02,000 --> 00:00:03,000", "Vi er 2", "i dag."]
    for end in ("\n", "\r\n", "\r", "\n\n", "\r\r\n"):
        document = read(b"\xef\xbb\xbf" + end.join(lines).encode(), "a.srt")
        assert turns(document) == [(None, "Hej. Vi er 2 i dag.", 1000, 3000)]


def test_words_apart_from_times_stay_in_their_place_and_are_told() -> None:
    document = read("Optaget i maj\n\n1\n00:00:01,000 --> 00:00:02,000\nI: Hej.\n\nOg mere.\n", "a.srt")
    assert said(document) == [(None, "Optaget i maj"), ("I", "Hej. Og mere.")]
    assert codes(document) == {"text-without-time": "line 1"}


def test_words_on_the_line_of_the_times_are_speech() -> None:
    assert said(read("WEBVTT\n\n00:01.000 --> 00:02.000 Hej med dig\nigen\n")) == [(None, "Hej med dig igen")]


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    document = read("1\n00:00:01,000 --> 00:00:02,000\nHej.\n\n2\n00:00:0", "a.srt")
    assert said(document) == [(None, "Hej.")]
    assert codes(document) == {"captions-cut-off": "line 5"}


def test_captions_of_youtube_have_their_own_times_and_line_breaks() -> None:
    document = read("0:00:00.500,0:00:07.000\n>> ANNE: Hej[br]igen.\n\n0:00:07.000,0:00:09.000\nJa.\n", "a.sbv")
    assert turns(document) == [("ANNE", "Hej igen. Ja.", 500, 9000)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.srt", b"1", "no line has two times"),
        ("a.vtt", b"WEBVTT\n\nI: Hej.\nR: Hej.", "give it the ending .txt"),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "has no text"),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHej\0\n", "not text"),
        ("a.srt", b"PK\x03\x04", "zip archive"),
        ("a.sbv", b"", "empty"),
    ],
)
def test_a_file_without_captions_is_refused_by_name(name: str, content: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words) as caught:
        read(content, name)
    assert str(caught.value).startswith(name)


def test_captions_are_found_in_folders() -> None:
    assert all(is_readable(Path(f"a{ending}")) for ending in (".vtt", ".srt", ".sbv", ".VTT"))


def test_many_cues_and_strange_lines_are_read_whole() -> None:
    cues = [
        f"{at}\n{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02},000 --> 99:59:59,999\nord{at}" for at in range(20_000)
    ]
    document = read("\n\n".join(cues), "a.srt")
    assert document.text.split() == [f"ord{at}" for at in range(20_000)]
    for strange in (" " * 200_000 + "x", "<v " * 50_000, "&a" * 50_000, "a >> " * 5_000, "{\\" * 50_000, "1:" * 50_000):
        document = read(f"1\n00:00:01,000 --> 00:00:02,000\n{strange}\n", "a.srt")
        assert "".join(document.text.split()) == "".join(strange.split())


# -- the reference files, counted by hand -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "speech", "begins_at", "ends_at", "found"),
    [
        ("captions_with_bom.vtt", [f"Caption text #{n}" for n in range(1, 5)], 500, 21_580, {}),
        ("invalid.vtt", [f"Caption text #{n}" for n in range(1, 8)], 500, 30_280, {"captions-head-missing": "line 1"}),
        (
            "invalid_timeframe.srt",
            [f"Caption text #{n}" for n in range(1, 6)],
            500,
            23_880,
            {"time-doubtful": "line 6"},
        ),
        (
            "cue_tags.vtt",
            ["When the moon hits your eye", "Like a big-a pizza pie", "That's amore"],
            16_500,
            21_500,
            {},
        ),
    ],
)
def test_the_reference_captions_are_read_whole(
    reference: Path, name: str, speech: list[str], begins_at: int, ends_at: int, found: dict[str, str]
) -> None:
    document = read((reference / "formats" / name).read_bytes(), name)
    assert turns(document) == [(None, " ".join(speech), begins_at, ends_at)]
    assert codes(document) == found


def test_the_reference_dialogue_has_five_speakers_turns_and_three_notes(reference: Path) -> None:
    document = read((reference / "formats" / "comments.vtt").read_bytes())
    assert turns(document) == [
        (None, "Ta en kopp varmt te.", 135_000, 140_000),
        (None, "Det är inte varmt.", 135_000, 140_000),
        (None, "Har en kopp te.", 140_000, 145_000),
        (None, "Det smakar som te.", 140_000, 145_000),
        (None, "Ta en kopp", 145_000, 150_000),
    ]
    assert [piece.kind for piece in document.furniture] == ["front matter", "note", "note", "note"]


def test_the_reference_file_without_a_caption_is_refused(reference: Path) -> None:
    with pytest.raises(BadFile, match="no line has two times"):
        read((reference / "formats" / "invalid_format1.srt").read_bytes(), "invalid_format1.srt")
