"""A Word report as a reader follows it: what each bookmark stands on, and where it leads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docx import Document

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class WordLinks:
    """``texts`` and ``of`` are the text of a bookmark's paragraph and where its links lead, ``shown`` every link of the
    report by what it shows, ``places`` the bookmarks of the paragraph that each of these stands in.
    """

    def __init__(self, report: Path) -> None:
        self.texts: dict[str, str] = {}
        self.of: dict[str, list[str]] = {}
        self.shown: list[tuple[str, str]] = []
        self.places: list[list[str]] = []
        for paragraph in Document(str(report)).element.body.iter(f"{WORD}p"):
            marks = _named(paragraph, "bookmarkStart", "name")
            links = [(_text(link), link.get(f"{WORD}anchor")) for link in paragraph.iter(f"{WORD}hyperlink")]
            self.texts |= dict.fromkeys(marks, _text(paragraph))
            self.of |= {mark: [target for _, target in links] for mark in marks}
            self.shown += links
            self.places += [marks] * len(links)

    def marks(self, kind: str) -> list[str]:
        """The bookmarks of a kind: ``number``, ``list`` or ``quote``."""
        return [mark for mark in self.of if re.match(rf"{kind}\d", mark)]

    def quotes(self, listed: str) -> list[str]:
        """The bookmarks of the quotes that a list names."""
        return [target for target in self.of[listed] if target.startswith("quote")]

    def words(self, quote: str) -> str:
        """What somebody said, of the quote with this bookmark."""
        found = re.fullmatch(r"\d+“(.*)”( \(.*\))? ← .*", self.texts[quote], re.DOTALL)
        assert found, self.texts[quote]
        return found[1]


def list_of(number: str) -> str:
    """The bookmark of the list of a number, by that of one of its places."""
    return number.replace("number", "list").split("_")[0]


def first_place(listed: str) -> str:
    """The bookmark of the first place of a list's number."""
    return f"{listed.replace('list', 'number')}_1"


def _named(paragraph: Any, tag: str, attribute: str) -> list[str]:
    return [found.get(f"{WORD}{attribute}") for found in paragraph.iter(f"{WORD}{tag}")]


def _text(element: Any) -> str:
    parts = {f"{WORD}t": lambda piece: piece.text or "", f"{WORD}br": lambda piece: "\n"}
    return "".join(parts[piece.tag](piece) for piece in element.iter() if piece.tag in parts)
