"""`cmo memo`: notes on sources, cases, codes, points, codings and on the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.acts import carry_out
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_text
from workbench.text.words import clipped, counted

if TYPE_CHECKING:
    from codebook.records import Memo

NAME_LENGTH = 50


def memo(
    study: StudyPath,
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="The words of a new memo.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="On this source.")] = None,
    case: Annotated[str | None, typer.Option(metavar="NAME", help="On this case.")] = None,
    code: Annotated[str | None, typer.Option(metavar="NAME", help="On this code.")] = None,
    point: Annotated[str | None, typer.Option(metavar="POINT", help="On this PT point.")] = None,
    coding: Annotated[int | None, typer.Option(metavar="NUMBER", help="On this coding.")] = None,
    edit: Annotated[int | None, typer.Option(metavar="MEMO", help="Give this memo other words.")] = None,
    remove: Annotated[int | None, typer.Option(metavar="MEMO", help="Take this memo away.")] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Write a memo on one thing or on the study; without TEXT, list them."""
    named = {"source": source, "case": case, "code": code, "point": point, "coding": coding}
    on = {thing: name for thing, name in named.items() if name is not None}
    changed = edit if edit is not None else remove
    if changed is not None and (on or (edit is not None) == (remove is not None) or (text is None) != (edit is None)):
        raise UsageError("--edit MEMO takes new words, --remove MEMO nothing else.", "cmo memo STUDY TEXT --edit 3")
    with cmo.open_study(study, coder=coder) as opened:
        if remove is not None:
            carry_out(opened, lambda: opened.remove_memo(remove), as_json=as_json)
        elif edit is not None and text is not None:
            carry_out(opened, lambda: opened.edit_memo(edit, text), as_json=as_json)
        elif text is not None:
            carry_out(opened, lambda: opened.add_memo(text, **on), as_json=as_json)
        elif as_json:
            answer_json(opened.memos(**on))
        else:
            _list(opened.memos(**on))


def _list(found: list[Memo]) -> None:
    for each in found:
        name = f" {clipped(each.name, NAME_LENGTH)}" if each.name else ""
        answer_text(f"memo {each.id} · {each.thing}{name} · {each.coder} · {each.changed_at[:10]}", style="bold")
        answer_text(each.body, indent=4)
    answer(counted(len(found), "memo") + "." if found else "No memos yet: cmo memo STUDY TEXT writes one.")
