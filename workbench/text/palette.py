"""The colours of the workbench, in dark and light.

The hues are those of Okabe and Ito ("Color Universal Design", 2008), made lighter or darker until they read
well on the ground they stand on. What a colour says is always said by a letter or a sign as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import Theme

DARK, LIGHT = "cmo-dark", "cmo-light"
_WELL_KNOWN = "CMOSIA"


@dataclass(frozen=True)
class Palette:
    """What the drawing code asks for. Colours are ``#rrggbb``."""

    ground: str
    lifted: str
    selected: str
    text: str
    bright: str
    quiet: str
    faint: str
    accent: str
    elements: tuple[str, ...]
    plain_code: str
    supports: str
    refutes: str
    other_stance: str

    def element(self, letter: str | None) -> str:
        """The hue of an element; that of codes outside the theory for None."""
        if not letter:
            return self.plain_code
        place = _WELL_KNOWN.find(letter[0].upper())
        return self.elements[place if place >= 0 else ord(letter[0]) % len(self.elements)]

    def stance(self, stance: str | None) -> str:
        return {"supports": self.supports, "refutes": self.refutes}.get(stance or "", self.other_stance)


DARK_PALETTE = Palette(
    ground="#15181d",
    lifted="#252b34",
    selected="#2f4a6b",
    text="#b4b9c1",
    bright="#ffffff",
    quiet="#8c949f",
    faint="#3a424e",
    accent="#7cb7ff",
    elements=("#63bdf0", "#e9b13b", "#dc8fbc", "#5fd0b0", "#f0e06a", "#b9a6ee"),
    plain_code="#a9b0ba",
    supports="#4fd09a",
    refutes="#ff8a57",
    other_stance="#e4e6ea",
)

LIGHT_PALETTE = Palette(
    ground="#fbfaf7",
    lifted="#ecebe5",
    selected="#c5dbf5",
    text="#474b52",
    bright="#000000",
    quiet="#62676f",
    faint="#d3d1c9",
    accent="#0a5cad",
    elements=("#00639c", "#8a5d00", "#9c3476", "#00694f", "#6b6200", "#5c449c"),
    plain_code="#555b64",
    supports="#00694a",
    refutes="#b03d00",
    other_stance="#23262b",
)


def palette_of(app: App[object]) -> Palette:
    """The palette that goes with the app's theme."""
    return DARK_PALETTE if app.current_theme.dark else LIGHT_PALETTE


def themes() -> list[Theme]:
    """The two themes of the app, made from the palettes."""
    return [_theme(DARK, DARK_PALETTE, dark=True), _theme(LIGHT, LIGHT_PALETTE, dark=False)]


def _theme(name: str, palette: Palette, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=palette.accent,
        secondary=palette.elements[0],
        accent=palette.accent,
        success=palette.supports,
        warning=palette.elements[1],
        error=palette.refutes,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.ground,
        panel=palette.lifted,
        variables={
            "bright": palette.bright,
            "quiet": palette.quiet,
            "faint": palette.faint,
            "selected": palette.selected,
            "block-cursor-background": palette.lifted,
            "block-cursor-foreground": palette.bright,
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": palette.ground,
            "block-cursor-blurred-foreground": palette.text,
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": palette.lifted,
            "border": palette.accent,
            "border-blurred": palette.faint,
            "input-selection-background": palette.selected,
            "scrollbar": palette.faint,
            "scrollbar-hover": palette.quiet,
            "scrollbar-active": palette.accent,
            "scrollbar-background": palette.ground,
            "scrollbar-background-hover": palette.ground,
            "scrollbar-background-active": palette.ground,
            "scrollbar-corner-color": palette.ground,
        },
    )


@lru_cache(maxsize=512)
def style(
    color: str, background: str | None = None, *, bold: bool = False, underline: bool = False, italic: bool = False
) -> Style:
    """A Rich style; made once for each combination."""
    return Style(
        color=RichColor.parse(color),
        bgcolor=RichColor.parse(background) if background else None,
        bold=bold,
        underline=underline,
        italic=italic,
    )


@lru_cache(maxsize=512)
def tint(ground: str, hue: str, share: float) -> str:
    """The ground with a share (0 to 1) of a hue in it."""
    return Color.parse(ground).blend(Color.parse(hue), share).hex6.lower()
