"""The text of one story of a Word document: its body, a note, a header or a footer.

A story is blocks (paragraphs, tables, content controls around them) and in the paragraphs runs, links,
revisions and fields. Elements are told by their local names; whatever is not named here has no text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from transcripts.readers.docx_symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_WRAPPERS = {  # around blocks, rows, cells or runs alike: what they hold counts as if they were not there
    "sdt",
    "sdtContent",
    "customXml",
    "smartTag",
    "ins",
    "moveTo",
    "hyperlink",
    "fldSimple",
    "dir",
    "bdo",
    "ruby",
    "rubyBase",
    "oMathPara",
    "AlternateContent",
    "body",
    "document",
    "hdr",
    "ftr",
    "footnote",
    "endnote",
}
_DELETED = {"del", "moveFrom"}
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_PICTURES = {"drawing", "pict", "object"}
_OFF = {"0", "false", "off"}


def local_name(element: _Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


class Story:
    """Reads one story once. ``footnotes`` and ``endnotes`` are the ids referred to, in order."""

    def __init__(self, root: _Element) -> None:
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self._root = root
        self._seen: Counter[str] = Counter()
        self._fields: list[str] = []
        marks = Counter(_value(e, "fldCharType") for e in root.iter("{*}fldChar"))
        # Where a field is never closed, its state tells nothing, and showing too much beats losing speech.
        self._fields_are_sound = marks["begin"] == marks["end"]

    def paragraphs(self) -> list[str]:
        """The paragraphs as lines of text; a line break inside a paragraph stays in it."""
        return self._block_lines(self._root)

    def remarks(self) -> list[tuple[str, str]]:
        """What a person should know about what was read: pairs of a finding's code and message."""
        told = (
            ("revisions", "tracked-changes", "has tracked changes: insertions were read, deletions left out"),
            ("comments", "comments-left-out", "has comments, which were left out"),
            ("symbols", "unknown-symbol", "has symbols that no letter stands for; '\ufffd' marks them"),
            ("hidden", "hidden-text", "has hidden text, which was read"),
            ("foreign", "embedded-document", "has a document embedded in it, which was not read"),
        )
        return [(code, f"{words} ({self._seen[what]}).") for what, code, words in told if self._seen[what]]

    # -- blocks -----------------------------------------------------------------------------------------

    def _block_lines(self, parent: _Element) -> list[str]:
        lines: list[str] = []
        joined = ""
        for element in self._children(parent):
            name = local_name(element)
            if name == "p":
                boxes: list[str] = []
                text = joined + "".join(self._inline(element, boxes))
                joined = ""
                if self._mark_is_deleted(element):
                    joined = text
                    lines.extend(boxes)
                else:
                    lines.extend([text, *boxes])
            elif name == "tbl":
                lines.extend(self._table_lines(element))
            elif name == "altChunk":
                self._seen["foreign"] += 1
        return [*lines, joined] if joined else lines

    def _table_lines(self, table: _Element) -> Iterator[str]:
        for row in self._children(table):
            if local_name(row) != "tr":
                continue
            if row.find("{*}trPr/{*}del") is not None:
                self._seen["revisions"] += 1
                continue
            yield "\t".join(self._cell(cell) for cell in self._children(row) if local_name(cell) == "tc")

    def _cell(self, cell: _Element) -> str:
        """A cell's paragraphs as lines. Word ends each cell with a paragraph, empty after a table in it."""
        return "\n".join(self._block_lines(cell)).rstrip("\n")

    def _mark_is_deleted(self, paragraph: _Element) -> bool:
        return any(paragraph.find(f"{{*}}pPr/{{*}}rPr/{{*}}{name}") is not None for name in _DELETED)

    def _children(self, parent: _Element) -> Iterator[_Element]:
        """The children that count, those of wrappers in the wrapper's place."""
        for child in parent:
            name = local_name(child) if isinstance(child.tag, str) else ""
            if name in ("ins", "moveTo", *_DELETED):
                self._seen["revisions"] += 1
            if name == "AlternateContent":
                # The same content in two forms, for newer and older programs: one of them is enough.
                options = [c for c in child if isinstance(c.tag, str)]
                choice = next((c for c in options if local_name(c) == "Choice"), None)
                yield from self._children(choice if choice is not None else child)
            elif name == "Fallback" or name in _WRAPPERS:
                yield from self._children(child)
            elif name and name not in _DELETED:
                yield child

    # -- inside a paragraph -----------------------------------------------------------------------------

    def _inline(self, parent: _Element, boxes: list[str]) -> Iterator[str]:
        """The text of runs. What stands in text boxes is added to ``boxes``, as lines."""
        for element in self._children(parent):
            name = local_name(element)
            if name == "r":
                if self._is_hidden(element):
                    self._seen["hidden"] += 1
                yield from self._inline(element, boxes)
            elif name == "t":
                if not self._in_instruction():
                    yield (element.text or "").replace("\n", " ")
            elif name in _CHARACTERS:
                if not self._in_instruction():
                    yield _CHARACTERS[name]
            elif name == "oMath":
                yield "".join(part.text or "" for part in element.iter("{*}t"))
            elif name == "sym":
                yield self._symbol(element)
            elif name == "fldChar":
                self._field_mark(element)
            elif name in _PICTURES:
                self._read_boxes(element, boxes)
            elif name in ("footnoteReference", "endnoteReference"):
                notes = self.footnotes if name == "footnoteReference" else self.endnotes
                notes.append(_value(element, "id"))
            elif name == "commentReference":
                self._seen["comments"] += 1

    def _is_hidden(self, run: _Element) -> bool:
        vanish = run.find("{*}rPr/{*}vanish")
        return vanish is not None and _value(vanish, "val") not in _OFF

    def _symbol(self, element: _Element) -> str:
        char = symbol(_value(element, "font"), _value(element, "char"))
        if char is None:
            self._seen["symbols"] += 1
        return char or "\ufffd"

    def _field_mark(self, element: _Element) -> None:
        """A field is ``begin`` instruction ``separate`` result ``end``; fields stand in fields."""
        kind = _value(element, "fldCharType")
        if kind == "begin":
            self._fields.append("instruction")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _in_instruction(self) -> bool:
        return self._fields_are_sound and "instruction" in self._fields

    def _read_boxes(self, element: _Element, boxes: list[str]) -> None:
        for child in self._children(element):
            if local_name(child) == "txbxContent":
                boxes.extend(self._block_lines(child))
            else:
                self._read_boxes(child, boxes)


def _value(element: _Element, attribute: str) -> str:
    """An attribute by its local name; empty where it is missing."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == attribute), "")
