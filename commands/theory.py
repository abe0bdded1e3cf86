"""`cmo theory`: the programme theory; bring it in, print it, and by the commands below it change and trace it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.groups import DEFAULT, WithDefault
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table
from commands.tables import bring_in
from commands.theory_acts import abandon, add, arrange, grammar, merge, refine, restore, sentence, split
from commands.theory_ends import export, freeze, states, verdict
from commands.theory_steps import blame, decisions, diff, lineage, versions

if TYPE_CHECKING:
    from cmo.records import Point, Theory

theory = typer.Typer(
    cls=WithDefault,
    no_args_is_help=True,
    help="Bring in the programme theory or print it; change it with a reason, and trace how it came to be.",
)
PANELS: Mapping[str, Sequence[Callable[..., None]]] = {
    "Change it": (add, refine, split, merge, abandon, restore, sentence, arrange, grammar),
    "Trace it": (versions, decisions, diff, lineage, blame),
    "Keep, judge and hand it on": (freeze, states, verdict, export),
}
for _panel, _commands in PANELS.items():
    for _command in _commands:
        theory.command(rich_help_panel=_panel)(_command)


@theory.command(DEFAULT)
def show(
    study: StudyPath,
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[TABLE]", help="A CSV, XLSX, DOCX or MD table of number, context, mechanism, outcome."),
    ] = None,
    glossary: Annotated[Path | None, typer.Option(metavar="TABLE", help="A table of term and meaning.")] = None,
    grammar: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="CMO, CMO-split, CIMO, ICAMO, SCMO, or your own: 'B=barrier, E=enabler'."),
    ] = None,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in the programme theory; without a table, print it. `cmo theory STUDY` is the same."""
    if table is None and (glossary or grammar):
        raise UsageError(
            "--glossary and --grammar go with a table of the theory.", "cmo theory STUDY TABLE --glossary GLOSSARY"
        )
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(
                opened,
                lambda: opened.import_theory(table, glossary=glossary, grammar=grammar),
                one="point",
                preview=preview,
                as_json=as_json,
            )
        elif as_json:
            answer_json(opened.theory())
        else:
            _print(opened.theory())


def _print(found: Theory) -> None:
    if not found.points:
        answer("No programme theory yet: cmo theory STUDY TABLE brings it in.")
        return
    answer_table(
        ["point", *(element.name for element in found.elements), "version"],
        [
            [
                _name(point),
                *(point.wording.get(element.letter) or "(none)" for element in found.elements),
                point.version,
            ]
            for point in found.points
        ],
        numbers=["version"],
        lines=True,
    )
    for point in found.held:
        answer(f"{point.label}: {point.sentence}")
    for term, meaning in found.glossary.items():
        answer(f"{term}: {meaning}")


def _name(point: Point) -> str:
    """The point's label and title, and what is to be known of its standing."""
    more = [] if point.is_held else [point.state]
    more += [f"part of {point.parent}"] if point.parent else []
    more += [f"rival of {point.rival_of}"] if point.rival_of else []
    return " ".join(part for part in (point.label, point.title, f"({', '.join(more)})" if more else "") if part)
