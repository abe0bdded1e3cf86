"""Choosing which evidence is shown: one dimension after the other, each with a label of the study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual.screen import Screen

from cmo.dimensions import DIMENSIONS
from cmo.records import missing
from cmo.study import Study
from workbench.parts.picker import Item, Picker

Where = dict[str, str | None]

_ALL, _NOTHING = "all", "value:none"
_VALUE = "value:is "


def in_words(where: Mapping[str, str | None]) -> str:
    """``#7 · Case 1 · role: nurse``: what evidence is narrowed to; labels that speak for themselves stand alone."""
    said = []
    for dimension, label in where.items():
        name = dimension.removeprefix("attribute:")
        if label is None:
            said.append(missing(name))
        else:
            said.append(label if dimension in ("point", "case", "source", "code", "stance") else f"{name}: {label}")
    return " · ".join(said)


def dimension_items(study: Study) -> list[Item]:
    """Everything that evidence can be arranged by."""
    attributes = [f"attribute:{attribute.name}" for attribute in study.attributes()]
    return [Item(name, name.removeprefix("attribute:")) for name in (*DIMENSIONS, *attributes)]


class Narrowing:
    """Asks over a screen for a dimension, then for its label; calls ``then`` with what the evidence is narrowed to."""

    def __init__(
        self, screen: Screen[Any], study: Study, where: Mapping[str, str | None], then: Callable[[Where], object]
    ) -> None:
        self._screen, self._study, self._where, self._then = screen, study, dict(where), then

    def ask(self) -> None:
        """Ask for the dimension; one that is narrowed already is let go by choosing all of it."""
        items = dimension_items(self._study)
        if self._where:
            items.insert(0, Item(_ALL, "all, without any filter"))

        def chosen(dimension: str | None) -> None:
            if dimension == _ALL:
                self._then({})
            elif dimension is not None:
                self._ask_label(dimension)

        now = f" (now: {in_words(self._where)})" if self._where else ""
        self._screen.app.push_screen(Picker(f"Only those of which …{now}", items), chosen)

    def _ask_label(self, dimension: str) -> None:
        name = dimension.removeprefix("attribute:")
        items = [Item(_VALUE + label, label) for label in self._study.dimension_labels(dimension)]
        items += [Item(_NOTHING, missing(name)), Item(_ALL, f"any {name}")]

        def chosen(label: str | None) -> None:
            if label is None:
                return
            where = {known: value for known, value in self._where.items() if known != dimension}
            if label != _ALL:
                where[dimension] = None if label == _NOTHING else label.removeprefix(_VALUE)
            self._then(where)

        self._screen.app.push_screen(Picker(f"Which {name}?", items), chosen)
