"""Configurations: passages that belong together, how they stand to each other, and what shows across cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmo.front.base import Front, short
from store.findings import Finding
from store.rooms import Room
from store.work import Work

if TYPE_CHECKING:
    from cmo.configurations import case_view, checks, collecting, links, patterns, reading, similar, writing
    from cmo.configurations.records import CaseView, Configuration, CrossCase, DemiRegularity, Link, Suggestion
else:
    case_view = Room("cmo.configurations.case_view")
    checks = Room("cmo.configurations.checks")
    collecting = Room("cmo.configurations.collecting")
    links = Room("cmo.configurations.links")
    patterns = Room("cmo.configurations.patterns")
    reading = Room("cmo.configurations.reading")
    similar = Room("cmo.configurations.similar")
    writing = Room("cmo.configurations.writing")

ALIKE = 70
"""How alike two restatements are, of 100, before they are suggested, where nobody says."""


class ConfigurationCalls(Front):
    """A configuration is named by its number, a part by its id."""

    def configurations(
        self,
        *,
        point: str | None = None,
        case: str | None = None,
        level: str | None = None,
        waiting_for: str | None = None,
    ) -> list[Configuration]:
        """Configurations by number; ``waiting_for`` is a main element by letter or name.

        Raises:
            UnknownName, InputError: no such point, case, element or level.
        """
        with self.file.read() as conn:
            return reading.list_configurations(conn, point=point, case=case, level=level, waiting_for=waiting_for)

    def configuration(self, number: int) -> Configuration:
        """One configuration. Raises UnknownName."""
        with self.file.read() as conn:
            return reading.get_configuration(conn, number)

    def waiting(self) -> list[Configuration]:
        """The partial ones; ``Configuration.waiting`` says what for, as "waiting for an outcome"."""
        with self.file.read() as conn:
            return [one for one in reading.list_configurations(conn) if one.is_partial]

    def new_configuration(
        self,
        name: str = "",
        restatement: str = "",
        level: str = "case",
        point: str | None = None,
        case: str | None = None,
    ) -> Configuration:
        """A new configuration without parts; ``level`` is one of ``schema.LEVELS``. Raises UnknownName, InputError."""
        with self._act("configuration") as work:
            number = writing.add_configuration(
                work, name=name, restatement=restatement, level=level, point=point, case=case
            )
            return self._told(work, number, "new {}")

    def edit_configuration(
        self,
        configuration: int,
        *,
        name: str | None = None,
        restatement: str | None = None,
        level: str | None = None,
        point: str | None = None,
        case: str | None = None,
    ) -> Configuration:
        """Change what is given; an empty text takes it away. Raises UnknownName, InputError."""
        with self._act("configuration") as work:
            writing.edit_configuration(
                work, configuration, name=name, restatement=restatement, level=level, point=point, case=case
            )
            return self._told(work, configuration, "change {}")

    def remove_configuration(self, configuration: int) -> None:
        """Take a configuration away with its parts, links and presences; the codings stay. Raises UnknownName."""
        with self._act("remove configuration") as work:
            found = reading.get_configuration(work.conn, configuration)
            taken = writing.in_words(writing.remove_configuration(work, configuration))
            work.summary = f"remove {_named(found)}" + (f" with {taken}" if taken else "")

    def add_part(
        self,
        configuration: int,
        *,
        coding: int | None = None,
        element: str | None = None,
        wording: str = "",
        stated: bool | None = None,
    ) -> Configuration:
        """Put a coding into a configuration, or words that the analyst infers, or both.

        ``element`` (letter or name) is that of the coding's code where it is not given; an empty text: undecided.
        ``stated`` is true for a coding and false for words alone, where it is not given.

        Raises:
            UnknownName, InputError: nothing is changed.
        """
        with self._act("configuration") as work:
            part = writing.add_part(work, configuration, coding=coding, element=element, wording=wording, stated=stated)
            return self._told_of_part(work, configuration, part, "put into")

    def collect(self, coding_id: int, *, begin: bool = False) -> Configuration:
        """Put a coding into this coder's newest configuration of the same case, in the role of its code.

        A new one is begun where there is none of that case, or ``begin`` says so. Raises UnknownName.
        """
        with self._act("configuration") as work:
            number, part = collecting.collect(work, coding_id, begin=begin)
            return self._told_of_part(work, number, part, "put into")

    def open_configuration(self, coding_id: int) -> Configuration | None:
        """What :meth:`collect` would put a coding into; None: a new one. Raises UnknownName."""
        with self.file.read() as conn:
            number = collecting.open_configuration(conn, self.coder, coding_id)
            return None if number is None else reading.get_configuration(conn, number)

    def change_part(
        self, part_id: int, *, element: str | None = None, wording: str | None = None, stated: bool | None = None
    ) -> Configuration:
        """Change what is given of a part; an empty element makes it undecided. Raises UnknownName, InputError."""
        with self._act("configuration") as work:
            number = writing.change_part(work, part_id, element=element, wording=wording, stated=stated)
            return self._told_of_part(work, number, part_id, "change in")

    def move_part(self, part_id: int, place: int) -> Configuration:
        """Put a part in a place (from 1) among those of its element. Raises UnknownName, InputError."""
        with self._act("configuration") as work:
            number = writing.move_part(work, part_id, place)
            return self._told_of_part(work, number, part_id, "move in")

    def remove_part(self, part_id: int) -> Configuration:
        """Take a part out of its configuration; the coding stays. Raises UnknownName."""
        with self._act("configuration") as work:
            number = writing.number_of(work.conn, writing.part_row(work.conn, part_id).configuration_id)
            before = reading.get_configuration(work.conn, number)
            writing.remove_part(work, part_id)
            text = next(part.text for part in before.parts if part.id == part_id)
            work.summary = f"take “{short(text)}” out of {_named(before)}"
            return reading.get_configuration(work.conn, number)

    def link_configurations(self, first: int, second: int, kind: str, note: str = "") -> Link:
        """Say how the first stands to the second: ripple, rival, specialises, contradicts or embedded.

        Raises:
            UnknownName, InputError: also for a configuration with itself and for circles that make no sense.
        """
        with self._act("link") as work:
            link = links.add_link(work, first, second, kind, note)
            work.summary = f"configuration {link.source}: {links.link_words(link, link.source)}"
            return link

    def unlink_configurations(self, first: int, second: int, kind: str) -> None:
        """Take a link away. Raises UnknownName."""
        with self._act("link", f"configurations {first} and {second}: no more '{kind}'") as work:
            links.remove_link(work, first, second, kind)

    def ripple(
        self, configuration: int, *, name: str = "", restatement: str = "", point: str | None = None
    ) -> Configuration:
        """The next configuration, whose context is the outcome of this one. Raises UnknownName, InputError."""
        with self._act("ripple") as work:
            following = links.add_ripple(work, configuration, name=name, restatement=restatement, point=point)
            work.summary = f"ripple: the outcome of configuration {configuration} is the context of {following}"
            return reading.get_configuration(work.conn, following)

    def group_configurations(
        self,
        members: Sequence[int],
        name: str = "",
        restatement: str = "",
        level: str = "cross-case",
        point: str | None = None,
    ) -> Configuration:
        """A configuration over cases that others specialise. Raises UnknownName, InputError."""
        with self._act("group configurations") as work:
            number = patterns.group(work, members, name=name, restatement=restatement, level=level, point=point)
            listed = ", ".join(map(str, members))
            work.summary = f"configuration {number} is specialised by {listed}"
            return reading.get_configuration(work.conn, number)

    def similar_configurations(self, *, alike: int = ALIKE) -> list[Suggestion]:
        """Configurations that may show one pattern, as suggestions; ``alike`` is 0 to 100."""
        with self.file.read() as conn:
            return similar.similar_configurations(conn, alike=alike)

    def set_presence(self, configuration: int, case: str, element: str, presence: str | None, note: str = "") -> None:
        """Say whether an element was there in a case (``schema.PRESENCES``); None takes it back.

        Raises:
            UnknownName, InputError: nothing is changed.
        """
        with self._act("presence") as work:
            patterns.set_presence(work, configuration, case, element, presence, note)
            work.summary = f"configuration {configuration} in '{case}': {element} {presence or 'not said'}"

    def cross_case(self, configuration: int) -> CrossCase:
        """A configuration held against every case. Raises UnknownName."""
        with self.file.read() as conn:
            return patterns.cross_case(conn, configuration)

    def demi_regularities(self) -> list[DemiRegularity]:
        """Every configuration above the level of a case, with its members, cases and counter-cases."""
        with self.file.read() as conn:
            return patterns.demi_regularities(conn)

    def case_view(self, case: str) -> CaseView:
        """One case from within. Raises UnknownName."""
        with self.file.read() as conn:
            return case_view.case_view(conn, case)

    def configuration_findings(self) -> list[Finding]:
        """What is unfinished or questionable about configurations."""
        with self.file.read() as conn:
            return list(checks.doubts(conn))

    def _told(self, work: Work, number: int, words: str) -> Configuration:
        """The configuration as it now is; the journal's line is about it."""
        found = reading.get_configuration(work.conn, number)
        work.summary = words.format(_named(found))
        return found

    def _told_of_part(self, work: Work, number: int, part_id: int, words: str) -> Configuration:
        found = reading.get_configuration(work.conn, number)
        part = next(part for part in found.parts if part.id == part_id)
        work.summary = f"{words} {_named(found)}: {part.element_name} “{short(part.text)}”"
        return found


def _named(configuration: Configuration) -> str:
    name = f" '{configuration.name}'" if configuration.name else ""
    return f"configuration {configuration.number}{name}"
