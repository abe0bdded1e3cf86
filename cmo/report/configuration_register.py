"""The configuration register: every configuration with its elements, in the words of those who said them."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.configurations.grammar import read_grammar
from cmo.configurations.records import Configuration, Part
from cmo.report.entries import heading, point_entry
from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry
from cmo.report.words import Words


def table(ground: Ground) -> Body:
    say, grammar = ground.say, read_grammar(ground.conn)
    letters = [element.letter for element in grammar.elements.values()]
    columns = (
        Column(say("No."), "number"),
        Column(say("Name")),
        Column(say("Level")),
        Column(say("Point")),
        Column(say("Cases")),
        Column(say("In the analyst's words"), "words"),
        *(Column(heading(say(element.name)), "quote") for element in grammar.elements.values()),
        Column(say("Undecided"), "quote"),
        Column(say("Waiting for"), "words"),
        Column(say("Links"), "words"),
    )
    rows = [_row(ground, one, letters) for one in ground.configurations]
    notes = (
        say("Words in quotation marks were said by somebody; words in square brackets are inferred by the analyst."),
        say("A link is told from both its ends; → leads from this configuration, ← leads to it."),
    )
    return Body(columns, rows, notes)


def _row(ground: Ground, one: Configuration, letters: list[str]) -> tuple[Entry, ...]:
    say = ground.say
    return (
        Entry(one.number, about=("configuration", str(one.number))),
        Entry(one.name or None),
        Entry(say(one.level)),
        point_entry(one.point, say) if one.point else Entry(None),
        Entry("; ".join(one.cases) or None),
        Entry(one.restatement or None),
        *(parts_entry(ground, [part for part in one.parts if part.element == letter]) for letter in letters),
        parts_entry(ground, [part for part in one.parts if part.element is None]),
        Entry(", ".join(say(element.name) for element in one.missing) or None),
        Entry("\n".join(_links(one, say)) or None),
    )


def parts_entry(ground: Ground, parts: Sequence[Part]) -> Entry:
    """The parts of one element, one a line: what was said in quotation marks, what is inferred in brackets."""
    codings = tuple(dict.fromkeys(part.coding_id for part in parts if part.coding_id is not None))
    said = ground.said(codings)
    lines: list[str] = []
    for part in parts:
        if part.wording:
            lines.append(part.wording if part.is_stated else f"[{part.wording}]")
        if part.coding_id is not None:
            lines.append(str(said[part.coding_id]))
    return Entry("\n".join(lines) or None, codings)


def _links(one: Configuration, say: Words) -> list[str]:
    lines = []
    for link in one.links:
        arrow = "→" if link.source == one.number else "←"
        lines.append(f"{say(link.kind)} {arrow} {link.other(one.number)} {link.note}".rstrip())
    return lines
