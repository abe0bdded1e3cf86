"""The lines above and below the text: title, codings here, recent codes, status, hints. All in words only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.text.words import (
    clipped,
    coding_letter,
    element_name,
    on_one_line,
    point_number,
    reader,
    sign,
    undecided_words,
)

if TYPE_CHECKING:
    from codebook.records import Coding
    from workbench.desk.desk import Desk
    from workbench.text.palette import Palette
    from workbench.text.terms import Term


def title_line(desk: Desk, study_name: str, width: int, palette: Palette) -> Content:
    """Which source is open, and whose it is; the study and the coder on the right."""
    right = f"{study_name} · {reader(desk.study)} "
    source = desk.source
    if source is None:
        return two_ends(Content(" cmo"), Content.styled(right, palette.quiet), width)
    about = " · ".join(part for part in (source.role, source.case, source.kind) if part)
    left = Content.assemble((f" {source.name}", f"bold {palette.bright}"), (f"  {about}", palette.quiet))
    return two_ends(left, Content.styled(right, palette.quiet), width)


def codings_here(
    desk: Desk, rows: int, width: int, palette: Palette, *, with_theory: bool, terms: Sequence[Term] = ()
) -> Content:
    """The codings on the passage, the active one marked, in at most ``rows`` lines.

    ``with_theory``: if there is room, the words of the theory that the active one stands for. Where there is no
    coding, ``terms`` of the glossary are explained.
    """
    here, active = desk.here, desk.active
    if not here or active is None:
        explained = [Content.styled(f"  {clipped(f'{t.name}: {t.meaning}', width - 3)}", palette.text) for t in terms]
        return Content("\n").join([Content.styled("  no coding here", palette.quiet), *explained][:rows])
    place = here.index(active)
    first = min(max(place - rows + 1, 0), max(len(here) - rows, 0))
    listed = here[first : first + rows]
    lines = [coding_line(desk, coding, is_active=coding is active, width=width, palette=palette) for coding in listed]
    left_out = len(here) - rows
    if left_out > 0:
        more = Content.styled(f" +{left_out} more ] [ ", palette.quiet)
        lines[0] = two_ends(lines[0].truncate(width - more.cell_length), more, width)
    if with_theory and left_out < 0:
        lines.append(Content.styled("    " + clipped(_theory_words(desk, active), width - 4), palette.quiet))
    return Content("\n").join(lines)


def _theory_words(desk: Desk, coding: Coding) -> str:
    point = desk.theory.point(coding.point) if coding.point else None
    return point.wording.get(coding.element or "", "") if point else ""


def coding_line(desk: Desk, coding: Coding, *, is_active: bool, width: int, palette: Palette) -> Content:
    """A coding in one line: what it is, how it was judged, by whom, and its memo."""
    hue = palette.element(coding.element)
    emphasis = "bold " if is_active else ""
    what = [(f"{coding_letter(coding)}{point_number(coding.point)}", f"{emphasis}{hue}")]
    what.append((f"{sign(coding.stance)} ".ljust(2), f"bold {palette.stance(coding.stance)}"))
    if coding.point is not None:
        element = element_name(desk.theory, coding.element) or undecided_words(coding, desk.theory)
        name = " ".join(part for part in (coding.point, element) if part)
    else:
        name = coding.code
    stance = coding.stance or ("" if coding.point is None else "not judged")
    if coding.judge is not None and coding.judge != desk.study.coder:
        stance = f"{stance} ({coding.judge})"
    if coding.strength is not None and coding.stance is not None:
        stance = f"{stance} {coding.strength}/5"
    if coding.stale:
        stance = f"{stance}, against an older wording"
    words = " · ".join(part for part in (name, stance) if part)
    what.append((words, f"{emphasis}{palette.bright if is_active else palette.text}"))
    who = " ★" if coding.is_best else ""
    who += "" if coding.coder == desk.study.coder else f" · {coding.coder}"
    what.append((who, palette.quiet))
    line = Content.assemble(("▸ " if is_active else "  ", palette.accent), *what)
    room = width - line.cell_length - 5
    if coding.memo and room > 12:
        line += Content.styled(f"  ✎ {clipped(coding.memo, room)}", palette.quiet)
    return line.truncate(width, ellipsis=True)


def recent_line(desk: Desk, width: int, palette: Palette) -> Content:
    """The codes on the digits."""
    if not desk.recent.slots:
        return Content.styled("  codes you use are put on the keys 1 to 9", palette.quiet)
    line = Content("  ")
    for digit, code_id in enumerate(desk.recent.slots, start=1):
        item = Content.assemble(
            (f"{digit} ", f"bold {palette.text}"), (clipped(desk.code_label(code_id), 18) + "   ", palette.quiet)
        )
        if line.cell_length + item.cell_length - 3 > width:
            break
        line += item
    return line


def status_line(desk: Desk, said: Content, width: int, palette: Palette) -> Content:
    """The last act on the left, the place on the right."""
    place = ""
    if desk.reading is not None:
        turn = desk.reading.turn_at(desk.reading.sentence.start)
        speaker = desk.reading.turns[turn] if turn >= 0 else None
        who = " · ".join(p for p in (speaker.label, speaker.participant) if p) if speaker else ""
        place = f"sentence {desk.reading.number + 1} of {len(desk.reading.sentences)} "
        if width > 110:
            place = f"{who} · {place}" if who else place
    return two_ends(Content(" ") + said, Content.styled(place, palette.quiet), width)


def hint_line(items: Sequence[tuple[str, str]], width: int, palette: Palette) -> Content:
    """Keys and what they do: as many whole ones as there is room for."""
    line = Content(" ")
    for keys, words in items:
        item = Content.assemble((keys, f"bold {palette.text}"), (f" {words}   ", palette.quiet))
        if line.cell_length + item.cell_length - 3 > width:
            break
        line += item
    return line


BAR_WIDTH = 24


def progress_line(doing: str, done: int, total: int, name: str, palette: Palette) -> Content:
    """``Importing ━━━━───── 3 of 22  leader.docx``: how far long work has come."""
    full = round(BAR_WIDTH * done / total) if total else 0
    return Content.assemble(
        (f"{doing} ", f"bold {palette.bright}"),
        ("━" * full, palette.accent),
        ("─" * (BAR_WIDTH - full), palette.quiet),
        (f" {done} of {total}  ", palette.text),
        (on_one_line(name), palette.quiet),
    )


def two_ends(left: Content, right: Content, width: int) -> Content:
    """Two texts at the two ends of a line; the left one gives way."""
    room = width - right.cell_length - 1
    if left.cell_length > room:
        left = left.truncate(max(room, 0), ellipsis=True)
    return left + Content(" " * max(width - left.cell_length - right.cell_length, 1)) + right
