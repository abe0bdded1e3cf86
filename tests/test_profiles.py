"""Profiles: how to read a batch of files alike, and what labels mean in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import GROUP, LEADER, STAFF, full_study, new_study, reread, table, write_texts
from command_line import call

from cmo.study import Study
from store.errors import BadTable, InputError, UnknownName
from transcripts.intake.profiles import Meaning, Profile
from transcripts.settings import Settings

LABELS = {"I": Meaning(role="Interviewer", participant="Anders", asks=True), "R": Meaning(role="Leder", asks=False)}


def told(study: Study) -> dict[tuple[str, str], tuple[str | None, str | None, bool | None]]:
    """What the study says of each label of each source."""
    return {(s.source, s.label): (s.role, s.participant, s.asks) for s in study.speakers()}


def test_a_profile_is_kept_and_found_whatever_its_capitals(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    settings = Settings(encoding="Windows-1252", language="Dansk", keep_furniture=True, labels=(("IP 1", "IP1"),))
    kept = study.save_profile("Bureau  A", settings, LABELS)
    assert kept.settings == Settings(encoding="cp1252", language="da", keep_furniture=True, labels=(("IP 1", "IP1"),))
    assert study.profile("bureau a") == kept
    assert study.profiles() == [Profile("Bureau A", kept.settings, LABELS)]
    with pytest.raises(UnknownName, match="Did you mean 'Bureau A'"):
        study.profile("Bureau B")


def test_saving_again_replaces_and_every_step_can_be_undone(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.save_profile("bureau", Settings(comments=True))
    study.save_profile("BUREAU", Settings(deletions=True))
    assert [profile.settings for profile in study.profiles()] == [Settings(deletions=True)]
    study.remove_profile("bureau")
    assert study.profiles() == []
    for expected in ([Settings(deletions=True)], [Settings(comments=True)], []):
        study.undo()
        assert [profile.settings for profile in study.profiles()] == expected
    study.redo()
    assert [profile.name for profile in study.profiles()] == ["bureau"]


@pytest.mark.parametrize(
    ("name", "settings"),
    [("  ", Settings()), ("x", Settings(encoding="x")), ("x", Settings(style="x")), ("x", Settings(language="dk"))],
)
def test_a_profile_that_could_not_be_used_is_not_kept(tmp_path: Path, name: str, settings: Settings) -> None:
    study = new_study(tmp_path)
    with pytest.raises(InputError):
        study.save_profile(name, settings)
    assert study.profiles() == []


def test_an_import_by_a_profile_reads_and_maps_as_it_says(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.save_profile("bureau", Settings(encoding="cp850", language="en"), LABELS)
    for name, text in (("a.txt", LEADER.replace("😀", "ø")), ("b.txt", STAFF), ("c.txt", GROUP)):
        (tmp_path / name).write_bytes(text.encode("cp850"))
    study.import_files([tmp_path / f"{name}.txt" for name in "abc"], profile="bureau")
    assert {source.language for source in study.sources()} == {"en"}
    assert "Køen var lang om mandagen. Ingen blev sure ø." in study.transcript("a").text
    asks, answers, unsaid = ("Interviewer", "Anders", True), ("Leder", None, False), (None, None, None)
    assert told(study) == {
        ("a", "I"): asks,
        ("a", "R"): answers,
        ("b", "I"): asks,
        ("b", "R"): answers,
        ("c", "MO"): unsaid,
        ("c", "IP1"): unsaid,
        ("c", "IP2"): unsaid,
    }
    assert study.check() == []
    study.undo()
    assert (study.sources(), study.info().counts["participants"]) == ([], 0)


def test_what_is_said_with_the_import_goes_before_the_profile_and_the_table_before_both(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.save_profile("bureau", Settings(language="en", labels=(("X", "Y"),)))
    folder = write_texts(tmp_path / "in", {"a.txt": LEADER, "b.txt": STAFF})
    rows = [["file", "language"], ["a.txt", "nb"]]
    study.import_files(
        [folder],
        sources=table(tmp_path / "s.csv", rows),
        profile="bureau",
        language="sv",
        settings=Settings(labels=(("Z", "Y"),)),
    )
    assert {source.name: source.language for source in study.sources()} == {"a": "nb", "b": "sv"}
    assert study.provenance("b").settings == Settings(language="sv", labels=(("X", "Y"), ("Z", "Y")))


def test_a_profile_after_a_source_takes_over_its_style_its_settings_and_who_asks(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.set_speaker("I", source="leder", participant="Anders", role="Interviewer", asks=True)
    study.set_speaker("R", source="leder", participant="Lis", role="Leder", asks=False)
    made = study.save_profile_of("leder", "bureau")
    assert made.settings.style == study.provenance("leder").style
    assert made.labels == {"I": LABELS["I"], "R": LABELS["R"]}
    study.import_files([write_texts(tmp_path / "more", {"ny.txt": "I: Nå?\nR: Jo.\n"})], profile="bureau")
    assert told(study)["ny", "I"] == ("Interviewer", "Anders", True)
    assert told(study)["ny", "R"] == ("Leder", None, False)


def test_labels_come_from_a_table_and_rows_for_one_file_are_left_out(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.save_profile("bureau", Settings(comments=True), {"MO": Meaning(asks=True)})
    rows = [["file", "label", "role", "asks"], ["", "I", "Interviewer", "ja"], ["a.txt", "R", "Leder", "nej"]]
    changed = study.save_profile_labels("Bureau", table(tmp_path / "l.csv", rows))
    expected = {"MO": Meaning(asks=True), "I": Meaning(role="Interviewer", asks=True)}
    assert study.profiles() == [changed] == [Profile("bureau", Settings(comments=True), expected)]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["who"], ["I"]], "no column for the label"),
        ([["label", "asks"], ["I", "måske"]], 'row 2, column "asks": found "måske"; expected yes, no or not said'),
        ([["file", "label"], ["a.txt", "I"]], "no row for every file"),
    ],
)
def test_a_table_of_labels_that_cannot_be_used_is_refused(tmp_path: Path, rows: list[list[str]], problem: str) -> None:
    study = new_study(tmp_path)
    with pytest.raises(BadTable, match=problem):
        study.save_profile_labels("bureau", table(tmp_path / "l.csv", rows))
    assert study.profiles() == []


def test_a_profile_changes_no_source_that_is_there(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    before = reread(study)
    study.save_profile("bureau", Settings(language="en"), LABELS)
    study.remove_profile("bureau")
    after = reread(study)
    assert {**after, "state": before["state"]} == before


def test_the_file_comes_back_byte_for_byte(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    data = LEADER.replace("\n", "\r\n").encode("utf-16")
    (tmp_path / "leder.txt").write_bytes(data)
    study.import_files([tmp_path / "leder.txt"])
    assert study.original("leder") == study.original("leder.txt", version=1) == data
    with pytest.raises(UnknownName, match="no version 2"):
        study.original("leder", version=2)
    assert study.source_findings("leder") == ()


# -- the commands ---------------------------------------------------------------------------------------------


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "s.cmo"
    assert call("new", path).code == 0
    return path


def test_the_options_of_an_import_can_be_kept_and_used_again(study: Path, tmp_path: Path) -> None:
    assert "No profiles yet" in call("profiles", study).out
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_bytes("R: Blåbær på øen.".encode("cp850"))
    second.write_bytes("R: Æbler på øen.".encode("cp850"))
    answer = call("import", study, first, "--encoding", "cp850", "--label", "Q=R", "--save-profile", "dos")
    assert answer.code == 0, answer.err
    assert call("import", study, second, "--profile", "DOS", "--comments", "--save-profile", "dos2").code == 0
    assert "Æbler på øen." in call("show", study, "b").out
    listed = {profile["name"]: profile["settings"] for profile in call("profiles", study, "--json").json}
    assert listed["dos"]["encoding"] == listed["dos2"]["encoding"] == "cp850"
    assert (listed["dos"]["comments"], listed["dos2"]["comments"]) == (False, True)
    assert "encoding cp850, 'Q' as 'R'" in call("profiles", study, "dos").words
    assert call("profiles", study, "dos", "--remove").code == 0
    assert call("profiles", study, "dos").code == 4


def test_a_profile_is_made_after_a_source_and_shown(study: Path, tmp_path: Path) -> None:
    call("import", study, write_texts(tmp_path / "in", {"leder.txt": LEADER}))
    call("speakers", study, "--label", "I", "--role", "Interviewer", "--asks")
    answer = call("profiles", study, "bureau", "--like", "leder")
    assert answer.code == 0, answer.err
    assert "I Interviewer yes" in answer.words
    labels = table(tmp_path / "l.csv", [["label", "role"], ["R", "Leder"]])
    assert call("profiles", study, "bureau", "--labels", labels, "--json").json["labels"]["R"]["role"] == "Leder"


@pytest.mark.parametrize("extra", [["--remove"], ["x", "--remove", "--like", "leder"]])
def test_a_call_of_profiles_that_makes_no_sense_is_refused(study: Path, extra: list[str]) -> None:
    assert call("profiles", study, *extra).code == 2


def test_the_original_is_written_and_never_over_a_file(study: Path, tmp_path: Path) -> None:
    data = LEADER.replace("\n", "\r").encode("utf-8-sig")
    (tmp_path / "leder.txt").write_bytes(data)
    call("import", study, tmp_path / "leder.txt")
    out = tmp_path / "ud"
    out.mkdir()
    assert call("original", study, "leder", out).code == 0
    assert (out / "leder.txt").read_bytes() == data
    (out / "leder.txt").write_text("mit eget")
    answer = call("original", study, "leder", out / "leder.txt")
    assert answer.code == 2
    assert "is there already" in answer.err
    assert (out / "leder.txt").read_text() == "mit eget"
    assert call("original", study, "leder", out / "andet.txt", "--json").json["bytes"] == len(data)


def test_furniture_is_shown_where_it_stood(study: Path, tmp_path: Path) -> None:
    text = "---\ntitle: Bogbussen\n---\n\nI: Hvad ændrede sig?\nR: Køen blev længere.\n"
    call("import", study, write_texts(tmp_path / "in", {"leder.md": text}))
    plain, whole = call("show", study, "leder").out, call("show", study, "leder", "--furniture").out
    assert "title: Bogbussen" not in plain
    assert whole.index("‹front matter› --- title: Bogbussen ---") < whole.index("Hvad ændrede sig?")
    read = call("show", study, "leder", "--json").json["read"]
    assert (read["file_name"], read["furniture"][0]["kind"]) == ("leder.md", "front matter")
