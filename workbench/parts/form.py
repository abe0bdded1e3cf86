"""A form of several fields over any screen: what is typed stays as a draft until it is saved, also when cmo ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from store.errors import CmoError
from workbench.parts.form_fields import ChoiceLine, MarkList
from workbench.parts.keeping import drafts_of
from workbench.text.palette import palette_of


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a field offers: what it stands for, and how it is said."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field by the name its answer goes by. ``rows`` is its height on screen where it takes words.

    With ``choices`` one of them is chosen; with ``several`` any number are marked, and the answer has one value a line.
    """

    name: str
    label: str
    value: str = ""
    rows: int = 1
    choices: Sequence[Choice] = field(default=())
    several: bool = False


Answers = Mapping[str, str]


def several(answer: str) -> list[str]:
    """The values marked in a field that takes several."""
    return answer.split("\n") if answer else []


EVERY = 1.0
"""Seconds after which what was typed meanwhile is kept as a draft."""


class Form(ModalScreen[bool]):
    """Dismisses with True when it was saved. What the study refuses is told in the form, and nothing typed is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+l", "start_over", show=False, priority=True),
    ]

    def __init__(self, title: str, fields: Sequence[Field], save: Callable[[Answers], object], about: str = "") -> None:
        """``title`` names the form, and its draft; ``about`` says what will follow from it."""
        super().__init__()
        self._title, self._about, self._fields, self._save = title, about, fields, save
        self._widgets: dict[str, Widget] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog form"):
            yield Static(Content(self._title), classes="dialog-title")
            if self._about:
                yield Static(Content(self._about), classes="form-about")
            with VerticalScroll(classes="form-fields", can_focus=False):
                for one in self._fields:
                    yield Static(Content(one.label), classes="form-label")
                    self._widgets[one.name] = self._widget(one)
                    yield self._widgets[one.name]
            yield Static(classes="form-said")
            yield Static("tab next field · ctrl+s saves · esc leaves, and keeps what you typed", classes="dialog-hint")

    def _widget(self, one: Field) -> Widget:
        value = self._draft.get(one.name, one.value)
        if one.several:
            return MarkList([(choice.value, choice.words) for choice in one.choices], several(value))
        if one.choices:
            return ChoiceLine([(choice.value, choice.words) for choice in one.choices], value)
        if one.rows == 1:
            return Input(value, compact=True, select_on_focus=False)
        area = TextArea(value, compact=True, highlight_cursor_line=False, tab_behavior="focus")
        area.styles.height = one.rows
        return area

    @property
    def _draft(self) -> Answers:
        return drafts_of(self.app).of(self._title)

    def on_mount(self) -> None:
        self.set_interval(EVERY, self.keep)
        if self._draft:
            self._say("What you typed before is still here; ctrl+l starts over.")

    def on_resize(self) -> None:
        # What stands around the fields keeps its place on a small screen; the fields scroll.
        about = self.query(".form-about")
        around = 8 + (about.first().size.height if about else 0)
        self.query_one(".form-fields").styles.max_height = max(self.size.height - around, 4)

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {one.name: self._answer(one) for one in self._fields}

    def _answer(self, one: Field) -> str:
        found = self._widgets[one.name]
        if isinstance(found, MarkList):
            return "\n".join(found.marked)
        if isinstance(found, TextArea):
            return found.text
        assert isinstance(found, Input | ChoiceLine)
        return found.value

    def action_save(self) -> None:
        """Save; what is refused is told, and can be mended."""
        try:
            self._save(self.answers)
        except CmoError as error:
            self.keep()
            self._say(f"! {error.message} {error.hint}".strip())
            return
        self._forget()
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave without saving."""
        self.keep()
        self.dismiss(False)

    def action_start_over(self) -> None:
        """Forget the draft."""
        self._forget()
        for one in self._fields:
            found = self._widgets[one.name]
            if isinstance(found, MarkList):
                found.mark(several(one.value))
            elif isinstance(found, TextArea):
                found.load_text(one.value)
            elif isinstance(found, Input | ChoiceLine):
                found.value = one.value
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.focused is self._widgets[self._fields[-1].name]:
            self.action_save()
        else:
            self.focus_next()

    def keep(self) -> None:
        """Keep what differs from how the form was."""
        given = {one.name: one.value for one in self._fields}
        typed = {name: value for name, value in self.answers.items() if value != given[name]}
        drafts_of(self.app).keep(self._title, typed)

    def _forget(self) -> None:
        drafts_of(self.app).keep(self._title, {})

    def _say(self, words: str) -> None:
        self.query_one(".form-said", Static).update(Content.styled(words, f"bold {palette_of(self.app).bright}"))
