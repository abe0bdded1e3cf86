"""OpenDocument texts (``.odt``), as LibreOffice writes them: all text in reading order, nothing of the page.

The text is what the program shows with all changes accepted; comments and deleted text come in where asked for.
Headers and footers of the page styles are furniture, footnotes and endnotes follow the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from store.errors import BadFile
from transcripts.readers import Document, Furniture, what_it_is
from transcripts.readers.odt_story import OdtStory, deleted_content, hidden_styles
from transcripts.readers.office import Story, attribute, local_name, page_furniture, parse_xml
from transcripts.readers.zipped import Zipped
from transcripts.settings import DEFAULT, Settings

_ZIP = b"PK\x03\x04"
_CURE = "Open it in LibreOffice or Word, without its password, and save it as .odt."
_PAGE_PARTS = re.compile("(header|footer)(?:-left|-first)?")


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read an OpenDocument text.

    Raises:
        BadFile: not an OpenDocument text; with a password; damaged; too large when unpacked; with a document type.
    """
    if not data.startswith(_ZIP):
        other = what_it_is(data) or "something else"
        raise BadFile(path, f"the name ends in '.odt', but it is {other}.", _CURE)
    archive = Zipped(path, data, "an OpenDocument text")
    _require_readable(archive)
    gathered = Story(settings)
    try:
        content = parse_xml(archive, "content.xml")
        body = content.find("{*}body/{*}text")
        if body is None:
            raise BadFile(path, "the name ends in '.odt', but it is a spreadsheet, slides or a drawing.", _CURE)
        gathered.seen["insertions"] += len(body.findall("{*}tracked-changes/{*}changed-region/{*}insertion"))
        lines = OdtStory(gathered, hidden_styles(content), deleted_content(body)).lines(body)
        furniture = page_furniture(_page_text(archive))
    except RecursionError as exc:
        raise archive.damaged("its parts are nested too deep") from exc
    return gathered.document(lines, "odt", "utf-8", furniture)


def _require_readable(archive: Zipped) -> None:
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise BadFile(archive.path, "it is protected with a password.", _CURE)
    if "content.xml" not in archive:
        kind = "a Word document" if "word/document.xml" in archive else "a zip archive with no document in it"
        raise BadFile(archive.path, f"the name ends in '.odt', but it is {kind}.", _CURE)


def _page_text(archive: Zipped) -> Iterator[Furniture]:
    """The headers and footers of all page styles."""
    if "styles.xml" not in archive:
        return
    for master in parse_xml(archive, "styles.xml").iter("{*}master-page"):
        for part in master:
            kind = _PAGE_PARTS.fullmatch(local_name(part))
            if kind is not None and attribute(part, "display") != "false":
                lines = OdtStory(Story(DEFAULT)).lines(part)
                yield Furniture("header" if kind[1] == "header" else "footer", "\n".join(lines))
