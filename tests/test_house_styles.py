"""Interviews as programs and bureaus save them, in five languages and with mistakes: who says what in each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import wrap

import docx_samples as word
import pytest

from transcripts.reading import Reading, read_file

TALKS = {
    "da": [
        "Kan du fortælle, hvad du laver til daglig?",
        "Ja. Jeg leder et bosted, og det begyndte kl. 8:30 en mandag.",
        "Hvordan tog I imod det nye forløb?",
        "Altså, først tænkte vi: det går ikke. Så kom konsulenten, f.eks. om tirsdagen.",
        "Hvad gjorde forskellen?",
        "At lederen gik foran, og at vi fik tid (det gør man jo ellers aldrig).",
        "Er der mere?",
        "Nej, ikke rigtig.",
    ],
    "en": [
        "Could you tell me what you do?",
        "Sure. I run the night ward, and it all started at 8:30 one Monday.",
        "How did people take the scheme?",
        "Well, at first we thought: this won't work. Then the consultant came round.",
        "What made the difference?",
        "The manager went first, and we had time (which you never get).",
        "Anything to add?",
        "No, not really.",
    ],
    "nb": [
        "Kan du fortelle hva du gjør til daglig?",
        "Ja. Jeg leder et sykehjem, og det begynte kl. 8.30 en mandag.",
        "Hvordan tok dere imot ordningen?",
        "Altså, først tenkte vi: dette går ikke. Så kom rådgiveren.",
        "Hva gjorde forskjellen?",
        "At lederen gikk foran, og at vi fikk tid.",
        "Er det noe mer?",
        "Nei, egentlig ikke.",
    ],
    "sv": [
        "Kan du berätta vad du gör?",
        "Ja. Jag är chef på ett boende, och det började kl. 8.30 en måndag.",
        "Hur tog ni emot det nya?",
        "Alltså, först tänkte vi: det här går inte. Sen kom konsulten.",
        "Vad gjorde skillnaden?",
        "Att chefen gick först, och att vi fick tid.",
        "Något att tillägga?",
        "Nej, inte direkt.",
    ],
    "de": [
        "Können Sie erzählen, was Sie machen?",
        "Ja. Ich leite ein Heim, und es begann um 8:30 Uhr an einem Montag.",
        "Wie haben Sie das Programm aufgenommen?",
        "Also, zuerst dachten wir: das geht nicht. Dann kam die Beraterin.",
        "Was hat den Unterschied gemacht?",
        "Dass die Leitung voranging, und dass wir Zeit hatten.",
        "Noch etwas?",
        "Nein, eigentlich nicht.",
    ],
}
Talk = list[tuple[str | None, str]]


def talk(language: str, asks: str | None, answers: str | None) -> Talk:
    return [((asks, answers)[number % 2], words) for number, words in enumerate(TALKS[language])]


def clock(number: int) -> str:
    return f"00:{number // 3:02d}:{number * 20 % 60:02d}"


def lines(pattern: str, said: Talk) -> str:
    """Each turn by a pattern with ``{who}``, ``{time}``, ``{number}`` and ``{words}``."""
    return "".join(
        pattern.format(who=who, words=words, time=clock(at), until=clock(at + 1), number=at + 1)
        for at, (who, words) in enumerate(said)
    )


def read(name: str, data: bytes) -> Reading:
    return read_file(Path(name), data, language="da")


def turns_of(reading: Reading) -> Talk:
    text = reading.document.text
    return [(turn.label, " ".join(text[turn.speech_start : turn.end].split())) for turn in reading.turns]


PLAIN = [
    ("titles.txt", "de", "Frau Dr. Müller", "Hr. Hansen", "{who}: {words}\n\n"),
    ("roles.txt", "nb", "Intervjuer 1", "Informant 2", "{who}: {words}\n"),
    ("names-with-roles.txt", "da", "Anna (interviewer)", "Bo, souschef", "{who}: {words}\n"),
    ("whisper.txt", "de", "SPEAKER_00", "SPEAKER_01", "{who}: {words}\n"),
    ("whisperx.txt", "de", "SPEAKER_00", "SPEAKER_01", "[{time}.250 --> {until}.000] [{who}]: {words}\n"),
    ("time-first.txt", "en", "Anna", "Bo", "[{time}.3] {who}: {words}\n"),
    ("time-behind.txt", "nb", "Anna", "Bo Hansen", "{who} [{time}]\n{words}\n\n"),
    ("otter.txt", "en", "Anna Jensen", "Speaker 2", "{who}  {time}\n{words}\n\n"),
    ("good-tape.txt", "da", "Taler 1", "Taler 2", "[{time}] {who}\n{words}\n\n"),
    ("rev.txt", "en", "Anna Jensen", "Bo Hansen", "{who} ({time}):\n{words}\n\n"),
    ("capitals.txt", "sv", "ANNA", "BO HANSEN", "{who} ({time})\n{words}\n"),
    ("typed-numbers.txt", "da", "I", "R", "{number}. {who}: {words}\n"),
    ("dashes.txt", "da", "Anna", "Bo", "{who} – {words}\n"),
    ("strokes.txt", "sv", "I", "R", "{who}/ {words}\n"),
    ("pointed.txt", "en", "Anna", "Bo", "<{who}> {words}\n"),
    ("live-captions.txt", "en", "ANNA", "BO", ">> {who}: {words}\n"),
    ("quoted-labels.txt", "en", "I", "R", "“{who}:” {words}\n"),
    ("quoted-labels-colon-outside.txt", "da", "I", "R", "”{who}”: {words}\n"),
    ("bold-lost.txt", "sv", "Intervjuare", "Anna Berg", "{who} {words}\n"),
    ("spaces-before-colon.txt", "da", "Interviewer", "Bo", "{who}\u00a0: {words}\n"),
    ("bold.md", "da", "Anna", "Bo", "**{who}:** {words}\n\n"),
    ("bold-time.md", "en", "Anna", "Bo", "**{who}** [{time}]\n{words}\n\n"),
    ("descript.md", "en", "Anna", "Bo", "**[{time}] {who}:** {words}\n\n"),
    ("quoted.md", "en", "Anna", "Bo", "> {who}: {words}\n\n"),
    ("google-docs.html", "en", "Anna", "Bo", "<p><span><b>{who}:</b></span><span>&nbsp;{words}</span></p>"),
    ("otter.html", "nb", "Anna", "Bo", "<p><b>{who}</b> {time}<br>{words}</p>"),
]


@pytest.mark.parametrize(("name", "language", "asks", "answers", "pattern"), PLAIN, ids=[row[0] for row in PLAIN])
def test_everybody_says_what_they_said(name: str, language: str, asks: str, answers: str, pattern: str) -> None:
    said = talk(language, asks, answers)
    reading = read(name, lines(pattern, said).encode())
    assert turns_of(reading) == said
    assert reading.language == language


WORD: dict[str, Callable[[str, str], str]] = {
    "a paragraph each": lambda who, words: word.p(word.t(f"{who}: {words}")),
    "a tab": lambda who, words: word.p(f"{word.t(who)}<w:r><w:tab/></w:r>{word.t(words)}"),
    "a bold label": lambda who, words: word.p(
        f"{word.r(f'<w:rPr><w:b/></w:rPr><w:t>{who}</w:t>')}{word.t(f' {words}')}"
    ),
    "a label above": lambda who, words: word.p(word.t(who)) + word.p(word.t(words)),
    "a line break": lambda who, words: word.p(f"{word.t(f'{who}   0:21')}<w:r><w:br/></w:r>{word.t(words)}"),
    "numbered": lambda who, words: word.p(f"<w:pPr><w:numPr/></w:pPr>{word.t(f'{who}: {words}')}"),
    "a row of two": lambda who, words: _row(f"{who}:", words),
    "a row of three": lambda who, words: _row("00:01:02", who, words),
    "a tracked change": lambda who, words: word.p(f"{word.t(f'{who}: ')}<w:ins>{word.t(words)}</w:ins>{DELETED}"),
}
DELETED = "<w:del><w:r><w:delText>Nå</w:delText></w:r></w:del>"


def _row(*cells: str) -> str:
    return f"<w:tbl>{word.row(*(word.p(word.t(cell)) for cell in cells))}</w:tbl>"


@pytest.mark.parametrize("way", WORD)
def test_everybody_says_what_they_said_in_word(way: str) -> None:
    said = talk("nb", "Intervjuer", "Anna Berg")
    body = "".join(WORD[way](who or "", words) for who, words in said)
    assert turns_of(read("a.docx", word.docx(body))) == said


def test_windows_text_with_hanging_lines() -> None:
    said = talk("da", "I", "R")
    rows = [f"{who}:\t" + "\r\n\t".join(wrap(words, 30)) for who, words in said]
    assert turns_of(read("a.txt", "\r\n".join(rows).encode("cp1252"))) == said


def test_tables_as_excel_saves_them() -> None:
    said = talk("sv", "Anna", "Bo")
    unicode_text = "Tid\tTalare\tText\r\n" + lines("{time}\t{who}\t{words}\r\n", said)
    assert turns_of(read("a.csv", unicode_text.encode("utf-16"))) == said
    semicolons = "Start;Slut;Taler;Tekst\r\n" + lines('{time};{until};{who};"{words}"\r\n', said)
    assert turns_of(read("a.csv", semicolons.encode("cp1252"))) == said


def test_captions_with_styles() -> None:
    said = talk("de", "ANNA", "BO")
    cue = '{number}\n{time},250 --> {time},950\n{{\\an8}}<i><font color="#ffff00">{who}:</font></i> {words}\n\n'
    assert turns_of(read("a.srt", lines(cue, said).encode())) == said


def test_an_rtf_file_of_wordpad() -> None:
    said = talk("da", "Interviewer", "Bo")
    body = lines(r"\b {who}:\b0\tab {words}\par" + "\n", said).encode("cp1252")
    escaped = b"".join(bytes([byte]) if byte < 128 else b"\\'%02x" % byte for byte in body)
    assert turns_of(read("a.rtf", rb"{\rtf1\ansi\ansicpg1252\uc1 " + escaped + b"}")) == said


def test_slips_of_the_finger_are_told_and_no_word_is_lost() -> None:
    typed = ["I:", "R:", "I :", "R;", "i:", "R:", "I:", "R :"] * 3
    words = TALKS["da"] * 3
    reading = read("a.txt", "\n".join(f"{label} {said}" for label, said in zip(typed, words, strict=True)).encode())
    assert [said for _, said in turns_of(reading)] == words
    assert {label for label, _ in turns_of(reading)} == {"I", "i", "R", "R;"}
    assert "label-like-another" in [finding.code for finding in reading.findings]
