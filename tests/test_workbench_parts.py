"""The small parts of the workbench that need no screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbench_samples import transcript_of

from cmo.records import Cell, Counts, Element, Point
from codebook.records import Coding
from transcripts.columns import Turns
from transcripts.records import Case, Source
from workbench.code.sources_pane import by_case
from workbench.desk.recent import RecentCodes
from workbench.keys.card import markdown_card
from workbench.keys.key_names import BINDABLE
from workbench.keys.keymap import KEYS, Keymap
from workbench.parts.picker import Item, search
from workbench.parts.prompt import PointChoice
from workbench.text.find_bar import find_all
from workbench.text.page import LONGEST_MEASURE, SHORTEST_MEASURE, SpeakerColumn, plan_page
from workbench.text.spans import SpanIndex
from workbench.text.stripes import Margin
from workbench.text.text_layout import TextLayout
from workbench.text.words import clipped, listed, stance_counts

_JUDGED = {"judgement_id": None, "stance": None, "strength": None, "relevance": None, "rigour": None, "rationale": ""}
CODING = Coding(
    1,
    "u",
    1,
    1,
    0,
    1,
    "a",
    "ok",
    1,
    "#7 M",
    "#7",
    "M",
    "AB",
    "",
    None,
    False,
    judge=None,
    stale=False,
    memo="",
    **_JUDGED,
)
MECHANISM = Element("M", "mechanism")


def points(*labels: str, overall: bool = True) -> list[Point]:
    first = [Point(0, "u", "H", "Overall", True, 1, 0, {"M": "All of it."})] if overall else []
    return first + [Point(n, "u", label, "", False, 1, n, {"M": f"Words {n}"}) for n, label in enumerate(labels, 1)]


# -- finding what touches a stretch -----------------------------------------------------------------------------
SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1])), max_size=30)


@given(SPANS, st.integers(0, 60), st.integers(1, 20))
def test_what_touches_a_stretch_is_found_by_bisection_as_by_looking_at_everything(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    index = SpanIndex(spans, lambda span: span)
    slow = [span for span in spans if span[0] < start + length and span[1] > start]
    assert sorted(index.touching(start, start + length)) == sorted(slow)


# -- stripes ----------------------------------------------------------------------------------------------------
def coded(*spans: tuple[int, int]) -> list[Coding]:
    return [replace(CODING, id=n, start=start, end=end) for n, (start, end) in enumerate(spans, 1)]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4))), st.data())
def test_an_index_that_was_changed_is_like_one_made_anew(spans: list[tuple[int, int]], data: st.DataObject) -> None:
    listed = [[start, start + length] for start, length in spans]
    gone = data.draw(st.lists(st.sampled_from(listed), unique_by=id)) if listed else []
    kept = [span for span in listed if all(span is not one for one in gone)]
    added = [[2, 4], [2, 9]]
    changed = SpanIndex(listed, lambda span: (span[0], span[1])).changed(gone, added)
    anew = SpanIndex([*kept, *added], lambda span: (span[0], span[1]))
    assert changed.items == anew.items
    for start in range(11):
        assert changed.touching(start, start + 2) == anew.touching(start, start + 2)


def by_place(codings: list[Coding]) -> SpanIndex[Coding]:
    return SpanIndex(codings, lambda coding: (coding.start, coding.end))


@given(SPANS, st.integers(1, 4))
def test_codings_on_the_same_row_stand_in_different_lanes_and_none_is_forgotten(
    spans: list[tuple[int, int]], lanes: int
) -> None:
    words = "en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten"
    layout = TextLayout(transcript_of([("", words)]), 8)
    codings = coded(*spans)
    margin = Margin(by_place(codings), layout, lanes)
    for row in range(layout.height):
        beside, hidden = margin.beside(row)
        here = [c for c in codings if layout.row_of(c.start) <= row <= layout.row_of(c.end - 1)]
        assert len([stripe for stripe in beside if stripe]) + hidden == len(here)


def test_a_coding_keeps_its_lane_over_all_its_rows() -> None:
    layout = TextLayout(transcript_of([("", "en to tre fire fem seks syv otte ni ti")]), 8)
    margin = Margin(by_place(coded((0, 38), (0, 5), (30, 38))), layout, 3)
    beside = [stripe for row in range(layout.height) for stripe in margin.beside(row)[0] if stripe]
    assert {stripe.lane for stripe in beside if stripe.coding.id == 1} == {0}


# -- choosing a point -------------------------------------------------------------------------------------------
def test_a_number_that_no_longer_number_begins_with_is_chosen_at_once() -> None:
    choice = PointChoice(points(*(f"#{n}" for n in range(1, 16))), MECHANISM)
    assert choice.type("2")
    assert choice.is_unambiguous
    assert choice.exact is not None
    assert choice.exact.label == "#2"


def test_a_number_that_may_go_on_waits_and_can_be_taken_as_it_is() -> None:
    choice = PointChoice(points(*(f"#{n}" for n in range(1, 16))), MECHANISM)
    assert choice.type("1")
    assert not choice.is_unambiguous
    assert [point.label for point in choice.matches] == ["#1", "#10", "#11", "#12", "#13", "#14", "#15"]
    assert choice.exact is not None
    assert choice.exact.label == "#1"
    assert choice.type("5")
    assert choice.is_unambiguous


def test_a_number_that_no_point_has_is_not_taken() -> None:
    choice = PointChoice(points("#1", "#2"), MECHANISM)
    assert not choice.type("9")
    assert choice.typed == ""


@pytest.mark.parametrize("key", ["0", "h"])
def test_the_overall_hypothesis_is_zero_or_h(key: str) -> None:
    choice = PointChoice(points("#1"), MECHANISM)
    assert choice.type(key)
    assert choice.exact is not None
    assert choice.exact.is_overall


def test_a_theory_without_an_overall_hypothesis_has_no_zero() -> None:
    assert not PointChoice(points("#1", overall=False), MECHANISM).type("0")


@pytest.mark.parametrize(("labels", "typed"), [(("#7", "#7a"), "7a"), (("#3.1", "#3.2"), "3.2")])
def test_points_numbered_with_letters_and_dots_can_be_typed(labels: tuple[str, ...], typed: str) -> None:
    choice = PointChoice(points(*labels), MECHANISM)
    assert all(choice.type(character) for character in typed)
    assert choice.exact is not None
    assert choice.exact.label == f"#{typed}"


def test_the_current_point_is_highlighted_until_something_is_typed() -> None:
    choice = PointChoice(points("#1", "#2", "#3"), MECHANISM, current="#2")
    assert choice.highlighted is not None
    assert choice.highlighted.label == "#2"
    choice.step(1)
    assert choice.highlighted.label == "#3"
    choice.step(1)
    assert choice.highlighted.label == "H"


# -- keys -------------------------------------------------------------------------------------------------------
def test_elements_have_the_keys_of_their_letters() -> None:
    elements = [Element(name[0].upper(), name) for name in ("context", "intervention", "mechanism", "outcome")]
    found = {key: element.letter for key, element in Keymap().element_keys(elements).items()}
    assert found == {"c": "C", "i": "I", "m": "M", "o": "O"}


def test_an_element_whose_letter_is_taken_has_the_next_free_letter_of_its_name() -> None:
    keys = Keymap().element_keys([Element("M", "mechanism"), Element("M2", "mood"), Element("N", "need")])
    assert {key: element.name for key, element in keys.items()} == {"m": "mechanism", "o": "mood", "e": "need"}


def test_no_key_does_two_things() -> None:
    taken = [name for key in KEYS for name in key.keys]
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(BINDABLE)


# -- recent codes -----------------------------------------------------------------------------------------------
def test_a_code_keeps_its_digit_while_others_are_used() -> None:
    recent = RecentCodes()
    for code in (11, 12, 13, 12, 11):
        recent.use(code)
    assert recent.slots == [11, 12, 13]
    assert recent.last == 11


def test_the_tenth_code_takes_the_digit_of_the_one_used_longest_ago() -> None:
    recent = RecentCodes()
    for code in (*range(1, 10), 1, 99):
        recent.use(code)
    assert recent.on_digit(1) == 1
    assert recent.on_digit(2) == 99


def test_codes_of_earlier_sessions_fill_empty_digits_only() -> None:
    recent = RecentCodes()
    recent.use(5)
    recent.offer(7)
    recent.offer(5)
    assert recent.slots == [5, 7]
    assert recent.last == 5
    recent.keep_only({7})
    assert recent.last == 7


# -- the picker -------------------------------------------------------------------------------------------------
ITEMS = [
    Item("1", "#2 O", "The team comes to trust the board."),
    Item("2", "Night shift", "Everything about working at night"),
    Item("3", "Trust", ""),
    Item("4", "#1 M", "The manager answers on the spot."),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("trust", "Trust"),
        ("night", "Night shift"),
        ("nigt shft", "Night shift"),
        ("#2", "#2 O"),
        ("answers", "#1 M"),
        ("TEAM", "#2 O"),
    ],
)
def test_the_best_match_comes_first(typed: str, first: str) -> None:
    assert search(ITEMS, typed)[0].name == first


def test_nothing_typed_lists_everything_in_its_order() -> None:
    assert search(ITEMS, " ") == ITEMS


def test_nonsense_finds_nothing() -> None:
    assert search(ITEMS, "xqzzv") == []


# -- words ------------------------------------------------------------------------------------------------------
def test_counts_are_told_by_stance_with_those_not_judged_as_a_plain_number() -> None:
    numbers = {"supports": 3, "refutes": 1, None: 2, "stale": 4}
    stances = {stance: Counts(excerpts=number) for stance, number in numbers.items()}
    assert stance_counts(Cell(Counts(excerpts=10), stances)) == ["3+", "1−", "2○", "4?"]


def test_a_text_is_cut_after_a_whole_word() -> None:
    assert clipped("en lang sætning uden ende", 15) == "en lang…"
    assert clipped("kort\ntekst", 20) == "kort tekst"


def test_names_are_listed_as_far_as_there_is_room() -> None:
    assert listed(["Nord", "Syd"], 9) == "Nord, Syd"
    assert listed(["Nord", "Syd", "Vest", "Øst"], 19) == "Nord and 3 more"
    assert listed(["Et meget langt navn"], 12) == "Et meget…"


def test_words_are_found_in_any_case_and_over_line_breaks() -> None:
    assert [span.start for span in find_all("Hjælp os. HJÆLP\nos!", "hjælp os")] == [0, 10]
    assert find_all("a.b", ".") == [(1, 2)]
    assert find_all("abc", "  ") == []


# -- the page ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("width", "speaker"), [(79, 2), (79, 12), (77, 12), (109, 16), (150, 4), (40, 30)])
def test_the_columns_of_a_page_fill_its_width_and_no_more(width: int, speaker: int) -> None:
    page = plan_page(width, speaker)
    assert page.text_column + page.measure <= width
    assert page.measure <= LONGEST_MEASURE


@pytest.mark.parametrize("speaker", [2, 12])
def test_eighty_columns_leave_a_comfortable_measure_and_three_stripes_for_short_labels(speaker: int) -> None:
    page = plan_page(79, speaker)
    assert page.measure >= SHORTEST_MEASURE - 4
    assert page.lanes >= 2


def test_a_long_label_is_wrapped_in_its_column() -> None:
    speakers = SpeakerColumn(transcript_of([("Anna Sofie Holm", "Ja. Og en masse andet.")]))
    assert [speakers.line(0, n, 11).strip() for n in range(3)] == ["Anna Sofie", "Holm", ""]
    assert speakers.label_rows(0, 11) == 2


def test_the_time_of_a_turn_stands_below_its_label_and_its_role() -> None:
    made = transcript_of([("Anna", "Ja."), ("Bo", "Nej."), ("", "Hm.")])
    times, roles = (21_900, 3_725_000, None), ("Leder", "Borger", None)
    turns = [replace(turn, begins_at=at, role=role) for turn, at, role in zip(made.turns, times, roles, strict=True)]
    speakers = SpeakerColumn(replace(made, turns=Turns.of(turns)))
    beside = [[speakers.line(turn, n, 9).strip() for n in range(3)] for turn in range(3)]
    assert beside == [["Anna", "Leder", "0:21"], ["Bo", "Borger", "1:02:05"], ["", "", ""]]
    assert speakers.width == len("1:02:05")
    assert speakers.label_rows(0, 9) == 1


# -- sources ----------------------------------------------------------------------------------------------------
def test_sources_stand_under_each_of_their_cases_and_cases_without_sources_are_listed() -> None:
    base = transcript_of([("R", "Ja.")]).source
    shared: Source = replace(base, id=1, cases=("A", "B"))
    loose = replace(base, id=2)
    cases = [Case(n, "u", name, {}, ()) for n, name in enumerate("ABC")]
    assert by_case([shared, loose], cases) == [("A", [shared]), ("B", [shared]), ("C", []), ("(no case)", [loose])]


# -- documents --------------------------------------------------------------------------------------------------
def test_the_page_of_keys_is_the_card() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs" / "keys.md").read_text(encoding="utf-8")
    assert page.endswith(markdown_card(Keymap()).strip() + "\n")
