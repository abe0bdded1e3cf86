"""The rows of a transcript that are kept as they were drawn are those that drawing them now would make."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from workbench_samples import transcript_of

from codebook.records import Coding
from workbench.text.page import Page, SpeakerColumn, plan_page
from workbench.text.painting import Drawn, Sheet
from workbench.text.palette import DARK_PALETTE
from workbench.text.reading import Reading, Unit
from workbench.text.spans import SpanIndex
from workbench.text.stripes import Margin
from workbench.text.text_layout import RowKind, TextLayout

WIDTH = 50
TEXT = transcript_of(
    [("I", "Hvad skete der?"), ("R", "Der skete ikke noget. " * 6), ("I", "Og så?"), ("R", "Slut. Ja.")]
)
MOVES = {
    "next": lambda reading: reading.move(1),
    "back": lambda reading: reading.move(-1),
    "sentence": lambda reading: reading.extend(Unit.SENTENCE, forward=True),
    "word": lambda reading: reading.extend(Unit.WORD, forward=False),
    "turn": lambda reading: reading.next_turn(),
    "end": lambda reading: reading.go_to_number(len(reading.sentences) - 1),
}


def coding_on(number: int, sentence: int, length: int) -> Coding:
    """A coding on some sentences of the text, by one coder or the other."""
    start, end = TEXT.sentences[sentence].start, TEXT.sentences[min(sentence + length, len(TEXT.sentences)) - 1].end
    coder = "AB" if number % 2 else "CD"
    judged = {"judgement_id": None, "stance": "supports", "strength": None, "relevance": None, "rigour": None}
    named = {"code_id": 1, "code": "#7 M", "point": "#7", "element": "M", "coder": coder, "created_at": ""}
    rest = {"undecided": None, "is_best": False, "rationale": "", "judge": coder, "stale": False, "memo": ""}
    return Coding(number, "u", 1, 1, start, end, TEXT.text[start:end], "ok", **named, **judged, **rest)


def sheet_of(layout: TextLayout, page: Page, reading: Reading, codings: list[Coding], active: Coding | None) -> Sheet:
    index = SpanIndex(codings, lambda coding: (coding.start, coding.end))
    marks, found = SpanIndex([], lambda mark: mark[:2]), SpanIndex([], lambda span: span)
    margin = Margin(index, layout, page.lanes)
    return Sheet(layout, page, SpeakerColumn(TEXT), margin, index, marks, reading, active, found, DARK_PALETTE, "AB")


def goes_through(sheet: Sheet, number: int) -> bool:
    """Whether the stripe of the active coding is seen beside a row below its name."""
    lanes, hidden = sheet.margin.beside(number)
    seen = [stripe for stripe in (lanes[:-1] if hidden else lanes) if stripe is not None]
    return number > 0 and any(stripe.coding is sheet.active and number > stripe.first + 1 for stripe in seen)


SENTENCES = range(len(TEXT.sentences))
acts = st.one_of(
    st.sampled_from(sorted(MOVES)),
    st.tuples(st.sampled_from(SENTENCES), st.integers(1, 4)),
    st.integers(0, 5),
)
"""A move, a coding put on some sentences, or another coding made the active one."""


@settings(max_examples=40)
@given(st.lists(acts, max_size=12))
def test_a_row_that_is_kept_looks_as_if_it_were_drawn_now(done: list[str | int | tuple[int, int]]) -> None:
    reading = Reading(TEXT)
    page = plan_page(WIDTH, SpeakerColumn(TEXT).width)
    layout = TextLayout(TEXT, page.measure)
    codings: list[Coding] = []
    sheet = sheet_of(layout, page, reading, codings, None)
    drawn = Drawn(sheet, WIDTH)
    for act in done:
        if isinstance(act, str):
            MOVES[act](reading)
        elif isinstance(act, int):
            sheet.active = codings[act] if act < len(codings) else None
        else:
            codings.append(coding_on(len(codings) + 1, *act))
            sheet.codings = SpanIndex(codings, lambda coding: (coding.start, coding.end))
            sheet.margin = Margin(sheet.codings, layout, page.lanes)
            drawn = Drawn(sheet, WIDTH, drawn)
        rows = range(layout.height + 1)
        kept = drawn.strips(rows, 0)
        assert kept == Drawn(sheet, WIDTH).strips(rows, 0)
        for number in rows[:-1]:
            row, passage = layout.rows[number], reading.passage
            is_chosen = row.start < passage.end and passage.start < row.end and row.kind is RowKind.SPEECH
            assert is_chosen == ("▌" in kept[number].text)
            assert goes_through(sheet, number) == ("┃" in kept[number].text)


def test_a_row_that_looks_the_same_after_a_coding_elsewhere_is_the_same_strip() -> None:
    reading, page = Reading(TEXT), plan_page(WIDTH, SpeakerColumn(TEXT).width)
    layout = TextLayout(TEXT, page.measure)
    before = Drawn(sheet_of(layout, page, reading, [], None), WIDTH)
    first, *_, last = before.strips(range(layout.height), 0)
    coded = sheet_of(layout, page, reading, [coding_on(1, SENTENCES[-1], 1)], None)
    after = Drawn(coded, WIDTH, before)
    assert after.strips(range(1), 0)[0] is first
    assert after.strips(range(layout.height), 0)[-1] is not last


def test_a_row_inside_a_selection_is_the_same_strip_when_the_selection_grows() -> None:
    reading, page = Reading(TEXT), plan_page(WIDTH, SpeakerColumn(TEXT).width)
    layout = TextLayout(TEXT, page.measure)
    drawn = Drawn(sheet_of(layout, page, reading, [], None), WIDTH)
    reading.move(1)
    for _ in range(3):
        reading.extend(Unit.SENTENCE, forward=True)
    selected = reading.passage
    before = drawn.strips(range(layout.height), 0)
    reading.extend(Unit.SENTENCE, forward=True)
    after = drawn.strips(range(layout.height), 0)
    inside = [
        n for n in range(layout.height) if selected.start <= layout.rows[n].start and layout.rows[n].end < selected.end
    ]
    assert len(inside) > 1
    assert all(before[number] is after[number] for number in inside)
    assert before != after
