"""What a cell can hold: nothing of a text is lost, and nothing of it is taken for something else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.excel_text import escaped, parts, starts_a_formula, unwritable, utf16_length, visible
from exports.workbook_quotes import typed

texts = st.text(st.characters(exclude_categories=["Cs"]))
awkward = st.text(st.sampled_from("a å\n😀e\u0301👩\u200d👧\ufe0f🏽"), max_size=400)


@given(awkward | texts, st.integers(2, 40))
def test_the_parts_of_a_text_are_the_text_and_fit(text: str, limit: int) -> None:
    found = parts(text, limit)
    assert "".join(found) == text
    assert all(utf16_length(part) <= limit for part in found)
    assert all(found) or text == ""


@given(texts)
def test_a_text_that_fits_is_one_part(text: str) -> None:
    assert parts(text) == [text]


def test_an_emoji_counts_twice() -> None:
    assert utf16_length("æ😀") == 3
    assert [len(part) for part in parts("😀" * 20_000)] == [16_383, 3_617]


def test_a_text_is_parted_after_a_space_where_there_is_one_near() -> None:
    assert parts("ord " * 10, 18) == ["ord ord ord ord ", "ord ord ord ord ", "ord ord "]


def test_a_text_is_not_parted_before_a_mark_that_belongs_to_a_letter() -> None:
    assert parts("xxxe\u0301y", 4) == ["xxx", "e\u0301y"]
    assert parts("xx👩\u200d👧", 5) == ["xx", "👩\u200d👧"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_takes_for_a_formula_is_known(first: str) -> None:
    assert starts_a_formula(f"{first}1+1")
    assert not starts_a_formula(f"x{first}1")
    assert not starts_a_formula("")


@given(st.text())
def test_what_is_shown_of_a_text_can_be_written_and_has_its_length(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert unwritable(shown) == []
    assert [b for a, b in zip(text, shown, strict=True) if a != b] == [visible(c) for c in unwritable(text)]


def test_a_control_character_is_shown_by_its_picture() -> None:
    assert visible("ding\x07 \ud800\uffff") == "ding␇ \ufffd\ufffd"
    assert unicodedata.name(visible("\x00")) == "SYMBOL FOR NULL"
    assert visible("æ\t\n\r\u0085😀") == "æ\t\n\r\u0085😀"


def test_what_looks_like_an_escape_is_spelled_so_that_excel_shows_it() -> None:
    assert escaped("_x0041_ and _x004_") == "_x005F_x0041_ and _x004_"
    assert escaped("_x000D__x000D_") == "_x005F_x000D__x005F_x000D_"


@pytest.mark.parametrize(
    ("value", "kind", "wanted"),
    [
        ("85", "number", 85),
        ("12,5", "number", 12.5),
        ("-3", "number", -3),
        ("007", "number", "007"),
        ("not stated", "number", "not stated"),
        ("+100", "number", "+100"),
        ("85", "text", "85"),
        ("9" * 16, "number", "9" * 16),
    ],
)
def test_only_what_is_a_number_letter_by_letter_becomes_one(value: str, kind: str, wanted: object) -> None:
    assert typed(value, kind) == wanted
