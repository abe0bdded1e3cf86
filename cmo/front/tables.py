"""Cases and codings in bulk: what comes in as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.rooms import Room
from store.work import Work
from transcripts.people import fold

if TYPE_CHECKING:
    from cmo import coding_table
    from codebook.records import CodingsReport
    from transcripts.fieldwork import attributes, cases
    from transcripts.records import Attribute, Case, TableReport
else:
    attributes = Room("transcripts.fieldwork.attributes")
    cases = Room("transcripts.fieldwork.cases")
    coding_table = Room("cmo.coding_table")


class TableCalls(Front):
    def import_cases(self, table: str | Path) -> TableReport:
        """Cases with their attributes from a table; importing again updates."""
        with self._act("import cases") as work:
            return cases.import_cases(work, Path(table))

    def import_codings(self, table: str | Path) -> CodingsReport:
        """Codings from a table, in one act; rows that cannot be used are reported and left out."""
        with self._act("import codings") as work:
            return coding_table.import_codings(work, Path(table))

    def cases(self) -> list[Case]:
        """All cases, also those without a source."""
        with self.file.read() as conn:
            return cases.list_cases(conn)

    def add_case(self, name: str) -> Case:
        """A case without attributes or sources. Raises InputError, NameTaken."""
        with self._act("case") as work:
            made = _case(work, cases.add_case(work, name))
            work.summary = f"new case '{made.name}'"
            return made

    def rename_case(self, case: str, name: str) -> Case:
        """Give a case another name. Raises UnknownName, InputError, NameTaken."""
        with self._act("case") as work:
            made = _case(work, cases.rename_case(work, case, name))
            work.summary = f"case '{case}' is now called '{made.name}'"
            return made

    def remove_case(self, case: str) -> None:
        """Take away a case that nothing refers to. Raises UnknownName; InputError where something does."""
        with self._act("case") as work:
            work.summary = f"remove case '{cases.remove_case(work, case)}'"

    def attributes(self) -> list[Attribute]:
        """The attributes that cases have."""
        with self.file.read() as conn:
            return attributes.list_attributes(conn)

    def set_attributes(self, case: str, values: Mapping[str, str]) -> Case:
        """Change what is given of a case's attributes, by name; an empty text takes a value away.

        A name that no attribute has makes one.

        Raises:
            UnknownName: there is no such case.
            InputError: a value of another kind than was settled, or than all other cases have; nothing is changed.
        """
        with self._act("case attributes") as work:
            changed = _case(work, cases.set_attributes(work, case, values))
            said = ", ".join(f"{attribute} {value or 'no value'}" for attribute, value in values.items())
            work.summary = f"case '{changed.name}': {said}"
            return changed

    def settle_attribute(self, name: str, kind: str | None, choices: Sequence[str] = ()) -> Attribute:
        """Decide the kind of an attribute and the pick-list of a choice; None lets the values decide again.

        Raises:
            UnknownName: there is no such attribute.
            InputError: no such kind, or cases have values that do not fit; nothing is changed.
        """
        with self._act("settle attribute", f"attribute '{name}': {kind or 'as its values are'}") as work:
            attributes.settle(work, name, kind, choices)
            listed = attributes.list_attributes(work.conn)
            return next(attribute for attribute in listed if fold(attribute.name) == fold(name))


def _case(work: Work, case_id: int) -> Case:
    return next(found for found in cases.list_cases(work.conn) if found.id == case_id)
