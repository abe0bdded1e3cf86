"""The text of one story of an OpenDocument text: its body, a note, a comment, a header or a footer.

Elements are told by their local names (OpenDocument 1.3, part 3). An element not named here counts as a wrapper,
so that sections, lists and fields need no words of their own and nothing unknown hides speech. Runs of white space
in the XML are one blank, as the format has it; blanks that count are elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from transcripts.readers.office import Story, attribute, local_name
from transcripts.settings import DEFAULT

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPHS = ("p", "h")
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_DECLARATIONS = ("forms", "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls")
_WITHOUT_TEXT = frozenset(
    (*_DECLARATIONS, "tracked-changes", "number", "note-citation", "script", "event-listeners", "binary-data")
)
_DESCRIPTIONS = "svg-compatible"
"""In the namespace of titles and descriptions of pictures; a title as such is a field, which is text."""
_CELLS = ("table-cell", "covered-table-cell")
_FOREIGN = ("object", "object-ole")
_BLANKS = re.compile(r"[ \t\r\n]+")
MAX_BLANKS = 10_000
"""So many blanks one element may stand for; more is no text that a person typed."""


class OdtStory:
    """Reads stories of one document. ``deleted`` is the content of tracked deletions by the ids of their changes."""

    def __init__(
        self, gathered: Story, hidden: frozenset[str] = frozenset(), deleted: Mapping[str, _Element] | None = None
    ) -> None:
        self._gathered = gathered
        self._hidden = hidden
        self._deleted = deleted or {}
        self._read: set[str] = set()
        self._after_blank = True

    def lines(self, parent: _Element) -> list[str]:
        """The paragraphs in an element as lines; rows of tables are lines of cells with tabs between."""
        lines: list[str] = []
        for child in parent:
            name = local_name(child)
            if name in _PARAGRAPHS:
                lines.extend(self._paragraph(child))
            elif name == "table":
                lines.extend(self._rows(child))
            elif name == "change":
                lines.extend(self._deletion(child).splitlines())
            elif name == "annotation":
                self._mark_last(lines, self._comment(child))
            elif name in _FOREIGN:
                self._gathered.seen["foreign"] += 1
            elif _has_text(child) and not name.endswith("-source"):
                self._gathered.seen["hidden"] += name == "section" and attribute(child, "display") == "none"
                lines.extend(self.lines(child))
        return lines

    def _paragraph(self, paragraph: _Element) -> list[str]:
        """A paragraph's text, then what stands in text boxes that hang on it."""
        outside, self._after_blank = self._after_blank, True
        boxes: list[str] = []
        self._look_for_hidden(paragraph)
        text = "".join(self._inline(paragraph, boxes))
        self._after_blank = outside
        return [text, *boxes]

    def _rows(self, table: _Element) -> Iterator[str]:
        for child in table:
            name = local_name(child)
            if name == "table-row":
                cells = (cell for cell in child if local_name(cell) in _CELLS)
                yield "\t".join("\n".join(self.lines(cell)).rstrip("\n") for cell in cells)
            elif name.startswith("table-") or name == "soft-page-break":
                yield from self._rows(child)

    # -- inside a paragraph -----------------------------------------------------------------------------

    def _inline(self, parent: _Element, boxes: list[str]) -> Iterator[str]:
        yield self._blanks_made_one(parent.text)
        for child in parent:
            yield from self._piece(child, boxes)
            yield self._blanks_made_one(child.tail)

    def _piece(self, element: _Element, boxes: list[str]) -> Iterator[str]:
        name = local_name(element)
        if name in _CHARACTERS or name == "s":
            self._after_blank = False
            yield _CHARACTERS.get(name) or " " * _count(attribute(element, "c"))
        elif name in _PARAGRAPHS:
            boxes.extend(self._paragraph(element))
        elif name == "table":
            boxes.extend(self._rows(element))
        elif name == "text-box":
            boxes.extend(self.lines(element))
        elif name == "note":
            self._note(element)
        elif name == "annotation":
            yield self._comment(element)
        elif name == "change":
            yield self._deletion(element)
        elif name == "ruby-text":
            yield f"({''.join(self._inline(element, boxes))})"
        elif name in _FOREIGN:
            self._gathered.seen["foreign"] += 1
        elif _has_text(element):
            self._look_for_hidden(element)
            yield from self._inline(element, boxes)

    def _blanks_made_one(self, text: str | None) -> str:
        """White space as it counts: one blank for a run of it, none at the beginning of a paragraph."""
        shown = _BLANKS.sub(" ", text or "")
        if self._after_blank:
            shown = shown.removeprefix(" ")
        if shown:
            self._after_blank = shown.endswith(" ")
        return shown

    def _note(self, note: _Element) -> None:
        for body in note.iterchildren("{*}note-body"):
            self._gathered.note(self.lines(body))

    def _comment(self, annotation: _Element) -> str:
        author = next((creator.text or "" for creator in annotation.iterchildren("{*}creator")), "")
        return self._gathered.comment(author, "\n".join(OdtStory(Story(DEFAULT)).lines(annotation)))

    def _deletion(self, change: _Element) -> str:
        """What was deleted, where it is first referred to: one that holds itself would have no end."""
        change_id = attribute(change, "change-id")
        deleted = self._deleted.get(change_id)
        if deleted is None or change_id in self._read or not self._gathered.reads_deletions():
            return ""
        self._read.add(change_id)
        return "\n".join(self.lines(deleted))

    def _look_for_hidden(self, element: _Element) -> None:
        self._gathered.seen["hidden"] += attribute(element, "style-name") in self._hidden

    def _mark_last(self, lines: list[str], mark: str) -> None:
        if mark:
            lines[-1:] = [(lines[-1] if lines else "") + mark]


def hidden_styles(content: _Element) -> frozenset[str]:
    """The names of a document's own styles that hide their text."""
    return frozenset(
        attribute(style, "name")
        for style in content.iter("{*}style")
        if any(attribute(properties, "display") == "none" for properties in style)
    )


def deleted_content(body: _Element) -> dict[str, _Element]:
    """What was deleted with change tracking, by the id that its place in the text refers to."""
    regions = (region for changes in body.iterchildren("{*}tracked-changes") for region in changes)
    return {attribute(region, "id"): deletion for region in regions for deletion in region.iterchildren("{*}deletion")}


def _has_text(element: _Element) -> bool:
    name = local_name(element)
    return bool(name) and name not in _WITHOUT_TEXT and _DESCRIPTIONS not in str(element.tag)


def _count(written: str) -> int:
    return min(int(written), MAX_BLANKS) if written.isdecimal() else 1
