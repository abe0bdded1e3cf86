"""The rows of a table of codings, understood one by one: which passage, which code, which stance."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from cmo.coding_cells import COLUMNS, Judged, Noted, Unusable, is_best, judged, unguarded
from cmo.theory import point_label
from cmo.theory.grammar import names_of
from codebook.codes import add_code
from codebook.reshaping import undecided_letters
from store import schema
from store.errors import BadTable, InputError
from store.findings import Finding
from store.work import Work
from transcripts.excerpts import TurnSpot, turn_spots
from transcripts.people import fold, ids_by_name, tidy
from transcripts.readers.tables import Table, TableProblems, TableRow, column
from transcripts.sources import SourceNames, current_text
from transcripts.text import normalise

MOST_KNOWN = 20_000
"""How many different sayings of rows are kept while a table is read."""

WRITTEN_HERE = frozenset({"coding_id", "excerpt_id", "source_id"})
"""Columns by which a table of quotes that was exported by this program is known."""

_OF_SAID = itemgetter(*(key for key in COLUMNS if key not in ("source", "start", "end", "quote")))

LONGEST_POSITION = 9
"""Digits of a position: no text that we import has a thousand million characters."""


OVERALL = ("h", "overall hypothesis", "overordnet hypotese")
_LIKE_A_POINT = re.compile(r"#\s*\d")


class _Code(NamedTuple):
    id: int
    is_of_point: bool


_NO_CODE = _Code(0, False)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source's text, loaded once for the whole table."""

    version_id: int
    body: str
    spots: Sequence[TurnSpot]


class Said(NamedTuple):
    """What a row says of its passage, and who says it."""

    code_id: int
    coder_id: int
    judge_id: int
    judged: Judged
    noted: Noted


class CodingRow(NamedTuple):
    """One row of the table, understood."""

    version_id: int
    start: int
    end: int
    said: Said


