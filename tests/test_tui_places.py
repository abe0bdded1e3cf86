"""The screens beside the text: what each shows, what its keys do, and that one act is one entry that u takes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from workbench_samples import SENTENCES, code_screen, keys, place, shown, small_study, typed, workbench, write_table

import cmo
from cmo.study import Study
from tui import CmoApp
from workbench.evidence.matrix_grid import MatrixGrid
from workbench.evidence.matrix_screen import MatrixScreen
from workbench.keys.keymap import LIST_KEYS
from workbench.keys.place_keys import ALWAYS, BY_PLACE
from workbench.parts import counting
from workbench.parts.dialogs import KeyCard
from workbench.parts.form import Form
from workbench.parts.list_screen import ListScreen
from workbench.parts.places import PLACES, place_screen


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


def coded(study: Study, sentence: int, point: str, element: str | None, stance: str | None = None) -> int:
    """The id of a coding of a sentence of the first source."""
    span = study.transcript("leder").sentences[sentence]
    return study.code_point("leder", *span, point, element, stance=stance).id


# -- all of them ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_every_screen_opens_by_its_letter_tells_its_keys_and_leads_back(
    study: Study, size: tuple[int, int]
) -> None:
    coded(study, 1, "#2", "M", "supports")
    async with workbench(study, size) as pilot:
        for where in PLACES:
            await keys(pilot, "s", where.letter)
            screen: Any = pilot.app.screen
            assert type(screen).__name__ == where.screen
            assert "? all keys" in shown(pilot), where.name
            await keys(pilot, "question_mark")
            assert isinstance(pilot.app.screen, KeyCard), where.name
            await keys(pilot, "escape", "escape")
            assert pilot.app.screen is code_screen(pilot), where.name


async def test_screens_of_an_empty_study_say_what_to_do_first(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "empty.cmo", coder="AB") as study:
        async with CmoApp(study).run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            assert "First steps" in shown(pilot)  # of its own accord
            await keys(pilot, "escape")
            for where in PLACES:
                screen = place_screen(where.name, study)
                pilot.app.push_screen(screen)
                await pilot.pause()
                if isinstance(screen, ListScreen) and not screen.things:
                    first = screen.EMPTY.split("\n")[0][:40]
                    assert first in shown(pilot), where.name
                await keys(pilot, "escape")


def test_every_key_of_a_place_has_an_act_and_none_is_given_twice() -> None:
    for name, own in BY_PLACE.items():
        pressed = [key for one in (*own, *(ALWAYS if name != "A table" else ())) for key in one.keys]
        if own is not ALWAYS:
            assert len(set(pressed)) == len(pressed), name
        if name not in ("A table", "Matrix"):
            assert not (LIST_KEYS - {"enter"}) & set(pressed), name


async def test_words_after_a_slash_leave_only_what_has_them_and_escape_brings_all_back(study: Study) -> None:
    async with place(study, "t") as pilot:
        screen = await keys(pilot, "slash", *"number 12")
        assert "1 of 13 points" in screen
        await keys(pilot, "enter", "r", "escape")
        assert "13 points" in await keys(pilot, "escape")
        assert pilot.app.screen is not code_screen(pilot)


async def test_the_palette_reaches_acts_and_screens_from_every_screen(study: Study) -> None:
    async with place(study, "b") as pilot:
        await keys(pilot, "ctrl+p", *"journal", "enter")
        assert type(pilot.app.screen).__name__ == "JournalScreen"
        await keys(pilot, "escape", "ctrl+p", *"new code", "enter")
        assert isinstance(pilot.app.screen, Form)
        await keys(pilot, "escape", "escape", "ctrl+p", *"codebook", "enter")
        assert type(pilot.app.screen).__name__ == "CodebookScreen"


# -- the theory -------------------------------------------------------------------------------------------------
async def test_a_point_is_reworded_only_with_a_reason_and_what_was_judged_waits_to_be_looked_at(study: Study) -> None:
    coding = coded(study, 1, "#1", "M", "supports")
    async with place(study, "t") as pilot:
        await keys(pilot, "down", "r")
        await typed(pilot, words_of_M="People are heard.", evidence=str(coding))
        assert "!" in await keys(pilot, "ctrl+s")  # no reason
        await typed(pilot, why="They said so.", inference="abduction")
        await keys(pilot, "ctrl+s")
        point = study.theory().point("#1")
        assert point is not None
        assert point.wording["M"] == "People are heard."
        (decision,) = study.decisions("#1")[-1:]
        assert (decision.why, decision.inference) == ("They said so.", "abduction")
        assert [quote.coding_id for quote in decision.evidence] == [coding]
        screen = await keys(pilot, "h")
        assert "They said so." in screen
        assert "[-Mechanism number 1" in screen
        await keys(pilot, "escape", "f5", "o")
        assert "M now: People are heard." in shown(pilot)
        await keys(pilot, "y")
        assert study.stale_judgements() == []
        await keys(pilot, "u")
        assert len(study.stale_judgements()) == 1


async def test_what_was_typed_into_a_form_survives_escape_until_it_is_saved(study: Study) -> None:
    async with place(study, "t") as pilot:
        await keys(pilot, "a")
        await typed(pilot, title="Half a thought")
        await keys(pilot, "escape", "escape", "s", "t", "a")
        assert "Half a thought" in shown(pilot)
        assert "What you typed before is still here" in shown(pilot)
        await typed(pilot, words_of_C="Somewhere.", why="It came up.")
        await keys(pilot, "ctrl+s")
        assert study.theory().points[-1].title == "Half a thought"
        assert "Half a thought" not in await keys(pilot, "a")


async def test_points_are_split_merged_given_up_and_taken_up_again(study: Study) -> None:
    async with place(study, "t") as pilot:
        await keys(pilot, "down", "s")
        await typed(pilot, firstwords_of_M="One half.", secondwords_of_M="The other half.", why="Two things.")
        await keys(pilot, "ctrl+s")
        halves = [point for point in study.theory().points if point.parent == "#1"]
        assert [point.wording["M"] for point in halves] == ["One half.", "The other half."]
        await keys(pilot, "g", "down", "down", "m")
        await typed(pilot, others="#3 #4", why="They say the same.")
        await keys(pilot, "ctrl+s")
        assert "No longer held" in shown(pilot)
        assert {point.label for point in study.theory().points if point.state == "merged"} == {"#3", "#4"}
        await keys(pilot, "g", "x")
        await typed(pilot, why="Nothing speaks for it.")
        await keys(pilot, "ctrl+s")
        given_up = [point.label for point in study.theory().points if point.state == "abandoned"]
        assert len(given_up) == 1
        theory_screen: Any = pilot.app.screen
        theory_screen.refresh_list(given_up[0])
        await keys(pilot, "x")
        await typed(pilot, why="It does.")
        await keys(pilot, "ctrl+s")
        assert not [point for point in study.theory().points if point.state == "abandoned"]


async def test_a_state_is_kept_and_what_has_changed_since_is_shown(study: Study) -> None:
    async with place(study, "t") as pilot:
        await keys(pilot, "f")
        await typed(pilot, name="initial theory")
        await keys(pilot, "ctrl+s")
        study.refine_point("#2", {"O": "Fewer accidents."}, why="As told.")
        screen = await keys(pilot, "d", "enter")
        assert "{+Fewer accidents" in screen
        await keys(pilot, "escape", "v", "enter")
        await typed(pilot, verdict="theory holds", reason="Enough was heard.")
        await keys(pilot, "ctrl+s")
        assert [verdict.verdict for verdict in study.verdicts()] == ["theory holds"]


# -- configurations ---------------------------------------------------------------------------------------------
async def test_configurations_collected_in_the_text_are_restated_and_lead_back_to_it(study: Study) -> None:
    async with workbench(study) as pilot:
        await keys(pilot, "j", "m", "2", "l")
        assert "waiting for a context and an outcome" in shown(pilot)
        screen = await keys(pilot, "s", "c")
        assert "waiting for a context and an outcome" in screen
        await keys(pilot, "enter", "a")
        await typed(pilot, wording="A new leader.", element="C")
        await keys(pilot, "ctrl+s", "escape", "c")
        await typed(pilot, name="Relief", point="#2")
        await keys(pilot, "ctrl+s")
        (one,) = study.configurations()
        assert (one.name, one.point, [part.is_stated for part in one.parts]) == ("Relief", "#2", [False, True])
        await keys(pilot, "t")
        assert "Case 2" in shown(pilot)
        await keys(pilot, "p")
        await typed(pilot, is_C="absent", is_O="present")
        await keys(pilot, "ctrl+s")
        assert study.cross_case(one.number).rows[0].cells["O"].said == "present"
        await keys(pilot, "escape", "enter", "down", "enter")
        assert pilot.app.screen is code_screen(pilot)
        assert code_screen(pilot).desk.active is not None


async def test_marked_configurations_become_a_pattern_and_a_filter_shows_some(study: Study) -> None:
    first = study.new_configuration("First", case="Case 1").number
    second = study.new_configuration("Second", case="Case 2").number
    async with place(study, "c") as pilot:
        await keys(pilot, "space", "space", "p")
        await typed(pilot, name="Both")
        await keys(pilot, "ctrl+s")
        pattern = study.configurations(level="cross-case")[0]
        assert {link.other(pattern.number) for link in pattern.links} == {first, second}
        screen = await keys(pilot, "f", *"case 2", "enter")
        assert "Second" in screen
        assert "First" not in screen
        await keys(pilot, "x", "y")
        assert [one.number for one in study.configurations()] == [first, pattern.number]
        await keys(pilot, "u")
        assert len(study.configurations()) == 3


# -- codes and quotes -------------------------------------------------------------------------------------------
async def test_a_merge_of_codes_is_shown_before_it_is_done(study: Study) -> None:
    span = study.transcript("leder").sentences[1]
    study.code("leder", *span, "Money")
    async with place(study, "b") as pilot:
        await keys(pilot, "slash", *"money", "enter", "m", *"night", "enter")
        assert "1 coding would move" in shown(pilot)
        assert "code 'Money' is taken away" in shown(pilot)
        await keys(pilot, "n")
        assert any(code.name == "Money" for code in study.codes())
        await keys(pilot, "m", *"night", "enter", "y")
        assert not any(code.name == "Money" for code in study.codes())
        await keys(pilot, "u")
        assert any(code.name == "Money" for code in study.codes())


async def test_codes_are_made_renamed_defined_moved_and_removed(study: Study) -> None:
    async with place(study, "b") as pilot:
        await keys(pilot, "n")
        await typed(pilot, name="Shifts", definition="All shifts")
        await keys(pilot, "ctrl+s", "r")
        await typed(pilot, name="Night")
        await keys(pilot, "ctrl+s", "d")
        await typed(pilot, definition="Work by night")
        await keys(pilot, "ctrl+s", "p", *"money", "enter")
        codes = {code.name: code for code in study.codes()}
        assert codes["Night"].definition == "Work by night"
        assert codes["Night"].parent_id == codes["Money"].id
        assert "Night shift" not in codes
        await keys(pilot, "x")
        assert "is taken away" in shown(pilot)
        await keys(pilot, "y")
        assert "Night" not in {code.name for code in study.codes()}


async def test_many_quotes_are_marked_and_judged_and_recoded_in_one_act(study: Study) -> None:
    for sentence in (1, 2, 3):
        coded(study, sentence, "#1", "M")
    async with place(study, "q") as pilot:
        await keys(pilot, "space", "space", "minus")
        assert sorted(str(quote.stance) for quote in study.quotes()) == ["None", "refutes", "refutes"]
        await keys(pilot, "u")
        assert {quote.stance for quote in study.quotes()} == {None}
        await keys(pilot, "a", "a", "a", "c", *"money", "enter")
        assert {quote.code for quote in study.quotes()} == {"Money"}
        await keys(pilot, "u")
        assert {quote.code for quote in study.quotes()} == {"#1 M"}


async def test_quotes_are_rated_sorted_filtered_and_opened_in_the_text(study: Study) -> None:
    coded(study, 1, "#1", "M", "supports")
    coded(study, 5, "#2", "O", "refutes")
    async with place(study, "q") as pilot:
        await keys(pilot, "asterisk")
        await typed(pilot, strength="4", rationale="Seen it.")
        await keys(pilot, "ctrl+s")
        assert [quote.strength for quote in study.quotes(point="#1")] == [4]
        screen = await keys(pilot, "s", *"newest", "enter")
        assert screen.index(SENTENCES[5]) < screen.index(SENTENCES[1])
        screen = await keys(pilot, "f", *"stance", "enter", *"refutes", "enter")
        assert SENTENCES[5] in screen
        assert SENTENCES[1] not in screen
        await keys(pilot, "enter")
        reading = code_screen(pilot).desk.reading
        assert reading is not None
        assert reading.text[slice(*reading.passage)] == SENTENCES[5]


async def test_many_judgements_are_rated_in_one_act_but_only_ones_own(study: Study) -> None:
    for sentence in (1, 2):
        coded(study, sentence, "#1", "M", "supports")
    async with place(study, "q") as pilot:
        await keys(pilot, "a", "asterisk")
        await typed(pilot, strength="5")
        await keys(pilot, "ctrl+s", "b")
        assert [(quote.strength, quote.is_best) for quote in study.quotes()] == [(5, True), (5, True)]
        await keys(pilot, "u", "u")
        assert [(quote.strength, quote.is_best) for quote in study.quotes()] == [(None, False), (None, False)]
        study.coder = "KL"
        await keys(pilot, "asterisk")
        await typed(pilot, strength="1")
        assert "You have not judged #1 M" in await keys(pilot, "ctrl+s")
        study.coder = "AB"


async def test_a_click_shows_a_thing_and_a_second_one_opens_it(study: Study) -> None:
    async with place(study, "t") as pilot:
        row = next(n for n, line in enumerate(shown(pilot).split("\n")) if "Context number 3" in line)
        await pilot.click(offset=(10, row))
        await pilot.pause()
        screen: Any = pilot.app.screen
        assert screen.chosen.label == "#3"
        await pilot.click(offset=(10, row))
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "QuotesScreen"


# -- the matrix and reports -------------------------------------------------------------------------------------
async def test_the_matrix_counts_only_what_the_filter_leaves_and_writes_that(study: Study, tmp_path: Path) -> None:
    coded(study, 1, "#1", "M", "supports")
    coded(study, 2, "#1", "M", "refutes")
    async with place(study, "m") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, MatrixScreen)
        await keys(pilot, "f", *"stance", "enter", *"refutes", "enter")
        grid = screen.query_one(MatrixGrid)
        assert grid.matrix is not None
        assert grid.matrix.grand_total.total.excerpts == 1
        await keys(pilot, "G", "enter")
        assert "1 excerpt" in shown(pilot)
        await keys(pilot, "escape", "w", *str(tmp_path / "seen.csv"), "enter")
        assert "written to seen.csv" in shown(pilot)
        assert "supports" not in (tmp_path / "seen.csv").read_text(encoding="utf-8-sig")


async def test_a_number_of_a_report_opens_the_quotes_it_counts(study: Study, tmp_path: Path) -> None:
    coded(study, 1, "#1", "M", "supports")
    async with place(study, "r") as pilot:
        await keys(pilot, "slash", *"evidence-matrix", "enter", "enter")
        table = study.report_table("evidence-matrix")
        row, column = next(
            (r, c) for r, entries in enumerate(table.rows) for c, entry in enumerate(entries) if entry.codings
        )
        await keys(pilot, *["down"] * row, *["right"] * column, "enter")
        assert SENTENCES[1] in shown(pilot)
        await keys(pilot, "escape", "w", *str(tmp_path / "table.md"), "enter")
        assert (tmp_path / "table.md").is_file()


# -- cases, sources, findings, journal --------------------------------------------------------------------------
async def test_a_case_is_written_in_place_and_shows_what_contradicts(study: Study) -> None:
    coded(study, 1, "#1", "M", "supports")
    coded(study, 5, "#1", "M", "refutes")
    async with place(study, "a") as pilot:
        screen = shown(pilot)
        assert "sector: public" in screen
        assert "#1: 1 for, 1 against or for a rival, in one case" in " ".join(screen.split())
        await keys(pilot, "s", *"Calm here.", "escape")
        assert [summary.body for summary in study.summaries(case="Case 1")] == ["Calm here."]
        await keys(pilot, "t", *"#1", "enter", *"It holds.", "escape")
        assert [summary.body for summary in study.summaries(case="Case 1", point="#1")] == ["It holds."]
        await keys(pilot, "m", "a")
        await typed(pilot, name="New lamps")
        await keys(pilot, "ctrl+s")
        assert [measure.name for measure in study.measures(case="Case 1")] == ["New lamps"]


async def test_sources_tell_what_is_next_by_case_or_by_role(study: Study) -> None:
    coded(study, 1, "#1", "M")
    async with place(study, "s") as pilot:
        assert "Case 1  1/1 coded" in shown(pilot)
        assert "Leder  1/1 coded" in await keys(pilot, "o")
        await keys(pilot, "n", "enter")
        source = code_screen(pilot).desk.source
        assert source is not None
        assert source.name == "amr"


async def test_a_finding_leads_to_its_place(study: Study) -> None:
    async with place(study, "f") as pilot:
        await keys(pilot, "slash", *"point #7", "enter", "enter")
        screen: Any = pilot.app.screen
        assert type(screen).__name__ == "TheoryScreen"
        assert screen.chosen.label == "#7"
        await keys(pilot, "escape", "escape", "slash", *"source 'amr' nothing", "enter", "enter")
        source = code_screen(pilot).desk.source
        assert source is not None
        assert source.name == "amr"


async def test_the_journal_says_who_did_what_and_undoes_from_there(study: Study) -> None:
    coded(study, 1, "#1", "M")
    coded(study, 2, "#2", "M")
    coded(study, 3, "#3", "M")
    async with place(study, "j") as pilot:
        assert "code #3 M" in shown(pilot)
        assert "Undo 2 acts, back to before: code #2 M" in " ".join(
            (await keys(pilot, "j", "U")).replace("│", "").split()
        )
        await keys(pilot, "y")
        assert [quote.code for quote in study.quotes()] == ["#1 M"]
        assert "(undone)" in shown(pilot)


# -- the first steps --------------------------------------------------------------------------------------------
async def test_the_first_steps_lead_from_an_empty_study_to_the_first_coding(tmp_path: Path) -> None:
    theory = write_table(tmp_path / "theory.csv", [["number", "context", "mechanism", "outcome"], ["1", "a", "b", "c"]])
    (tmp_path / "talk.txt").write_text("I: Well?\n\nR: It went well. We were heard.\n", encoding="utf-8")
    with cmo.new_study(tmp_path / "new.cmo", coder="AB") as study:
        async with CmoApp(study).run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            await keys(pilot, *"jj", "enter", "enter", *str(theory), "enter")
            assert [point.label for point in study.theory().points] == ["#1"]
            study.import_files([tmp_path / "talk.txt"])
            await keys(pilot, "j", "enter")
            assert pilot.app.screen is code_screen(pilot)
            await keys(pilot, "j", "m", "1")
            assert [quote.quote for quote in study.quotes()] == ["It went well."]


# -- large studies ----------------------------------------------------------------------------------------------
async def test_what_takes_long_is_counted_beside_the_work_and_leaving_before_does_no_harm(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded(study, 1, "#1", "M", "supports")
    monkeypatch.setattr(counting, "SOON_COUNTED", -1)
    async with workbench(study) as pilot:
        for letter in "tmsaf":
            await pilot.press("s", letter, "escape")
        for letter, words in (("t", "+1"), ("m", "1+"), ("s", "1 excerpt coded, 1 of them by you"), ("a", "1 excerpt")):
            await pilot.press("s", letter)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert words in " ".join(shown(pilot).split())
            assert "counting" not in shown(pilot)
            await keys(pilot, "escape")
