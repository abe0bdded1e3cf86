"""Studies that are built once in a process and copied for each test: a copy takes a fraction of the time."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the store's tests, and their processes, need nothing of what stands above the store
    from cmo.study import Study
    from store.study_file import StudyFile


@cache
def folder_of(build: Callable[..., Study | StudyFile], *given: str) -> Path:
    """The folder in which ``build(folder, *given)`` made a study. To be copied only."""
    folder = Path(mkdtemp(prefix="cmo-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build(folder, *given).close()
    return folder
