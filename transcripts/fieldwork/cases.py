"""Cases and their typed attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import Connection, select

from store import schema
from store.errors import InputError, NameTaken, UnknownName
from store.findings import Finding
from store.work import Work
from transcripts.fieldwork.attributes import found_kind, settle_kinds, settled_kinds
from transcripts.people import fold, ids_by_name, nearest, next_position, tidy, unused_ids
from transcripts.readers.tables import Table, TableProblems, column, read_table
from transcripts.records import Case, TableReport

CASE_COLUMNS = (
    "case",
    "case name",
    "name",
    "sag",
    "fall",
    "navn",
    "arbejdsplads",
    "workplace",
    "site",
    "site name",
    "sted",
    "school",
    "school name",
    "skole",
    "schule",
    "id",
)


def has_attributes(conn: Connection) -> bool:
    """Whether the study has a table of cases behind it, so that the name of another case is a slip."""
    return conn.scalar(select(schema.attributes.c.id).limit(1)) is not None


def list_cases(conn: Connection) -> list[Case]:
    """All cases in the order of the study, also those that have no source."""
    values: dict[int, dict[str, str]] = defaultdict(dict)
    sources_of: dict[int, list[str]] = defaultdict(list)
    held = schema.attribute_values
    query = (
        select(held.c.case_id, schema.attributes.c.name, held.c.value)
        .join(schema.attributes)
        .order_by(schema.attributes.c.position, schema.attributes.c.id)
    )
    for case_id, name, value in conn.execute(query):
        values[case_id][name] = value
    bound = (
        select(schema.source_cases.c.case_id, schema.sources.c.name)
        .join(schema.sources)
        .order_by(schema.sources.c.position)
    )
    for case_id, name in conn.execute(bound):
        sources_of[case_id].append(name)
    return [
        Case(row.id, row.uuid, row.name, values[row.id], tuple(sources_of[row.id]))
        for row in conn.execute(select(schema.cases).order_by(schema.cases.c.position, schema.cases.c.id))
    ]


def import_cases(work: Work, path: Path) -> TableReport:
    """Cases and attributes from a table: a column that names the case, every other column an attribute.

    Importing again updates: a changed cell changes the value, an emptied cell takes it away, and a case or
    attribute that the table does not name stays as it is. Cases stand in the order of a table that names them all.

    Raises:
        BadTable: a row without a case name, a case named twice, or a value that an attribute's settled kind or
            pick-list does not have; nothing is changed.
    """
    table = read_table(path)
    at = column(table, *CASE_COLUMNS)
    name_at = 0 if at is None else at
    names = _names(path, table, name_at)
    known = ids_by_name(work.conn, schema.cases)
    absent = [name for name in known if name not in {fold(name) for name in names}]
    attribute_ids = _attributes(work, table, name_at)
    values = _values(path, work.conn, table, attribute_ids)
    added, changed, first_free = 0, 0, next_position(work.conn, schema.cases)
    for index, name in enumerate(names):
        case_id, before = known.get(fold(name)), work.row_count
        if case_id is None:
            position = first_free + index if absent else index + 1
            case_id = work.insert(schema.cases, {"name": name, "position": position})
            added += 1
        elif not absent:
            work.update(schema.cases, case_id, position=index + 1)
        _set_values(work, case_id, zip(attribute_ids, values[index], strict=True))
        changed += fold(name) in known and work.row_count > before
    settle_kinds(work)
    work.summary = f"import {len(names)} cases from '{path.name}'"
    findings = [
        Finding(
            "case-not-in-table", path.name, f"the study's case '{case.name}' is not in the table; it stays as it is"
        )
        for case in list_cases(work.conn)
        if fold(case.name) in absent
    ]
    if at is None:
        message = f"no column is called 'case', so '{table.columns[0]}' was taken for the names of the cases"
        findings.insert(0, Finding("case-column-guessed", path.name, message))
    unchanged = len(names) - added - changed
    return TableReport(path.name, len(names), added, changed, unchanged, (*table.findings, *findings))


def set_attributes(work: Work, name: str, values: Mapping[str, str]) -> int:
    """Change what is given of a case's attributes, by name; an empty text takes a value away. Returns the case's id.

    A name that no attribute has makes one. A value must be of the kind that was settled, else of the kind that the
    values of all other cases are: a slip makes no number a text.

    Raises:
        UnknownName: there is no such case.
        InputError: a value of another kind, or an attribute without a name; nothing is changed.
    """
    case_id = _find(work.conn, name)
    known, settled = ids_by_name(work.conn, schema.attributes), settled_kinds(work.conn)
    cells: list[tuple[int, str]] = []
    for written, cell in ((tidy(written), tidy(cell)) for written, cell in values.items()):
        if not written:
            raise InputError("An attribute needs a name.")
        attribute_id = known.get(fold(written))
        kind = settled.get(attribute_id or 0) or found_kind(work.conn, attribute_id, case_id)
        value = kind.value(cell) if cell else ""
        if value is None:
            cure = f"`cmo cases STUDY --attribute '{written}' --kind KIND` settles another kind."
            raise InputError(f"{written} '{cell}': expected {kind.expected}.", cure)
        if attribute_id is None:
            new = {"name": written, "kind": "text", "position": next_position(work.conn, schema.attributes)}
            attribute_id = known[fold(written)] = work.insert(schema.attributes, new)
        cells.append((attribute_id, value))
    _set_values(work, case_id, cells)
    settle_kinds(work)
    return case_id


def add_case(work: Work, name: str) -> int:
    """A case without attributes or sources; its id. Raises InputError, NameTaken."""
    written = _free_name(work.conn, name)
    return work.insert(schema.cases, {"name": written, "position": next_position(work.conn, schema.cases)})


def rename_case(work: Work, name: str, new_name: str) -> int:
    """Give a case another name; all that refers to it stays. Its id. Raises UnknownName, InputError, NameTaken."""
    case_id = _find(work.conn, name)
    work.update(schema.cases, case_id, name=_free_name(work.conn, new_name, but=case_id))
    return case_id


def remove_case(work: Work, name: str) -> str:
    """Take away a case that nothing refers to; returns its name. Raises UnknownName, InputError: something does."""
    case_id = _find(work.conn, name)
    if case_id not in unused_ids(work.conn, schema.cases):
        cure = "Take its sources, attributes, summaries, configurations and measures away first."
        raise InputError(f"The case '{name}' is in use.", cure)
    written = str(work.conn.scalar(select(schema.cases.c.name).where(schema.cases.c.id == case_id)))
    work.delete(schema.cases, [case_id])
    return written


def _free_name(conn: Connection, name: str, but: int | None = None) -> str:
    """The name as it is kept. Raises InputError where it is none, NameTaken where another case has it."""
    written = tidy(name)
    if not written or ";" in written:
        raise InputError("A case needs a name without ';', which parts cases elsewhere.")
    if ids_by_name(conn, schema.cases).get(fold(written), but) != but:
        raise NameTaken(f"There is a case '{written}' already.", "Choose another name.")
    return written


def _find(conn: Connection, name: str) -> int:
    """The id of a case by its name. Raises UnknownName."""
    known = {row.name: row.id for row in conn.execute(select(schema.cases.c.id, schema.cases.c.name))}
    found: int | None = next((known[other] for other in known if fold(other) == fold(name)), None)
    if found is None:
        near = nearest(name, known)
        raise UnknownName(f"There is no case '{name}' in this study.", f"Nearest: {near}." if near else "")
    return found


def _names(path: Path, table: Table, name_at: int) -> list[str]:
    """The name in each row. Raises BadTable where one is missing or stands twice."""
    problems, seen = TableProblems(path), set()
    for row in table.rows:
        name = row.values[name_at]
        if not name:
            problems.add(row.number, table.columns[name_at], name, "the name of a case")
        elif fold(name) in seen:
            problems.add(row.number, table.columns[name_at], name, "each case once")
        elif ";" in name:
            problems.add(row.number, table.columns[name_at], name, "a name without ';', which parts cases elsewhere")
        seen.add(fold(name))
    problems.raise_if_any()
    return [tidy(row.values[name_at]) for row in table.rows]


def _attributes(work: Work, table: Table, name_at: int) -> list[int | None]:
    """The attribute's id for each column; None for the column of names and for columns without a heading."""
    known = ids_by_name(work.conn, schema.attributes)
    ids: list[int | None] = []
    for index, name in enumerate(table.columns):
        if index == name_at or not name:
            ids.append(None)
        elif fold(name) in known:
            ids.append(known[fold(name)])
        else:
            values = {"name": tidy(name), "kind": "text", "position": len(known) + 1}
            known[fold(name)] = work.insert(schema.attributes, values)
            ids.append(known[fold(name)])
    return ids


