"""Tables as transcripts (``.csv``, ``.tsv``, ``.xlsx``): one row a turn, or one row a respondent.

In the first, a column says who speaks or when, and one what was said. In the second, open questions are columns:
each answer becomes a turn of its respondent, below a turn that asks the question. Every other column is kept as
furniture, at the place of its row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.errors import BadFile, InputError
from store.findings import Finding
from transcripts.readers import Document, Furniture, Respondent
from transcripts.readers.caption_cues import Cue
from transcripts.readers.caption_speech import Piece, Spoken
from transcripts.readers.caption_turns import as_conversation
from transcripts.readers.raw_table import RawTable
from transcripts.readers.sheet_columns import (
    AnswerColumns,
    Sheet,
    TurnColumns,
    answer_columns,
    asks,
    is_about_a_study,
    sheet_of,
    turn_columns,
)
from transcripts.readers.sheet_times import sheet_times
from transcripts.readers.tables import raw_table
from transcripts.settings import Settings
from transcripts.speaking.turns import TurnSpan

QUESTION = "Q"
"""The label of the turns that ask."""
_NUMBERED = "Respondent "
"""What stands before the number of a respondent in their label."""
_WANTED = (
    "Name one column 'speaker' and one 'text', with one row a turn; or give each open question a column, with one row "
    "a respondent. Tables about sources, speakers or cases are given by `--sources`, `--speakers` or `cmo cases`."
)


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read a table as a transcript.

    Raises:
        BadFile: not a table; too large; neither turns nor answers.
        BadTable: quotation marks that do not match.
    """
    raw = raw_table(path, data, settings.encoding)
    sheet = sheet_of(raw)
    found = _columns(sheet) if sheet is not None else None
    if sheet is None or found is None:
        headings = ", ".join(f"'{heading}'" for heading in sheet.headings if heading) if sheet else ""
        there = f" It has the columns {headings}." if headings else ""
        raise BadFile(
            path, f"this table holds neither the turns of a talk nor answers to open questions.{there}", _WANTED
        )
    text = _SheetText(sheet)
    if isinstance(found, AnswerColumns):
        text.answers(found)
    elif found.speaker is None:
        text.untold(found)
    else:
        text.turns_of(found)
    return Document(
        text.text,
        path.suffix.lower().lstrip("."),
        raw.encoding,
        furniture=tuple(text.furniture),
        findings=(*raw.findings, *_cell_errors(raw), *text.findings),
        turns=tuple(text.turns),
        style="rows of answers" if isinstance(found, AnswerColumns) else "rows of turns",
        confidence=raw.confidence,
        respondents=tuple(text.respondents),
    )


def is_transcript_table(path: Path, data: bytes) -> bool:
    """Whether a table found in a folder is clearly a transcript: by headings for speaker and words, or by questions.

    A table that a person names is read with less: see :func:`read`.
    """
    try:
        sheet = sheet_of(raw_table(path, data))
    except InputError:
        return False
    found = _columns(sheet) if sheet is not None else None
    if sheet is None or found is None:
        return False
    if isinstance(found, TurnColumns):
        return any(sheet.headings)
    return any(asks(sheet.headings[at]) for at in found.questions)


def _columns(sheet: Sheet) -> TurnColumns | AnswerColumns | None:
    if is_about_a_study(sheet):
        return None
    return turn_columns(sheet) or answer_columns(sheet)


def _cell_errors(raw: RawTable) -> Iterator[Finding]:
    for problem in raw.problems:
        where, _, message = problem.partition(": ")
        yield Finding("cell-error", where, f"{message}; it was read as it stands.")


