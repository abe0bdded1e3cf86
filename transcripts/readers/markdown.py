"""Markdown (``.md``): plain text in which some characters are written as entities (``&#39;``, ``&amp;``).

Entities are read as the characters they stand for, and the spaces at the end of a line that only ask for a line
break are left out. All other signs, also those of emphasis, stay as they are typed: they are what the transcriber
wrote, and turning them into a layout would lose some.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

from transcripts.readers import Document, plain
from transcripts.settings import Settings
from transcripts.text import normalise

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HARD_BREAK = re.compile(r"(?<! )  +$", re.MULTILINE)


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read a Markdown file.

    Raises:
        BadFile: too large, or not text.
    """
    document = plain.read(path, data, settings)
    text = _HARD_BREAK.sub("", _ENTITY.sub(_character, document.text))
    return replace(document, text=normalise(text))


def _character(match: re.Match[str]) -> str:
    """What an entity stands for; itself where that is nothing that can be read, as a control character."""
    meant = html.unescape(match[0])
    is_readable = meant != "\ufffd" and (meant.isprintable() or meant == "\xa0")
    return meant if is_readable else match[0]
