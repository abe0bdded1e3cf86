"""What office documents have in common: comments that keep their place, and what a person is told of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.findings import Finding
from transcripts.readers import Document, Furniture
from transcripts.readers.zipped import Zipped
from transcripts.settings import Settings
from transcripts.text import BOM, composed, normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile("\x00(\\d+)\x01")
"""Where a comment stands in text under way. XML has neither character, and the other readers take them out."""
_TOLD = (
    ("insertions", "tracked-changes", "has text that was inserted with change tracking, which was read"),
    ("deletions", "deletions-left-out", "has text that was deleted with change tracking, which was left out"),
    ("kept deletions", "deletions-read", "has text that was deleted with change tracking, which was read as asked"),
    ("moves", "moved-text", "has text that was moved with change tracking, which was read in its new place"),
    ("comments", "comments-left-out", "has comments, which were left out"),
    ("notes", "notes-after-text", "has footnotes or endnotes, which stand after the text as lines of their own"),
    ("symbols", "unknown-symbol", "has symbols that no letter stands for; '\ufffd' marks them"),
    ("hidden", "hidden-text", "has hidden text, which was read"),
    ("foreign", "embedded-document", "has a document embedded in it, which was not read"),
    ("diagrams", "diagram-left-out", "has diagrams, whose words were not read"),
    ("undecodable", "unreadable-bytes", "has bytes that are no letters in its encoding; '\ufffd' marks them"),
    ("unbalanced", "damaged-file", "has groups that are not closed or never opened; see whether its end is here"),
)


class Story:
    """What is gathered while a document is read: its comments, its notes, and how often things were seen.

    ``seen`` counts what :meth:`findings` tells of.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.seen: Counter[str] = Counter()
        self._notes: list[str] = []
        self._comments: list[str] = []

    def comment(self, author: str, words: str) -> str:
        """What stands in the text in place of a comment: nothing, or where comments are asked for, a mark."""
        if not self.settings.comments:
            self.seen["comments"] += 1
            return ""
        if not words.strip():
            return ""
        self._comments.append(f"[{author.strip()}: {words.strip()}]" if author.strip() else f"[{words.strip()}]")
        return f"\x00{len(self._comments) - 1}\x01"

    def note(self, lines: Iterable[str]) -> None:
        """A footnote or endnote: it is put after the text."""
        self.seen["notes"] += 1
        self._notes.extend(lines)

    def reads_deletions(self) -> bool:
        """Whether deleted text is to be read; called once for each piece of it."""
        self.seen["kept deletions" if self.settings.deletions else "deletions"] += 1
        return self.settings.deletions

    def document(
        self, lines: Iterable[str], file_format: str, encoding: str, furniture: Iterable[Furniture] = ()
    ) -> Document:
        """The document of these lines, with the notes after them and the comments taken out to their places."""
        text, comments = self._without_marks("\n".join([*lines, *self._notes]))
        return Document(text, file_format, encoding, (*furniture, *comments), self.findings())

    def findings(self) -> tuple[Finding, ...]:
        """What a person should know about what was read and left out."""
        return tuple(
            Finding(code, "", f"{words} ({self.seen[what]}).") for what, code, words in _TOLD if self.seen[what]
        )

    def _without_marks(self, marked: str) -> tuple[str, list[Furniture]]:
        """The normalised text, and the comments at their places in it."""
        if not self._comments:
            return normalise(marked), []
        marked = marked.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
        lines: list[str] = []
        comments: list[Furniture] = []
        start = 0
        for line in marked.split("\n"):  # nothing composes over a line end, so lines are normalised one by one
            pieces = _PLACE.split(line)
            normal = composed("".join(pieces[::2]))
            before = 0
            for piece, number in zip(pieces[::2], pieces[1::2], strict=False):
                before += len(composed(piece))
                words = normalise(self._comments[int(number)])
                comments.append(Furniture("note", words, at=start + min(before, len(normal))))
            lines.append(normal)
            start += len(normal) + 1
        return "\n".join(lines), comments


def page_furniture(pieces: Iterable[Furniture]) -> list[Furniture]:
    """Headers and footers in one form: normalised, without empty ones, each once."""
    told = (Furniture(piece.kind, normalise(piece.text).strip()) for piece in pieces)
    return list(dict.fromkeys(piece for piece in told if piece.text))


def parse_xml(archive: Zipped, part: str) -> _Element:
    """The XML of one part, without comments, entities, or anything from outside.

    Raises:
        BadFile: there is no such part; it is damaged; its XML is broken or nested too deep.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(archive.read_xml(part), parser)
    except etree.XMLSyntaxError as exc:
        if getattr(exc, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise archive.damaged(f"its part '{part}' is nested too deep, or has a piece of more than 10 MB") from exc
        raise archive.damaged(f"the XML of its part '{part}' is broken (line {exc.lineno})") from exc


def local_name(element: _Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """An attribute by its local name; empty where it is missing."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")
