"""Contrast and colours seen differently: the figures of the page are those of the palette, and they are good enough."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cmo.records import Cell, Counts
from workbench.evidence.matrix_grid import WARMEST, leaning
from workbench.text.palette import DARK_PALETTE, LIGHT_PALETTE, Palette, tint

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """The script that computes the figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        yield import_module("make_accessibility")


PALETTES = pytest.mark.parametrize("palette", [DARK_PALETTE, LIGHT_PALETTE], ids=["dark", "light"])
JUST_NOTICEABLE = 2.3
"""The distance in CIELAB that people can just see (Mahy et al. 1994)."""


def test_contrast_is_that_of_the_guidelines(page: Any) -> None:
    assert page.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert page.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert page.contrast("#777777", "#ffffff") == page.contrast("#ffffff", "#777777") < 4.5


def test_distance_is_that_of_cielab(page: Any) -> None:
    plain = page.VISION["as it is"]
    assert page.lab("#ffffff", plain) == pytest.approx((100, 0, 0), abs=0.02)
    assert page.lab("#ff0000", plain) == pytest.approx((53.24, 80.09, 67.20), abs=0.05)


def test_red_and_green_come_near_each_other_for_who_does_not_see_red_and_greys_stay_greys(page: Any) -> None:
    near = {name: page.distance("#b04040", "#5c6a20", seen) for name, seen in page.VISION.items()}
    assert near["protanopia"] < near["as it is"] / 2
    assert near["deuteranopia"] < near["as it is"] / 2
    for seen in page.VISION.values():
        assert page.distance("#808080", "#808080", seen) == 0
        assert page.lab("#808080", seen)[1:] == pytest.approx((0, 0), abs=0.1)


@PALETTES
def test_all_that_is_read_has_a_contrast_of_at_least_four_and_a_half(page: Any, palette: Palette) -> None:
    read = page.read_colours(palette).values()
    assert min(page.contrast(color, ground) for color in read for ground in (palette.ground, palette.lifted)) >= 4.5
    assert page.contrast(palette.bright, palette.selected) >= 4.5


@PALETTES
def test_elements_and_stances_are_told_apart_by_who_sees_colours_differently(page: Any, palette: Palette) -> None:
    for pairs in page.told_apart(palette).values():
        for seen in page.VISION.values():
            assert min(page.distance(one, other, seen) for one, other in pairs) > 4 * JUST_NOTICEABLE


def test_the_figures_of_the_page_are_those_of_the_palette(page: Any) -> None:
    written = page.PAGE.read_text(encoding="utf-8")
    assert page.with_figures(written) == written


@PALETTES
def test_words_in_the_warmest_cell_of_the_matrix_are_read(page: Any, palette: Palette) -> None:
    for hue in (palette.accent, palette.supports, palette.refutes):
        assert page.contrast(palette.bright, tint(palette.ground, hue, WARMEST)) >= 4.5


@PALETTES
def test_a_cell_of_the_matrix_leans_to_what_its_evidence_says(page: Any, palette: Palette) -> None:
    def cell(**stances: int) -> Cell:
        return Cell(Counts(), {name: Counts(excerpts=number) for name, number in stances.items()})

    assert leaning(cell(supports=3), palette) == palette.supports
    assert leaning(cell(rival=1), palette) == palette.refutes
    assert leaning(cell(supports=2, refutes=2, refines=5), palette) == palette.accent
    seen = page.VISION["as it is"]
    mostly, partly = leaning(cell(supports=9, refutes=1), palette), leaning(cell(supports=6, refutes=4), palette)
    assert page.distance(mostly, palette.supports, seen) < page.distance(partly, palette.supports, seen)
