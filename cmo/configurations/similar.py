"""Which configurations may show one pattern: a list to think about, never applied by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import combinations

from rapidfuzz import fuzz, process, utils
from sqlalchemy import Connection

from cmo.configurations.members import members_by_number
from cmo.configurations.reading import list_configurations
from cmo.configurations.records import Configuration, Suggestion

MOST_PAIRS = 100
"""How many pairs of restatements are suggested at once: grouping some of them brings up others."""


def similar_configurations(conn: Connection, *, alike: int) -> list[Suggestion]:
    """Configurations of one level that no configuration groups together yet.

    First those that speak to one point with the same codes in the same elements (score 100); then pairs whose
    restatements are at least ``alike`` of 100 alike, whatever the order of their words (rapidfuzz's token sort ratio:
    twice the matching characters over all, with the words of each in the order of the alphabet): the ``MOST_PAIRS``
    that are most alike, these first.
    """
    listed = list_configurations(conn)
    together = _grouped_already(members_by_number(conn))
    same = list(_same_codes(listed, together))
    suggested = {frozenset(pair) for one in same for pair in combinations(one.configurations, 2)}
    return [*same, *_same_words(listed, together | suggested, alike)]


def _grouped_already(members: Mapping[int, Sequence[int]]) -> set[frozenset[int]]:
    """Pairs under one configuration, and each with the one that it specialises."""
    return {
        frozenset(pair) for number, below in members.items() for pair in combinations({number, *below}, 2)
    }  # fmt: skip


def _same_codes(listed: Sequence[Configuration], together: set[frozenset[int]]) -> Iterator[Suggestion]:
    by_codes: defaultdict[tuple[str, str | None, frozenset[tuple[str | None, str]]], list[int]] = defaultdict(list)
    for one in listed:
        codes = frozenset((part.element, part.code) for part in one.parts if part.code is not None)
        if codes:
            by_codes[one.level, one.point, codes].append(one.number)
    for (_, point, _), numbers in by_codes.items():
        if any(frozenset(pair) not in together for pair in combinations(numbers, 2)):
            yield Suggestion(tuple(numbers), f"the same codes, {f'point {point}' if point else 'no point'}", 100)


def _same_words(listed: Sequence[Configuration], known: set[frozenset[int]], alike: int) -> list[Suggestion]:
    found = []
    for level in dict.fromkeys(one.level for one in listed):
        worded = [one for one in listed if one.level == level and one.restatement]
        prepared = [_sorted_words(one.restatement) for one in worded]  # once each: there are many pairs
        for place, one in enumerate(worded):
            rest = prepared[place + 1 :]
            scored = process.extract_iter(prepared[place], rest, scorer=fuzz.ratio, score_cutoff=alike)
            for _, score, further in scored:
                pair = one.number, worded[place + 1 + further].number
                if frozenset(pair) not in known:
                    found.append(Suggestion(pair, f"restatements {round(score)} % alike", round(score)))
    return nsmallest(MOST_PAIRS, found, key=lambda suggestion: (-suggestion.score, suggestion.configurations))


def _sorted_words(text: str) -> str:
    return " ".join(sorted(utils.default_process(text).split()))
