"""How to read a file. What a person leaves open is found out from the file itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace

from store.errors import InputError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has decided about the reading of a file; None where the file is to decide.

    ``encoding`` is a Python codec name; ``language`` a code such as ``da``; ``style`` the name of a style of turns.
    ``keep_furniture`` leaves line numbers and running heads in the text. ``comments`` and ``deletions`` bring in
    what an office document keeps apart. ``labels`` are pairs: a label as typed, and the label it is read as.
    """

    encoding: str | None = None
    language: str | None = None
    style: str | None = None
    keep_furniture: bool = False
    comments: bool = False
    deletions: bool = False
    labels: tuple[tuple[str, str], ...] = ()


DEFAULT = Settings()


def overlaid(under: Settings, over: Settings) -> Settings:
    """What ``over`` decides, and where it leaves something open what ``under`` decides; labels are of both."""
    decided = {field.name: getattr(over, field.name) for field in fields(Settings)}
    decided = {name: value for name, value in decided.items() if value != getattr(DEFAULT, name)}
    labels = dict(under.labels) | dict(over.labels)
    return replace(under, **decided | {"labels": tuple(labels.items())})


def to_json(settings: Settings) -> str:
    """The settings that differ from the default, as a study keeps them."""
    chosen = {name: value for name, value in asdict(settings).items() if value != getattr(DEFAULT, name)}
    return json.dumps(chosen, ensure_ascii=False, sort_keys=True)


def from_json(text: str | None) -> Settings:
    """The settings that :func:`to_json` wrote. Raises InputError where they are those of a newer cmo."""
    values = json.loads(text or "{}")
    unknown = values.keys() - {field.name for field in fields(Settings)}
    if unknown:
        raise InputError(f"Settings for reading that this cmo does not know: {', '.join(sorted(unknown))}.")
    if "labels" in values:
        values["labels"] = tuple((typed, read_as) for typed, read_as in values["labels"])
    return Settings(**values)
