"""The commands that change the theory: each takes a reason and leaves a decision record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.acts import Act, act_options, numbers
from commands.exits import UsageError
from commands.option_blocks import takes
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json

if TYPE_CHECKING:
    from cmo import Study
    from cmo.theory.records import Decision, Grounds

PointLabel = Annotated[str, typer.Argument(metavar="POINT", help="The point, for example 7.", show_default=False)]
Why = Annotated[str, typer.Option("--why", help="The reason: without one, the theory is not changed.")]
What = Annotated[str, typer.Option("--what", help="What changed; composed where it is not given.")]
Inference = Annotated[str | None, typer.Option("--inference", help="induction, deduction, abduction or retroduction.")]
Dissent = Annotated[str, typer.Option("--dissent", help="Who sees it otherwise, and how.")]
Evidence = Annotated[
    str,
    typer.Option(
        "--evidence", metavar="IDS", help="The codings that led to it, as 12,15; cmo quotes --json tells them."
    ),
]

Wording = Annotated[
    list[str] | None,
    typer.Option("--wording", "-w", metavar="ELEMENT=TEXT", help="Words by letter or name, as M='...'; repeat it."),
]
Sentence = Annotated[str | None, typer.Option("--sentence", help="The if-then-because sentence in your own words.")]
Title = Annotated[str, typer.Option("--title", help="A short name for the point.")]


@dataclass(frozen=True, slots=True)
class Told:
    """What a change of the theory is told with."""

    why: str
    what: str
    inference: str | None
    dissent: str
    evidence: list[int]

    def grounds(self) -> Grounds:
        """The same as the study takes it."""
        return {
            "why": self.why,
            "what": self.what,
            "inference": self.inference,
            "dissent": self.dissent,
            "evidence": self.evidence,
        }


def told_options(
    why: Why = "", what: What = "", inference: Inference = None, dissent: Dissent = "", evidence: Evidence = ""
) -> Told:
    """The options of every command that changes the theory."""
    return Told(why, what, inference, dissent, numbers(evidence))


@takes(told=told_options, act=act_options)
def add(
    study: StudyPath,
    wording: Wording = None,
    number: Annotated[str | None, typer.Option(help="The new point's number; the next free one if not given.")] = None,
    title: Title = "",
    sentence: Sentence = None,
    under: Annotated[str | None, typer.Option(metavar="POINT", help="The point that it is a part of.")] = None,
    rival_of: Annotated[str | None, typer.Option(metavar="POINT", help="The point that it rivals.")] = None,
    overall: Annotated[bool, typer.Option("--overall", help="It is an overall hypothesis.")] = False,
    *,
    told: Told,
    act: Act,
) -> None:
    """Add a point."""
    words = _words(wording)
    act.on(
        study,
        lambda opened: opened.add_point(
            words,
            number=number,
            title=title,
            sentence=sentence,
            parent=under,
            rival_of=rival_of,
            overall=overall,
            **told.grounds(),
        ),
        print_decision,
    )


@takes(told=told_options, act=act_options)
def refine(
    study: StudyPath,
    point: PointLabel,
    wording: Wording = None,
    sentence: Sentence = None,
    *,
    told: Told,
    act: Act,
) -> None:
    """Reword a point in a new version; earlier judgements are kept and become stale."""
    words = _words(wording)
    act.on(study, lambda opened: opened.refine_point(point, words, sentence=sentence, **told.grounds()), print_decision)


@takes(told=told_options, act=act_options)
def split(
    study: StudyPath,
    point: PointLabel,
    into: Annotated[
        list[str] | None,
        typer.Option("--into", metavar="NUMBER.ELEMENT=TEXT", help="Words of a part, as 7a.M='...'; repeat it."),
    ] = None,
    *,
    told: Told,
    act: Act,
) -> None:
    """Let a point go on in two or more new ones; its codes and codings stay where they are."""
    from cmo.theory.records import Draft

    drafts = [Draft(words, number) for number, words in _parts(into).items()]
    act.on(study, lambda opened: opened.split_point(point, drafts, **told.grounds()), print_decision)


@takes(told=told_options, act=act_options)
def merge(
    study: StudyPath,
    points: Annotated[list[str], typer.Argument(metavar="POINTS...", help="Two or more.", show_default=False)],
    into: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Which of them goes on (the first), or a new number.")
    ] = None,
    wording: Wording = None,
    title: Title = "",
    sentence: Sentence = None,
    *,
    told: Told,
    act: Act,
) -> None:
    """Let points go on in one of them, or in a new one; their codes and codings stay where they are."""
    words = _words(wording)
    act.on(
        study,
        lambda opened: opened.merge_points(
            points, words, number=into, title=title, sentence=sentence, **told.grounds()
        ),
        print_decision,
    )


@takes(told=told_options, act=act_options)
def abandon(
    study: StudyPath,
    point: PointLabel,
    *,
    told: Told,
    act: Act,
) -> None:
    """Give a point up; it stays to be seen, with its evidence."""
    act.on(study, lambda opened: opened.abandon_point(point, **told.grounds()), print_decision)


@takes(told=told_options, act=act_options)
def restore(
    study: StudyPath,
    point: PointLabel,
    *,
    told: Told,
    act: Act,
) -> None:
    """Take up again a point that was split, merged or given up."""
    act.on(study, lambda opened: opened.restore_point(point, **told.grounds()), print_decision)


def sentence(
    study: StudyPath,
    point: PointLabel,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Your sentence; without one, it is composed again.")
    ] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Write the if-then-because sentence of a point's current wording; judgements stay."""
    with cmo.open_study(study, coder=coder) as opened:
        opened.set_sentence(point, text)
        _answer_point(opened, point, as_json=as_json)


