"""What every key of the workbench is to do, by command: the tests press each key of a command and look.

A reading or selecting command has keys to press before it and the passage that it leaves. Every other command has a
function that presses the key and asserts what came of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.pilot import Pilot
from workbench_samples import SENTENCES, code_screen, codings_in, shown

from cmo.study import Study
from store.errors import NothingToUndo
from workbench.code.codings_list import CodingsHere
from workbench.desk.desk import Desk
from workbench.evidence.matrix_screen import MatrixScreen
from workbench.evidence.review_screen import ReviewScreen
from workbench.evidence.search_screen import SearchScreen
from workbench.importing.import_screen import ImportScreen
from workbench.parts.dialogs import KeyCard, MemoEditor
from workbench.parts.picker import Picker
from workbench.parts.places import PlacesMenu
from workbench.text.palette import LIGHT


@dataclass
class Bench:
    """The workbench under test, and the key whose behaviour is looked at."""

    pilot: Pilot[None]
    study: Study
    key: str = ""

    async def press(self, keys: str) -> None:
        """Press keys, with spaces between them; ``KEY`` is the key under test."""
        await self.pilot.press(*(self.key if key == "KEY" else key for key in keys.split()))
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        await self.pilot.press(*words)
        await self.pilot.pause()

    async def begin(self) -> None:
        """The study as it was, read from the beginning, at the first sentence of the first source."""
        while len(self.pilot.app.screen_stack) > 2:
            self.pilot.app.pop_screen()
            await self.pilot.pause()
        try:
            while True:
                self.study.undo(mine=True)
        except NothingToUndo:
            pass
        screen = code_screen(self.pilot)
        screen.prompt.close()
        screen.desk = Desk(self.study)
        screen.desk.open(self.study.source("leder").id, 0)
        screen.set_focus(screen.text)
        screen.say("")
        screen.show_study()
        await self.pilot.pause()

    @property
    def desk(self) -> Desk:
        return code_screen(self.pilot).desk

    @property
    def passage(self) -> str:
        reading = self.desk.reading
        assert reading is not None
        return reading.text[slice(*reading.passage)]

    @property
    def source(self) -> str:
        assert self.desk.source is not None
        return self.desk.source.name

    @property
    def screen(self) -> object:
        return self.pilot.app.screen

    @property
    def codes(self) -> list[str]:
        return [code for _, code, _ in codings_in(self.study)]

    def sees(self, *words: str) -> bool:
        screen = " ".join(shown(self.pilot).split())
        return all(one in screen for one in words)


S = SENTENCES
SECOND_TURN = "Det gik godt. Vi fik hjælp til det hele (…) og det var rart. Så gik der et år."

PASSAGES: dict[str, tuple[str, str]] = {
    "next_sentence": ("KEY", S[1]),
    "previous_sentence": ("j j KEY", S[1]),
    "next_turn": ("KEY KEY", S[4]),
    "previous_turn": ("j j j KEY", S[1]),
    "page_down": ("KEY", S[8]),
    "page_up": ("G KEY", S[0]),
    "first_sentence": ("j j KEY", S[0]),
    "last_sentence": ("KEY", S[8]),
    "next_coding": ("j j c 2 g j m 3 g KEY KEY", S[2]),
    "previous_coding": ("j j c 2 g j m 3 G KEY KEY", S[1]),
    "count": ("KEY 3 j", S[3]),
    "extend_sentence": ("j KEY", f"{S[1]} {S[2]}"),
    "extend_sentence_back": ("j j KEY", f"{S[1]} {S[2]}"),
    "extend_word": ("j KEY", "Det gik godt. Vi"),
    "extend_word_back": ("j KEY", "Det gik"),
    "extend_character": ("j KEY KEY", "Det gik godt. Vi"),
    "extend_character_back": ("j KEY KEY", "Det gik god"),
    "extend_turn": ("j j KEY", SECOND_TURN),
    "extend_turn_back": ("j KEY KEY", f"{S[0]}\n\nR: {SECOND_TURN}"),
    "other_end_word": ("j KEY", "gik godt."),
    "other_end_word_back": ("j j KEY", f"godt. {S[2]}"),
    "switch_end": ("j KEY shift+right", "gik godt."),
    "select_coding": ("j shift+right m 2 escape KEY", "Det gik godt. Vi"),
    "let_go": ("j shift+down KEY", S[2]),
}
"""Keys pressed from the first sentence on, and the passage that they lead to."""

Behaviour = Callable[[Bench], Awaitable[None]]
BEHAVIOURS: dict[str, Behaviour] = {}


def behaviour(of: Behaviour) -> Behaviour:
    BEHAVIOURS[of.__name__.rstrip("_")] = of
    return of


def passage_is(keys: str, expected: str) -> Behaviour:
    async def looks(bench: Bench) -> None:
        await bench.press(keys)
        assert bench.passage == expected

    return looks


BEHAVIOURS |= {command: passage_is(*case) for command, case in PASSAGES.items()}


# -- reading ----------------------------------------------------------------------------------------------------
@behaviour
async def find(bench: Bench) -> None:
    await bench.press("KEY")
    await bench.type("ikke")
    await bench.press("escape")
    assert bench.passage == S[7]


@behaviour
async def wider(bench: Bench) -> None:
    await bench.press("f8 f8 f8 KEY")
    assert bench.sees("Lines of")
    layout = code_screen(bench.pilot).text
    before = layout.change_measure(0)
    await bench.press("KEY")
    assert layout.change_measure(0) == before + 4


@behaviour
async def narrower(bench: Bench) -> None:
    text = code_screen(bench.pilot).text
    before = text.change_measure(0)
    await bench.press("KEY")
    assert text.change_measure(0) == before - 4
    await bench.press("f9")


# -- coding -----------------------------------------------------------------------------------------------------
@behaviour
async def whole_point(bench: Bench) -> None:
    await bench.press("KEY 2 j KEY c m 3")
    assert bench.sees("#3 context or mechanism?")
    assert [(c.code, c.undecided) for c in bench.study.codings("leder")] == [("#2", None), ("#3", "CM")]


@behaviour
async def pick(bench: Bench) -> None:
    await bench.press("KEY")
    await bench.type("nigt")
    await bench.press("enter j KEY tab down tab enter")
    assert bench.codes[0] == "Night shift"
    assert len(bench.codes) == 3
    assert len(bench.study.log()) - len([e for e in bench.study.log() if e.coder != "AB"]) >= 2


@behaviour
async def repeat(bench: Bench) -> None:
    await bench.press("c 2 j KEY")
    assert bench.codes == ["#2 C", "#2 C"]


@behaviour
async def recent(bench: Bench) -> None:
    codes = [f"m {number} enter" if number == 1 else f"m {number}" for number in range(1, int(bench.key) + 1)]
    await bench.press(" ".join(codes) + " j KEY")
    assert bench.codes[-1] == f"#{bench.key} M"


@behaviour
async def in_vivo(bench: Bench) -> None:
    await bench.press("j KEY")
    assert codings_in(bench.study) == [(S[1], "Det gik godt.", None)]


@behaviour
async def recode(bench: Bench) -> None:
    await bench.press("m 2 n")
    await bench.type("why")
    await bench.press("escape KEY o 3")
    (coding,) = bench.study.codings("leder")
    assert (coding.code, coding.memo) == ("#3 O", "why")
    await bench.press("KEY w c m 4 KEY c enter")
    assert bench.codes == ["#4 C"]


@behaviour
async def resize(bench: Bench) -> None:
    await bench.press("j m 2 shift+down KEY")
    assert codings_in(bench.study) == [(f"{S[1]} {S[2]}", "#2 M", None)]
    await bench.press("v shift+left shift+left KEY")
    assert bench.study.codings("leder")[0].quote.endswith("og det")


@behaviour
async def split(bench: Bench) -> None:
    await bench.press("j shift+down m 2 escape j k KEY")
    assert bench.sees("The coding does not go beyond") or len(bench.codes) == 2
    await bench.press("g j j KEY")
    assert sorted(quote for quote, _, _ in codings_in(bench.study)) == sorted([S[1], S[2]])


@behaviour
async def unite(bench: Bench) -> None:
    await bench.press("j m 2 j m 2 shift+up KEY")
    assert codings_in(bench.study) == [(f"{S[1]} {S[2]}", "#2 M", None)]


@behaviour
async def remove(bench: Bench) -> None:
    await bench.press("c 2 m 3 KEY")
    assert bench.codes == ["#2 C"]


@behaviour
async def choose_next(bench: Bench) -> None:
    await bench.press("c 2 m 3 KEY plus")
    assert codings_in(bench.study) == [(S[0], "#2 C", "supports"), (S[0], "#3 M", None)]


@behaviour
async def choose_previous(bench: Bench) -> None:
    await bench.press("c 2 m 3 o 4 KEY plus")
    assert [stance for _, _, stance in codings_in(bench.study)] == [None, "supports", None]


@behaviour
async def codings_here(bench: Bench) -> None:
    await bench.press("c 2 m 3 o 4 KEY")
    assert isinstance(bench.screen, CodingsHere)
    await bench.press("g space space x")
    assert bench.codes == ["#4 O"]
    await bench.press("m 5 KEY g enter plus")
    assert bench.sees("✓ #4 outcome supports")


@behaviour
async def undo(bench: Bench) -> None:
    await bench.press("m 2 plus KEY")
    assert bench.sees("undone: supports")
    await bench.press("KEY")
    assert bench.codes == []


@behaviour
async def redo(bench: Bench) -> None:
    await bench.press("m 2 u KEY")
    assert bench.codes == ["#2 M"]
    assert bench.sees("done again: code #2 M")


# -- weighing ---------------------------------------------------------------------------------------------------
def stance_is(stance: str) -> Behaviour:
    async def looks(bench: Bench) -> None:
        await bench.press("m 2 KEY")
        assert codings_in(bench.study)[0][2] == stance
        await bench.press("KEY")
        assert codings_in(bench.study)[0][2] is None

    return looks


BEHAVIOURS |= {stance: stance_is(stance) for stance in ("supports", "refutes", "refines", "extends", "rival")}


@behaviour
async def rate(bench: Bench) -> None:
    await bench.press("m 2 KEY 4")
    assert bench.sees("A rating belongs to a judgement of your own.")
    await bench.press("plus KEY 4 KEY r 2 KEY g 5 KEY g 0 KEY b KEY w")
    await bench.type("firsthand")
    await bench.press("escape")
    (coding,) = bench.study.codings("leder")
    assert (coding.strength, coding.relevance, coding.rigour) == (4, 2, None)
    assert (coding.is_best, coding.rationale) == (True, "firsthand")
    await bench.press("KEY j c 3")
    assert bench.passage == S[1]


@behaviour
async def memo(bench: Bench) -> None:
    await bench.press("m 2 KEY")
    assert isinstance(bench.screen, MemoEditor)
    await bench.type("Tænk æøå")
    await bench.press("escape")
    assert bench.study.codings("leder")[0].memo == "Tænk æøå"


@behaviour
async def link(bench: Bench) -> None:
    await bench.press("c 2 KEY j m 2 KEY")
    (configuration,) = bench.study.configurations()
    assert [part.element for part in configuration.parts] == ["C", "M"]
    assert bench.sees("waiting for an outcome")


@behaviour
async def new_link(bench: Bench) -> None:
    await bench.press("c 2 KEY j m 2 KEY")
    assert [len(configuration.parts) for configuration in bench.study.configurations()] == [1, 1]


@behaviour
async def ripple(bench: Bench) -> None:
    await bench.press("c 2 l m 2 l o 2 l KEY")
    first, second = bench.study.configurations()
    assert (first.is_partial, [part.element for part in second.parts]) == (False, ["C"])


@behaviour
async def restate(bench: Bench) -> None:
    await bench.press("c 2 l KEY")
    await bench.type("they had help")
    await bench.press("escape")
    assert bench.study.configurations()[0].restatement == "they had help"


# -- going ------------------------------------------------------------------------------------------------------
async def with_evidence_elsewhere(bench: Bench) -> None:
    """A quote on point 2 in each of the two sources, the point beside the text."""
    bench.study.code_point("amr", *bench.study.transcript("amr").sentences[1], "#2", "M")
    await bench.press("j j m 2")


@behaviour
async def evidence(bench: Bench) -> None:
    await with_evidence_elsewhere(bench)
    await bench.press("KEY enter")
    assert (bench.source, bench.passage) == ("amr", "Der skete ikke noget.")


@behaviour
async def next_evidence(bench: Bench) -> None:
    await with_evidence_elsewhere(bench)
    order = [source.name for source in bench.study.sources()]
    await bench.press("KEY" if order == ["leder", "amr"] else "g KEY k")
    assert bench.desk.point == "#2"


@behaviour
async def previous_evidence(bench: Bench) -> None:
    await bench.press("j m 2 j j m 2 KEY")
    assert bench.passage == S[1]
    await bench.press("KEY")
    assert bench.sees("There is no quote of #2 before this place")


@behaviour
async def points(bench: Bench) -> None:
    await bench.press("c 4 j KEY enter")
    assert bench.desk.point == "#4"
    await bench.press("KEY")
    await bench.type("mechanism number 9")
    await bench.press("enter")
    assert bench.desk.point == "#9"


@behaviour
async def back(bench: Bench) -> None:
    await with_evidence_elsewhere(bench)
    await bench.press("e enter KEY")
    assert (bench.source, bench.passage) == ("leder", S[2])


@behaviour
async def forward(bench: Bench) -> None:
    await with_evidence_elsewhere(bench)
    await bench.press("e enter b KEY")
    assert (bench.source, bench.passage) == ("amr", "Der skete ikke noget.")
    await bench.press("KEY")
    assert bench.sees("There is no place to go forward to.")


@behaviour
async def next_uncoded(bench: Bench) -> None:
    await bench.press("m 2 KEY")
    assert bench.source == "amr"
    await bench.press("m 2 KEY")
    assert bench.sees("No other source is without your codings.")


@behaviour
async def previous_uncoded(bench: Bench) -> None:
    await bench.press("m 2 KEY")
    assert bench.source == "amr"


@behaviour
async def bookmark(bench: Bench) -> None:
    await bench.press("j KEY")
    assert [mark.name for mark in bench.study.bookmarks()] == ["Det gik godt."]
    await bench.press("KEY")
    assert bench.study.bookmarks() == []


@behaviour
async def bookmarks(bench: Bench) -> None:
    await bench.press("KEY")
    assert bench.sees("You have no bookmarks yet.")
    await bench.press("j B G KEY enter")
    assert bench.passage == S[1]


@behaviour
async def undecided(bench: Bench) -> None:
    await bench.press("KEY")
    assert bench.sees("No coding is undecided.")
    await bench.press("j w c m 3 G KEY enter")
    assert bench.passage == S[1]


@behaviour
async def copy(bench: Bench) -> None:
    await bench.press("j KEY")
    assert bench.pilot.app.clipboard == "“Det gik godt.” (Leder, Case 1; leder, turn 2)"


@behaviour
async def blind(bench: Bench) -> None:
    bench.study.coder = "KL"
    bench.study.code_point("leder", *bench.study.transcript("leder").sentences[0], "#2", "M")
    bench.study.coder = "AB"
    bench.desk.refresh()
    await bench.press("KEY")
    assert (bench.desk.here, bench.sees("no coding here")) == ([], True)
    await bench.press("KEY")
    assert [coding.coder for coding in bench.desk.here] == ["KL"]
    bench.study.remove_coding(bench.desk.here[0].id)


def focus_is(keys: str, widget: str) -> Behaviour:
    async def looks(bench: Bench) -> None:
        await bench.press(keys)
        assert bench.pilot.app.focused is not None
        assert bench.pilot.app.focused.id == widget

    return looks


def opens(kind: type) -> Behaviour:
    async def looks(bench: Bench) -> None:
        await bench.press("KEY")
        assert isinstance(bench.screen, kind)
        await bench.press("escape")
        assert bench.screen is code_screen(bench.pilot)

    return looks


BEHAVIOURS |= {
    "next_pane": focus_is("KEY KEY", "source-list"),
    "previous_pane": focus_is("KEY KEY", "evidence-list"),
    "screens": opens(PlacesMenu),
    "matrix": opens(MatrixScreen),
    "search": opens(SearchScreen),
    "import": opens(ImportScreen),
    "review": opens(ReviewScreen),
}


@behaviour
async def palette(bench: Bench) -> None:
    await bench.press("KEY")
    assert isinstance(bench.screen, Picker)
    dark = bench.pilot.app.theme
    await bench.type("light or dark")
    await bench.press("enter")
    assert bench.pilot.app.theme == LIGHT
    bench.pilot.app.theme = dark


@behaviour
async def help_(bench: Bench) -> None:
    await bench.press("KEY")
    assert isinstance(bench.screen, KeyCard)
    card = str(bench.pilot.app.screen.query_one("#key-card Static").render())
    assert all(key.shown in card for key in code_screen(bench.pilot).keymap.keys)
    await bench.press("escape tab KEY")
    assert str(bench.pilot.app.screen.query_one("#key-card Static").render()).startswith("In lists")
