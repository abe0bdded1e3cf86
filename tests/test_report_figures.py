"""Figures: well-formed, whole, legible without colour, and with the numbers of the tables."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as Tree
from collections.abc import Iterator
from pathlib import Path

import pytest
from report_samples import report_study

import cmo
from cmo.study import Study
from exports.figures import FIGURES, figure_lines, figure_svg, write_figure
from exports.figures.drawing import Drawing, wrapped
from exports.figures.heat_map import shade
from exports.figures.over_time import MOST_BARS, bars
from store.errors import BadFile, InputError, UnknownName

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with report_study(tmp_path_factory.mktemp("study")) as made:
        yield made


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in Tree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("language", ["en", "da"])
def test_every_figure_is_an_svg_whose_words_stand_within_it(study: Study, name: str, language: str) -> None:
    root = Tree.fromstring(figure_svg(study, name, language=language))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    assert root.find(f"{SVG}title") is not None
    for element in root.iter(f"{SVG}text"):
        assert 0 <= float(element.get("x", -1)) <= width
        assert 0 <= float(element.get("y", -1)) <= height
        assert float(element.get("font-size", 0)) >= 7.5


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_of_an_empty_study_is_drawn_and_told(tmp_path: Path, name: str) -> None:
    with cmo.new_study(tmp_path / "empty.cmo", coder="AB") as study:
        assert texts(figure_svg(study, name))
        assert figure_lines(study, name)


def test_the_heat_map_has_every_number_of_the_matrix(study: Study) -> None:
    matrix, shown = study.matrix(), texts(figure_svg(study, "heat-map"))
    numbers = [str(cell.total.excerpts) for cell in matrix.cells.values() if cell.total.excerpts]
    assert sorted(word for word in shown if word.isdigit()) == sorted(numbers)
    told = "\n".join(figure_lines(study, "heat-map"))
    assert all(label in told for label in matrix.rows if label)


def test_chains_tell_what_is_said_what_is_inferred_and_what_is_missing(study: Study) -> None:
    told = figure_lines(study, "chains")
    assert "    C [ingen lyttede]" in told
    assert "  → O gik det godt" in told
    assert "  ↳ ripple: 3" in told
    dashes = {element.get("stroke-dasharray") for element in Tree.fromstring(figure_svg(study, "chains")).iter()}
    assert {"5 3", "2 4", "6 2"} <= dashes


def test_lineage_leads_from_each_wording_to_the_next(study: Study) -> None:
    told = figure_lines(study, "lineage")
    assert "  refine → #1 v2" in told
    assert "  abandon → ✕" in told
    assert {"#1 v1", "#1 v2", "refine", "✕ abandon"} <= set(texts(figure_svg(study, "lineage")))


def test_evidence_over_time_adds_up_to_the_matrix(study: Study) -> None:
    told = [line.split() for line in figure_lines(study, "over-time")[1:-2]]
    names = {"not": None, "the": "outside the theory"}
    shown = {names.get(words[1], words[1]): int(words[-1]) for words in told}
    assert shown == {stance: counts.excerpts for stance, counts in study.matrix().grand_total.stances.items()}


def test_many_days_share_bars_and_none_is_lost() -> None:
    days = [f"2026-01-{day:02}" for day in range(1, 91)]
    found = bars(dict.fromkeys(days, 1), days)
    assert len(found) <= MOST_BARS
    assert sum(found) == 90


def test_the_same_study_gives_the_same_figure(study: Study, tmp_path: Path) -> None:
    write_figure(study, "chains", tmp_path / "a.svg")
    write_figure(study, "chains", tmp_path / "b.svg")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_png_is_a_picture_or_says_what_is_missing(study: Study, tmp_path: Path) -> None:
    if importlib.util.find_spec("resvg_py") is None:
        with pytest.raises(InputError, match="not installed"):
            write_figure(study, "heat-map", tmp_path / "map.png")
        assert not (tmp_path / "map.png").exists()
    else:
        write_figure(study, "heat-map", tmp_path / "map.png")
        assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_a_figure_nobody_knows_or_of_no_format_is_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no figure 'pie'"):
        figure_svg(study, "pie")
    with pytest.raises(BadFile, match="no format"):
        write_figure(study, "chains", tmp_path / "chains.gif")


@pytest.mark.parametrize(("excerpts", "step"), [(0, 0), (1, 1), (5, 3), (9, 5), (10, 5)])
def test_the_most_has_the_darkest_shade_and_none_has_none(excerpts: int, step: int) -> None:
    assert shade(excerpts, 10, 5) == step


def test_words_are_wrapped_and_never_lost() -> None:
    words = "et langt ord: arbejdsmiljørepræsentantuddannelsesforløb og mere"
    assert "".join(wrapped(words, 80)).replace(" ", "") == words.replace(" ", "")
    assert wrapped(words, 80, most=2)[-1].endswith("…")


def test_what_somebody_wrote_cannot_break_a_figure() -> None:
    sheet = Drawing(10, 10, "a < b & \x07")
    sheet.words(1, 1, "</text><script>&\x00")
    assert texts(sheet.svg()) == ["</text><script>&␀"]
