"""How the bytes of an RTF file are letters: by its code page, and by the character set of the font they stand in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from transcripts.readers.docx_symbols import is_symbol_font, symbol

_CHARACTER_SETS = {  # \fcharset; 0 and 1 say nothing of their own
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_DOCUMENT_WORDS = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
_DEFAULT = "cp1252"


@dataclass(slots=True)
class _Font:
    name: str = ""
    encoding: str | None = None


@dataclass(slots=True)
class Fonts:
    """The fonts of a file by number. ``said`` is the encoding a person names: it goes before the file's own words."""

    said: str | None = None
    default: int | None = None
    document_encoding: str = _DEFAULT
    _by_number: dict[int, _Font] = field(default_factory=dict)
    _entered: _Font = field(default_factory=_Font)

    def note_document(self, word: str, number: int | None) -> None:
        """Take in a word of the file's head that says how its bytes are letters."""
        if word == "ansicpg":
            self.document_encoding = _code_page(number) or self.document_encoding
        else:
            self.document_encoding = _DOCUMENT_WORDS[word]

    def note_font(self, word: str, number: int | None) -> None:
        """Take in a word of the table of fonts."""
        if word == "f":
            self._entered = self._by_number[number or 0] = _Font()
        elif word == "fcharset":
            self._entered.encoding = _CHARACTER_SETS.get(number or 0)
        elif word == "cpg":
            self._entered.encoding = _code_page(number)

    def note_name(self, piece: bytes) -> None:
        """Take in a piece of a font's name; a semicolon ends it."""
        self._entered.name += piece.decode("latin-1").partition(";")[0]

    def encoding(self, font: int | None) -> str:
        """How bytes in a font are letters."""
        found = self._by_number.get(font) if font is not None else None
        return self.said or (found.encoding if found is not None else None) or self.document_encoding

    def symbol(self, font: int | None, number: int) -> str | None:
        """The character of a picture font that a byte or private code point stands for.

        None where the font is an ordinary one; U+FFFD where no character stands for it.
        """
        found = self._by_number.get(font) if font is not None else None
        if found is None or not is_symbol_font(found.name):
            return None
        return symbol(found.name, f"{0xF000 | (number & 0xFF):x}") or "\ufffd"


def _code_page(number: int | None) -> str | None:
    name = {65001: "utf-8", 10000: "mac-roman", 0: None}.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None
