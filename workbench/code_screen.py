"""The screen on which interviews are read and coded: what each key does."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from cmo.records import Element
from store.errors import InputError
from workbench.code_places import CodePlaces
from workbench.desk import UNASKED_ACTS, Desk
from workbench.dialogs import MemoEditor
from workbench.keymap import ALL_KEYS, BY_KEY, LIST_KEYS, USUAL_ELEMENTS
from workbench.pick import NOBODY, OPEN, SPEAKER, code_items, everything, speaker_items
from workbench.picker import NEW, Picker
from workbench.prompt import PointChoice
from workbench.reading import Reading, Unit

MOVES: dict[str, Callable[[Reading], object]] = {
    "next_sentence": lambda reading: reading.move(1),
    "previous_sentence": lambda reading: reading.move(-1),
    "next_turn": lambda reading: reading.next_turn(),
    "previous_turn": lambda reading: reading.previous_turn(),
    "first_sentence": lambda reading: reading.go_to_number(0),
    "last_sentence": lambda reading: reading.go_to_number(len(reading.sentences) - 1),
    "extend_sentence": lambda reading: reading.extend(Unit.SENTENCE, forward=True),
    "extend_sentence_back": lambda reading: reading.extend(Unit.SENTENCE, forward=False),
    "extend_word": lambda reading: reading.extend(Unit.WORD, forward=True),
    "extend_word_back": lambda reading: reading.extend(Unit.WORD, forward=False),
    "extend_turn": lambda reading: reading.extend(Unit.TURN, forward=True),
    "extend_turn_back": lambda reading: reading.extend(Unit.TURN, forward=False),
    "switch_end": lambda reading: reading.switch_end(),
}

ACTS: dict[str, Callable[[Desk], str]] = {
    "repeat": lambda desk: desk.repeat(),
    "supports": lambda desk: desk.judge("supports"),
    "refutes": lambda desk: desk.judge("refutes"),
    "refines": lambda desk: desk.judge("refines"),
    "extends": lambda desk: desk.judge("extends"),
    "rival": lambda desk: desk.judge("rival"),
    "choose_next": lambda desk: desk.choose(1),
    "choose_previous": lambda desk: desk.choose(-1),
    "redo": Desk.redo,
}


class CodeScreen(CodePlaces):
    """Keys are acts on the desk.

    Every key is taken here, before it goes to a widget and in the order of typing, so that a coder who types
    ahead (``m 7 +``) never has a key land on the wrong passage. A command is a method whose name begins with
    ``do_``, or an entry of MOVES or ACTS.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"press('{key}')", show=False, priority=True) for key in ALL_KEYS
    ]

    # -- keys -----------------------------------------------------------------------------------------------
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave a key to the pane that has the focus where that pane has its own use for it."""
        if action != "press" or self.prompt.choice is not None or self.text.has_focus:
            return True
        return not isinstance(self.focused, Input) and parameters[0] not in LIST_KEYS

    async def action_press(self, key: str) -> None:
        """Do what a key stands for. What the study refuses is told on the status line, and all goes on."""
        await self._telling(self._press(key))

    async def _press(self, key: str) -> None:
        if self.prompt.choice is not None and not self._fed_prompt(key):
            return
        in_text = self.text.has_focus or not self.text.display
        if in_text and key in self.elements:
            self._open_prompt(self.elements[key])
            return
        known = BY_KEY.get(key)
        if known is None:
            if key in USUAL_ELEMENTS and not self.elements:
                raise InputError("This study has no programme theory yet.", "/ codes with codes of your own.")
        elif not (known.anywhere or in_text):
            self.say("That key works in the text: esc brings you there.")
        elif known.command == "recent":
            self._act(lambda desk: desk.code_digit(int(key)))
        else:
            await self.do(known.command)

    async def do(self, command: str) -> None:
        """Carry out a command of the key table or the palette."""
        if command in MOVES:
            self._move(MOVES[command])
        elif command in ACTS:
            self._act(ACTS[command])
        else:
            result = getattr(self, f"do_{command}")()
            if isawaitable(result):
                await result

    # -- the prompt -----------------------------------------------------------------------------------------
    def _open_prompt(self, element: Element) -> None:
        if self.desk.reading is None:
            raise InputError("There is no text to code yet.", "Open a source first.")
        self.prompt.open(PointChoice(self.desk.theory.points, element, self.desk.point))
        self.show_prompt()

    def _fed_prompt(self, key: str) -> bool:
        """Give a key to the open prompt; True where the key is still to do its own work after it."""
        choice = self.prompt.choice
        assert choice is not None
        character = "." if key == "full_stop" else key
        if key in ("up", "down"):
            choice.step(1 if key == "down" else -1)
        elif key == "escape" or (key == "backspace" and not choice.rub_out()):
            self.prompt.close()
        elif key == "enter":
            self._code_chosen(choice)
        elif len(character) == 1 and choice.type(character):
            if choice.is_unambiguous:
                self._code_chosen(choice)
        elif choice.exact is not None and not key.isdigit():
            self._code_chosen(choice)
            return True
        elif not choice.typed and key in self.elements:
            self._open_prompt(self.elements[key])
        elif len(character) == 1:
            self.say(f"No point has the number {choice.typed}{character}.")
        self.show_prompt()
        return False

    def _code_chosen(self, choice: PointChoice) -> None:
        point = choice.exact or choice.highlighted
        self.prompt.close()
        self.show_prompt()
        if point is not None:
            self._act(lambda desk: desk.code_point(point.label, choice.element.letter))

    async def do_palette(self) -> None:
        """All commands and sources, by typing part of their words."""

        def chosen(item: str | None) -> None:
            if item is not None and item.startswith(OPEN):
                self.call_later(self.open_source, int(item.removeprefix(OPEN)))
            elif item is not None:
                self.call_later(lambda: self._telling(self.do(item)))

        await self._ask(Picker("Commands and sources", everything(self.desk)), chosen)

    # -- acts that ask first --------------------------------------------------------------------------------
    async def do_pick(self) -> None:
        """Any code, from a list."""

        def chosen(code: str | None) -> None:
            if code is not None and code.startswith(NEW):
                self._try(lambda desk: desk.code_new(code.removeprefix(NEW)))
            elif code is not None:
                self._try(lambda desk: desk.code(int(code)))

        items = code_items(self.desk, self.palette)
        await self._ask(Picker("Code this passage", items, offer_new="a new code"), chosen)

    async def do_speaker(self) -> None:
        """Say who speaks in the turn under the cursor."""
        turn = self.desk.turn
        if turn is None:
            raise InputError("There is no turn here.", "Go to what somebody says first.")

        def chosen(item: str | None) -> None:
            if item is not None:
                label = item.removeprefix(NEW if item.startswith(NEW) else SPEAKER)
                self._try(lambda desk: desk.set_turn_speaker(turn.number, label or None))

        title = f"Who speaks in turn {turn.number}? Now: {turn.label or NOBODY}"
        await self._ask(Picker(title, speaker_items(self.desk), offer_new="a new speaker"), chosen)

    async def do_memo(self) -> None:
        """Write the memo of the active coding."""
        coding = self.desk.active
        if coding is None:
            raise InputError("A memo needs a coding.", "There is none here: code the passage first.")

        def save(body: str) -> None:
            self._try(lambda desk: desk.write_memo(coding.id, body))

        editor = MemoEditor(self.desk.in_words(coding), coding.quote, coding.memo, save)
        await self._ask(editor, lambda _: None)

    async def do_remove(self) -> None:
        """Remove the active coding; ask where another coder made it."""
        coding = self.desk.active
        if coding is None:
            raise InputError("There is no coding here to remove.")
        if coding.coder == self.desk.study.coder:
            self._act(lambda desk: desk.remove(coding.id))
            return
        question = f"{self.desk.in_words(coding)} was coded by {coding.coder}. Remove it?"
        await self._ask_first(question, lambda desk: desk.remove(coding.id))

    async def do_undo(self) -> None:
        """Take back the last act; ask where it was none of this screen."""
        entry = self.desk.next_undo()
        if entry is None or entry.act in UNASKED_ACTS:
            self._act(Desk.undo)
            return
        await self._ask_first(f"Your last act was no coding, but: {entry.summary}. Undo all of it?", Desk.undo)
