"""Search in all sources: hits with the words around them, to read in their place or to code together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from store.errors import CmoError
from transcripts.search.records import Hit, Hits
from workbench.desk.desk import Desk
from workbench.keys import hints
from workbench.parts.kwic import kwic_line
from workbench.parts.lines import hint_line, two_ends
from workbench.parts.lists import KeyList
from workbench.parts.opened import Opened
from workbench.parts.pick import code_items
from workbench.parts.picker import Item, Picker
from workbench.text.palette import palette_of
from workbench.text.words import counted, reader

PAUSE = 0.12
"""Seconds without a key after which what is typed is looked for."""
MOST_HITS = 300
IN_QUERY: hints.Hints = [("type", "words, “phrase”, word*, A OR B"), ("↓ Enter", "to the hits"), ("esc", "back")]
IN_HITS: hints.Hints = [
    ("Enter", "open"),
    ("space", "mark"),
    ("a", "all"),
    ("c", "code the marked"),
    ("w", "where"),
    ("x", "exact"),
    ("r", "regex"),
    ("/", "query"),
    ("esc", "back"),
]
ROUND_THE_LINES = 8
"""Cells beside the lines of the list: its padding and its scrollbar."""
WHERE = ("case", "role", "kind", "round", "code", "point")


@dataclass(slots=True)
class Asked:
    """What was searched for last, kept while the workbench is open."""

    query: str = ""
    exact: bool = False
    regex: bool = False
    where: dict[str, str | None] = field(default_factory=dict)

    @property
    def manner(self) -> str:
        """How it is searched, in words."""
        form = "regular expression" if self.regex else "exact" if self.exact else "all forms of a word"
        return " · ".join([form, *(f"{name}: {label}" for name, label in self.where.items())])


class SearchScreen(Screen[Opened | None]):
    """Dismisses with the hit that is to be read in its transcript, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "to_hits", show=False),
        Binding("slash", "to_query", show=False),
        Binding("tab,shift+tab", "other_part", show=False),
        Binding("space", "mark", show=False),
        Binding("a", "mark_all", show=False),
        Binding("c", "code", show=False),
        Binding("x", "change('exact')", show=False),
        Binding("r", "change('regex')", show=False),
        Binding("w", "where", show=False),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, asked: Asked) -> None:
        super().__init__()
        self._desk, self._asked = desk, asked
        self._found = Hits((), False)
        self._marked: set[int] = set()
        self._pause: Timer | None = None
        self._said = ""

    def compose(self) -> ComposeResult:
        yield Static(id="search-title")
        yield Input(self._asked.query, placeholder="search in all sources", compact=True, id="search-query")
        yield KeyList(id="search-hits")
        yield Static(id="search-hit")
        yield Static(id="search-hints")

    def on_mount(self) -> None:
        self._search()

    def on_resize(self) -> None:
        self.call_after_refresh(self._list)

    # -- searching ------------------------------------------------------------------------------------------
    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._asked.query = event.value
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._search)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._search()
        self.action_to_hits()

    def _search(self) -> None:
        asked, self._said = self._asked, ""
        self._marked.clear()
        try:
            if asked.query.strip():
                self._found = self._desk.study.search(
                    asked.query, asked.where, exact=asked.exact, regex=asked.regex, limit=MOST_HITS, context=200
                )
            else:
                self._found = Hits((), False)
        except CmoError as error:
            self._found = Hits((), False)
            self._said = f"{error.message} {error.hint}"
        self._list()

    def _list(self) -> None:
        listed = self.query_one(KeyList)
        here = listed.highlighted
        palette, width = palette_of(self.app), max(self.size.width - ROUND_THE_LINES, 40)
        lines = (
            kwic_line(hit, width, palette, is_marked=number in self._marked)
            for number, hit in enumerate(self._found.hits)
        )
        listed.fill([Option(line, id=str(number)) for number, line in enumerate(lines)], str(here or 0))
        self._tell()

    # -- telling --------------------------------------------------------------------------------------------
    def _tell(self) -> None:
        palette, width = palette_of(self.app), self.size.width
        hits = self._found.hits
        count = f"{'more than ' if self._found.more else ''}{counted(len(hits), 'hit')}"
        count += f" in {counted(len({hit.source_id for hit in hits}), 'source')}" if hits else ""
        marked = f" · {len(self._marked)} marked" if self._marked else ""
        title = Content.assemble((" Search", f"bold {palette.bright}"), (f"  {self._asked.manner}", palette.quiet))
        whose = reader(self._desk.study)
        told = f"{count}{marked} · {whose}" if self._asked.query.strip() else whose
        self._put("title", two_ends(title, Content.styled(f"{told} ", palette.quiet), width))
        in_query = isinstance(self.focused, Input)
        self._put("hints", hint_line(IN_QUERY if in_query else IN_HITS, width, palette))
        self._put("hit", self._hit_words())

    def _hit_words(self) -> Content:
        palette, hit = palette_of(self.app), self._hit
        if self._said:
            return Content.styled(self._said, f"bold {palette.refutes}")
        if hit is None:
            nothing = "Nothing was found." if self._asked.query.strip() else ""
            return Content.styled(nothing, palette.quiet)
        place = (hit.source, hit.case, hit.role, hit.participant or hit.speaker, f"turn {hit.turn}")
        about = " · ".join(part for part in place if part)
        coded = f" · {counted(hit.codings, 'coding')}" if hit.codings else ""
        return Content.assemble(
            (f"{about}{coded}\n", palette.quiet),
            (hit.before.replace("\n", " "), palette.text),
            (hit.words.replace("\n", " "), f"bold {palette.bright}"),
            (hit.after.replace("\n", " "), palette.text),
        )

    def _put(self, name: str, words: Content) -> None:
        self.query_one(f"#search-{name}", Static).update(words, layout=False)

    def on_option_list_option_highlighted(self) -> None:
        self._tell()

    def on_descendant_focus(self) -> None:
        self._tell()

    # -- keys -----------------------------------------------------------------------------------------------
    @property
    def _hit(self) -> Hit | None:
        number = self.query_one(KeyList).highlighted
        return self._found.hits[number] if number is not None and number < len(self._found.hits) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        hit = self._found.hits[event.option_index]
        self.dismiss(Opened(hit.source_id, hit.start, hit.end))

    def action_to_hits(self) -> None:
        if self._found.hits:
            self.set_focus(self.query_one(KeyList))

    def action_to_query(self) -> None:
        self.set_focus(self.query_one(Input))

    def action_other_part(self) -> None:
        if isinstance(self.focused, Input):
            self.action_to_hits()
        else:
            self.action_to_query()

    def action_mark(self) -> None:
        listed = self.query_one(KeyList)
        if listed.highlighted is not None:
            self._marked ^= {listed.highlighted}
            listed.highlighted = min(listed.highlighted + 1, listed.option_count - 1)
            self._list()

    def action_mark_all(self) -> None:
        everything = set(range(len(self._found.hits)))
        self._marked = set() if self._marked == everything else everything
        self._list()

    def action_change(self, how: str) -> None:
        setattr(self._asked, how, not getattr(self._asked, how))
        self._search()

    def action_where(self) -> None:
        """Only hits of a case, a role, a kind, ...: choose it, or choose what is chosen to let it go."""
        asked = self._asked
        items = [
            Item(f"{name}={label}", label, name, f"{name}{' · chosen' if asked.where.get(name) == label else ''}")
            for name in WHERE
            for label in self._desk.study.dimension_labels(name)
        ]

        def chosen(item: str | None) -> None:
            if item is not None:
                name, _, label = item.partition("=")
                if asked.where.pop(name, None) != label:
                    asked.where[name] = label
                self._search()

        self.app.push_screen(Picker("Search only in", items), chosen)

    def action_code(self) -> None:
        """Give the marked hits, or the one under the cursor, a code: the sentences they stand in."""
        hits = [self._found.hits[number] for number in sorted(self._marked)] or [h for h in (self._hit,) if h]
        if not hits:
            return

        def chosen(code: str | None) -> None:
            if code is None:
                return
            try:
                made = self._desk.study.code_hits(hits, int(code), passage="sentence")
                self._search()
                self._said = f"{made[0].code} given to {counted(len(made), 'passage')}; u takes it back in the text."
            except CmoError as error:
                self._said = f"{error.message} {error.hint}"
            self._tell()

        title = f"Code {counted(len(hits), 'hit')}, the whole sentence"
        self.app.push_screen(Picker(title, code_items(self._desk, palette_of(self.app))), chosen)