def arrange(
    study: StudyPath,
    point: PointLabel,
    title: Annotated[str | None, typer.Option(help="A short name; an empty one takes it away.")] = None,
    under: Annotated[str | None, typer.Option(metavar="POINT", help="What it is a part of; empty: of nothing.")] = None,
    rival_of: Annotated[str | None, typer.Option(metavar="POINT", help="What it rivals; empty: nothing.")] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Give a point a title, put it under another, or name it the rival of one; its wording stays."""
    with cmo.open_study(study, coder=coder) as opened:
        opened.arrange_point(point, title=title, parent=under, rival_of=rival_of)
        _answer_point(opened, point, as_json=as_json)


def grammar(
    study: StudyPath,
    elements: Annotated[
        str | None,
        typer.Argument(
            metavar="[GRAMMAR]",
            help="CMO, CMO-split, CIMO, ICAMO, SCMO, or your own: 'B=barrier, E=enabler, W=worry:B'.",
        ),
    ] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Say which elements the theory has; without any, list them."""
    with cmo.open_study(study, coder=coder) as opened:
        found = opened.theory() if elements is None else opened.set_grammar(elements)
    if as_json:
        answer_json({"grammar": found.grammar, "elements": found.elements})
        return
    answer(f"Grammar: {found.grammar or ('the study’s own' if found.elements else 'none yet')}")
    for element in found.elements:
        part = f", a part of {element.parent}" if element.parent else ""
        answer(f"  {element.letter}  {element.name}{part}{f': {element.definition}' if element.definition else ''}")


def print_decision(decision: Decision) -> None:
    """What changed, from which wordings to which, why, and on which quotes."""
    steps = " → ".join(", ".join(map(str, names)) for names in (decision.before, decision.after) if names)
    answer(f"{decision.id}. {decision.what} ({decision.kind}: {steps})")
    how = f", by {decision.inference}" if decision.inference else ""
    answer(f"   {decision.coder}, {decision.created_at[:10]}{how}: {decision.why}")
    if decision.dissent:
        answer(f"   Dissent: {decision.dissent}")
    for quote in decision.evidence:
        gone = "" if quote.coding_id is not None else " [no longer coded]"
        answer(f"   “{quote.quote}” ({quote.reference}){gone}")


def _answer_point(study: Study, label: str, *, as_json: bool) -> None:
    found = study.theory().point(label)
    if as_json:
        answer_json(found)
    elif found is not None:
        answer(f"{found.label} {found.title}".strip() + f": {found.sentence}")


def _words(given: list[str] | None) -> dict[str, str]:
    return dict(_pairs(given, "--wording", "M='...'"))


def _parts(given: list[str] | None) -> dict[str, dict[str, str]]:
    """The words of each part of a split, by number and element."""
    found: dict[str, dict[str, str]] = {}
    for name, text in _pairs(given, "--into", "7a.M='...'"):
        number, dot, element = name.rpartition(".")
        if not dot:
            raise UsageError(f"--into {name}=…: expected NUMBER.ELEMENT=TEXT.", "For example --into 7a.M='...'")
        found.setdefault(number, {})[element] = text
    return found


def _pairs(given: list[str] | None, option: str, example: str) -> Iterator[tuple[str, str]]:
    for pair in given or []:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"{option} {pair}: expected a name, = and the words.", f"For example {option} {example}")
        yield name.strip(), text