class RowReader:
    """Understands the rows of one table, and collects what is wrong with those that it cannot use."""

    def __init__(self, work: Work, path: Path, table: Table) -> None:
        self.work = work
        self._path = path
        self.columns = {key: column(table, *names) for key, names in COLUMNS.items()}
        self._filled = {key: at for key, at in self.columns.items() if at is not None}
        self._of_filled = _picker(list(self._filled.values()))
        self._empty = dict.fromkeys(COLUMNS, "")
        self._known: dict[tuple[str, ...], Said] = {}
        self.headings = table.columns
        self.problems = TableProblems(path)
        self.texts: dict[int, SourceText] = {}
        self._require(path)
        self._sources = SourceNames(work.conn)
        self._source_ids: dict[str, int | None] = {}
        self._codes = _codes(work.conn)
        self._letters = _letters(work.conn)
        self._overall = _overall_labels(work.conn)
        self._coders = ids_by_name(work.conn, schema.coders)

    def _require(self, path: Path) -> None:
        has = {key for key, at in self.columns.items() if at is not None}
        wanted = []
        if "source" not in has:
            wanted.append("the source (source, file, kilde)")
        if "quote" not in has and not {"start", "end"} <= has:
            wanted.append("the passage (quote; or start and end)")
        if "code" not in has and "point" not in has:
            wanted.append("the code (code; or point and element)")
        if wanted:
            found = ", ".join(self.headings)
            raise BadTable(
                path,
                [f"no column for {what}; found {found}" for what in wanted],
                "Name the columns source, quote, code or point and element, coder, stance, memo.",
            )

    def unused_columns(self) -> tuple[Finding, ...]:
        """One finding that names the columns of the table that say nothing known of a coding; none without any.

        What this program wrote itself has more columns, which say what the study knows anyway.
        """
        if set(self.headings) >= WRITTEN_HERE:
            return ()
        used = set(self._filled.values())
        unused = ", ".join(f"'{name}'" for at, name in enumerate(self.headings) if name and at not in used)
        message = (
            f"left out, because nothing of a coding is called so: {unused}. "
            f"If one of them is {', '.join(COLUMNS)}, name it so and bring the table in again"
        )
        return (Finding("column-not-used", self._path.name, message),) if unused else ()

    def read(self, row: TableRow) -> CodingRow | None:
        """The row understood; None where it cannot be used, with the reason in ``problems``."""
        cell = self._empty | dict(zip(self._filled, self._of_filled(row.values), strict=True))
        try:
            text = self._text(cell)
            start, end = self._span(cell, text)
            return CodingRow(text.version_id, start, end, self._said(cell))
        except Unusable as reason:
            at = self.columns[reason.key]
            heading = self.headings[at] if at is not None else reason.key
            self.problems.add(row.number, heading, cell[reason.key], reason.expected)
            return None

    def _said(self, cell: dict[str, str]) -> Said:
        """What the cells beside the passage say; thousands of rows say the same."""
        told = _OF_SAID(cell)
        found = self._known.get(told)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[told] = self._understand(cell)
        return found

    def _understand(self, cell: dict[str, str]) -> Said:
        held, best = self._judged(cell), is_best(cell["best"])
        # The code last: it may be new, and a row that cannot be used adds nothing.
        code_id = self._code(cell)
        noted = Noted(unguarded(cell["memo"]), self._undecided(cell, code_id), best)
        coder_id = self._coder(cell["coder"])
        judge_id = self._coder(cell["judge"]) if held.stance and cell["judge"] else coder_id
        return Said(code_id, coder_id, judge_id, held, noted)

    def _text(self, cell: dict[str, str]) -> SourceText:
        name = cell["source"]
        if name not in self._source_ids:
            self._source_ids[name] = self._sources.find(name) if name else None
        source_id = self._source_ids[name]
        if source_id is None:
            raise Unusable("source", f"a source of this study. {self._sources.hint(name)}")
        if source_id not in self.texts:
            found = current_text(self.work.conn, source_id)
            spots = turn_spots(self.work.conn, found.version_id)
            self.texts[source_id] = SourceText(found.version_id, found.text, spots)
        return self.texts[source_id]

    def _span(self, cell: dict[str, str], text: SourceText) -> tuple[int, int]:
        if cell["quote"] and _is_position(cell["start"]):
            start = int(cell["start"])
            end = start + len(cell["quote"])
            if cell["end"] in ("", str(end)) and text.body[start:end] == cell["quote"]:
                return start, end
        quote = _as_spoken(normalise(cell["quote"]).strip(), text.body)
        if cell["start"] and (cell["end"] or quote):
            return self._given_span(cell, text, quote)
        if not quote:
            raise Unusable("quote", "the words of the passage, or its start and end")
        first = text.body.find(quote)
        if first < 0:
            expected = f"words that stand in '{cell['source']}' exactly like this{_loosely(text.body, quote)}"
            raise Unusable("quote", expected)
        if text.body.find(quote, first + 1) >= 0:
            times = _occurrences(text.body, quote)
            expected = (
                f"words that stand in '{cell['source']}' once; these stand there {times} times: give the start as well"
            )
            raise Unusable("quote", expected)
        return first, first + len(quote)

    def _given_span(self, cell: dict[str, str], text: SourceText, quote: str) -> tuple[int, int]:
        for key in ("start", "end"):
            if cell[key] and not _is_position(cell[key]):
                raise Unusable(key, "a position in code points, a whole number from 0")
        start = int(cell["start"])
        end = int(cell["end"]) if cell["end"] else start + len(quote)
        if not 0 <= start < end <= len(text.body):
            key = "end" if cell["end"] else "start"
            raise Unusable(key, f"a passage inside the {len(text.body)} characters of '{cell['source']}'")
        if quote and text.body[start:end].strip() != quote:
            raise Unusable("quote", f"the words at {start} to {end}, which are {_short(text.body[start:end])!r}")
        return start, end

    def _code(self, cell: dict[str, str]) -> int:
        if cell["point"]:
            return self._point_code(cell)
        if cell["element"]:
            raise Unusable("element", "nothing, because an element needs a PT point")
        if not cell["code"]:
            raise Unusable(
                "code" if self.columns["code"] is not None else "point", "a code, or a PT point and an element"
            )
        known = self._codes.get(fold(cell["code"]))
        if known is not None:
            return known.id
        if _LIKE_A_POINT.match(cell["code"]):
            raise Unusable("code", "a code of this study; those of the theory are written like '#7' or '#7 M'")
        self._codes[fold(cell["code"])] = _Code(add_code(self.work, cell["code"]), False)
        return self._codes[fold(cell["code"])].id

    def _point_code(self, cell: dict[str, str]) -> int:
        label = self._overall.get(fold(cell["point"])) or point_label(cell["point"]) or cell["point"]
        if not self._codes.get(fold(label), _NO_CODE).is_of_point:
            raise Unusable("point", "a point of this study's programme theory")
        letter = self._letters.get(fold(cell["element"]))
        if letter is None:
            letters = ", ".join(dict.fromkeys(filter(None, self._letters.values())))
            raise Unusable("element", f"an element of the theory ({letters}), by letter or name")
        name = f"{label} {letter}".strip()
        if cell["code"] and fold(cell["code"]) != fold(name):
            raise Unusable(
                "code", f"nothing, or '{name}' as point and element say: another code needs a row of its own"
            )
        return self._codes[fold(name)].id

    def _judged(self, cell: dict[str, str]) -> Judged:
        found = judged(cell)
        for key, what in (("stance", "a stance"), ("undecided", "an element")):
            if cell[key] and not self._bound(cell):
                raise Unusable(key, f"nothing here: {what} needs a PT point")
        return found

    def _undecided(self, cell: dict[str, str], code_id: int) -> str | None:
        if not cell["undecided"]:
            return None
        try:
            return undecided_letters(self.work.conn, code_id, cell["undecided"])
        except InputError as reason:
            raise Unusable("undecided", f"letters of two or more elements, of a whole point: {reason}") from reason

    def _bound(self, cell: dict[str, str]) -> bool:
        return bool(cell["point"]) or self._codes.get(fold(cell["code"]), _NO_CODE).is_of_point

    def _coder(self, name: str) -> int:
        name = tidy(name) or self.work.coder
        if fold(name) not in self._coders:
            self._coders[fold(name)] = self.work.coder_named(name)
        return self._coders[fold(name)]


