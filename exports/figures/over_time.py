"""Evidence over time: on which days passages were coded, stance by stance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from cmo.evidence import evidence
from cmo.report.glyphs import GLYPHS, named
from cmo.report.ground import Ground, Label
from exports.figures.drawing import DIM, SOFT, Drawing
from store.schema import codings

LABEL, PLOT, ROW, TOP = 150.0, 640.0, 64.0, 56.0
TALLEST = 36.0
MOST_BARS = 40
"""Bars in a row; of more days, several stand in one bar."""
EIGHTHS = " ▁▂▃▄▅▆▇█"


def counted(ground: Ground) -> Mapping[Label, Mapping[str, int]]:
    """Excerpts by stance and by the day (UTC) on which they were coded, counted in SQL."""
    rows = evidence()
    day = func.substr(codings.c.created_at, 1, 10)
    query = (
        select(rows.c.stance, day, func.count(rows.c.excerpt_id.distinct()))
        .join(codings, codings.c.id == rows.c.coding_id)
        .group_by(rows.c.stance, day)
        .order_by(day)
    )
    found: dict[Label, dict[str, int]] = defaultdict(dict)
    for stance, on, excerpts in ground.conn.execute(query):
        found[stance][on] = excerpts
    return found


def bars(by_day: Mapping[str, int], days: Sequence[str]) -> list[int]:
    """The counts of days, in at most ``MOST_BARS`` bars of equally many days each."""
    each = -(-len(days) // MOST_BARS) or 1
    return [sum(by_day.get(day, 0) for day in days[at : at + each]) for at in range(0, len(days), each)]


def drawing(ground: Ground, title: str) -> Drawing:
    found, say = counted(ground), ground.say
    stances = [stance for stance in GLYPHS if stance in found]
    days = sorted({day for by_day in found.values() for day in by_day})
    rows = {stance: bars(found[stance], days) for stance in stances}
    most = max((bar for row in rows.values() for bar in row), default=1)
    bottom = TOP + ROW * len(stances)
    sheet = Drawing(LABEL + PLOT + 90, bottom + 60, title)
    sheet.words(10, 26, title, size=16, bold=True)
    for at, stance in enumerate(stances):
        base, row = TOP + ROW * at + TALLEST + 14, rows[stance]
        sheet.words(10, base - 8, named(stance, say), bold=True)
        sheet.line([(LABEL, base), (LABEL + PLOT, base)])
        wide = PLOT / max(len(row), 8)
        for place, excerpts in enumerate(row):
            if excerpts:
                tall, x = max(2.0, TALLEST * excerpts / most), LABEL + wide * place
                sheet.box(x + 2, base - tall, wide - 4, tall, fill=SOFT[at % len(SOFT)], firm=True)
                sheet.words(x + wide / 2, base - tall - 3, str(excerpts), size=9, anchor="middle")
        sheet.words(LABEL + PLOT + 12, base - 8, str(sum(found[stance].values())), bold=True)
    if days:
        sheet.words(LABEL, bottom + 18, days[0], size=11, fill=DIM)
        sheet.words(LABEL + PLOT, bottom + 18, days[-1], size=11, anchor="end", fill=DIM)
    sheet.line([(LABEL, bottom + 2), (LABEL + PLOT, bottom + 2)], dash="1 3")
    sheet.words(10, bottom + 44, _notes(ground), size=11, fill=DIM)
    return sheet


def lines(ground: Ground) -> list[str]:
    """The same for a terminal: a row of bars for each stance, and its sum."""
    found = counted(ground)
    days = sorted({day for by_day in found.values() for day in by_day})
    if not days:
        return [ground.say("Nothing yet.")]
    rows = {stance: bars(found[stance], days) for stance in GLYPHS if stance in found}
    most = max(max(row) for row in rows.values())
    told = [f"{days[0]} – {days[-1]}"]
    for stance, row in rows.items():
        drawn = "".join(EIGHTHS[-(-bar * 8 // most)] for bar in row)
        name = named(stance, ground.say)
        told.append(f"{name:18} {drawn} {sum(found[stance].values())}")
    return [*told, "", _notes(ground)]


def _notes(ground: Ground) -> str:
    return ground.say("Excerpts by the day (UTC) on which they were coded; days without coding are left out.")
