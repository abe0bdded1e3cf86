"""Collecting passages into configurations while reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import InputError
from workbench.desk.desk_coding import DeskCoding

if TYPE_CHECKING:
    from cmo.configurations.records import Configuration
    from codebook.records import Coding


class DeskLinks(DeskCoding):
    """Context here, mechanism two pages on, outcome in another interview of the same case: one key each."""

    def link(self, *, begin: bool = False) -> str:
        """Put the active coding into the open configuration of its case, or begin a new one with it."""
        coding = self.active_or_error("Only a coding can be put into a configuration.")
        return self._linked(coding, self.study.collect(coding.id, begin=begin))

    def ripple(self) -> str:
        """Begin the configuration whose context is the outcome of the open one."""
        coding = self.active_or_error("A ripple needs a coding.")
        here = self.open_configuration(coding)
        following = self.study.ripple(here.number)
        return f"✓ the outcome of configuration {here.number} is the context of {following.number} — saved"

    def open_configuration(self, coding: Coding) -> Configuration:
        """The configuration that a coding would be put into. Raises InputError: there is none yet."""
        found = self.study.open_configuration(coding.id)
        if found is None:
            raise InputError("There is no configuration of this case yet.", "l begins one with the coding.")
        return found

    def restate(self, number: int, restatement: str) -> str:
        """Say a configuration in the analyst's own words."""
        self.study.edit_configuration(number, restatement=restatement)
        return f"✓ configuration {number} in your words — saved"

    def _linked(self, coding: Coding, configuration: Configuration) -> str:
        waits = f", {configuration.waiting}" if configuration.is_partial else ", complete"
        return f"✓ {self.in_words(coding)} in configuration {configuration.number}{waits} — saved"
