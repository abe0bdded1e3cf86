"""How the preview of an import is told: a few lines for each file, and what would come of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commands.output import answer, answer_json, answer_table, say, say_findings
from workbench.text.words import clipped, counted

if TYPE_CHECKING:
    from transcripts.intake.previewing import Preview, PreviewReport, PreviewSpeaker
    from transcripts.intake.profiles import Meaning

EXAMPLE_WIDTH = 40


def shown_name(path: Path) -> str:
    """A file's name, with its archive where it is in one."""
    from transcripts.intake.gathering import shown_name

    return shown_name(path)


def say_passed_over(paths: Sequence[Path]) -> None:
    for path in paths:
        say(f"Passed over: {shown_name(path)} is a table and no transcript. Name it to import it all the same.")


def answer_preview(report: PreviewReport, *, as_json: bool) -> None:
    if as_json:
        answer_json(
            {
                "files": report.files,
                "failed": [{"file": path, "reason": reason} for path, reason in report.failed],
                "passed_over": report.passed_over,
                "findings": report.findings,
                "stopped": report.stopped,
            }
        )
        return
    for file in report.files:
        _answer_file(file)
    for path, reason in report.failed:
        say(f"Cannot be imported: {shown_name(path)}: {reason.removeprefix(f'{path.name}: ')}")
    say_passed_over(report.passed_over)
    say_findings(report.findings)
    new = sum(file.duplicate_of is None for file in report.files)
    seen = len(report.files) - new
    parts = [f"{counted(new, 'source')} would be imported"]
    parts += [f"{counted(seen, 'file')} passed over as known already"] if seen else []
    parts += [f"{counted(len(report.failed), 'file')} cannot be"] if report.failed else []
    answer(f"{', '.join(parts)}. Nothing was written.")


def _answer_file(file: Preview) -> None:
    name = shown_name(file.path)
    if file.duplicate_of is not None:
        answer(f"{name}: the same as '{file.duplicate_of}', which the study or this batch has already.")
        answer()
        return
    bound = file.binding
    whose = [bound.kind or "", ", ".join(bound.cases or ()) or "(no case)", bound.role or "", bound.participant or ""]
    answer(f"{name} → {file.name} · {' · '.join(part for part in whose if part)}")
    for line in _facts(file):
        answer(f"  {line}")
    _answer_speakers(file.speakers)
    for finding in file.findings:
        answer(f"  ! {finding.where}: {finding.message}" if finding.where else f"  ! {finding.message}")
    answer()


def _language(file: Preview) -> str:
    sure = file.language_confidence
    return file.language if sure is None else f"{file.language} (by its words, {sure} % sure)"


def _answer_speakers(speakers: Sequence[PreviewSpeaker]) -> None:
    """Who speaks; without the columns that say nothing of anybody."""
    columns: dict[str, list[object]] = {
        "  label": [f"  {speaker.label or '(nobody named)'}" for speaker in speakers],
        "turns": [speaker.turns for speaker in speakers],
        "characters": [f"{speaker.characters:,}" for speaker in speakers],
        "minutes": [speaker.minutes for speaker in speakers],
        "means": [_meaning(speaker.meaning) for speaker in speakers],
    }
    told = {heading: cells for heading, cells in columns.items() if any(cell not in (None, "") for cell in cells)}
    answer_table(list(told), list(zip(*told.values(), strict=True)), numbers=["turns", "characters", "minutes"])


def _facts(file: Preview) -> Iterator[str]:
    sure = f" (guessed, {file.encoding_confidence} % sure)" if file.encoding_confidence is not None else ""
    yield f"{file.format}, {file.encoding}{sure}; language {_language(file)}; style {file.style or '(none)'}"
    minutes = f", {file.minutes:g} minutes" if file.minutes is not None else ""
    yield (
        f"{counted(file.turns, 'turn')}, {counted(file.sentences, 'sentence')}, {file.characters:,} characters{minutes}"
    )
    for piece in file.furniture:
        examples = ", ".join(f"“{clipped(example, EXAMPLE_WIDTH)}”" for example in piece.examples)
        yield f"set apart: {counted(piece.pieces, piece.kind)} ({examples})"
    if file.marks:
        yield f"marks: {', '.join(f'{number} {kind}' for kind, number in file.marks.items())}"
    for entry in file.legend:
        yield f"the file says: {entry.label} is {entry.says}"


def _meaning(meaning: Meaning) -> str:
    asks = {True: "asks", False: "answers", None: ""}[meaning.asks]
    return ", ".join(part for part in (meaning.participant, meaning.role, asks) if part)
