"""Shapes and words on a sheet, as SVG: no colour says anything that a sign, a line or a word does not say too."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from exports.excel_text import visible

INK, DIM, RULE, PAPER = "#1F2A33", "#56626C", "#AEB7BE", "#FFFFFF"
FACE = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
SIZE, LINE = 12.0, 15.0
"""Points of type, and from one line to the next."""

WIDTH_OF_CHARACTER = 0.56
"""Width of a usual character in units of its size."""

SOFT = ("#D6E8F5", "#FBE8C8", "#D5EFE3", "#F3DCEA", "#EDEFF1", "#E4E0F3")
"""Light fills after the palette of Okabe & Ito (2008), which people with any kind of colour vision tell apart."""

Point = tuple[float, float]


class Drawing:
    """A sheet of ``width`` × ``height`` pixels. Shapes are drawn in the order they come."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width, self.height = width, height
        self._title = title
        self._shapes: list[str] = []

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = PAPER, dash: str = "", firm: bool = False
    ) -> None:
        """A box with rounded corners; ``dash`` is the pattern of its edge (``4 3``), ``firm`` makes the edge strong."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._shapes.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="5" fill="{fill}" '
            f'stroke="{INK if firm else DIM}" stroke-width="{2 if firm else 1}"{dashed}/>'
        )

    def words(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = SIZE,
        anchor: str = "start",
        bold: bool = False,
        fill: str = INK,
    ) -> None:
        """A line of text whose baseline begins, or has its middle or end, at (x, y)."""
        weight = ' font-weight="bold"' if bold else ""
        self._shapes.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}" fill="{fill}"{weight}>'
            f"{escape(visible(words))}</text>"
        )

    def line(self, points: Sequence[Point], *, arrow: bool = False, dash: str = "") -> None:
        """A line through points, with an arrow's head at its end if wanted."""
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        head = ' marker-end="url(#head)"' if arrow else ""
        self._shapes.append(f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="1.4"{dashed}{head}/>')

    def svg(self) -> str:
        """The sheet as a document of its own."""
        size = f'width="{self.width:g}" height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}"'
        label = quoteattr(visible(self._title))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={label} '
            f'font-family="{FACE}">\n<title>{escape(visible(self._title))}</title>\n'
            '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
            f'orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="{INK}"/></marker></defs>\n'
            f'<rect width="100%" height="100%" fill="{PAPER}"/>\n' + "\n".join(self._shapes) + "\n</svg>\n"
        )


def width_of(words: str, size: float = SIZE) -> float:
    """About how wide a line of text is, in pixels."""
    return len(words) * size * WIDTH_OF_CHARACTER


def wrapped(words: str, width: float, *, size: float = SIZE, most: int | None = None) -> list[str]:
    """Text in lines that fit a width; of more than ``most`` lines, the last one ends in an ellipsis."""
    room = max(4, int(width / (size * WIDTH_OF_CHARACTER)))
    lines: list[str] = []
    pieces = [word[at : at + room] for word in words.split() for at in range(0, len(word), room)]
    for word in pieces:
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: room - 1] + "…"]
    return lines
