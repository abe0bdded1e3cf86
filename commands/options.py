"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.exits import UsageError

StudyPath = Annotated[
    Path, typer.Argument(metavar="STUDY", help="The study file, for example spredning.cmo.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document for programs.")]
Coder = Annotated[
    str | None,
    typer.Option("--coder", metavar="NAME", envvar="CMO_CODER", help="Who does it; your login name if not given."),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="en|da", help="The language of heads and notes; the study's choice if not given."
    ),
]
TemplatePath = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE", help="A TOML file with fonts, colours, language and sheets."),
]
Preview = Annotated[bool, typer.Option("--preview", help="Say what would change, value by value, and change nothing.")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="KEY=VALUE",
        help="Only this evidence; can be repeated. KEY is point, element, code, case, role, kind, round, source, "
        "participant, coder, judge, stance or attribute:NAME. Without a VALUE: what has none.",
    ),
]


def conditions(where: list[str] | None, **named: str | None) -> dict[str, str | None]:
    """What evidence is asked for: the named options that were given, and every ``--where KEY=VALUE``.

    Raises:
        UsageError: a ``--where`` without ``=``, or a key that is given twice.
    """
    asked: dict[str, str | None] = {key: value for key, value in named.items() if value is not None}
    for text in where or []:
        key, equals, value = text.partition("=")
        key = key.strip()
        if not equals or not key:
            raise UsageError(f"--where {text}: expected KEY=VALUE.", "For example --where case=North.")
        if key in asked:
            raise UsageError(f"'{key}' is asked for twice.", "Evidence is of one value; ask for each on its own.")
        asked[key] = value.strip() or None
    return asked
