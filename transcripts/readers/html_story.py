"""The text of a web page, from the parser's events: what a person would read, line by line.

Block elements make lines, rows of tables are lines of cells with tabs between, a term and its description
(``dt``, ``dd``) are two cells. White space is one blank except where the page says it counts. Hidden elements are
read and told, as in other formats: what a program has folded away is often speech. Nothing is fetched or run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from store.errors import InputError
from transcripts.readers.html_lines import LineWriter
from transcripts.readers.office import Story

MAX_DEPTH = 2000
"""Elements in elements. Browsers stop at 512; pages with tags that are never closed go deeper than they look."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _names(
    """
    address article aside blockquote body caption center details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p
    plaintext pre search section summary table tbody tfoot thead tr ul xmp
    """
)
_WITHOUT_TEXT = _names("script style template noembed noframes iframe object applet canvas audio video rp")
_FOREIGN = ("iframe", "object", "applet")
_KEEPS_BLANKS = ("pre", "textarea", "listing", "xmp", "plaintext")
_CELLS = ("td", "th")
_STYLE_KEEPS_BLANKS = re.compile(r"white-space\s*:\s*(?:pre(?!-line)|break-spaces)", re.IGNORECASE)
_STYLE_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
# What Word writes: tabs as spans with blanks in them, comments with anchors such as "[BL1]".
_WORD_TAB = re.compile(r"mso-tab-count\s*:\s*(\d{1,3})", re.IGNORECASE)
_WORD_COMMENT = re.compile(r"mso-element\s*:\s*comment(?!-)", re.IGNORECASE)
_WORD_ANCHORS = ("msocomanchor", "msocomoff")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NO_CHARACTERS = dict.fromkeys([*range(9), 11, *range(14, 32)])


@dataclass(slots=True)
class _Open:
    """An element that is open, and what holds for the text in it."""

    tag: str
    is_out: bool = False
    is_hidden: bool = False
    keeps_blanks: bool = False
    tabs: int = 0
    is_comment: bool = False
    cells: int = 0


class HtmlStory:
    """A target for lxml's parser of HTML; ``close`` gives the lines. ``title`` is the page's own."""

    def __init__(self, gathered: Story) -> None:
        self.title = ""
        self._gathered = gathered
        self._open = [_Open("")]
        self._lines = LineWriter()
        self._around_comment: list[LineWriter] = []
        self._follows_term = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins. Raises InputError: nested deeper than any page."""
        if len(self._open) > MAX_DEPTH:
            raise InputError(
                f"its elements are nested more than {MAX_DEPTH} deep.", "Open it in Word and save it anew."
            )
        element = self._element(tag, attributes)
        self._open.append(element)
        if element.is_out:
            return
        if element.is_comment:
            self._around_comment.append(self._lines)
            self._lines = LineWriter()
        if tag in _CELLS or tag == "dd":
            self._start_cell(tag)
        elif tag == "br":
            self._lines.line_end()
        elif tag in _BLOCKS:
            self._lines.edge()
        elif tag == "rt":
            self._lines.words("(")
        elif element.tabs:
            self._lines.words("\t" * element.tabs)

    def end(self, tag: str) -> None:
        """An element ends; the parser ends every one that it began."""
        element = self._open.pop()
        if element.is_out:
            return
        if tag in _BLOCKS or tag == "dd":
            self._lines.edge()
        if tag == "tr" and element.cells > 1:
            self._lines.row_end()
        elif tag == "rt":
            self._lines.words(")")
        self._follows_term = tag == "dt"
        if element.is_comment:
            words, self._lines = self._lines.text, self._around_comment.pop()
            self._lines.mark(self._gathered.comment("", words))

    def data(self, text: str) -> None:
        """Text between tags."""
        around = self._open[-1]
        if around.tag == "title":
            self.title += text
        if around.is_out or (around.tabs and not text.strip()):
            return
        text = text.translate(_NO_CHARACTERS)
        self._gathered.seen["hidden"] += around.is_hidden and bool(text.strip())
        if around.keeps_blanks:
            self._lines.words(text)
        else:
            self._add(_BLANKS.sub(" ", text))

    def close(self) -> list[str]:
        """The page is at its end: its lines."""
        return self._lines.text.split("\n")

    def _element(self, tag: str, attributes: Mapping[str, str]) -> _Open:
        around = self._open[-1]
        style = attributes.get("style", "")
        tabs = _WORD_TAB.search(style)
        is_out = around.is_out or self._is_out(tag, attributes)
        return _Open(
            tag,
            is_out,
            around.is_hidden or "hidden" in attributes or _STYLE_HIDES.search(style) is not None,
            around.keeps_blanks or tag in _KEEPS_BLANKS or _STYLE_KEEPS_BLANKS.search(style) is not None,
            int(tabs[1]) if tabs is not None else 0,
            not is_out and _WORD_COMMENT.search(style) is not None,
        )

    def _is_out(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if tag == "del":
            return not self._gathered.reads_deletions()
        self._gathered.seen["insertions"] += tag == "ins"
        self._gathered.seen["foreign"] += tag in _FOREIGN
        return tag in _WITHOUT_TEXT or tag == "title" or attributes.get("class", "").casefold() in _WORD_ANCHORS

    def _start_cell(self, tag: str) -> None:
        row = self._open[-2]
        row.cells += tag in _CELLS
        if row.cells > 1 or (tag == "dd" and self._follows_term):
            self._lines.next_cell()
        elif tag == "dd":
            self._lines.edge()
        else:
            self._lines.first_cell()

    def _add(self, text: str) -> None:
        """Running text, in which white space is one blank."""
        words = text.strip(" ")
        if text.startswith(" "):
            self._lines.blank()
        if words:
            self._lines.words(words)
            self._follows_term = False
        if text.endswith(" "):
            self._lines.blank()
