"""`cmo judge`, `cmo stale`, `cmo reviews`: hold codings against their points, look again, and read second judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

import cmo
from commands.acts import CodingIds, carry_out, numbers
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table, answer_text
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo import Study
    from cmo.judgements import Disagreement, JudgePair, Review, StaleJudgement

Rating = Annotated[int | None, typer.Option(min=0, max=5, help="From 1 to 5; 0 takes it away.")]


def judge(
    study: StudyPath,
    codings: CodingIds,
    stance: Annotated[
        str | None, typer.Argument(metavar="[STANCE]", help="supports, refutes, refines, extends or rival.")
    ] = None,
    strength: Rating = None,
    relevance: Rating = None,
    rigour: Rating = None,
    rationale: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="As before, against the new wording.")] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help="Take your judgement away.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Judge codings against the present wording of their points, as this coder."""
    if (stance is not None) + confirm + take_back != 1:
        raise UsageError("Give a stance, or --confirm, or --take-back.", "For example cmo judge STUDY 12 refutes.")
    ids = numbers(codings)
    if stance is None and len(ids) != 1:
        raise UsageError(
            "--confirm and --take-back are said of one coding.", "For example cmo judge STUDY 12 --confirm."
        )
    said: dict[str, Any] = {"strength": strength, "relevance": relevance, "rigour": rigour, "rationale": rationale}
    with cmo.open_study(study, coder=coder) as opened:
        if confirm:
            carry_out(opened, lambda: opened.confirm(ids[0]), as_json=as_json)
        elif stance is None:
            carry_out(opened, lambda: opened.set_stance(ids[0], None), as_json=as_json)
        elif len(ids) == 1:
            carry_out(opened, lambda: opened.judge(ids[0], stance, **said), as_json=as_json)
        else:
            carry_out(opened, lambda: opened.judge_many(ids, stance, **said), as_json=as_json)


def stale(
    study: StudyPath,
    judge: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this judge.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the judgements of which the point was reworded since: look again."""
    with cmo.open_study(study) as opened:
        found = opened.stale_judgements(judge)
    if as_json:
        answer_json(found)
        return
    for each in found:
        _tell_stale(each)
    again = "`cmo judge STUDY CODING STANCE` judges anew, --confirm as before."
    answer(f"{counted(len(found), 'judgement')} to look at again. {again}" if found else "No judgement is stale.")


def reviews(
    study: StudyPath,
    judgement: Annotated[
        int | None, typer.Argument(metavar="[JUDGEMENT]", help="Whose number `cmo quotes` tells.")
    ] = None,
    agrees: Annotated[bool | None, typer.Option("--agree/--dissent", help="What you say of it.")] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    take_back: Annotated[bool, typer.Option("--take-back", help="Take back what you said of it.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Agree with another's judgement or dissent; without one, list what was said and where judges differ."""
    if judgement is None and (agrees is not None or take_back or note):
        raise UsageError("Say which judgement.", "cmo reviews STUDY 12 --dissent --note TEXT")
    if judgement is not None and (agrees is None) != take_back:
        raise UsageError("Say --agree or --dissent, or --take-back.", "cmo reviews STUDY 12 --dissent --note TEXT")
    with cmo.open_study(study, coder=coder) as opened:
        if judgement is None:
            _answer_reviews(opened, as_json=as_json)
        elif agrees is None:
            carry_out(opened, lambda: opened.remove_review(judgement), as_json=as_json)
        else:
            carry_out(opened, lambda: opened.review(judgement, agrees, note), as_json=as_json)


def _tell_stale(each: StaleJudgement) -> None:
    held = f"{each.code}: {each.judge} judged {each.stance}"
    answer_text(f"coding {each.coding_id} · {held} · {each.source}", style="bold")
    answer_text(f"“{each.quote}”", indent=4)
    if each.rationale:
        answer_text(f"Because: {each.rationale}", style="italic", indent=4)
    for letter in dict.fromkeys((*each.was, *each.now)):
        was, now = each.was.get(letter, "(none)"), each.now.get(letter, "(none)")
        if was != now:
            answer_text(f"{letter} was “{was}” (version {each.judged_version})", indent=4)
            answer_text(f"{letter} is  “{now}” (version {each.version})", indent=4)
    answer()


def _answer_reviews(study: Study, *, as_json: bool) -> None:
    said, differ, pairs = study.reviews(), study.disagreements(), study.judge_pairs()
    if as_json:
        counted_pairs = [
            {"first": p.first, "second": p.second, "passages": p.passages, "alike": p.alike} for p in pairs
        ]
        answer_json({"reviews": said, "disagreements": differ, "judges": counted_pairs})
        return
    for review in said:
        _tell_review(review)
    for each in differ:
        _tell_disagreement(each)
    _answer_pairs(pairs)
    agreed = sum(review.agrees for review in said)
    answer(f"{counted(len(said), 'review')}: {agreed} agree, {len(said) - agreed} dissent.")


def _tell_review(review: Review) -> None:
    word = "agrees" if review.agrees else "dissents"
    outdated = ", before it was changed" if review.is_outdated else ""
    answer_text(
        f"judgement {review.judgement_id} · {review.code}: {review.judge} says {review.stance}, "
        f"{review.reviewer} {word}{outdated} · {review.source}",
        style="bold",
    )
    answer_text(f"“{review.quote}”", indent=4)
    for who, words in ((review.judge, review.rationale), (review.reviewer, review.note)):
        if words:
            answer_text(f"{who}: {words}", style="italic", indent=4)


def _tell_disagreement(each: Disagreement) -> None:
    held = f"{each.first_judge} says {each.first_stance}, {each.second_judge} {each.second_stance}"
    answer_text(f"{each.code}: {held} · {each.source}", style="bold")
    answer_text(f"“{each.quote}”", indent=4)


def _answer_pairs(pairs: list[JudgePair]) -> None:
    if pairs:
        answer_table(
            ["judge", "and", "both judged", "alike"],
            [[pair.first, pair.second, pair.passages, pair.alike] for pair in pairs],
            numbers=["both judged", "alike"],
        )
