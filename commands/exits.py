"""Exit codes, and how an error is told: one line that says what, one that says the cure, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from enum import IntEnum
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from commands.output import say
from store.errors import (
    CmoError,
    InputError,
    NothingToRedo,
    NothingToUndo,
    StudyBusy,
    StudyError,
    StudyFull,
    StudyReadOnly,
    UndoConflict,
)


class ExitCode(IntEnum):
    """What a command's exit code means; ``docs/exit-codes.md`` says it in words."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    STUDY = 3
    INPUT = 4
    NOT_WRITTEN = 5
    UNDO = 6
    FAULT = 70
    INTERRUPTED = 130


class UsageError(CmoError):
    """A command that cannot be carried out the way it was called."""

    code = "usage"


_BY_ERROR: tuple[tuple[type[CmoError], ExitCode], ...] = (
    (UsageError, ExitCode.USAGE),
    (StudyBusy, ExitCode.NOT_WRITTEN),
    (StudyReadOnly, ExitCode.NOT_WRITTEN),
    (StudyFull, ExitCode.NOT_WRITTEN),
    (StudyError, ExitCode.STUDY),
    (InputError, ExitCode.INPUT),
    (NothingToUndo, ExitCode.UNDO),
    (NothingToRedo, ExitCode.UNDO),
    (UndoConflict, ExitCode.UNDO),
)
_CANNOT_WRITE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EBUSY}


def exit_code_of(error: CmoError) -> ExitCode:
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), ExitCode.FAULT)


def end_with_findings(found: object) -> None:
    """End with the exit code for "done, with findings" if there are any."""
    if found:
        raise typer.Exit(ExitCode.FINDINGS)


class Commands(TyperGroup):
    """The group of all commands: every error of any of them is told here, in one way."""

    def invoke(self, ctx: Any) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except CmoError as error:
            _tell(error.message, error.hint)
            code = exit_code_of(error)
        except KeyboardInterrupt:
            _tell("interrupted.", "What was done before is kept.")
            code = ExitCode.INTERRUPTED
        except BrokenPipeError:
            code = _reader_went_away()
        except OSError as error:
            code = _tell_os_error(error)
        except Exception as error:
            if _is_typers_own(error) or os.environ.get("CMO_DEBUG"):
                raise
            code = _tell_fault(error)
        raise typer.Exit(code)


def _tell(message: str, hint: str = "") -> None:
    say(f"cmo: {message}")
    if hint:
        say(f"     {hint}")


def _tell_os_error(error: OSError) -> ExitCode:
    name = Path(os.fsdecode(error.filename)).name if error.filename else "a file"
    _tell(f"{name}: {(error.strerror or type(error).__name__).lower()}.")
    return ExitCode.NOT_WRITTEN if error.errno in _CANNOT_WRITE else ExitCode.INPUT


def _is_typers_own(error: Exception) -> bool:
    """An exit, or a complaint about the way a command was called: Typer prints it and sets the exit code."""
    return hasattr(error, "exit_code") or isinstance(error, typer.Abort)


def _tell_fault(error: Exception) -> ExitCode:
    """A fault of ours. Its text may hold words of an interview, so only its kind and place are shown."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    _tell(
        f"a fault in cmo: {type(error).__name__} in {Path(place.filename).name}, line {place.lineno}.",
        "Nothing of the act was kept. CMO_DEBUG=1 before the command shows the details; look through them "
        "for names before you send them to anybody.",
    )
    return ExitCode.FAULT


def _reader_went_away() -> ExitCode:
    """The reader of our output has had enough (``| head``): nothing is wrong, and nothing more can be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.DONE
