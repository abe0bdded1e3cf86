"""Words of the glossary, found where they are used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Term(NamedTuple):
    """A word or abbreviation of the study's own, and what it means."""

    name: str
    meaning: str


class Glossary:
    """Finds the terms of a study in a text, also where an ending follows them, as in ``AMR'en``."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._terms = {name.casefold(): Term(name, meaning) for name, meaning in meanings.items() if name.strip()}
        longest_first = sorted(self._terms, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def terms_in(self, text: str) -> list[Term]:
        """The terms that stand in a text, in the order in which they first do."""
        if not self._terms:
            return []
        found = (self._terms.get(match[0].casefold()) for match in self._pattern.finditer(text))
        return list(dict.fromkeys(term for term in found if term is not None))
