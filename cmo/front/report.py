"""Reports: the tables that realist evaluations print, and the house style they are written in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.rooms import Room

if TYPE_CHECKING:
    from cmo import report
    from cmo.report import ground, house, words
    from cmo.report.house import HouseStyle
    from cmo.report.table import ReportTable
else:
    ground = Room("cmo.report.ground")
    house = Room("cmo.report.house")
    report = Room("cmo.report")
    words = Room("cmo.report.words")


class ReportCalls(Front):
    def report_table(self, name: str, *, language: str | None = None) -> ReportTable:
        """One table of a report: names are the keys of ``cmo.report.TABLES``.

        ``language`` is that of fixed words, the study's choice where it is not given.

        Raises:
            UnknownName: there is no such table, or there are no words in that language.
        """
        with self.file.read() as conn:
            style = house.read_house_style(conn)
            return report.report_table(ground.Ground(conn, words.Words(language or style.language), style), name)

    def house_style(self) -> HouseStyle:
        """The language of fixed words and how quotes are attributed."""
        with self.file.read() as conn:
            return house.read_house_style(conn)

    def set_house_style(self, *, language: str | None = None, attribution: str | None = None) -> HouseStyle:
        """Choose the language of fixed words, or how quotes are attributed, as in ``({role}, {case})``.

        Raises:
            UnknownName: there are no words in that language.
            InputError: the pattern names something that a quote does not have.
        """
        with self._act("set house style") as work:
            given = {"language": language, "attribution": attribution}
            chosen = {name: value for name, value in given.items() if value is not None}
            style = replace(house.read_house_style(work.conn), **chosen)
            house.set_house_style(work, style)
            work.summary = f"reports in '{style.language}', quotes attributed as {style.attribution}"
            return style
