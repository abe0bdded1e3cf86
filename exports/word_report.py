"""The study as a report in Word: what a realist evaluation prints, from the study's own data, to be written on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cmo.records import Cell, Counts, Point
from cmo.report import TABLES, report_table
from cmo.report.entries import heading, in_short, in_units
from cmo.report.facts import facts
from cmo.report.glyphs import GLYPHS, stance_words
from cmo.report.ground import Ground
from cmo.report.refined_theory import verdict_entry
from cmo.report.words import Words
from exports.template import Template
from exports.word_document import Piece, WordDocument
from exports.word_numbers import Numbers, quote_mark
from exports.word_tables import write_table

if TYPE_CHECKING:
    from cmo.study import Study
    from exports.evidence_rows import Material

SUFFIX = ".docx"

EVIDENCE = "The evidence for each point"
BODY = ("sample", "initial-theory", "refined-theory")
"""Tables that stand in the text before the evidence."""
AFTER_EVIDENCE = ("refinement", "evidence-matrix", "cross-case", "framework", "ladders")
WIDEST = 12
"""Columns of the configuration register: the appendix begins on a page with room for it."""
APPENDIX = ("codebook", "configurations", "quote-audit", "frames", "log", "rameses", "coreq", "srqr")


@dataclass(frozen=True, slots=True)
class ReportWritten:
    """Where the report stands, and the tables that it has, by name in their order."""

    path: Path
    tables: tuple[str, ...]


def write_report(study: Study, path: str | Path, template: Template | None = None) -> ReportWritten:
    """Write a report on the study to ``path``, in place of a file that is there.

    The same state of a study gives the same bytes.

    Raises:
        UnknownName: there are no words in the template's language.
        BadFile: the name does not end in .docx, the folder is missing, or the file is open elsewhere.
        StudyFull: the disk has no room.
        StudyBusy: the study is being changed all the time.
    """
    from exports.evidence_rows import material
    from exports.replacing import replacing

    template, target = template or Template(), Path(path)
    with replacing(target, SUFFIX) as building, material(study) as found:
        tables = _Report(found, template).write(building)
    return ReportWritten(target, tables)


class _Report:
    def __init__(self, material: Material, template: Template) -> None:
        self.say = Words(template.language or material.house.language)
        self.material = material
        self.ground: Ground = material.ground(self.say, template.attribution)
        self.document = WordDocument(template.look, material.info.name)
        self.numbers = Numbers(self.ground)
        self.tables: list[str] = []

    def write(self, path: Path) -> tuple[str, ...]:
        say, document, info = self.say, self.document, self.material.info
        document.heading(info.name, 1)
        document.paragraph(say("State of the study: {at} UTC.", at=info.changed_at[:16].replace("T", " ")), is_dim=True)
        document.heading(say("How it was done"), 2)
        for fact in facts(self.ground):
            document.bullet(fact.words)
        for name in BODY:
            self._table(name)
        document.upright()
        document.heading(say(EVIDENCE), 2)
        for point in self.ground.theory.points:
            self._point(point)
        for name in AFTER_EVIDENCE:
            self._table(name)
        # On the page of the tables below it, so that it does not stand alone on one.
        document.turn(columns=WIDEST)
        document.heading(say("Appendix"), 1)
        for name in APPENDIX:
            self._table(name)
        document.upright()
        self.numbers.write(document)
        document.save(path, info)
        return tuple(self.tables)

    def _table(self, name: str) -> None:
        """A table under its title; one without rows is left out."""
        table = report_table(self.ground, name)
        if table.rows:
            self.document.turn(columns=len(table.columns))
            self.document.heading(self.say(TABLES[name].title), 2)
            write_table(self.document, table, self.numbers)
            self.tables.append(name)

    def _point(self, point: Point) -> None:
        """A point in full words, how much evidence there is, and the quotes that a person chose by stance."""
        say, document = self.say, self.document
        document.heading(f"{point.label} {in_short(point)}", 3)
        document.paragraph(point.sentence)
        if not point.is_held:
            document.paragraph(say("This point is no longer in force: {state}.", state=say(point.state)))
        cell = self.ground.matrix("point", "case").row_totals.get(point.label, Cell())
        if not cell.total.rows:
            document.paragraph(say("Nothing is coded to it."))
        for stance in GLYPHS:
            if stance in cell.stances:
                self._stance(point, stance, cell.stances[stance])
        verdict = verdict_entry(self.ground, point.label)
        if verdict.value:
            document.paragraph(say("Verdict: {verdict}", verdict=verdict.value))

    def _stance(self, point: Point, stance: str | None, counts: Counts) -> None:
        say, document = self.say, self.document
        codings = tuple(self.ground.codings("point", "stance").get((point.label, stance), ()))
        words = heading(stance_words(stance, say))
        mark = self.numbers.mark(codings, say(EVIDENCE), point.label, words)
        pieces: list[Piece] = [(f"{words}: ", None), (", ".join(in_units(counts, say)), mark.target)]
        chosen = self.ground.best_of(codings)
        if not chosen:
            pieces.append((f" ({say('no quote is chosen for it yet')})", None))
        document.linked(pieces, mark.bookmark)
        for said in chosen:
            name = str(said.excerpt_id), quote_mark(said.excerpt_id)
            document.quote(said.quote, said.attribution, name=name)
