"""Acts of the text screen that ask for something first: which code, which of several codings, what words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import InputError
from store.rooms import Room
from workbench.code.code_beside import CodeBeside
from workbench.code.codings_list import Answer, CodingsHere
from workbench.desk.desk import UNASKED_ACTS, Desk
from workbench.parts.places import TO

if TYPE_CHECKING:
    from workbench.parts import dialogs, pick, picker
else:
    dialogs = Room("workbench.parts.dialogs")
    pick = Room("workbench.parts.pick")
    picker = Room("workbench.parts.picker")


class CodeChanges(CodeBeside):
    """Commands that open a list or a field over the text."""

    async def do(self, command: str) -> None:
        """Carry out a command of the key table or the palette."""
        raise NotImplementedError

    async def do_palette(self) -> None:
        """All commands and sources, by typing part of their words."""

        def chosen(item: str | None) -> None:
            if item is not None and item.startswith(pick.OPEN):
                self.call_later(self.open_source, int(item.removeprefix(pick.OPEN)))
            elif item is not None and item.startswith(TO):
                self.call_later(self.go_to, item.removeprefix(TO))
            elif item is not None:
                self.call_later(lambda: self._telling(self.do(item)))

        await self._ask(picker.Picker("Commands and sources", pick.everything(self.desk, self.keymap)), chosen)

    # -- codes ----------------------------------------------------------------------------------------------
    async def do_pick(self) -> None:
        """Any code, or several, from a list."""

        def chosen(code: str | None) -> None:
            if code is not None and code.startswith(picker.NEW):
                self._try(lambda desk: desk.code_new(code.removeprefix(picker.NEW)))
            elif code is not None:
                self._try(lambda desk: desk.code_all([int(marked) for marked in choosing.marked or [code]]))

        title = "Re-code: take which code?" if self.desk.recoding is not None else "Code this passage"
        items = pick.code_items(self.desk, self.palette)
        choosing = picker.Picker(title, items, offer_new="a new code", several=self.desk.recoding is None)
        await self._ask(choosing, chosen)

    def do_recode(self) -> None:
        """The next code takes the place of the active coding's."""
        self.say(self.desk.begin_recode())

    async def do_codings_here(self) -> None:
        """The codings here as a list: to choose one, or to remove some."""
        here = self.desk.here
        if not here:
            raise InputError("There is no coding here.", "Code the passage first.")

        def chosen(answer: Answer | None) -> None:
            if answer is not None and answer.removes:
                self._try(lambda desk: desk.remove(answer.coding_ids))
            elif answer is not None:
                self.desk.active_id = answer.coding_ids[0]
                self.show_place()

        await self._ask(CodingsHere(self.desk, here), chosen)

    def do_select_coding(self) -> None:
        """Select what the active coding has, to change it."""
        self.desk.select_coding(self.desk.active_or_error("Only a coding can be selected."))
        self.show_place()

    # -- the active coding ----------------------------------------------------------------------------------
    async def do_memo(self) -> None:
        """Write the memo of the active coding."""
        coding = self.desk.active_or_error("A memo needs a coding.")

        def save(body: str) -> None:
            self._act(lambda desk: desk.write_memo(coding.id, body))

        editor = dialogs.MemoEditor(f"Memo · {self.desk.in_words(coding)}", coding.quote, coding.memo, save)
        await self._ask(editor, lambda _: None)

    async def do_reason(self) -> None:
        """Write why the active coding is judged as it is."""
        coding = self.desk.own_judgement("A reason belongs to a judgement of your own.")

        def save(body: str) -> None:
            self._act(lambda desk: desk.give_reason(coding.id, body))

        editor = dialogs.MemoEditor(f"Why · {self.desk.in_words(coding)}", coding.quote, coding.rationale, save)
        await self._ask(editor, lambda _: None)

    async def do_restate(self) -> None:
        """Say the open configuration in one's own words."""
        coding = self.desk.active_or_error("The configuration is that of a coding.")
        found = self.desk.open_configuration(coding)

        def save(body: str) -> None:
            self._act(lambda desk: desk.restate(found.number, body))

        parts = "\n".join(f"{part.element_name}: {part.text}" for part in found.parts)
        about = f"Configuration {found.number} in your words"
        await self._ask(dialogs.MemoEditor(about, parts, found.restatement, save), lambda _: None)

    async def do_remove(self) -> None:
        """Remove the active coding; ask where another coder made it."""
        coding = self.desk.active
        if coding is None:
            raise InputError("There is no coding here to remove.")
        if coding.coder == self.desk.study.coder:
            self._act(lambda desk: desk.remove([coding.id]))
            return
        question = f"{self.desk.in_words(coding)} was coded by {coding.coder}. Remove it?"
        await self._ask_first(question, lambda desk: desk.remove([coding.id]))

    # -- the rest -------------------------------------------------------------------------------------------
    async def do_speaker(self) -> None:
        """Say who speaks in the turn under the cursor."""
        turn = self.desk.turn
        if turn is None:
            raise InputError("There is no turn here.", "Go to what somebody says first.")

        def chosen(item: str | None) -> None:
            if item is not None:
                label = item.removeprefix(picker.NEW if item.startswith(picker.NEW) else pick.SPEAKER)
                self._try(lambda desk: desk.set_turn_speaker(turn.number, label or None))

        title = f"Who speaks in turn {turn.number}? Now: {turn.label or pick.NOBODY}"
        await self._ask(picker.Picker(title, pick.speaker_items(self.desk), offer_new="a new speaker"), chosen)

    async def do_undo(self) -> None:
        """Take back the last act; ask where it was more than a coding act."""
        entry = self.desk.next_undo()
        if entry is None or entry.act in UNASKED_ACTS:
            self._act(Desk.undo)
            return
        await self._ask_first(f"Your last act was no coding, but: {entry.summary}. Undo all of it?", Desk.undo)
