"""How files are to be read, as a list to choose from, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from transcripts.intake.profiles import Profile
from transcripts.language.languages import language_name
from transcripts.settings import DEFAULT, Settings
from transcripts.speaking.turn_styles import PARAGRAPHS, STYLES, UNNAMED
from workbench.importing.import_plan import Order
from workbench.parts.picker import Item
from workbench.text.words import counted

ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "cp1252": "Windows, Western Europe",
    "cp1250": "Windows, Central Europe",
    "latin-1": "ISO-8859-1",
    "mac-roman": "Mac Roman",
    "cp865": "DOS, Nordic",
    "cp850": "DOS, Western Europe",
    "cp437": "DOS, United States",
}
LANGUAGES = ("da", "en", "nb", "nn", "sv", "de", "fi", "fo", "is", "nl", "fr", "es", "it", "pl")
FLAGS = {
    "keep_furniture": "leave line numbers, page numbers and running heads in the text",
    "comments": "bring in the comments of office documents",
    "deletions": "bring in what tracked changes have deleted",
}
CHOSEN = "chosen"
_YES = "yes"
LABEL = "label:"
"""What the id of a label begins with; nothing follows for none."""
PROFILE = "profile:"
"""What the id of a profile begins with; nothing follows for none."""


def reading_items(settings: Settings) -> list[Item]:
    """Everything that can be said of the reading of files; what was said stands first, to be let go."""
    items = [*_flags(), *_styles(), *_languages(), *_encodings()]
    said = _said(settings)
    chosen = [replace(item, note=CHOSEN) for item in items if item.id in said]
    return chosen + [item for item in items if item.id not in said]


def _flags() -> Iterator[Item]:
    yield from (Item(f"{name}:{_YES}", words) for name, words in FLAGS.items())


def _styles() -> Iterator[Item]:
    for style in (*STYLES, *UNNAMED):
        yield Item(f"style:{style.name}", f"style {style.name}", style.example.replace("\t", "<tab>"))
    yield Item(f"style:{PARAGRAPHS}", f"style {PARAGRAPHS}", "each paragraph is a turn, and nobody is named")


def _languages() -> Iterator[Item]:
    yield from (Item(f"language:{code}", f"language {language_name(code)}", code) for code in LANGUAGES)


def _encodings() -> Iterator[Item]:
    yield from (Item(f"encoding:{name}", f"encoding {name}", words) for name, words in ENCODINGS.items())


def _said(settings: Settings) -> set[str]:
    values = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    return {f"{name}:{_YES if value is True else value}" for name, value in values.items() if value}


def with_choice(settings: Settings, item_id: str) -> Settings:
    """The settings with what was chosen; what was chosen before is let go."""
    name, _, value = item_id.partition(":")
    decided: Any = True if value == _YES else value
    if getattr(settings, name) == decided:
        decided = getattr(DEFAULT, name)
    return replace(settings, **{name: decided})


def label_items(labels: Sequence[str], settings: Settings) -> list[Item]:
    """The labels found, and first those that are read otherwise, to be let go."""
    said = dict(settings.labels)
    changed = [Item(LABEL + typed, typed, _read_as(meant), CHOSEN) for typed, meant in said.items()]
    return changed + [Item(LABEL + label, label) for label in labels if label not in said]


def read_as_items(labels: Sequence[str], typed: str) -> list[Item]:
    """What a label can be read as: another one, or no label at all."""
    others = [Item(LABEL + label, label) for label in labels if label != typed]
    return [*others, Item(LABEL, "no label", "these words are said, nobody speaks under them")]


def with_label(settings: Settings, typed: str, meant: str | None) -> Settings:
    """The settings with a label read as another (empty: as no label); None: as it stands."""
    labels = {label: read_as for label, read_as in settings.labels if label != typed}
    if meant is not None:
        labels[typed] = meant
    return replace(settings, labels=tuple(labels.items()))


def _read_as(meant: str) -> str:
    return f"read as {meant}" if meant else "read as no label"


def profile_items(profiles: list[Profile], chosen: str | None) -> list[Item]:
    """The study's profiles, and none where one is chosen."""
    items = [Item(PROFILE, "no profile", "read the files without one")] if chosen else []
    for profile in profiles:
        labels = counted(len(profile.labels), "label") if profile.labels else ""
        words = ", ".join(part for part in (*settings_words(profile.settings), labels) if part)
        items.append(Item(PROFILE + profile.name, profile.name, words, CHOSEN if profile.name == chosen else ""))
    return items


def settings_words(settings: Settings) -> list[str]:
    """What a person has decided, piece by piece."""
    words = []
    if settings.style:
        words.append(f"style {settings.style}")
    if settings.language:
        words.append(language_name(settings.language))
    if settings.encoding:
        words.append(f"encoding {settings.encoding}")
    words += [f"{typed} {_read_as(meant)}" for typed, meant in settings.labels]
    short = {"keep_furniture": "page furniture kept", "comments": "with comments", "deletions": "with deletions"}
    return words + [phrase for name, phrase in short.items() if getattr(settings, name)]


def order_words(order: Order) -> str:
    """How the files of an import are read, in one line."""
    parts = [f"profile {order.profile}" if order.profile else "", *settings_words(order.settings)]
    parts.append(f"sources by {order.table.name}" if order.table else "")
    return " · ".join(part for part in parts if part) or "as the files tell"
