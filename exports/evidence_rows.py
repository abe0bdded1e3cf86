"""Evidence in the order and the words that exports write it in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from cmo.audit import gaps
from cmo.evidence import STALE, each_quote
from cmo.matrix import matrix
from cmo.records import OUTSIDE, Cell, Counts, Matrix, Quote, StudyInfo, Theory, missing
from cmo.report.ground import Ground
from cmo.report.house import HouseStyle, read_house_style
from cmo.report.words import Words
from cmo.study import Study
from cmo.theory import read_theory
from codebook.codes import list_codes
from codebook.codings import counts_by_source
from codebook.records import Code
from store import journal
from store.errors import StudyBusy
from store.findings import Finding
from store.schema import STANCES
from store.sqlite import few_pages
from transcripts.fieldwork.attributes import list_attributes
from transcripts.fieldwork.cases import list_cases
from transcripts.records import Attribute, Case, Source
from transcripts.sources import list_sources

NOT_JUDGED = "not judged"
ALL_STANCES = "(all stances)"

TRIES = 5
"""How often a study that changes underneath is read anew."""

_ORDER: tuple[str | None, ...] = (*STANCES, None, STALE, OUTSIDE)

ALWAYS_SHOWN = ("supports", "refutes")
"""Stances that a matrix has columns for even where nobody has taken them: nothing against is news, too."""


def stance_key(quote: Quote) -> str | None:
    """The stance that a row counts under: its own, ``stale`` where it was judged against an older wording,
    ``outside the theory`` where there is no point to judge it against, or None.
    """
    if quote.stale:
        return STALE
    return OUTSIDE if quote.stance is None and quote.point is None else quote.stance


def stance_words(stance: str | None) -> str:
    return NOT_JUDGED if stance is None else stance


def stance_order(stance: str | None) -> int:
    """The place of a stance: as in the schema, then not judged, stale, and outside the theory."""
    return _ORDER.index(stance)


def stances_in_use(table: Matrix) -> list[str | None]:
    """The stances to show, in their order: for, against, and every other that somebody has taken."""
    used = table.grand_total.stances
    return [stance for stance in _ORDER if stance in used or stance in ALWAYS_SHOWN]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that an export of a whole study writes, of one moment."""

    info: StudyInfo
    theory: Theory
    codes: list[Code]
    cases: list[Case]
    attributes: list[Attribute]
    sources: list[Source]
    points_by_case: Matrix
    codes_by_case: Matrix
    gaps: tuple[Finding, ...]
    house: HouseStyle
    _conn: Connection

    def ground(self, say: Words, attribution: str | None = None) -> Ground:
        """What the tables of reports stand on, of the same moment; quotes attributed so, or in the study's style."""
        made = Ground(self._conn, say, replace(self.house, attribution=attribution or self.house.attribution))
        made.keep(self.points_by_case)
        made.keep(self.codes_by_case)
        return made

    def quotes(self) -> Iterator[Quote]:
        """Every row of evidence by point, case, stance, code, source and place in the text.

        So the rows behind a cell of points × cases × stance stand together, and those of a code × case × stance.
        """
        code_order = {code.name: position for position, code in enumerate(self.codes)}
        source_order = {source.id: position for position, source in enumerate(self.sources)}

        def place(quote: Quote) -> tuple[object, ...]:
            return (
                code_order[quote.code],
                source_order[quote.source_id],
                quote.start,
                quote.end,
                quote.coding_id,
                quote.judge or "",
            )

        # Asked for by point and sorted by cell: the rows of all of them are too many to hold, for SQLite as well.
        for label in (*(point.label for point in self.theory.points), None):
            rows = each_quote(self._conn, {"point": label})
            for _, found in groupby(rows, key=lambda quote: (quote.case, stance_key(quote))):
                yield from sorted(found, key=place)


@contextmanager
def material(study: Study) -> Iterator[Material]:
    """The study as it is now, also while others go on coding: the block reads one state of it.

    Raises:
        StudyBusy: the study changes so fast that its figures and its rows could not be read together.
    """
    for _ in range(TRIES):
        info = study.info()
        with study.file.read() as conn, few_pages(conn):
            if journal.state(conn).hash == info.state:
                yield _gather(info, conn)
                return
    raise StudyBusy("The study is being changed all the time.", "Export again in a moment.")


def _gather(info: StudyInfo, conn: Connection) -> Material:
    codings = counts_by_source(conn)
    return Material(
        info=info,
        theory=read_theory(conn),
        codes=list_codes(conn),
        cases=list_cases(conn),
        attributes=list_attributes(conn),
        sources=[replace(source, codings=codings.get(source.id, 0)) for source in list_sources(conn)],
        points_by_case=matrix(conn, "point", "case", {}),
        codes_by_case=matrix(conn, "code", "case", {}),
        gaps=tuple(gaps(conn)),
        house=read_house_style(conn),
        _conn=conn,
    )


class LongRow(NamedTuple):
    """One line of a matrix in long form; ``stance`` is in words."""

    row: str
    column: str
    stance: str
    counts: Counts


def long_rows(table: Matrix) -> Iterator[LongRow]:
    """A matrix as a list: every cell with all its stances together (also where it is empty), and by stance
    where there is evidence; then the same for whole rows, whole columns and everything.
    """
    every_row, every_column = f"(all {table.rows_by}s)", f"(all {table.columns_by}s)"
    for row in (*table.rows, every_row):
        for column in (*table.columns, every_column):
            if row == every_row:
                total = table.grand_total if column == every_column else table.column_totals.get(column)
            else:
                total = table.row_totals.get(row) if column == every_column else table.cell(row, column)
            row_words = missing(table.rows_by) if row is None else row
            column_words = missing(table.columns_by) if column is None else column
            yield LongRow(row_words, column_words, ALL_STANCES, total.total if total else Counts())
            for stance, counts in _in_order(total):
                yield LongRow(row_words, column_words, stance_words(stance), counts)


def _in_order(cell: Cell | None) -> list[tuple[str | None, Counts]]:
    return sorted(cell.stances.items(), key=lambda item: stance_order(item[0])) if cell else []
