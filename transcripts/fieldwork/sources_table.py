"""The sources table: what a person says of each file's kind, cases, role, participant and language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from store import schema
from store.errors import BadTable
from store.findings import Finding
from transcripts.fieldwork import dates
from transcripts.fieldwork.cases import has_attributes
from transcripts.language.languages import EXPECTED, language_code
from transcripts.people import fold, nearest
from transcripts.readers.tables import Table, TableProblems, TableRow, column, read_table
from transcripts.records import Source
from transcripts.sources import SourceNames, without_ending

FILE = (
    "file",
    "source",
    "filename",
    "fil",
    "filnavn",
    "kilde",
    "datei",
    "quelle",
    "transcript",
    "document",
    "document name",
)
NAME = ("name", "navn")
"""Of the file where no other column names it, else of the person."""
CASE = (
    "case",
    "cases",
    "case name",
    "sag",
    "fall",
    "arbejdsplads",
    "workplace",
    "site",
    "site name",
    "sted",
    "ward",
    "afdeling",
    "school",
    "school name",
    "skole",
    "schule",
)
ROLE = ("role", "rolle", "roll", "informant", "stilling", "position", "job", "job title", "funktion")
PARTICIPANT = (
    "participant",
    "deltager",
    "deltagare",
    "teilnehmer",
    "person",
    "respondent",
    "interviewperson",
    "interviewee",
    "participants",
    "deltagere",
)
ROUND = ("round", "runde", "wave", "bølge", "måling", "interviewrunde", "fase", "phase")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "file": (*FILE, *NAME),
    "kind": (
        "kind",
        "type",
        "art",
        "kildetype",
        "source kind",
        "type of interview",
        "interview type",
        "method",
        "metode",
    ),
    "case": CASE,
    "role": ROLE,
    "participant": (*PARTICIPANT, *NAME),
    "language": ("language", "sprog", "språk", "sprache", "lang"),
    "round": ROUND,
    "date": ("date", "dato", "held on", "afholdt", "interview date", "date of interview", "interviewdato", "datum"),
}
KINDS = {
    "interview": ("interview", "enkeltinterview", "individual interview", "einzelinterview", "samtale"),
    "focus group": (
        "focus group",
        "fokusgruppe",
        "fokusgruppeinterview",
        "gruppeinterview",
        "group interview",
        "gruppendiskussion",
    ),
    "observation notes": (
        "observation notes",
        "observation",
        "observationer",
        "observationsnoter",
        "field notes",
        "feltnoter",
        "beobachtung",
        "feldnotizen",
    ),
    "meeting notes": ("meeting notes", "mødenoter", "referat", "mødereferat", "minutes", "protokoll"),
    "document": ("document", "dokument", "report", "rapport", "bericht"),
}


@dataclass(frozen=True, slots=True)
class Binding:
    """What one row of a sources table says. None: the table does not say; empty: there is none.

    ``file`` is as typed, ``where`` is the place of the row (``sources.csv row 4``); ``held_on`` is a day, a month or a
    year in ISO 8601.
    """

    file: str = ""
    where: str = ""
    kind: str | None = None
    cases: tuple[str, ...] | None = None
    role: str | None = None
    participant: str | None = None
    language: str | None = None
    round: str | None = None
    held_on: str | None = None


@dataclass(frozen=True, slots=True)
class BindingTable:
    """A sources table, read. ``name`` is that of its file; ``findings`` say what of it was guessed."""

    name: str
    rows: tuple[Binding, ...]
    findings: tuple[Finding, ...] = ()


class CaseNames:
    """Checks the names of cases in a table: once cases were imported with their attributes, another name is a slip."""

    def __init__(self, conn: Connection) -> None:
        names = conn.scalars(select(schema.cases.c.name).order_by(schema.cases.c.position)).all()
        self._names = names if has_attributes(conn) else []
        self._known = {fold(name) for name in self._names}

    def expected(self, name: str) -> str | None:
        """What was expected in place of this name, in words; None where the name can be used."""
        if not self._known or fold(name) in self._known:
            return None
        near = nearest(name, self._names)
        return f"a case of this study{f', such as {near}' if near else ''}; `cmo cases STUDY TABLE` adds cases"


def read_bindings(conn: Connection, path: Path) -> BindingTable:
    """Read a sources table.

    Raises:
        BadTable: with row, column and what was expected, for every cell that cannot be used.
    """
    table = read_table(path)
    reader = _Reader(path, table, CaseNames(conn))
    rows = [reader.read(row) for row in table.rows]
    reader.problems.raise_if_any()
    return BindingTable(path.name, tuple(rows), table.findings)


class _Reader:
    def __init__(self, path: Path, table: Table, case_names: CaseNames) -> None:
        self.problems = TableProblems(path)
        self._path = path
        self._case_names = case_names
        self._headings = table.columns
        self.at = {key: column(table, *names) for key, names in COLUMNS.items()}
        if self.at["participant"] == self.at["file"]:
            self.at["participant"] = None
        self._files: set[str] = set()
        if self.at["file"] is None:
            raise BadTable(
                path,
                [f"no column for the file; found {', '.join(table.columns)}"],
                "Call one column 'file' (or 'source', 'fil', 'kilde').",
            )

    def read(self, row: TableRow) -> Binding:
        cell = {key: row.values[at] if at is not None else None for key, at in self.at.items()}
        return Binding(
            file=self._file(row, cell["file"] or ""),
            where=f"{self._path.name} row {row.number}",
            kind=self._kind(row, cell["kind"]),
            cases=self._cases(row, cell["case"]),
            role=cell["role"],
            participant=self._participant(row, cell["participant"]),
            language=self._language(row, cell["language"]),
            round=cell["round"],
            held_on=self._date(row, cell["date"]),
        )

    def _refuse(self, row: TableRow, key: str, found: str, expected: str) -> None:
        self.problems.add(row.number, self._headings[self.at[key] or 0], found, expected)

    def _file(self, row: TableRow, file: str) -> str:
        if not file:
            self._refuse(row, "file", "", "a file name")
        elif fold(file) in self._files:
            self._refuse(row, "file", file, "each file once")
        self._files.add(fold(file))
        return file

    def _kind(self, row: TableRow, written: str | None) -> str | None:
        if not written:
            return None
        kind = next((kind for kind, spellings in KINDS.items() if fold(written) in spellings), None)
        if kind is None:
            self._refuse(row, "kind", written, "one of " + ", ".join(KINDS))
        return kind

    def _cases(self, row: TableRow, written: str | None) -> tuple[str, ...] | None:
        if written is None:
            return None
        named = tuple(piece.strip() for piece in written.split(";") if piece.strip())
        for name in named:
            expected = self._case_names.expected(name)
            if expected is not None:
                self._refuse(row, "case", name, expected)
        return named

    def _participant(self, row: TableRow, written: str | None) -> str | None:
        if written and ";" in written:
            self._refuse(row, "participant", written, "one person; map the labels of a group with `cmo speakers`")
        return written

    def _language(self, row: TableRow, written: str | None) -> str | None:
        if not written:
            return None
        code = language_code(written)
        if code is None:
            self._refuse(row, "language", written, EXPECTED)
        return code

    def _date(self, row: TableRow, written: str | None) -> str | None:
        if not written:
            return written
        day = dates.iso_date(written)
        if day is None:
            self._refuse(row, "date", written, dates.EXPECTED)
        return day


def match_files(
    table: BindingTable, files: Sequence[Path], conn: Connection
) -> tuple[dict[Path, Binding], list[Finding]]:
    """Which row says what of which file of a batch, and the rows and files that have no match.

    A row names a file by its name, with or without ending, and with as many of its folders as it takes to tell
    it from others. A row that fits several files is used for none of them.
    """
    answering: dict[str, list[Path]] = defaultdict(list)
    for file in dict.fromkeys(files):
        for spelling in _spellings(file):
            answering[spelling].append(file)
    known, matched, findings = SourceNames(conn), {}, list(table.findings)
    for binding in table.rows:
        found = answering[_path_key(binding.file)]
        if len(found) > 1:
            one = f"{found[0].parent.name}/{found[0].name}"
            message = f"'{binding.file}' names {len(found)} files, so none was bound: write the folder too, as '{one}'"
            findings.append(Finding("file-ambiguous", binding.where, message))
        elif found and found[0] in matched:
            message = f"'{found[0].name}' has a row above already, which was used"
            findings.append(Finding("file-twice", binding.where, message))
        elif found:
            matched[found[0]] = binding
        elif known.find(binding.file) is None:
            findings.append(
                Finding("file-not-imported", binding.where, f"there was no file '{binding.file}' to import")
            )
    return matched, findings


def _spellings(file: Path) -> set[str]:
    """How a row may name a file: ``leder``, ``leder.txt``, ``case1/leder``, ``case1/leder.txt``, ..."""
    tails = ["/".join(file.parts[-length:]) for length in range(1, len(file.parts) + 1)]
    return {_path_key(spelling) for tail in tails for spelling in (tail, without_ending(tail))}


def _path_key(typed: str) -> str:
    return fold(typed.replace("\\", "/").removeprefix("./"))


def says_otherwise(binding: Binding, source: Source) -> bool:
    """Whether a row says of a source what the source does not have."""
    cases = None if binding.cases is None else {fold(case) for case in binding.cases}
    return (
        (binding.kind is not None and binding.kind != source.kind)
        or (cases is not None and cases != {fold(case) for case in source.cases})
        or (binding.role is not None and fold(binding.role) != fold(source.role or ""))
        or (bool(binding.participant) and fold(binding.participant or "") != fold(source.participant or ""))
        or (binding.language is not None and binding.language != source.language)
        or (binding.round is not None and binding.round != (source.round or ""))
        or (binding.held_on is not None and binding.held_on != (source.held_on or ""))
    )
