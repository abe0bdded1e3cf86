"""The commands that trace the theory: wordings, decisions, differences, lineage, and the quotes behind a wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json, answer_table, answer_text
from commands.theory_acts import PointLabel, print_decision

if TYPE_CHECKING:
    from cmo.theory.records import PointDiff, TextDiff

MaybePoint = Annotated[
    str | None, typer.Argument(metavar="[POINT]", help="Only this point, for example 7.", show_default=False)
]


def versions(study: StudyPath, point: PointLabel, as_json: AsJson = False) -> None:
    """Every wording that a point had."""
    with cmo.open_study(study) as opened:
        found = opened.point_versions(point)
    if as_json:
        answer_json(found)
        return
    for version in found:
        now = ", current" if version.is_current else ""
        answer_text(f"{version.name} ({version.coder}, {version.created_at[:10]}{now})", style="bold")
        for letter, text in version.wording.items():
            answer_text(f"{letter}  {text or '(none)'}", indent=2)
        answer_text(version.sentence, indent=2, style="italic")


def decisions(study: StudyPath, point: MaybePoint = None, as_json: AsJson = False) -> None:
    """The decision records: what changed, why, on what evidence, and who saw it otherwise."""
    with cmo.open_study(study) as opened:
        found = opened.decisions(point)
    if as_json:
        answer_json(found)
        return
    if not found:
        answer("No decisions yet: cmo theory refine, split, merge and abandon each leave one.")
    for decision in found:
        print_decision(decision)


def lineage(study: StudyPath, as_json: AsJson = False) -> None:
    """The steps from wording to wording, over all points."""
    with cmo.open_study(study) as opened:
        found, made = opened.lineage(), {decision.id: decision for decision in opened.decisions()}
    if as_json:
        answer_json(found)
        return
    if not found.steps:
        answer(f"{len(found.versions)} wordings, and no step between them yet.")
        return
    rows = []
    for step in found.steps:
        decision = made.get(step.decision_id or 0)
        rows.append([step.kind, step.before, step.after or "(given up)", decision.why if decision else "(no record)"])
    answer_table(["step", "from", "to", "why"], rows)


def blame(
    study: StudyPath,
    point: PointLabel,
    version: Annotated[int | None, typer.Option(min=1, help="Which wording; the current one if not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Which decisions, on which quotes, led to a wording; the latest first."""
    with cmo.open_study(study) as opened:
        found = opened.blame(point, version)
    if as_json:
        answer_json(found)
        return
    for step in found:
        brought = f" brought {', '.join(step.changed)}" if step.changed else ""
        answer_text(f"{step.version.name}{brought}", style="bold")
        if step.decision is None:
            answer("   the first wording" if step.version.number == 1 else "   no decision was recorded")
        else:
            print_decision(step.decision)


def diff(
    study: StudyPath,
    point: MaybePoint = None,
    before: Annotated[
        str | None, typer.Option(metavar="WHICH", help="A version's number; without a POINT, a state's name.")
    ] = None,
    after: Annotated[str | None, typer.Option(metavar="WHICH", help="The same; what stands now if not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two wordings of a point, or two states of the theory: [-taken away-] {+put in+}."""
    with cmo.open_study(study) as opened:
        if point is not None:
            later = opened.point_versions(point)[-1].number if after is None else _number(after)
            one = opened.diff_versions(point, max(later - 1, 1) if before is None else _number(before), later)
            answer_json(one) if as_json else _print_point(one)
            return
        states = opened.theory_states()
        if before is None and not states:
            raise UsageError("No state of the theory was kept yet.", "cmo theory freeze STUDY NAME keeps one.")
        whole = opened.diff_theory(before or states[0].name, after)
    if as_json:
        answer_json(whole)
        return
    changed = [one for one in whole.points if not one.is_same]
    later_state = f"'{whole.after}'" if whole.after else "the theory as it stands"
    answer(f"From '{whole.before}' to {later_state}:")
    for one in changed:
        _print_point(one)
    answer(f"{len(changed)} of {len(whole.points)} points differ.")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UsageError(f"'{text}' is no version of a point.", "Give its number, as --before 1.")
    return int(text)


def _print_point(found: PointDiff) -> None:
    names = [str(version.name) if version else "(not in force)" for version in (found.before, found.after)]
    answer_text(" → ".join(names), style="bold")
    for text in found.texts:
        if not text.is_same:
            answer_text(f"{text.name}: {_marked(text)}", indent=2)


def _marked(found: TextDiff) -> str:
    marks = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    return "".join(f"{marks[piece.kind][0]}{piece.text}{marks[piece.kind][1]}" for piece in found.pieces)
