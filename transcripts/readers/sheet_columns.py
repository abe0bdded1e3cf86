"""What the columns of a table hold: the turns of a conversation, or the answers of respondents, or something else.

Headings are known in Danish, English, Norwegian, Swedish and German. Where a heading alone does not tell, what stands
below it does: open answers are long and differ, background is short or comes again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transcripts.readers.raw_table import RawTable, column_letter
from transcripts.speaking.speaker_labels import strength_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under its headings. Rows are numbered as in the file and as wide as the headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, at: int) -> list[str]:
        return [cells[at] for _, cells in self.rows]

    def name(self, at: int) -> str:
        """A column as a person finds it."""
        return f"'{self.headings[at]}'" if self.headings[at] else f"column {column_letter(at)}"


@dataclass(frozen=True, slots=True)
class TurnColumns:
    """One row a turn: where the words stand, who says them and when. ``others`` are all other columns."""

    words: int
    speaker: int | None
    begins: int | None
    ends: int | None
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """One row a respondent: the open questions, who answers (None: nobody is named), and what else is known."""

    respondent: int | None
    questions: tuple[int, ...]
    others: tuple[int, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SPEAKER = _names(
    """speaker speakername speakerlabel taler talernavn talende hvemtaler talare sprecher sprecherin voice stemme who
    hvem wer vem label participant deltager deltaker deltagare teilnehmer teilnehmerin informant person name navn namn
    initialer initials role rolle roll"""
)
_WORDS = _names(
    """text tekst speech tale utterance ytring udsagn utsagn yttrande äusserung aussage transcript transcription
    transskription transskript transkript transkription transkripsjon content indhold innhold innehåll inhalt replik
    replikk message besked meddelelse melding hvadbliversagt hvadsiges whatwassaid caption undertekst segment"""
)
_BEGINS = _names(
    """start starttime starttid starttidspunkt startzeit begin begins begintime beginn anfang from fra från von in tcin
    time tid tidspunkt timestamp tidskode timecode tidsstempel zeit zeitstempel zeitmarke"""
)
_ENDS = _names("end endtime ends slut sluttid sluttidspunkt slutt stop stoptime to til till bis ende endzeit out tcout")
_RESPONDENT = _names(
    """respondent respondentid respondentnr respondentnummer respondents participant participantid deltager deltagerid
    deltaker deltagare teilnehmer informant informantid svarperson befragter svarid responseid responsid besvarelse
    id idnr nr nummer no number løbenr lbnr pseudonym initialer name navn namn person email mail"""
)
_UNIT = r"(?:ms|msec|msek|millis|milliseconds|millisekunder|s|sec|secs|sek|seconds|sekunder)?"
_OPEN_WORDS = re.compile(
    r"uddyb|beskriv|begrund|kommentar|bemærk|forslag|utdyp|utveckla|motivera|fortæl|fritekst|åbent? svar|"
    r"elaborate|describe|explain|comment|suggest|open[- ]ended|erläuter|beschreib|begründ|bemerk|anmerk",
    re.IGNORECASE,
)
_OURS = (
    ({"file", "fil", "filnavn", "source", "kilde"}, {"kind", "art", "case", "sag", "role", "rolle", "label", "mærke"}),
    ({"kontekst", "context"}, {"mekanisme", "mechanism"}),
    ({"quote", "citat"}, {"code", "kode", "point", "punkt"}),
)
"""Headings of tables that are about a study and hold nobody's talk: sources and speakers, theory, codings."""

_ROWS_OF_TITLES = 10
_LONG_ANSWER = 8
_USUAL_ANSWER = 5
"""In words."""
_DIFFERENT = 0.5
"""The share of answers that must differ, where there are enough of them to tell."""


def sheet_of(raw: RawTable) -> Sheet | None:
    """The table under its headings, which may stand below a title; None for a table without two rows.

    A table of labels and words without any headings gets empty ones.
    """
    rows = [(number, tuple(cell.strip() for cell in cells)) for number, cells in raw.rows]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        return None
    width = max(max((at + 1 for at, cell in enumerate(cells) if cell), default=0) for _, cells in rows)
    rows = [(number, (*cells[:width], *[""] * (width - len(cells)))) for number, cells in rows]
    for at, (_, cells) in enumerate(rows[:_ROWS_OF_TITLES]):
        if _turn_columns(cells) is not None:
            return Sheet(cells, tuple(rows[at + 1 :]))
    bare = Sheet(("",) * width, tuple(rows))
    if _labels_and_words(bare) is not None:
        return bare
    first = next((at for at, (_, cells) in enumerate(rows[:_ROWS_OF_TITLES]) if sum(map(bool, cells)) > 1), 0)
    return Sheet(rows[first][1], tuple(rows[first + 1 :])) if rows[first + 1 :] else None


