"""The analysis log: day by day, who did what, and how often."""

from __future__ import annotations

from itertools import groupby

from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry
from cmo.report.words import Words
from store import journal
from store.journal import Entry as Act

MOST_TOLD = 3
"""Acts of a kind that are told in their own words; of more, the first and the last."""


def table(ground: Ground) -> Body:
    say = ground.say
    acts = sorted(journal.in_force(ground.conn), key=lambda act: act.seq)
    columns = (
        Column(say("Day (UTC)")),
        Column(say("Who")),
        Column(say("What")),
        Column(say("Acts"), "number"),
        Column(say("In words"), "words"),
    )
    rows = []
    for (day, coder, kind), found in groupby(acts, key=lambda act: (act.at[:10], act.coder, act.act)):
        told = list(found)
        rows.append((Entry(day), Entry(coder), Entry(say.retell(kind)), Entry(len(told)), Entry(_in_words(told, say))))
    notes = (
        say("Acts of one kind that followed on each other stand in one row. What was undone is not here."),
        say("The whole journal, with every undo, is in the study file and cannot be rewritten unseen."),
    )
    return Body(columns, rows, notes)


def _in_words(acts: list[Act], say: Words) -> str:
    if len(acts) <= MOST_TOLD:
        return "\n".join(say.retell(act.summary) for act in acts)
    first, last = say.retell(acts[0].summary), say.retell(acts[-1].summary)
    return say("{first}\n… {n} more …\n{last}", first=first, n=say.number(len(acts) - 2), last=last)
