"""Hits as they are handed out: with names, the words around them, and how much is coded there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Table, select

from store.schema import cases, participants, roles
from store.sqlite import while_unchanged
from transcripts.search.filters import Voice, voices_in
from transcripts.search.finding import Found, Search
from transcripts.search.records import Hit


def hits_of(conn: Connection, search: Search, found: Sequence[Found], context: int) -> list[Hit]:
    """Matches as hits; ``context`` is how many code points of the turn stand before and after each."""
    source_ids = {one.place.source_id for one in found}
    voices = voices_in(conn, source_ids)
    names = VoiceNames(conn)
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

    def __init__(self, conn: Connection) -> None:
        self.roles, self.participants, self._cases = while_unchanged(
            conn, "names of voices", lambda: [_names(conn, table) for table in (roles, participants, cases)]
        )

    def cases(self, case_ids: Collection[int]) -> str | None:
        """The cases in words, in the order of the study: None, one name, or several joined by ``; ``."""
        if len(case_ids) == 1:
            return self._cases[next(iter(case_ids))]
        return "; ".join(name for case_id, name in self._cases.items() if case_id in case_ids) or None


def _names(conn: Connection, table: Table) -> dict[int | None, str]:
    order = [table.c.position, table.c.id] if "position" in table.c else [table.c.id]
    return {row.id: row.name for row in conn.execute(select(table.c.id, table.c.name).order_by(*order))}
