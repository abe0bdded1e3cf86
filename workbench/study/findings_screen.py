"""Findings: what is missing, unfinished or not as it must be; Enter goes to the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.content import Content
from textual.screen import Screen

from cmo.disconfirming.findings import GROUPS
from cmo.study import Study
from store.errors import CmoError
from store.findings import Finding
from workbench.evidence.quotes_screen import CodingQuotes, QuotesScreen
from workbench.keys.place_keys import FINDINGS, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.parts.opened import Opened
from workbench.study.cases_screen import CasesScreen
from workbench.text.palette import Palette
from workbench.theory.configurations_parts import PartsScreen
from workbench.theory.theory_screen import TheoryScreen

UNSOUND, CONFIGURATIONS, IMPORTS, OTHER = "Not as it must be", "Configurations", "Found while importing", "Other"

_GROUP_OF = {code: heading for heading, codes in GROUPS.items() for code in codes}


class Told(NamedTuple):
    """A finding and the heading it stands under."""

    finding: Finding
    group: str


class FindingsScreen(ListScreen[Told]):
    """First what is not sound, where that was asked for, then the gaps of the audit, then configurations, then what
    importing found.
    """

    NAME: ClassVar[str] = "Findings"
    ONE: ClassVar[str] = "finding"
    EMPTY: ClassVar[str] = "The audit finds no gap. c looks whether the study is sound."
    KEYS: ClassVar[tuple[PlaceKey, ...]] = FINDINGS

    _unsound: Sequence[Finding] = ()
    _gaps: Sequence[Finding] = ()
    _imports: Sequence[Finding] = ()

    def read(self) -> Sequence[Told]:
        found = [Told(finding, UNSOUND) for finding in self._unsound]
        gaps = [Told(finding, _GROUP_OF.get(finding.code, OTHER)) for finding in self._gaps]
        order = [*GROUPS, OTHER]
        found += sorted(gaps, key=lambda told: order.index(told.group))
        seen = {str(told.finding) for told in found}
        found += [
            Told(finding, CONFIGURATIONS) for finding in self.study.configuration_findings() if str(finding) not in seen
        ]
        return [*found, *(Told(finding, IMPORTS) for finding in self._imports)]

    def figures(self, study: Study) -> tuple[list[Finding], list[Finding]]:
        return study.gaps(), list(_of_imports(study))

    def take(self, figures: tuple[list[Finding], list[Finding]]) -> None:
        self._gaps, self._imports = figures
        self.things = self.read()

    def name_of(self, thing: Told) -> str:
        return f"{thing.group}: {thing.finding}"

    def group_of(self, thing: Told) -> str | None:
        return thing.group

    def line(self, thing: Told, palette: Palette) -> Content:
        return Content.assemble(
            (f"{thing.finding.where} ", f"bold {palette.bright}"), (f" {thing.finding.message}", palette.text)
        )

    def in_full(self, thing: Told, palette: Palette) -> Content:
        return Content.assemble(
            (f"{thing.finding.where}\n\n", f"bold {palette.bright}"),
            (f"{thing.finding.message}\n\n", palette.text),
            (thing.finding.code, palette.quiet),
        )

    def action_check(self) -> None:
        """Look through the whole file: texts, anchors, references, the chain of the journal."""
        self._unsound = self.study.check()
        self.refresh_list()
        self.say(
            "The study is sound." if not self._unsound else f"{len(self._unsound)} things are not as they must be."
        )

    def opened(self, thing: Told) -> None:
        try:
            self._go_to(thing.finding.where)
        except CmoError as error:
            self.say(f"! {error.message} {error.hint}")

    def _go_to(self, where: str) -> None:
        """The place that a finding names, as far as a screen shows it."""
        for pattern, screen in self._screens:
            if found := re.fullmatch(pattern, where):
                self.go(screen(found[1]))
                return
        if found := re.fullmatch(r"source '(.*)'", where, re.DOTALL):
            self.dismiss(Opened(self.study.source(found[1]).id, 0, 0))
        else:
            self.say("That place has no screen of its own.")

    @property
    def _screens(self) -> Sequence[tuple[str, Callable[[str], Screen[Any]]]]:
        study = self.study
        return (
            (r"point (.+)", lambda label: TheoryScreen(study, label)),
            (r"code '(.*)'", lambda name: QuotesScreen(study, {"code": name})),
            (r"case '(.*)'", lambda name: CasesScreen(study, name)),
            (r"configuration (\d+)", lambda number: PartsScreen(study, int(number))),
            (r"coding (\d+)", lambda coding: CodingQuotes(study, f"Coding {coding}", [int(coding)])),
        )


def _of_imports(study: Study) -> Iterator[Finding]:
    """What importing found, by the name of the source instead of its file's."""
    for source in study.sources():
        for finding in study.source_findings(source.id):
            yield Finding(finding.code, f"source '{source.name}'", finding.message)