def is_about_a_study(sheet: Sheet) -> bool:
    """Whether the table is one of those that say something of sources, speakers, points or codings."""
    headings = {_folded(heading) for heading in sheet.headings}
    return any(headings & first and headings & second for first, second in _OURS)


def turn_columns(sheet: Sheet) -> TurnColumns | None:
    """The columns of a table with one row a turn; None where it is none."""
    return _turn_columns(sheet.headings) if any(sheet.headings) else _labels_and_words(sheet)


def _turn_columns(headings: Sequence[str]) -> TurnColumns | None:
    folded = [_folded(heading) for heading in headings]
    words = _first(folded, _WORDS)
    if words is None:
        return None
    speaker = _first(folded, _SPEAKER)
    begins, ends = _first(folded, _BEGINS, _UNIT), _first(folded, _ENDS, _UNIT)
    if speaker is None and begins is None:
        return None
    used = {words, speaker, begins, ends}
    return TurnColumns(words, speaker, begins, ends, tuple(at for at in range(len(headings)) if at not in used))


def _labels_and_words(sheet: Sheet) -> TurnColumns | None:
    """Two columns without headings: labels that come again, and words that are longer."""
    if len(sheet.headings) != 2 or len(sheet.rows) < 2:
        return None
    labels = [label.rstrip(": ") for label in sheet.column(0) if label]
    if len(labels) < len(sheet.rows) / 2 or len(set(labels)) > max(len(labels) / 2, 2):
        return None
    if all(map(strength_of, labels)) and _mean(map(len, sheet.column(1))) > _mean(map(len, labels)):
        return TurnColumns(1, 0, None, None, ())
    return None


def answer_columns(sheet: Sheet) -> AnswerColumns | None:
    """The columns of a table with one row a respondent; None where no column holds open answers."""
    columns = range(len(sheet.headings))
    folded = [_folded(heading) for heading in sheet.headings]
    questions = tuple(at for at in columns if _is_open(sheet, at) and folded[at] not in _RESPONDENT)
    if not questions:
        return None
    named = [at for at in columns if at not in questions and _is_filled(sheet.column(at))]
    respondent = next((at for name in _RESPONDENT for at in named if folded[at] == name), None)
    if respondent is None:
        respondent = next((at for at in named if sheet.headings[at] == "#"), None)
    others = tuple(at for at in columns if at not in questions and at != respondent)
    return AnswerColumns(respondent, questions, others)


def asks(heading: str) -> bool:
    """Whether a heading is a question or asks for words."""
    return heading.endswith("?") or _OPEN_WORDS.search(heading) is not None or len(heading.split()) >= 5


def _is_open(sheet: Sheet, at: int) -> bool:
    answers = [cell for cell in sheet.column(at) if cell]
    if not answers or not sheet.headings[at]:
        return False
    lengths = [len(answer.split()) for answer in answers]
    if len(answers) >= 4 and len(set(answers)) < _DIFFERENT * len(answers):
        return False
    if asks(sheet.headings[at]):
        return max(lengths) >= _LONG_ANSWER or _mean(lengths) >= _USUAL_ANSWER
    return _mean(lengths) >= _LONG_ANSWER


def _is_filled(cells: Sequence[str]) -> bool:
    return sum(map(bool, cells)) >= 0.9 * len(cells)


def _first(folded: Sequence[str], names: Iterable[str], suffix: str = "") -> int | None:
    """The column of the first of the names that there is."""
    for name in names:
        pattern = re.compile(re.escape(name) + suffix)
        found = next((at for at, heading in enumerate(folded) if pattern.fullmatch(heading)), None)
        if found is not None:
            return found
    return None


def _folded(heading: str) -> str:
    return "".join(char for char in heading.casefold() if char.isalnum())


def _mean(numbers: Iterable[int]) -> float:
    counted = list(numbers)
    return sum(counted) / len(counted) if counted else 0.0
