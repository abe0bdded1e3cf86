"""The rows of a table of codings, understood one by one: which passage, which code, which stance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from cmo.theory import ELEMENT_COLUMNS, point_label
from codebook.codes import add_code
from store import schema
from store.errors import BadTable
from store.schema import STANCES
from store.work import Work
from transcripts.bindings import FILE
from transcripts.excerpts import TurnSpot, turn_spots
from transcripts.people import fold
from transcripts.readers.tables import Table, TableProblems, TableRow, column
from transcripts.sources import SourceNames
from transcripts.text import normalise

COLUMNS: dict[str, tuple[str, ...]] = {
    "source": FILE,
    "start": ("start", "from", "fra", "begin"),
    "end": ("end", "to", "til", "slut"),
    "quote": ("quote", "citat", "excerpt", "uddrag", "text", "tekst", "passage"),
    "code": ("code", "kode", "node", "tema", "theme"),
    "point": ("point", "pt", "pt-punkt", "punkt", "pt point", "pt-punkt #", "pt #"),
    "element": ("element", "cmo", "type"),
    "coder": ("coder", "koder", "kodet af", "coded by"),
    "stance": ("stance", "holdning", "retning", "for/against", "for/imod"),
    "memo": ("memo", "note", "notat", "comment", "kommentar"),
}

STANCE_WORDS = {
    "supports": ("supports", "support", "for", "+", "støtter", "understøtter"),
    "refutes": ("refutes", "refute", "against", "-", "−", "imod", "afkræfter", "modsiger"),
    "refines": ("refines", "refine", "~", "nuancerer", "forfiner"),
    "extends": ("extends", "extend", "udvider"),
    "rival": ("rival", "rivaliserende"),
}


@dataclass(slots=True)
class SourceText:
    """A source's text, loaded once for the whole table."""

    version_id: int
    body: str
    spots: list[TurnSpot]


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row of the table, understood."""

    version_id: int
    start: int
    end: int
    code_id: int
    coder_id: int
    stance: str
    memo: str


class _Unusable(Exception):  # noqa: N818 - a reason, not an error of ours
    """Why a row cannot be used: the column, and what was expected there."""

    def __init__(self, key: str, expected: str) -> None:
        super().__init__(expected)
        self.key = key
        self.expected = expected


class RowReader:
    """Understands the rows of one table, and collects what is wrong with those that it cannot use."""

    def __init__(self, work: Work, path: Path, table: Table) -> None:
        self.work = work
        self.columns = {key: column(table, *names) for key, names in COLUMNS.items()}
        self.headings = table.columns
        self.problems = TableProblems(path)
        self.texts: dict[int, SourceText] = {}
        self._require(path)
        self._sources = SourceNames(work.conn)
        self._source_ids: dict[str, int | None] = {}
        self._codes = _code_ids(work.conn)
        self._letters = _letters(work.conn)
        self._overall = _overall_names(work.conn)
        self._coders: dict[str, int] = {}

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

    def read(self, row: TableRow) -> CodingRow | None:
        """The row understood; None where it cannot be used, with the reason in ``problems``."""
        cell = {key: row.values[at] if at is not None else "" for key, at in self.columns.items()}
        try:
            text = self._text(cell)
            # The code last: it may be new, and a row that cannot be used adds nothing.
            span, stance, code_id = self._span(cell, text), self._stance(cell), self._code(cell)
        except _Unusable as reason:
            at = self.columns[reason.key]
            heading = self.headings[at] if at is not None else reason.key
            self.problems.add(row.number, heading, cell[reason.key], reason.expected)
            return None
        return CodingRow(text.version_id, *span, code_id, self._coder(cell["coder"]), stance, cell["memo"])

    def _text(self, cell: dict[str, str]) -> SourceText:
        name = cell["source"]
        if name not in self._source_ids:
            self._source_ids[name] = self._sources.find(name) if name else None
        source_id = self._source_ids[name]
        if source_id is None:
            raise _Unusable("source", f"a source of this study. {self._sources.hint(name) if name else ''}")
        if source_id not in self.texts:
            versions, texts = schema.source_versions, schema.texts
            found = self.work.conn.execute(
                select(versions.c.id, texts.c.body)
                .join(texts, texts.c.id == versions.c.text_id)
                .where(versions.c.source_id == source_id, versions.c.is_current)
            ).one()
            self.texts[source_id] = SourceText(found.id, found.body, turn_spots(self.work.conn, found.id))
        return self.texts[source_id]

    def _span(self, cell: dict[str, str], text: SourceText) -> tuple[int, int]:
        quote = normalise(cell["quote"]).strip()
        if cell["start"] and (cell["end"] or quote):
            return self._given_span(cell, text, quote)
        if not quote:
            raise _Unusable("quote", "the words of the passage, or its start and end")
        first = text.body.find(quote)
        if first < 0:
            raise _Unusable("quote", f"words that stand in '{cell['source']}' exactly like this")
        if text.body.find(quote, first + 1) >= 0:
            times = _occurrences(text.body, quote)
            raise _Unusable(
                "quote",
                f"words that stand in '{cell['source']}' once; these stand there {times} times: give the start as well",
            )
        return first, first + len(quote)

    def _given_span(self, cell: dict[str, str], text: SourceText, quote: str) -> tuple[int, int]:
        for key in ("start", "end"):
            if cell[key] and not cell[key].isdecimal():
                raise _Unusable(key, "a position in code points, a whole number from 0")
        start = int(cell["start"])
        end = int(cell["end"]) if cell["end"] else start + len(quote)
        if not 0 <= start < end <= len(text.body):
            key = "end" if cell["end"] else "start"
            raise _Unusable(key, f"a passage inside the {len(text.body)} characters of '{cell['source']}'")
        if quote and text.body[start:end].strip() != quote:
            raise _Unusable("quote", f"the words at {start} to {end}, which are {_short(text.body[start:end])!r}")
        return start, end

    def _code(self, cell: dict[str, str]) -> int:
        if cell["code"] and cell["point"]:
            raise _Unusable("code", "a code or a PT point, not both: give each a row of its own")
        if cell["code"]:
            name = fold(cell["code"])
            if name not in self._codes:
                self._codes[name] = (add_code(self.work, cell["code"]), False)
            return self._codes[name][0]
        if not cell["point"]:
            raise _Unusable("point", "a code, or a PT point and an element")
        label = point_label(cell["point"]) or cell["point"]
        if fold(cell["point"]) in self._overall:
            label = "H"
        if fold(label) not in self._codes:
            raise _Unusable("point", "a point of this study's programme theory")
        letter = self._letters.get(fold(cell["element"]))
        if letter is None:
            raise _Unusable("element", "an element of the theory, by letter or name")
        return self._codes[fold(f"{label} {letter}")][0]

    def _stance(self, cell: dict[str, str]) -> str:
        if not cell["stance"]:
            return ""
        for stance, words in STANCE_WORDS.items():
            if fold(cell["stance"]) in words:
                if not self._bound(cell):
                    raise _Unusable("stance", "nothing here: a stance needs a PT point")
                return stance
        raise _Unusable("stance", "one of " + ", ".join(STANCES))

    def _bound(self, cell: dict[str, str]) -> bool:
        return not cell["code"] or self._codes.get(fold(cell["code"]), (0, False))[1]

    def _coder(self, name: str) -> int:
        name = " ".join(name.split()) or self.work.coder
        if name not in self._coders:
            self._coders[name] = self.work.coder_named(name)
        return self._coders[name]


def _code_ids(conn: Connection) -> dict[str, tuple[int, bool]]:
    """Codes by folded name: the id, and whether the code belongs to a point."""
    query = select(schema.codes.c.name, schema.codes.c.id, schema.codes.c.point_id)
    return {fold(row.name): (row.id, row.point_id is not None) for row in conn.execute(query)}


def _overall_names(conn: Connection) -> set[str]:
    """What an overall hypothesis may be called in a table."""
    titles = select(schema.points.c.title).where(schema.points.c.is_overall)
    return {fold(title) for title in conn.scalars(titles)} | {"overall hypothesis", "h", "0", "#0"}


def _letters(conn: Connection) -> dict[str, str]:
    """The letter of each element of the theory, by what people write for it."""
    letters = {"": ""}
    for letter, name in conn.execute(select(schema.elements.c.letter, schema.elements.c.name)):
        letters |= {fold(letter): letter, fold(name): letter}
        letters |= dict.fromkeys(ELEMENT_COLUMNS.get((letter, name), ()), letter)
    return letters


def _occurrences(body: str, quote: str) -> int:
    found = at = 0
    while (at := body.find(quote, at)) >= 0:
        found, at = found + 1, at + 1
    return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
