"""How tables share the width of the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commands.layout import GAP, column_widths, word_width_of

texts = st.lists(st.text(alphabet="abc æøå日\n", max_size=60), min_size=1, max_size=5)


@given(columns=st.lists(texts, min_size=1, max_size=8), available=st.integers(min_value=1, max_value=300))
def test_columns_never_take_more_than_there_is(columns: list[list[str]], available: int) -> None:
    widths = column_widths(columns, available)
    assert sum(widths) <= max(available - GAP * len(columns), len(columns))
    assert min(widths) >= 0


@given(columns=st.lists(texts, min_size=1, max_size=8), more=st.integers(min_value=0, max_value=100))
def test_words_are_whole_where_there_is_room_for_all_of_them(columns: list[list[str]], more: int) -> None:
    available = sum(word_width_of(column) + GAP for column in columns) + more
    widths = column_widths(columns, max(available, (GAP + 1) * len(columns)))
    assert all(width >= word_width_of(column) for width, column in zip(widths, columns, strict=True))


def test_room_goes_to_the_column_that_has_more_to_say() -> None:
    short, long = column_widths([["a b"], ["many words that go on and on and on"]], 30)
    assert long > short


def test_a_table_that_fits_is_not_stretched() -> None:
    assert column_widths([["ab", "a"], ["Nordkøl"]], 100) == [2, 7]
