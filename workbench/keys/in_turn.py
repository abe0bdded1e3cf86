"""Keys that come faster than screens open: pasted, typed ahead, or many in one packet of a slow line."""

from __future__ import annotations

from collections import deque

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

LONGEST_SECONDS = 1.0
"""After so long the next key is handled whatever became of the one before: nobody waits for ever."""


class KeysInTurn(App[None]):
    """Hands a key to whoever has the focus when the key before it has done all its work.

    Textual hands all keys that it has to whoever has the focus now. A key that opens a form does so a little later, and
    what was typed into the form would go to the list behind it, which has no use for it or quite another one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._under_way = False
        self._handed_over = 0

    @property
    def has_keys_to_handle(self) -> bool:
        """Whether keys have come that have not yet done all their work."""
        return self._under_way or bool(self._waiting)

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._under_way:
            if not self._waiting:
                self.set_timer(LONGEST_SECONDS, lambda number=self._handed_over: self._is_done(number))
            self._waiting.append(event)
        else:
            await self._hand_over(event)

    async def _hand_over(self, event: events.Key | events.Paste) -> None:
        self._handed_over += 1
        self._under_way = True
        screen, target = self.screen, self.focused or self.screen
        await super().on_event(event)
        if event.is_forwarded:
            self._when_done(target, self._handed_over)
        elif self.screen is not screen:
            self._when_done(self.screen, self._handed_over)
        else:
            self._under_way = False

    def _when_done(self, target: MessagePump, number: int) -> None:
        """Follow a key on its way: from a widget to what holds it, and so on to the app, which may open a screen."""
        if target is self:
            # What is asked of a screen before it is there, it does when all its parts are.
            self.screen.call_later(self.call_later, self._is_done, number)
        elif not target.call_later(self._when_done, target._parent or self, number):
            self.call_later(self._when_done, self, number)

    async def _is_done(self, number: int) -> None:
        if number != self._handed_over:
            return
        self._under_way = False
        while self._waiting and not self._under_way:
            await self._hand_over(self._waiting.popleft())
