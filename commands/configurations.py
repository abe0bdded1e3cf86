"""`cmo configurations`: what the configurations say, and what they are waiting for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json, answer_table, answer_text, say
from store.phrases import counted

if TYPE_CHECKING:
    from cmo.configurations.records import Configuration, Part, Suggestion
    from store.findings import Finding

Name = Annotated[str | None, typer.Option(help="A short name.")]
Restatement = Annotated[str | None, typer.Option(metavar="TEXT", help="What it says, in your own words.")]
OnlyPoint = Annotated[str | None, typer.Option(help="The PT point it speaks to, for example '#7'.")]


def configurations(
    study: StudyPath,
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="One configuration; without it, all.", show_default=False)
    ] = None,
    point: OnlyPoint = None,
    case: Annotated[str | None, typer.Option(help="Those of this case.")] = None,
    level: Annotated[str | None, typer.Option(help="case, cross-case or 'middle range'.")] = None,
    waiting_for: Annotated[
        str | None, typer.Option("--waiting-for", metavar="ELEMENT", help="Those that lack this element, as O.")
    ] = None,
    similar: Annotated[
        bool, typer.Option("--similar", help="Which ones may show one pattern: to think about, nothing is done.")
    ] = False,
    findings: Annotated[
        bool, typer.Option("--findings", help="What is unfinished or questionable about them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List configurations, or show one with its quotes."""
    with cmo.open_study(study) as opened:
        if number is not None:
            one = opened.configuration(number)
            answer_json(one) if as_json else print_configuration(one)
        elif similar:
            suggested = opened.similar_configurations()
            answer_json(suggested) if as_json else _print_similar(suggested)
        elif findings:
            doubts = opened.configuration_findings()
            answer_json(doubts) if as_json else _print_findings(doubts)
        else:
            found = opened.configurations(point=point, case=case, level=level, waiting_for=waiting_for)
            answer_json(found) if as_json else answer_configurations(found)


def print_configuration(one: Configuration) -> None:
    """A configuration in full: its words, each part with its quote and where it comes from, and its links."""
    from cmo.configurations.links import link_words

    point = f"point {one.point}" if one.point else ""
    heading = (f"Configuration {one.number}", one.name, one.level, point, ", ".join(one.cases), one.coder)
    answer_text(" · ".join(filter(None, heading)), style="bold")
    if one.restatement:
        answer_text(one.restatement, indent=2)
    for part in one.parts:
        answer()
        _print_part(part)
    if one.links or one.is_partial:
        answer()
    for link in one.links:
        words = link_words(link, one.number)
        answer_text(" · ".join(filter(None, (words[:1].upper() + words[1:], link.note))), indent=2)
    if one.is_partial:
        answer_text(one.waiting.capitalize() + ".", style="italic", indent=2)


def _print_part(part: Part) -> None:
    said = "" if part.is_stated else "inferred"
    place = (part.source, ", ".join(part.roles), ", ".join(part.cases))
    heading = (part.element_name, said, *place, f"part {part.id}")
    answer_text(" · ".join(filter(None, heading)), style="bold", indent=2)
    if part.wording:
        answer_text(part.wording, indent=4)
    if part.quote:
        answer_text(f"“{part.quote}”", indent=4)


def answer_configurations(found: Sequence[Configuration]) -> None:
    """Configurations in a table, with what the partial ones wait for."""
    if not found:
        answer("No configurations: cmo cmoc STUDY makes one.")
        return
    answer_table(
        ["no.", "configuration", "level", "point", "cases", "parts", "waiting"],
        [
            [
                one.number,
                one.name or one.restatement or _gist(one),
                one.level,
                one.point,
                ", ".join(one.cases),
                len(one.parts),
                one.waiting.removeprefix("waiting "),
            ]
            for one in found
        ],
        numbers=["no.", "parts"],
        lines=True,
    )
    say(f"{counted(len(found), 'configuration')}, {sum(one.is_partial for one in found)} partial.")


def _gist(one: Configuration) -> str:
    """What stands for a configuration without a name and a restatement: its parts in their order."""
    return " → ".join(part.text for part in one.parts)


def _print_findings(doubts: list[Finding]) -> None:
    for finding in doubts:
        answer(str(finding))
    say(f"{counted(len(doubts), 'finding')}.")


def _print_similar(suggested: list[Suggestion]) -> None:
    if not suggested:
        answer("No two configurations are alike enough to suggest one pattern.")
        return
    answer_table(
        ["configurations", "why", "score"],
        [[", ".join(map(str, one.configurations)), one.why, one.score] for one in suggested],
        numbers=["score"],
    )
    say("Nothing is grouped by itself: cmo cmoc STUDY --over NUMBER,NUMBER --restatement TEXT groups them.")
