"""The matrix of evidence: what stands where, for and against; every number opens its quotes."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from cmo.records import OUTSIDE, STALE, Cell, Matrix, missing
from cmo.study import Study
from workbench.evidence.matrix_grid import Key, MatrixGrid
from workbench.evidence.quotes_screen import QuotesScreen
from workbench.evidence.table_writing import ask_where
from workbench.keys.place_keys import MATRIX, WAYS, PlaceKey
from workbench.parts.counting import Counting
from workbench.parts.lines import two_ends
from workbench.parts.narrowing import Narrowing, Where, dimension_items, in_words
from workbench.parts.place_screen import PlaceScreen
from workbench.text.palette import Palette, palette_of
from workbench.text.words import HEADINGS, STALE_HEADING, counted, element_name, point_gist, reader

SIGNS_IN_WORDS = "+ for  − against  ~ refines  » extends  ≠ rival  ○ not judged  ? look again  plain: no point  Σ all "


class MatrixScreen(PlaceScreen):
    """Any rows by any columns, of all evidence or of some."""

    NAME: ClassVar[str] = "Matrix"
    KEYS: ClassVar[tuple[PlaceKey, ...]] = MATRIX
    ALSO: ClassVar[tuple[PlaceKey, ...]] = WAYS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("M", "leave", show=False),
        Binding("enter", "enter", show=False),
        Binding("up,k", "move(-1, 0)", show=False),
        Binding("down,j", "move(1, 0)", show=False),
        Binding("left,h", "move(0, -1)", show=False),
        Binding("right,l", "move(0, 1)", show=False),
        Binding("home,g", "move(-9999, -9999)", show=False),
        Binding("end,G", "move(9999, 9999)", show=False),
    ]
    AUTO_FOCUS = "MatrixGrid"

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self._theory = study.theory()
        self._by = {"rows": "point", "columns": "case"}
        self._where: Where = {}
        self._counting = Counting(self, study)

    def compose(self) -> ComposeResult:
        yield Static(id="matrix-title")
        yield MatrixGrid(id="grid")
        yield Static(id="matrix-cell")
        yield Static(id="matrix-hints")

    def on_mount(self) -> None:
        self._read()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_words)

    def _read(self, row: int = 0, column: int = 0) -> None:
        """Count anew, and put the cursor on a cell."""
        by, where = dict(self._by), dict(self._where)

        def show(matrix: Matrix) -> None:
            rows = [self._label_of(matrix.rows_by, key) for key in matrix.rows]
            columns = [self._label_of(matrix.columns_by, key, short=True) for key in matrix.columns]
            self.query_one(MatrixGrid).show(matrix, rows, columns)
            self.query_one(MatrixGrid).move(row, column)
            self._show_words()

        self._counting.ask(lambda study: study.matrix(by["rows"], by["columns"], where), show)
        self._show_words()

    def _label_of(self, dimension: str, key: Key, *, short: bool = False) -> str:
        if key is None:
            return missing(dimension)
        if dimension == "point" and not short:
            point = self._theory.point(key)
            return f"{key}  {point_gist(point)}" if point else key
        return f"{key} {element_name(self._theory, key)}" if dimension == "element" else key

    # -- what is told ---------------------------------------------------------------------------------------
    def _show_words(self) -> None:
        palette, width, grid = palette_of(self.app), self.size.width, self.query_one(MatrixGrid)
        title = Content.styled(" Evidence", f"bold {palette.bright}") + Content.styled(
            f"  {self._by['rows']} by {self._by['columns']}", palette.quiet
        )
        if self._counting.is_under_way:
            title += Content.styled("  counting …", palette.quiet)
        if self._where:
            title += Content.styled(f"  only {in_words(self._where)}", f"bold {palette.accent}")
        right = f"{SIGNS_IN_WORDS if width > 140 else ''} {reader(self.study)} "
        self._put("title", two_ends(title, Content.styled(right, palette.quiet), width))
        self._put("cell", self._cell_words(grid, palette))
        self._put("hints", self.hints(width, palette))

    def _cell_words(self, grid: MatrixGrid, palette: Palette) -> Content:
        """The cell under the cursor: its place, its counts told apart, and the words of its point."""
        if grid.matrix is not None and not grid.matrix.rows and not grid.matrix.columns:
            first = (
                "f lets the filter go." if self._where else "Passages are coded in their transcripts: esc leads back."
            )
            return Content.styled(f"There is no evidence here yet. {first}", palette.text)
        parts = [
            Content.assemble(
                (self._place(grid), f"bold {palette.bright}"), (f"   {told_apart(grid.cell)}", palette.text)
            ),
            Content.styled(by_stance(grid.cell), palette.quiet),
        ]
        point = self._theory.point(grid.where.get("point") or "")
        for letter, words in point.wording.items() if point else ():
            hue = palette.element(letter)
            parts.append(Content.assemble((f"{letter} ", f"bold {hue}"), (words, palette.text)))
        return Content("\n").join(parts)

    def _place(self, grid: MatrixGrid) -> str:
        keys = grid.where.items()
        return " × ".join(missing(dimension) if key is None else key for dimension, key in keys) or "all evidence"

    def _put(self, name: str, words: Content) -> None:
        self.query_one(f"#matrix-{name}", Static).update(words, layout=name == "cell")

    def on_matrix_grid_moved(self) -> None:
        self._show_words()

    def say(self, words: str) -> None:
        """Tell something in place of the cell, until the cursor moves."""
        self._put("cell", Content(words))

    def show_anew(self) -> None:
        grid = self.query_one(MatrixGrid)
        self._theory = self.study.theory()
        self._read(grid.row, grid.column)

    # -- keys -----------------------------------------------------------------------------------------------
    def action_move(self, rows: int, columns: int) -> None:
        self.query_one(MatrixGrid).move(rows, columns)

    def on_matrix_grid_entered(self) -> None:
        self.action_enter()

    def action_enter(self) -> None:
        grid = self.query_one(MatrixGrid)
        if not grid.cell.total.excerpts:
            self.say("No quote here.")
            return

        self.go(QuotesScreen(self.study, {**self._where, **grid.where}))

    def action_arrange(self, side: str) -> None:
        def chosen(dimension: str) -> None:
            other = "columns" if side == "rows" else "rows"
            if dimension == self._by[other]:
                self._by[other] = self._by[side]
            self._by[side] = dimension
            self._read()

        self.pick(f"Arrange the {side} by", dimension_items(self.study), chosen)

    def action_swap(self) -> None:
        self._by = {"rows": self._by["columns"], "columns": self._by["rows"]}
        self._read()

    def action_filter(self) -> None:
        """Count only some evidence."""

        def narrowed(where: Where) -> None:
            self._where = where
            self._read()

        Narrowing(self, self.study, self._where, narrowed).ask()

    def action_write(self) -> None:
        """Write what is seen, in long form."""
        from exports.csv_tables import SUFFIX, write_matrix

        def write(path: Path) -> int:
            return write_matrix(self.study, path, **self._by, where=self._where)

        ask_where(self.app, "Write the matrix to", (SUFFIX,), write, self.say)


def told_apart(cell: Cell) -> str:
    """``4 excerpts · 2 sources · 2 participants · 1 case``: units that must not be confused."""
    total = cell.total
    if not total.excerpts:
        return "no evidence"
    units = ("excerpt", "source", "participant", "case")
    return " · ".join(counted(getattr(total, f"{unit}s"), unit) for unit in units)


def by_stance(cell: Cell) -> str:
    """``for 3 · against 1``."""
    words = {**HEADINGS, STALE: STALE_HEADING, OUTSIDE: OUTSIDE}
    return " · ".join(f"{words[stance].lower()} {cell.excerpts(stance)}" for stance in words if cell.excerpts(stance))
