"""The programme theory: each point in full words, what it stands on, and how it came to be worded so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.content import Content

from cmo.records import Cell, Point
from cmo.study import Study
from store.findings import Finding
from workbench.evidence.quotes_screen import QuotesScreen
from workbench.keys.place_keys import THEORY, PlaceKey
from workbench.parts.form import Form
from workbench.parts.list_screen import ListScreen
from workbench.parts.picker import Item
from workbench.text.palette import Palette
from workbench.text.words import SIGNS, element_name, point_gist
from workbench.theory.theory_forms import TheoryForms
from workbench.theory.theory_history import HistoryScreen
from workbench.theory.theory_states import StateScreen

_STATES = {"held": "", "split": "split", "merged": "merged into another", "abandoned": "given up"}


class TheoryScreen(ListScreen[Point]):
    """Points in the order of the theory, those no longer held after them."""

    NAME: ClassVar[str] = "Programme theory"
    ONE: ClassVar[str] = "point"
    EMPTY: ClassVar[str] = (
        "There is no programme theory yet.\n\na adds a point. A table of number, context, mechanism and outcome is "
        "brought in by `cmo theory STUDY TABLE.csv`, and from the first steps (f5, w)."
    )
    KEYS: ClassVar[tuple[PlaceKey, ...]] = THEORY

    def __init__(self, study: Study, first: str | None = None) -> None:
        super().__init__(study, first)
        self._forms = TheoryForms(study)
        self._evidence: Mapping[str | None, Cell] = {}
        self._gaps: dict[str, list[Finding]] = {}
        self._verdicts: dict[str | None, str] = {}

    # -- what is shown ------------------------------------------------------------------------------------------
    def read(self) -> Sequence[Point]:
        self._theory = self.study.theory()
        self._verdicts = {
            verdict.point: verdict.verdict + (", of an older wording" if verdict.stale else "")
            for verdict in self.study.verdicts()
            if verdict.is_current
        }
        return sorted(self._theory.points, key=lambda point: not point.is_held)

    def figures(self, study: Study) -> tuple[Mapping[str | None, Cell], list[Finding]]:
        return study.matrix("point", "stance").row_totals, study.gaps()

    def take(self, figures: tuple[Mapping[str | None, Cell], list[Finding]]) -> None:
        self._evidence, gaps = figures
        self._gaps = {}
        for finding in gaps:
            self._gaps.setdefault(finding.where, []).append(finding)

    def name_of(self, thing: Point) -> str:
        return thing.label

    def group_of(self, thing: Point) -> str | None:
        return None if thing.is_held else "No longer held"

    def about(self) -> str:
        verdict = self._verdicts.get(None)
        return super().about() + (f" · programme: {verdict}" if verdict else "")

    def line(self, thing: Point, palette: Palette) -> Content:
        label = f"{thing.label} ".ljust(5)
        head = Content.assemble((label, f"bold {palette.bright}"), (point_gist(thing), palette.text))
        gaps = len(self._gaps_of(thing))
        more = f"  {gaps} to look at" if gaps else ""
        verdict = self._verdicts.get(thing.label, "")
        tail = Content.styled(more + (f"  {verdict}" if verdict else ""), palette.quiet)
        return head + Content("\n     ") + self._balance(thing, palette) + tail

    def _balance(self, point: Point, palette: Palette) -> Content:
        """``+3 −1 ~2``, or that there is nothing."""
        cell = self._evidence.get(point.label, Cell())
        signs = [
            (f"{sign}{cell.excerpts(stance)} ", f"bold {palette.stance(stance)}")
            for stance, sign in SIGNS.items()
            if cell.excerpts(stance)
        ]
        if unjudged := cell.excerpts(None):
            signs.append((f"{unjudged} not judged ", palette.quiet))
        if stale := cell.excerpts("stale"):
            signs.append((f"?{stale} look again ", f"bold {palette.accent}"))
        return Content.assemble(*signs) if signs else Content.styled("no evidence", palette.quiet)

    def _gaps_of(self, point: Point) -> list[Finding]:
        return self._gaps.get(f"point {point.label}", self._gaps.get(point.label, []))

    def in_full(self, thing: Point, palette: Palette) -> Content:
        state = _STATES.get(thing.state, thing.state)
        kin = f"part of {thing.parent}" if thing.parent else ""
        rival = f"rival of {thing.rival_of}" if thing.rival_of else ""
        about = " · ".join(filter(None, (f"version {thing.version}", state, kin, rival, thing.title)))
        parts = [
            Content.assemble((f"{thing.label} ", f"bold {palette.bright}"), (f" {about}", palette.quiet)),
            Content.styled(thing.sentence, palette.text),
        ]
        for letter, words in thing.wording.items():
            name = element_name(self._theory, letter)
            hue = palette.element(letter)
            parts.append(Content.assemble((f"{name}: ", f"bold {hue}"), (words or "(none)", palette.text)))
        parts.append(self._balance(thing, palette))
        if verdict := self._verdicts.get(thing.label):
            parts.append(Content.assemble(("Verdict: ", f"bold {palette.bright}"), (verdict, palette.text)))
        parts += [Content.styled(f"▲ {finding.message}", palette.text) for finding in self._gaps_of(thing)]
        return Content("\n\n").join(parts)

    def opened(self, thing: Point) -> None:
        self.go(QuotesScreen(self.study, {"point": thing.label}))

    # -- acts ---------------------------------------------------------------------------------------------------
    def action_add(self) -> None:
        self.ask(self._forms.add(), "✓ a new point — saved")

    def action_refine(self) -> None:
        self._form_of("refine", "✓ reworded — saved; judgements of the old wording wait under Look again")

    def action_split(self) -> None:
        self._form_of("split", "✓ split — saved; codings stay where they are")

    def action_merge(self) -> None:
        self._form_of("merge", "✓ merged — saved; codings stay where they are")

    def action_abandon(self) -> None:
        point = self.chosen
        if point is not None and not point.is_held:
            self.ask(self._forms.restore(point), f"✓ {point.label} is held again — saved")
        elif point is not None:
            self.ask(self._forms.abandon(point), f"✓ {point.label} given up — saved; it stays to be seen")

    def action_sentence(self) -> None:
        self._form_of("sentence", "✓ the sentence — saved")

    def action_arrange(self) -> None:
        self._form_of("arrange", "✓ arranged — saved")

    def _form_of(self, name: str, said: str) -> None:
        """The form of that name on the point under the cursor."""
        if self.chosen is not None:
            form: Form = getattr(self._forms, name)(self.chosen)
            self.ask(form, said)

    def action_verdict(self) -> None:
        point = self.chosen
        items = [Item(label, label) for label in ("", *([point.label] if point else []))]
        items[0] = Item("", "the whole programme")

        def chosen(label: str) -> None:
            self.ask(self._forms.verdict(label or None), "✓ the verdict — saved")

        self.pick("A verdict on what?", items[::-1], chosen)

    def action_history(self) -> None:
        if self.chosen is not None:
            self.go(HistoryScreen(self.study, self.chosen.label))

    def action_freeze(self) -> None:
        self.ask(self._forms.freeze(), "✓ the theory is kept as it stands — saved")

    def action_states(self) -> None:
        states = self.study.theory_states()
        if not states:
            self.say("No state of the theory was kept yet: f keeps one.")
            return
        items = [Item(state.name, state.name, state.note, state.created_at[:10]) for state in states]
        self.pick("What has changed since", items, lambda name: self.go(StateScreen(self.study, name)))
