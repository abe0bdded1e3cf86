"""`cmo cases`: bring in a table of cases, or list them; by the commands below it change one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.case_acts import add, describe, remove, rename
from commands.exits import UsageError
from commands.groups import DEFAULT, WithDefault
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table
from commands.tables import bring_in

if TYPE_CHECKING:
    from cmo import Study

cases = typer.Typer(
    cls=WithDefault,
    no_args_is_help=True,
    help="Bring in a table of cases with their attributes, or list them; make, rename, describe or remove one.",
)
for _command in (add, rename, describe, remove):
    cases.command()(_command)


@cases.command(DEFAULT)
def show(
    study: StudyPath,
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[TABLE]", help="A CSV or XLSX table: the case's name, then one column an attribute."),
    ] = None,
    attribute: Annotated[
        str | None, typer.Option(metavar="NAME", help="Settle the kind of this attribute, with --kind or --choices.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="text, number, date, choice; or auto: what its values are.")
    ] = None,
    choices: Annotated[
        str | None, typer.Option(metavar="LIST", help="The pick-list of a choice, parted by semicolons.")
    ] = None,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in a table of cases with their attributes, or settle an attribute; without either, list them.

    `cmo cases STUDY` is the same.
    """
    if (attribute is None) != (kind is None and choices is None) or (attribute and table):
        raise UsageError(
            "--attribute goes with --kind or --choices, and with no table.",
            "For example --attribute Sector --choices 'public; private'",
        )
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(opened, lambda: opened.import_cases(table), one="case", preview=preview, as_json=as_json)
        elif attribute is not None:
            wanted = kind or "choice"
            settled = opened.settle_attribute(
                attribute, None if wanted == "auto" else wanted, (choices or "").split(";")
            )
            if as_json:
                answer_json(settled)
            else:
                answer(f"'{settled.name}' is a {settled.kind}{_of(settled.choices)}.")
        elif as_json:
            answer_json(opened.cases())
        else:
            _list(opened)


def _of(choices: tuple[str, ...]) -> str:
    return f" of {', '.join(choices)}" if choices else ""


def _list(study: Study) -> None:
    found = study.cases()
    if not found:
        answer("No cases yet: cmo cases STUDY TABLE brings them in, and cmo cases add STUDY CASE makes one.")
        return
    names = [attribute.name for attribute in study.attributes()]
    answer_table(
        ["case", *names, "sources"],
        [
            [case.name, *(case.attributes.get(name, "") for name in names), len(case.sources) or "(no source)"]
            for case in found
        ],
    )
