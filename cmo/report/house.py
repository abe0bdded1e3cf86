"""The house style of a study's tables and reports: the language of fixed words and how quotes are attributed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cmo.report.words import ENGLISH, Words
from store.choices import keep_choice, read_choice
from store.errors import InputError

if TYPE_CHECKING:
    from store.work import Work

LANGUAGE, ATTRIBUTION = "report language", "attribution"
"""Names of the study's choices."""

PARTS = ("role", "case", "participant", "speaker", "source", "turn", "round")
"""What an attribution can name."""


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """``attribution`` is a pattern such as ``({role}, {case})``; a part that a quote does not have is left out."""

    language: str = ENGLISH
    attribution: str = "({role}, {case})"


def read_house_style(conn: Connection) -> HouseStyle:
    """The study's style; ours where it has not chosen one."""
    plain = HouseStyle()
    return HouseStyle(
        read_choice(conn, LANGUAGE) or plain.language,
        read_choice(conn, ATTRIBUTION) or plain.attribution,
    )


def set_house_style(work: Work, style: HouseStyle) -> None:
    """Keep a style for the study.

    Raises:
        UnknownName: there are no words in that language.
        InputError: the pattern names something that a quote does not have.
    """
    Words(style.language)
    check_attribution(style.attribution)
    keep_choice(work, LANGUAGE, style.language)
    keep_choice(work, ATTRIBUTION, style.attribution)


def check_attribution(pattern: str) -> None:
    """Raises InputError: the pattern names something that a quote does not have, or is none."""
    try:
        named = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError as exc:
        raise InputError(f"'{pattern}' is no pattern: {exc}.", "For example ({role}, {case}).") from exc
    unknown = [name for name in named if name not in PARTS]
    if unknown or not named:
        wrong = f"names '{unknown[0]}'" if unknown else "names nothing"
        raise InputError(f"The attribution '{pattern}' {wrong}.", "It can name " + ", ".join(PARTS) + ".")


def attributed(pattern: str, parts: Mapping[str, str]) -> str:
    """Who said it, in the house style; a part without a value goes with the sign before it. Empty without any."""
    pieces = re.split(r"\{(\w+)\}", pattern)
    said, separator, any_said = pieces[0], "", False
    for name, after in zip(pieces[1::2], pieces[2::2], strict=True):
        if parts.get(name):
            said += (separator if any_said else "") + parts[name]
            any_said = True
        separator = after
    return said + separator if any_said else ""
