"""`cmo import`: bring interviews and other documents into a study."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import ExitCode, UsageError, end_with_findings
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, say, say_findings
from commands.progress import progress_bar
from workbench.words import counted

if TYPE_CHECKING:
    from transcripts.records import ImportReport


class StopRequest:
    """Whether the user has asked to stop. The first Ctrl-C asks, a second one interrupts at once."""

    def __init__(self) -> None:
        self.made = False

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        if self.made:
            raise KeyboardInterrupt
        self.made = True
        say("Stopping after this file. Ctrl-C again stops at once; whole files stay imported.")


def import_files(
    study: StudyPath,
    paths: Annotated[list[Path], typer.Argument(metavar="PATHS...", help="Files, or folders that are walked.")],
    sources: Annotated[
        Path | None,
        typer.Option(metavar="TABLE", help="A CSV or XLSX table of file, kind, case, role, participant, language."),
    ] = None,
    speakers: Annotated[
        Path | None,
        typer.Option(metavar="TABLE", help="A CSV or XLSX table of file, label, participant, role, asks."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="The language of these files, if it is not the study's.")] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Import interviews and other documents (.txt, .docx)."""
    for table in (sources, speakers):
        if table is not None and not table.is_file():
            raise UsageError(f"There is no table '{table}'.", "Nothing was imported; check the path.")
    with cmo.open_study(study, coder=coder) as opened:
        with _stop_on_ctrl_c() as stop, progress_bar("Importing") as advance:
            report = opened.import_files(
                paths,
                sources=sources,
                language=language,
                progress=lambda done, total, name: advance(done, total, name) and not stop.made,
            )
        mapped = opened.map_speakers(speakers) if speakers is not None and not report.stopped else None
    if as_json:
        answer_json({"import": _as_json(report), "speakers": mapped})
    else:
        _answer_report(report)
        if mapped is not None:
            answer(f"Speakers: {counted(mapped.changed + mapped.added, 'label')} mapped.")
            say_findings(mapped.findings)
    if report.stopped:
        raise typer.Exit(ExitCode.INTERRUPTED)
    if report.failed and not report.imported and not report.duplicates:
        raise typer.Exit(ExitCode.INPUT)
    end_with_findings(report.failed or report.duplicates or report.findings or (mapped and mapped.findings))


@contextmanager
def _stop_on_ctrl_c() -> Iterator[StopRequest]:
    request = StopRequest()
    before = signal.signal(signal.SIGINT, request)
    try:
        yield request
    finally:
        signal.signal(signal.SIGINT, before)


def _answer_report(report: ImportReport) -> None:
    if report.stopped:
        say("Stopped as asked.")
    for source in report.imported:
        cases = ", ".join(source.cases) or "(no case)"
        answer(
            f"{source.name}: {source.kind}, {cases}, {counted(source.turns, 'turn')}, "
            f"{counted(source.sentences, 'sentence')}"
        )
    answer(f"{counted(len(report.imported), 'source')} imported.")
    for path, reason in report.failed:
        say(f"Not imported: {path.name}: {reason.removeprefix(f'{path.name}: ')}")
    for path, name in report.duplicates:
        say(f"Not imported: {path.name} is in the study already, as '{name}'.")
    say_findings(report.findings)


def _as_json(report: ImportReport) -> dict[str, object]:
    return {
        "imported": report.imported,
        "duplicates": [{"file": path, "source": name} for path, name in report.duplicates],
        "failed": [{"file": path, "reason": reason} for path, reason in report.failed],
        "findings": report.findings,
        "stopped": report.stopped,
    }
