"""Lines of text from blocks, cells, line breaks and words, as a browser would set them."""

from __future__ import annotations


class LineWriter:
    """Puts words on lines. Line ends and blanks are due first, and written when a word follows them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_fresh = True
        """Nothing stands on the line, or in the cell, yet."""
        self._has_end_due = False
        self._has_blank_due = False

    @property
    def text(self) -> str:
        """What is written so far."""
        return "".join(self._pieces)

    def words(self, words: str) -> None:
        """Words of the running line; what they hold is kept as it is."""
        if self._has_end_due:
            self._pieces.append("\n")
        elif self._has_blank_due:
            self._pieces.append(" ")
        self._pieces.append(words)
        self._is_fresh = words.endswith("\n")
        self._has_end_due = self._has_blank_due = False

    def mark(self, mark: str) -> None:
        """Something that takes no room on the line."""
        self._pieces.append(mark)

    def blank(self) -> None:
        """White space between words; at the ends of lines there is none."""
        self._has_blank_due = not self._is_fresh and not self._has_end_due

    def edge(self) -> None:
        """The beginning or the end of a block: what follows stands on a line of its own."""
        self._has_end_due = self._has_end_due or not self._is_fresh
        self._has_blank_due = False

    def line_end(self) -> None:
        """A line break that the page asks for."""
        self._has_blank_due = False
        self.words("\n")

    def first_cell(self) -> None:
        """The first cell of a row, which begins a line."""
        self.edge()
        if self._has_end_due:
            self._pieces.append("\n")
        self._has_end_due, self._is_fresh = False, True

    def next_cell(self) -> None:
        """Another cell of the row, on the same line."""
        self._has_end_due = self._has_blank_due = False
        self._pieces.append("\t")
        self._is_fresh = True

    def row_end(self) -> None:
        """The end of a row of more than one cell: the last one may be empty."""
        self._has_end_due = True
        self._has_blank_due = False
