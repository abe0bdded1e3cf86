"""Respondents of a table with one row each: who they are, in which role and case, where its columns say so.

The table itself says that each row is one person and that the open questions were asked, so both hold without anybody
saying it. What the study knows of a person already stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from store import schema
from store.findings import Finding
from store.work import Work
from transcripts.fieldwork.sources_table import CASE, ROLE, CaseNames
from transcripts.fieldwork.speakers import Said
from transcripts.people import Names, fold
from transcripts.readers import Respondent


def said_of_respondents(
    conn: Connection, source: str, respondents: Sequence[Respondent]
) -> tuple[dict[str, Said], list[Finding]]:
    """What a table says of the labels of its turns, for the source that it becomes, and what cannot be used.

    A column is of cases where its heading says so, or where all that stands in it are cases of the study. Numbers name
    nobody outside their table, so such persons are named after the source too.
    """
    if not respondents:
        return {}, []
    case_names = CaseNames(conn)
    roles, cases = _columns(conn, respondents)
    said: dict[str, Said] = {}
    findings = []
    for respondent in respondents:
        cells = {fold(heading): cell for heading, cell in respondent.cells}
        case = _first(cells, cases)
        expected = case_names.expected(case) if case else None
        if expected is not None:
            message = f"'{case}' was not used; expected {expected}."
            findings.append(Finding("unknown-case", f"{source} {respondent.label}", message))
        person = respondent.label if respondent.is_named else f"{source}: {respondent.label}"
        before = said.get(respondent.label, Said())
        said[respondent.label] = Said(
            participant=person,
            role=before.role or _first(cells, roles),
            case=before.case or (case if expected is None else None),
            asks=False,
        )
    return said, findings


def bind_respondents(work: Work, names: Names, source_id: int, said: Mapping[str, Said]) -> None:
    """Say of a source's speakers what its table says, as part of an act; who has no row there asks the questions."""
    speakers = schema.speakers
    query = select(speakers.c.id, speakers.c.label).where(speakers.c.source_id == source_id)
    for row in work.conn.execute(query).all():
        told = said.get(row.label, Said(asks=True))
        person = names.participant(told.participant or "")
        work.update(speakers, row.id, participant_id=person, asks=told.asks)
        if person is not None:
            _complete(work, names, person, told)


def _complete(work: Work, names: Names, person: int, told: Said) -> None:
    """Fill in what is not known of a person yet."""
    known = work.conn.execute(select(schema.participants).where(schema.participants.c.id == person)).one()
    if known.role_id is None and told.role:
        work.update(schema.participants, person, role_id=names.role(told.role))
    if known.case_id is None and told.case:
        work.update(schema.participants, person, case_id=names.case(told.case))


def _columns(conn: Connection, respondents: Sequence[Respondent]) -> tuple[list[str], list[str]]:
    """The headings, folded, of the columns that hold roles, and of those that hold cases."""
    held: dict[str, set[str]] = {}
    for respondent in respondents:
        for heading, cell in respondent.cells:
            if cell:
                held.setdefault(fold(heading), set()).add(fold(cell))
    known = {fold(name) for name in conn.scalars(select(schema.cases.c.name))}
    cases = [heading for heading, cells in held.items() if heading in CASE or cells <= known]
    return [heading for heading in held if heading in ROLE and heading not in cases], cases


def _first(cells: Mapping[str, str], headings: Sequence[str]) -> str | None:
    """What stands in the first of these columns that has something."""
    return next((cells[heading] for heading in headings if cells.get(heading)), None)
