"""The commands that change one case: `cmo cases add`, `rename`, `describe`, `remove`."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.acts import Act, act_options
from commands.exits import UsageError
from commands.option_blocks import takes
from commands.options import StudyPath

CaseName = Annotated[str, typer.Argument(metavar="CASE", help="The case, by its name.", show_default=False)]


@takes(act=act_options)
def add(study: StudyPath, case: CaseName, *, act: Act) -> None:
    """Make a case, without attributes or sources."""
    act.on(study, lambda opened: opened.add_case(case))


@takes(act=act_options)
def rename(
    study: StudyPath,
    case: CaseName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.", show_default=False)],
    *,
    act: Act,
) -> None:
    """Give a case another name; all that refers to it stays."""
    act.on(study, lambda opened: opened.rename_case(case, name))


@takes(act=act_options)
def describe(
    study: StudyPath,
    case: CaseName,
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="ATTRIBUTE=VALUE", help="As Sector=public; nothing after the = takes it away.", show_default=False
        ),
    ],
    *,
    act: Act,
) -> None:
    """Change attributes of a case; a name that no attribute has makes one."""
    given = dict(_value(text) for text in values)
    act.on(study, lambda opened: opened.set_attributes(case, given))


@takes(act=act_options)
def remove(study: StudyPath, case: CaseName, *, act: Act) -> None:
    """Take away a case that nothing refers to."""
    act.on(study, lambda opened: opened.remove_case(case))


def _value(text: str) -> tuple[str, str]:
    attribute, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text}: expected ATTRIBUTE=VALUE.", "For example Sector=public.")
    return attribute, value
