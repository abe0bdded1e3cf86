"""What the tables of one report stand on: one reading of the study, each part of it read once."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby, repeat
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, select

from cmo.configurations.reading import list_configurations
from cmo.dimensions import find_dimension
from cmo.evidence import evidence, key_of
from cmo.matrix import matrix
from cmo.report.house import PARTS, HouseStyle, attributed
from cmo.theory.decisions import list_decisions
from cmo.theory.reading import list_versions, read_theory
from cmo.theory.states import list_states
from cmo.theory.verdicts import list_verdicts
from codebook.codes import list_codes
from store import schema
from transcripts.fieldwork.cases import list_cases

if TYPE_CHECKING:
    from cmo.configurations.records import Configuration
    from cmo.records import Matrix, Theory
    from cmo.report.words import Words
    from cmo.theory.records import Decision, PointVersion, TheoryState, Verdict
    from codebook.records import Code
    from transcripts.records import Case

Label = str | None
SIDES = ("code", "point", "element", "case", "role", "source", "stance")
"""The dimensions that tables count by."""

JUDGED = "judged"
"""The stance that somebody took, also against an older wording: asked for like a dimension."""

MOST_ASKED, MOST_KEPT = 500, 20_000
"""Ids that one query asks for, and quotes that are kept for the next time."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, as a table shows it: the words and who said them in the house style."""

    coding_id: int
    excerpt_id: int
    quote: str
    attribution: str

    def __str__(self) -> str:
        return f"“{self.quote}” {self.attribution}".rstrip()


class _Labels:
    """A label for each of many rows, four bytes each: there are few different ones."""

    def __init__(self) -> None:
        self._numbers: dict[Label, int] = {}
        self._of_rows = array("I")

    def append(self, label: Label) -> None:
        self._of_rows.append(self._numbers.setdefault(label, len(self._numbers)))

    def __iter__(self) -> Iterator[Label]:
        return map(list(self._numbers).__getitem__, self._of_rows)


