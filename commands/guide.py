"""`cmo guide`: the interview guides, where their questions were asked, and what was answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table, answer_text
from commands.tables import bring_in
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo.guide import Answer, Coverage, Question


def guide(
    study: StudyPath,
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[TABLE]", help="A CSV, XLSX or DOCX table: number, question, purpose, about, role."),
    ] = None,
    find: Annotated[bool, typer.Option("--find", help="Look for the questions in the interviewers' turns.")] = False,
    answers: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Read the answers to this question across sources.")
    ] = None,
    coverage: Annotated[bool, typer.Option("--coverage", help="Which points are asked about, and which not.")] = False,
    asked: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="With --source and --turn: this question is asked there.")
    ] = None,
    not_asked: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="With --source and --turn: this question is not asked there.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="The source of --asked and --not-asked.")] = None,
    turn: Annotated[int | None, typer.Option(help="The turn of --asked and --not-asked.")] = None,
    name: Annotated[str | None, typer.Option("--guide", help="Which guide, where several have the number.")] = None,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in an interview guide, find its questions, read the answers; without any of these, list it."""
    judged = asked or not_asked
    if sum(map(bool, (table, find, answers, coverage, judged))) > 1 or (judged and (source is None or turn is None)):
        raise UsageError(
            "One thing at a time: a table, --find, --answers, --coverage, or --asked with --source and --turn.",
            "For example cmo guide STUDY --asked 3 --source leader1 --turn 14",
        )
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(opened, lambda: opened.import_guide(table), one="question", preview=preview, as_json=as_json)
            return
        if judged and source is not None and turn is not None:
            opened.judge_question(judged, source, turn, asked is not None, guide_name=name)
        if find:
            opened.find_questions()
        if answers is not None:
            found = opened.answers(answers, guide_name=name)
            answer_json(found) if as_json else _print_answers(found)
        elif coverage:
            meeting = opened.coverage()
            answer_json(meeting) if as_json else _print_coverage(meeting)
        else:
            questions = opened.questions()
            answer_json(questions) if as_json else _list(questions)


def _list(questions: list[Question]) -> None:
    if not questions:
        answer("No interview guide yet: cmo guide STUDY TABLE brings one in.")
        return
    answer_table(
        ["guide", "no.", "question", "about", "asked in"],
        [
            [q.guide, q.number, q.wording, ", ".join((*q.points, *q.codes)), counted(len(q.sources), "source")]
            for q in questions
        ],
    )


def _print_answers(found: list[Answer]) -> None:
    if not found:
        answer("It was found in no source: cmo guide STUDY --find looks for it.")
    for one in found:
        place = [one.source, one.case or "(no case)", one.role or "", f"turn {one.turn}"]
        sure = "confirmed" if one.is_confirmed else f"{one.score} % alike"
        answer_text(" · ".join(filter(None, (*place, sure))), style="bold")
        answer_text(one.asked_as, style="dim", indent=2)
        answer_text(one.text or "(no answer)", indent=4)
        answer()


def _print_coverage(found: Coverage) -> None:
    answer_table(
        ["point", "questions", "asked in"],
        [
            [point, ", ".join(f"{q.guide} {q.number}" for q in questions) or "(none)", _sources(found.asked[point])]
            for point, questions in found.questions.items()
        ],
    )
    for question in found.never_asked:
        answer(f"Found nowhere: {question.guide} {question.number}, {question.wording}")


def _sources(number: int) -> str:
    return counted(number, "source") if number else "(nobody was asked)"
