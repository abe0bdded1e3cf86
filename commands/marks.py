"""`cmo marks`: what is written in the transcripts and was not said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table, say_findings
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo.study import Study


def marks(
    study: StudyPath,
    source: Annotated[
        str | None, typer.Argument(metavar="[SOURCE]", help="One source; without it, all.", show_default=False)
    ] = None,
    form: Annotated[
        str | None, typer.Option("--form", metavar="TEXT", help="Say what every mark written so is, as '[enhed]'.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="omission, pause, redaction, clarification, non-speech, crosstalk, inaudible, attribution; "
            "none: plain speech; found: as it was found.",
        ),
    ] = None,
    attribute: Annotated[
        bool, typer.Option("--attribute", help="Bind quotes to role and case by the brackets under them.")
    ] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """List the pauses, omissions, redactions, remarks and attributions in the text, or say what they are."""
    if (form is None) != (kind is None):
        raise UsageError("--form and --kind go together.", "For example --form '[enhed]' --kind clarification.")
    if attribute and source is None:
        raise UsageError("--attribute needs a SOURCE.", "For example cmo marks study.cmo quotes --attribute.")
    with cmo.open_study(study, coder=coder) as opened:
        if form is not None:
            _set_form(opened, form, kind, source, as_json=as_json)
        elif attribute and source is not None:
            _attribute(opened, source, as_json=as_json)
        else:
            _list(opened, source, as_json=as_json)


def _list(study: Study, source: str | None, *, as_json: bool) -> None:
    found = study.mark_forms(source)
    if as_json:
        answer_json(found)
    elif found:
        rows = [[one.kind, one.form, f"{one.places:,}", f"{one.sources:,}"] for one in found]
        answer_table(["kind", "written", "places", "sources"], rows, numbers=["places", "sources"])
    else:
        answer("No marks: nothing in the text was taken for a pause, an omission or a remark.")
    if (forms := study.house_forms()) and not as_json:
        said = ", ".join(f"{form} is {_in_words(kind)}" for form, kind in forms.items())
        answer(f"Said of all sources, and of those that come in later: {said}.")


def _set_form(study: Study, form: str, kind: str | None, source: str | None, *, as_json: bool) -> None:
    places = study.set_mark_form(form, None if kind == "found" else kind, source)
    if as_json:
        answer_json({"form": form, "kind": kind, "places": places})
    elif places:
        answer(f"{form} is {_in_words(kind)} now, in {counted(places, 'place')}.")
    elif source is None and kind != "found":
        answer(f"Nowhere is {form} a mark yet; in sources that come in later it is {_in_words(kind)}.")
    else:
        answer(f"Nowhere is {form} a mark; `cmo marks STUDY` lists what is.")


def _in_words(kind: str | None) -> str:
    return {"none": "plain speech", "found": "as it was found"}.get(kind or "", kind or "")


def _attribute(study: Study, source: str, *, as_json: bool) -> None:
    report = study.attribute_by_marks(source)
    if as_json:
        answer_json(report)
        return
    given = f"Excerpts given a case: {report.excerpts}. Speakers given a role: {report.speakers}."
    answer(f"Attributions: {report.attributions}. {given}")
    say_findings(report.findings)
