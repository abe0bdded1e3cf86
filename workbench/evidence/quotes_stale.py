"""Judgements of older wordings: each with what the point said then and says now, to be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.judgements import StaleJudgement
from workbench.keys.place_keys import STALE, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.parts.opened import Opened
from workbench.text.palette import Palette
from workbench.text.words import sign


class StaleQuotes(ListScreen[StaleJudgement]):
    """The queue of this coder's judgements; those of others are listed after them, to be judged anew as one's own."""

    NAME: ClassVar[str] = "Look again"
    ONE: ClassVar[str] = "judgement"
    EMPTY: ClassVar[str] = "Nothing waits: every judgement was made against the wording that its point has now."
    KEYS: ClassVar[tuple[PlaceKey, ...]] = STALE

    def read(self) -> Sequence[StaleJudgement]:
        found = self.study.stale_judgements()
        return sorted(found, key=lambda judgement: judgement.judge != self.study.coder)

    def name_of(self, thing: StaleJudgement) -> str:
        return str(thing.judgement_id)

    def group_of(self, thing: StaleJudgement) -> str | None:
        return "Yours" if thing.judge == self.study.coder else f"Of {thing.judge}"

    def line(self, thing: StaleJudgement, palette: Palette) -> Content:
        return Content.assemble(
            (f"{sign(thing.stance)} ", f"bold {palette.stance(thing.stance)}"),
            (f"{thing.code} ", f"bold {palette.bright}"),
            (f" version {thing.judged_version} → {thing.version} · {thing.source}\n", palette.quiet),
            (" ".join(thing.quote.split()), palette.text),
        )

    def in_full(self, thing: StaleJudgement, palette: Palette) -> Content:
        parts = [Content.styled(thing.quote, palette.text)]
        judged = f"{thing.judge}: {thing.stance}, against version {thing.judged_version}"
        why = f". Why: {thing.rationale}" if thing.rationale else ""
        parts.append(Content.styled(judged + why, palette.quiet))
        for letter in dict.fromkeys((*thing.was, *thing.now)):
            was, now = thing.was.get(letter, ""), thing.now.get(letter, "")
            hue = palette.element(letter)
            if was == now:
                parts.append(Content.assemble((f"{letter}: ", f"bold {hue}"), (now, palette.text)))
            else:
                words = [(f"{letter} was: ", f"bold {hue}"), (was or "(none)", palette.quiet)]
                words += [(f"\n{letter} now: ", f"bold {hue}"), (now or "(none)", palette.bright)]
                parts.append(Content.assemble(*words))
        return Content("\n\n").join(parts)

    def opened(self, thing: StaleJudgement) -> None:
        self.dismiss(Opened(thing.source_id, thing.start, thing.end, thing.coding_id))

    def action_confirm(self) -> None:
        judgement = self.chosen
        if judgement is not None:
            self.act(lambda: self.study.confirm(judgement.coding_id), f"✓ still {judgement.stance} — saved")

    def action_judge(self, stance: str) -> None:
        judgement = self.chosen
        if judgement is not None:
            self.act(lambda: self.study.judge(judgement.coding_id, stance), f"✓ {stance} — saved")

    def action_withdraw(self) -> None:
        judgement = self.chosen
        if judgement is not None:
            self.act(lambda: self.study.set_stance(judgement.coding_id, None), "✓ no judgement any more — saved")
