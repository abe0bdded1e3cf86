"""The import screen: look, say how files are read, leave some out, bring the rest in; and what it is made of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from archive_samples import zipped
from textual.pilot import Pilot
from workbench_samples import INTERVIEW, code_screen, shown, small_study, write_table

import cmo
from cmo.study import Study
from transcripts.intake.previewing import PreviewReport
from transcripts.intake.profiles import Meaning
from transcripts.settings import Settings
from tui import CmoApp
from workbench.importing.import_choices import reading_items, with_choice
from workbench.importing.import_plan import ImportPlan, Order, State
from workbench.importing.import_screen import ImportScreen
from workbench.parts.path_line import PathLine, completed, typed_paths

NURSE = "I: How was the night?\n\nN: Long. [laughs] But quiet.\n\nI: Thank you.\n"
PORTER = "I: And you?\n\nP: I was there. (...) We all were.\n"
TIMED = (
    "**Ida** [0:10]\nWe went down every Monday.\n\n**Bo** [1:02:05]\nAnd then?\n\n**Ida** [1:03:00]\nThen it rained.\n"
)
SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with cmo.new_study(tmp_path / "night.cmo", language="en", coder="AB") as made:
        yield made
        assert made.check() == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "interviews"
    made.mkdir()
    (made / "nurse.txt").write_text(NURSE, encoding="utf-8")
    (made / "porter.txt").write_text(PORTER, encoding="utf-8")
    (made / "porter copy.txt").write_text(PORTER, encoding="utf-8")
    (made / "empty.txt").write_text("", encoding="utf-8")
    (made / "cases.csv").write_text("case,sector\nWard 1,public\n", encoding="utf-8")
    return made


def files_of(pilot: Pilot[None]) -> dict[str, str]:
    """The lines of the list by the file's name; the first is that of all files."""
    plan = import_screen(pilot).plan
    assert plan is not None
    return {file.shown: plan.state(file).value for file in plan.files}


def import_screen(pilot: Pilot[None]) -> ImportScreen:
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, ImportScreen))


