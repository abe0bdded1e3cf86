"""All chambers by name, each with how often it is done at length."""

from __future__ import annotations

from pathlib import Path

from torture.crowd import crowd
from torture.damage import flip_bits, tear_pages
from torture.kills import kill_commands
from torture.power import power
from torture.result import Chamber, Line, run
from torture.suite import at_length
from torture.trouble import clock_back, full_disk, held_locks, moved_files, read_only_disk, sleep

CHAMBERS: dict[str, tuple[Chamber, int]] = {
    "workbench": (
        at_length(
            "kill -9 of the workbench in its terminal",
            "test_kill_workbench.py",
            result="every act that was seen saved is there, and the study is sound",
        ),
        60,
    ),
    "kills": (kill_commands, 350),
    "imports": (
        at_length(
            "kill -9 of imports from Python",
            "test_kill_import.py",
            result="at most the file or table under way is missing; the next import adds just the rest",
        ),
        150,
    ),
    "acts": (
        at_length(
            "kill -9 of acts, undo, opening, backup, making",
            "test_store_kill.py",
            result="at most the act under way is missing, the chain is whole, the next act is taken",
        ),
        440,
    ),
    "closed": (
        at_length(
            "its terminal closed, or told to end, while somebody writes",
            "test_terminal_closed.py",
            result="every letter that was seen is in the study",
            variable="CMO_CLOSES",
        ),
        30,
    ),
    "power": (power, 1000),
    "crowd": (crowd, 60),
    "bits": (flip_bits, 1000),
    "pages": (tear_pages, 500),
    "full": (full_disk, 20),
    "read-only": (read_only_disk, 20),
    "moved": (moved_files, 60),
    "locks": (held_locks, 40),
    "clock": (clock_back, 60),
    "sleep": (sleep, 30),
    "tampering": (
        at_length(
            "rows and journal entries tampered with",
            "test_store_check.py",
            "test_check_study.py",
            result="noticed, and the row or entry named",
            variable="CMO_TAMPER",
        ),
        1,
    ),
    "schemas": (
        at_length(
            "studies of every schema that ever landed",
            "test_schema_history.py",
            "test_store_migrations.py",
            result="upgraded after a backup; tables as in a new study; texts, quotes, counts as they were",
            variable="CMO_SCHEMAS",
        ),
        1,
    ),
    "models": (
        at_length(
            "random work of two coders against plain models",
            "test_whole_study_model.py",
            result="after each step the study is sound and is what the model says",
            variable="CMO_EXAMPLES",
        ),
        60,
    ),
}


def enter(name: str, folder: Path, share: float) -> Line:
    """The line of a chamber, done this share of its times in a folder that it makes."""
    chamber, times = CHAMBERS[name]
    return run(chamber, folder, max(1, round(times * share)))
