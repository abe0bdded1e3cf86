"""How a workbook or a report is to look: a face, colours, a language, and which sheets; from a TOML file.

::

    language = "da"
    sheets = ["Matrix", "Quotes"]
    attribution = "({role}, {case})"

    [font]
    face = "Arial"
    size = 10

    [colours]
    ink = "1F2A33"
    supports = "DFF0E2"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from cmo.report.house import check_attribution
from cmo.report.words import Words
from store.errors import BadFile

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
SMALLEST, LARGEST = 6, 24
"""Points of type that a template may ask for."""


@dataclass(frozen=True, slots=True)
class Look:
    """``face`` is one whose measures every office program has, under this or another name: rows are fitted to its
    text. Colours are six hexadecimal digits; every stance also has a sign or a word, so none tells by colour alone.
    """

    face: str = "Arial"
    size: int = 10
    ink: str = "1F2A33"
    dim: str = "66727C"
    link: str = "1F4E79"
    rule: str = "D5DBE0"
    head: str = "E8ECF0"
    absent: str = "F3F4F5"
    stances: Mapping[str, str] = field(
        default_factory=lambda: {
            "supports": "DFF0E2",
            "refutes": "F8DEDA",
            "refines": "FBF0CF",
            "extends": "DDE9F6",
            "rival": "EADFF3",
            "not judged": "EDEFF1",
            "stale": "F3E3D3",
            "outside the theory": "F3F4F5",
        }
    )


@dataclass(frozen=True, slots=True)
class Template:
    """``language`` and ``attribution`` are the study's where they are None, ``sheets`` all of them."""

    look: Look = Look()
    language: str | None = None
    attribution: str | None = None
    sheets: tuple[str, ...] | None = None


def read_template(path: str | Path) -> Template:
    """The template in a TOML file.

    Raises:
        BadFile: it cannot be read, or asks for something that no template has.
        UnknownName: there are no words in its language.
        InputError: its attribution names nothing that a quote has.
    """
    path = Path(path)
    try:
        asked = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as exc:
        raise BadFile(path, "cannot be read as a template.", "A template is a text file in UTF-8.") from exc
    except tomllib.TOMLDecodeError as exc:
        raise BadFile(path, f"is not TOML: {exc}.", "See docs/workbook.md for a template.") from exc
    font, colours = _section(path, asked, "font"), _section(path, asked, "colours")
    template = Template(
        look=_look(path, font, colours),
        language=_text(path, asked, "language"),
        attribution=_text(path, asked, "attribution"),
        sheets=_sheets(path, asked.pop("sheets", None)),
    )
    _refuse_rest(path, asked)
    if template.language is not None:
        Words(template.language)
    if template.attribution is not None:
        check_attribution(template.attribution)
    return template


def _look(path: Path, font: dict[str, Any], colours: dict[str, Any]) -> Look:
    plain = Look()
    face, size = font.pop("face", plain.face), font.pop("size", plain.size)
    if not isinstance(face, str) or not face.strip():
        raise BadFile(path, f"has a face that is none: {face!r}.", 'For example face = "Arial".')
    if type(size) is not int or not SMALLEST <= size <= LARGEST:
        raise BadFile(path, f"has no usable size of type: {size!r}.", f"It is a number from {SMALLEST} to {LARGEST}.")
    _refuse_rest(path, font)
    named = {of.name for of in fields(Look)} - {"face", "size", "stances"}
    stances = {name: _colour(path, colours, name, plain.stances[name]) for name in plain.stances}
    chosen = {name: _colour(path, colours, name, getattr(plain, name)) for name in sorted(named)}
    _refuse_rest(path, colours)
    return replace(plain, face=face.strip(), size=size, stances=stances, **chosen)


def _section(path: Path, asked: dict[str, Any], name: str) -> dict[str, Any]:
    found = asked.pop(name, {})
    if not isinstance(found, dict):
        raise BadFile(path, f"has '{name}', which must be a section.", f"Write [{name}] on a line of its own.")
    return dict(found)


def _text(path: Path, asked: dict[str, Any], name: str) -> str | None:
    found = asked.pop(name, None)
    if found is not None and not isinstance(found, str):
        raise BadFile(path, f"has a {name} that is no text: {found!r}.", "Put it in quotation marks.")
    return found


def _sheets(path: Path, found: Any) -> tuple[str, ...] | None:
    if found is None:
        return None
    if not isinstance(found, list) or not found or not all(isinstance(name, str) for name in found):
        raise BadFile(path, "has sheets that are no list of names.", 'For example sheets = ["Matrix", "Quotes"].')
    return tuple(found)


def _colour(path: Path, colours: dict[str, Any], name: str, plain: str) -> str:
    found = colours.pop(name, plain)
    match = _COLOUR.fullmatch(found) if isinstance(found, str) else None
    if match is None:
        raise BadFile(path, f"has no colour for {name}: {found!r}.", 'For example "DFF0E2".')
    return match[1].upper()


def _refuse_rest(path: Path, rest: Mapping[str, Any]) -> None:
    if rest:
        raise BadFile(path, f"asks for '{next(iter(rest))}', which no template has.", "See docs/workbook.md.")
