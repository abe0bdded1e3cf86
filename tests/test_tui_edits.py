"""What is changed on the screens of cases, sources and configurations: by a form, in one act, taken back by u."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench_samples import keys, place, small_study, typed

from cmo.study import Study
from workbench.parts.form import Form


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


def attributes(study: Study) -> list[dict[str, str]]:
    return [case.attributes for case in study.cases()]


async def test_the_attributes_of_a_case_are_changed_by_a_form_and_a_new_one_is_made(study: Study) -> None:
    async with place(study, "a") as pilot:
        assert "sector (text)" in await keys(pilot, "a")
        await typed(pilot, sector="semi-public")
        assert "semi-public" in await keys(pilot, "ctrl+s")
        await keys(pilot, "A")
        await typed(pilot, name="employees", value="40")
        await keys(pilot, "ctrl+s")
        assert attributes(study) == [{"sector": "semi-public", "employees": "40"}, {"sector": "private"}]
        await keys(pilot, "u", "u")
        assert attributes(study) == [{"sector": "public"}, {"sector": "private"}]


async def test_a_pick_list_is_chosen_from_and_has_a_place_for_what_nobody_said(study: Study) -> None:
    async with place(study, "a") as pilot:
        await keys(pilot, "K", *"sector", "enter")
        await typed(pilot, kind="choice")
        form = pilot.app.screen
        assert isinstance(form, Form)
        form._widgets["choices"].load_text("public\nprivate\ncharity")  # type: ignore[attr-defined]
        await keys(pilot, "ctrl+s")
        assert study.attributes()[0].choices == ("public", "private", "charity")
        screen = await keys(pilot, "a")
        assert all(words in screen for words in ("● public", "○ charity", "○ not stated", "○ no value"))
        await keys(pilot, "right", "right", "right", "ctrl+s")
        assert attributes(study)[0] == {"sector": "not stated"}


async def test_a_value_of_another_kind_is_refused_in_the_form_and_nothing_typed_is_lost(study: Study) -> None:
    study.set_attributes("Case 1", {"employees": "40"})
    study.set_attributes("Case 2", {"employees": "12"})
    async with place(study, "a") as pilot:
        await keys(pilot, "a")
        await typed(pilot, employees="4o")
        screen = await keys(pilot, "ctrl+s")
        assert "employees '4o': expected a number" in screen
        await typed(pilot, employees="not stated")
        await keys(pilot, "ctrl+s")
        assert attributes(study)[0]["employees"] == "not stated"


async def test_a_source_is_bound_to_another_case_role_and_date(study: Study) -> None:
    async with place(study, "s") as pilot:
        await keys(pilot, "slash", *"amr", "enter", "c")
        await typed(pilot, role="Shop steward", date="14/4 2026")
        form = pilot.app.screen
        assert isinstance(form, Form)
        form._widgets["cases"].mark(["Case 2"])  # type: ignore[attr-defined]
        await keys(pilot, "ctrl+s")
        source = study.source("amr")
        assert (source.case, source.role, source.held_on) == ("Case 2", "Shop steward", "2026-04-14")
        await keys(pilot, "u")
        assert (study.source("amr").case, study.source("amr").role) == (None, None)


async def test_a_link_of_a_configuration_is_taken_away_and_brought_back(study: Study) -> None:
    first, second = (study.new_configuration(name).number for name in ("First", "Second"))
    study.new_configuration("Third")
    study.link_configurations(first, second, "rival")
    study.link_configurations(first, second, "ripple", note="in time")
    async with place(study, "c") as pilot:
        assert "There is no link" in await keys(pilot, "G", "L")
        await keys(pilot, "g")
        await keys(pilot, "L", *"in time", "enter")
        assert [link.kind for link in study.configuration(first).links] == ["rival"]
        await keys(pilot, "L")
        assert study.configuration(first).links == ()
        await keys(pilot, "u")
        assert [link.kind for link in study.configuration(first).links] == ["rival"]


async def test_a_picker_shows_where_one_is_without_colour_and_says_when_nothing_has_the_words(study: Study) -> None:
    async with place(study, "b") as pilot:
        screen = await keys(pilot, "ctrl+p", "down")
        assert sum("▌" in line for line in screen.splitlines()[5:30]) == 1
        screen = await keys(pilot, *"zzzz")
        assert "Nothing has these words." in screen
        await keys(pilot, "enter", "down", "escape")


async def test_one_of_many_is_chosen_in_a_form_by_typing_part_of_it(study: Study) -> None:
    async with place(study, "c") as pilot:
        assert "There is no other configuration" not in await keys(pilot, "n", "tab", "tab", "enter")
        await keys(pilot, *"#11", "enter", "tab", "enter", *"none", "enter", "ctrl+s")
        (made,) = study.configurations()
        assert (made.point, made.case) == ("#11", None)
        assert "There is no other configuration" in await keys(pilot, "l")


async def test_a_case_is_made_renamed_and_removed_again_while_nothing_refers_to_it(study: Study) -> None:
    async with place(study, "a") as pilot:
        for name, told in (
            ("Case 1", "There is a case 'Case 1' already"),
            ("A; B", "without ';'"),
            ("Case 3", "saved"),
        ):
            await keys(pilot, "n")
            await typed(pilot, name=name)
            assert told in await keys(pilot, "ctrl+s")
            await keys(pilot, *([] if told == "saved" else ["ctrl+l", "escape"]))
        await keys(pilot, "G", "r")
        await typed(pilot, name="The third")
        await keys(pilot, "ctrl+s")
        assert [case.name for case in study.cases()] == ["Case 1", "Case 2", "The third"]
        await keys(pilot, "G", "x", "g")
        assert [case.name for case in study.cases()] == ["Case 1", "Case 2"]
        assert "in use" in await keys(pilot, "x")
        await keys(pilot, "u")
        assert len(study.cases()) == 3
