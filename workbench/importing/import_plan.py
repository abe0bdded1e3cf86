"""What is about to be imported: the files of a preview, which of them a person wants, and how they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from transcripts.intake.gathering import shown_name
from transcripts.intake.previewing import Preview, PreviewReport
from transcripts.people import natural
from transcripts.settings import DEFAULT, Settings


class State(Enum):
    """What will become of a file."""

    COMES_IN = "comes in"
    LEFT_OUT = "left out"
    KNOWN = "known already"
    UNREADABLE = "cannot be read"
    NO_TRANSCRIPT = "a table, no transcript"


@dataclass(frozen=True, slots=True)
class Order:
    """What a person has said of an import: which paths, and how they are read. ``table`` is the sources table."""

    paths: tuple[Path, ...] = ()
    settings: Settings = DEFAULT
    profile: str | None = None
    table: Path | None = None


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the batch; without a preview where it is no transcript, or where ``reason`` says why it is not read.

    ``shown`` is its name, with the archive that it is in, or with its folder where another file has that name.
    """

    path: Path
    shown: str
    preview: Preview | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LabelUse:
    """How much one label is used in the files that come in."""

    label: str | None
    files: int
    turns: int


class ImportPlan:
    """The files that were looked at in natural order, and what becomes of each."""

    def __init__(self, order: Order, report: PreviewReport, left_out: Iterable[Path] = ()) -> None:
        self.order, self.report = order, report
        self.left_out = set(left_out)
        names = _names(
            [*(file.path for file in report.files), *(path for path, _ in report.failed), *report.passed_over]
        )
        files = [PlannedFile(file.path, names[file.path], file) for file in report.files]
        files += [PlannedFile(path, names[path], None, without_name(path, reason)) for path, reason in report.failed]
        files += [PlannedFile(path, names[path]) for path in report.passed_over]
        self.files = sorted(files, key=lambda file: natural(str(file.path)))
        self.states = self._find_states()

    def _find_states(self) -> dict[Path, State]:
        """Of files with the same text the first one comes in that is not left out, unless the study has it."""
        own = {file.name for file in self.report.files if file.duplicate_of is None}
        there = {file.duplicate_of for file in self.report.files} - own
        found: dict[Path, State] = {}
        for file in self.report.files:  # in the order in which they are imported
            text = file.duplicate_of or file.name
            if file.path in self.left_out:
                found[file.path] = State.LEFT_OUT
            else:
                found[file.path] = State.KNOWN if text in there else State.COMES_IN
                there.add(text)
        found |= dict.fromkeys((path for path, _ in self.report.failed), State.UNREADABLE)
        return found | dict.fromkeys(self.report.passed_over, State.NO_TRANSCRIPT)

    def state(self, file: PlannedFile) -> State:
        return self.states[file.path]

    def switch(self, files: Iterable[PlannedFile]) -> None:
        """Leave files out; where all of them are left out, take them in again. Only what can be read is switched."""
        paths = {file.path for file in files if file.preview is not None}
        self.left_out = self.left_out - paths if paths <= self.left_out else self.left_out | paths
        self.states = self._find_states()

    @property
    def counts(self) -> Counter[State]:
        """How many files there are in each state."""
        return Counter(self.states.values())

    @property
    def coming(self) -> list[Preview]:
        """The files that come in."""
        return [file for file in self.report.files if self.states[file.path] is State.COMES_IN]

    @property
    def taken(self) -> list[Path]:
        """The paths that the import is given: the report tells also what becomes of those that bring nothing new."""
        return [path for path, state in self.states.items() if state not in (State.LEFT_OUT, State.NO_TRANSCRIPT)]

    @property
    def labels(self) -> list[LabelUse]:
        """The labels of all files that come in; those of most files first."""
        files: Counter[str | None] = Counter()
        turns: Counter[str | None] = Counter()
        for speaker in (speaker for file in self.coming for speaker in file.speakers):
            files[speaker.label] += 1
            turns[speaker.label] += speaker.turns
        used = [LabelUse(label, number, turns[label]) for label, number in files.items()]
        return sorted(used, key=lambda use: (-use.files, -use.turns))


def _names(paths: list[Path]) -> dict[Path, str]:
    names = {path: shown_name(path) for path in paths}
    times = Counter(names.values())
    return {path: name if times[name] == 1 else f"{path.parent.name}/{name}" for path, name in names.items()}


def without_name(path: Path, reason: str) -> str:
    """Why a file is not read, where its name stands beside it already."""
    return reason.removeprefix(f"{path.name}: ")
