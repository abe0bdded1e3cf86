"""A screen that does long work beside itself: it goes on answering keys, shows how far it is, and can stop it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any, TypeVar

from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from store.errors import CmoError
from transcripts.intake.gathering import Progress
from workbench.parts.lines import progress_line
from workbench.text.palette import palette_of
from workbench.text.words import on_one_line

Result = TypeVar("Result")


class WorkingScreen(Screen[Result]):
    """Does one piece of work at a time, in a thread. Whoever inherits shows what ``said`` is."""

    class Progressed(Message):
        """The work has come to another file. Sent from the thread."""

        def __init__(self, done: int, total: int, name: str) -> None:
            super().__init__()
            self.done, self.total, self.name = done, total, name

    def __init__(self) -> None:
        super().__init__()
        self.doing: str | None = None
        self.said = Content("")
        self._then: Callable[[Any], None] | None = None
        self._stop = Event()

    def show_said(self) -> None:
        """What is said, or what can be done now, has changed."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Tell the coder what was done."""
        self.said = Content.styled(words, f"bold {palette_of(self.app).bright}")
        self.show_said()

    def say_error(self, error: CmoError) -> None:
        """Tell the coder what could not be done, and the cure."""
        palette = palette_of(self.app)
        message = f"! {on_one_line(error.message)} "
        self.said = Content.assemble((message, f"bold {palette.refutes}"), (on_one_line(error.hint), palette.text))
        self.show_said()

    def begin(self, doing: str, work: Callable[[Progress], Any], then: Callable[[Any], None]) -> None:
        """Begin work and go on with what it returns; errors of the study are told instead."""
        self.doing, self._then, self._stop = doing, then, Event()
        stop = self._stop

        def progress(done: int, total: int, name: str) -> bool:
            self.post_message(self.Progressed(done, total, name))
            return not stop.is_set()

        self.say(f"{doing} …")
        self.run_worker(lambda: work(progress), thread=True, exit_on_error=False)

    def stop(self) -> bool:
        """Ask the work to stop before its next file; False where it was asked already."""
        was_asked = self._stop.is_set()
        self._stop.set()
        return not was_asked

    def on_unmount(self) -> None:
        self._stop.set()

    def on_working_screen_progressed(self, event: Progressed) -> None:
        if self.doing is not None and not self._stop.is_set():
            self.said = progress_line(self.doing, event.done, event.total, event.name, palette_of(self.app))
            self.show_said()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if self._then is None or event.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        then, self._then, self.doing, self.said = self._then, None, None, Content("")
        error = event.worker.error
        if isinstance(error, CmoError):
            self.say_error(error)
        elif error is not None:
            raise error
        else:
            then(event.worker.result)
        self.show_said()
