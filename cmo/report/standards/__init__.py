"""Reporting standards: what the study's own data can state is filled in, the rest is left to the author as questions.

Nothing is ticked: whether an item is met is for the author to say. Items are told in our own words by their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cmo.report import TABLES
from cmo.report.facts import fact
from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry


class Item(NamedTuple):
    """An item of a standard; ``facts`` are names of :data:`cmo.report.facts.FACTS` that speak to it."""

    number: str
    topic: str
    question: str
    facts: Sequence[str] = ()


def checklist(ground: Ground, standard: str, items: Sequence[Item]) -> Body:
    """The items of a standard with what the study states, where that is shown, and what the author is asked."""
    say = ground.say
    columns = (
        Column(say("Item")),
        Column(say("Topic"), "words"),
        Column(say("What the study's data state"), "words"),
        Column(say("Shown in"), "words"),
        Column(say("For the author to answer"), "words"),
    )
    notes = (
        say("The numbers are those of {standard}; the wordings are ours.", standard=standard),
        say(
            "Nothing is ticked: what stands here are facts and questions, and the author judges whether an item is met."
        ),
    )
    return Body(columns, [_row(ground, item) for item in items], notes)


def _row(ground: Ground, item: Item) -> tuple[Entry, ...]:
    found = [known for name in item.facts if (known := fact(ground, name)) is not None]
    where = dict.fromkeys(ground.say(TABLES[known.where].title) for known in found)
    return (
        Entry(item.number),
        Entry(ground.say(item.topic)),
        Entry("\n".join(known.words for known in found) or None),
        Entry("; ".join(where) or None),
        Entry(ground.say(item.question)),
    )
