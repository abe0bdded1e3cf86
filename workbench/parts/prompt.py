"""Questions above the status line that single keys answer: which PT point, and how strong the evidence is."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from workbench.text.words import clipped, point_gist, point_number

if TYPE_CHECKING:
    from cmo.records import Element, Point, Theory
    from codebook.records import Coding
    from workbench.text.palette import Palette

OVERALL_KEYS = ("0", "h")


class PointChoice:
    """The points whose number begins with what has been typed; one of them is highlighted.

    ``element`` is None for the point as a whole, which may be undecided between elements: their ``letters``.
    """

    def __init__(self, points: Sequence[Point], element: Element | None, current: str | None = None) -> None:
        self.points = points
        self.element = element
        self.letters = ""
        self.typed = ""
        self._highlighted = next((n for n, point in enumerate(points) if point.label == current), 0)

    def switch_letter(self, letter: str) -> None:
        """Say that the passage may belong to an element, or no longer."""
        self.letters = self.letters.replace(letter, "") if letter in self.letters else self.letters + letter

    @property
    def matches(self) -> list[Point]:
        """The points that the number typed so far can still become."""
        return [point for point in self.points if _number(point).startswith(self.typed)]

    @property
    def highlighted(self) -> Point | None:
        """The point that Enter takes."""
        matches = self.matches
        return matches[min(self._highlighted, len(matches) - 1)] if matches else None

    @property
    def exact(self) -> Point | None:
        """The point whose whole number has been typed."""
        return next((point for point in self.points if self.typed and _number(point) == self.typed), None)

    @property
    def is_unambiguous(self) -> bool:
        return self.exact is not None and len(self.matches) == 1

    def type(self, character: str) -> bool:
        """Add a character to the number; False (and nothing added) where no point's number goes on like that."""
        typed = self.typed + character
        if not self._begins_a_number(typed) and typed in OVERALL_KEYS:
            typed = next((_number(point) for point in self.points if point.is_overall), typed)
        if not self._begins_a_number(typed):
            return False
        self.typed = typed
        self._highlighted = 0
        return True

    def _begins_a_number(self, typed: str) -> bool:
        return any(_number(point).startswith(typed) for point in self.points)

    def rub_out(self) -> bool:
        """Take the last character back; False where there is none."""
        if not self.typed:
            return False
        self.typed = self.typed[:-1]
        return True

    def step(self, rows: int) -> None:
        """Highlight another match."""
        count = len(self.matches)
        self._highlighted = (min(self._highlighted, count - 1) + rows) % count


def _number(point: Point) -> str:
    return point_number(point.label).casefold()


QUALITIES = {"s": "strength", "r": "relevance", "g": "rigour"}
"""What a rating is of, by the key that chooses it."""


class RatingChoice:
    """How strong, relevant or rigorous the evidence is, on the judgement of one coding."""

    def __init__(self, about: str, coding: Coding) -> None:
        self.about = about
        self.coding = coding
        self.quality = "strength"

    def words(self, palette: Palette) -> Content:
        """The question, with what was said before."""
        parts = [(f" {self.about}  ", f"bold {palette.bright}")]
        for key, quality in QUALITIES.items():
            hue = f"bold {palette.accent}" if quality == self.quality else palette.text
            grade = getattr(self.coding, quality)
            parts += [(f"{key} ", f"bold {palette.text}"), (f"{quality} {grade or '–'}   ", hue)]
        best = "is a best quote" if self.coding.is_best else "best quote"
        keys = f"1–5 · 0 not rated · b {best} · w why · esc"
        return Content("\n").join([Content.assemble(*parts), Content.styled(f" {keys}", palette.quiet)])


class PointPrompt(Static):
    """Shows a choice above the status line. It takes no focus: the code screen feeds it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.choice: PointChoice | RatingChoice | None = None

    def open(self, choice: PointChoice | RatingChoice) -> None:
        """Show a choice."""
        self.choice = choice
        self.display = True

    def close(self) -> None:
        self.choice = None
        self.display = False

    def show(self, theory: Theory, palette: Palette) -> int:
        """Show the choice as it now is; return how many rows that takes."""
        if self.choice is None or not isinstance(self.parent, Widget):
            return 0
        around = self.parent.size
        if isinstance(self.choice, RatingChoice):
            words = self.choice.words(palette)
        else:
            rows = max(around.height // 2 - 3, 3)
            words = choice_words(self.choice, theory, palette, around.width - 4, rows)
        self.update(words)
        return words.plain.count("\n") + 2


def choice_words(choice: PointChoice, theory: Theory, palette: Palette, width: int, rows: int) -> Content:
    """The choice in words: at most ``rows`` points on a line each, and the highlighted one in full."""
    matches = choice.matches
    chosen = choice.highlighted
    place = matches.index(chosen) if chosen else 0
    first = min(max(place - rows // 2, 0), max(len(matches) - rows, 0))
    lines = [_question(choice, theory, palette)]
    for point in matches[first : first + rows]:
        lines += _point_lines(point, choice.element, point is chosen, palette, width)
    left_out = len(matches) - rows
    if left_out > 0:
        lines.append(Content.styled(f"   and {left_out} more", palette.quiet))
    return Content("\n").join(lines)


def _question(choice: PointChoice, theory: Theory, palette: Palette) -> Content:
    typed = (f"{choice.typed}▏", f"bold {palette.bright}")
    if choice.element is not None:
        hue = palette.element(choice.element.letter)
        what = [
            (f" {choice.element.letter} ", f"bold {palette.ground} on {hue}"),
            (f" {choice.element.name} of point ", palette.text),
        ]
        return Content.assemble(*what, typed, ("   number · Enter takes ▸ · ↑↓ · esc", palette.quiet))
    names = " or ".join(element.name for element in theory.elements if element.letter in choice.letters)
    words = f"{names} of point " if names else "point as a whole "
    hint = "   number · letters: undecided between them · Enter ▸ · esc"
    sign = "?" if names else "·"
    return Content.assemble(
        (f" {sign} ", f"bold {palette.ground} on {palette.plain_code}"),
        (f" {words}", palette.text),
        typed,
        (hint, palette.quiet),
    )


def _point_lines(point: Point, element: Element | None, is_chosen: bool, palette: Palette, width: int) -> list[Content]:
    words = point.wording.get(element.letter) if element is not None else point_gist(point)
    if element is not None and not words:
        words = f"(no {element.name} in the theory) {point_gist(point)}"
    label = f"{point.label:>4} "
    if not is_chosen:
        return [Content.assemble(("  " + label, palette.quiet), (clipped(words or "", width - 7), palette.text))]
    full = wrap(words or "", max(width - 7, 20)) or [""]
    first = Content.assemble(("▸ ", palette.accent), (label, f"bold {palette.bright}"), (full[0], palette.bright))
    return [first, *(Content.styled(" " * 7 + line, palette.bright) for line in full[1:])]
