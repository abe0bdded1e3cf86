"""Computes the figures of docs/accessibility.md from the colours of the workbench, and writes them into the page.

python docs/make_accessibility.py

Contrast: W3C, Web Content Accessibility Guidelines 2.2 (2023), "relative luminance" and "contrast ratio".
Colour vision: Machado, Oliveira & Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision
Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), their matrices for severity 1.0.
Distance: CIE 1976 L*a*b* (ISO/CIE 11664-4), white D65; about 2.3 is a just noticeable difference (Mahy et al. 1994,
Color Research & Application 19(2)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import dist
from pathlib import Path

from workbench.text.palette import DARK_PALETTE, LIGHT_PALETTE, Palette

PAGE = Path(__file__).parent / "accessibility.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
THEMES = {"Dark": DARK_PALETTE, "Light": LIGHT_PALETTE}

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

VISION: Mapping[str, Matrix] = {
    "as it is": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What is seen, from linear RGB to linear RGB."""

LUMINANCE: Triple = (0.2126, 0.7152, 0.0722)
_TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Triple = (0.95047, 1.0, 1.08883)


def linear(color: str) -> Triple:
    """``#rrggbb`` as linear RGB, each 0 to 1."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _times(matrix: Matrix, color: Triple) -> Triple:
    first, second, third = (sum(m * c for m, c in zip(row, color, strict=True)) for row in matrix)
    return first, second, third


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    shades = [sum(w * part for w, part in zip(LUMINANCE, linear(color), strict=True)) for color in (one, other)]
    return (max(shades) + 0.05) / (min(shades) + 0.05)


def lab(color: str, vision: Matrix) -> Triple:
    """A colour in CIELAB, as it is seen."""
    seen = _times(vision, linear(color))
    clipped = (min(max(seen[0], 0), 1), min(max(seen[1], 0), 1), min(max(seen[2], 0), 1))
    xyz = [part / white for part, white in zip(_times(_TO_XYZ, clipped), _WHITE, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, vision: Matrix) -> float:
    """How far apart two colours are seen to be (CIE 1976)."""
    return dist(lab(one, vision), lab(other, vision))


def read_colours(palette: Palette) -> dict[str, str]:
    """Every colour that words or signs stand in."""
    elements = {f"element {letter}": palette.element(letter) for letter in "CMOSIA"}
    return {
        "words": palette.text,
        "words under the cursor": palette.bright,
        "what is quiet": palette.quiet,
        "accent": palette.accent,
        **elements,
        "other codes": palette.plain_code,
        "supports": palette.supports,
        "refutes": palette.refutes,
        "other stances": palette.other_stance,
    }


def told_apart(palette: Palette) -> dict[str, list[tuple[str, str]]]:
    """The colours that stand for things of one kind, in pairs."""
    elements = [palette.element(letter) for letter in "CMO"]
    stances = [palette.supports, palette.refutes, palette.other_stance]
    return {
        "context, mechanism, outcome": list(combinations(elements, 2)),
        "supports, refutes, other stances": list(combinations(stances, 2)),
    }


def figures() -> str:
    """The tables of the page."""
    return "\n".join([*_contrasts(), "", *_distances()])


def _contrasts() -> Iterator[str]:
    grounds = ("on the ground", "on lifted", "on selected")
    heads = [f"{theme.lower()}: {ground}" for theme in THEMES for ground in grounds]
    yield f"| colour of | {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in read_colours(DARK_PALETTE):
        ratios = [
            f"{contrast(read_colours(palette)[name], ground):.1f}"
            for palette in THEMES.values()
            for ground in (palette.ground, palette.lifted, palette.selected)
        ]
        yield f"| {name} | {' | '.join(ratios)} |"


def _distances() -> Iterator[str]:
    yield f"| nearest two of | theme | {' | '.join(VISION)} |"
    yield f"| --- | --- | {' | '.join('---' for _ in VISION)} |"
    for theme, palette in THEMES.items():
        for kind, pairs in told_apart(palette).items():
            nearest = [f"{min(distance(one, other, seen) for one, other in pairs):.0f}" for seen in VISION.values()]
            yield f"| {kind} | {theme.lower()} | {' | '.join(nearest)} |"


def with_figures(page: str) -> str:
    """The page with its figures as they are now."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n\n{figures()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
