"""The figures of realist reports, each drawn from a study as SVG or PNG, and told as text for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection

from cmo.report.ground import Ground
from cmo.report.house import read_house_style
from cmo.report.words import Words
from store.errors import BadFile, UnknownName

if TYPE_CHECKING:
    from cmo.study import Study
    from exports.figures.drawing import Drawing


class Figure(NamedTuple):
    """A figure by its English title, and the module of this room with its ``drawing`` and its ``lines``."""

    title: str
    module: str


FIGURES: Mapping[str, Figure] = {
    "chains": Figure("Configurations as chains", "chains"),
    "lineage": Figure("How the theory came to be", "lineage"),
    "heat-map": Figure("Evidence by point and case", "heat_map"),
    "over-time": Figure("Evidence over time", "over_time"),
}
SUFFIXES = (".svg", ".png")


def write_figure(study: Study, name: str, path: str | Path, *, language: str | None = None) -> None:
    """Draw a figure to ``path``, in place of a file that is there; PNG needs the ``png`` extra.

    Raises:
        UnknownName: there is no such figure or language.
        BadFile: the name ends in none of ``SUFFIXES``, or the file cannot be written.
        InputError: nothing is installed that makes PNG of SVG.
    """
    from exports.figures.pixels import as_png
    from exports.replacing import replacing

    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadFile(target, "is no format of a figure.", f"Its name must end in one of {', '.join(SUFFIXES)}.")
    svg = figure_svg(study, name, language=language)
    with replacing(target, suffix) as building:
        if suffix == ".svg":
            building.write_text(svg, encoding="utf-8", newline="\n")
        else:
            building.write_bytes(as_png(svg))


def figure_svg(study: Study, name: str, *, language: str | None = None) -> str:
    """A figure as SVG. Raises UnknownName."""
    draw: Callable[[Ground, str], Drawing] = _module(name).drawing
    with study.file.read() as conn:
        ground = _ground(conn, language)
        return draw(ground, ground.say(FIGURES[name].title)).svg()


def figure_lines(study: Study, name: str, *, language: str | None = None) -> list[str]:
    """A figure as lines of text. Raises UnknownName."""
    tell: Callable[[Ground], list[str]] = _module(name).lines
    with study.file.read() as conn:
        return tell(_ground(conn, language))


def _module(name: str) -> Any:
    if name not in FIGURES:
        raise UnknownName(f"There is no figure '{name}'.", "Figures are " + ", ".join(FIGURES) + ".")
    return import_module(f"exports.figures.{FIGURES[name].module}")


def _ground(conn: Connection, language: str | None) -> Ground:
    house = read_house_style(conn)
    return Ground(conn, Words(language or house.language), house)
