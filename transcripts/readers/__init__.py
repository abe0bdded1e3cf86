"""Readers: one file a format. A reader takes a file's bytes and gives its text and what it left out.

A new format is a module with ``read(path, data, settings) -> Document`` and a line in :data:`READERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from store.errors import BadFile
from transcripts.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from store.findings import Finding
    from transcripts.speaking.turns import TurnSpan

READERS = {
    ".txt": "transcripts.readers.plain",
    ".md": "transcripts.readers.markdown",
    ".docx": "transcripts.readers.docx",
    ".odt": "transcripts.readers.odt",
    ".rtf": "transcripts.readers.rtf",
    ".html": "transcripts.readers.html",
    ".htm": "transcripts.readers.html",
    ".vtt": "transcripts.readers.captions",
    ".srt": "transcripts.readers.captions",
    ".sbv": "transcripts.readers.captions",
    ".csv": "transcripts.readers.turn_table",
    ".tsv": "transcripts.readers.turn_table",
    ".xlsx": "transcripts.readers.turn_table",
    ".pdf": "transcripts.readers.pdf",
}
TABLES = (".csv", ".tsv", ".xlsx")
"""Endings under which there are both transcripts and tables about a study; only a look inside tells which."""
MAX_FILE_BYTES = 256 * 1024 * 1024
"""The largest file that is looked at; pictures in a document count, so this is generous."""
MAX_CHARACTERS = 8_000_000
"""Of text in one file: some 130 hours of talk."""
MAX_LINES = 500_000
"""In one file; an hour of talk has a thousand, and each costs time however short it is."""

_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive (as .docx and .xlsx files are)"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file or one protected with a password"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b\x08", "a gzip archive"),
)
_IN_WORD = "Open it in Word or LibreOffice and save it as .docx."
_IN_LIBREOFFICE = "Open it in LibreOffice and save it as .odt or .docx."
_CURES = {
    **dict.fromkeys((".doc", ".dot", ".docm", ".dotx", ".dotm", ".mht", ".mhtml"), _IN_WORD),
    **dict.fromkeys((".wpd", ".wps", ".sxw", ".ott", ".fodt", ".abw"), _IN_LIBREOFFICE),
    ".pages": "Open it in Pages and export it to Word (.docx).",
    ".gdoc": "It is only a link: open it in Google Docs and download it as .docx.",
    ".webarchive": "Open it in Safari and save it as page source (.html).",
}
"""How the documents that we cannot read become ones that we can."""


FurnitureKind = Literal[
    "header", "footer", "page number", "page break", "line number", "front matter", "note", "repeat"
]


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text of the page rather than of the interview, kept apart from it.

    ``at`` is where it stood in the file's text: the position in ``Document.text`` (code points) before which it
    belongs; None where it has no place in the text, as a header in a Word file has none. Putting every piece that
    has a place back, from the last to the first, gives the file's whole text again.
    """

    kind: FurnitureKind
    text: str
    at: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Respondent:
    """One row of a table with one row a respondent: the label of its turns, and its other cells under their headings.

    ``is_named`` where a name or a word tells who it is, and not only a number.
    """

    label: str
    cells: tuple[tuple[str, str], ...]
    is_named: bool


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says. ``text`` is normalised (:func:`transcripts.text.normalise`).

    ``turns`` are those that the format itself tells, as captions and tables do; None where they are to be found in
    the text by their labels. ``style`` names how they were told. ``confidence`` is how sure the guess of the encoding
    is, in percent; None where it was no guess. ``language`` is what the file says of itself, as a code. ``respondents``
    are the rows of a table that has one for each.
    """

    text: str
    format: str
    encoding: str
    furniture: tuple[Furniture, ...] = ()
    findings: tuple[Finding, ...] = ()
    turns: tuple[TurnSpan, ...] | None = None
    style: str | None = None
    confidence: int | None = None
    language: str | None = None
    respondents: tuple[Respondent, ...] = ()


def whole_text(document: Document) -> str:
    """The text with everything that was taken out of it put back in its place."""
    text = document.text
    placed = [piece for piece in document.furniture if piece.at is not None]
    for piece in reversed(placed):
        text = text[: piece.at] + piece.text + text[piece.at :]
    return text


def is_readable(path: Path) -> bool:
    """Whether a file found in a folder is ours by its name; hidden and lock files (``~$...``) are not.

    Nor are tables: :func:`transcripts.readers.turn_table.is_transcript_table` looks whether one is a transcript.
    """
    ending = path.suffix.lower()
    return ending in READERS and ending not in TABLES and not path.name.startswith((".", "~$"))


def read_document(path: Path, data: bytes, settings: Settings = DEFAULT) -> Document:
    """Read a file's bytes by the reader that its suffix names.

    Raises:
        BadFile: no reader for the suffix; empty; too large or with too much text; not what the suffix says; damaged.
    """
    module = READERS.get(path.suffix.lower())
    if module is None:
        kind = f"files ending in '{path.suffix}'" if path.suffix else "files without an ending"
        cure = _CURES.get(path.suffix.lower(), f"Known endings: {', '.join(READERS)}.")
        raise BadFile(path, f"{kind} cannot be read.", cure)
    if not data:
        raise BadFile(path, "the file is empty.")
    require_size(path, len(data))
    read = cast(Callable[[Path, bytes, Settings], Document], import_module(module).read)
    document = read(path, data, settings)
    if not document.text.strip():
        raise BadFile(path, "the file has no text.")
    _require_length(path, document.text)
    return document


def require_size(path: Path, size: int) -> None:
    """Refuse a file of more bytes than we look at; can be asked before it is read. Raises BadFile."""
    if size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 2**20
        raise BadFile(path, f"the file has {size // 2**20} MB; the limit is {limit} MB.", "Split it in parts.")


def _require_length(path: Path, text: str) -> None:
    lines = text.count("\n") + 1
    for found, limit, of_what in ((len(text), MAX_CHARACTERS, "characters"), (lines, MAX_LINES, "lines")):
        if found > limit:
            raise BadFile(path, f"its text has {found:,} {of_what}; the limit is {limit:,}.", "Split it in parts.")


def what_it_is(data: bytes) -> str | None:
    """What a file's first bytes say it is, in words; None where they say nothing."""
    return next((words for signature, words in _SIGNATURES if data.startswith(signature)), None)
