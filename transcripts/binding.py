"""Which kind, cases, role and participant a source has, and whom a speaker's label stands for.

Nothing is guessed: a label is only a label until a person says whom it stands for, because ``I`` asks in one
file and answers in the next. The one thing taken for granted is that an *interview* bound to no named
participant has one participant of its own, who gets the source's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import process
from sqlalchemy import Connection, select

from store import schema
from store.errors import BadTable, UnknownName
from store.findings import Finding
from store.work import Work
from transcripts.excerpts import attribute_excerpts
from transcripts.people import Names, fold, ids_by_name
from transcripts.readers.tables import TableProblems, TableRow, column, read_table
from transcripts.records import ImportReport, TableReport
from transcripts.sources import SourceNames

FILE = ("file", "source", "name", "fil", "filnavn", "kilde", "navn", "transcript", "document")
KIND = ("kind", "type", "art", "kildetype", "source kind", "method", "metode")
CASE = ("case", "cases", "sag", "arbejdsplads", "workplace", "site", "sted", "school", "skole")
ROLE = ("role", "rolle", "informant", "stilling", "position")
PARTICIPANT = ("participant", "deltager", "person", "respondent", "interviewperson", "participants")
LANGUAGE = ("language", "sprog", "lang")
LABEL = ("label", "speaker", "taler", "mærke", "etiket")
ASKS = ("asks", "interviewer", "spørger", "is interviewer")

KINDS = {
    "interview": ("interview", "enkeltinterview", "individual interview", "samtale"),
    "focus group": ("focus group", "fokusgruppe", "fokusgruppeinterview", "gruppeinterview", "group interview"),
    "observation notes": (
        "observation notes",
        "observation",
        "observationer",
        "observationsnoter",
        "field notes",
        "feltnoter",
    ),
    "meeting notes": ("meeting notes", "mødenoter", "referat", "mødereferat", "minutes"),
    "document": ("document", "dokument", "report", "rapport"),
}
YES = ("yes", "ja", "true", "1", "x", "y", "j")
NO = ("no", "nej", "false", "0", "n", "")


@dataclass(frozen=True, slots=True)
class Binding:
    """What one row of a sources table says. None: the table does not say; empty: there is none."""

    kind: str | None = None
    cases: tuple[str, ...] | None = None
    role: str | None = None
    participant: str | None = None
    language: str | None = None
    row: int = 0


def read_bindings(conn: Connection, path: Path) -> dict[str, Binding]:
    """A sources table as bindings by file name (folded).

    Raises:
        BadTable: with row, column and what was expected, for every cell that cannot be used.
    """
    table = read_table(path)
    where = {key: column(table, *names) for key, names in _BINDING_COLUMNS.items()}
    if where["file"] is None:
        raise BadTable(
            path,
            [f"no column for the file; found {', '.join(table.columns)}"],
            "Call one column 'file' (or 'source', 'fil', 'kilde').",
        )
    problems = TableProblems(path)
    known = ids_by_name(conn, schema.cases)
    names = {row_id: name for name, row_id in conn.execute(select(schema.cases.c.name, schema.cases.c.id))}
    bindings: dict[str, Binding] = {}
    for row in table.rows:
        cell = {key: row.values[index] if index is not None else None for key, index in where.items()}
        name = cell["file"] or ""
        if not name:
            problems.add(row.number, table.columns[where["file"]], "", "a file name")
            continue
        if fold(name) in bindings:
            problems.add(row.number, table.columns[where["file"]], name, "each file once")
        kind = _kind(cell["kind"], row, problems, table.columns[where["kind"]] if where["kind"] is not None else "")
        listed = None if cell["case"] is None else tuple(p.strip() for p in cell["case"].split(";") if p.strip())
        for case in listed or ():
            if known and fold(case) not in known:
                near = [match[0] for match in process.extract(case, list(names.values()), limit=3)]
                problems.add(
                    row.number,
                    table.columns[where["case"] or 0],
                    case,
                    "a case of this study; nearest: " + ", ".join(near),
                )
        bindings[fold(name)] = Binding(
            kind, listed, cell["role"], cell["participant"], cell["language"] or None, row.number
        )
    problems.raise_if_any()
    return bindings


def unmatched(bindings: Mapping[str, Binding], path: Path, report: ImportReport) -> list[Finding]:
    """Rows of the table without a file in the batch, and files of the batch without a row."""
    seen = {fold(name) for source in report.imported for name in (source.file_name, source.name)}
    seen |= {fold(name) for file, _ in (*report.duplicates, *report.failed) for name in (file.name, file.stem)}
    findings = [
        Finding("file-not-imported", f"{path.name} row {binding.row}", f"no file '{name}' was imported")
        for name, binding in bindings.items()
        if name not in seen
    ]
    findings += [
        Finding("source-not-bound", source.file_name, f"has no row in '{path.name}': bound to no case and role")
        for source in report.imported
        if fold(source.file_name) not in bindings and fold(source.name) not in bindings
    ]
    return findings


_BINDING_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "file": FILE,
    "kind": KIND,
    "case": CASE,
    "role": ROLE,
    "participant": PARTICIPANT,
    "language": LANGUAGE,
}


def _kind(value: str | None, row: TableRow, problems: TableProblems, column_name: str) -> str | None:
    if not value:
        return None
    for kind, spellings in KINDS.items():
        if fold(value) in spellings:
            return kind
    problems.add(row.number, column_name, value, "one of " + ", ".join(KINDS))
    return None


def bind(work: Work, names: Names, source_id: int, binding: Binding) -> None:
    """Give a source what the binding says, as part of an act."""
    changes: dict[str, Any] = {}
    if binding.kind is not None:
        changes["kind"] = binding.kind
    if binding.language is not None:
        changes["language"] = binding.language
    if binding.cases is not None:
        _set_cases(work, source_id, [names.case(case) for case in binding.cases])
    if binding.role is not None:
        changes["role_id"] = names.role(binding.role)
    work.update(schema.sources, source_id, **changes)
    source = work.conn.execute(select(schema.sources).where(schema.sources.c.id == source_id)).one()
    person = binding.participant
    alone = binding.kind == "interview" and source.participant_id is None
    if not person and alone and (binding.role or binding.cases):
        person = source.name
    if person:
        participant_id = names.participant(person, role_id=source.role_id, case_id=_only_case(work.conn, source_id))
        work.update(schema.sources, source_id, participant_id=participant_id)


def _set_cases(work: Work, source_id: int, wanted: list[int | None]) -> None:
    bound = schema.source_cases
    query = select(bound.c.case_id, bound.c.id).where(bound.c.source_id == source_id)
    present = dict(work.conn.execute(query).tuples().all())
    work.delete(bound, [row_id for case_id, row_id in present.items() if case_id not in wanted])
    missing = [case_id for case_id in dict.fromkeys(wanted) if case_id not in present]
    work.insert_many(bound, ["source_id", "case_id"], [[source_id, case_id] for case_id in missing])


def _only_case(conn: Connection, source_id: int) -> int | None:
    bound = schema.source_cases
    found = conn.scalars(select(bound.c.case_id).where(bound.c.source_id == source_id)).all()
    return found[0] if len(found) == 1 else None


def bind_sources(work: Work, path: Path, bindings: Mapping[str, Binding]) -> TableReport:
    """Bind sources that are in the study already. Rows for unknown files are findings, not errors."""
    known, names = SourceNames(work.conn), Names(work)
    findings, changed = [], 0
    for file_name, binding in bindings.items():
        source_id = known.find(file_name)
        if source_id is None:
            findings.append(
                Finding(
                    "unknown-source",
                    f"{path.name} row {binding.row}",
                    f"no source '{file_name}'. {known.hint(file_name)}",
                )
            )
            continue
        before = work.row_count
        bind(work, names, source_id, binding)
        changed += work.row_count > before
    matched = len(bindings) - len(findings)
    work.summary = f"bind {changed} sources by '{path.name}'"
    return TableReport(path.name, len(bindings), 0, changed, matched - changed, tuple(findings))


def map_speakers(work: Work, path: Path) -> TableReport:
    """Labels to participants and roles from a table: file (empty: every source), label, participant, role, asks.

    Raises:
        BadTable: for each row with an unknown source or label.
    """
    table = read_table(path)
    keys = {"file": FILE, "label": LABEL, "participant": PARTICIPANT, "role": ROLE, "asks": ASKS}
    where = {key: column(table, *names) for key, names in keys.items()}
    if where["label"] is None:
        raise BadTable(
            path,
            [f"no column for the label; found {', '.join(table.columns)}"],
            "Call one column 'label' (or 'speaker', 'taler').",
        )
    problems, known, changed = TableProblems(path), SourceNames(work.conn), 0
    for row in table.rows:
        cell = {key: row.values[index] if index is not None else None for key, index in where.items()}
        source_id = known.find(cell["file"]) if cell["file"] else None
        if cell["file"] and source_id is None:
            problems.add(
                row.number,
                table.columns[where["file"] or 0],
                cell["file"],
                f"a source of this study. {known.hint(cell['file'])}",
            )
            continue
        if cell["asks"] is not None and fold(cell["asks"]) not in YES + NO:
            problems.add(row.number, table.columns[where["asks"] or 0], cell["asks"], "yes or no")
            continue
        asks = None if cell["asks"] is None else fold(cell["asks"]) in YES
        before = work.row_count
        found = set_speaker(
            work,
            cell["label"] or "",
            source_id=source_id,
            participant=cell["participant"],
            role=cell["role"],
            asks=asks,
        )
        if not found:
            problems.add(
                row.number,
                table.columns[where["label"]],
                cell["label"] or "",
                "a speaker's label that stands in that source",
            )
        changed += work.row_count > before
    problems.raise_if_any()
    work.summary = f"map {changed} speakers by '{path.name}'"
    return TableReport(path.name, len(table.rows), 0, changed, len(table.rows) - changed)


def set_speaker(
    work: Work,
    label: str,
    *,
    source_id: int | None,
    participant: str | None = None,
    role: str | None = None,
    asks: bool | None = None,
) -> int:
    """Say whom a label stands for, in one source or (``source_id`` None) in all; return how many it was found in."""
    speakers = schema.speakers
    query = select(speakers.c.id, speakers.c.source_id, speakers.c.label)
    if source_id is not None:
        query = query.where(speakers.c.source_id == source_id)
    found = [row for row in work.conn.execute(query) if fold(row.label) == fold(label)]
    names = Names(work)
    for row in found:
        changes: dict[str, Any] = {}
        if role is not None:
            changes["role_id"] = names.role(role)
        if asks is not None:
            changes["asks"] = asks
        if participant is not None:
            case_id = None if asks else _only_case(work.conn, row.source_id)
            changes["participant_id"] = names.participant(participant, role_id=changes.get("role_id"), case_id=case_id)
        work.update(speakers, row.id, **changes)
        attribute_excerpts(work, row.source_id)
    return len(found)


def require_label(conn: Connection, label: str) -> None:
    """Raises UnknownName, with the labels there are."""
    known = sorted(set(conn.scalars(select(schema.speakers.c.label))))
    if fold(label) not in {fold(name) for name in known}:
        raise UnknownName(f"No speaker is labelled '{label}'.", "Labels in this study: " + ", ".join(known[:20]))
