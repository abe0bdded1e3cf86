"""Small transcripts and a small study for the tests of the workbench."""

from __future__ import annotations

import atexit
import csv
import gc
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from shutil import copy, rmtree
from tempfile import mkdtemp

from textual._compositor import LayoutUpdate
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

import cmo
import tui
from cmo.study import Study
from transcripts.columns import Spans, Turns
from transcripts.records import Source, Span, Transcript, Turn
from workbench.code.code_screen import CodeScreen
from workbench.parts.form import Form
from workbench.parts.form_fields import ChoiceLine, MarkList

tui.MADE_BEFORE_GARBAGE = gc.get_threshold()  # nobody waits before a test for what is looked through in pieces

SIZES = [(80, 24), (120, 40)]

INTERVIEW = """I: Hvordan gik det i starten?

R: Det gik godt. Vi fik hjælp til det hele (…) og det var rart. Så gik der et år.

I: Og så?

R: Så blev det værre. Ingen spurgte os om noget. [griner] Men vi sagde heller ikke noget.

I: Tak.
"""
SENTENCES = [
    "Hvordan gik det i starten?",
    "Det gik godt.",
    "Vi fik hjælp til det hele (…) og det var rart.",
    "Så gik der et år.",
    "Og så?",
    "Så blev det værre.",
    "Ingen spurgte os om noget. [griner]",
    "Men vi sagde heller ikke noget.",
    "Tak.",
]


def transcript_of(turns: list[tuple[str, str]], between: str = "\n\n") -> Transcript:
    """A transcript of labels and speech; a sentence ends at a full stop or a line feed."""
    text, placed, sentences = "", [], []
    labels = list(dict.fromkeys(label for label, _ in turns))
    for number, (label, speech) in enumerate(turns, start=1):
        start = len(text)
        text += f"{label}: " if label else ""
        speech_start = len(text)
        text += speech
        placed.append(
            Turn(number, start, speech_start, len(text), labels.index(label), label or None, None, None, label == "I")
        )
        for found in re.finditer(r"[^.\n]+\.?", speech):
            words = found[0].strip()
            if words:
                first = speech_start + found.start() + found[0].index(words)
                sentences.append(Span(first, first + len(words)))
        text += between
    source = Source(
        1, "u", "s", "interview", "da", (), None, None, 1, 1, len(text), len(placed), len(sentences), "s", "txt", ""
    )
    return Transcript(source, text, Turns.of(placed), Spans.of(sentences))


def write_table(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@lru_cache(maxsize=1)
def _small_study_file() -> Path:
    folder = Path(mkdtemp(prefix="cmo-workbench-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    _make_study(folder, 12)
    return folder / "small.cmo"


def small_study(folder: Path, coder: str = "AB") -> Study:
    """A copy of a study of two sources, one in a case, a theory of twelve points and an overall hypothesis."""
    return cmo.open_study(copy(_small_study_file(), folder / "small.cmo"), coder=coder)


def _make_study(folder: Path, points: int) -> None:
    study = cmo.new_study(folder / "small.cmo", name="Small", language="da", coder="setup")
    cases = [["case", "sector"], ["Case 1", "public"], ["Case 2", "private"]]
    study.import_cases(write_table(folder / "cases.csv", cases))
    (folder / "leder.txt").write_text(INTERVIEW, encoding="utf-8")
    (folder / "amr.txt").write_text("I: Hvad skete der?\n\nR: Der skete ikke noget. Slet ikke.\n", encoding="utf-8")
    sources = [
        ["file", "kind", "case", "role"],
        ["leder.txt", "interview", "Case 1", "Leder"],
        ["amr.txt", "interview", "", ""],
    ]
    files = [folder / "leder.txt", folder / "amr.txt"]
    study.import_files(files, sources=write_table(folder / "sources.csv", sources))
    study.set_speaker("I", asks=True)
    theory = [["number", "context", "mechanism", "outcome"], ["Overall", "Everywhere.", "It works.", "All is better."]]
    for n in range(1, points + 1):
        theory.append([f"#{n}", f"Context number {n}.", f"Mechanism number {n}.", f"Outcome number {n}."])
    study.import_theory(write_table(folder / "theory.csv", theory))
    study.new_code("Night shift", "Everything about working at night")
    study.new_code("Money")
    study.close()


@asynccontextmanager
async def workbench(
    study: Study, size: tuple[int, int] = (120, 40), *, source: str = "leder"
) -> AsyncIterator[Pilot[None]]:
    """The app on a study, at a size, with a source open and the cursor on its first sentence."""
    app = tui.CmoApp(study)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = code_screen(pilot)
        screen.desk.open(study.source(source).id, 0)
        screen.show_source()
        await pilot.pause()
        yield pilot
        if app.return_code is None:
            shown(pilot)  # what a test leaves can be painted, also where it looked only at the study


def code_screen(pilot: Pilot[None]) -> CodeScreen:
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, CodeScreen))


def shown(pilot: Pilot[None]) -> str:
    """All that is on screen, as lines of text."""
    app = pilot.app
    whole = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(whole, LayoutUpdate)
    return "\n".join("".join(strip.text for strip in line) for line in whole.strips)


async def until_shown(pilot: Pilot[None], words: str) -> str:
    """All that is on screen once these words are, which may come after a pause."""
    for _ in range(500):
        screen = shown(pilot)
        if words in screen:
            return screen
        await pilot.pause(0.02)
    raise AssertionError(f"{words!r} has not come:\n{screen}")


def codings_in(study: Study, source: str = "leder") -> list[tuple[str, str, str | None]]:
    """Quote, code and stance of every coding in a source, in the order they were made."""
    found = sorted(study.codings(source), key=lambda coding: coding.id)
    return [(coding.quote, coding.code, coding.stance) for coding in found]


@asynccontextmanager
async def place(study: Study, letter: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[None]]:
    """The workbench with one of the screens open, by its letter."""
    async with workbench(study, size) as pilot:
        await pilot.press("s", letter)
        await pilot.pause()
        yield pilot


async def typed(pilot: Pilot[None], **answers: str) -> None:
    """Fill fields of the open form; ``field="a b"`` marks or chooses values, or types words."""
    form = pilot.app.screen
    assert isinstance(form, Form)
    for name, value in answers.items():
        widget = form._widgets[name.replace("_", " ")]
        if isinstance(widget, MarkList):
            widget.mark(value.split())
        elif isinstance(widget, TextArea):
            widget.load_text(value)
        else:
            assert isinstance(widget, Input | ChoiceLine)
            widget.value = value
    await pilot.pause()


async def keys(pilot: Pilot[None], *pressed: str) -> str:
    """What is on screen after some keys."""
    await pilot.press(*pressed)
    await pilot.pause()
    return shown(pilot)
