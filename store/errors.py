"""Everything that stops a call: one tree, each error with a code, a message and a hint.

An error *stops* the call and nothing of it is kept. Questionable data that does not stop anything is a
:class:`store.findings.Finding` instead.
"""

from __future__ import annotations

from pathlib import Path


class CmoError(Exception):
    """A call that cannot be carried out. ``code`` is stable, ``message`` says what, ``hint`` says the cure."""

    code = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class StudyError(CmoError):
    """The study file itself cannot be used."""

    code = "study"


class StudyNotFound(StudyError):
    code = "study-not-found"


class StudyExists(StudyError):
    code = "study-exists"


class NotAStudy(StudyError):
    code = "not-a-study"


class NewerSchema(StudyError):
    code = "newer-schema"


class OlderSchema(StudyError):
    code = "older-schema"


class DamagedStudy(StudyError):
    code = "damaged-study"


class StudyBusy(StudyError):
    """Another program holds the study's write lock for longer than we are willing to wait."""

    code = "study-busy"


class StudyReadOnly(StudyError):
    code = "study-read-only"


class StudyMoved(StudyError):
    """The file that was opened is no longer where it was; writing on would lose the work."""

    code = "study-moved"


class StudyFull(StudyError):
    """The disk has no room for the act; the study is as it was before it."""

    code = "disk-full"


class ActError(CmoError):
    """An act that was begun inside another, breaks a rule of the tables, or goes on after a change of it failed.

    It says that the calling program is wrong, not its user; nothing of the act is kept.
    """

    code = "act"


class InputError(CmoError):
    """A file, a table or a value given by the user cannot be used."""

    code = "input"


class BadFile(InputError):
    """A file that cannot be read as what it is said to be."""

    code = "bad-file"

    def __init__(self, path: Path | str, what: str, hint: str = "") -> None:
        super().__init__(f"{Path(path).name}: {what}", hint)
        self.path = Path(path)


class BadTable(InputError):
    """A table with rows that cannot be used; ``problems`` names each row, column and what was expected."""

    code = "bad-table"

    def __init__(self, path: Path | str, problems: list[str], hint: str = "") -> None:
        shown = problems[:20]
        more = [f"... and {len(problems) - 20} more"] if len(problems) > 20 else []
        super().__init__(f"{Path(path).name}:\n  " + "\n  ".join(shown + more), hint)
        self.path = Path(path)
        self.problems = problems


class UnknownName(InputError):
    """A source, case, code, point, ... that the study does not have."""

    code = "unknown-name"


class NameTaken(InputError):
    code = "name-taken"


class BadPosition(InputError):
    """A start and end that do not lie inside the text, in code points."""

    code = "bad-position"


class BadQuery(InputError):
    """A search that cannot be read; ``start`` is the place in it (code points, from 0) where it stops to make sense."""

    code = "bad-query"

    def __init__(self, what: str, start: int, hint: str = "") -> None:
        super().__init__(f"The search cannot be read at character {start + 1}: {what}", hint)
        self.start = start


class NothingToUndo(CmoError):
    code = "nothing-to-undo"


class NothingToRedo(CmoError):
    code = "nothing-to-redo"


class UndoConflict(CmoError):
    """Later work builds on what the undo would take away."""

    code = "undo-conflict"
