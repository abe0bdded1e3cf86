"""Where a text came from: the file as it was, how it was read, and what was found doubtful then."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from store import schema
from store.errors import DamagedStudy, InputError, UnknownName
from store.findings import Finding
from transcripts.readers import Furniture
from transcripts.settings import Settings, from_json
from transcripts.sources import find_source


@dataclass(frozen=True, slots=True)
class Provenance:
    """How one version of a source was read. ``furniture`` has its place in the text; ``created_at`` is UTC.

    ``style``, ``settings`` and ``findings`` are empty for what a cmo imported that did not keep them.
    """

    source: str
    version: int
    file_name: str
    file_format: str
    file_sha256: str
    encoding: str
    created_at: str
    style: str | None
    settings: Settings
    furniture: tuple[Furniture, ...]
    findings: tuple[Finding, ...]
    reason: str | None


def provenance(conn: Connection, source: str | int, version: int | None = None) -> Provenance:
    """How a source's current version was read, or the version of that number. Raises UnknownName."""
    name, row = _version(conn, source, version)
    return Provenance(
        source=name,
        version=row.number,
        file_name=row.file_name,
        file_format=row.file_format,
        file_sha256=row.file_sha256,
        encoding=row.encoding,
        created_at=row.created_at,
        style=row.style,
        settings=from_json(row.settings),
        furniture=tuple(Furniture(**piece) for piece in json.loads(row.furniture)),
        findings=tuple(Finding(**found) for found in json.loads(row.findings or "[]")),
        reason=row.reason,
    )


def original(conn: Connection, source: str | int, version: int | None = None) -> bytes:
    """The file's bytes. Raises UnknownName; InputError: it was not kept; DamagedStudy: it is not what was kept."""
    name, row = _version(conn, source, version)
    kept = schema.originals
    packed = conn.scalar(select(kept.c.body).where(kept.c.sha256 == row.file_sha256))
    if packed is None:
        raise InputError(f"The file of '{name}' is not in the study.", "It was imported by a cmo that kept no files.")
    try:
        data = zlib.decompress(packed)
    except zlib.error:
        data = b""
    if hashlib.sha256(data).hexdigest() != row.file_sha256:
        raise DamagedStudy(f"The file of '{name}' is not as it was kept.", "Run `cmo check STUDY`, and open a backup.")
    return data


def _version(conn: Connection, source: str | int, number: int | None) -> tuple[str, Row[Any]]:
    found, versions = find_source(conn, source), schema.source_versions
    query = select(versions).where(versions.c.source_id == found.id)
    row = conn.execute(query.where(versions.c.number == (number or found.version))).first()
    if row is None:
        raise UnknownName(f"'{found.name}' has no version {number}.", f"The newest is version {found.version}.")
    return found.name, row
