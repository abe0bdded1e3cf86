"""Turns Textual's screenshots into small pictures: stills, or films in which only what changes is kept.

Textual's SVG names a web font and repeats everything in each picture. These pictures name fonts that are there,
fetch nothing, and keep each row of the screen once for as long as it stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

ROW, CELL = 24.4, 12.2
EDGE = 10.0
CAPTION = 46.0
HARD_SPACE = "\N{NO-BREAK SPACE}"
FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"

_STYLE = re.compile(r"\.(terminal-\d+-r\d+) \{ ([^}]*) \}")
_RECT = re.compile(r'<rect fill="(#\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+" shape-rendering')
_TEXT = re.compile(
    r'<text class="(terminal-\d+-r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"[^>]*>([^<]*)</text>'
)
_ENTITY = re.compile(r"&#?\w+;|.", re.DOTALL)


@dataclass(frozen=True)
class Frame:
    """A screenshot (Textual's SVG), the keys pressed to come there, and how many seconds it is shown."""

    screenshot: str
    keys: tuple[str, ...] = ()
    seconds: float = 1.0


def picture(frames: Sequence[Frame], columns: int, rows: int, ground: str, ink: str) -> str:
    """One SVG of one frame or of several that follow each other, for ever; ``ground`` and ``ink`` are colours."""
    with_keys = any(frame.keys for frame in frames)
    width = columns * CELL + 2 * EDGE
    height = rows * ROW + 2 * EDGE + (CAPTION if with_keys else 0)
    styles: dict[str, str] = {}
    drawn = [_rows_of(frame.screenshot, styles) for frame in frames]
    body = []
    for row in range(rows):
        variants = [frame.get(row, "") for frame in drawn]
        body += [_shown_while(content, variants, frames) for content in dict.fromkeys(variants) if content]
    captions = [_caption(frame.keys, height - CAPTION, ground, ink) if with_keys else "" for frame in frames]
    body += [_shown_while(content, captions, frames) for content in dict.fromkeys(captions) if content]
    css = "".join(f".{name}{{{rules}}}" for rules, name in styles.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'font-family="{FONT}" font-size="20">\n<style>{css}</style>\n'
        f'<rect width="100%" height="100%" rx="10" fill="{ground}"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _rows_of(screenshot: str, styles: dict[str, str]) -> dict[int, str]:
    """The drawing of each row; ``styles`` collects the short names of the text styles."""
    rules = {name: re.sub(r"\s*([:;])\s*", r"\1", css) for name, css in _STYLE.findall(screenshot)}
    parts: dict[int, list[str]] = {}
    for fill, x, y, width in _RECT.findall(screenshot):
        row = round((float(y) - 1.5) / ROW)
        area = f'x="{float(x) + EDGE:g}" y="{row * ROW + EDGE:.1f}" width="{float(width):g}" height="{ROW + 0.3:.1f}"'
        parts.setdefault(row, []).append(f'<rect fill="{fill}" {area}/>')
    for name, x, y, content in _TEXT.findall(screenshot):
        row = round((float(y) - 20) / ROW)
        drawn = _words(content.replace("&#160;", " "), float(x), row, styles.setdefault(rules[name], f"s{len(styles)}"))
        parts.setdefault(row, []).append(drawn)
    return {row: "".join(pieces) for row, pieces in parts.items()}


def _words(content: str, x: float, row: int, style: str) -> str:
    """A run of text, its length fixed so that any font stays in the columns."""
    stripped = content.lstrip(" ")
    if not stripped.rstrip(" "):
        return ""
    x += CELL * (len(content) - len(stripped)) + EDGE
    stripped = stripped.rstrip(" ")
    length = CELL * sum(1 for _ in _ENTITY.finditer(stripped))
    place = f'x="{x:.1f}" y="{row * ROW + 18.5 + EDGE:.1f}" textLength="{length:.1f}"'
    return f'<text class="{style}" {place} lengthAdjust="spacingAndGlyphs">{stripped.replace(" ", HARD_SPACE)}</text>'


def _shown_while(content: str, variants: Sequence[str], frames: Sequence[Frame]) -> str:
    """Content that is seen in the frames whose variant it is."""
    if all(variant == content for variant in variants):
        return f"<g>{content}</g>"
    whole = sum(frame.seconds for frame in frames)
    starts = [0.0, *accumulate(frame.seconds for frame in frames)]
    times, values = [], []
    for start, variant in zip(starts, variants, strict=False):
        value = "visible" if variant == content else "hidden"
        if not values or values[-1] != value:
            times.append(f"{start / whole:.4f}".rstrip("0").rstrip("."))
            values.append(value)
    film = f'values="{";".join(values)}" keyTimes="{";".join(times)}" dur="{whole:g}s" repeatCount="indefinite"'
    animate = f'<animate attributeName="visibility" calcMode="discrete" {film}/>'
    return f'<g visibility="{values[0]}">{animate}{content}</g>'


def _caption(keys: Sequence[str], top: float, ground: str, ink: str) -> str:
    """The keys that were pressed, as key caps."""
    x, drawn = EDGE + CELL, []
    for key in keys:
        width = CELL * len(key) + 16
        cap = f'x="{x:.1f}" y="{top + 4:.1f}" width="{width:.1f}" height="32" rx="6"'
        drawn.append(f'<rect {cap} fill="{ground}" stroke="{ink}" stroke-width="1.5"/>')
        place = f'x="{x + 8:.1f}" y="{top + 26.5:.1f}" textLength="{CELL * len(key):.1f}"'
        drawn.append(f'<text {place} lengthAdjust="spacingAndGlyphs" fill="{ink}">{key}</text>')
        x += width + 10
    return "".join(drawn)
