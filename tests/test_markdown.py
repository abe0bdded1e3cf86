"""Markdown: entities are read, everything else stays as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcripts.readers import read_document
from transcripts.speaking.turns import find_turns


def text_of(markdown: str) -> str:
    return read_document(Path("talk.md"), markdown.encode()).text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Don&#39;t &amp; won&#x27;t &quot;say&quot;&nbsp;so", "Don't & won't \"say\"\xa0so"),
        ("r&oslash;dgr&oslash;d, A&#778;", "rødgrød, Å"),
        ("&amp;lt; stays what it says", "&lt; stays what it says"),
        ("AT&T, R&D; &copy y, &nosuch;", "AT&T, R&D; &copy y, &nosuch;"),
        ("&#0; &#10; &#9999999;", "&#0; &#10; &#9999999;"),
        ("one  \ntwo   \n three \n", "one\ntwo\n three \n"),
        ("**Bold**, _em_, `code`, <b>tag</b>, \\*star\\*", "**Bold**, _em_, `code`, <b>tag</b>, \\*star\\*"),
    ],
)  # fmt: skip
def test_only_entities_and_hard_breaks_are_read(typed: str, read: str) -> None:
    assert text_of(typed) == read


def test_turns_are_found_behind_emphasis_and_stay_emphasised_inside() -> None:
    text = text_of(
        "**Ali** [0:00]  \nI&#39;m **Ali**.\n\n**Bea** [0:02]  \nHi.\n\n**Ali** [0:04]\nYes.\n\n**Bea** [0:05]\nNo."
    )
    turns = find_turns(text).turns
    assert [(turn.label, text[turn.speech_start : turn.end]) for turn in turns] == [
        ("Ali", "I'm **Ali**."), ("Bea", "Hi."), ("Ali", "Yes."), ("Bea", "No."),
    ]  # fmt: skip


def test_a_file_of_the_reference_has_no_entities_left(reference: Path) -> None:
    path = reference / "formats" / "01-new-career-who-dis.md"
    raw, text = path.read_text(encoding="utf-8"), read_document(path, path.read_bytes()).text
    assert raw.count("&#39;") > 0
    assert "&#39;" not in text
    assert text.count("'") == raw.count("&#39;") + raw.count("'")
