"""Web pages (``.html``, ``.htm``), and what Word, Teams and transcription services save as such: all text, no looks.

Parsed by lxml's lenient parser as a stream of events. The page's title is furniture.
Text marked as deleted, and the comments of Word, come in where asked for.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from store.errors import BadFile, InputError
from transcripts.readers import Document, Furniture, what_it_is
from transcripts.readers.html_story import HtmlStory
from transcripts.readers.office import Story, page_furniture
from transcripts.settings import Settings
from transcripts.text import Decoded, decode

MAX_HTML_BYTES = 128 * 1024 * 1024
"""Pictures may stand in a page as text, so this is generous."""
MAX_CHARACTERS = 16 * 1024 * 1024
"""Without those pictures. The parser compares every end tag with all open elements, so this bounds its time."""

_LOOKED_AT = 4096
"""Bytes at the beginning in which a page says how its letters are coded."""
_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Browsers read these as Windows-1252, which is what the writers of such pages meant.
_WINDOWS = frozenset(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"))
_PICTURE = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]*")
_TAG = re.compile(r"<[a-zA-Z!/?]")
_WEB_ARCHIVES = ("MIME-Version:", "From: <Saved by", 'From: "Saved by')


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read a web page.

    Raises:
        BadFile: too large; not text, or not in the encoding that was named; without a single tag; nested too deep.
    """
    if len(data) > MAX_HTML_BYTES:
        size, limit = len(data) // 2**20, MAX_HTML_BYTES // 2**20
        raise BadFile(path, f"a page of {size} MB; the limit is {limit} MB.", "Save it without its pictures.")
    if (other := what_it_is(data)) is not None:
        raise BadFile(
            path, f"the name ends in '{path.suffix}', but it is {other}.", "Give it the ending it should have."
        )
    try:
        decoded = _decoded(data, settings.encoding)
    except InputError as exc:
        raise BadFile(path, exc.message, exc.hint) from exc
    page = _PICTURE.sub("", decoded.text)
    _require_page(path, page)
    gathered = Story(settings)
    try:
        lines, title = _lines(page, gathered)
    except InputError as exc:
        raise BadFile(path, exc.message, exc.hint) from exc
    document = gathered.document(lines, "html", decoded.encoding, page_furniture([Furniture("header", title)]))
    return replace(document, findings=(*decoded.findings, *document.findings), confidence=decoded.confidence)


def _decoded(data: bytes, said: str | None) -> Decoded:
    """The page's letters: as a person says, else by its mark, else as it says itself where that fits, else guessed."""
    declared = None if data.startswith(_MARKS) else _declared(data)
    if said is None and declared is not None:
        try:
            return decode(data, declared)
        except InputError:
            pass
    return decode(data, said)


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_LOOKED_AT])
    name = found[1].decode("ascii", "replace").lower() if found is not None else ""
    # A page whose tags can be read byte by byte is not in UTF-16, whatever it says.
    return "cp1252" if name in _WINDOWS else None if name.startswith(("utf-16", "unicode")) else name or None


def _require_page(path: Path, text: str) -> None:
    if text.lstrip().startswith(_WEB_ARCHIVES):
        raise BadFile(
            path, "it is a web archive, not a web page.", "Open it in a browser or Word and save it as .html."
        )
    if len(text) > MAX_CHARACTERS:
        raise BadFile(path, f"a page of more than {MAX_CHARACTERS // 2**20} million characters.", "Split it in parts.")
    if _TAG.search(text) is None:
        raise BadFile(path, f"the name ends in '{path.suffix}', but it is plain text.", "Give it the ending '.txt'.")


def _lines(text: str, gathered: Story) -> tuple[list[str], str]:
    from lxml import etree

    story = HtmlStory(gathered)
    parser: Any = etree.HTMLParser(target=cast(Any, story), huge_tree=True, no_network=True)
    parser.feed(text)
    return parser.close(), story.title
