"""The sources of the study by case, with how far each is coded."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from transcripts.records import Case, Source
from workbench.parts.lists import KeyList, heading, row
from workbench.text.palette import Palette

NO_CASE = "(no case)"


class SourcesPane(Vertical):
    """Cases as headings, their sources below: ``●`` with codings, ``○`` without."""

    class Chosen(Message):
        """A source is to be opened."""

        def __init__(self, source_id: int) -> None:
            super().__init__()
            self.source_id = source_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Sequence[Source], Sequence[Case], int | None, Palette] | None = None

    def compose(self) -> ComposeResult:
        yield Static("Sources", classes="pane-title")
        yield KeyList(id="source-list")

    def show(self, sources: Sequence[Source], cases: Sequence[Case], open_id: int | None, palette: Palette) -> None:
        """Show the sources; ``open_id`` is the one being read."""
        self._shown = (list(sources), cases, open_id, palette)
        self._fill()

    def show_progress(self, sources: Sequence[Source], cases: Sequence[Case], palette: Palette) -> None:
        """The number of codings in the open source may have changed; where the study was read anew, everything."""
        if self._shown is None:
            return
        shown, shown_cases, open_id, _ = self._shown
        if shown_cases is not cases:
            self.show(sources, cases, open_id, palette)
            return
        place = next((n for n, source in enumerate(sources) if source.id == open_id), None)
        if place is None or shown[place].codings == sources[place].codings:
            return
        was_coded = shown[place].codings > 0
        self._shown = (list(sources), cases, open_id, palette)
        if was_coded != (sources[place].codings > 0):
            self._fill()  # the headings count coded sources
            return
        listed, width = self.query_one(KeyList), self.size.width - 5
        for option in (found for found in listed.options if found.id and found.id.split(":")[0] == str(open_id)):
            case = (option.id or "").split(":", 1)[1]
            listed.replace_option_prompt(option.id or "", _option(case, sources[place], True, width, palette).prompt)

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        if self._shown is None or self.size.width < 4:
            return
        sources, cases, open_id, palette = self._shown
        coded = sum(source.codings > 0 for source in sources)
        title = f"Sources   {coded} of {len(sources)} coded" if sources else "Sources"
        self.query_one(Static).update(title)
        width = self.size.width - 5
        listed = self.query_one(KeyList)
        highlighted = listed.highlighted_option
        wanted = highlighted.id if highlighted and listed.has_focus else None
        options: list[Option] = []
        for case, members in by_case(sources, cases):
            options.append(heading(_case_line(case, members, width, palette, first=not options)))
            options += [_option(case, source, source.id == open_id, width, palette) for source in members]
        opened = next((o.id for o in options if o.id and o.id.split(":")[0] == str(open_id)), None)
        listed.fill(options, wanted or opened)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(int(event.option_id.split(":")[0])))


def by_case(sources: Sequence[Source], cases: Sequence[Case]) -> list[tuple[str, list[Source]]]:
    """Each case with its sources, also cases that have none; a source of two cases stands under both."""
    listed = [(case.name, [source for source in sources if case.name in source.cases]) for case in cases]
    loose = [source for source in sources if not source.cases]
    return [*listed, (NO_CASE, loose)] if loose else listed


def _case_line(case: str, members: list[Source], width: int, palette: Palette, *, first: bool) -> Content:
    space = "" if first else "\n"
    if not members:
        return Content.styled(space + row(case, "no source", width + 2), palette.quiet)
    coded = sum(source.codings > 0 for source in members)
    return Content.styled(space + row(case, f"{coded}/{len(members)}", width + 2), f"bold {palette.text}")


def _option(case: str, source: Source, is_open: bool, width: int, palette: Palette) -> Option:
    mark = "●" if source.codings else "○"
    line = row(f"{mark} {source.name}", str(source.codings or ""), width)
    color = palette.bright if is_open else palette.text
    words = [Content.styled(("▸ " if is_open else "  ") + line, f"bold {color}" if is_open else color)]
    role = ", ".join(part for part in (source.role, "" if source.kind == "interview" else source.kind) if part)
    if role:
        words.append(Content.styled("    " + row(role, "", width - 2), palette.quiet))
    return Option(Content("\n").join(words), id=f"{source.id}:{case}")
