"""Acts from the text screen: done on the desk, shown at once, and told; what the study refuses is told too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from textual.screen import ModalScreen

from store.errors import CmoError, UnknownName
from store.rooms import Room
from workbench.code.code_view import CodeView

if TYPE_CHECKING:
    from workbench.desk.desk import Desk
    from workbench.parts import dialogs
    from workbench.text.reading import Reading
else:
    dialogs = Room("workbench.parts.dialogs")

Result = TypeVar("Result")


class CodeActs(CodeView):
    """How a key or a dialog changes the study or the place in the text."""

    async def _telling(self, work: Awaitable[None]) -> None:
        try:
            await work
        except CmoError as error:
            self._tell(error)

    def _tell(self, error: CmoError) -> None:
        if isinstance(error, UnknownName):
            # Somebody else has changed the study: what is shown is no longer so.
            self.desk.refresh()
            self.show_study()
        self.say_error(error)

    def _move(self, move: Callable[[Reading], object], times: int = 1) -> None:
        if self.desk.reading is not None:
            for _ in range(times):
                move(self.desk.reading)
            self.show_place()

    def _go(self, go: Callable[[Desk], str]) -> None:
        """Go to another place, maybe in another source; nothing of the study changes."""
        transcript = self.desk.transcript
        self.say_with_next(go(self.desk))
        self.set_focus(self.text)
        if self.desk.transcript is transcript:
            self.show_place()
        else:
            self.show_source()

    def _act(self, act: Callable[[Desk], str]) -> None:
        transcript = self.desk.transcript
        self.say_with_next(act(self.desk))
        if self.desk.transcript is transcript:
            self.show_codings()
        else:
            self.show_source()

    async def _ask_first(self, question: str, act: Callable[[Desk], str]) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._try(act)

        await self._ask(dialogs.Question(question), answered)

    async def _ask(self, screen: ModalScreen[Result], then: Callable[[Result | None], None]) -> None:
        """Open a screen over this one."""
        await self.app.push_screen(screen, then)

    def _try(self, act: Callable[[Desk], str]) -> None:
        """An act from a dialog: what the study refuses is told on the status line."""
        try:
            self._act(act)
        except CmoError as error:
            self._tell(error)
