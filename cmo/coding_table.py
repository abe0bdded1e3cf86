"""Codings in bulk, from a spreadsheet: coded extracts of earlier years, or another coder's work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, and_, select

from cmo.coding_cells import NOT_JUDGED, Judged, Noted, agree
from cmo.coding_rows import CodingRow, RowReader, Said, SourceText
from codebook.records import CodingsReport
from store import schema
from store.work import Work
from transcripts.excerpts import EXCERPT_COLUMNS, excerpt_row
from transcripts.readers.tables import read_table

Key = tuple[int, int, int]
"""What makes a coding the same coding: excerpt, code, coder."""

_OTHERWISE = (
    "row {number}: this passage has this code by this coder already, and is judged or noted otherwise; it was left as "
    "it was"
)


def import_codings(work: Work, path: Path) -> CodingsReport:
    """Codings from a table: source; start and end, or the quote; code, or point and element; coder; judgement; memo.

    The columns are those of :mod:`cmo.coding_cells`. A judgement is the coder's, or the one's whom the row names.

    A row that cannot be used is reported with its place and left out; the others come in, all in one act. A
    quote that occurs twice or not at all is reported and not guessed; with start *and* quote both must agree.
    A coding that is there already is left as it is. A code that the study does not have is added.
    Columns that say nothing known are a finding.

    Raises:
        BadTable: the table has no column for the source, the passage or the code.
    """
    table = read_table(path)
    reader = RowReader(work, path, table)
    understood = [(line.number, row) for line in table.rows if (row := reader.read(line)) is not None]
    numbers = [line.number for line in table.rows]
    findings = (*table.findings, *reader.unused_columns())
    del table  # a third of the memory, for which there is use now
    problems = list(reader.problems.problems)
    added, unchanged, ids = _insert(work, understood, reader.texts, problems)
    work.summary = f"import {added} codings from '{path.name}'"
    return CodingsReport(
        table=path.name,
        rows=len(numbers),
        added=added,
        unchanged=unchanged,
        problems=tuple(problems),
        not_used=findings,
        coding_ids=tuple(map(ids.get, numbers)),
    )


def _insert(
    work: Work, rows: list[tuple[int, CodingRow]], texts: dict[int, SourceText], problems: list[str]
) -> tuple[int, int, dict[int, int]]:
    """Write the new codings among the rows in bulk; return how many are new, how many were there alike, and by the
    number of the row which coding it is.
    """
    excerpt_ids = _excerpts(work, [row for _, row in rows], texts)
    present, fresh = _present_codings(work.conn, [text.version_id for text in texts.values()]), _Held({}, {}, {})
    keys: dict[int, Key] = {}
    alike = 0
    for number, row in rows:
        said = row.said
        key = (excerpt_ids[row[:3]], said.code_id, said.coder_id)
        if fresh.takes(key, said) or (key not in fresh.noted and key not in present.noted):
            fresh.add(key, said)
        elif (fresh if key in fresh.noted else present).has(key, said):
            alike += 1
        else:
            problems.append(_OTHERWISE.format(number=number))
            continue
        keys[number] = key
    _insert_fresh(work, fresh)
    ids = present.ids | fresh.ids
    return len(fresh.noted), alike, {number: ids[key] for number, key in keys.items()}


@dataclass(frozen=True, slots=True)
class _Held:
    """Codings by what makes them: their ids, what is said of them, and of each by its judges."""

    ids: dict[Key, int]
    noted: dict[Key, Noted]
    judged: dict[tuple[Key, int], Judged]

    def add(self, key: Key, said: Said) -> None:
        self.noted.setdefault(key, said.noted)
        if said.judged.stance:
            self.judged[key, said.judge_id] = said.judged

    def has(self, key: Key, said: Said) -> bool:
        """Whether all that a row says of a coding is here."""
        held = self.judged.get((key, said.judge_id), NOT_JUDGED)
        return agree(said.noted, self.noted[key]) and agree(said.judged, held)

    def takes(self, key: Key, said: Said) -> bool:
        """Whether a row says only what one more judge holds of a coding that is here."""
        if said.judge_id == said.coder_id or (key, said.judge_id) in self.judged or key not in self.noted:
            return False
        return agree(said.noted, self.noted[key])


def _insert_fresh(work: Work, fresh: _Held) -> None:
    columns = ["excerpt_id", "code_id", "coder_id", "created_at", "undecided", "is_best"]
    rows = [[*key, work.at, noted.undecided, noted.is_best] for key, noted in fresh.noted.items()]
    ids = fresh.ids
    ids.update(zip(fresh.noted, work.insert_many(schema.codings, columns, rows), strict=True))
    wording = _current_wording(work.conn)
    work.insert_many(
        schema.judgements,
        ["coding_id", "point_version_id", "coder_id", *Judged._fields, "is_current", "created_at"],
        [
            [ids[key], wording[key[1]], judge_id, *judged, True, work.at]
            for (key, judge_id), judged in fresh.judged.items()
        ],
    )
    work.insert_many(
        schema.memos,
        ["body", "coder_id", "created_at", "changed_at", "coding_id"],
        [[noted.memo, key[2], work.at, work.at, ids[key]] for key, noted in fresh.noted.items() if noted.memo],
    )


def _excerpts(work: Work, rows: list[CodingRow], texts: dict[int, SourceText]) -> dict[tuple[int, int, int], int]:
    """The excerpt's id for each passage; new ones are inserted in bulk."""
    excerpts, by_version = schema.excerpts, {text.version_id: text for text in texts.values()}
    ids: dict[tuple[int, int, int], int] = {}
    for version_id in by_version:
        query = select(excerpts.c.start, excerpts.c.end, excerpts.c.id).where(excerpts.c.version_id == version_id)
        ids.update({(version_id, start, end): row_id for start, end, row_id in work.conn.execute(query)})
    wanted = dict.fromkeys(row[:3] for row in rows)
    missing = [key for key in wanted if key not in ids]
    values = [excerpt_row(v, by_version[v].body, by_version[v].spots, start, end) for v, start, end in missing]
    ids.update(zip(missing, work.insert_many(excerpts, EXCERPT_COLUMNS, values), strict=True))
    return ids


