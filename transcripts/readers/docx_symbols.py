"""Characters of the picture fonts that office documents use, as the Unicode characters that look like them."""

from __future__ import annotations

_WINGDINGS = {
    0x20: " ",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✘",
    0xFC: "✔",
    0xFD: "☒",
    0xFE: "☑",
}
_SYMBOL = {  # the encoding of the font Symbol
    **dict(
        enumerate(
            " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
            start=0x20,
        )
    ),
    **dict(
        enumerate(
            "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
            start=0xA1,
        )
    ),
    **dict(enumerate("〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭", start=0xF1)),
}
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}
_PICTURE_FONTS = {*_FONTS, "webdings", "wingdings 2", "wingdings 3", "mt extra", "zapfdingbats"}


def is_symbol_font(font: str) -> bool:
    """Whether a font has pictures where others have letters."""
    return font.strip().casefold() in _PICTURE_FONTS


def symbol(font: str, code: str) -> str | None:
    """The character that a font has at a place (``code`` in hexadecimal); None where no letter stands for it."""
    try:
        number = int(code, 16)
    except ValueError:
        return None
    # Picture fonts have their characters at F000 to F0FF; ordinary fonts mean what the number says.
    table = _FONTS.get(font.strip().casefold())
    if table is not None:
        return table.get(number & 0xFF)
    if 0xE000 <= number <= 0xF8FF or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF or number < 0x20:
        return None
    return chr(number)
