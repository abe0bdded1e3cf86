"""Codings in bulk, from a spreadsheet: coded extracts of earlier years, or another coder's work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from cmo.theory import ELEMENT_COLUMNS, point_label
from codebook.codes import add_code
from codebook.records import CodingsReport
from store import schema
from store.schema import STANCES
from store.work import Work
from transcripts.binding import FILE
from transcripts.excerpts import EXCERPT_COLUMNS, TurnSpot, excerpt_row, turn_spots
from transcripts.people import fold
from transcripts.readers.tables import BadTable, Table, TableProblems, TableRow, column, read_table
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
class _Text:
    """A source's text, loaded once for the whole table."""

    version_id: int
    body: str
    spots: list[TurnSpot]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table, understood."""

    version_id: int
    start: int
    end: int
    code_id: int
    coder_id: int
    stance: str
    memo: str


def import_codings(work: Work, path: Path) -> CodingsReport:
    """Codings from a table: source; start and end, or the quote; code, or point and element; coder; stance; memo.

    A row that cannot be used is reported with its place and left out; the others come in, all in one act. A
    quote that occurs twice or not at all is reported and not guessed; with start *and* quote both must agree.
    A coding that is there already is left as it is. A code that the study does not have is added.

    Raises:
        BadTable: the table has no column for the source, the passage or the code.
    """
    table = read_table(path)
    reader = _Reader(work, path, table)
    rows = [row for line in table.rows if (row := reader.read(line)) is not None]
    added = _insert(work, rows, reader.texts)
    work.summary = f"import {added} codings from '{path.name}'"
    bad_rows = len(table.rows) - len(rows)
    return CodingsReport(path.name, len(table.rows), added, len(table.rows) - bad_rows - added,
                         tuple(reader.problems.lines))  # fmt: skip


class _Reader:
    """Understands the rows of one table, and collects what is wrong with those that it cannot use."""

    def __init__(self, work: Work, path: Path, table: Table) -> None:
        self.work = work
        self.columns = {key: column(table, *names) for key, names in COLUMNS.items()}
        self.headings = table.columns
        self.problems = TableProblems(path)
        self.texts: dict[int, _Text] = {}
        self._require(path)
        self._sources = SourceNames(work.conn)
        self._codes = {fold(name): row for name, row in _code_ids(work.conn).items()}
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
            raise BadTable(path, [f"no column for {what}; found {found}" for what in wanted],
                           "Name the columns source, quote, code or point and element, coder, stance, memo.")  # fmt: skip

    def read(self, row: TableRow) -> _Row | None:
        cell = {key: row.values[at] if at is not None else "" for key, at in self.columns.items()}
        source_id = self._sources.find(cell["source"]) if cell["source"] else None
        if source_id is None:
            hint = self._sources.hint(cell["source"]) if cell["source"] else ""
            return self._bad(row, "source", cell, f"a source of this study. {hint}")
        text = self._text(source_id)
        span = self._span(row, cell, text)
        code_id = self._code(row, cell)
        stance = self._stance(row, cell)
        if span is None or code_id is None or stance is None:
            return None
        return _Row(text.version_id, *span, code_id, self._coder(cell["coder"]), stance, cell["memo"])

    def _bad(self, row: TableRow, key: str, cell: dict[str, str], expected: str) -> None:
        at = self.columns[key]
        self.problems.add(row.number, self.headings[at] if at is not None else key, cell[key], expected)

    def _text(self, source_id: int) -> _Text:
        if source_id not in self.texts:
            versions, texts = schema.source_versions, schema.texts
            found = self.work.conn.execute(
                select(versions.c.id, texts.c.body)
                .join(texts, texts.c.id == versions.c.text_id)
                .where(versions.c.source_id == source_id, versions.c.is_current)
            ).one()
            self.texts[source_id] = _Text(found.id, found.body, turn_spots(self.work.conn, found.id))
        return self.texts[source_id]

    def _span(self, row: TableRow, cell: dict[str, str], text: _Text) -> tuple[int, int] | None:
        quote = normalise(cell["quote"]).strip()
        if cell["start"] and (cell["end"] or quote):
            return self._given_span(row, cell, text, quote)
        if not quote:
            return self._bad(row, "quote", cell, "the words of the passage, or its start and end")
        first = text.body.find(quote)
        if first < 0:
            return self._bad(row, "quote", cell, f"words that stand in '{cell['source']}' exactly like this")
        if text.body.find(quote, first + 1) >= 0:
            return self._bad(row, "quote", cell,
                             f"words that stand in '{cell['source']}' once; these stand there "
                             f"{_occurrences(text.body, quote)} times: give the start as well")  # fmt: skip
        return first, first + len(quote)

    def _given_span(self, row: TableRow, cell: dict[str, str], text: _Text, quote: str) -> tuple[int, int] | None:
        for key in ("start", "end"):
            if cell[key] and not cell[key].isdecimal():
                return self._bad(row, key, cell, "a position in code points, a whole number from 0")
        start = int(cell["start"])
        end = int(cell["end"]) if cell["end"] else start + len(quote)
        if not 0 <= start < end <= len(text.body):
            return self._bad(row, "end" if cell["end"] else "start", cell,
                             f"a passage inside the {len(text.body)} characters of '{cell['source']}'")  # fmt: skip
        if quote and text.body[start:end].strip() != quote:
            return self._bad(row, "quote", cell,
                             f"the words at {start} to {end}, which are {_short(text.body[start:end])!r}")  # fmt: skip
        return start, end

    def _code(self, row: TableRow, cell: dict[str, str]) -> int | None:
        if cell["code"]:
            name = fold(cell["code"])
            if name not in self._codes:
                self._codes[name] = (add_code(self.work, cell["code"]), False)
            return self._codes[name][0]
        if not cell["point"]:
            return self._bad(row, "point", cell, "a code, or a PT point and an element")
        label = point_label(cell["point"]) or ("H" if fold(cell["point"]) in self._overall() else cell["point"])
        if fold(label) not in self._codes:
            return self._bad(row, "point", cell, "a point of this study's programme theory")
        letter = self._letter(cell["element"])
        if letter is None or fold(f"{label} {letter}".strip()) not in self._codes:
            return self._bad(row, "element", cell, "an element of the theory, by letter or name")
        return self._codes[fold(f"{label} {letter}".strip())][0]

    def _overall(self) -> set[str]:
        titles = select(schema.points.c.title).where(schema.points.c.is_overall)
        return {fold(title) for title in self.work.conn.scalars(titles)} | {"overall hypothesis", "h", "0"}

    def _letter(self, text: str) -> str | None:
        if not text:
            return ""
        for letter, name in self.work.conn.execute(select(schema.elements.c.letter, schema.elements.c.name)):
            if fold(text) in (fold(letter), fold(name)):
                return str(letter)
        return next((key[0] for key, names in ELEMENT_COLUMNS.items() if fold(text) in names), None)

    def _stance(self, row: TableRow, cell: dict[str, str]) -> str | None:
        if not cell["stance"]:
            return ""
        for stance, words in STANCE_WORDS.items():
            if fold(cell["stance"]) in words:
                if not self._bound(cell):
                    return self._bad(row, "stance", cell, "nothing here: a stance needs a PT point")
                return stance
        return self._bad(row, "stance", cell, "one of " + ", ".join(STANCES))

    def _bound(self, cell: dict[str, str]) -> bool:
        return not cell["code"] or self._codes.get(fold(cell["code"]), (0, False))[1]

    def _coder(self, name: str) -> int:
        name = " ".join(name.split()) or self.work.coder
        if name not in self._coders:
            self._coders[name] = self.work.coder_named(name)
        return self._coders[name]


def _code_ids(conn: Connection) -> dict[str, tuple[int, bool]]:
    """Codes by name: the id, and whether the code belongs to a point."""
    query = select(schema.codes.c.name, schema.codes.c.id, schema.codes.c.point_id)
    return {row.name: (row.id, row.point_id is not None) for row in conn.execute(query)}


def _insert(work: Work, rows: list[_Row], texts: dict[int, _Text]) -> int:
    """Write the new codings among the rows in bulk; return how many there are."""
    excerpt_ids = _excerpts(work, rows, texts)
    present = _present_codings(work.conn, set(excerpt_ids.values()))
    fresh: dict[tuple[int, int, int], _Row] = {}
    for row in rows:
        key = (excerpt_ids[row.version_id, row.start, row.end], row.code_id, row.coder_id)
        if key not in present:
            fresh.setdefault(key, row)
    columns = ["excerpt_id", "code_id", "coder_id", "created_at"]
    ids = work.insert_many(schema.codings, columns, [[*key, work.at] for key in fresh])
    numbered = list(zip(ids, fresh.values(), strict=True))
    wording = _current_wording(work.conn)
    work.insert_many(
        schema.judgements,
        ["coding_id", "point_version_id", "coder_id", "stance", "rationale", "is_current", "created_at"],
        [[i, wording[row.code_id], row.coder_id, row.stance, "", True, work.at] for i, row in numbered if row.stance],
    )
    work.insert_many(
        schema.memos,
        ["body", "coder_id", "created_at", "changed_at", "coding_id"],
        [[row.memo, row.coder_id, work.at, work.at, i] for i, row in numbered if row.memo],
    )
    return len(fresh)


def _excerpts(work: Work, rows: list[_Row], texts: dict[int, _Text]) -> dict[tuple[int, int, int], int]:
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


def _present_codings(conn: Connection, excerpt_ids: set[int]) -> set[tuple[int, int, int]]:
    codings = schema.codings
    if not conn.scalar(select(codings.c.id).limit(1)):
        return set()
    query = select(codings.c.excerpt_id, codings.c.code_id, codings.c.coder_id)
    return {tuple(row) for row in conn.execute(query) if row.excerpt_id in excerpt_ids}


def _current_wording(conn: Connection) -> dict[int, int]:
    """The current point version for each code that belongs to a point."""
    codes, versions = schema.codes, schema.point_versions
    query = select(codes.c.id, versions.c.id).join(versions, versions.c.point_id == codes.c.point_id)
    return {code_id: version_id for code_id, version_id in conn.execute(query.where(versions.c.is_current))}


def _occurrences(body: str, quote: str) -> int:
    found = at = 0
    while (at := body.find(quote, at)) >= 0:
        found, at = found + 1, at + 1
    return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
