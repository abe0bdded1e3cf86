"""The text of one story of a Word document: its body, a note, a comment, a header or a footer.

A story is blocks (paragraphs, tables, content controls around them) and in the paragraphs runs, links,
revisions and fields. Elements are told by their local names. An element not named here counts as a wrapper: what
it holds is read as if it were not there, so that a wrapper of a program we have never seen hides no speech.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from transcripts.readers.docx_symbols import symbol
from transcripts.readers.office import Story, attribute, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_DELETED = ("del", "moveFrom")
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_REFERENCES = ("footnoteReference", "endnoteReference", "commentReference")
_PICTURES = ("drawing", "pict", "object")
_COUNTED = {
    "altChunk": "foreign",
    "subDoc": "foreign",
    "OLEObject": "foreign",
    "chart": "diagrams",
    "relIds": "diagrams",
}
_BLOCKS = ("p", "tbl", "tr", "tc", "txbxContent")
_INLINE = ("r", "t", "delText", "ruby", "sym", "fldChar", "textpath")
_KNOWN = frozenset((*_BLOCKS, *_INLINE, *_CHARACTERS, *_REFERENCES, *_PICTURES, *_COUNTED))
_PROPERTIES = ("Pr", "PrChange", "PrEx")
_OFF = ("0", "false", "off")

CommentMark = Callable[[str], str]
"""What stands in the text for the comment with an id."""


class DocxStory:
    """Reads one story once. ``footnotes`` and ``endnotes`` are the ids referred to, in order.

    What a person should know of it is counted in ``gathered``.
    """

    def __init__(self, root: _Element, gathered: Story, comment_mark: CommentMark = lambda _: "") -> None:
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self._root = root
        self._gathered = gathered
        self._comment_mark = comment_mark
        self._fields: list[str] = []
        # Where a field is never closed, its state tells nothing, and showing too much beats losing speech.
        self._fields_are_sound = _are_balanced(self._field_marks())

    def paragraphs(self) -> list[str]:
        """The paragraphs as lines of text; a line break inside a paragraph stays in it."""
        return self._block_lines(self._root)

    # -- blocks -----------------------------------------------------------------------------------------

    def _block_lines(self, parent: _Element) -> list[str]:
        lines: list[str] = []
        joined = ""
        for name, element in self._flat(parent):
            boxes: list[str] = []
            if name == "p":
                text = joined + "".join(self._inline(element, boxes))
                is_joined = self._mark_is_deleted(element)
                joined = text if is_joined else ""
                lines.extend(boxes if is_joined else [text, *boxes])
            else:
                text = "".join(self._piece(name, element, boxes))
                lines.extend([text, *boxes] if text else boxes)
        return [*lines, joined] if joined else lines

    def _table_lines(self, table: _Element) -> Iterator[str]:
        for name, row in self._flat(table):
            if name == "tr" and not self._row_is_deleted(row):
                yield "\t".join(self._cell(cell) for name, cell in self._flat(row) if name == "tc")

    def _cell(self, cell: _Element) -> str:
        """A cell's paragraphs as lines. Word ends each cell with a paragraph, empty after a table in it."""
        return "\n".join(self._block_lines(cell)).rstrip("\n")

    def _mark_is_deleted(self, paragraph: _Element) -> bool:
        out = ("moveFrom",) if self._gathered.settings.deletions else _DELETED
        return any(local_name(mark) in out for mark in paragraph.iterfind("{*}pPr/{*}rPr/*"))

    def _row_is_deleted(self, row: _Element) -> bool:
        return row.find("{*}trPr/{*}del") is not None and not self._gathered.reads_deletions()

    def _flat(self, parent: Iterable[_Element]) -> Iterator[tuple[str, _Element]]:
        """The children that count with their local names, those of wrappers (content controls, insertions, tags) in
        the wrapper's place.
        """
        for child in parent:
            name = local_name(child)
            if name in _KNOWN:
                yield name, child
            elif name == "AlternateContent":
                yield from self._flat(_one_form(child))
            elif name in _DELETED:
                if self._reads_deleted(name):
                    yield from self._flat(child)
            elif name and not name.endswith(_PROPERTIES):
                self._gathered.seen["insertions"] += name == "ins"
                yield from self._flat(child)

    def _reads_deleted(self, name: str) -> bool:
        """Moved text is read where it went to, and never a second time where it came from."""
        if name == "moveFrom":
            self._gathered.seen["moves"] += 1
            return False
        return self._gathered.reads_deletions()

    # -- inside a paragraph -----------------------------------------------------------------------------

    def _inline(self, parent: _Element, boxes: list[str]) -> Iterator[str]:
        """The text of runs. What stands in text boxes is added to ``boxes``, as lines."""
        for name, element in self._flat(parent):
            yield from self._piece(name, element, boxes)

    def _piece(self, name: str, element: _Element, boxes: list[str]) -> Iterator[str]:
        if name in ("t", "delText"):
            yield "" if self._in_instruction() else (element.text or "").replace("\n", " ")
        elif name in _CHARACTERS:
            yield "" if self._in_instruction() else _CHARACTERS[name]
        elif name == "sym":
            yield self._symbol(element)
        elif name == "fldChar":
            self._field_mark(attribute(element, "fldCharType"))
        elif name == "ruby":
            yield from self._ruby(element, boxes)
        elif name in _REFERENCES:
            yield self._reference(name, attribute(element, "id"))
        elif name == "textpath":
            boxes.append(attribute(element, "string"))
        elif name in _COUNTED:
            self._gathered.seen[_COUNTED[name]] += 1
        elif name == "tbl":
            boxes.extend(self._table_lines(element))
        elif name == "txbxContent" or name in _PICTURES:
            boxes.extend(self._block_lines(element))
        else:
            self._gathered.seen["hidden"] += name == "r" and _is_hidden(element)
            yield from self._inline(element, boxes)

    def _ruby(self, element: _Element, boxes: list[str]) -> Iterator[str]:
        """A word with its pronunciation over it, which is put in brackets behind it; in the file it comes first."""
        yield from (piece for base in element.iterchildren("{*}rubyBase") for piece in self._inline(base, boxes))
        reading = "".join(piece for over in element.iterchildren("{*}rt") for piece in self._inline(over, boxes))
        yield f"({reading})" if reading else ""

    def _symbol(self, element: _Element) -> str:
        char = symbol(attribute(element, "font"), attribute(element, "char"))
        if char is None:
            self._gathered.seen["symbols"] += 1
        return char or "\ufffd"

    def _reference(self, name: str, note_id: str) -> str:
        if name == "commentReference":
            return self._comment_mark(note_id)
        (self.footnotes if name == "footnoteReference" else self.endnotes).append(note_id)
        return ""

    # -- fields -----------------------------------------------------------------------------------------

    def _field_mark(self, kind: str) -> None:
        """A field is ``begin`` instruction ``separate`` result ``end``; fields stand in fields."""
        if kind == "begin":
            self._fields.append("instruction")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _in_instruction(self) -> bool:
        return self._fields_are_sound and "instruction" in self._fields

    def _field_marks(self) -> Iterator[str]:
        """The marks of the story's fields but those that were deleted, in order."""
        out = _DELETED if not self._gathered.settings.deletions else ("moveFrom",)
        for mark in self._root.iter("{*}fldChar"):
            if not any(local_name(around) in out for around in mark.iterancestors()):
                yield attribute(mark, "fldCharType")


def _are_balanced(marks: Iterable[str]) -> bool:
    depth = 0
    for mark in marks:
        depth += (mark == "begin") - (mark == "end")
        if depth < 0:
            return False
    return depth == 0


def _one_form(alternatives: _Element) -> Iterable[_Element]:
    """Of the same content in forms for newer and older programs the first with words in it, else the first."""
    forms = [form for form in alternatives if local_name(form) in ("Choice", "Fallback")]
    worded = (form for form in forms if next(form.iter("{*}t", "{*}txbxContent"), None) is not None)
    return next(worded, forms[0] if forms else ())


def _is_hidden(run: _Element) -> bool:
    vanish = run.find("{*}rPr/{*}vanish")
    return vanish is not None and attribute(vanish, "val") not in _OFF
