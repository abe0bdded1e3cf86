"""The signs of Rich Text Format: braces, control words, single bytes and plain runs, told apart in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["open", "close", "word", "symbol", "bytes", "byte"]

_SIGN = re.compile(
    rb"""
      (?P<open>\{)
    | (?P<close>\})
    | \\(?P<word>[A-Za-z]+)(?P<number>-?\d{1,10})?\x20?
    | \\'(?P<hex>[0-9A-Fa-f]{2})
    | \\(?P<symbol>[^A-Za-z])
    | (?P<bytes>[^\\{}]+)
    | \\
    """,
    re.VERBOSE | re.DOTALL,
)


class Sign(NamedTuple):
    """One sign. ``word`` is a control word or symbol, ``number`` the one behind a word (None: there is none), and
    ``content`` the bytes of text of a run, or of one byte that was written in hexadecimal.
    """

    kind: Kind
    word: str = ""
    number: int | None = None
    content: bytes = b""


_OPEN, _CLOSE = Sign("open"), Sign("close")


def signs(data: bytes) -> Iterator[Sign]:
    """The signs in order. Binary data behind ``\\bin`` is passed over, whatever length it claims to have."""
    at = 0
    while (match := _SIGN.match(data, at)) is not None:
        at = match.end()
        found = match.lastgroup
        if found == "open":
            yield _OPEN
        elif found == "close":
            yield _CLOSE
        elif found == "bytes":
            yield Sign("bytes", "", None, match[0].translate(None, b"\r\n"))  # ends of lines in the file mean nothing
        elif found == "hex":
            yield Sign("byte", "", None, bytes((int(match["hex"], 16),)))
        elif found == "symbol":
            yield Sign("symbol", match["symbol"].decode("latin-1"))
        elif found is not None:
            sign = Sign("word", match["word"].decode(), None if match["number"] is None else int(match["number"]))
            if sign.word == "bin":
                at += max(sign.number or 0, 0)
            else:
                yield sign
