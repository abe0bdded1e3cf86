"""Hits as they are handed out: with names, the words around them, and how much is coded there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Table, select

from store.schema import cases, participants, roles
from transcripts.search.filters import Voice, voices_in
from transcripts.search.finding import Found, Search
from transcripts.search.records import Hit


def hits_of(conn: Connection, search: Search, found: Sequence[Found], context: int) -> list[Hit]:
    """Matches as hits; ``context`` is how many code points of the turn stand before and after each."""
    source_ids = {one.place.source_id for one in found}
    voices = voices_in(conn, source_ids)
    names = VoiceNames(conn, voices.values())
    return [
        _hit(one, voices[one.place.source_id, one.turn.speaker_id], names, number, context)
        for one, number in zip(found, search.codings_at(found), strict=True)
    ]


def _hit(found: Found, voice: Voice, names: VoiceNames, codings: int, context: int) -> Hit:
    place, turn, text = found.place, found.turn, found.text
    start, end = found.match.span
    return Hit(
        source_id=place.source_id,
        version_id=place.version_id,
        source=place.source,
        kind=place.kind,
        case=names.cases(voice.case_ids),
        role=names.roles.get(voice.role_id),
        participant=names.participants.get(voice.participant_id),
        speaker=voice.label,
        asks=voice.asks,
        turn=turn.number,
        start=start,
        end=end,
        terms=found.match.terms,
        before=text[max(turn.speech_start, start - context) : start],
        words=text[start:end],
        after=text[end : min(turn.end, end + context)],
        codings=codings,
    )


class VoiceNames:
    """The names of those who speak and of their cases."""

    def __init__(self, conn: Connection, voices: Collection[Voice]) -> None:
        self.roles = _names(conn, roles, {voice.role_id for voice in voices})
        self.participants = _names(conn, participants, {voice.participant_id for voice in voices})
        self._cases = _names(conn, cases, {case_id for voice in voices for case_id in voice.case_ids})

    def cases(self, case_ids: Collection[int]) -> str | None:
        """The cases in words, in the order of the study: None, one name, or several joined by ``; ``."""
        return "; ".join(name for case_id, name in self._cases.items() if case_id in case_ids) or None


def _names(conn: Connection, table: Table, ids: Collection[int | None]) -> dict[int | None, str]:
    query = select(table.c.id, table.c.name).where(table.c.id.in_([one for one in ids if one is not None]))
    order = [table.c.position, table.c.id] if "position" in table.c else [table.c.id]
    return {row.id: row.name for row in conn.execute(query.order_by(*order))}
