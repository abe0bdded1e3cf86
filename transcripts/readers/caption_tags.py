"""What stands between the words of a caption: tags, times of single words, styling, and letters written as codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from transcripts.text import normalise


class CueLine(NamedTuple):
    """A line of a cue without its tags. ``voice`` is who speaks by the file's own mark, None where it has none."""

    voice: str | None
    text: str


_CLASSES = r"(?:\.[^\s<>.]{1,80})*"
_TAG = re.compile(
    rf"""
    <v{_CLASSES}(?:[ \t]+(?P<voice>[^<>\n]{{0,300}}))?>      # <v Anne Hansen>, <v.loud Anne>
  | (?P<silence></v>)
  | (?P<line><br\s*/?>|\[br\])
  | </?(?:[cibusp]|em|strong|span|ruby|rt|font){_CLASSES}\s*/?>
  | <(?:[cibusp]|em|strong|span|font)\s[^<>\n]{{0,200}}=[^<>\n]{{0,200}}>  # <font color="red">
  | </?lang(?:\s[^<>\n]{{0,40}})?>
  | <\d{{1,6}}(?::\d{{1,2}}){{1,2}}[.,]\d{{1,3}}>           # the time of a word
  | \{{\\[^{{}}\n]{{0,100}}\}}                             # SubStation styling: {{\an8}}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LETTER_CODE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def untagged(lines: Sequence[str], voice: str | None = None) -> tuple[CueLine, ...]:
    """The lines of a cue as they are spoken. A change of voice inside a line begins a new one.

    Only tags that captions have are taken away: ``<griner>`` is what a transcriber wrote, and stays.
    """
    return tuple(line for line in _by_voice("\n".join(lines), voice) if line.text)


def _by_voice(text: str, voice: str | None) -> Iterator[CueLine]:
    line: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        before, *more = text[at : tag.start()].split("\n")
        line.append(before)
        for following in more:
            yield CueLine(voice, _plain(line))
            line = [following]
        at = tag.end()
        if tag["line"] or tag["silence"] or tag["voice"] is not None:
            yield CueLine(voice, _plain(line))
            line = []
            if not tag["line"]:
                voice = _plain([tag["voice"] or ""]) or None
    first, *more = text[at:].split("\n")
    yield CueLine(voice, _plain([*line, first]))
    for following in more:
        yield CueLine(voice, _plain([following]))


def _plain(pieces: Sequence[str]) -> str:
    return normalise(_LETTER_CODE.sub(lambda code: unescape(code[0]) or code[0], "".join(pieces))).strip()
