"""Word documents (``.docx``): all text of the body in reading order, nothing of the page.

Read from the XML itself, because libraries leave out content controls, revisions or text boxes. The text is
what Word shows with all changes accepted: insertions are in, deletions and comments are out unless asked for, the
results of fields are in and their instructions out. A comment asked for is a note at its place, never speech.
Automatic numbers are not invented. Footnotes and endnotes follow the body as lines of their own, and are told as a
finding; headers and footers are furniture.

Element names are those of ECMA-376, Part 1 (WordprocessingML); the strict variant's namespaces count as well.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import BadFile
from transcripts.readers import Document, Furniture, what_it_is
from transcripts.readers.docx_story import DocxStory
from transcripts.readers.office import Story, attribute, page_furniture, parse_xml
from transcripts.readers.zipped import Zipped
from transcripts.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from lxml.etree import _Element

_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    kind: str
    part: str


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read a Word document.

    Raises:
        BadFile: not a Word document; damaged; too large when unpacked; with a document type definition.
    """
    archive, main = open_document(path, data)
    relations = _relations(archive, main)
    gathered = Story(settings)
    try:
        comments = _Comments(archive, relations, gathered)
        body = DocxStory(parse_xml(archive, main), gathered, comments.mark)
        lines = body.paragraphs()
        _read_notes(archive, relations, body, gathered, comments)
        furniture = page_furniture(_page_text(archive, relations, settings))
    except RecursionError as exc:
        raise archive.damaged("its parts are nested too deep") from exc
    return gathered.document(lines, "docx", "utf-8", furniture)


def open_document(path: Path, data: bytes) -> tuple[Zipped, str]:
    """The package of a Word document, and the name of the part that holds its body. Raises BadFile as :func:`read`."""
    if not data.startswith(_ZIP):
        other = what_it_is(data) or "something else"
        raise BadFile(
            path,
            f"the name ends in '.docx', but it is {other}.",
            "Open it in Word or LibreOffice, without its password, and save it as .docx.",
        )
    archive = Zipped(path, data, "a Word document")
    return archive, _main_part(archive)


def _main_part(archive: Zipped) -> str:
    """The part that holds the body; the package says which, and Word's own name for it is the fallback."""
    found = next((r.part for r in _relations(archive, "") if r.kind == "officeDocument"), "word/document.xml")
    if found not in archive:
        kind = "an Excel workbook" if "xl/workbook.xml" in archive else "a zip archive with no document in it"
        raise BadFile(
            archive.path,
            f"the name ends in '.docx', but it is {kind}.",
            "Open it in the program it was written with and save it as .docx.",
        )
    return found


def _relations(archive: Zipped, part: str) -> list[_Relation]:
    """What a part refers to inside the package. Links out of it are left alone."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in archive:
        return []
    relations = []
    for element in parse_xml(archive, listing):
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            relations.append(_Relation(element.get("Id", ""), kind, target))
    return relations


class _Comments:
    """The comments of a document by their ids."""

    def __init__(self, archive: Zipped, relations: list[_Relation], gathered: Story) -> None:
        self._gathered = gathered
        self._by_id = _by_id(archive, relations, "comments")
        self._plain = Story(DEFAULT)

    def mark(self, comment_id: str) -> str:
        """What stands in the text for a comment, where it is first referred to; nothing where it is lost."""
        comment = self._by_id.pop(comment_id, None)
        if comment is None:
            return self._gathered.comment("", "")
        lines = DocxStory(comment, self._plain).paragraphs()
        return self._gathered.comment(attribute(comment, "author"), "\n".join(lines))


def _read_notes(
    archive: Zipped, relations: list[_Relation], body: DocxStory, gathered: Story, comments: _Comments
) -> None:
    """The footnotes, then the endnotes, in the order of the body's references, each once."""
    for kind, wanted in (("footnotes", body.footnotes), ("endnotes", body.endnotes)):
        notes = _by_id(archive, relations, kind) if wanted else {}
        for note_id in dict.fromkeys(wanted):
            if note_id in notes:
                # Word puts a blank after the note's own number, which is not part of the text.
                first, *more = DocxStory(notes[note_id], gathered, comments.mark).paragraphs() or [""]
                gathered.note([first.lstrip(" "), *more])


def _by_id(archive: Zipped, relations: list[_Relation], kind: str) -> dict[str, _Element]:
    """The notes or comments of a part by their ids."""
    part = next((r.part for r in relations if r.kind == kind and r.part in archive), None)
    return {attribute(note, "id"): note for note in parse_xml(archive, part)} if part else {}


def _page_text(archive: Zipped, relations: list[_Relation], settings: Settings) -> Iterator[Furniture]:
    """The headers and footers. Comments on them are passed over."""
    gathered = Story(replace(settings, comments=False))
    for relation in relations:
        if relation.kind in ("header", "footer") and relation.part in archive:
            lines = DocxStory(parse_xml(archive, relation.part), gathered).paragraphs()
            yield Furniture("header" if relation.kind == "header" else "footer", "\n".join(lines))
