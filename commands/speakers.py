"""`cmo speakers`: say whom the labels in the transcripts stand for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table
from commands.tables import bring_in
from workbench.text.words import counted

if TYPE_CHECKING:
    from transcripts.records import Speaker

_EXAMPLE = "For example SOURCE --turn 12 --label R; SOURCE --label IP1a --into IP1; SOURCE --legend"
_ASKS = {True: "asks", False: "answers", None: "(not said)"}


def speakers(
    study: StudyPath,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[TABLE|SOURCE]",
            help="A table of file, label, participant, role, asks; a source with --turn, --into, --legend.",
        ),
    ] = None,
    label: Annotated[str | None, typer.Option(help="The label to map, for example I or R.")] = None,
    source: Annotated[str | None, typer.Option(help="Only in this source; in all if not given.")] = None,
    participant: Annotated[str | None, typer.Option(help="Who the label stands for.")] = None,
    role: Annotated[str | None, typer.Option(help="The role of the speaker, for example Manager.")] = None,
    asks: Annotated[bool | None, typer.Option("--asks/--answers", help="The interviewer asks.")] = None,
    turn: Annotated[int | None, typer.Option(help="Give this turn of a source the speaker --label says.")] = None,
    into: Annotated[str | None, typer.Option(help="Read --label as this label from now on.")] = None,
    legend: Annotated[bool, typer.Option("--legend", help="Take roles and names from the head of the source.")] = False,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """List the speakers' labels; say whom they stand for, who speaks in a turn, or which labels are one."""
    given = [value for value in (source, participant, role, asks) if value is not None]
    if turn is not None or into is not None or legend:
        if given[source is not None :] or preview or (source and what):
            raise UsageError("--turn, --into and --legend go with a source and --label alone.", _EXAMPLE)
        _say_who_speaks(study, coder, source or what, label, turn, into, as_json)
        return
    if given and label is None:
        raise UsageError("Which label? --label is missing.", "For example --label I --role Interviewer --asks")
    if label is not None and (what is not None or given in ([], [source])):
        raise UsageError(
            "--label needs --participant, --role, --asks or --answers, and no table.",
            "For example --label I --role Interviewer --asks",
        )
    with cmo.open_study(study, coder=coder) as opened:
        if what is not None:
            table = Path(what)
            bring_in(opened, lambda: opened.map_speakers(table), one="row", preview=preview, as_json=as_json)
        elif label is not None:
            mapped = opened.set_speaker(label, source=source, participant=participant, role=role, asks=asks)
            _say(as_json, f"'{label}' is mapped in {counted(mapped, 'source')}.", label=label, sources=mapped)
        elif as_json:
            answer_json(opened.speakers())
        else:
            _list(opened.speakers())


def _say_who_speaks(
    study: Path,
    coder: str | None,
    source: str | None,
    label: str | None,
    turn: int | None,
    into: str | None,
    as_json: bool,
) -> None:
    """Change the speaker of one turn, read a label as another, or (neither given) take the head at its word."""
    by_legend = turn is None and into is None
    if (turn is not None and into is not None) or by_legend != (label is None) or (source is None and into is None):
        raise UsageError("Say which source, which label, and one thing to do.", _EXAMPLE)
    with cmo.open_study(study, coder=coder) as opened:
        if into is not None:
            merged = opened.merge_speakers(source, label or "", into)
            _say(as_json, f"'{label}' is read as '{into}' in {counted(merged, 'source')}.", label=into, sources=merged)
        elif turn is not None:
            changed = opened.set_turn_speaker(source or "", turn, label)
            who = f"'{changed.label}'" if changed.label else "nobody who is named"
            _say(as_json, f"Turn {turn} is spoken by {who}.", turn=turn, label=changed.label)
        else:
            labels = opened.apply_legend(source or "")
            _say(as_json, f"{counted(len(labels), 'label')} mapped: {', '.join(labels) or 'none'}.", labels=labels)


def _say(as_json: bool, words: str, **values: object) -> None:
    if as_json:
        answer_json(values)
    else:
        answer(words)


def _list(found: list[Speaker]) -> None:
    if not found:
        answer("No speakers: no source has labelled turns.")
        return
    answer_table(
        ["source", "label", "participant", "role", "asks", "turns", "characters"],
        [[s.source, s.label, s.participant, s.role, _ASKS[s.asks], f"{s.turns:,}", f"{s.characters:,}"] for s in found],
        numbers=["turns", "characters"],
    )