def _codes(conn: Connection) -> dict[str, _Code]:
    """The codes by folded name."""
    query = select(schema.codes.c.name, schema.codes.c.id, schema.codes.c.point_id)
    return {fold(row.name): _Code(row.id, row.point_id is not None) for row in conn.execute(query)}


def _overall_labels(conn: Connection) -> dict[str, str]:
    """The labels of overall hypotheses by what they may be called in a table."""
    query = select(schema.points.c.title, schema.points.c.number).where(schema.points.c.is_overall)
    rows = conn.execute(query.order_by(schema.points.c.position.desc())).all()
    called = {name: row.number for row in rows for name in OVERALL}  # the first one where there are several
    return called | {fold(row.title): row.number for row in rows if row.title}


def _letters(conn: Connection) -> dict[str, str]:
    """The letter of each element of the theory, by what people write for it; none for the point as a whole."""
    letters = {"": ""}
    for letter, name in conn.execute(select(schema.elements.c.letter, schema.elements.c.name)):
        letters |= {fold(called): letter for called in names_of(letter, name)}
    return letters


def _is_position(typed: str) -> bool:
    return typed.isdecimal() and len(typed) <= LONGEST_POSITION


def _picker(columns: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """What picks the values of some columns from a row."""
    if len(columns) == 1:
        return lambda values: (values[columns[0]],)
    return itemgetter(*columns)


def _as_spoken(quote: str, body: str) -> str:
    return quote if quote[:1] != "'" or quote in body else unguarded(quote)


def _occurrences(body: str, quote: str) -> int:
    found = at = 0
    while (at := body.find(quote, at)) >= 0:
        found, at = found + 1, at + 1
    return found


def _loosely(body: str, quote: str) -> str:
    """Where the same words stand with other spaces or line breaks, as a cure in words; empty where nowhere or often."""
    places = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, quote.split())), body)]
    return f"; with other spaces they stand at {places[0][0]} to {places[0][1]}" if len(places) == 1 else ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
