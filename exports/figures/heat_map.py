"""Points × cases: the darker a cell, the more excerpts; what they say is in it as numbers with signs."""

from __future__ import annotations

from cmo.records import OUTSIDE, Cell, Matrix
from cmo.report.entries import in_short
from cmo.report.glyphs import legend, signed
from cmo.report.ground import Ground
from exports.figures.drawing import DIM, INK, PAPER, Drawing, width_of, wrapped

SHADES = ("#FFFFFF", "#E3EEF6", "#BBD6EA", "#82B4D6", "#2F73A3", "#14466B")
"""From none to most: one hue, so that it is told by how dark it is."""
BLOCKS = " ░▒▓█"
LABEL, CELL, ROW, HEAD, TOP = 210.0, 104.0, 40.0, 56.0, 44.0


def shade(excerpts: int, most: int, steps: int) -> int:
    """Which of so many steps a count has, from 1 to the last for the most; 0 for none. Few excerpts are never dark."""
    return 0 if not excerpts else 1 + (excerpts * steps - 1) // max(most, steps)


def drawing(ground: Ground, title: str) -> Drawing:
    say, counted = ground.say, ground.matrix("point", "case")
    most = _most(counted)
    width = LABEL + CELL * len(counted.columns) + 20
    sheet = Drawing(width, TOP + HEAD + ROW * len(counted.rows) + 60, title)
    sheet.words(10, 26, title, size=16, bold=True)
    for column, case in enumerate(counted.columns):
        x = LABEL + CELL * (column + 0.5)
        for at, line in enumerate(wrapped(case or say("(no case)"), CELL - 4, size=11, most=3)):
            sheet.words(x, TOP + 14 + 15 * at, line, size=11, anchor="middle", bold=True)
    for row, label in enumerate(counted.rows):
        y = TOP + HEAD + ROW * row
        point = ground.theory.point(label or "")
        name = label or say("(no point)")
        sheet.words(10, y + 17, name, bold=True)
        for at, line in enumerate(wrapped(in_short(point) if point else "", LABEL - 62, size=10, most=2)):
            sheet.words(52, y + 15 + 13 * at, line, size=10, fill=DIM)
        for column, case in enumerate(counted.columns):
            _cell(sheet, counted.cell(label, case), most, LABEL + CELL * column, y)
    for at, line in enumerate(wrapped(_notes(ground), width - 20, size=11)):
        sheet.words(10, TOP + HEAD + ROW * len(counted.rows) + 22 + 14 * at, line, size=11, fill=DIM)
    return sheet


def _cell(sheet: Drawing, cell: Cell, most: int, x: float, y: float) -> None:
    level = shade(cell.total.excerpts, most, len(SHADES) - 1)
    ink = PAPER if level >= len(SHADES) - 2 else INK
    sheet.box(x + 2, y + 2, CELL - 4, ROW - 4, fill=SHADES[level])
    if cell.total.excerpts:
        sheet.words(x + CELL / 2, y + 18, str(cell.total.excerpts), anchor="middle", bold=True, fill=ink)
        # What is outside the theory has no sign: its number stands there already.
        signs = "" if set(cell.stances) == {OUTSIDE} else signed(cell)
        size = 10 if width_of(signs, 10) < CELL - 8 else 7.5
        sheet.words(x + CELL / 2, y + 32, signs, size=size, anchor="middle", fill=ink)


def lines(ground: Ground) -> list[str]:
    """The same for a terminal: a block of four densities and the number in each cell."""
    counted = ground.matrix("point", "case")
    most = _most(counted)
    names = [case or ground.say("(no case)") for case in counted.columns]
    widths = [max(len(name), 5) for name in names]
    labels = [label or ground.say("(no point)") for label in counted.rows]
    room = max(map(len, labels), default=0) + 2
    found = [" " * room + "  ".join(name.rjust(width) for name, width in zip(names, widths, strict=True))]
    for label, name in zip(counted.rows, labels, strict=True):
        cells = []
        for case, width in zip(counted.columns, widths, strict=True):
            excerpts = counted.cell(label, case).total.excerpts
            block = BLOCKS[shade(excerpts, most, len(BLOCKS) - 1)] * 2
            cells.append(f"{block}{excerpts or '·':>3}".rjust(width))
        found.append(name.ljust(room) + "  ".join(cells))
    return [*found, "", _notes(ground)]


def _notes(ground: Ground) -> str:
    say = ground.say
    return f"{say('The darker, the more excerpts; the number says how many.')} {legend(say)}"


def _most(counted: Matrix) -> int:
    return max((cell.total.excerpts for cell in counted.cells.values()), default=0)
