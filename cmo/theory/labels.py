"""Labels of points: ``#7``, ``#7a``, ``#3.1`` and, for overall hypotheses, ``H``, ``H2``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import count
from string import ascii_lowercase

_NUMBERED = re.compile(
    r"""
    \(? (?:pt)? [\s\-]* (?:point|punkt|no\.?|nr\.?)? [\s\-]* \#? \s*
    (?P<number> \d+ (?:[.,]\d+)* \s? [a-zæøå]? )
    [.):]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OVERALL = re.compile(r"H(?:[2-9]|[1-9]\d+)?")
_SUB_POINT = re.compile(r"(?P<above>\#\d+(?:\.\d+)*?)(?:\.\d+|[a-zæøå])")


@lru_cache(maxsize=1_000)  # a table of codings has the same few in every row
def point_label(text: str) -> str | None:
    """``#7`` for what people write as a point's number (``7``, ``#7``, ``PT 7``, ``07.``); None for anything else."""
    match = _NUMBERED.fullmatch(text.strip())
    if match is None:
        return None
    number = match["number"].replace(" ", "").replace(",", ".").casefold()
    return "#" + re.sub(r"^0+(?=\d)", "", number)


def overall_label(text: str) -> str | None:
    """``H2`` for the label of an overall hypothesis; None for anything else."""
    return text.strip().upper() if _OVERALL.fullmatch(text.strip().upper()) else None


def label_above(label: str) -> str | None:
    """The label that a sub-point's own label stands under: ``#7`` for ``#7a``, ``#3`` for ``#3.1``; else None."""
    match = _SUB_POINT.fullmatch(label)
    return match["above"] if match else None


def free_overall(taken: Collection[str]) -> Iterator[str]:
    """Labels for overall hypotheses that are not taken: ``H``, ``H2``, ..."""
    return (label for number in count(1) if (label := f"H{number if number > 1 else ''}") not in taken)


def free_number(taken: Collection[str]) -> str:
    """The label after the highest number that is taken."""
    numbers = [int(match[1]) for label in taken if (match := re.match(r"#(\d+)", label))]
    return f"#{max(numbers, default=0) + 1}"


def free_below(label: str, taken: Collection[str]) -> Iterator[str]:
    """Labels for the parts of a point that are not taken: ``#7a``, ``#7b``, ... beside or below ``#7``; then ``#7.1``.

    The parts of an overall hypothesis are numbered points.
    """
    if not label.startswith("#"):
        first = int(free_number(taken)[1:])
        yield from (f"#{number}" for number in count(first))
    stem = label.rstrip(ascii_lowercase + "æøå")
    yield from (free for letter in ascii_lowercase if (free := stem + letter) not in taken)
    yield from (free for number in count(1) if (free := f"{stem}.{number}") not in taken)
