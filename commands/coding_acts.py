"""The commands that make and change single codings, below `cmo codings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.acts import Act, CodingId, CodingIds, act_options, at_once_options, carry_out, numbers
from commands.exits import UsageError
from commands.option_blocks import takes
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_text
from store.errors import InputError

if TYPE_CHECKING:
    from cmo import Study

Stance = Annotated[str | None, typer.Option(help="supports, refutes, refines, extends or rival.")]
Undecided = Annotated[
    str | None, typer.Option(metavar="LETTERS", help="With a whole point: the elements it may be, as CM.")
]


def add(
    study: StudyPath,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source.", show_default=False)],
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code, as '#7 M'.", show_default=False)],
    words: Annotated[str | None, typer.Option(help="The words to code; they must stand there once.")] = None,
    at: Annotated[
        tuple[int, int] | None, typer.Option(metavar="START END", help="Or their place, in code points.")
    ] = None,
    stance: Stance = None,
    undecided: Undecided = None,
    memo: Annotated[str, typer.Option(help="A note on the coding.")] = "",
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Give a passage a code."""
    if (words is None) == (at is None):
        raise UsageError("Say which passage: by --words or by --at.", "For example --at 340 362.")
    with cmo.open_study(study, coder=coder) as opened:
        start, end = at or _place(opened, source, words or "")
        carry_out(
            opened,
            lambda: opened.code(source, start, end, code, stance=stance, memo=memo, undecided=undecided),
            as_json=as_json,
        )


@takes(act=act_options)
def recode(
    study: StudyPath,
    codings: CodingIds,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The other code.", show_default=False)],
    undecided: Undecided = None,
    *,
    act: Act,
) -> None:
    """Give codings another code; judgements of another point stay as history."""
    ids = numbers(codings)
    act.on(study, lambda opened: opened.recode_many(ids, code, undecided=undecided))


@takes(act=at_once_options)
def resize(
    study: StudyPath,
    coding: CodingId,
    start: Annotated[int, typer.Argument(metavar="START", help="Its first code point.", show_default=False)],
    end: Annotated[int, typer.Argument(metavar="END", help="The one after its last.", show_default=False)],
    *,
    act: Act,
) -> None:
    """Let a coding stand on another passage of its source."""
    act.on(study, lambda opened: opened.resize(coding, start, end))


@takes(act=at_once_options)
def split(
    study: StudyPath,
    coding: CodingId,
    at: Annotated[int, typer.Argument(metavar="AT", help="The code point to cut before.", show_default=False)],
    *,
    act: Act,
) -> None:
    """Cut a coding in two; judgement and memo stay with the first part."""
    act.on(study, lambda opened: opened.split_coding(coding, at))


@takes(act=at_once_options)
def merge(study: StudyPath, codings: CodingIds, *, act: Act) -> None:
    """Make one coding of several that overlap or touch, of one code and one coder."""
    ids = numbers(codings)
    act.on(study, lambda opened: opened.merge_codings(ids))


@takes(act=act_options)
def remove(study: StudyPath, codings: CodingIds, *, act: Act) -> None:
    """Take codings away, with their judgements and memos; what rests on them keeps their words."""
    ids = numbers(codings)
    act.on(study, lambda opened: opened.remove_codings(ids))


def undecided(study: StudyPath, as_json: AsJson = False) -> None:
    """List the codings of which somebody could not decide the element."""
    with cmo.open_study(study) as opened:
        found = opened.undecided_codings()
        names = {source.id: source.name for source in opened.sources()}
    if as_json:
        answer_json(found)
        return
    for coding in found:
        letters = " or ".join(coding.undecided or "")
        place = f"{names[coding.source_id]} · {coding.start} to {coding.end} · {coding.coder}"
        answer_text(f"coding {coding.id} · {coding.code}: {letters} · {place}", style="bold")
        answer_text(f"“{coding.quote}”", indent=4)
    if not found:
        answer("Every coding is decided.")


@takes(act=at_once_options)
def decide(
    study: StudyPath,
    coding: CodingId,
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="Its element, as M.", show_default=False)],
    *,
    act: Act,
) -> None:
    """Say which element an undecided coding belongs to."""
    act.on(study, lambda opened: opened.decide(coding, letter))


@takes(act=at_once_options)
def best(
    study: StudyPath,
    coding: CodingId,
    take_back: Annotated[bool, typer.Option("--take-back", help="It is no longer chosen.")] = False,
    *,
    act: Act,
) -> None:
    """Choose a quote to stand for its kind in reports."""
    act.on(study, lambda opened: opened.set_best(coding, not take_back))


def _place(study: Study, source: str, words: str) -> tuple[int, int]:
    text = study.transcript(source).text
    start = text.find(words)
    if not words or start < 0:
        raise InputError(f"These words do not stand in '{source}'.", "Give them as they stand there, letter by letter.")
    if text.find(words, start + 1) >= 0:
        raise InputError(f"These words stand in '{source}' more than once.", "Give more of them, or their place: --at.")
    return start, start + len(words)