def _values(path: Path, conn: Connection, table: Table, attribute_ids: list[int | None]) -> list[list[str]]:
    """The cells of each row as they are kept. Raises BadTable where an attribute cannot have one of them."""
    problems, kinds = TableProblems(path), settled_kinds(conn)
    kept = []
    for row in table.rows:
        cells = []
        for heading, attribute_id, cell in zip(table.columns, attribute_ids, row.values, strict=True):
            kind = kinds.get(attribute_id) if attribute_id is not None else None
            value = cell if kind is None else kind.value(cell)
            if kind is not None and value is None:
                problems.add(row.number, heading, cell, kind.expected)
            cells.append(value or "")
        kept.append(cells)
    problems.raise_if_any()
    return kept


def _set_values(work: Work, case_id: int, cells: Iterable[tuple[int | None, str]]) -> None:
    held = schema.attribute_values
    query = select(held.c.attribute_id, held.c.id, held.c.value).where(held.c.case_id == case_id)
    present = {row.attribute_id: row for row in work.conn.execute(query)}
    for attribute_id, value in cells:
        if attribute_id is None:
            continue
        row = present.get(attribute_id)
        if row is None and value:
            work.insert(held, {"case_id": case_id, "attribute_id": attribute_id, "value": value})
        elif row is not None and not value:
            work.delete(held, [row.id])
        elif row is not None:
            work.update(held, row.id, value=value)
