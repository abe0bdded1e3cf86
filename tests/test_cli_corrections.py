"""Corrections from the command line: looked at before, made, compared, reviewed, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import LEADER, code, full_study
from command_line import call, head


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with full_study(tmp_path) as opened:
        code(opened, "leder", "Køen var lang", "#1 M", "supports")
        code(opened, "leder", "Ingen blev sure", "#1 O")
        code(opened, "leder", "Folk gik ned og hentede bøger", "#2 M")
        return opened.path


def test_a_preview_says_what_would_become_of_each_coding_and_changes_nothing(study: Path, tmp_path: Path) -> None:
    edited = tmp_path / "edited.txt"
    edited.write_text(LEADER.replace("hentede", "hæntede").replace("Ingen blev sure 😀.", ""), encoding="utf-8")
    before = head(study)
    answer = call("correct", study, "leder", "--text", edited, "--preview")
    assert answer.code == 0
    assert "would be at version 2" in answer.out
    assert "1 ok, 1 moved, 1 lost" in answer.out
    assert "#1 O (AB)" in answer.out
    assert head(study) == before
    assert call("review", study).words == "Nothing needs an eye."


def test_words_are_replaced_and_one_undo_takes_it_back(study: Path) -> None:
    before = call("show", study, "leder").out
    done = call(
        "correct", study, "leder", "--words", "Køen var lang", "--by", "Køen var ikke lang", "--reason", "hørt om"
    )
    assert (done.code, "1 needs review" in done.out) == (0, True)
    assert "Køen var ikke lang" in call("review", study).out
    listed = call("versions", study, "leder", "--json").json
    assert [(version["number"], version["is_current"], version["reason"]) for version in listed] == [
        (1, False, None),
        (2, True, "hørt om"),
    ]
    told = call("versions", study, "leder", "--diff", "1", "2").out
    assert "- Køen var lang om mandagen." in told
    assert "+ Køen var ikke lang om mandagen." in told
    assert "after correction: needs review" in call("quotes", study).words
    assert "codings to look at again" in call("audit", study, "--gaps").words
    call("undo", study)
    assert call("show", study, "leder").out == before
    assert call("check", study).code == 0


def test_a_text_written_out_and_taken_in_again_is_the_same_text(study: Path, tmp_path: Path) -> None:
    written = call("versions", study, "leder", "--text", "1").out
    assert written == LEADER
    (tmp_path / "same.txt").write_bytes(written.encode())
    again = call("correct", study, "leder", "--text", tmp_path / "same.txt")
    assert again.code != 0
    assert "the same text" in again.err


def test_a_lost_coding_is_listed_and_given_a_place_or_removed(study: Path, tmp_path: Path) -> None:
    new = tmp_path / "better.md"
    new.write_text(LEADER.replace("Ingen blev sure 😀.", "Alle var rolige."), encoding="utf-8")
    assert call("correct", study, "leder", new).code == 0
    (item,) = call("review", study, "leder", "--json").json
    assert (item["state"], item["was"], item["words"]) == ("lost", "Ingen blev sure", None)
    assert "lost" in call("quotes", study).words
    excerpt = str(item["excerpt_id"])
    assert call("review", study, "--settle", excerpt).code != 0
    start = new.read_text(encoding="utf-8").index("Alle var rolige")
    settled = call("review", study, "--settle", excerpt, "--at", str(start), str(start + 15))
    assert settled.words == "Nothing needs an eye."
    assert "“Alle var rolige”" in call("quotes", study).out
    call("undo", study)
    assert call("review", study, "--remove", excerpt).words == "Nothing needs an eye."
    assert call("check", study).code == 0


@pytest.mark.parametrize(
    "given",
    [
        [],
        ["--words", "Køen"],
        ["--words", "Jeg er her ikke", "--by", "x"],
        ["--words", "R: ", "--by", "x"],
        ["--text", "no.txt"],
    ],
)
def test_what_cannot_be_corrected_is_said_and_changes_nothing(study: Path, given: list[str]) -> None:
    before = head(study)
    assert call("correct", study, "leder", *given).code != 0
    assert head(study) == before
