"""Legends: what the head of a transcript says its labels stand for. A proposal: nothing is mapped by it.

``I = interviewer (Anders), IP1 = leder``; ``Informant: Elev 1 (E1)``; ``MO står for "moderator"``;
``I: Interviewer, B: Befragter``; ``2 Speakers: S1 Anna, S2 Bo``; ``I (interviewer), R (respondent)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transcripts.speaking.label_doubts import is_like
from transcripts.speaking.speaker_labels import ROLES, strength_of
from transcripts.speaking.turn_styles.page import Opening, Page, as_label

_LONGEST_HEAD = 60
_LONGEST_LINE = 400
_MOST_WORDS = 8
_CODE = r"(?P<label>[^\W\d_]{1,5}[ -]?\d{0,3}[a-zæøå]?)"
_EQUALS = r"\s*(?:=|\bstår for\b|\bstår för\b|\bbetyder\b|\bstands for\b|\bmeans\b|\bsteht für\b)\s*"
_IS = re.compile(rf"{_CODE}{_EQUALS}(?P<says>\S.*)")
_IS_SPLIT = re.compile(rf"\s*[,;]\s*(?={_CODE.replace('?P<label>', '?:')}{_EQUALS})|\s*;\s*")
_COLON = re.compile(rf"{_CODE}\s*:\s*(?P<says>[^\s:][^:]*)")
_COLON_SPLIT = re.compile(rf"\s*[,;]\s*(?={_CODE.replace('?P<label>', '?:')}\s*:)")
_BRACKETS = re.compile(rf"{_CODE}\s*\((?P<says>[^()]+)\)")
_BRACKETS_SPLIT = re.compile(r"(?<=\))\s*[,;]\s*")
_ROLE_NAME_CODE = re.compile(rf"(?P<role>[^\W\d_][^:()]{{1,40}}):\s*(?P<name>[^:()]{{1,60}}?)\s*\({_CODE}\)")
_ROLE_CODE_NAME = re.compile(rf"(?P<role>[^\W\d_][^:()]{{1,40}}?)\s*\({_CODE}\)\s*:\s*(?P<name>[^:()]{{1,60}})")
_SPEAKERS = re.compile(r"\d*\s*(?:speakers|sprecher|talere|talare|personen|personer)\s*:\s*(?P<list>.+)", re.IGNORECASE)
_SPEAKER = re.compile(r"(?P<label>[^\W\d_]+[ _]?\d+|[^\W\d_]{1,3})\s+(?P<says>.+)")
_PREFIX = re.compile(rf"[^\W\d_]{{6,20}}:\s+(?={_CODE.replace('?P<label>', '?:')}{_EQUALS})")
_QUOTES = "\"“”„»«'’‘"


class LegendEntry(NamedTuple):
    """What a label is said to stand for: in the head's own words, and of them the role and the name where told apart.

    ``start`` is where its line begins (code points).
    """

    label: str
    says: str
    role: str | None
    name: str | None
    start: int


def find_legend(page: Page, openings: Sequence[Opening]) -> tuple[tuple[LegendEntry, ...], frozenset[int]]:
    """The legend in a text's head, and the indices of its lines: they are no talk, although they look like it."""
    talk = {opening.line for opening in openings}
    found: list[tuple[int, LegendEntry]] = []
    weak: list[tuple[int, LegendEntry]] = []
    for number, line in enumerate(page.lines[:_LONGEST_HEAD]):
        text = page.line_text(number)[:_LONGEST_LINE]
        strong = _strong(text)
        maybe = [] if strong else _weak(text)
        if not strong and not maybe and number in talk:
            break
        found += [(number, entry._replace(start=line.start)) for entry in strong]
        weak += [(number, entry._replace(start=line.start)) for entry in maybe]
    if _explains_talk(weak, openings):
        found += weak
    entries: dict[str, LegendEntry] = {}
    for _, entry in found:
        entries.setdefault(entry.label, entry)
    return tuple(entries.values()), frozenset(number for number, _ in found)


def _strong(text: str) -> list[LegendEntry]:
    """Entries in forms that speech never has."""
    bare = _PREFIX.sub("", text.strip("()[] "), count=1) if text[0] in "([" else _PREFIX.sub("", text, count=1)
    pieces = [_IS.fullmatch(piece) for piece in _IS_SPLIT.split(bare)]
    if all(pieces) and all(_is_short(match["says"]) for match in pieces if match):
        return list(_entries(pieces))
    speakers = _SPEAKERS.fullmatch(text)
    if speakers is not None:
        named = [_SPEAKER.fullmatch(piece.strip()) for piece in speakers["list"].split(",")]
        return list(_entries(named)) if all(named) else []
    match = _ROLE_NAME_CODE.fullmatch(text) or _ROLE_CODE_NAME.fullmatch(text)
    if match is not None and strength_of(match["label"]) == "code" and _role_in(match["role"]):
        role, name = as_label(match["role"]), as_label(match["name"])
        return [LegendEntry(as_label(match["label"]), f"{role}: {name}", role, name, 0)]
    pieces = [_BRACKETS.fullmatch(piece) for piece in _BRACKETS_SPLIT.split(text)]
    if all(pieces) and all(_role_in(match["says"]) for match in pieces if match):
        return list(_entries(pieces))
    return []


def _weak(text: str) -> list[LegendEntry]:
    """Entries that might be speech: ``I: Interviewer``."""
    pieces = [_COLON.fullmatch(piece) for piece in _COLON_SPLIT.split(text)]
    return list(_entries(pieces)) if all(match and _is_role(match["says"]) for match in pieces) else []


def _explains_talk(weak: Sequence[tuple[int, LegendEntry]], openings: Sequence[Opening]) -> bool:
    """Whether entries that might be speech explain the labels of the talk that follows them."""
    labels = {entry.label for _, entry in weak}
    below = {opening.label for opening in openings if weak and opening.line > weak[-1][0]}
    return len(labels) > 1 and len(labels) == len(weak) and not labels.isdisjoint(below)


def _entries(matches: Sequence[re.Match[str] | None]) -> Iterator[LegendEntry]:
    for match in matches:
        if match is not None and strength_of(as_label(match["label"])) is not None:
            says = as_label(match["says"]).rstrip(".").strip(_QUOTES + " ")
            inside = re.search(r"\(([^()]+)\)", says)
            role = _role_in(says)
            yield LegendEntry(as_label(match["label"]), says, role, inside[1] if inside and role else None, 0)


def _is_short(says: str) -> bool:
    return len(says.split()) <= _MOST_WORDS and says[-1] not in "?!"


def _is_role(says: str) -> bool:
    """Whether a text says who somebody is and nothing else."""
    return _is_short(says) and says[-1] != "." and _role_in(says.split()[0]) is not None


def _role_in(says: str) -> str | None:
    """The first word that is a role, as written; also where its spelling slipped."""
    for word in re.findall(r"[^\W\d_]+", says):
        small = word.casefold()
        if small in ROLES or (len(small) >= 8 and any(is_like(small, role) for role in ROLES)):
            return str(word)
    return None
