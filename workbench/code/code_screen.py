"""The screen on which interviews are read and coded: what each key does."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from codebook.judging import HIGHEST_RATING
from store.errors import InputError
from workbench.code.code_changes import CodeChanges
from workbench.desk.desk import Desk
from workbench.keys.key_names import BINDABLE
from workbench.keys.keymap import LIST_KEYS, USUAL_ELEMENTS, Key, Keymap
from workbench.parts.prompt import QUALITIES, PointChoice, RatingChoice
from workbench.text.reading import Reading, Unit

if TYPE_CHECKING:
    from cmo.records import Element
    from workbench.desk.preferences import Preferences

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
    "extend_character": lambda reading: reading.extend(Unit.CHARACTER, forward=True),
    "extend_character_back": lambda reading: reading.extend(Unit.CHARACTER, forward=False),
    "extend_turn": lambda reading: reading.extend(Unit.TURN, forward=True),
    "extend_turn_back": lambda reading: reading.extend(Unit.TURN, forward=False),
    "other_end_word": lambda reading: reading.extend_other(Unit.WORD, forward=True),
    "other_end_word_back": lambda reading: reading.extend_other(Unit.WORD, forward=False),
    "switch_end": lambda reading: reading.switch_end(),
}

ACTS: dict[str, Callable[[Desk], str]] = {
    "repeat": lambda desk: desk.repeat(),
    "in_vivo": lambda desk: desk.code_in_vivo(),
    "resize": lambda desk: desk.resize(),
    "split": lambda desk: desk.split(),
    "unite": lambda desk: desk.unite(),
    "supports": lambda desk: desk.judge("supports"),
    "refutes": lambda desk: desk.judge("refutes"),
    "refines": lambda desk: desk.judge("refines"),
    "extends": lambda desk: desk.judge("extends"),
    "rival": lambda desk: desk.judge("rival"),
    "link": lambda desk: desk.link(),
    "new_link": lambda desk: desk.link(begin=True),
    "ripple": lambda desk: desk.ripple(),
    "choose_next": lambda desk: desk.choose(1),
    "choose_previous": lambda desk: desk.choose(-1),
    "blind": lambda desk: desk.switch_blind(),
    "redo": Desk.redo,
}

TAKES_PASSAGE = {"whole_point", "pick", "repeat", "recent", "in_vivo", "bookmark", "copy"}
"""Commands before which a number says how many sentences they are for, as it does before an element."""
MOST_DIGITS = 4
MOST_JUMPS = 50
"""How often at most a number repeats what opens other places."""


class CodeScreen(CodeChanges):
    """Keys are acts on the desk.

    Every key is taken here, before it goes to a widget and in the order of typing, so that a coder who types
    ahead (``m 7 +``) never has a key land on the wrong passage. A command is a method whose name begins with
    ``do_``, or an entry of MOVES or ACTS.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"press('{key}')", show=False, priority=True) for key in BINDABLE
    ]

    def __init__(
        self,
        desk: Desk,
        study_name: str,
        keymap: Keymap | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(desk, study_name, keymap, preferences)
        self._number: str | None = None

    # -- keys -----------------------------------------------------------------------------------------------
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave a key to the pane that has the focus where that pane has its own use for it."""
        if action != "press" or self.prompt.choice is not None or self.is_in_text:
            return True
        return not isinstance(self.focused, Input) and parameters[0] not in LIST_KEYS

    async def action_press(self, key: str) -> None:
        """Do what a key stands for. What the study refuses is told on the status line, and all goes on."""
        await self._telling(self._press(key))

    async def _press(self, key: str) -> None:
        choice = self.prompt.choice
        if isinstance(choice, RatingChoice) and not await self._fed_rating(choice, key):
            return
        if isinstance(choice, PointChoice) and not self._fed_prompt(choice, key):
            return
        if self._number is not None and self._fed_number(self._number, key):
            return
        number, self._number = self._number, None
        await self._carry_out(key, int(number or 0))

    async def _carry_out(self, key: str, number: int) -> None:
        """Do a key's work; ``number`` was typed before it, 0 for none."""
        in_text = self.is_in_text or not self.text.display
        if in_text and key in self.elements:
            self._take(number)
            self._open_prompt(self.elements[key])
            return
        known = self.keymap.by_key.get(key)
        if known is None:
            if key in USUAL_ELEMENTS and not self.elements:
                raise InputError("This study has no programme theory yet.", "/ codes with codes of your own.")
        elif not (known.anywhere or in_text):
            self.say("That key works in the text: esc brings you there.")
        elif known.command == "recent":
            self._take(number)
            self._act(lambda desk: desk.code_digit(int(key)))
        else:
            await self._repeated(known, number)

    async def _repeated(self, known: Key, number: int) -> None:
        if known.command in MOVES and number and known.counts:
            self._move(MOVES[known.command], number)
        elif known.command == "last_sentence" and number:
            self._move(lambda reading: reading.go_to_number(number - 1))
        elif known.counts and number:
            for _ in range(min(number, MOST_JUMPS)):
                await self.do(known.command)
        else:
            self._take(number if known.command in TAKES_PASSAGE else 0)
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

    # -- numbers --------------------------------------------------------------------------------------------
    def do_count(self) -> None:
        """Begin a number for the next key."""
        self._number = ""
        self.say("Number ▏ then a key: 0 3 j goes on three sentences, 0 3 m 7 codes three")

    def _fed_number(self, number: str, key: str) -> bool:
        """Give a key to the number that is typed; False where the key is to use it."""
        if key.isdigit() and len(number) < MOST_DIGITS:
            self._number = number + key
            self.say(f"Number {self._number}▏")
            return True
        if key in ("escape", "backspace"):
            self._number = None
            self.say("")
            return True
        return False

    def _take(self, sentences: int) -> None:
        if sentences and self.desk.reading is not None:
            self.desk.reading.take(sentences)
            self.show_place()

    # -- choosing a point -----------------------------------------------------------------------------------
    def do_whole_point(self) -> None:
        """Code to a point as a whole, or as undecided between elements of it."""
        self._open_prompt(None)

    def _open_prompt(self, element: Element | None) -> None:
        self.desk.opened()
        if not self.desk.held_points:
            raise InputError("The programme theory has no points yet.", "/ codes with codes of your own.")
        self.prompt.open(PointChoice(self.desk.held_points, element, self.desk.point))
        self.show_prompt()

    def _fed_prompt(self, choice: PointChoice, key: str) -> bool:
        """Give a key to the open prompt; True where the key is still to do its own work after it."""
        character = "." if key == "full_stop" else key
        if key in ("up", "down"):
            choice.step(1 if key == "down" else -1)
        elif key == "escape" or (key == "backspace" and not choice.rub_out()):
            self.prompt.close()
        elif key == "enter":
            self._code_chosen(choice)
            return False
        elif not choice.typed and (element := self._element_of(key)) is not None:
            self._other_element(choice, element)
        elif len(character) == 1 and choice.type(character):
            if choice.is_unambiguous:
                self._code_chosen(choice)
                return False
        elif choice.exact is not None and not key.isdigit():
            self._code_chosen(choice)
            return True
        elif len(character) == 1:
            self.say(f"No point has the number {choice.typed}{character}.")
        self.show_prompt()
        return False

    def _element_of(self, key: str) -> Element | None:
        """The element on a key, or one that has the letter and no key."""
        without_key = (e for e in self.desk.theory.elements if e not in self.elements.values())
        return self.elements.get(key) or next((e for e in without_key if e.letter.casefold() == key.casefold()), None)

    def _other_element(self, choice: PointChoice, element: Element) -> None:
        if choice.element is None:
            choice.switch_letter(element.letter)
        else:
            choice.element = element

    def _code_chosen(self, choice: PointChoice) -> None:
        point = choice.exact or choice.highlighted
        self.prompt.close()
        if point is None:
            self.show_prompt()
            return
        if choice.element is not None:
            letter = choice.element.letter
            self._act(lambda desk: desk.code_point(point.label, letter))
        elif len(choice.letters) == 1:
            self._act(lambda desk: desk.code_point(point.label, choice.letters))
        else:
            self._act(lambda desk: desk.code_point(point.label, None, choice.letters or None))

    # -- rating ---------------------------------------------------------------------------------------------
    def do_rate(self) -> None:
        """Ask how strong, relevant and rigorous the evidence is."""
        coding = self.desk.active_or_error("Only a coding can be rated.")
        self.prompt.open(RatingChoice(self.desk.in_words(coding), coding))
        self.show_prompt()

    async def _fed_rating(self, choice: RatingChoice, key: str) -> bool:
        """Give a key to the rating; True where it closes, and the key is still to do its own work."""
        if key in QUALITIES:
            choice.quality = QUALITIES[key]
            self.show_prompt()
            return False
        self.prompt.close()
        self.show_prompt()
        if key.isdigit() and int(key) <= HIGHEST_RATING:
            self._act(lambda desk: desk.rate(choice.quality, int(key)))
        elif key == "b":
            self._act(Desk.switch_best)
        elif key == "w":
            await self.do_reason()
        else:
            return key != "escape"
        return False
