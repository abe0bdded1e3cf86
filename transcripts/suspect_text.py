"""Characters that a text should not have: told, with their place, and never changed."""

from __future__ import annotations

import re

from store.findings import Finding
from transcripts.text import describe_position

_LOST = "\ufffd"
_WESTERN_PAIR = re.compile("[ÂÃâ][\u0080-\u00ff\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122\u20ac]{1,2}")
"""How Windows-1252 shows a letter that UTF-8 writes in two or three bytes: ``Ã¸`` for ``ø``."""
_MAC_LETTER = re.compile("(?<=[a-zæøå])[¾¿Œ](?=[a-zæøå])")
"""How Windows-1252 shows ``æ``, ``ø`` and ``å`` of Mac Roman inside a word."""
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SUSPECT = re.compile("[ÂÃâ¾¿Œ\ufffd\u202a-\u202e\u2066-\u2069]")


def suspect_characters(text: str) -> tuple[Finding, ...]:
    """Letters that were lost or garbled before the file came to us, and signs that turn the order of letters."""
    if _SUSPECT.search(text) is None:
        return ()
    found = (_garbled(text), _lost(text), _turned(text))
    return tuple(finding for finding in found if finding is not None)


def _garbled(text: str) -> Finding | None:
    pairs = [(m.start(), m[0], letter) for m in _WESTERN_PAIR.finditer(text) if (letter := _meant(m[0]))]
    pairs += [(m.start(), m[0], m[0].encode("cp1252").decode("mac-roman")) for m in _MAC_LETTER.finditer(text)]
    if not pairs:
        return None
    start, seen, meant = min(pairs)
    message = (
        f"“{seen}” looks like “{meant}” saved in a wrong encoding ({len(pairs)} such in the file); the file holds it "
        "so and it was left as it is. A better copy of the file is the cure."
    )
    return Finding("mojibake", describe_position(text, start), message)


def _meant(pair: str) -> str | None:
    """The letter that two or three Western characters are the bytes of; None where they are none."""
    try:
        return pair.encode("cp1252").decode()
    except UnicodeError:
        return None if len(pair) == 2 else _meant(pair[:2])


def _lost(text: str) -> Finding | None:
    count = text.count(_LOST)
    if not count:
        return None
    message = f"{count} characters are “{_LOST}”: letters that were lost before the file came here."
    return Finding("letters-lost", describe_position(text, text.index(_LOST)), message)


def _turned(text: str) -> Finding | None:
    signs = list(_DIRECTION.finditer(text))
    if not signs:
        return None
    message = f"{len(signs)} unseen signs turn the direction of writing: words may show in another order."
    return Finding("direction-signs", describe_position(text, signs[0].start()), message)
