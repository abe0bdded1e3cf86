"""Attributions: ``(Leder, case 3)`` under a quote, read against the names of the study.

The quote of an attribution is what stands before it in its own paragraph and, where that is nothing, the paragraph
above it; where a closing quotation mark ends that, everything up to the opening one. It never reaches above another
attribution.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from store import schema
from store.findings import Finding
from store.work import Work
from transcripts.conventions.marked import version_marks
from transcripts.people import fold, ids_by_name
from transcripts.records import Span
from transcripts.sources import CurrentText

_OPENING, _CLOSING = "\"“”„»«‘'", "\"”“»«’'"
_NEW_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A bracket under a quote. ``role`` and ``case`` are names of the study; None where it names none.

    ``start`` and ``end`` are the bracket, ``quote`` is the passage it stands under; ``unknown`` are its parts that
    are no name of the study.
    """

    start: int
    end: int
    form: str
    quote: Span
    role: str | None
    case: str | None
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttributionReport:
    """What attributions gave: the number of excerpts with a new case, of speakers with a new role, and doubts."""

    attributions: int
    excerpts: int
    speakers: int
    findings: tuple[Finding, ...]


def list_attributions(conn: Connection, source: CurrentText) -> list[Attribution]:
    """The attributions of a source's current version, in text order."""
    names = _Names(conn)
    found: list[Attribution] = []
    for start, end, kind in version_marks(conn, source.version_id):
        if kind == "attribution":
            floor = found[-1].end if found else 0
            form = " ".join(source.text[start:end].split())
            quote = quote_above(source.text, floor, start)
            found.append(Attribution(start, end, form, quote, *names.of(form)))
    return found


def attribute_by_marks(work: Work, source: CurrentText) -> AttributionReport:
    """Give excerpts in attributed quotes their case, and the speakers of the quotes their role.

    A case or a role that a person has set stays, and where the attribution says otherwise, that is a finding. So is
    a speaker of whom two attributions say two roles, and an attribution in which no name of the study stands.
    """
    attributions = list_attributions(work.conn, source)
    findings = [_not_known(source, one) for one in attributions if one.role is None and one.case is None]
    excerpts = _give_cases(work, source, attributions, findings)
    speakers = _give_roles(work, source, attributions, findings)
    work.summary = f"bind quotes in '{source.name}' by their attributions (excerpts: {excerpts}, speakers: {speakers})"
    return AttributionReport(len(attributions), excerpts, speakers, tuple(findings))


def quote_above(text: str, floor: int, mark_start: int) -> Span:
    """The passage that an attribution stands under, without outer white space; it does not begin above ``floor``."""
    end = floor + len(text[floor:mark_start].rstrip())
    breaks = [floor, *(match.end() for match in _NEW_PARAGRAPH.finditer(text, floor, end))]
    first = len(breaks) - 1
    if text[end - 1 : end] and text[end - 1] in _CLOSING:
        opened = (n for n in range(first, -1, -1) if text[breaks[n] : end].lstrip()[:1] in tuple(_OPENING))
        first = next(opened, first)
    start = breaks[first]
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


class _Names:
    """The roles and cases of the study, to be found in brackets."""

    def __init__(self, conn: Connection) -> None:
        self._roles = self._by_key(conn, schema.roles)
        self._cases = self._by_key(conn, schema.cases)

    @staticmethod
    def _by_key(conn: Connection, table: Any) -> dict[str, str]:
        return {_key(name): name for name in conn.scalars(select(table.c.name))}

    def of(self, form: str) -> tuple[str | None, str | None, tuple[str, ...]]:
        """The role, the case, and the parts that are neither."""
        parts = [part for part in re.split(r"\s*[,;/–]\s*|\s+-\s+", form.strip("()[] .")) if part]
        role = next((self._roles[_key(part)] for part in parts if _key(part) in self._roles), None)
        case = next((self._cases[_key(part)] for part in parts if _key(part) in self._cases), None)
        unknown = tuple(part for part in parts if _key(part) not in self._roles and _key(part) not in self._cases)
        return role, case, unknown


def _key(name: str) -> str:
    """``case 3``, ``Case3`` and ``case-03`` are one name."""
    joined = re.sub(r"[^\w]|_", "", fold(name))
    return re.sub(r"0+(?=\d)", "", joined) if re.search(r"\D0+\d", joined) else joined


def _give_cases(work: Work, source: CurrentText, attributions: Sequence[Attribution], findings: list[Finding]) -> int:
    excerpts, given = schema.excerpts, 0
    case_ids = ids_by_name(work.conn, schema.cases)
    query = select(excerpts).where(excerpts.c.version_id == source.version_id).order_by(excerpts.c.start)
    rows = work.conn.execute(query).all()
    for one in attributions:
        if one.case is None:
            continue
        case_id = case_ids[fold(one.case)]
        for row in rows:
            if not (one.quote.start <= row.start and row.end <= one.end):
                continue
            if row.case_id is None:
                work.update(excerpts, row.id, case_id=case_id)
                given += 1
            elif row.case_id != case_id:
                findings.append(_differs(source, one, f"“{row.quote[:30]}” has another case; it stays as it is"))
    return given


def _give_roles(work: Work, source: CurrentText, attributions: Sequence[Attribution], findings: list[Finding]) -> int:
    role_ids, given = ids_by_name(work.conn, schema.roles), 0
    speakers = {row.id: row for row in work.conn.execute(select(schema.speakers))}
    said: dict[int, list[Attribution]] = {}
    for one in attributions:
        speaker_id = _speaker_of(work.conn, source.version_id, one) if one.role is not None else None
        if speaker_id is not None:
            said.setdefault(speaker_id, []).append(one)
    for speaker_id, of_speaker in said.items():
        roles = {one.role for one in of_speaker}
        reason = _why_not(speakers[speaker_id], roles, role_ids)
        if reason:
            findings.append(_differs(source, of_speaker[0], reason))
        elif speakers[speaker_id].role_id is None:
            work.update(schema.speakers, speaker_id, role_id=role_ids[fold(of_speaker[0].role or "")])
            given += 1
    return given


def _why_not(speaker: Row[Any], roles: set[str | None], role_ids: Mapping[str, int]) -> str | None:
    """Why a speaker does not get the roles that attributions say, in words."""
    if len(roles) > 1:
        listed = ", ".join(sorted(role for role in roles if role))
        return f"the speaker '{speaker.label}' stands for several roles here ({listed}), so no role was given"
    if speaker.role_id is not None and role_ids[fold(next(iter(roles)) or "")] != speaker.role_id:
        return f"the speaker '{speaker.label}' has another role; it stays as it is"
    return None


def _speaker_of(conn: Connection, version_id: int, one: Attribution) -> int | None:
    """The speaker of the last turn of the quote; None where nobody is named there or an interviewer asks."""
    turns, speakers = schema.turns, schema.speakers
    query = (
        select(turns.c.speaker_id, speakers.c.asks)
        .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
        .where(turns.c.version_id == version_id, turns.c.start < one.quote.end, turns.c.end > one.quote.start)
        .order_by(turns.c.start.desc())
    )
    row = conn.execute(query).first()
    return None if row is None or row.asks else row.speaker_id


def _not_known(source: CurrentText, one: Attribution) -> Finding:
    message = f"{one.form} names no role and no case of the study, so nothing is bound by it"
    return Finding("attribution-unknown", source.name, message)


def _differs(source: CurrentText, one: Attribution, reason: str) -> Finding:
    return Finding("attribution-differs", source.name, f"{one.form}: {reason}")
