"""Reading the evidence of a large point beside the work, so that no key waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual.screen import Screen

from store.errors import CmoError

if TYPE_CHECKING:
    from cmo.beside import PointEvidence
    from cmo.study import Study


class _Wish(NamedTuple):
    screen: Screen[None]
    point_id: int
    source_id: int | None
    then: Callable[[int, PointEvidence], None]


class EvidenceReader:
    """Reads one point at a time in a thread, over a connection of its own; only the newest wish is answered."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._own: Study | None = None
        self._wish: _Wish | None = None
        self._is_reading = False

    def ask(
        self,
        screen: Screen[None],
        point_id: int,
        source_id: int | None,
        then: Callable[[int, PointEvidence], None],
    ) -> None:
        """Call ``then`` with a point's evidence when it has been read, if nothing else was asked for since."""
        self._wish = _Wish(screen, point_id, source_id, then)
        self._begin(self._wish)

    def close(self) -> None:
        """Nothing more is wanted."""
        self._wish = None
        if not self._is_reading:
            self._let_go()

    def _let_go(self) -> None:
        if self._own is not None:
            self._own.close()
            self._own = None

    def _begin(self, wish: _Wish) -> None:
        if not self._is_reading:
            self._is_reading = True
            wish.screen.run_worker(lambda: self._read(wish), thread=True, group="evidence", exit_on_error=False)

    def _read(self, wish: _Wish) -> None:
        """In the thread."""
        found = None
        try:
            if self._own is not None and self._own.is_blind != self._study.is_blind:
                self._let_go()
            if self._own is None:
                self._own = self._study.again()
            found = self._own.point_evidence(wish.point_id, wish.source_id)
        except CmoError:
            pass  # the study is busy or was moved: the next key that codes will say so
        finally:
            if self._wish is None:
                self._let_go()
            else:
                wish.screen.app.call_from_thread(self._done, wish, found)

    def _done(self, wish: _Wish, found: PointEvidence | None) -> None:
        self._is_reading = False
        if self._wish is not None and self._wish is not wish:
            self._begin(self._wish)
        elif found is not None:
            wish.then(wish.point_id, found)
