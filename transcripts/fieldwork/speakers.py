"""Whom a speaker's label stands for.

Nothing is guessed: a label is only a label until a person says whom it stands for, because ``I`` asks in one
file and answers in the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from store import schema
from store.errors import BadTable, InputError, UnknownName
from store.work import Work
from transcripts.excerpts import attribute_excerpts
from transcripts.fieldwork.sources_table import CASE, FILE, NAME, PARTICIPANT, ROLE, CaseNames
from transcripts.people import Names, fold, remove_unused_people
from transcripts.readers.tables import Table, TableProblems, TableRow, column, findings_of, read_table
from transcripts.records import TableReport
from transcripts.sources import SourceNames

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "file": FILE,
    "label": ("label", "speaker", "taler", "mærke", "etiket", "sprecher", "sprecherin"),
    "participant": (*PARTICIPANT, *NAME),
    "role": ROLE,
    "case": CASE,
    "asks": ("asks", "interviewer", "spørger", "fragt", "is interviewer"),
}
YES = ("yes", "ja", "true", "1", "x", "y", "j")
NO = ("no", "nej", "false", "0", "n", "")
NOT_SAID = ("not said", "ikke sagt", "?")
"""Leaves it as it is: an export writes it where nobody has said whether a label asks."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a label. None: nothing is said; empty: there is none.

    Role and case are said of the participant too, where the label stands for one: they hold wherever that person
    speaks and nothing else is said there.
    """

    participant: str | None = None
    role: str | None = None
    case: str | None = None
    asks: bool | None = None


def asks_in(cell: str) -> bool | None:
    """Whether a label asks, as a cell of a table says; None where it leaves that as it is."""
    return None if fold(cell) in NOT_SAID else fold(cell) in YES


def set_speaker(work: Work, label: str, said: Said, source_id: int | None) -> int:
    """Say whom a label stands for, in one source or (None) in all; return in how many sources it stands.

    Raises:
        UnknownName: no speaker has that label there, or the study has no such case.
        InputError: a case is given for a label that stands for no participant.
    """
    labels = _Labels(work)
    found = labels.find(label, source_id)
    if not found:
        there = ", ".join(labels.of(source_id)[:20]) or "none"
        raise UnknownName(f"No speaker is labelled '{label}'.", f"Labels there: {there}.")
    expected = CaseNames(work.conn).expected(said.case) if said.case else None
    if expected is not None:
        raise UnknownName(f"There is no case '{said.case}'.", f"Expected {expected}.")
    if said.case and not said.participant and any(row.participant_id is None for row in found):
        raise InputError(f"'{label}' stands for nobody who could have a case.", "Give the participant too.")
    labels.say(found, said)
    labels.finish()
    return len(found)


def map_speakers(work: Work, path: Path) -> TableReport:
    """Labels to participants from a table: file (empty: every source), label, participant, role, case, asks.

    What a row says of one source holds there, whatever a row for every source says.

    Raises:
        BadTable: with row, column and what was expected, for every cell that cannot be used.
    """
    table = read_table(path)
    reader = _Reader(work, path, table)
    understood = [mapping for row in table.rows if (mapping := reader.read(row)) is not None]
    reader.problems.raise_if_any()
    changed = 0
    for mapping in sorted(understood, key=lambda mapping: mapping.source_id is not None):
        before = work.row_count
        reader.labels.say(mapping.speakers, mapping.said)
        changed += work.row_count > before
    reader.labels.finish()
    work.summary = f"map {changed} speakers by '{path.name}'"
    findings = findings_of(table, reader.at.values())
    return TableReport(path.name, len(table.rows), 0, changed, len(table.rows) - changed, findings)


class _Labels:
    """The labels of a study, and what one act says of them."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._names = Names(work)
        self._by_label: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in work.conn.execute(select(schema.speakers).order_by(schema.speakers.c.id)):
            self._by_label[fold(row.label)].append(row)
        self._roles: dict[int, int | None] = {}
        self._cases: dict[int, int | None] = {}
        self._asking: set[int] = set()

    def find(self, label: str, source_id: int | None) -> list[Row[Any]]:
        """The rows of a label, in one source or in all."""
        return [row for row in self._by_label.get(fold(label), []) if source_id in (None, row.source_id)]

    def of(self, source_id: int | None) -> list[str]:
        """All labels, of one source or of all."""
        rows = (row for rows in self._by_label.values() for row in rows)
        return sorted({row.label for row in rows if source_id in (None, row.source_id)})

    def say(self, rows: Sequence[Row[Any]], said: Said) -> None:
        for row in rows:
            changes: dict[str, Any] = {}
            if said.participant is not None:
                changes["participant_id"] = self._names.participant(said.participant)
            if said.role is not None:
                changes["role_id"] = self._names.role(said.role)
            if said.asks is not None:
                changes["asks"] = said.asks
                self._asking.add(row.source_id)
            self._work.update(schema.speakers, row.id, **changes)
            self._say_of_person(row.id, said)

    def _say_of_person(self, speaker_id: int, said: Said) -> None:
        speakers = schema.speakers
        person = self._work.conn.scalar(select(speakers.c.participant_id).where(speakers.c.id == speaker_id))
        if person is None:
            return
        # One person may stand in several rows of a table: what one of them says is not unsaid by an empty cell.
        if said.role is not None:
            self._roles[person] = self._names.role(said.role) or self._roles.get(person)
        if said.case is not None:
            self._cases[person] = self._names.case(said.case) or self._cases.get(person)

    def finish(self) -> None:
        """Carry what was said over to participants and excerpts, and let go of who is mentioned no more."""
        for column_name, said in (("role_id", self._roles), ("case_id", self._cases)):
            for person, value in said.items():
                self._work.update(schema.participants, person, **{column_name: value})
        for source_id in sorted(self._asking):
            attribute_excerpts(self._work, source_id)
        remove_unused_people(self._work)


