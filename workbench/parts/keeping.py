"""What is typed outlives the workbench, however it ends: by a key, a crash, or a terminal that is closed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from textual.app import App

from store.errors import CmoError

if TYPE_CHECKING:
    from cmo.study import Study


@runtime_checkable
class Keeps(Protocol):
    """A screen that has what is nowhere else."""

    def keep(self) -> None:
        """Keep it now. Raises nothing: what cannot be kept is told, and is kept later."""


def keep_all(app: App[Any]) -> None:
    """Have every screen keep what it has, the one on top first."""
    for screen in reversed(app.screen_stack):
        if screen.is_mounted and isinstance(screen, Keeps):
            screen.keep()


class Drafts:
    """What a coder has typed into forms and not saved: in the study, and where that cannot be written, in memory."""

    def __init__(self, study: Study | None = None) -> None:
        self._study = study
        self._typed: dict[str, Mapping[str, str]] = {}

    def of(self, form: str) -> Mapping[str, str]:
        """The words in the fields of a form, by the fields' names."""
        if form not in self._typed:
            self._typed[form] = {}
            if self._study is not None:
                with suppress(CmoError):
                    self._typed[form] = self._study.draft(form)
        return self._typed[form]

    def keep(self, form: str, typed: Mapping[str, str]) -> None:
        """Keep these words in place of the earlier ones; without any, nothing."""
        if typed != self.of(form):
            self._typed[form] = dict(typed)
            if self._study is not None:
                with suppress(CmoError):  # whoever saves the form will be told
                    self._study.keep_draft(form, typed)


_OF_APPS: WeakKeyDictionary[App[Any], Drafts] = WeakKeyDictionary()


def keep_drafts_in(study: Study, app: App[Any]) -> None:
    """Have the forms of an app keep their drafts in a study."""
    _OF_APPS[app] = Drafts(study)


def drafts_of(app: App[Any]) -> Drafts:
    """The drafts of an app's forms."""
    return _OF_APPS.setdefault(app, Drafts())
