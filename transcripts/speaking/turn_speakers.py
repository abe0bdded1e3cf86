"""Who speaks in a turn, said by a person: of one turn, of all turns with a label, or by the legend in the head.

The turns change hands; not a character of the text does. A speaker who is left without a turn in every version of
the source goes away, and with them the participant and the role that nothing else in the study refers to.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from store import schema
from store.errors import InputError, UnknownName
from store.work import Work
from transcripts.excerpts import attribute_excerpts
from transcripts.fieldwork.speakers import Said, set_speaker
from transcripts.people import fold, remove_unused_people, tidy
from transcripts.speaking.legend import LegendEntry

_SAID_OF_A_SPEAKER = ("participant_id", "role_id", "asks")
_ASKING = ("interviewer", "intervieweren", "interviewerin", "moderator", "moderatoren", "moderatorin", "facilitator")


def set_turn_speaker(work: Work, version_id: int, number: int, label: str | None) -> None:
    """Give one turn of a version another speaker, by label; a label that is new to the source is added to it.

    None, or an empty label: nobody is named. Excerpts that touch the turn and another one are given to the turn that
    they belong to now, because a turn of whoever asks counts only where nobody answers.

    Raises:
        UnknownName: the version has no turn with that number.
    """
    turn = work.conn.execute(
        select(schema.turns.c.id, schema.turns.c.speaker_id, schema.source_versions.c.source_id)
        .join(schema.source_versions, schema.source_versions.c.id == schema.turns.c.version_id)
        .where(schema.turns.c.version_id == version_id, schema.turns.c.number == number)
    ).first()
    if turn is None:
        raise UnknownName(f"There is no turn {number}.", "`cmo show STUDY SOURCE` numbers them, from 1.")
    speaker_id = _speaker(work, turn.source_id, label) if label and label.strip() else None
    work.update(schema.turns, turn.id, speaker_id=speaker_id)
    _tidy_up(work, turn.source_id)


def merge_speakers(work: Work, label: str, into: str, source_id: int | None) -> int:
    """Give all turns of a label to another label, in one source or (None) in all; return in how many sources.

    Where the source has no speaker with the other label, the speaker is renamed. What is said of the other speaker
    holds; what is not said of it is taken from the speaker that goes away.

    Raises:
        UnknownName: no speaker has that label there.
        InputError: the two labels are the same, or the other is empty.
    """
    wanted = tidy(into)
    if not wanted or wanted == tidy(label):
        raise InputError(f"'{label}' cannot be merged into '{into}'.", "Give the label that it should be read as.")
    rows = [row for row in _speakers(work, source_id) if row.label == tidy(label)]
    if not rows:
        there = ", ".join(dict.fromkeys(row.label for row in _speakers(work, source_id))) or "none"
        raise UnknownName(f"No speaker is labelled '{label}'.", f"Labels there: {there[:200]}.")
    for row in rows:
        target = next((other for other in _speakers(work, row.source_id) if other.label == wanted), None)
        if target is None:
            work.update(schema.speakers, row.id, label=wanted)
        else:
            _hand_over(work, row, target)
    for changed in sorted({row.source_id for row in rows}):
        _tidy_up(work, changed)
    return len({row.source_id for row in rows})


def apply_legend(work: Work, source_id: int, legend: tuple[LegendEntry, ...]) -> list[str]:
    """Say of a source's speakers what its head says of them, as far as it tells role and name; return their labels."""
    spoken = {row.label for row in _speakers(work, source_id)}
    told = [entry for entry in legend if entry.label in spoken and (entry.role or entry.name)]
    for entry in told:
        asks = True if fold(entry.role or "") in _ASKING else None
        set_speaker(work, entry.label, Said(participant=entry.name, role=entry.role, asks=asks), source_id)
    return [entry.label for entry in told]


def _speakers(work: Work, source_id: int | None) -> list[Row[Any]]:
    query = select(schema.speakers).order_by(schema.speakers.c.id)
    if source_id is not None:
        query = query.where(schema.speakers.c.source_id == source_id)
    return list(work.conn.execute(query))


def _speaker(work: Work, source_id: int, label: str) -> int:
    """The source's speaker with a label: the one written alike, else alike but for capitals, else a new one."""
    there = _speakers(work, source_id)
    wanted = tidy(label)
    for same in (lambda known: known == wanted, lambda known: fold(known) == fold(wanted)):
        found = next((row.id for row in there if same(row.label)), None)
        if found is not None:
            return int(found)
    return work.insert(schema.speakers, {"source_id": source_id, "label": wanted})


def _hand_over(work: Work, gone: Row[Any], target: Row[Any]) -> None:
    turns = schema.turns
    ids = work.conn.scalars(select(turns.c.id).where(turns.c.speaker_id == gone.id)).all()
    work.update_many(turns, ids, speaker_id=target.id)
    missing = {
        name: getattr(gone, name)
        for name in _SAID_OF_A_SPEAKER
        if getattr(target, name) is None and getattr(gone, name) is not None
    }
    work.update(schema.speakers, target.id, **missing)


def _tidy_up(work: Work, source_id: int) -> None:
    """Let go of speakers without a turn, and give excerpts to the turns they belong to now."""
    speakers, turns = schema.speakers, schema.turns
    speaking = select(turns.c.speaker_id).where(turns.c.speaker_id.is_not(None))
    silent = select(speakers.c.id).where(speakers.c.source_id == source_id, speakers.c.id.not_in(speaking))
    work.delete(speakers, work.conn.scalars(silent).all())
    attribute_excerpts(work, source_id)
    remove_unused_people(work)
