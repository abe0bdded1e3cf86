"""Captions, by property tests: however a file is dressed, its speech comes through, every character in order."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from unicodedata import normalize

from hypothesis import example, given
from hypothesis import strategies as st

from store.errors import InputError
from transcripts.readers import Document, read_document

WORDS = st.text("abcæøåÅé😀é́#/*'\"().?!,-–…~@12&<>%", min_size=1, max_size=8)
SPEAKERS = ("Interviewer", "Leder 2", "IP3")


@dataclass(frozen=True)
class Spoken:
    """What one cue says, as lines; ``speaker`` is an index or None."""

    speaker: int | None
    lines: list[str]


@dataclass(frozen=True)
class Dress:
    """How a file of captions is written."""

    suffix: str
    line_end: str
    has_mark: bool
    has_head: bool
    has_numbers: bool
    has_empty_lines: bool
    has_settings: bool
    is_tagged: bool
    how_named: str


DRESSES = st.builds(
    Dress,
    suffix=st.sampled_from(["vtt", "srt", "sbv"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    has_mark=st.booleans(),
    has_head=st.booleans(),
    has_numbers=st.booleans(),
    has_empty_lines=st.booleans(),
    has_settings=st.booleans(),
    is_tagged=st.booleans(),
    how_named=st.sampled_from(["voice", "label"]),
)
CUES = st.lists(
    st.builds(
        Spoken,
        speaker=st.sampled_from([None, 0, 1, 2]),
        lines=st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=8,
)


def clock(ms: int, dress: Dress) -> str:
    sign = "," if dress.suffix == "srt" else "."
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{sign}{ms % 1000:03}"


def written(cues: list[Spoken], dress: Dress) -> bytes:
    """A caption file. Every cue has a first word of its own, so that nothing looks shown twice."""
    lines = ["WEBVTT", ""] if dress.suffix == "vtt" and dress.has_head else []
    for at, cue in enumerate(cues):
        if dress.has_numbers:
            lines.append(str(at + 1))
        begins, ends = clock(at * 2000, dress), clock(at * 2000 + 1500, dress)
        settings = " align:start position:10%" if dress.has_settings and dress.suffix != "sbv" else ""
        lines.append(f"{begins},{ends}" if dress.suffix == "sbv" else f"{begins} --> {ends}{settings}")
        lines += dressed(cue, dress)
        lines += [""] if dress.has_empty_lines else []
    text = dress.line_end.join(lines) + dress.line_end
    return (b"\xef\xbb\xbf" if dress.has_mark else b"") + text.encode()


def dressed(cue: Spoken, dress: Dress) -> list[str]:
    lines = [escape(line, quote=False) for line in cue.lines]
    if dress.is_tagged:
        lines = [f"<i>{line}</i>" for line in lines]
    if cue.speaker is not None:
        name = SPEAKERS[cue.speaker]
        lines[0] = f"<v {name}>{lines[0]}" if dress.how_named == "voice" else f"{name}: {lines[0]}"
    return lines


def first_words(cues: list[Spoken]) -> list[Spoken]:
    """The cues with a word of its own before each line: no line is like another, or a number, a dash or an arrow."""
    return [
        Spoken(cue.speaker, [f"w{at}x{number} {line}" for number, line in enumerate(cue.lines)])
        for at, cue in enumerate(cues)
    ]


def bare(text: str) -> str:
    return "".join(normalize("NFC", text).split())


def speech(document: Document) -> str:
    """All speech with the marks before it, without labels and white space."""
    turns = document.turns or ()
    return "".join(bare(document.text[t.speech_start if t.label else t.start : t.end]) for t in turns)


@given(cues=CUES.map(first_words), dress=DRESSES)
def test_no_character_of_speech_is_lost_or_moved(cues: list[Spoken], dress: Dress) -> None:
    document = read_document(Path(f"a.{dress.suffix}"), written(cues, dress))
    assert speech(document) == "".join(bare(line) for cue in cues for line in cue.lines)


@given(cues=CUES.map(first_words), dress=DRESSES)
def test_turns_lie_in_the_text_in_order_and_hold_all_of_it(cues: list[Spoken], dress: Dress) -> None:
    document = read_document(Path(f"a.{dress.suffix}"), written(cues, dress))
    at = 0
    for turn in document.turns or ():
        assert not document.text[at : turn.start].strip()
        assert turn.start <= turn.speech_start <= turn.end
        opening = document.text[turn.start : turn.speech_start].strip()
        assert opening in ([f"{turn.label}:"] if turn.label else ["", ">>", ">>>"])
        at = turn.end
    assert not document.text[at:].strip()


@given(cues=CUES.map(first_words), dress=DRESSES)
def test_speech_has_the_speaker_and_the_times_of_its_cue(cues: list[Spoken], dress: Dress) -> None:
    # Two arrows in speech would tell another speaker.
    named = [Spoken(cue.speaker or 0, [line.replace(">", "") for line in cue.lines]) for cue in cues]
    document = read_document(Path(f"a.{dress.suffix}"), written(named * 2, dress))
    expected: list[tuple[str, int, int]] = []
    for at, cue in enumerate(named * 2):
        label = SPEAKERS[cue.speaker or 0]
        begins = expected.pop()[1] if expected and expected[-1][0] == label else at * 2000
        expected.append((label, begins, at * 2000 + 1500))
    assert [(turn.label, turn.begins_at, turn.ends_at) for turn in document.turns or ()] == expected


@given(cues=CUES, dress=DRESSES)
def test_arrows_dashes_and_numbers_in_speech_are_kept_somewhere(cues: list[Spoken], dress: Dress) -> None:
    unnamed = [Spoken(None, cue.lines) for cue in cues]
    document = read_document(Path(f"a.{dress.suffix}"), written(unnamed, dress))
    kept = bare(document.text + "".join(piece.text for piece in document.furniture))
    assert sorted(kept.replace("WEBVTT", "")) == sorted("".join(bare(line) for cue in unnamed for line in cue.lines))


@given(
    st.lists(
        st.sampled_from(
            [
                "WEBVTT",
                "NOTE",
                "",
                "1",
                "2",
                "-->",
                "00:01.000",
                "00:00:01,000 --> 00:00:02,000",
                "Hej",
                "I: Ja",
                "<v A>",
            ]
        ),
        max_size=30,
    )
)
@example(["00:00:01,000 --> 00:00:02,000", "NOTE", "-->"])
def test_any_lines_are_read_or_refused_by_name(lines: list[str]) -> None:
    for suffix in ("vtt", "srt", "sbv"):
        try:
            document = read_document(Path(f"a.{suffix}"), "\n".join(lines).encode())
        except InputError as exc:
            assert str(exc).startswith(f"a.{suffix}: ")
        else:
            kept = document.text + "".join(piece.text for piece in document.furniture)
            assert kept.count("Hej") == lines.count("Hej")
