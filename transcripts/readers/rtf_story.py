"""What an RTF file says, sign by sign: a stack of groups, and for each where its text goes.

A group may be a *destination*: a note, a header, a table of fonts. Each has a list that its text goes to, or none
where it is no text. Groups inside one add to the same. The stack is a list, so depth costs no recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from transcripts.readers import Furniture
from transcripts.readers.docx_symbols import symbol
from transcripts.readers.office import Story
from transcripts.readers.rtf_fonts import Fonts
from transcripts.readers.rtf_tokens import Sign

_CHARACTERS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\xa0",
    "-": "\xad",
    "_": "\u2011",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
_LINE_ENDS = ("line", "lbr", "page", "column", "softline")
_PARAGRAPH_ENDS = ("par", "sect", "\n", "\r")
_CELL_ENDS = ("cell", "nestcell")
_ROW_ENDS = ("row", "nestrow")
_HEADERS = ("header", "headerl", "headerr", "headerf")
_FOOTERS = ("footer", "footerl", "footerr", "footerf")
_BOXES = ("shptxt", "dptxbxtext")
_KEPT = frozenset((*_HEADERS, *_FOOTERS, *_BOXES, "footnote", "annotation", "atnauthor", "fldinst"))
_TRANSPARENT = frozenset(("shpinst", "do", "nesttableprops", "moMath", "moMathPara"))
"""Destinations that a reader may pass over, but that hold text all the same, or ends of rows."""
_SEPARATORS = ("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn")
_TABLES = ("fonttbl", "colortbl", "stylesheet", "info", "filetbl", "template")
_SAID_TWICE = ("shprslt", "nonshppict", "nonesttables", "upr")
_AUTOMATIC = ("listtext", "pntext", "pntxta", "pntxtb", "xe", "tc", "rxe", "txe")
_WITHOUT_TEXT = frozenset((*_SEPARATORS, *_TABLES, *_SAID_TWICE, *_AUTOMATIC, "pict", "sp", "objdata"))
_FORMATS = ("f", "uc", "plain", "v", "deleted", "mvf", "revised", "object", "deff", "fcharset", "cpg")
_MEANINGS = {
    **dict.fromkeys(_CHARACTERS, "character"),
    **dict.fromkeys((*_LINE_ENDS, *_PARAGRAPH_ENDS, *_CELL_ENDS, *_ROW_ENDS), "end"),
    **dict.fromkeys(_KEPT | _WITHOUT_TEXT, "destination"),
    **dict.fromkeys((*_FORMATS, "ansicpg", "mac", "pc", "pca"), "format"),
    "u": "code point",
}
"""What the words are that we act on; all others are looks."""
_SYMBOL_FIELD = re.compile(r'\s*SYMBOL\s+(\d+|0x[0-9a-f]+)\b(?:.*\\f\s*"?([^"\\]+))?', re.IGNORECASE | re.DOTALL)
_NO_CHARACTERS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
"""Control characters, which are no text; a comment's mark is made of two of them."""


@dataclass(slots=True, eq=False)
class _Destination:
    """Where text goes. ``depth`` is that of its group, ``pieces`` None where its text is none of the document."""

    name: str
    depth: int
    pieces: list[str] | None
    boxes: list[str] = field(default_factory=list)


class _State(NamedTuple):
    """What a group inherits from the one around it. ``fallback`` is how many characters stand in for a ``\\u``."""

    to: _Destination
    outer: _Destination
    font: int | None = None
    fallback: int = 1
    is_deleted: bool = False
    is_moved: bool = False


