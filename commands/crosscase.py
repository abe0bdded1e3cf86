"""`cmo crosscase` and `cmo within`: configurations over cases, and one case from within."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.configurations import answer_configurations
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table, answer_text, say
from store.phrases import counted
from workbench.text.words import stance_counts

if TYPE_CHECKING:
    from cmo.configurations.records import CaseView, CrossCase, DemiRegularity, PresenceCell


def crosscase(
    study: StudyPath,
    number: Annotated[
        int | None,
        typer.Argument(metavar="[NUMBER]", help="Hold this one against every case; without it, all patterns."),
    ] = None,
    case: Annotated[str | None, typer.Option(help="With --element and --presence: say it of this case.")] = None,
    element: Annotated[str | None, typer.Option(help="A main element, for example O.")] = None,
    presence: Annotated[
        str | None, typer.Option(help="present, absent, partly or 'not known'; '': take it back.")
    ] = None,
    note: Annotated[str, typer.Option(help="Why you say so.")] = "",
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Show the patterns over cases with their counter-cases, or hold one configuration against every case."""
    given = sum(value is not None for value in (case, element, presence))
    if given not in (0, 3) or (given and number is None):
        raise UsageError(
            "NUMBER, --case, --element and --presence go together.",
            "For example cmo crosscase STUDY 3 --case North --element O --presence absent.",
        )
    with cmo.open_study(study, coder=coder) as opened:
        if number is not None and case is not None and element is not None:
            opened.set_presence(number, case, element, presence or None, note)
        if number is None:
            patterns = opened.demi_regularities()
            answer_json(patterns) if as_json else _print_patterns(patterns)
        else:
            table = opened.cross_case(number)
            answer_json(table) if as_json else _print_table(table)


def within(
    study: StudyPath,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case to understand.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Show one case from within: its configurations, what it is silent about, where it contradicts itself."""
    with cmo.open_study(study) as opened:
        found = opened.case_view(case)
    answer_json(found) if as_json else _print_case(found)


def _print_patterns(patterns: list[DemiRegularity]) -> None:
    if not patterns:
        answer("No patterns yet: cmo configurations STUDY --similar suggests some, cmo cmoc STUDY --over makes one.")
        return
    answer_table(
        ["no.", "pattern", "level", "specialised by", "shown by", "counter-cases"],
        [
            [
                one.configuration.number,
                one.configuration.name or one.configuration.restatement,
                one.configuration.level,
                ", ".join(str(member.number) for member in one.members),
                ", ".join(one.cases) or "(no case)",
                ", ".join(one.counter_cases) or "(none)",
            ]
            for one in patterns
        ],
        numbers=["no."],
        lines=True,
    )


def _print_table(table: CrossCase) -> None:
    one = table.configuration
    answer_text(f"Configuration {one.number} · {one.name or one.restatement}".rstrip(" ·"), style="bold")
    answer_table(
        ["case", *(element.name for element in table.elements), "the case"],
        [[row.case, *map(_presence, row.cells.values()), row.standing] for row in table.rows],
        lines=True,
    )
    say("* follows from a passage of that case; without *, somebody said so.")


def _presence(cell: PresenceCell) -> str:
    """``present *`` where it follows, ``absent`` where a person says so; both where they disagree."""
    if cell.said is None:
        return f"{cell.follows} *" if cell.follows else ""
    words = f"{cell.said} (but {cell.follows} *)" if cell.is_disputed else cell.said
    return f"{words}: {cell.note}" if cell.note else words


def _print_case(found: CaseView) -> None:
    answer_text(found.case, style="bold")
    answer(f"{counted(found.total.total.excerpts, 'excerpt')} in {counted(found.total.total.sources, 'source')}.")
    answer()
    answer_configurations(found.configurations)
    if found.evidence:
        answer()
        answer_table(
            ["point", "excerpts", "for and against"],
            [[label, cell.total.excerpts, " ".join(stance_counts(cell))] for label, cell in found.evidence.items()],
            numbers=["excerpts"],
        )
    answer()
    for one in found.contradictions:
        answer(f"Speaks both for and against {one.point}: {len(one.supporting)} for, {len(one.opposing)} against.")
    for conflict in found.conflicts:
        answer(f"Configurations {conflict.source} and {conflict.target}: {conflict.kind}. {conflict.note}".rstrip())
    silent = ", ".join(found.silent_points)
    answer(f"Says nothing of: {silent}" if silent else "Says something of every point.")
