"""`cmo import`: bring interviews and other documents into a study, after a look at what would come in."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

import cmo
from commands.exits import ExitCode, UsageError, end_with_findings
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, say, say_findings
from commands.previews import answer_preview, say_passed_over, shown_name
from commands.progress import progress_bar
from transcripts.intake.notices import to_look_at
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo import Study
    from transcripts.intake.previewing import PreviewReport
    from transcripts.records import ImportReport, TableReport
    from transcripts.settings import Settings


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
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATHS...", help="Files, folders that are walked, and zip archives.")
    ],
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would come of each file, and write nothing.")
    ] = False,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="TABLE", help="A CSV or XLSX table of file, kind, case, role, participant, language."),
    ] = None,
    speakers: Annotated[
        Path | None,
        typer.Option(metavar="TABLE", help="A CSV or XLSX table of file, label, participant, role, asks."),
    ] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Read the files as this profile of the study says.")
    ] = None,
    save_profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Keep these options as a profile for the next batch.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="The language of these files, if it is not the study's.")] = None,
    encoding: Annotated[str | None, typer.Option(help="How their letters are coded, for example cp1252.")] = None,
    style: Annotated[str | None, typer.Option(help="How turns are told apart; --preview says what was found.")] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(metavar="TYPED=READ_AS", help="Take one speaker's label for another; can be repeated."),
    ] = None,
    keep_furniture: Annotated[
        bool, typer.Option("--keep-furniture", help="Leave line numbers, page numbers and running heads in the text.")
    ] = False,
    comments: Annotated[bool, typer.Option("--comments", help="Bring in the comments of office documents.")] = False,
    deletions: Annotated[bool, typer.Option("--deletions", help="Bring in what tracked changes have deleted.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Import interviews and other documents; with --preview, say first what would come in."""
    for table in (sources, speakers):
        if table is not None and not table.is_file():
            raise UsageError(f"There is no table '{table}'.", "Nothing was imported; check the path.")
    if preview and save_profile is not None:
        raise UsageError("--preview writes nothing, so it keeps no profile.", "Give --save-profile with the import.")
    from transcripts.settings import Settings

    settings = Settings(encoding, language, style, keep_furniture, comments, deletions, _labels(label))
    how = {"sources": sources, "profile": profile, "settings": settings}
    with cmo.open_study(study, coder=coder) as opened:
        if preview:
            _preview(opened, paths, how, has_speakers=speakers is not None, as_json=as_json)
            return
        if save_profile is not None:
            _keep_profile(opened, save_profile, profile, settings)
        report, mapped = _import(opened, paths, how, speakers)
    _answer(report, mapped, as_json=as_json)


def _labels(given: list[str] | None) -> tuple[tuple[str, str], ...]:
    """The pairs of ``--label TYPED=READ_AS``; nothing after the sign: that is no label. Raises UsageError."""
    pairs = [(typed.strip(), read_as.strip()) for typed, _, read_as in (text.partition("=") for text in given or [])]
    wrong = next((text for text in given or [] if "=" not in text or not text.partition("=")[0].strip()), None)
    if wrong is not None:
        raise UsageError(f"--label {wrong}: expected TYPED=READ_AS.", "For example --label Interviever=Interviewer.")
    return tuple(pairs)


def _preview(study: Study, paths: list[Path], how: dict[str, Any], *, has_speakers: bool, as_json: bool) -> None:
    with _stop_on_ctrl_c() as stop, progress_bar("Looking at") as advance:
        report: PreviewReport = study.preview(
            paths, **how, progress=lambda done, total, name: advance(done, total, name) and not stop.made
        )
    if has_speakers and not as_json:
        say("The table of speakers is used after an import; the preview does not look at it.")
    answer_preview(report, as_json=as_json)
    if report.stopped:
        raise typer.Exit(ExitCode.INTERRUPTED)
    if report.failed and not report.files:
        raise typer.Exit(ExitCode.INPUT)
    told = [*report.findings, *(finding for file in report.files for finding in file.findings)]
    end_with_findings(report.failed or to_look_at(told))


def _keep_profile(study: Study, name: str, base: str | None, settings: Settings) -> None:
    """Keep the options of this import, over those of the profile that it uses."""
    from transcripts.settings import overlaid

    if base is None:
        study.save_profile(name, settings)
    else:
        under = study.profile(base)
        study.save_profile(name, overlaid(under.settings, settings), under.labels)


def _import(
    study: Study, paths: list[Path], how: dict[str, Any], speakers: Path | None
) -> tuple[ImportReport, TableReport | None]:
    with _stop_on_ctrl_c() as stop, progress_bar("Importing") as advance:
        report = study.import_files(
            paths, **how, progress=lambda done, total, name: advance(done, total, name) and not stop.made
        )
    mapped = study.map_speakers(speakers) if speakers is not None and not report.stopped else None
    return report, mapped


@contextmanager
def _stop_on_ctrl_c() -> Iterator[StopRequest]:
    request = StopRequest()
    before = signal.signal(signal.SIGINT, request)
    try:
        yield request
    finally:
        signal.signal(signal.SIGINT, before)


def _answer(report: ImportReport, mapped: TableReport | None, *, as_json: bool) -> None:
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
    end_with_findings(report.failed or to_look_at(report.findings) or (mapped and mapped.findings))


def _answer_report(report: ImportReport) -> None:
    if report.stopped:
        say("Stopped as asked. The same import again brings in the rest.")
    for source in report.imported:
        cases = ", ".join(source.cases) or "(no case)"
        answer(
            f"{source.name}: {source.kind}, {cases}, {counted(source.turns, 'turn')}, "
            f"{counted(source.sentences, 'sentence')}"
        )
    answer(f"{counted(len(report.imported), 'source')} imported.")
    for path, reason in report.failed:
        say(f"Not imported: {shown_name(path)}: {reason.removeprefix(f'{path.name}: ')}")
    for path, name in report.duplicates:
        say(f"Not imported: {shown_name(path)} is in the study already, as '{name}'.")
    say_passed_over(report.passed_over)
    say_findings(report.findings)


def _as_json(report: ImportReport) -> dict[str, object]:
    return {
        "imported": report.imported,
        "duplicates": [{"file": path, "source": name} for path, name in report.duplicates],
        "failed": [{"file": path, "reason": reason} for path, reason in report.failed],
        "passed_over": report.passed_over,
        "findings": report.findings,
        "stopped": report.stopped,
    }