def _present_codings(conn: Connection, version_ids: Sequence[int]) -> _Held:
    """What is said of the codings that these texts have already."""
    codings, judgements, memos, excerpts = schema.codings, schema.judgements, schema.memos, schema.excerpts
    query = (
        select(codings.c.id, codings.c.excerpt_id, codings.c.code_id, codings.c.coder_id, judgements.c.coder_id)
        .add_columns(memos.c.body, codings.c.undecided, codings.c.is_best)
        .add_columns(*(judgements.c[name] for name in Judged._fields))
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .outerjoin(judgements, and_(judgements.c.coding_id == codings.c.id, judgements.c.is_current))
        .outerjoin(memos, memos.c.coding_id == codings.c.id)
        .where(excerpts.c.version_id.in_(version_ids))
    )
    present = _Held({}, {}, {})
    for coding_id, excerpt_id, code_id, coder_id, judge_id, memo, undecided, is_best, *judged in conn.execute(query):
        key = (excerpt_id, code_id, coder_id)
        present.ids[key] = coding_id
        present.noted[key] = Noted(memo or "", undecided, is_best)
        if judge_id is not None:
            present.judged[key, judge_id] = Judged(*judged)
    return present


def _current_wording(conn: Connection) -> dict[int, int]:
    """The current point version for each code that belongs to a point."""
    codes, versions = schema.codes, schema.point_versions
    query = select(codes.c.id, versions.c.id).join(versions, versions.c.point_id == codes.c.point_id)
    return dict(conn.execute(query.where(versions.c.is_current)).all())
