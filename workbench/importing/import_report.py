"""What became of an import's files: the report at its end, to read and to open the new sources from."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from transcripts.intake.gathering import shown_name
from transcripts.records import ImportReport, Source
from workbench.importing.import_plan import State, without_name
from workbench.importing.import_words import SIGNS, finding_lines
from workbench.text.palette import Palette
from workbench.text.words import counted, on_one_line


class ImportedFiles:
    """A report as a list: all together, then each file, first those that became sources."""

    def __init__(self, report: ImportReport) -> None:
        self._report = report
        self.stopped = report.stopped

    @property
    def first_id(self) -> int | None:
        """The first new source; None where there is none."""
        return next((source.id for source in self._report.imported), None)

    def source_id(self, row: int) -> int | None:
        """The new source on a row; None on other rows."""
        imported = self._report.imported
        return imported[row - 1].id if 0 < row <= len(imported) else None

    @property
    def summary(self) -> str:
        """What came of all files, in a sentence or two."""
        report = self._report
        parts = [f"{counted(len(report.imported), 'source')} imported"]
        parts += [f"{len(report.duplicates)} known already"] if report.duplicates else []
        parts += [f"{len(report.failed)} could not be read"] if report.failed else []
        stopped = " Stopped as asked: i goes on with the rest." if self.stopped else ""
        return ", ".join(parts) + "." + stopped

    def lines(self, width: int, palette: Palette) -> Iterator[Content]:
        """A line for all and one for each file."""
        yield Content.styled(f"Σ {self.summary}", palette.bright).truncate(width, ellipsis=True)
        for sign, hue, name, words in self._rows(palette):
            line = Content.assemble((f"{sign} ", f"bold {hue}"), (name, palette.text), (f"  {words}", palette.quiet))
            yield line.truncate(width, ellipsis=True)

    def details(self, row: int, palette: Palette) -> Content:
        """One row in full, and on the first the findings of the whole import."""
        if row == 0:
            lines = [Content.styled(self.summary, f"bold {palette.bright}")]
            return Content("\n").join([*lines, *finding_lines(self._report.findings, palette)])
        _, _, name, words = list(self._rows(palette))[row - 1]
        return Content.assemble((f"{name}\n", f"bold {palette.bright}"), (words, palette.text))

    def _rows(self, palette: Palette) -> Iterator[tuple[str, str, str, str]]:
        """Sign, its colour, name and what became of it."""
        report = self._report
        for source in report.imported:
            yield SIGNS[State.COMES_IN], palette.accent, on_one_line(source.name), on_one_line(_about(source))
        for path, name in report.duplicates:
            yield SIGNS[State.KNOWN], palette.quiet, on_one_line(shown_name(path)), f"the same as {on_one_line(name)}"
        for path, reason in report.failed:
            words = on_one_line(without_name(path, reason))
            yield SIGNS[State.UNREADABLE], palette.refutes, on_one_line(shown_name(path)), words


def _about(source: Source) -> str:
    cases = ", ".join(source.cases) or "(no case)"
    size = f"{counted(source.turns, 'turn')}, {counted(source.sentences, 'sentence')}"
    return " · ".join(part for part in (source.kind, cases, source.role, size) if part)
