"""Figures that take seconds in a large study are counted beside the work, so that no key waits for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen

from cmo.study import Study
from store.errors import CmoError

Figures = TypeVar("Figures")

SOON_COUNTED = 20_000
"""Codings of a study up to which everything is counted at once."""


class Counting:
    """Counts for a screen; of a large study in a thread, over a connection of its own. Only the newest wish is met."""

    def __init__(self, screen: Screen[Any], study: Study) -> None:
        self._screen, self._study = screen, study
        self._wishes = 0
        self.is_under_way = False

    def ask(self, count: Callable[[Study], Figures], then: Callable[[Figures], None]) -> None:
        """Call ``then`` with what ``count`` finds; in a large study, later."""
        self._wishes += 1
        if self._study.info().counts["codings"] <= SOON_COUNTED:
            then(count(self._study))
            return
        self.is_under_way = True
        wish = self._wishes
        self._screen.run_worker(lambda: self._count(wish, count, then), thread=True, exit_on_error=False)

    def _count(self, wish: int, count: Callable[[Study], Figures], then: Callable[[Figures], None]) -> None:
        """In the thread."""
        app = self._screen.app
        try:
            with self._study.again() as own:
                found = count(own)
        except CmoError:
            return  # the study is busy or was moved: the next act will say so
        app.call_from_thread(self._done, wish, found, then)

    def _done(self, wish: int, found: Figures, then: Callable[[Figures], None]) -> None:
        if wish == self._wishes and self._screen.is_attached:
            self.is_under_way = False
            then(found)
