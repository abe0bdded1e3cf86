"""The import in words: a line for each file, everything that is known of one, and the report at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import set_cell_size
from textual.content import Content

from store.findings import Finding
from transcripts.intake.notices import to_look_at
from transcripts.intake.previewing import Preview, PreviewSpeaker
from transcripts.intake.profiles import Meaning
from transcripts.language.languages import language_name
from workbench.importing.import_choices import order_words
from workbench.importing.import_plan import ImportPlan, PlannedFile, State
from workbench.text.palette import Palette
from workbench.text.words import clipped, counted, on_one_line

SIGNS = {
    State.COMES_IN: "●",
    State.LEFT_OUT: "○",
    State.KNOWN: "=",
    State.UNREADABLE: "!",
    State.NO_TRANSCRIPT: "–",
}
NARROWEST_NAME = 18
LABEL_WIDTH = 24
MOST_LABELS = 40
EXAMPLE = 60


class Column(NamedTuple):
    """A column of the list; the last ones give way where there is no room. Numbers stand to the right."""

    heading: str
    width: int
    is_number: bool = True


COLUMNS = (
    Column("turns", 6),
    Column("who", 5),
    Column("min", 7),
    Column("look", 6),
    Column("format", 9, False),
    Column("style", 14, False),
)


# -- the list ---------------------------------------------------------------------------------------------------
def list_heading(width: int, palette: Palette) -> Content:
    """The names of the columns."""
    columns = _columns(width)
    return Content.styled("  " + _row("file", [c.heading for c in columns], columns, width - 2), palette.quiet)


def batch_line(plan: ImportPlan, width: int, palette: Palette) -> Content:
    """The line for all files together."""
    coming, columns = plan.coming, _columns(width)
    minutes = [file.minutes for file in coming if file.minutes is not None]
    findings = [*plan.report.findings, *(finding for file in coming for finding in file.findings)]
    values = {
        "turns": str(sum(file.turns for file in coming)),
        "min": f"{sum(minutes):.0f}" if minutes else "",
        "look": str(len(to_look_at(findings)) or ""),
    }
    name = counted(len(plan.files), "file")
    words = _row(name, [values.get(column.heading, "") for column in columns], columns, width - 2)
    return Content.styled("Σ " + words, palette.bright)


def file_line(file: PlannedFile, state: State, width: int, palette: Palette) -> Content:
    """One file: a sign for what becomes of it, its name, and its figures or why it has none."""
    columns = _columns(width)
    sign = (f"{SIGNS[state]} ", f"bold {_hue(state, palette)}")
    color = palette.text if state is State.COMES_IN else palette.quiet
    reason = _reason(file, state)
    if reason or file.preview is None:
        name_width = max(width - 2 - sum(column.width for column in columns), NARROWEST_NAME)
        name = set_cell_size(clipped(on_one_line(file.shown), name_width - 1), name_width)
        words = clipped(on_one_line(reason or state.value), max(width - 2 - name_width, 10))
        return Content.assemble(sign, (name, color), (words, palette.quiet)).truncate(width)
    values = _figures(file.preview)
    words = _row(file.shown, [values[column.heading] for column in columns], columns, width - 2)
    return Content.assemble(sign, (words, color))


def _figures(file: Preview) -> dict[str, str]:
    return {
        "turns": str(file.turns),
        "who": str(len({speaker.label for speaker in file.speakers if speaker.label})),
        "min": f"{file.minutes:.0f}" if file.minutes is not None else "",
        "look": str(len(to_look_at(file.findings)) or ""),
        "format": file.format,
        "style": file.style or "",
    }


def _reason(file: PlannedFile, state: State) -> str:
    if state is State.KNOWN and file.preview is not None:
        return f"the same as {file.preview.duplicate_of}"
    return file.reason


def _hue(state: State, palette: Palette) -> str:
    return {State.COMES_IN: palette.accent, State.UNREADABLE: palette.refutes}.get(state, palette.quiet)


def _columns(width: int) -> list[Column]:
    room, columns = width - 2 - NARROWEST_NAME, []
    for column in COLUMNS:
        room -= column.width
        if room < 0:
            break
        columns.append(column)
    return columns


def _row(name: str, values: Sequence[str], columns: Sequence[Column], width: int) -> str:
    cells = "".join(
        value.rjust(column.width) if column.is_number else f"  {value}"[: column.width].ljust(column.width)
        for value, column in zip(values, columns, strict=True)
    )
    room = max(width - len(cells), 1)
    return set_cell_size(clipped(on_one_line(name), room), room) + cells


def states_in_words(plan: ImportPlan) -> str:
    """``12 come in · 1 left out``."""
    words = {**{state: state.value for state in State}, State.COMES_IN: "come in", State.NO_TRANSCRIPT: "passed over"}
    return " · ".join(f"{plan.counts[state]} {words[state]}" for state in State if plan.counts[state])


# -- everything about a file ------------------------------------------------------------------------------------
def file_details(file: PlannedFile, state: State, palette: Palette) -> Content:
    """All that the preview found in one file."""
    lines = [
        Content.assemble((on_one_line(file.shown), f"bold {palette.bright}"), (f"  {state.value}", palette.quiet)),
    ]
    if file.preview is None:
        why = file.reason or "A table that lies beside transcripts. Name it on the path line to import it all the same."
        return Content("\n").join([*lines, Content.styled(on_one_line(why), palette.text)])
    preview = file.preview
    if state is State.KNOWN:
        lines.append(_fact("the same as", f"'{preview.duplicate_of}', which the study or this batch has", palette))
    lines += [_fact(name, words, palette) for name, words in _facts(preview)]
    lines += _speakers(preview.speakers, palette)
    lines += finding_lines(preview.findings, palette)
    return Content("\n").join(lines)


def _facts(file: Preview) -> Iterator[tuple[str, str]]:
    bound = file.binding
    cases = ", ".join(bound.cases or ()) or "(no case)"
    whose = (file.name, bound.kind, cases, bound.role, bound.participant if bound.participant != file.name else "")
    yield "becomes", " · ".join(part for part in whose if part)
    yield "format", f"{file.format}, {file.encoding}{_sure(file.encoding_confidence, 'guessed')}"
    yield "language", f"{language_name(file.language)}{_sure(file.language_confidence, 'by its words')}"
    yield "style", file.style or "(none)"
    minutes = f", {file.minutes:g} minutes" if file.minutes is not None else ""
    turns, sentences = counted(file.turns, "turn"), counted(file.sentences, "sentence")
    yield "length", f"{turns}, {sentences}, {file.characters:,} characters{minutes}"
    for piece in file.furniture:
        examples = ", ".join(f"“{clipped(example, EXAMPLE)}”" for example in piece.examples)
        yield "set apart", f"{counted(piece.pieces, piece.kind)}: {examples}"
    if file.marks:
        yield "marks", ", ".join(f"{number} {kind}" for kind, number in file.marks.items())
    for entry in file.legend:
        yield "it says", f"{entry.label} is {entry.says}"


def _sure(percent: int | None, how: str) -> str:
    return "" if percent is None else f" ({how}, {percent} % sure)"


def _fact(name: str, words: str, palette: Palette) -> Content:
    return Content.assemble((f"{name:<12}", palette.quiet), (on_one_line(words), palette.text))


def _speakers(speakers: Sequence[PreviewSpeaker], palette: Palette) -> Iterator[Content]:
    has_times = any(speaker.minutes is not None for speaker in speakers)
    head = f"{'turns':>7}{'characters':>12}" + (f"{'minutes':>9}" if has_times else "")
    yield Content.styled(f"\n{'who speaks':<{LABEL_WIDTH}}{head}", palette.quiet)
    for speaker in speakers[:MOST_LABELS]:
        minutes = f"{speaker.minutes:g}" if speaker.minutes is not None else ""
        figures = f"{speaker.turns:>7}{speaker.characters:>12,}" + (f"{minutes:>9}" if has_times else "")
        label = set_cell_size(_label(speaker.label, LABEL_WIDTH - 1), LABEL_WIDTH)
        color = palette.bright if speaker.label else palette.quiet
        meaning = f"  {_meaning(speaker.meaning)}"
        yield Content.assemble((label, color), (figures, palette.text), (meaning, palette.quiet))
    if len(speakers) > MOST_LABELS:
        yield Content.styled(f"and {counted(len(speakers) - MOST_LABELS, 'label')} more", palette.quiet)


def _label(label: str | None, width: int) -> str:
    return clipped(on_one_line(label), width) if label else "(nobody named)"


def _meaning(meaning: Meaning) -> str:
    asks = {True: "asks", False: "answers", None: ""}[meaning.asks]
    return ", ".join(part for part in (meaning.participant, meaning.role, asks) if part)


def finding_lines(findings: Iterable[Finding], palette: Palette) -> Iterator[Content]:
    """What a person should look at, and then what only tells how the file was read, below an empty line."""
    listed = list(findings)
    pressing = to_look_at(listed)
    space = "\n"
    for finding in [*pressing, *(one for one in listed if one not in pressing)]:
        sign, hue = ("!", palette.refutes) if finding in pressing else ("·", palette.quiet)
        where = f"{finding.where}: " if finding.where else ""
        words = on_one_line(f"{where}{finding.message}")
        yield Content.assemble((f"{space}{sign} ", f"bold {hue}"), (words, palette.text))
        space = ""


# -- everything about the batch ---------------------------------------------------------------------------------
def batch_details(plan: ImportPlan, palette: Palette) -> Content:
    """What the files have in common, so that the one that is unlike the others is seen."""
    coming = plan.coming
    lines = [Content.styled(states_in_words(plan) or "no file", f"bold {palette.bright}")]
    if plan.report.stopped:
        lines.append(Content.styled("The look was stopped: i brings in these files alone.", palette.refutes))
    lines += [_fact("path", str(path), palette) for path in plan.order.paths]
    lines.append(_fact("read", order_words(plan.order), palette))
    for name, values in (
        ("format", [file.format for file in coming]),
        ("language", [language_name(file.language) for file in coming]),
        ("style", [file.style or "(none)" for file in coming]),
    ):
        told = ", ".join(f"{number} {value}" for value, number in Counter(values).most_common())
        lines.append(_fact(name, told, palette))
    lines += _labels(plan, palette)
    lines += finding_lines(plan.report.findings, palette)
    return Content("\n").join(lines)


def _labels(plan: ImportPlan, palette: Palette) -> Iterator[Content]:
    used = plan.labels
    if not used:
        return
    yield Content.styled(f"\n{'labels':<{LABEL_WIDTH}}{'files':>7}{'turns':>7}", palette.quiet)
    for use in used[:MOST_LABELS]:
        label = set_cell_size(_label(use.label, LABEL_WIDTH - 1), LABEL_WIDTH)
        yield Content.assemble((label, palette.bright), (f"{use.files:>7}{use.turns:>7}", palette.text))
    if len(used) > MOST_LABELS:
        yield Content.styled(f"and {counted(len(used) - MOST_LABELS, 'label')} more", palette.quiet)
