"""A passage with its reference, as it is copied into a letter or a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmo.report.house import attributed

if TYPE_CHECKING:
    from transcripts.records import Source, Span, Turn


def with_reference(text: str, span: Span, source: Source, turn: Turn | None, pattern: str) -> str:
    """``“The words.” (Leader, Case 3; case3_leader, turn 12)``: the study's way to attribute, then where it stands."""
    answers = turn is None or not turn.asks
    parts = {
        "role": (turn.role if turn else None) or (source.role if answers else None),
        "participant": (turn.participant if turn else None) or (source.participant if answers else None),
        "case": source.case,
        "speaker": turn.label if turn else None,
        "source": source.name,
        "turn": str(turn.number) if turn else None,
        "round": source.round,
    }
    who = attributed(pattern, {name: value for name, value in parts.items() if value})
    place = source.name if turn is None else f"{source.name}, turn {turn.number}"
    words = " ".join(text[slice(*span)].split())
    return f"“{words}” " + (f"{who[:-1]}; {place})" if who.endswith(")") else f"{who} ({place})".strip())
