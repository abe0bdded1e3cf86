"""Configurations as chains of their elements, with the ripples that lead from the outcome of one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cmo.configurations.grammar import Grammar, GrammarElement, read_grammar
from cmo.configurations.records import Configuration, Part
from cmo.report.entries import heading
from cmo.report.ground import Ground
from cmo.report.words import Words
from exports.figures.drawing import DIM, LINE, SOFT, Drawing, wrapped

BOX, GAP, LABEL, PAD, TOP, BETWEEN = 210.0, 34.0, 130.0, 8.0, 70.0, 34.0
MOST_LINES = 8
INFERRED, MISSING = "5 3", "2 4"
"""Edges of what the analyst infers, and of what is not there yet."""


class _Row(NamedTuple):
    """A configuration where it is drawn."""

    one: Configuration
    top: float
    height: float


def drawing(ground: Ground, title: str) -> Drawing:
    say, grammar = ground.say, read_grammar(ground.conn)
    main = grammar.main
    rows, bottom = _rows([one for one in ground.configurations if one.parts], grammar, say)
    drawn = {row.one.number for row in rows}
    ripples = [
        (row, link)
        for row in rows
        for link in row.one.links
        if _is_ripple_from(link.kind, link.source, row.one) and link.target in drawn
    ]
    right = LABEL + len(main) * (BOX + GAP)
    sheet = Drawing(right + 30 + 10 * len(ripples), bottom + 50, title)
    sheet.words(10, 26, title, size=16, bold=True)
    for at, element in enumerate(main):
        name = heading(say(element.name))
        sheet.words(_left(at) + BOX / 2, TOP - 12, f"{element.letter} · {name}", anchor="middle", bold=True)
    for row in rows:
        _draw_row(sheet, row, grammar, say)
    by_number = {row.one.number: row for row in rows}
    for place, (row, link) in enumerate(ripples):
        _ripple(sheet, row, by_number[link.target], len(main), right + 10 * place, say)
    sheet.words(10, bottom + 24, _notes(say), size=11, fill=DIM)
    return sheet


def _is_ripple_from(kind: str, source: int, one: Configuration) -> bool:
    return kind == "ripple" and source == one.number


def _rows(found: Sequence[Configuration], grammar: Grammar, say: Words) -> tuple[list[_Row], float]:
    rows, top, under = [], TOP, main_letters(grammar)
    for one in found:
        tallest = max((len(_lines(one, element, under, say)) for element in grammar.main), default=1)
        height = max(tallest, 2) * LINE + 2 * PAD
        rows.append(_Row(one, top, height))
        top += height + BETWEEN
    return rows, top


def main_letters(grammar: Grammar) -> dict[str, str]:
    """The letter of the main element of each element, its own for a main one."""
    return {element.letter: grammar.elements[element.main_id].letter for element in grammar.elements.values()}


def _left(at: int) -> float:
    return LABEL + at * (BOX + GAP)


def _parts(one: Configuration, element: GrammarElement, under: Mapping[str, str]) -> list[Part]:
    """The parts of a main element, also those of its parts, as reasoning is of mechanism."""
    return [part for part in one.parts if part.element and under.get(part.element) == element.letter]


def _lines(one: Configuration, element: GrammarElement, under: Mapping[str, str], say: Words) -> list[str]:
    """The words in the box of an element: of every part the beginning, so that a long one does not hide the others."""
    parts = _parts(one, element, under)
    if not parts:
        return [f"? {say('not there yet')}"] if element in one.missing else []
    most = max(MOST_LINES // len(parts), 1)
    texts = [part.text if part is parts[0] else f"/ {part.text}" for part in parts[:MOST_LINES]]
    return [line for text in texts for line in wrapped(text, BOX - 2 * PAD, most=most)]


def _draw_row(sheet: Drawing, row: _Row, grammar: Grammar, say: Words) -> None:
    one, under = row.one, main_letters(grammar)
    sheet.words(10, row.top + 18, f"{one.number} {one.point or ''}".rstrip(), bold=True)
    for at, line in enumerate(wrapped(one.name or "; ".join(one.cases), LABEL - 20, size=11, most=3)):
        sheet.words(10, row.top + 34 + 13 * at, line, size=11, fill=DIM)
    for at, element in enumerate(grammar.main):
        parts = _parts(one, element, under)
        stated = any(part.is_stated for part in parts)
        dash = "" if stated else INFERRED if parts else MISSING
        sheet.box(_left(at), row.top, BOX, row.height, fill=SOFT[at % len(SOFT)] if parts else "#FFFFFF", dash=dash)
        for number, line in enumerate(_lines(one, element, under, say)):
            sheet.words(_left(at) + PAD, row.top + PAD + 11 + LINE * number, line)
        if at:
            middle = row.top + row.height / 2
            sheet.line([(_left(at) - GAP, middle), (_left(at) - 2, middle)], arrow=True)


def _ripple(sheet: Drawing, row: _Row, target: _Row, elements: int, lane: float, say: Words) -> None:
    """From the outcome of one row round the right side to the context of another."""
    start, across = row.top + row.height / 2, target.top - BETWEEN / 2
    end = _left(0) + BOX / 2
    edge = _left(elements - 1) + BOX
    sheet.line(
        [(edge, start), (lane, start), (lane, across), (end, across), (end, target.top - 2)], arrow=True, dash="6 2"
    )
    sheet.words(end + 10, across - 4, say("ripple"), size=11, fill=DIM)


def lines(ground: Ground) -> list[str]:
    """The same for a terminal: one line for each part of an element, inferred words in brackets."""
    say, grammar = ground.say, read_grammar(ground.conn)
    main, under = grammar.main, main_letters(grammar)
    found: list[str] = []
    for one in (one for one in ground.configurations if one.parts):
        found.append(" ".join(part for part in (str(one.number), one.point, one.name) if part))
        for element in main:
            texts = [(" ".join(part.text.split()), part.is_stated) for part in _parts(one, element, under)]
            first, *others = [text if stated else f"[{text}]" for text, stated in texts] or ["?"]
            found.append(f"  {'→' if element != main[0] else ' '} {element.letter} {first}")
            found += [f"    / {other}" for other in others]
        for link in one.links:
            if _is_ripple_from(link.kind, link.source, one):
                found.append(f"  ↳ {say('ripple')}: {link.target}")
    return [*found, "", _notes(say)] if found else [say("Nothing yet.")]


def _notes(say: Words) -> str:
    return say("Firm edge: somebody said it. Dashed edge: inferred by the analyst. Dotted edge: not there yet.")
