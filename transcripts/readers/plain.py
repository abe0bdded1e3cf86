"""Plain text: ``.txt``."""

from __future__ import annotations

from pathlib import Path

from store.errors import BadFile, InputError
from transcripts.readers import Document, what_it_is
from transcripts.settings import Settings
from transcripts.text import decode, normalise

MAX_TEXT_BYTES = 32 * 1024 * 1024
"""About 500 hours of talk."""


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read a plain text file.

    Raises:
        BadFile: too large, or not text.
    """
    if len(data) > MAX_TEXT_BYTES:
        size, limit = len(data) // 2**20, MAX_TEXT_BYTES // 2**20
        raise BadFile(path, f"a text file of {size} MB; the limit is {limit} MB.", "Split it in parts.")
    if (other := what_it_is(data)) is not None:
        raise BadFile(
            path,
            f"the name ends in '{path.suffix}', but it is {other}.",
            "Give it the ending it should have, or save it as text.",
        )
    try:
        decoded = decode(data, settings.encoding)
    except InputError as exc:
        raise BadFile(path, exc.message, exc.hint) from exc
    return Document(
        normalise(decoded.text),
        path.suffix.lower().lstrip("."),
        decoded.encoding,
        findings=decoded.findings,
        confidence=decoded.confidence,
    )
