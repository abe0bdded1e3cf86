"""What people type to search, and what it means.

Words must all occur in the same turn; ``"in quotes"`` they stand in that order; ``arbejd*`` is the beginning of a
word; ``NEAR(a b, 5)`` are words with at most five others between them; ``AND``, ``OR``, ``NOT`` (in capitals) and
parentheses join all of these. A word alone stands for all its forms, ``=word`` and words in quotes for
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.errors import BadQuery
from store.words import words_of
from transcripts.text import normalise

LONGEST_QUERY = 1000
"""Code points."""
DEEPEST_NESTING = 30
NEAR_WITHIN = 10
"""How many words may stand between where nobody says."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words one after the other. ``prefix``: the last is the beginning of a word; ``any_form``: forms may vary."""

    words: tuple[str, ...]
    prefix: bool = False
    any_form: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Terms in any order; between the end of each and the beginning of the last stand at most ``within`` words."""

    terms: tuple[Term, ...]
    within: int


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class But:
    """Where the one is and the other is not."""

    wanted: Query
    unwanted: Query


Query = Term | Near | All | Any | But

_AND = frozenset({"AND", "OG", "OCH", "UND"})
_OR = frozenset({"OR", "ELLER", "ODER"})
_NOT = frozenset({"NOT", "IKKE", "IKKJE", "INTE", "NICHT"})
_OPERATORS = _AND | _OR | _NOT
_CAPITALS = "AND, OR and NOT in capitals join words; put a word in quotes to look for it itself."
_QUOTES = '"“”„»«'
_PIECE = re.compile(
    rf"""
    NEAR\s*\((?P<near>[^()]*)(?P<shut>\)?)
  | (?P<open>\()
  | (?P<close>\))
  | =?[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<unquote>[{_QUOTES}]?)\*?
  | (?P<word>[^\s(){_QUOTES}]+)
    """,
    re.VERBOSE,
)
_WITHIN = re.compile(r"(?P<terms>.*),\s*(?P<within>\d{1,4})\s*", re.DOTALL)


def parse(typed: str, *, exact: bool = False) -> Query:
    """Read a search. With ``exact`` words stand for themselves and not for their other forms.

    Raises:
        BadQuery: it says at which character what is wrong.
    """
    text = normalise(typed)
    if len(text) > LONGEST_QUERY:
        raise BadQuery(f"A search has at most {LONGEST_QUERY} characters; this one has {len(text):,}.", LONGEST_QUERY)
    return _Parser(text, exact).query()


def terms_in(query: Query) -> Iterator[Term]:
    """Every term of a query, also what NOT leaves out."""
    match query:
        case Term():
            yield query
        case Near(terms, _):
            yield from terms
        case All(parts) | Any(parts):
            for part in parts:
                yield from terms_in(part)
        case But(wanted, unwanted):
            yield from terms_in(wanted)
            yield from terms_in(unwanted)


def wanted_in(query: Query) -> Iterator[Term | Near]:
    """What a query asks for, each by itself and without what NOT leaves out."""
    match query:
        case Term() | Near():
            yield query
        case All(parts) | Any(parts):
            for part in parts:
                yield from wanted_in(part)
        case But(wanted, _):
            yield from wanted_in(wanted)


class _Parser:
    """Reads a search from left to right; each method takes the pieces it understands."""

    def __init__(self, text: str, exact: bool, start: int = 0) -> None:
        """``start`` is where the text stands in the whole search."""
        self._exact, self._start, self._length = exact, start, len(text)
        self._pieces = list(reversed(list(_PIECE.finditer(text))))

    def query(self) -> Query:
        found = self._either(0)
        if self._pieces:
            raise BadQuery("')' closes nothing.", self._at())
        return found

    def terms(self) -> list[Term]:
        """Single words and quoted words only, as NEAR takes them."""
        found = []
        while self._pieces:
            at, part = self._at(), self._one(0)
            if not isinstance(part, Term):
                raise BadQuery("NEAR takes words and words in quotes.", at, 'For example NEAR(leder "fast tid", 5).')
            found.append(part)
        return found

    def _either(self, depth: int) -> Query:
        parts = [self._together(depth)]
        while self._takes(_OR):
            parts.append(self._together(depth))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _together(self, depth: int) -> Query:
        at = self._at()
        wanted: list[Query] = []
        unwanted: list[Query] = []
        while self._pieces and self._pieces[-1].lastgroup != "close" and not self._is(_OR):
            joined = self._takes(_AND)
            is_unwanted = self._takes(_NOT)
            if joined and not (wanted or unwanted):
                raise BadQuery("There is nothing before the AND.", at, _CAPITALS)
            if (joined or is_unwanted) and self._ends():
                raise BadQuery("Something is missing here.", self._at(), _CAPITALS)
            part = self._one(depth)
            if part is not None:
                (unwanted if is_unwanted else wanted).append(part)
        if not wanted:
            what = (
                "There is nothing here that NOT could be taken from." if unwanted else "There is no word to look for."
            )
            raise BadQuery(what, at, 'Type a word, "words in quotes", or a beginning such as arbejd*.')
        found = wanted[0] if len(wanted) == 1 else All(tuple(wanted))
        for part in unwanted:
            found = But(found, part)
        return found

    def _one(self, depth: int) -> Query | None:
        """A word, words in quotes, NEAR or something in parentheses; None for signs that are no word."""
        at, piece = self._at(), self._pieces.pop()
        match piece.lastgroup:
            case "open":
                return self._in_parentheses(at, depth)
            case "shut":
                return self._near(piece, at)
            case "unquote":
                return self._quoted(piece, at)
            case _:
                return self._word(piece[0], at)

    def _in_parentheses(self, at: int, depth: int) -> Query:
        if depth == DEEPEST_NESTING:
            raise BadQuery("There are too many parentheses in each other.", at)
        found = self._either(depth + 1)
        if not self._pieces:
            raise BadQuery("'(' is not closed.", at)
        self._pieces.pop()
        return found

    def _near(self, piece: re.Match[str], at: int) -> Query:
        if not piece["shut"]:
            raise BadQuery("'NEAR(' is not closed.", at)
        said = _WITHIN.fullmatch(piece["near"])
        inside = said["terms"] if said else piece["near"]
        terms = _Parser(inside, self._exact, self._start + piece.start("near")).terms()
        if len(terms) < 2:
            raise BadQuery("NEAR needs two words or more.", at, "For example NEAR(leder pause, 5).")
        return Near(tuple(terms), int(said["within"]) if said else NEAR_WITHIN)

    def _quoted(self, piece: re.Match[str], at: int) -> Query | None:
        if not piece["unquote"]:
            raise BadQuery("The quote is not closed.", at)
        inside = piece["quoted"].rstrip()
        return _term(inside.rstrip("*"), prefix=inside.endswith("*") or piece[0].endswith("*"), at=at)

    def _word(self, text: str, at: int) -> Query | None:
        if text in _OPERATORS:
            raise BadQuery(f"'{text}' joins nothing here.", at, _CAPITALS)
        if re.match(r"-\w", text):
            raise BadQuery("A minus leaves nothing out.", at, f"Write NOT {text[1:]}.")
        bare = text.removeprefix("=").rstrip(".,;:!?…")
        prefix = bare.endswith("*")
        return _term(
            bare.rstrip("*"), prefix=prefix, at=at, any_form=not (prefix or self._exact or text.startswith("="))
        )

    def _takes(self, operators: frozenset[str]) -> bool:
        """Whether one of these stands here; it is taken."""
        if not self._is(operators):
            return False
        self._pieces.pop()
        return True

    def _is(self, operators: frozenset[str]) -> bool:
        return bool(self._pieces) and self._pieces[-1][0] in operators

    def _ends(self) -> bool:
        return not self._pieces or self._pieces[-1].lastgroup == "close" or self._is(_OR)

    def _at(self) -> int:
        """Where the next piece stands in the whole search; its end where there is none."""
        return self._start + self._pieces[-1].start() if self._pieces else self._start + self._length


def _term(text: str, *, prefix: bool, at: int, any_form: bool = False) -> Term | None:
    if "*" in text:
        raise BadQuery("'*' can only end a word.", at, "For words that end alike use --regex, as in \\w*plads.")
    words = tuple(words_of(text))
    if prefix and not words:
        raise BadQuery("'*' needs the beginning of a word before it.", at)
    return Term(words, prefix, any_form and len(words) == 1) if words else None
