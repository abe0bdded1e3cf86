"""The commands that keep states of the theory, end it in verdicts, and hand it on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table
from workbench.text.words import counted


def freeze(
    study: StudyPath,
    name: Annotated[str, typer.Argument(metavar="NAME", help="For example 'initial theory'.", show_default=False)],
    note: Annotated[str, typer.Option(help="What this state is.")] = "",
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Keep the theory as it stands under a name."""
    with cmo.open_study(study, coder=coder) as opened:
        state = opened.freeze_theory(name, note)
    if as_json:
        answer_json(state)
    else:
        answer(f"Kept '{state.name}' with {counted(len(state.versions), 'point')}.")


def states(study: StudyPath, as_json: AsJson = False) -> None:
    """The states of the theory that were kept."""
    with cmo.open_study(study) as opened:
        found = opened.theory_states()
    if as_json:
        answer_json(found)
    elif not found:
        answer("No state was kept yet: cmo theory freeze STUDY NAME keeps one.")
    else:
        rows = [[s.name, s.created_at[:10], s.coder, len(s.versions), s.note] for s in found]
        answer_table(["state", "day", "by", "points", "note"], rows, numbers=["points"])


def verdict(
    study: StudyPath,
    given: Annotated[
        str | None,
        typer.Argument(metavar="[VERDICT]", help="One of the five; without it, the verdicts are listed."),
    ] = None,
    point: Annotated[
        str | None, typer.Option(metavar="POINT", help="What it is on; the whole programme if not given.")
    ] = None,
    why: Annotated[str, typer.Option(help="The reason.")] = "",
    take_back: Annotated[bool, typer.Option("--take-back", help="The present one holds no more.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """What the study says in the end: theory holds; sound theory, weak implementation; ...; not tested."""
    if take_back and given is not None:
        raise UsageError("A verdict is given or taken back.", "cmo theory verdict STUDY --point 7 --take-back")
    with cmo.open_study(study, coder=coder) as opened:
        if given is not None or take_back:
            opened.set_verdict(point, given, why)
        found = opened.verdicts()
    if as_json:
        answer_json(found)
        return
    if not found:
        answer("No verdict yet: cmo theory verdict STUDY 'theory holds' --point 7 --why REASON gives one.")
        return
    rows = [
        [
            str(one.version or "the programme"),
            one.verdict,
            "earlier" if not one.is_current else "stale: look again" if one.stale else "",
            one.reason,
            f"{one.coder}, {one.created_at[:10]}",
        ]
        for one in found
    ]
    answer_table(["on", "verdict", "standing", "reason", "by"], rows)


def export(
    study: StudyPath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="OUT.xlsx, OUT.docx or OUT.md.")],
    as_json: AsJson = False,
) -> None:
    """Write the theory as a table that can be edited and brought in again."""
    from exports.theory_tables import write_theory

    with cmo.open_study(study) as opened:
        rows = write_theory(opened, out)
    if as_json:
        answer_json({"file": out, "rows": rows})
    else:
        answer(f"Written: {out} with {counted(rows, 'point')}. Once edited: cmo theory STUDY {out.name} --preview")