@dataclass(frozen=True, slots=True)
class _Mapping:
    """One row of the table, understood. ``source_id`` None: the row is for every source."""

    source_id: int | None
    speakers: Sequence[Row[Any]]
    said: Said


class _Reader:
    """Understands the rows of a speakers table, and collects what is wrong with those that it cannot use."""

    def __init__(self, work: Work, path: Path, table: Table) -> None:
        self.labels = _Labels(work)
        self.problems = TableProblems(path)
        self._sources = SourceNames(work.conn)
        self._case_names = CaseNames(work.conn)
        self._headings = table.columns
        self.at = {key: column(table, *names) for key, names in COLUMNS.items()}
        self._seen: set[tuple[int | None, str]] = set()
        if self.at["label"] is None:
            raise BadTable(
                path,
                [f"no column for the label; found {', '.join(table.columns)}"],
                "Call one column 'label' (or 'speaker', 'taler').",
            )

    def read(self, row: TableRow) -> _Mapping | None:
        """The row understood; None where it cannot be used, with the reason in ``problems``."""
        cell = {key: row.values[at] if at is not None else None for key, at in self.at.items()}
        file, label = cell["file"] or "", cell["label"] or ""
        source_id = self._sources.find(file) if file else None
        wrong = self._wrong(cell, file, label, source_id)
        for key, expected in wrong.items():
            self.problems.add(row.number, self._headings[self.at[key] or 0], cell[key] or "", expected)
        if wrong:
            return None
        asks = None if cell["asks"] is None else asks_in(cell["asks"])
        said = Said(cell["participant"], cell["role"], cell["case"], asks)
        return _Mapping(source_id, self.labels.find(label, source_id), said)

    def _wrong(self, cell: Mapping[str, str | None], file: str, label: str, source_id: int | None) -> dict[str, str]:
        """What was expected in each cell that cannot be used."""
        if file and source_id is None:
            return {"file": f"a source of this study. {self._sources.hint(file)}"}
        wrong: dict[str, str] = {}
        if not self.labels.find(label, source_id):
            there = ", ".join(self.labels.of(source_id)[:20]) or "none"
            wrong["label"] = f"a speaker's label that stands there; there are: {there}"
        elif (source_id, fold(label)) in self._seen:
            wrong["label"] = "each label of a source once"
        self._seen.add((source_id, fold(label)))
        if fold(cell["asks"] or "") not in YES + NO + NOT_SAID:
            wrong["asks"] = "yes, no or not said"
        if cell["case"] and (expected := self._case_names.expected(cell["case"])) is not None:
            wrong["case"] = expected
        elif cell["case"] and not cell["participant"]:
            wrong["case"] = "nothing, because a case is a person's and the row has no participant"
        return wrong
