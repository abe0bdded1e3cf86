"""`cmo versions`: the versions of a source, what changed between two, and the text of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json, answer_table, answer_text

if TYPE_CHECKING:
    from transcripts.correcting.diffs import Change


def versions(
    study: StudyPath,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's name or file name.")],
    diff: Annotated[
        tuple[int, int] | None, typer.Option(metavar="OLD NEW", help="What changed between these two versions.")
    ] = None,
    text: Annotated[int | None, typer.Option(metavar="NUMBER", help="The text of this version, as it is.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the versions of a source; with --diff what changed, with --text the words."""
    if diff is not None and text is not None:
        raise UsageError("Ask for the difference or for a text.", "--diff 1 2, or --text 1")
    with cmo.open_study(study) as opened:
        if text is not None:
            body = opened.version_text(source, text)
            if as_json:
                answer_json(body)
            else:
                typer.echo(body, nl=False)  # letter by letter, because it is edited and taken in again
            return
        changes = opened.diff(source, *diff) if diff is not None else None
        listed = opened.versions(source)
    if as_json:
        answer_json(listed if changes is None else changes)
    elif changes is not None:
        _tell(changes)
    else:
        rows = [
            [v.number, "now" if v.is_current else "", v.created_at, v.file_name, f"{v.characters:,}", v.turns, v.reason]
            for v in listed
        ]
        heads = ["version", "", "time (UTC)", "file", "characters", "turns", "reason"]
        answer_table(heads, rows, numbers=["version", "characters", "turns"])


def _tell(changes: list[Change]) -> None:
    if not changes:
        answer("No sentence and no label is different.")
    for change in changes:
        if change.kind == "moved":
            answer_text(f"turn {change.old_turn} → turn {change.new_turn}, moved", style="bold")
            answer_text(f"  {change.new}")
            continue
        turns = [f"turn {turn}" for turn in (change.old_turn, change.new_turn) if turn is not None]
        answer_text(f"{' → '.join(dict.fromkeys(turns))}, {change.kind}", style="bold")
        if change.old:
            answer_text(f"- {change.old}")
        if change.new:
            answer_text(f"+ {change.new}")
