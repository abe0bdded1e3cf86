"""Small screens over the text: a memo, a question, the list of keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from store.errors import CmoError
from workbench.text.palette import Palette, palette_of

if TYPE_CHECKING:
    from workbench.keys.card import Rows
    from workbench.parts.path_line import PathLine

PAUSE = 0.8
"""Seconds without a key after which a memo is saved while it is being written."""
LONGEST = 4.0
"""Seconds after which it is saved though the keys make no pause."""
AT_ONCE = 0.001
SAVES = "esc closes · everything is kept as you write"


class MemoEditor(ModalScreen[None]):
    """Writes a memo, a reason or a restatement. It is saved at every pause and on leaving, however one leaves.

    Where it cannot be saved, that is told here, it is tried again at every pause, and only ctrl+l leaves it unsaved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "leave", show=False, priority=True),
        Binding("ctrl+l", "leave_anyway", show=False, priority=True),
    ]

    def __init__(self, about: str, quote: str, body: str, save: Callable[[str], object]) -> None:
        """``about`` says what is written and on what, as ``Memo · #7 mechanism``; ``save`` raises CmoError."""
        super().__init__()
        self._about, self._quote, self._saved, self._save = about, quote, body, save
        self._pause: Timer | None = None
        self._unsaved_since: float | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._about), classes="dialog-title")
            yield Static(Content(self._quote), id="memo-quote")
            yield TextArea(self._saved, id="memo-body", compact=True, highlight_cursor_line=False)
            yield Static(SAVES, classes="dialog-hint")

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def on_text_area_changed(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        now = monotonic()
        self._unsaved_since = self._unsaved_since or now
        self._pause = self.set_timer(max(min(PAUSE, self._unsaved_since + LONGEST - now), AT_ONCE), self.keep)

    def action_leave(self) -> None:
        self.keep()
        if self._is_saved:
            self.dismiss(None)

    def action_leave_anyway(self) -> None:
        self.keep()
        self.dismiss(None)

    @property
    def _is_saved(self) -> bool:
        return self.query_one(TextArea).text == self._saved

    def keep(self) -> None:
        """Save what has been written."""
        if self._is_saved:
            return
        body, self._unsaved_since = self.query_one(TextArea).text, None
        try:
            self._save(body)
        except CmoError as error:
            said = f"! Not saved: {error.message} {error.hint} · esc tries again · ctrl+l leaves without it"
        else:
            self._saved, said = body, SAVES
        self.query_one(".dialog-hint", Static).update(Content(said))


class PathQuestion(ModalScreen[str | None]):
    """Asks for the path of a file. Dismisses with what was typed, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, question: str, line: PathLine) -> None:
        super().__init__()
        self._question, self._line = question, line

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="dialog-title")
            yield self._line
            yield Static(id="path-names")
            yield Static("Enter takes it · tab completes · esc", classes="dialog-hint")

    def on_path_line_completed(self, event: PathLine.Completed) -> None:
        event.stop()
        self.query_one("#path-names", Static).update(Content("  ".join(event.names)))

    def on_input_submitted(self, event: PathLine.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)


class Question(ModalScreen[bool]):
    """Asks for yes or no. Only y says yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", show=False),
        Binding("n,escape,q", "dismiss(False)", show=False),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog question"):
            yield Static(Content(self._question))
            yield Static("y yes · n no", classes="dialog-hint")


class KeyCard(ModalScreen[None]):
    """All keys, by what they are for; in a list, first those that work there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "dismiss(None)", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "scroll(12)", show=False),
        Binding("pageup", "scroll(-12)", show=False),
    ]

    def __init__(self, groups: Mapping[str, Rows]) -> None:
        super().__init__()
        self._groups = groups

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            yield Static("Keys", classes="dialog-title")
            with VerticalScroll(id="key-card"):
                yield Static(key_card(self._groups, self.app.size.width >= 110, palette_of(self.app)))
            yield Static("↑ ↓ scroll · esc closes", classes="dialog-hint")

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


def key_card(groups: Mapping[str, Rows], two_columns: bool, palette: Palette) -> Content:
    """The key card in one column or two of about the same height."""
    listed = list(groups.items())
    if not two_columns:
        return _side_by_side([_column(listed, palette)])
    heights = list(accumulate(len(rows) + 2 for _, rows in listed))
    first = next(n for n, height in enumerate(heights, start=1) if 2 * height >= heights[-1])
    return _side_by_side([_column(listed[:first], palette), _column(listed[first:], palette)])


def _column(blocks: Sequence[tuple[str, Rows]], palette: Palette) -> list[Content]:
    lines: list[Content] = []
    for group, keys in blocks:
        lines += [Content(""), Content.styled(group, f"bold {palette.accent}")]
        for shown, words in keys:
            lines.append(
                Content.assemble((f"  {shown}".ljust(16), f"bold {palette.bright}"), (f" {words}", palette.text))
            )
    return lines[1:]


def _side_by_side(columns: list[list[Content]]) -> Content:
    width = max(line.cell_length for line in columns[0]) + 3
    height = max(map(len, columns))
    filled = [column + [Content("")] * (height - len(column)) for column in columns]
    rows = []
    for parts in zip(*filled, strict=True):
        row = parts[0]
        for part in parts[1:]:
            row = row + Content(" " * (width - row.cell_length)) + part
        rows.append(row)
    return Content("\n").join(rows)