class _SheetText:
    """The text that a table makes, with its turns and what stood beside them."""

    def __init__(self, sheet: Sheet) -> None:
        self.turns: list[TurnSpan] = []
        self.furniture: list[Furniture] = []
        self.findings: list[Finding] = []
        self.respondents: list[Respondent] = []
        self._sheet = sheet
        self._parts: list[str] = []
        self._at = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def turns_of(self, columns: TurnColumns) -> None:
        """One turn a row. A row without a speaker goes on with the turn above, as a line without a label does."""
        speaker = columns.speaker or 0
        times = sheet_times(self._sheet, columns)
        without: list[int] = []
        label: str | None = None
        for at, (number, cells) in enumerate(self._sheet.rows):
            named = " ".join(cells[speaker].rstrip(":").split())
            self._keep_apart(cells, columns.others)
            if named or label is None:
                label = named or None
                self._turn(label, cells[columns.words], times.begins[at], times.ends[at])
            elif cells[columns.words]:
                self._go_on(cells[columns.words], times.ends[at])
                without.append(number)
        self._tell_turns(columns, times.findings)
        if without:
            message = f"no speaker is named; the words were added to the turn above; such rows: {len(without)}."
            self.findings.append(Finding("speaker-missing", f"row {without[0]}", message))

    def untold(self, columns: TurnColumns) -> None:
        """Rows with times and no speakers, as programs that write speech down make them, joined as captions are."""
        times = sheet_times(self._sheet, columns)
        said = []
        for (number, cells), begins, ends in zip(self._sheet.rows, times.begins, times.ends, strict=True):
            cue = Cue(number, None, begins, ends, ())
            said.append(Spoken(cue, [Piece(cue, None, cells[columns.words])] if cells[columns.words] else []))
        conversation = as_conversation(said)
        for (_, cells), place in zip(self._sheet.rows, conversation.places, strict=True):
            self._keep_apart(cells, columns.others, place)
        self._parts, self.turns = [conversation.text], list(conversation.turns)
        self._tell_turns(columns, times.findings)

    def answers(self, columns: AnswerColumns) -> None:
        """For each respondent the questions that were answered, each above its answer."""
        labels = self._respondents(columns)
        asking = next(label for label in (QUESTION, "Question", f"{QUESTION}{QUESTION}") if label not in labels)
        silent = 0
        for label, (_, cells) in zip(labels, self._sheet.rows, strict=True):
            answered = [at for at in columns.questions if cells[at]]
            silent += not answered
            self._keep_apart(cells, columns.others)
            if answered:
                self._respondent(label, cells, columns)
            for at in answered:
                self._turn(asking, self._sheet.headings[at])
                self._turn(label, cells[at])
        named = f"named by {self._sheet.name(columns.respondent)}" if columns.respondent is not None else "numbered"
        message = f"read as one row a respondent, {named}; open questions: {self._names(columns.questions)}"
        if silent:
            message += f"; without any answer: {silent}"
        self._tell(message, columns.others)

    def _respondent(self, label: str, cells: Sequence[str], columns: AnswerColumns) -> None:
        about = tuple((self._sheet.headings[at], cells[at]) for at in columns.others if self._sheet.headings[at])
        self.respondents.append(Respondent(label, about, is_named=not label.startswith(_NUMBERED)))

    def _respondents(self, columns: AnswerColumns) -> list[str]:
        """A label for each row; where nobody is named, its number among the respondents."""
        if columns.respondent is None:
            return [f"{_NUMBERED}{count}" for count in range(1, len(self._sheet.rows) + 1)]
        labels = []
        for number, cells in self._sheet.rows:
            name = " ".join(cells[columns.respondent].split())
            labels.append(f"{_NUMBERED}{name}" if name.isdecimal() else name or f"{_NUMBERED}(row {number})")
        twice = [label for label, times in Counter(labels).items() if times > 1]
        if twice:
            message = f"stands in several rows, and {len(twice)} in all do; their answers have one speaker."
            self.findings.append(Finding("respondent-twice", f"respondent '{twice[0]}'", message))
        return labels

    def _turn(self, label: str | None, words: str, begins_at: int | None = None, ends_at: int | None = None) -> None:
        opening = f"{label}: " if label else ""
        line = f"{opening}{words}".rstrip()
        if not line:
            return
        end = self._at + len(line)
        self.turns.append(TurnSpan(self._at, min(self._at + len(opening), end), end, label, begins_at, ends_at))
        self._write(line)

    def _go_on(self, words: str, ends_at: int | None) -> None:
        self.turns[-1] = self.turns[-1]._replace(
            end=self._at + len(words), ends_at=ends_at if ends_at is not None else self.turns[-1].ends_at
        )
        self._write(words)

    def _write(self, line: str) -> None:
        self._parts.append(f"{line}\n")
        self._at += len(line) + 1

    def _keep_apart(self, cells: Sequence[str], columns: Sequence[int], place: int | None = None) -> None:
        kept = "; ".join(
            f"{self._sheet.headings[at] or self._sheet.name(at)}: {cells[at]}" for at in columns if cells[at]
        )
        if kept:
            self.furniture.append(Furniture("note", f"{kept}\n", self._at if place is None else place))

    def _tell_turns(self, columns: TurnColumns, more: Sequence[Finding]) -> None:
        told = {"speaker": columns.speaker, "words": columns.words, "beginning": columns.begins, "end": columns.ends}
        places = ", ".join(f"{what} in {self._sheet.name(at)}" for what, at in told.items() if at is not None)
        self._tell(f"read as one row a turn: {places}", columns.others)
        self.findings.extend(more)

    def _tell(self, message: str, others: Sequence[int]) -> None:
        kept = f"; kept apart from the talk: {self._names(others)}" if others else ""
        self.findings.append(Finding("table-columns", "", f"{message}{kept}."))

    def _names(self, columns: Sequence[int]) -> str:
        return ", ".join(self._sheet.name(at) for at in columns)
