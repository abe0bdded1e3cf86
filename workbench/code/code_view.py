"""What the coder sees: sources, transcript and theory side by side, and the lines around them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from workbench.code.evidence_pane import EvidencePane
from workbench.code.sources_pane import SourcesPane
from workbench.desk.evidence_reader import EvidenceReader
from workbench.desk.preferences import Preferences
from workbench.keys import hints
from workbench.keys.keymap import Keymap
from workbench.parts import lines
from workbench.parts.empty import no_theory, what_to_do_first
from workbench.parts.painting_less import NarrowCompositor
from workbench.parts.prompt import PointPrompt
from workbench.text.find_bar import FindBar
from workbench.text.palette import Palette, palette_of
from workbench.text.terms import Glossary, Term
from workbench.text.transcript_view import TranscriptView

if TYPE_CHECKING:
    from cmo.beside import PointEvidence
    from cmo.records import Element, Point
    from store.errors import CmoError
    from workbench.desk.desk import Desk

PAUSE = 0.15
"""Seconds without another key after which what stands beside the text follows it: no key waits for it."""
BETWEEN = 0.001
"""Seconds between two pieces of the open source that are read after the pause, for a key that comes meanwhile."""
SOON_READ = 300
"""Codings of a point up to which its evidence is read at once; that of a larger one is read beside the work."""


class CodeView(Screen[None]):
    """Shows a desk. It takes no keys; the methods that begin with ``show_`` say what has changed."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-medium"), (160, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "TranscriptView"

    def __init__(
        self,
        desk: Desk,
        study_name: str,
        keymap: Keymap | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        self.desk = desk
        self.keymap = keymap or Keymap()
        self.preferences = preferences or Preferences()
        self._study_name = study_name
        self._said = Content("")
        self._shown_point: object = None
        self._shown_evidence: object = None
        self._evidence_that_came: Callable[[], None] | None = None
        self._codings_shown = 0
        self._words: dict[str, Content] = {}
        self._pause: Timer | None = None
        self._is_pausing = False
        self._evidence = EvidenceReader(desk.study)
        self._glossary = Glossary(desk.theory.glossary)
        self._elements: tuple[object, dict[str, Element]] = (None, {})

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        with Horizontal(id="desk"):
            yield SourcesPane(id="sources")
            with Vertical(id="middle"):
                yield TranscriptView(self.desk.study.coder, self.preferences.measure, id="text")
                yield Static(id="empty")
                yield Static(id="here")
                yield FindBar()
                yield PointPrompt(id="prompt")
            yield EvidencePane(id="evidence")
        yield Static(id="recent")
        yield Static(id="status")
        yield Static(id="hints")

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.show_study())
        self.show_study()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_lines)
        if self.prompt.choice is not None:
            self.call_after_refresh(self.show_prompt)

    # -- parts ----------------------------------------------------------------------------------------------
    @property
    def text(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    @property
    def is_in_text(self) -> bool:
        """Whether keys are meant for the text. It hears of its focus later than the next key of a packet may come."""
        return self.focused is self.text

    @property
    def prompt(self) -> PointPrompt:
        return self.query_one(PointPrompt)

    @property
    def elements(self) -> dict[str, Element]:
        """The elements of the theory by their keys."""
        known = self.desk.theory.elements
        if self._elements[0] is not known:
            self._elements = (known, self.keymap.element_keys(known))
        return self._elements[1]

    @property
    def palette(self) -> Palette:
        return palette_of(self.app)

    # -- saying ---------------------------------------------------------------------------------------------
    def say(self, words: str) -> None:
        """Tell the coder what was done."""
        self.say_with_next(words)
        self.show_lines()

    def say_with_next(self, words: str) -> None:
        """Tell it when the lines are shown next: whoever calls this has them shown."""
        self._said = Content.styled(words, f"bold {self.palette.bright}")

    def say_error(self, error: CmoError) -> None:
        """Tell the coder what could not be done, and the cure."""
        said = (f"! {error.message} ", f"bold {self.palette.refutes}")
        self._said = Content.assemble(said, (error.hint, self.palette.text))
        self.show_lines()

    # -- showing --------------------------------------------------------------------------------------------
    def show_study(self) -> None:
        """Everything may have changed."""
        self._shown_point = None
        self._glossary = Glossary(self.desk.theory.glossary)
        self.show_source()

    def show_source(self) -> None:
        """Another source is open, or another place in it."""
        desk = self.desk
        first = what_to_do_first(desk, self.palette)
        self.text.display = first is None
        empty = self.query_one("#empty", Static)
        empty.display = first is not None
        empty.update(first or "")
        self.text.show(desk.transcript, desk.reading)
        self.show_codings()

    @property
    def _open_id(self) -> int | None:
        return self.desk.source.id if self.desk.source else None

    def show_codings(self) -> None:
        """Codings have changed, or what is said of the marks in the text."""
        desk = self.desk
        self.text.show_marks(desk.marks)
        self._codings_shown += 1
        self.show_place()

    def show_place(self) -> None:
        """The cursor, the selection or the active coding has changed."""
        self.desk.follow_point()
        self.text.show_codings(self.desk.placed, self.desk.active)
        self.text.follow()
        self.show_lines()
        self._show_point_soon()

    def _show_point_soon(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause, self._is_pausing = self.set_timer(PAUSE, self._read_and_show_point), True

    def _read_and_show_point(self) -> None:
        """Read what is left of the open source, a little at a time so that no key waits for it; then show the point."""
        if self.desk.read_more():
            self._pause = self.set_timer(BETWEEN, self._read_and_show_point)
        else:
            self.show_point()

    def show_point(self) -> None:
        """What stands beside the text, as far as it has changed; nothing waits for the pause any more."""
        if self._pause is not None:
            self._pause.stop()
        self._is_pausing = False
        desk, pane = self.desk, self.query_one(EvidencePane)
        self.query_one(SourcesPane).show(desk, self.palette)
        point = desk.current_point
        shown = (point.label, point.version_id, point.state) if point else "theory"
        if shown != self._shown_point:
            self._shown_point, self._shown_evidence = shown, None
            if point is not None:
                pane.show_point(point, desk.theory, self.palette)
            elif desk.theory.points:
                pane.show_theory(desk.theory, self.palette)
            else:
                pane.show_words(no_theory(desk, self.palette))
        here = list(dict.fromkeys(coding.point for coding in desk.here if coding.point))
        pane.show_touched(here, [label for label in desk.points_touched() if label not in here], self.palette)
        pane.show_terms(self.terms_here() if desk.theory.points else [], self.palette)
        if point is not None:
            self._show_evidence(point)

    def terms_here(self) -> list[Term]:
        """The words of the glossary in the passage."""
        reading = self.desk.reading
        return self._glossary.terms_in(reading.text[slice(*reading.passage)]) if reading is not None else []

    def _show_evidence(self, point: Point) -> None:
        wanted = (point.id, self._codings_shown, self._open_id)
        came, self._evidence_that_came = self._evidence_that_came, None
        if wanted == self._shown_evidence:
            if came is not None:
                came()
            return
        self._shown_evidence = wanted
        of_point = sum(code.codings for code in self.desk.codes.values() if code.point_id == point.id)
        if of_point <= SOON_READ:
            self._put_evidence(point.id, self.desk.study.point_evidence(point.id, self._open_id))
        else:
            self._evidence.ask(self, point.id, self._open_id, self._put_evidence)

    def _put_evidence(self, point_id: int, evidence: PointEvidence) -> None:
        if self._is_pausing:  # keys have come since it was asked for: their frames go first
            self._evidence_that_came = partial(self._put_evidence, point_id, evidence)
            return
        point = self.desk.current_point
        if point is not None and point.id == point_id:
            self.query_one(EvidencePane).show_evidence(evidence, self.palette)

    def show_prompt(self) -> None:
        """The prompt has opened, changed or closed; the passage stays in view above it."""
        covered = self.prompt.show(self.desk.theory, self.palette) - self.query_one("#here").outer_size.height
        self.text.follow(covered=max(covered, 0) if self.prompt.choice else 0)

    def show_lines(self) -> None:
        """The lines above and below the text."""
        desk, palette, width = self.desk, self.palette, self.size.width
        here, alone = self.query_one("#here", Static), not self.query_one(EvidencePane).display
        self._put("title", lines.title_line(desk, self._study_name, width, palette))
        rows, columns = max(here.size.height, 1), max(here.size.width, 20)
        terms = self.terms_here() if alone else []
        self._put("here", lines.codings_here(desk, rows, columns, palette, with_theory=alone, terms=terms))
        self._put("recent", lines.recent_line(desk, width, palette))
        self._put("status", lines.status_line(desk, self._said, width, palette))
        self._put("hints", lines.hint_line(self._hints(), width, palette))

    def _put(self, name: str, words: Content) -> None:
        # A line is painted anew only when it differs, and the lines keep their size: no key lays the screen out anew.
        was = self._words.get(name)
        if was is None or not words.is_same(was):
            self._words[name] = words
            self.query_one(f"#{name}", Static).update(words, layout=False)

    def _hints(self) -> hints.Hints:
        if isinstance(self.focused, Input):
            return hints.IN_FIND
        if not self.is_in_text and self.text.display:
            return hints.IN_LIST
        selecting = self.desk.reading is not None and self.desk.reading.selection is not None
        on_coding = self.desk.active is not None
        return hints.in_text(self.keymap, self.elements, selecting=selecting, on_coding=on_coding)