async def done(pilot: Pilot[None]) -> None:
    """Until the work beside the screen is done and shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def look_at(pilot: Pilot[None], path: Path | str) -> None:
    """Open the import screen where it is not open yet, and look at a path."""
    if not any(isinstance(screen, ImportScreen) for screen in pilot.app.screen_stack):
        await pilot.press("escape", "I")
        await pilot.pause()
    import_screen(pilot).query_one(PathLine).value = str(path)
    import_screen(pilot).action_to_path()
    await pilot.press("enter")
    await done(pilot)


# -- looking ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40", "200x60"])
async def test_files_are_looked_at_and_what_is_left_comes_in(study: Study, folder: Path, size: tuple[int, int]) -> None:
    async with CmoApp(study).run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        assert "press I here" in shown(pilot)
        await look_at(pilot, folder)
        assert files_of(pilot) == {
            "cases.csv": "a table, no transcript",
            "empty.txt": "cannot be read",
            "nurse.txt": "comes in",
            "porter copy.txt": "comes in",
            "porter.txt": "known already",
        }
        assert "2 come in · 1 known already · 1 cannot be read · 1 passed over" in shown(pilot)
        assert study.sources() == []
        await pilot.press("i")
        await done(pilot)
        assert "2 sources imported, 1 known already, 1 could not be read." in shown(pilot)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        source = code_screen(pilot).desk.source
        assert source is not None
        assert source.name == "porter copy"
        assert "I was there. (...) We all were." in shown(pilot)
    assert [source.name for source in study.sources()] == ["nurse", "porter copy"]


async def test_the_line_of_a_file_leads_to_everything_that_was_found_in_it(study: Study, folder: Path) -> None:
    (folder / "nurse.txt").write_bytes(
        ("N = the nurse\n\n" + NURSE.replace("quiet", "très calme") + "\nWhoever: Hm.\n").encode("cp1252")
    )
    async with CmoApp(study).run_test(size=(200, 60)) as pilot:
        await look_at(pilot, folder)
        await pilot.press("down", "down", "down")
        await pilot.pause()
        screen = shown(pilot)
    (preview,) = [file for file in study.preview([folder]).files if file.name == "nurse"]
    assert f"txt, cp1252 (guessed, {preview.encoding_confidence} % sure)" in screen
    assert "style       colon" in screen
    assert "1 non-speech" in screen
    assert "it says     N is the nurse" in screen
    for speaker in preview.speakers:
        assert any(
            (speaker.label or "(nobody named)") in line and f"{speaker.characters:,}" in line.split()
            for line in screen.split("\n")
        )
    assert preview.findings
    for finding in preview.findings:
        assert finding.message[:40] in screen


async def test_the_first_line_tells_what_all_files_have_in_common(study: Study, folder: Path) -> None:
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        lines = [line.split() for line in shown(pilot).split("\n")]
    assert ["I", "2", "3"] in lines  # label, files, turns
    assert ["N", "1", "1"] in lines


async def test_a_path_that_is_not_there_is_told_and_what_was_shown_stays(study: Study, folder: Path) -> None:
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        await look_at(pilot, folder / "nowhere")
        assert "there is no such file or folder" in shown(pilot)
        assert "nurse.txt" in files_of(pilot)
        await look_at(pilot, zipped(folder.parent / "more.zip", {"timed.md": TIMED}))
        assert {"nurse.txt", "more.zip/timed.md"} <= set(files_of(pilot))
        await pilot.press("x")
        assert "drop it on this window" in shown(pilot)


async def test_letters_are_typed_on_the_path_line_and_are_no_commands_there(study: Study, folder: Path) -> None:
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        await pilot.press("slash", *"iaxrpt", "space")
        assert import_screen(pilot).query_one(PathLine).value == "iaxrpt "
        assert files_of(pilot)["nurse.txt"] == "comes in"
    assert study.sources() == []


async def test_tab_completes_a_path_and_names_what_can_follow(study: Study, folder: Path) -> None:
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "I")
        line = import_screen(pilot).query_one(PathLine)
        line.value = f"{folder}/po"
        await pilot.press("tab")
        await pilot.pause()
        assert line.value == f"{folder}/porter"
        assert "porter copy.txt  porter.txt" in shown(pilot)


async def test_a_study_that_has_the_files_already_says_so(tmp_path: Path) -> None:
    with small_study(tmp_path) as study:
        (tmp_path / "again.txt").write_text(INTERVIEW, encoding="utf-8")
        async with CmoApp(study).run_test(size=(80, 24)) as pilot:
            await look_at(pilot, tmp_path / "again.txt")
            assert "the same as leder" in shown(pilot)
            await pilot.press("i")
            assert "No file is left to come in." in shown(pilot)
            await pilot.press("escape")
            assert pilot.app.screen is code_screen(pilot)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
async def test_names_and_labels_cannot_steer_the_terminal(study: Study, folder: Path) -> None:
    (folder / "odd\x1b[31m\nname.txt").write_text(NURSE.replace("N:", "[b]\u202eN:") + "[/b]: Ja.\n", encoding="utf-8")
    (folder / "odd\x1bempty.txt").write_text("", encoding="utf-8")
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        for _ in range(6):
            await pilot.press("down")
            await pilot.pause()
            assert not {"\x1b", "\u202e"} & set(shown(pilot))
        await pilot.press("i")
        await done(pilot)
        assert not {"\x1b", "\u202e"} & set(shown(pilot))
        assert "odd\ufffd[31m name" in shown(pilot)


# -- choosing ---------------------------------------------------------------------------------------------------
async def test_space_leaves_a_file_of_an_archive_out_and_takes_it_in_again(study: Study, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "in.zip", {"north/a.txt": NURSE, "south/a.txt": PORTER, "timed.md": TIMED})
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, archive)
        await pilot.press("a")
        assert set(files_of(pilot).values()) == {"left out"}
        await pilot.press("a", "down", "space", "space", "up", "space")
        assert files_of(pilot) == {
            "in.zip/north/a.txt": "left out",
            "in.zip/south/a.txt": "comes in",
            "in.zip/timed.md": "comes in",
        }
        await pilot.press("i")
        await done(pilot)
        await pilot.press("escape")
    assert [source.name for source in study.sources()] == ["south/a", "timed"]


async def test_files_are_read_otherwise_and_looked_at_again(study: Study, folder: Path) -> None:
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        for words in ("german", "paragraphs", "utf-8"):
            await pilot.press("r", *words, "enter")
            await done(pilot)
        assert "style paragraphs · German · encoding utf-8" in shown(pilot)
        assert "2 German" in shown(pilot)
        await pilot.press("r", *"german", "enter")
        await done(pilot)
        assert "style paragraphs · encoding utf-8" in shown(pilot)
        await pilot.press("i")
        await done(pilot)
        await pilot.press("escape")
    provenance = study.provenance("nurse")
    assert (provenance.style, provenance.settings.encoding) == ("paragraphs", "utf-8")


async def test_a_misspelt_label_is_read_as_the_right_one_and_a_heading_as_none(study: Study, folder: Path) -> None:
    speech = NURSE + "\nInt: Really.\n\nN: Yes.\n\nInt: So.\n\nExtra: Not said.\n\nExtra: Nor this.\n"
    (folder / "nurse.txt").write_text(speech, encoding="utf-8")
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder / "nurse.txt")
        for label, choice in (("int", ["i", "enter"]), ("extra", [*"no label", "enter"])):
            await pilot.press("l", *label, "enter")
            await pilot.pause()
            await pilot.press(*choice)
            await done(pilot)
        assert "Int read as I · Extra read as no label" in shown(pilot)
        await pilot.press("i")
        await done(pilot)
        await pilot.press("escape")
    assert {speaker.label: speaker.turns for speaker in study.speakers()} == {"I": 4, "N": 2}
    assert study.transcript("nurse").text == speech


async def test_what_was_chosen_is_kept_as_a_profile_and_read_by_it(study: Study, folder: Path) -> None:
    study.save_profile("bureau", Settings(style="paragraphs"), {"N": Meaning(role="Nurse")})
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        await pilot.press("p", *"bureau", "enter")
        await done(pilot)
        assert "profile bureau" in shown(pilot)
        assert "2 paragraphs" in shown(pilot)
        await pilot.press("r", *"danish", "enter")
        await done(pilot)
        await pilot.press("p", *"our own", "enter")
        await pilot.pause()
        assert "Kept as profile our own" in shown(pilot)
    kept = study.profile("our own")
    assert kept.settings == Settings(style="paragraphs", language="da")
    assert kept.labels == {"N": Meaning(role="Nurse")}


async def test_a_sources_table_binds_the_files(study: Study, folder: Path) -> None:
    rows = [["file", "case", "role"], ["nurse", "Ward 1", "Nurse"], ["somebody", "Ward 2", "Porter"]]
    table = write_table(folder.parent / "sources.csv", rows)
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        for path, told in ((folder / "nurse.txt", "!"), (table, "sources by sources.csv")):
            await pilot.press("t")
            await pilot.pause()
            pilot.app.screen.query_one(PathLine).value = str(path)
            await pilot.press("enter")
            await done(pilot)
            assert told in shown(pilot)
        assert "there was no file 'somebody' to import" in shown(pilot)
        await pilot.press("i")
        await done(pilot)
        await pilot.press("escape")
    assert (study.source("nurse").cases, study.source("nurse").role) == (("Ward 1",), "Nurse")


# -- stopping ---------------------------------------------------------------------------------------------------
async def test_escape_stops_an_import_after_the_file_under_way_and_i_goes_on(
    study: Study, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = Event()
    real = Study.import_files

    def slow(self: Study, *given: Any, progress: Any, **how: Any) -> Any:
        def wait(done: int, total: int, name: str) -> bool:
            wanted = bool(progress(done, total, name))
            if done == 1:
                may_go_on.wait(60)
                wanted = bool(progress(done, total, name))
            return wanted

        return real(self, *given, progress=wait, **how)

    monkeypatch.setattr(Study, "import_files", slow)
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        await pilot.press("i")
        while "Importing ━" not in shown(pilot):
            await pilot.pause()
        await pilot.press("i", "x", "r", "escape", "escape")
        assert "Stopping after this file" in shown(pilot)
        may_go_on.set()
        await done(pilot)
        assert "Stopped as asked" in shown(pilot)
        assert len(study.sources()) < 2
        await pilot.press("i")
        await done(pilot)
        assert "1 known already" in shown(pilot)
    assert [source.name for source in study.sources()] == ["nurse", "porter copy"]


async def test_after_a_stopped_look_only_the_files_that_were_seen_come_in(
    study: Study, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Study.preview

    def stopped(self: Study, paths: Any, *, progress: Any, **how: Any) -> PreviewReport:
        def after_three(done: int, total: int, name: str) -> bool:
            return bool(progress(done, total, name)) and done < 3

        return real(self, paths, progress=after_three, **how)

    monkeypatch.setattr(Study, "preview", stopped)
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await look_at(pilot, folder)
        assert "i brings in these files alone" in shown(pilot)
        await pilot.press("i")
        await done(pilot)
        await pilot.press("escape")
    assert [source.name for source in study.sources()] == ["nurse"]


async def test_leaving_while_files_are_looked_at_ends_the_look(
    study: Study, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, wants_more = Event(), []

    def endless(self: Study, paths: Any, *, progress: Any, **how: Any) -> PreviewReport:
        may_go_on.wait(60)
        wants_more.append(progress(0, 9, "nurse.txt"))
        return PreviewReport(stopped=True)

    monkeypatch.setattr(Study, "preview", endless)
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "I")
        import_screen(pilot).query_one(PathLine).value = str(folder)
        await pilot.press("enter", "escape", "escape")
        await pilot.pause()
        assert pilot.app.screen is code_screen(pilot)
        may_go_on.set()
        await done(pilot)
    assert wants_more == [False]


# -- in the text ------------------------------------------------------------------------------------------------
def colour_of(pilot: Pilot[None], words: str) -> str:
    """The colour in which words stand in the transcript."""
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            if words in segment.text and segment.style is not None and segment.style.color is not None:
                return segment.style.color.name
    raise AssertionError(f"{words!r} is not on screen by itself")


async def test_marks_are_quiet_in_the_text_as_found_or_as_a_person_said(study: Study, folder: Path) -> None:
    study.import_files([folder / "nurse.txt", folder / "porter.txt"])
    study.set_mark_form("(...)", "none")
    start = study.transcript("porter").text.index("We all")
    study.set_mark("porter", start, start + 6, "crosstalk")
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert colour_of(pilot, "[laughs]") != colour_of(pilot, "Long.")
        code_screen(pilot).open_source(study.source("porter").id)
        await pilot.pause()
        assert colour_of(pilot, "I was there. (...) ") != colour_of(pilot, "We all")


async def test_turns_have_their_times_beside_them_also_where_they_are_short(study: Study, tmp_path: Path) -> None:
    (tmp_path / "timed.md").write_text(TIMED, encoding="utf-8")
    study.import_files([tmp_path / "timed.md"])
    async with CmoApp(study).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = [line.split() for line in shown(pilot).split("\n")]
    assert ["0:10"] in lines
    assert ["1:02:05"] in lines
    first, second, _ = study.transcript("timed").turns
    assert (first.begins_at, second.begins_at) == (10_000, 3_725_000)


async def test_a_turn_is_given_another_speaker_from_the_palette(study: Study, folder: Path) -> None:
    study.import_files([folder / "nurse.txt"])
    async with CmoApp(study).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for number, choice in ((2, "I"), (3, "Matron"), (1, "nobody")):
            await pilot.press("g", *["right_curly_bracket"] * (number - 1), "ctrl+p", *"who speaks", "enter")
            await pilot.pause()
            await pilot.press(*choice, "enter")
            await pilot.pause()
            assert f"turn {number} is spoken by" in shown(pilot)
        assert [turn.label for turn in study.transcript("nurse").turns] == [None, "I", "Matron"]
        before = [turn.label for turn in study.transcript("nurse").turns][1:]
        await pilot.press("u")
        await pilot.pause()
        assert "undone: turn 1 of 'nurse' is spoken by nobody" in shown(pilot)
    assert [turn.label for turn in study.transcript("nurse").turns] == ["I", *before]


# -- its parts --------------------------------------------------------------------------------------------------
def test_of_files_with_the_same_text_the_next_comes_in_where_the_first_is_left_out(study: Study, folder: Path) -> None:
    plan = ImportPlan(Order((folder,)), study.preview([folder]))
    first, second = (next(f for f in plan.files if f.shown == name) for name in ("porter copy.txt", "porter.txt"))
    assert (plan.state(first), plan.state(second)) == (State.COMES_IN, State.KNOWN)
    plan.switch([first])
    assert (plan.state(first), plan.state(second)) == (State.LEFT_OUT, State.COMES_IN)
    imported = study.import_files([folder], only=plan.taken).imported
    assert [source.name for source in imported] == ["nurse", "porter"]
    plan = ImportPlan(Order((folder,)), study.preview([folder]))
    assert State.COMES_IN not in plan.counts


def test_files_of_the_same_name_are_told_apart_by_their_folders(study: Study, folder: Path) -> None:
    for place in ("north", "south"):
        (folder / place).mkdir()
        (folder / place / "staff.txt").write_text(f"R: From the {place}.\n", encoding="utf-8")
    plan = ImportPlan(Order((folder,)), study.preview([folder]))
    assert {"north/staff.txt", "south/staff.txt", "nurse.txt"} <= {file.shown for file in plan.files}


def test_a_choice_that_is_chosen_again_is_let_go() -> None:
    settings = Settings(labels=(("Int", "I"),))
    for item in reading_items(settings):
        chosen = with_choice(settings, item.id)
        assert chosen != settings
        assert [one.note for one in reading_items(chosen)].count("chosen") == 1
        assert with_choice(chosen, item.id) == settings


def test_paths_are_completed_as_far_as_they_are_certain(folder: Path) -> None:
    (folder / "Ærø").mkdir()
    (folder / ".hidden.txt").write_text("R: No.\n", encoding="utf-8")

    def complete(typed: str) -> tuple[str, list[str]]:
        line, names = completed(f"{folder}/{typed}", lambda name: name.endswith(".txt"))
        return line.removeprefix(f"{folder}/"), names

    assert complete("nu") == ("nurse.txt", [])
    assert complete("NU") == ("nurse.txt", [])
    assert complete("porter") == ("porter", ["porter copy.txt", "porter.txt"])
    assert complete("æ") == ("Ærø/", [])
    assert complete("zebra") == ("zebra", [])
    assert complete("nowhere/x") == ("nowhere/x", [])
    assert complete(".h") == (".hidden.txt", [])
    assert complete("cases") == ("cases", [])
    assert ".hidden.txt" not in complete("")[1]


def test_paths_are_understood_as_terminals_write_what_is_dropped_on_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("USERPROFILE", str(folder.parent))
    copy, nurse = folder / "porter copy.txt", folder / "nurse.txt"
    assert typed_paths(f"  {copy} ") == [copy]
    assert typed_paths(f"'{copy}'") == [copy]
    assert typed_paths(str(copy).replace(" ", "\\ ")) == [copy]
    assert typed_paths(copy.as_uri()) == [copy]
    assert typed_paths(f"'{copy}' {nurse}") == [copy, nurse]
    assert typed_paths("~/interviews") == [folder]
    assert typed_paths("no such file.txt") == [Path("no such file.txt")]
    assert typed_paths("it's not there") == [Path("it's not there")]
    assert typed_paths("a\0b") == [Path("a\0b")]
    assert typed_paths("   ") == []
