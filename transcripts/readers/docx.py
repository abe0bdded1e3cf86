"""Word documents (``.docx``): all text of the body in reading order, nothing of the page.

Read from the XML itself, because libraries leave out content controls, revisions or text boxes. The text is
what Word shows with all changes accepted: insertions are in, deletions and comments are out, the results of
fields are in and their instructions out. Automatic numbers are not invented. Footnotes and endnotes follow
the body as paragraphs of their own; headers and footers are furniture.

Element names are those of ECMA-376, Part 1 (WordprocessingML); the strict variant's namespaces count as well.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import BadFile
from store.findings import Finding
from transcripts.readers import Document, Furniture, what_it_is
from transcripts.readers.docx_story import Story, local_name
from transcripts.readers.zipped import Zipped
from transcripts.settings import Settings
from transcripts.text import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

_ZIP = b"PK\x03\x04"
_NOTE_KINDS_WITHOUT_TEXT = {"separator", "continuationSeparator", "continuationNotice"}


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
    if not data.startswith(_ZIP):
        other = what_it_is(data) or "something else"
        raise BadFile(
            path,
            f"the name ends in '.docx', but it is {other}.",
            "Open it in Word or LibreOffice, without its password, and save it as .docx.",
        )
    archive = Zipped(path, data, "a Word document")
    main = _main_part(archive)
    relations = _relations(archive, main)
    try:
        body = Story(_parse(archive, main))
        paragraphs = body.paragraphs() + list(_notes(archive, relations, body))
        furniture = tuple(_furniture(archive, relations))
    except RecursionError as exc:
        raise archive.damaged("its parts are nested too deep") from exc
    findings = tuple(Finding(code, "", message) for code, message in body.remarks())
    return Document(normalise("\n".join(paragraphs)), "docx", "utf-8", furniture, findings)


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
    for element in _parse(archive, listing):
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            relations.append(_Relation(element.get("Id", ""), kind, target))
    return relations


def _notes(archive: Zipped, relations: list[_Relation], body: Story) -> Iterator[str]:
    """The paragraphs of the footnotes, then of the endnotes, in the order of the body's references."""
    for kind, wanted in (("footnotes", body.footnotes), ("endnotes", body.endnotes)):
        part = next((r.part for r in relations if r.kind == kind and r.part in archive), None)
        if part is None or not wanted:
            continue
        by_id = {
            note.get(note.tag.rpartition("}")[0] + "}id", ""): note
            for note in _parse(archive, part)
            if local_name(note) in ("footnote", "endnote")
        }
        for note_id in wanted:
            if note_id in by_id:
                # Word puts a blank after the note's own number, which is not part of the text.
                first, *more = Story(by_id[note_id]).paragraphs() or [""]
                yield from (first.lstrip(" "), *more)


def _furniture(archive: Zipped, relations: list[_Relation]) -> Iterator[Furniture]:
    """Headers and footers with text, each text once."""
    seen = set()
    for relation in relations:
        if relation.kind in ("header", "footer") and relation.part in archive:
            text = normalise("\n".join(Story(_parse(archive, relation.part)).paragraphs())).strip()
            piece = Furniture("header" if relation.kind == "header" else "footer", text)
            if text and piece not in seen:
                seen.add(piece)
                yield piece


def _parse(archive: Zipped, part: str) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(archive.read_xml(part), parser)
    except etree.XMLSyntaxError as exc:
        raise archive.damaged(f"the XML of its part '{part}' is broken (line {exc.lineno})") from exc
