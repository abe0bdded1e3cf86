"""A matrix of evidence as a grid with a cursor. Row names and column heads stay in view."""

from __future__ import annotations

from textwrap import wrap

from rich.cells import set_cell_size
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cmo.configurations.case_view import FOR
from cmo.disconfirming.support import AGAINST
from cmo.records import Cell, Matrix
from workbench.text.palette import Palette, palette_of, style, tint
from workbench.text.words import SIGNS, stance_counts

HEAD_ROWS = 2
WIDEST_CELL, NARROWEST_CELL = 16, 11
TALLEST_ROW = 3
TOTAL = "all"
NOTHING = "·"

COOLEST, WARMEST = 0.08, 0.35
"""The share of its hue in the ground of a cell with the least evidence, and with the most."""

Key = str | None


class MatrixGrid(Widget, can_focus=True):
    """Cells with their evidence by stance, the warmer the more, in the hue of what it says for or against; the last row
    and column count all of it.
    """

    ALLOW_SELECT = False

    class Moved(Message):
        """The cursor is on another cell."""

    class Entered(Message):
        """The quotes of the cell under the cursor are wanted."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.matrix: Matrix | None = None
        self._names: list[str] = []
        self._heads: list[str] = []
        self.row = self.column = 0
        self._first_row = self._first_column = 0

    def show(self, matrix: Matrix, row_names: list[str], column_names: list[str]) -> None:
        """Show a matrix; the names are those of its rows and columns, in its order."""
        self.matrix = matrix
        self._names = [*row_names, TOTAL]
        self._heads = [*column_names, TOTAL]
        self.row = self.column = self._first_row = self._first_column = 0
        self._keep_in_view()

    # -- the cursor -----------------------------------------------------------------------------------------
    @property
    def cell(self) -> Cell:
        """The evidence under the cursor."""
        return self._cell(self.row, self.column)

    @property
    def where(self) -> dict[str, Key]:
        """What the quotes under the cursor have in common, by dimension; a total leaves its dimension out."""
        if self.matrix is None:
            return {}
        found: dict[str, Key] = {}
        if self.row < len(self.matrix.rows):
            found[self.matrix.rows_by] = self.matrix.rows[self.row]
        if self.column < len(self.matrix.columns):
            found[self.matrix.columns_by] = self.matrix.columns[self.column]
        return found

    def move(self, rows: int, columns: int) -> None:
        """Move the cursor; it stays inside the grid."""
        if self.matrix is None:
            return
        self.row = min(max(self.row + rows, 0), len(self.matrix.rows))
        self.column = min(max(self.column + columns, 0), len(self.matrix.columns))
        self._keep_in_view()
        self.post_message(self.Moved())

    def _keep_in_view(self) -> None:
        rows, columns = self._rows_in_view, self._columns_in_view
        self._first_row = max(min(self._first_row, self.row), self.row - rows + 1, 0)
        self._first_column = max(min(self._first_column, self.column), self.column - columns + 1, 0)
        self.refresh()

    @property
    def _row_height(self) -> int:
        """Screen rows a row: more, so that its name has room, where all rows can be seen all the same."""
        fits = (self.size.height - HEAD_ROWS) // max(len(self._names), 1)
        return min(max(fits, 1), TALLEST_ROW)

    @property
    def _rows_in_view(self) -> int:
        return max((self.size.height - HEAD_ROWS) // self._row_height, 1)

    @property
    def _cell_width(self) -> int:
        """Wide cells, unless narrower ones let all columns be seen."""
        fits = (self.size.width * 3 // 4) // max(len(self._heads), 1)
        return min(fits, WIDEST_CELL) if fits >= NARROWEST_CELL else WIDEST_CELL - 2

    @property
    def _name_width(self) -> int:
        wanted = max((len(name) for name in self._names), default=10) + 2
        spare = self.size.width - self._cell_width * len(self._heads)
        return max(min(wanted, max(spare, self.size.width // 4)), 8)

    @property
    def _columns_in_view(self) -> int:
        return max((self.size.width - self._name_width) // self._cell_width, 1)

    @property
    def _columns_shown(self) -> range:
        return range(self._first_column, min(self._first_column + self._columns_in_view, len(self._heads)))

    def on_resize(self) -> None:
        self._keep_in_view()

    # -- the mouse ------------------------------------------------------------------------------------------
    def on_mouse_scroll_down(self) -> None:
        self.move(1, 0)

    def on_mouse_scroll_up(self) -> None:
        self.move(-1, 0)

    def on_click(self, event: events.Click) -> None:
        row = self._first_row + (event.y - HEAD_ROWS) // self._row_height
        column = self._first_column + (event.x - self._name_width) // self._cell_width
        if event.y < HEAD_ROWS or event.x < self._name_width or row >= len(self._names) or column >= len(self._heads):
            return
        if (row, column) == (self.row, self.column):
            self.post_message(self.Entered())
        else:
            self.move(row - self.row, column - self.column)

    # -- drawing --------------------------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        palette, width = palette_of(self.app), self.size.width
        ground = style(palette.text, palette.ground)
        if self.matrix is None:
            return Strip.blank(width, ground)
        row, line = divmod(y - HEAD_ROWS, self._row_height)
        if y < HEAD_ROWS:
            segments = self._head_line(y, palette)
        elif self._first_row + row < len(self._names):
            segments = self._row_line(self._first_row + row, line, palette)
        else:
            return Strip.blank(width, ground)
        return Strip(segments).adjust_cell_length(width, ground)

    def _head_line(self, y: int, palette: Palette) -> list[Segment]:
        shown, width = self._columns_shown, self._cell_width
        left = "" if y == 0 or not self.matrix else f" {self.matrix.rows_by} × {self.matrix.columns_by}"
        if y and len(shown) < len(self._heads):
            left += f"  ‹{shown.start + 1}–{shown.stop} of {len(self._heads)}›"
        segments = [Segment(set_cell_size(left, self._name_width), style(palette.quiet, palette.ground))]
        for column in shown:
            color = palette.bright if column == self.column else palette.text
            words = set_cell_size(" " + _in_lines(self._heads[column], width - 1, HEAD_ROWS, bottom=True)[y], width)
            segments.append(Segment(words, style(color, palette.ground, bold=True)))
        return segments

    def _row_line(self, row: int, line: int, palette: Palette) -> list[Segment]:
        height = self._row_height
        is_gap = height == TALLEST_ROW and line == height - 1
        name = _in_lines(self._names[row], self._name_width - 2, height - (height == TALLEST_ROW))
        words = set_cell_size("" if is_gap else f" {name[line]}", self._name_width)
        color = palette.bright if row == self.row else palette.text
        bold = line == 0 and row in (self.row, len(self._names) - 1)
        segments = [Segment(words, style(color, palette.ground, bold=bold))]
        if is_gap:
            return segments
        for column in self._columns_shown:
            segments += self._cell_segments(row, column, line, palette)
        return segments

    def _cell_segments(self, row: int, column: int, line: int, palette: Palette) -> list[Segment]:
        cell, width = self._cell(row, column), self._cell_width
        is_here = (row, column) == (self.row, self.column)
        ground = palette.selected if is_here else self._heat(cell, row, column, palette)
        pieces = _fitting(stance_counts(cell), cell, width - 2) if line == 0 else []
        edge = style(palette.accent, ground, bold=True)
        parts = [Segment("▌" if is_here else " ", edge)]
        for piece in pieces:
            stance = next((stance for stance, mark in SIGNS.items() if piece.strip().endswith(mark)), None)
            # On a warm ground, all words are bright: the ground tells the stance as well, and the sign always does.
            told = palette.stance(stance) if ground == palette.ground else palette.bright
            color = palette.faint if piece == NOTHING else told
            parts.append(Segment(piece, style(color, ground, bold=is_here)))
        used = sum(len(part.text) for part in parts)
        return [*parts, Segment(" " * (width - 1 - used), edge), Segment(" ", style(palette.text, palette.ground))]

    def _heat(self, cell: Cell, row: int, column: int, palette: Palette) -> str:
        assert self.matrix is not None
        if row == len(self.matrix.rows) or column == len(self.matrix.columns) or not cell.total.excerpts:
            return palette.ground
        most = max(found.total.excerpts for found in self.matrix.cells.values())
        amount = round(COOLEST + (WARMEST - COOLEST) * cell.total.excerpts / most, 2)
        return tint(palette.ground, leaning(cell, palette), amount)

    def _cell(self, row: int, column: int) -> Cell:
        matrix = self.matrix
        if matrix is None:
            return Cell()
        all_rows, all_columns = row >= len(matrix.rows), column >= len(matrix.columns)
        if all_rows and all_columns:
            return matrix.grand_total
        if all_rows:
            return matrix.column_totals.get(matrix.columns[column], Cell())
        if all_columns:
            return matrix.row_totals.get(matrix.rows[row], Cell())
        return matrix.cell(matrix.rows[row], matrix.columns[column])


def leaning(cell: Cell, palette: Palette) -> str:
    """The hue of a cell: the more of its evidence speaks for, or against, the nearer to that hue; else the accent."""
    speaks_for, against = (sum(cell.excerpts(stance) for stance in side) for side in (FOR, AGAINST))
    both = speaks_for + against
    if not both:
        return palette.accent
    side = palette.supports if speaks_for >= against else palette.refutes
    return tint(palette.accent, side, round(abs(speaks_for - against) / both, 2))


def _fitting(counts: list[str], cell: Cell, width: int) -> list[str]:
    """The counts by stance with spaces between, without, or all in one number, as the width allows."""
    if not counts:
        return [NOTHING]
    for pieces in ([*(f"{count} " for count in counts[:-1]), counts[-1]], counts):
        if sum(map(len, pieces)) <= width:
            return pieces
    return [f"Σ{cell.total.excerpts}"]


def _in_lines(words: str, width: int, lines: int, *, bottom: bool = False) -> list[str]:
    """Words in exactly that many lines, the empty ones last, or first for ``bottom``."""
    found = wrap(words, max(width, 2), break_long_words=False)
    if lines == 1 or any(len(line) > width for line in found):
        found = [words]
    if len(found) > lines:
        found = [*found[: lines - 1], " ".join(found[lines - 1 :])]
    found = [line if len(line) <= width else line[: width - 1] + "…" for line in found]
    empty = [""] * (lines - len(found))
    return empty + found if bottom else found + empty
