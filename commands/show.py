"""`cmo show`: read a source, with its codings in the margin."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.cells import cell_len, set_cell_size

import cmo
from commands.layout import width_of
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json, console
from workbench.text.words import clock, coding_words, counted

if TYPE_CHECKING:
    from cmo.records import Theory
    from codebook.records import Coding
    from transcripts.readers import Furniture
    from transcripts.records import Transcript

LANES = 3
"""Codings that can stand side by side in the margin."""

LEAST_SPEAKER, MOST_SPEAKER = 12, 24
TIME_WIDTH = 8
NARROWEST_TEXT, WIDEST_TEXT = 24, 76


def show(
    study: StudyPath,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's name or file name.")],
    furniture: Annotated[
        bool, typer.Option("--furniture", help="Also line numbers, running heads and what else was set apart.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show a source: numbered turns with their times, and the codings in the margin."""
    with cmo.open_study(study) as opened:
        transcript, codings, theory = opened.transcript(source), opened.codings(source), opened.theory()
        read = opened.provenance(source)
    if as_json:
        answer_json(
            {
                "source": transcript.source,
                "text": transcript.text,
                "turns": transcript.turns,
                "sentences": transcript.sentences,
                "codings": codings,
                "read": read,
            }
        )
        return
    about = transcript.source
    place = [", ".join(about.cases) or "(no case)", about.role or "", counted(about.turns, "turn")]
    answer(f"{about.name} · {about.kind} · {' · '.join(part for part in place if part)}")
    answer(f"{counted(len(codings), 'coding')}; the margin names each where it begins.")
    answer()
    set_apart = read.furniture if furniture else ()
    for line in _lines(transcript, codings, theory, set_apart, console().width):
        answer(line.rstrip())


def _lines(
    transcript: Transcript, codings: list[Coding], theory: Theory, furniture: Sequence[Furniture], width: int
) -> Iterator[str]:
    """Each row of text with the turn's number, time and speaker before it and the codings after it; furniture on rows
    of its own before the row it stood in, and before all where it has no place in the text.
    """
    from workbench.text.spans import SpanIndex
    from workbench.text.stripes import Margin
    from workbench.text.text_layout import OUTSIDE, RowKind, TextLayout

    time_width = TIME_WIDTH if any(turn.begins_at is not None for turn in transcript.turns) else 0
    longest = width_of(turn.label or "" for turn in transcript.turns)
    speaker_width = min(max(longest, LEAST_SPEAKER), MOST_SPEAKER)
    before = 5 + time_width + speaker_width + 1
    measure = min(max(width - before - LANES - 26, NARROWEST_TEXT), WIDEST_TEXT)
    layout = TextLayout(transcript, measure)
    margin = Margin(SpanIndex(codings, lambda coding: (coding.start, coding.end)), layout, LANES)
    waiting = deque(sorted(furniture, key=lambda piece: -1 if piece.at is None else piece.at))
    for number, row in enumerate(layout.rows):
        while waiting and (waiting[0].at is None or waiting[0].at < row.end):
            yield _set_apart(waiting.popleft(), before)
        who = ""
        if row.first and row.turn != OUTSIDE:
            turn = transcript.turns[row.turn]
            time = clock(turn.begins_at) if turn.begins_at is not None else ""
            who = f"{turn.number:>4} {time:<{time_width}}{_label(turn.label or '', speaker_width)}"
        stripes, hidden = margin.beside(number)
        bars = "".join("┃" if stripe else " " for stripe in reversed(stripes)) + ("+" if hidden else " ")
        names = [coding_words(s.coding, theory) for s in stripes if s and s.first == number]
        text = "" if row.kind is RowKind.BLANK else layout.shown(row.start, row.end)
        yield f"{set_cell_size(who, before)}{set_cell_size(text, measure)} {bars} {', '.join(names)}"
    for piece in waiting:
        yield _set_apart(piece, before)


def _label(label: str, width: int) -> str:
    """A label in so many columns; a long one keeps its end, for that is what tells ``Nurse, ward 1`` from another."""
    return label if cell_len(label) <= width else f"{label[: width - 9]}…{label[-8:]}"


def _set_apart(piece: Furniture, before: int) -> str:
    return f"{'':{before}}‹{piece.kind}› {' '.join(piece.text.split())}"
