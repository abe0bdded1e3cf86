"""Codings in bulk, from a spreadsheet: coded extracts of earlier years, or another coder's work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, and_, select

from cmo.coding_rows import CodingRow, RowReader, SourceText
from codebook.records import CodingsReport
from store import schema
from store.work import Work
from transcripts.excerpts import EXCERPT_COLUMNS, excerpt_row
from transcripts.readers.tables import read_table

Key = tuple[int, int, int]
"""What makes a coding the same coding: excerpt, code, coder."""


def import_codings(work: Work, path: Path) -> CodingsReport:
    """Codings from a table: source; start and end, or the quote; code, or point and element; coder; stance; memo.

    A row that cannot be used is reported with its place and left out; the others come in, all in one act. A
    quote that occurs twice or not at all is reported and not guessed; with start *and* quote both must agree.
    A coding that is there already is left as it is. A code that the study does not have is added.

    Raises:
        BadTable: the table has no column for the source, the passage or the code.
    """
    table = read_table(path)
    reader = RowReader(work, path, table)
    understood = [(line.number, row) for line in table.rows if (row := reader.read(line)) is not None]
    problems = list(reader.problems.problems)
    added, unchanged = _insert(work, understood, reader.texts, problems)
    work.summary = f"import {added} codings from '{path.name}'"
    return CodingsReport(path.name, len(table.rows), added, unchanged, tuple(problems))


def _insert(
    work: Work, rows: list[tuple[int, CodingRow]], texts: dict[int, SourceText], problems: list[str]
) -> tuple[int, int]:
    """Write the new codings among the rows in bulk; return how many are new and how many were there alike."""
    excerpt_ids = _excerpts(work, [row for _, row in rows], texts)
    present = _present_codings(work.conn, [text.version_id for text in texts.values()])
    fresh: dict[Key, CodingRow] = {}
    alike = 0
    for number, row in rows:
        key = (excerpt_ids[row.version_id, row.start, row.end], row.code_id, row.coder_id)
        kept = (fresh[key].stance, fresh[key].memo) if key in fresh else present.get(key)
        if kept is None:
            fresh[key] = row
        elif (row.stance or kept[0], row.memo or kept[1]) == kept:
            alike += 1
        else:
            problems.append(
                f"row {number}: this passage has this code by this coder already, with another stance or "
                "memo; it was left as it was"
            )
    _insert_fresh(work, fresh)
    return len(fresh), alike


def _insert_fresh(work: Work, fresh: dict[Key, CodingRow]) -> None:
    columns = ["excerpt_id", "code_id", "coder_id", "created_at"]
    ids = work.insert_many(schema.codings, columns, [[*key, work.at] for key in fresh])
    numbered = list(zip(ids, fresh.values(), strict=True))
    wording = _current_wording(work.conn)
    work.insert_many(
        schema.judgements,
        ["coding_id", "point_version_id", "coder_id", "stance", "rationale", "is_current", "created_at"],
        [[i, wording[r.code_id], r.coder_id, r.stance, "", True, work.at] for i, r in numbered if r.stance],
    )
    work.insert_many(
        schema.memos,
        ["body", "coder_id", "created_at", "changed_at", "coding_id"],
        [[r.memo, r.coder_id, work.at, work.at, i] for i, r in numbered if r.memo],
    )


def _excerpts(work: Work, rows: list[CodingRow], texts: dict[int, SourceText]) -> dict[tuple[int, int, int], int]:
    """The excerpt's id for each passage; new ones are inserted in bulk."""
    excerpts, by_version = schema.excerpts, {text.version_id: text for text in texts.values()}
    ids: dict[tuple[int, int, int], int] = {}
    for version_id in by_version:
        query = select(excerpts.c.start, excerpts.c.end, excerpts.c.id).where(excerpts.c.version_id == version_id)
        ids.update({(version_id, start, end): row_id for start, end, row_id in work.conn.execute(query)})
    wanted = dict.fromkeys((row.version_id, row.start, row.end) for row in rows)
    missing = [key for key in wanted if key not in ids]
    values = [excerpt_row(v, by_version[v].body, by_version[v].spots, start, end) for v, start, end in missing]
    ids.update(zip(missing, work.insert_many(excerpts, EXCERPT_COLUMNS, values), strict=True))
    return ids


def _present_codings(conn: Connection, version_ids: Sequence[int]) -> dict[Key, tuple[str, str]]:
    """The stance and memo of the codings that these texts have already; empty words where there is none."""
    codings, judgements, memos, excerpts = schema.codings, schema.judgements, schema.memos, schema.excerpts
    query = (
        select(
            codings.c.excerpt_id,
            codings.c.code_id,
            codings.c.coder_id,
            judgements.c.coder_id,
            judgements.c.stance,
            memos.c.body,
        )
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .outerjoin(judgements, and_(judgements.c.coding_id == codings.c.id, judgements.c.is_current))
        .outerjoin(memos, memos.c.coding_id == codings.c.id)
        .where(excerpts.c.version_id.in_(version_ids))
    )
    present: dict[Key, tuple[str, str]] = {}
    # The coder's own judgement is told from others here: asked for in SQL, the join goes by coder, row by row.
    for excerpt_id, code_id, coder_id, judge_id, stance, memo in conn.execute(query):
        key, is_own = (excerpt_id, code_id, coder_id), judge_id == coder_id
        if is_own or key not in present:
            present[key] = (stance if is_own else "", memo or "")
    return present


def _current_wording(conn: Connection) -> dict[int, int]:
    """The current point version for each code that belongs to a point."""
    codes, versions = schema.codes, schema.point_versions
    query = select(codes.c.id, versions.c.id).join(versions, versions.c.point_id == codes.c.point_id)
    return dict(conn.execute(query.where(versions.c.is_current)).all())
