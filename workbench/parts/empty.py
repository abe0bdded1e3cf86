"""What stands where there is nothing yet: what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from workbench.desk.desk import Desk
    from workbench.text.palette import Palette


def what_to_do_first(desk: Desk, palette: Palette) -> Content | None:
    """The first step that is still missing, in words; None where there is a text to read."""
    if desk.reading is not None:
        return None
    name = desk.study.path.name
    steps = [
        ("This study has no sources yet.", ""),
        ("s and then w lead through the first steps.", ""),
        ("Bring interviews in: press I here, or run", f"cmo import {name} FOLDER"),
        ("The programme theory is brought in with", f"cmo theory {name} TABLE.csv"),
        ("Cases and their attributes with", f"cmo cases {name} TABLE.csv"),
    ]
    if desk.sources:
        steps = [("No source is open.", ""), ("Press tab until the sources have the focus, then Enter.", "")]
    parts = [Content.styled(steps[0][0] + "\n", f"bold {palette.bright}")]
    for words, command in steps[1:]:
        shown = f"\n    {command}\n" if command else ""
        parts.append(Content.assemble((f"\n{words}", palette.text), (shown, palette.accent)))
    return Content("").join(parts)


def no_theory(desk: Desk, palette: Palette) -> Content:
    """The theory pane of a study without a theory."""
    return Content.assemble(
        ("No programme theory yet.\n\n", f"bold {palette.bright}"),
        ("Bring one in as a table of number, context, mechanism and outcome:\n\n", palette.text),
        (f"cmo theory {desk.study.path.name} TABLE.csv\n\n", palette.accent),
        ("Until then, / codes passages with codes of your own.", palette.text),
    )
