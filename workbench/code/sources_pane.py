"""The sources of the study by case, with how far each is coded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from workbench.parts.lists import KeyList, heading, row

if TYPE_CHECKING:
    from transcripts.records import Case, Source
    from workbench.desk.desk import Desk
    from workbench.text.palette import Palette

NO_CASE = "(no case)"


class _Shown(NamedTuple):
    """What the list is made of."""

    sources: tuple[Source, ...]
    cases: tuple[Case, ...]
    open_id: int | None
    palette: Palette


class SourcesPane(Vertical):
    """Cases as headings, their sources below: ``●`` with codings, ``○`` without."""

    class Chosen(Message):
        """A source is to be opened."""

        def __init__(self, source_id: int) -> None:
            super().__init__()
            self.source_id = source_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._wanted: tuple[Desk, Palette] | None = None
        self._listed: tuple[_Shown, int] | None = None

    def compose(self) -> ComposeResult:
        yield Static("Sources", classes="pane-title")
        yield KeyList(id="source-list")

    def show(self, desk: Desk, palette: Palette) -> None:
        """Show the sources as they are now. They are read and listed once the pane is to be seen."""
        self._wanted = desk, palette
        if self.display:
            self._list()

    def list_unseen(self) -> None:
        """List the sources before they are seen: keys that come with the one that shows the pane are meant for them."""
        if not self.display:
            self._list_at(self._listed[1] if self._listed is not None else 0)

    def on_show(self) -> None:
        self._list()

    def on_resize(self) -> None:
        if self.display:
            self._list()

    def _list(self) -> None:
        """List what is to be shown, as far as it is not listed like that already."""
        if self.size.width >= 5:
            self._list_at(self.size.width - 5)

    def _list_at(self, width: int) -> None:
        if self._wanted is None:
            return
        wanted, changed = _shown(*self._wanted), None
        if self._listed == (wanted, width):
            return
        if self._listed is not None and (self._listed[0].palette, self._listed[1]) == (wanted.palette, width):
            changed = _looking_different(self._listed[0], wanted)
        self._listed = (wanted, width)
        if changed is None:
            self._fill(wanted, width)
        else:
            self._list_anew(changed, wanted, width)

    def _fill(self, wanted: _Shown, width: int) -> None:
        coded = sum(source.codings > 0 for source in wanted.sources)
        title = f"Sources   {coded} of {len(wanted.sources)} coded" if wanted.sources else "Sources"
        self.query_one(Static).update(title)
        listed = self.query_one(KeyList)
        highlighted = listed.highlighted_option
        kept = highlighted.id if highlighted and listed.has_focus else None
        options: list[Option] = []
        for case, members in by_case(wanted.sources, wanted.cases):
            options.append(heading(_case_line(case, members, width, wanted.palette, first=not options)))
            options += [_option(case, source, wanted, width) for source in members]
        listed.fill(options, kept or next((o.id for o in options if _is_of(o, wanted.open_id)), None))

    def _list_anew(self, changed: Sequence[Source], wanted: _Shown, width: int) -> None:
        listed = self.query_one(KeyList)
        for source in changed:
            for case in source.cases or (NO_CASE,):
                option = _option(case, source, wanted, width)
                listed.replace_option_prompt(option.id or "", option.prompt)
        if not listed.has_focus:
            listed.highlighted = next((n for n, o in enumerate(listed.options) if _is_of(o, wanted.open_id)), None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(int(event.option_id.split(":")[0])))


def by_case(sources: Sequence[Source], cases: Sequence[Case]) -> list[tuple[str, list[Source]]]:
    """Each case with its sources, also cases that have none; a source of two cases stands under both."""
    members: dict[str, list[Source]] = {case.name: [] for case in cases}
    for source in sources:
        for case in source.cases:
            members[case].append(source)
    loose = [source for source in sources if not source.cases]
    return [*members.items(), (NO_CASE, loose)] if loose else list(members.items())


def _shown(desk: Desk, palette: Palette) -> _Shown:
    return _Shown(tuple(desk.sources), tuple(desk.cases), desk.source.id if desk.source else None, palette)


def _looking_different(before: _Shown, after: _Shown) -> list[Source] | None:
    """The sources that are to look different now; None where the list or its headings are not the same any more."""
    if before.cases != after.cases or len(before.sources) != len(after.sources):
        return None
    changed = [(was, now) for was, now in zip(before.sources, after.sources, strict=True) if was is not now]
    if any((was.id, was.cases, was.codings > 0) != (now.id, now.cases, now.codings > 0) for was, now in changed):
        return None
    ids: set[int | None] = {now.id for was, now in changed if was != now}
    if before.open_id != after.open_id:
        ids |= {before.open_id, after.open_id}
    return [source for source in after.sources if source.id in ids]


def _is_of(option: Option, source_id: int | None) -> bool:
    return option.id is not None and option.id.split(":")[0] == str(source_id)


def _case_line(case: str, members: list[Source], width: int, palette: Palette, *, first: bool) -> Content:
    space = "" if first else "\n"
    if not members:
        return Content.styled(space + row(case, "no source", width + 2), palette.quiet)
    coded = sum(source.codings > 0 for source in members)
    return Content.styled(space + row(case, f"{coded}/{len(members)}", width + 2), f"bold {palette.text}")


def _option(case: str, source: Source, shown: _Shown, width: int) -> Option:
    palette, is_open = shown.palette, source.id == shown.open_id
    mark = "●" if source.codings else "○"
    line = row(f"{mark} {source.name}", str(source.codings or ""), width)
    color = palette.bright if is_open else palette.text
    words = [Content.styled(("▸ " if is_open else "  ") + line, f"bold {color}" if is_open else color)]
    role = ", ".join(part for part in (source.role, "" if source.kind == "interview" else source.kind) if part)
    if role:
        words.append(Content.styled("    " + row(role, "", width - 2), palette.quiet))
    return Option(Content("\n").join(words), id=f"{source.id}:{case}")
