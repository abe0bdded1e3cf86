"""The screens beside the text: their names and the letters that lead to them; the menu from which each is opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from workbench.parts.lists import KeyList
from workbench.text.palette import palette_of

if TYPE_CHECKING:
    from cmo.study import Study


class Place(NamedTuple):
    """A screen: the letter in the menu, its name, what is there, and the class of that module that shows it."""

    letter: str
    name: str
    words: str
    module: str
    screen: str


PLACES: tuple[Place, ...] = (
    Place("t", "Programme theory", "points, wordings, evidence, verdicts", "theory.theory_screen", "TheoryScreen"),
    Place(
        "c",
        "Configurations",
        "what belongs together, and what is missing",
        "theory.configurations_screen",
        "Configurations",
    ),
    Place("m", "Matrix", "evidence by any two things", "evidence.matrix_screen", "MatrixScreen"),
    Place("q", "Quotes", "all evidence: sort, filter, rate, re-code many", "evidence.quotes_screen", "AllQuotes"),
    Place("o", "Look again", "judgements of older wordings", "evidence.quotes_stale", "StaleQuotes"),
    Place("s", "Sources", "progress by case and role, next uncoded", "study.sources_screen", "SourcesScreen"),
    Place("a", "Cases", "each case from within, in your own words", "study.cases_screen", "CasesScreen"),
    Place("b", "Codebook", "codes: move, merge, split, rename, define", "theory.codebook_screen", "CodebookScreen"),
    Place("f", "Findings", "what is missing or questionable", "study.findings_screen", "FindingsScreen"),
    Place("r", "Reports", "the tables of a report", "study.table_list", "ReportList"),
    Place("j", "Journal", "who did what, and undo from there", "study.journal_screen", "JournalScreen"),
    Place("w", "First steps", "import, theory, code", "study.first_run", "FirstSteps"),
)

TO = "place:"
"""What the id of a place begins with where it stands among other things to choose."""


def place_screen(name: str, study: Study, *which: str) -> Screen[Any]:
    """The screen of that name, on the thing that ``which`` names where it takes one.

    Its module is read only now: no screen is waited for before it is wanted, and screens can lead to each other.
    """
    place = next(place for place in PLACES if place.name == name)
    made = getattr(import_module(f"workbench.{place.module}"), place.screen)(study, *which)
    assert isinstance(made, Screen)
    return made


class PlacesMenu(ModalScreen[str | None]):
    """Dismisses with the name of a screen: by its letter, or by Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f5", "dismiss(None)", show=False),
        *(Binding(place.letter, f"dismiss('{place.name}')", show=False, priority=True) for place in PLACES),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Go to", classes="dialog-title")
            yield KeyList()
            yield Static("a letter, or ↑ ↓ and Enter · esc", classes="dialog-hint")

    def on_mount(self) -> None:
        palette = palette_of(self.app)
        options = [
            Option(
                Content.assemble(
                    (f"{place.letter}  ", f"bold {palette.accent}"),
                    (place.name.ljust(18), f"bold {palette.bright}"),
                    (f" {place.words}", palette.quiet),
                ),
                id=place.name,
            )
            for place in PLACES
        ]
        self.query_one(KeyList).fill(options)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)