class RtfStory:
    """Takes in the signs of one file; :meth:`lines` and ``furniture`` are what it says."""

    def __init__(self, gathered: Story, encoding: str | None) -> None:
        self.fonts = Fonts(said=encoding)
        self.furniture: list[Furniture] = []
        self._gathered = gathered
        self._body = _Destination("body", -1, [])
        self._state = _State(self._body, self._body)
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._is_starred = False
        self._author = ""

    def lines(self) -> list[str]:
        """The text as lines, when all signs are taken in."""
        if self._bytes:
            self._flush()
        self._gathered.seen["unbalanced"] += len(self._stack) > 0
        while self._stack:
            self._close()
        return self._text_of(self._body).removesuffix("\n").split("\n")

    def take(self, sign: Sign) -> None:
        """Take in the next sign."""
        if sign.kind in ("bytes", "byte"):
            self._take_bytes(sign.content)
            return
        if self._bytes:
            self._flush()
        if sign.kind == "open":
            self._gathered.seen["unbalanced"] += not self._stack and bool(self._body.pieces)
            self._stack.append(self._state)
            self._to_skip = 0
            self._is_starred = False
        elif sign.kind == "close":
            self._close()
        elif sign.word == "*":
            self._is_starred = True
        else:
            starred, self._is_starred = self._is_starred, False
            self._take_word(sign.word, sign.number, starred)

    # -- text -------------------------------------------------------------------------------------------

    def _take_bytes(self, content: bytes) -> None:
        skipped = min(self._to_skip, len(content))
        self._to_skip -= skipped
        self._bytes += content[skipped:]

    def _flush(self) -> None:
        """Put the bytes so far in the text, by the encoding of the font that they stand in."""
        content, font = bytes(self._bytes), self._state.font
        self._bytes.clear()
        if self._state.to.name == "fonttbl":
            self.fonts.note_name(content)
        elif self._state.to.pieces is not None:
            pictures = [self.fonts.symbol(font, byte) for byte in content]
            if pictures and pictures[0] is not None:
                self._gathered.seen["symbols"] += pictures.count("\ufffd")
                self._add("".join(picture or "" for picture in pictures))
                return
            text = content.decode(self.fonts.encoding(font), errors="replace")
            self._gathered.seen["undecodable"] += text.count("\ufffd")
            self._add(text.translate(_NO_CHARACTERS))

    def _add(self, text: str) -> None:
        state = self._state
        is_out = state.is_moved or (state.is_deleted and not self._gathered.settings.deletions)
        if state.to.pieces is not None and not is_out:
            state.to.pieces.append(text)

    def _text_of(self, destination: _Destination) -> str:
        """All text of a destination, with its last text boxes. Halves of characters find each other here."""
        text = "".join(destination.pieces or [])
        if destination.boxes:
            text = "\n".join([text.removesuffix("\n"), *destination.boxes])
        whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._gathered.seen["undecodable"] += whole.count("\ufffd") - text.count("\ufffd")
        return whole

    # -- words ------------------------------------------------------------------------------------------

    def _take_word(self, word: str, number: int | None, is_starred: bool) -> None:
        is_fallback = self._to_skip > 0  # a word counts as one character, too; but what it does is done
        self._to_skip -= is_fallback
        meaning = _MEANINGS.get(word)
        if meaning == "character":
            self._add("" if is_fallback else _CHARACTERS[word])
        elif meaning == "code point":
            self._take_code_point(number or 0)
        elif meaning == "end":
            self._end(word)
        elif meaning == "destination" or is_starred or _is_property(word):
            self._enter(word)
        elif meaning == "format":
            self._take_format(word, number)

    def _take_code_point(self, number: int) -> None:
        number = number & 0xFFFF if number < 0 else number
        self._to_skip = self._state.fallback
        picture = self.fonts.symbol(self._state.font, number) if 0xF000 <= number <= 0xF0FF else None
        if picture is not None:
            self._gathered.seen["symbols"] += picture == "\ufffd"
            self._add(picture)
        elif number < 0x110000:
            self._add(chr(number).translate(_NO_CHARACTERS))

    def _take_format(self, word: str, number: int | None) -> None:
        is_on = number != 0
        if self._state.to.name == "fonttbl":
            self.fonts.note_font(word, number)
        elif word == "f":
            self._state = self._state._replace(font=number)
        elif word == "uc":
            self._state = self._state._replace(fallback=min(max(number or 0, 0), 255))
        elif word == "plain":
            self._state = self._state._replace(font=self.fonts.default, is_deleted=False, is_moved=False)
        elif word == "v":
            self._gathered.seen["hidden"] += is_on
        elif word == "deleted":
            if is_on:
                self._gathered.reads_deletions()
            self._state = self._state._replace(is_deleted=is_on)
        elif word == "mvf":
            self._gathered.seen["moves"] += is_on
            self._state = self._state._replace(is_moved=is_on)
        elif word == "revised":
            self._gathered.seen["insertions"] += is_on
        elif word == "object":
            self._gathered.seen["foreign"] += 1
        elif word == "deff":
            self.fonts.default = number
            self._state = self._state._replace(font=number)
        elif word in ("ansicpg", "mac", "pc", "pca"):
            self.fonts.note_document(word, number)

    def _end(self, word: str) -> None:
        """End a line, a paragraph, a cell or a row; text boxes stand after the paragraph they hang on."""
        pieces = self._state.to.pieces
        if word in _ROW_ENDS and pieces is not None:
            if pieces and pieces[-1] == "\t":
                pieces.pop()
            pieces.append("\n")
        elif word in _LINE_ENDS:
            self._add("\n")
        else:
            boxes, self._state.to.boxes = self._state.to.boxes, []
            if word in _CELL_ENDS:
                self._add("".join(f"\n{box}" for box in boxes))
                self._add("\t")
            else:
                self._add("\n" + "".join(f"{box}\n" for box in boxes))

    # -- destinations -----------------------------------------------------------------------------------

    def _enter(self, word: str) -> None:
        """Send the text of the group that was just opened where its first word says."""
        around, depth = self._state.to, len(self._stack)
        if word == "ud" and around.name == "upr":  # the same text again, with all its letters
            self._state = self._state._replace(to=_Destination(word, depth, self._state.outer.pieces))
        elif word in _TRANSPARENT:
            return
        else:
            pieces: list[str] | None = [] if word in _KEPT and around.pieces is not None else None
            self._state = self._state._replace(to=_Destination(word, depth, pieces), outer=around)

    def _close(self) -> None:
        if not self._stack:
            self._gathered.seen["unbalanced"] += 1
            return
        self._to_skip = 0
        closed = self._state
        self._state = self._stack.pop()
        if closed.to.depth == len(self._stack) + 1 and closed.to is not self._state.to:
            self._leave(closed.to)

    def _leave(self, left: _Destination) -> None:
        if left.pieces is None or left.name == "ud":
            return
        text = self._text_of(left).removesuffix("\n")
        if left.name in _HEADERS or left.name in _FOOTERS:
            self.furniture.append(Furniture("header" if left.name in _HEADERS else "footer", text))
        elif left.name == "footnote":
            self._gathered.note(text.lstrip(" ").split("\n"))
        elif left.name == "atnauthor":
            self._author = text
        elif left.name == "annotation":
            self._add(self._gathered.comment(self._author, text))
        elif left.name in _BOXES:
            self._state.to.boxes.append(text)
        elif left.name == "fldinst":
            self._take_symbol_field(text)

    def _take_symbol_field(self, instruction: str) -> None:
        """A character that is written as a field, as Word does with smileys; it has no result to be read."""
        found = _SYMBOL_FIELD.match(instruction)
        if found is None:
            return
        char = symbol((found[2] or "").strip(), f"{int(found[1], 0):x}")
        self._gathered.seen["symbols"] += char is None
        self._add(char or "\ufffd")


def _is_property(word: str) -> bool:
    """Whether a destination holds properties of formulas, as ``mctrlPr`` does."""
    return word.startswith("m") and word.endswith("Pr")
