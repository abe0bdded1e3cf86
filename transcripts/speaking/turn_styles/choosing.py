"""Which style a file is written in, and which of the openings found are turns: decided for the whole file.

Prose has colons, notes have dashes and times, and a bureau's template may be used half: so every style looks, what
each finds is weighed, and the style with most to show for it is the file's. Lines in another style count beside it
where they have a label that the file's own style knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.errors import InputError
from transcripts.speaking.label_doubts import MOST_SPEAKERS, is_like
from transcripts.speaking.speaker_labels import Strength, is_key, parts_of, strength_of, without_remark
from transcripts.speaking.turn_styles import NAMES, PARAGRAPHS, STYLES, UNNAMED, Style, labelled
from transcripts.speaking.turn_styles.page import Opening, Page, runs_together

if TYPE_CHECKING:
    from transcripts.settings import Settings

_WORTH: Mapping[Strength | None, float] = {"code": 1.0, "role": 1.0, "name": 0.9, None: 0.7}
_OFTEN = 3
"""How often a label must stand for a like one beside it to be taken for a label too."""
_FEWEST_OF_A_TALK, _SHARE_OF_A_TALK = 4, 0.6
"""How many lines, and which part of them, begin with a speaker where all that look like speakers are some."""


class Choice(NamedTuple):
    """The style of a file, the openings of its turns in text order, and the lines that look like openings and are
    taken for none.
    """

    style: str
    openings: list[Opening]
    passed_over: list[Opening]


def choose(page: Page, settings: Settings) -> Choice:
    """The style that finds most, or the one that the settings name. Raises InputError: there is no such style."""
    if settings.style is not None and settings.style not in NAMES:
        raise InputError(f"There is no style of turns '{settings.style}'.", f"Styles: {', '.join(NAMES)}.")
    found = {style.name: list(style.find(page)) for style in STYLES}
    judge = _Judge(page, found, settings)
    scores = {style.name: judge.score(style) for style in STYLES if settings.style in (None, style.name)}
    best = max(scores, key=lambda name: scores[name], default="")
    unnamed = _unnamed(page, settings, scores.get(best, 0.0), judge.accepted(best or "colon"))
    if unnamed is not None or not scores.get(best):
        return Choice(settings.style or PARAGRAPHS, [], []) if unnamed is None else unnamed
    return judge.choice(best)


def _unnamed(page: Page, settings: Settings, score: float, named: Sequence[Opening]) -> Choice | None:
    """The choice of a style that names nobody, where it is asked for, or where there are next to no labels."""
    for style in UNNAMED:
        if settings.style not in (None, style.name):
            continue
        openings = list(style.find(page))
        is_many = len(openings) >= max(3, style.share * len(page.lines)) and score < style.weight * len(openings)
        if style.name == settings.style or (is_many and style.is_regular(page, openings)):
            known = {opening.start: opening for opening in named}
            return Choice(style.name, [known.get(opening.start, opening) for opening in openings], [])
    return None


class _Judge:
    """Weighs what the styles found in one file."""

    def __init__(self, page: Page, found: Mapping[str, list[Opening]], settings: Settings) -> None:
        self._page, self._found, self._asked = page, found, settings.style
        self._said = dict(settings.labels)
        joining = [style.name for style in STYLES if style.joins and style.name not in ("tab", "inline")]
        seen = {(opening.start, opening.label) for name in joining for opening in found[name]}
        self._pooled = Counter(without_remark(label) for _, label in seen if label)
        self._accepted = {style.name: self._of_style(style) for style in STYLES}

    def score(self, style: Style) -> float:
        """How much a style has to show: its openings, each by how sure its label is."""
        worth = (_WORTH[self._strength(opening.label or "")] for opening in self._accepted[style.name])
        return style.weight * sum(worth)

    def accepted(self, name: str) -> Sequence[Opening]:
        """The openings of a style that are turns, if the file is in that style."""
        return self._accepted.get(name, [])

    def choice(self, best: str) -> Choice:
        """The openings of a style, and those of others whose label it knows."""
        by_start = {opening.start: opening for opening in self._accepted[best]}
        known = Counter(opening.label or "" for opening in by_start.values())
        others = [style.name for style in STYLES if style.joins and style.name != best]
        for name in others:
            # Inside a line only labels that the file knows: "... said so. Manager: no." may be reported speech.
            accepted = {opening.start for opening in self._accepted[name] if name != "inline"}
            for opening in self._found[name]:
                if opening.label in known or opening.label in self._said or opening.start in accepted:
                    by_start.setdefault(opening.start, opening)
        passed_over = []
        often = [label for label, times in known.items() if times >= _OFTEN][:MOST_SPEAKERS]
        maybe = [*self._found["colon"], *labelled.other_sign(self._page)]
        slips = {label for label in {opening.label or "" for opening in maybe} if self._is_slip(label, known, often)}
        for opening in maybe:
            if opening.label in slips:
                by_start.setdefault(opening.start, opening)
            elif opening.start not in by_start and self._said.get(opening.label or "") != "":
                passed_over.append(opening)
        wanted = [by_start[start] for start in sorted(by_start) if self._said.get(by_start[start].label or "") != ""]
        return Choice(best, _without_repeats(wanted, self._found["inline"], best), passed_over)

    def _of_style(self, style: Style) -> list[Opening]:
        openings = self._found[style.name]
        if not openings:
            return []
        is_asked = style.name == self._asked
        if not is_asked and not style.is_regular(self._page, openings):
            return []
        labels = self._labels(style, openings, is_asked)
        accepted = [opening for opening in openings if opening.label in labels]
        return accepted if is_asked or self._is_enough(style, accepted) else []

    def _labels(self, style: Style, openings: Sequence[Opening], is_asked: bool) -> set[str]:
        """Which texts are labels: codes and roles at once, names from the second time, joined ones by their parts."""
        typed = [opening.label for opening in openings if opening.label]
        bare = Counter(without_remark(label) for label in typed)
        name_times = 1 if is_asked else style.name_times
        one_is_enough = self._is_talk(openings)

        def is_label(text: str, times: int) -> bool:
            strength = self._strength(text)
            if strength == "name":
                return (one_is_enough and len(parts_of(text)) == 1) or max(
                    times, self._pooled[text] if style.joins else 0
                ) >= name_times
            return strength is not None or (
                style.any_times is not None and times >= (1 if is_asked else style.any_times) and not is_key(text)
            )

        known = {label for label, times in bare.items() if is_label(label, times)}
        known |= {label for label in bare if all(part in known or self._is_sure(part) for part in parts_of(label))}
        is_form = style.any_times is not None and sum(bare[label] for label in known) >= max(2, 0.6 * len(typed))
        return {label for label in typed if without_remark(label) in known or (is_form and not is_key(label))}

    def _is_talk(self, openings: Sequence[Opening]) -> bool:
        """Whether line upon line begins with a name: then one who speaks only once is a speaker too. Where speakers
        have codes, a name before a colon is something else.
        """
        maybe = Counter(opening.label or "" for opening in openings if self._strength(opening.label or "") is not None)
        if any(self._strength(label) == "code" for label in maybe) or max(maybe.values(), default=0) < 2:
            return False
        return maybe.total() >= max(_FEWEST_OF_A_TALK, _SHARE_OF_A_TALK * len(self._page.lines))

    def _is_enough(self, style: Style, accepted: Sequence[Opening]) -> bool:
        """Whether openings are as many, and their labels as few, as in a file that is written in this style."""
        labels = {opening.label for opening in accepted}
        sure = sum(self._is_sure(opening.label or "") for opening in accepted)
        lines = len(self._page.lines)
        is_varied = len(labels) > len(accepted) / 2
        if is_varied and (style.few_labels or (style.few_names and sure < 0.8 * len(accepted))):
            return False
        if style.fewest > 1 and (len(accepted) < style.fewest or len(labels) < 2):
            return False
        if style.speech_below and runs_together(accepted):
            return False
        if style.name == "colon" and not sure:
            paragraphs = 1 + sum(line.after_blank for line in self._page.lines)
            few = min(0.1 * lines, 0.25 * paragraphs if paragraphs > 3 else lines)
            return len(accepted) >= (few if len(labels) > 1 else 0.8 * lines)
        return len(accepted) >= style.share * lines and (not style.share or len(labels) > 1)

    def _strength(self, label: str) -> Strength | None:
        """As :func:`strength_of`; what a person has called a label is one."""
        return "code" if self._said.get(label) else strength_of(label)

    def _is_sure(self, label: str) -> bool:
        return self._strength(label) in ("code", "role")

    def _is_slip(self, label: str, known: Counter[str], often: Sequence[str]) -> bool:
        """Whether a text is a known label with a slip of the finger: with another sign, or nearly the same letters."""
        if label.endswith("."):
            return bool(self._said.get(label))
        return label not in known and not is_key(label) and any(is_like(label, other) for other in often)


def _without_repeats(openings: list[Opening], inline: Sequence[Opening], best: str) -> list[Opening]:
    """Openings without those in the middle of a line that would open a turn for who is speaking already."""
    if best == "inline":
        return openings
    inside = {opening.start for opening in inline}
    kept: list[Opening] = []
    for opening in openings:
        if opening.start not in inside or (kept and kept[-1].label != opening.label):
            kept.append(opening)
    return kept