class Ground:
    """One state of a study, read for tables. ``say`` has the fixed words, ``house`` the study's style."""

    def __init__(self, conn: Connection, say: Words, house: HouseStyle) -> None:
        self.conn = conn
        self.say = say
        self.house = house
        self._matrices: dict[tuple[str, str], Matrix] = {}
        self._behind: dict[tuple[str, ...], Mapping[tuple[Label, ...], Sequence[int]]] = {}
        self._coding_ids: list[int] = []
        self._said: dict[int, Said] = {}

    @cached_property
    def theory(self) -> Theory:
        return read_theory(self.conn)

    @cached_property
    def cases(self) -> list[Case]:
        return list_cases(self.conn)

    @cached_property
    def codes(self) -> list[Code]:
        return list_codes(self.conn)

    @cached_property
    def versions(self) -> list[PointVersion]:
        """Every wording of every point, in the order of the theory and of time."""
        return list_versions(self.conn)

    @cached_property
    def decisions(self) -> list[Decision]:
        """Why the theory changed, oldest first."""
        return list_decisions(self.conn)

    @cached_property
    def initial_state(self) -> TheoryState | None:
        """The first state of the theory that was frozen."""
        return next(iter(list_states(self.conn)), None)

    @cached_property
    def verdicts(self) -> Mapping[Label, Verdict]:
        """What the study says of each point in the end; under None of the programme."""
        return {verdict.point: verdict for verdict in list_verdicts(self.conn) if verdict.is_current}

    @cached_property
    def configurations(self) -> list[Configuration]:
        return list_configurations(self.conn)

    def matrix(self, rows: str, columns: str) -> Matrix:
        """All evidence by two dimensions."""
        if (rows, columns) not in self._matrices:
            self._matrices[rows, columns] = matrix(self.conn, rows, columns, {})
        return self._matrices[rows, columns]

    def keep(self, counted: Matrix) -> None:
        """Take a matrix of all evidence that is counted already."""
        self._matrices[counted.rows_by, counted.columns_by] = counted

    def codings(self, *dimensions: str) -> Mapping[tuple[Label, ...], Sequence[int]]:
        """The codings behind every combination of labels of some of ``SIDES`` and ``JUDGED``, each once, by id."""
        if dimensions not in self._behind:
            read = self._sides
            sides = [read[name] for name in dimensions]
            found: dict[tuple[Label, ...], list[int]] = defaultdict(list)
            labels: Iterable[tuple[Label, ...]] = zip(*sides, strict=True) if sides else repeat(())
            for key, coding_id in zip(labels, self._coding_ids, strict=bool(sides)):
                # The rows of a coding stand together, so what is there already is the last one.
                behind = found[key]
                if not behind or behind[-1] != coding_id:
                    behind.append(coding_id)
            self._behind[dimensions] = dict(found)
        return self._behind[dimensions]

    def said(self, coding_ids: Iterable[int]) -> dict[int, Said]:
        """The words of these codings with their attribution, each once; one that is no more is left out."""
        ids = sorted(set(coding_ids))
        if len(self._said) > MOST_KEPT:
            self._said.clear()
        unread = [coding_id for coding_id in ids if coding_id not in self._said]
        for start in range(0, len(unread), MOST_ASKED):
            for said in self._read(unread[start : start + MOST_ASKED]):
                self._said[said.coding_id] = said
        return {coding_id: self._said[coding_id] for coding_id in ids if coding_id in self._said}

    @cached_property
    def best(self) -> frozenset[int]:
        """The codings that a person chose to stand for their kind."""
        return frozenset(self.conn.scalars(select(schema.codings.c.id).where(schema.codings.c.is_best)))

    def best_of(self, coding_ids: Iterable[int]) -> list[Said]:
        """What a person chose among these codings, in the order of their making."""
        return list(self.said(self.best.intersection(coding_ids)).values())

    @cached_property
    def _sides(self) -> Mapping[str, Iterable[Label]]:
        """The labels of every row of evidence, by dimension; the rows are read once, and their ids kept beside them."""
        rows, sides = evidence(), [find_dimension(self.conn, name) for name in SIDES]
        columns = [_Labels() for _ in (*sides, JUDGED)]
        keys_of = (key_of(rows, side) for side in sides)
        query = select(rows.c.coding_id, *keys_of, rows.c.judged).order_by(rows.c.coding_id)
        last = 0
        for coding_id, *keys, judged in self.conn.execute(query):
            last = coding_id if coding_id != last else last  # one object for each id, also in all that is made of them
            self._coding_ids.append(last)
            for column, side, key in zip(columns, sides, keys, strict=False):
                column.append(side.labels.get(key))
            columns[-1].append(judged)
        return dict(zip((*SIDES, JUDGED), columns, strict=True))

    def _read(self, coding_ids: list[int]) -> Iterator[Said]:
        rows = self.conn.execute(_words_of(), {"coding_ids": coding_ids})
        for coding_id, found in groupby(rows, key=lambda row: row.coding_id):
            each = [row._mapping for row in found]
            # A source of two cases has a row for each: the attribution names both.
            parts = {
                name: ", ".join(dict.fromkeys(str(row[name]) for row in each if row[name] is not None))
                for name in PARTS
            }
            said_by = attributed(self.house.attribution, parts)
            yield Said(coding_id, each[0]["excerpt_id"], each[0]["quote"], said_by)


@cache
def _words_of() -> Select[Any]:
    """The words of codings and who said them, in the order of ids; made once, because the making takes longest."""
    rows = evidence()
    return (
        select(
            rows.c.coding_id,
            rows.c.excerpt_id,
            schema.excerpts.c.quote,
            schema.roles.c.name.label("role"),
            schema.cases.c.name.label("case"),
            schema.participants.c.name.label("participant"),
            schema.speakers.c.label.label("speaker"),
            schema.sources.c.name.label("source"),
            schema.turns.c.number.label("turn"),
            rows.c.round,
        )
        .select_from(rows)
        .join(schema.excerpts, schema.excerpts.c.id == rows.c.excerpt_id)
        .join(schema.sources, schema.sources.c.id == rows.c.source_id)
        .outerjoin(schema.turns, schema.turns.c.id == rows.c.turn_id)
        .outerjoin(schema.speakers, schema.speakers.c.id == rows.c.speaker_id)
        .outerjoin(schema.participants, schema.participants.c.id == rows.c.participant_id)
        .outerjoin(schema.roles, schema.roles.c.id == rows.c.role_id)
        .outerjoin(schema.cases, schema.cases.c.id == rows.c.case_id)
        .where(rows.c.coding_id.in_(bindparam("coding_ids", expanding=True)))
        .order_by(rows.c.coding_id, schema.cases.c.position)
    )
