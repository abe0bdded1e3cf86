"""Cases in the analyst's words: written, changed, tied to quotes, taken away, and nothing of it in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import code, copied
from command_line import call, head
from sqlalchemy import select

import cmo
from cmo.casework.records import Summary
from cmo.study import Study
from store import schema
from store.errors import CmoError, InputError, UnknownName


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Iterator[Study]:
    with copied(full_file, tmp_path) as study:
        yield study


def words(summaries: list[Summary]) -> list[tuple[str, str | None, str]]:
    return [(summary.case, summary.theme, summary.body) for summary in summaries]


def test_a_case_has_one_summary_as_a_whole_and_one_for_each_theme(study: Study) -> None:
    study.new_code("Vejr")
    study.set_summary("skolen", "Her læses der.")
    study.set_summary("Skolen", "Ingen buss i regn.", code="vejr")
    study.set_summary("Skolen", "Kolleger går sammen.", point="2")
    study.set_summary("Værftet", "Travlt.", point="#2")
    study.set_summary("Skolen", "Her læses der meget.")
    assert words(study.summaries()) == [
        ("Værftet", "#2", "Travlt."),
        ("Skolen", None, "Her læses der meget."),
        ("Skolen", "#2", "Kolleger går sammen."),
        ("Skolen", "Vejr", "Ingen buss i regn."),
    ]
    assert words(study.summaries(point="#2")) == [
        ("Værftet", "#2", "Travlt."),
        ("Skolen", "#2", "Kolleger går sammen."),
    ]
    assert words(study.summaries(case="Skolen", code="Vejr")) == [("Skolen", "Vejr", "Ingen buss i regn.")]
    assert study.check() == []


def test_an_empty_summary_takes_it_away_with_its_links_and_undo_brings_both_back(study: Study) -> None:
    coding = code(study, "leder", "Køen", "#1 M")
    study.set_summary("Værftet", "Køen siger det.", point="#1", quotes=[coding.id])
    before = study.summaries()
    assert study.set_summary("Værftet", "  ", point="#1") is None
    assert study.summaries() == []
    assert [quote.coding_id for quote in study.quotes()] == [coding.id]
    study.undo()
    assert study.summaries() == before
    assert before[0].quotes == (coding.id,)


def test_quotes_are_kept_in_order_until_others_are_given(study: Study) -> None:
    first, second = code(study, "leder", "Køen", "#1 M"), code(study, "leder", "Folk", "#1 O")
    study.set_summary("Værftet", "Først.", quotes=[second.id, first.id, second.id])
    assert study.set_summary("Værftet", "Så.") is not None
    (kept,) = study.summaries()
    assert (kept.body, kept.quotes) == ("Så.", (second.id, first.id))
    study.set_summary("Værftet", "Så.", quotes=[])
    assert study.summaries()[0].quotes == ()


def test_who_wrote_the_words_as_they_stand_is_told(study: Study, tmp_path: Path) -> None:
    study.set_summary("Skolen", "Af AB.")
    with cmo.open_study(study.path, coder="CD") as other:
        other.set_summary("Skolen", "Af AB.")
        assert other.summaries()[0].coder == "AB"
        changed = other.set_summary("Skolen", "Af CD.")
    assert changed is not None
    assert changed.coder == "CD"
    assert changed.changed_at > changed.created_at
    assert "summary of 'Skolen'" in [entry.summary for entry in study.log()]


def test_the_same_words_again_are_no_act(study: Study) -> None:
    study.set_summary("Skolen", "Her læses der.", point="#1")
    before = study.info().acts
    study.set_summary("Skolen", "Her læses der.", point="#1")
    study.set_summary("Værftet", "")
    assert study.info().acts == before


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"case": "Skollen", "body": "x"}, UnknownName),
        ({"case": "Skolen", "body": "x", "point": "#9"}, UnknownName),
        ({"case": "Skolen", "body": "x", "code": "Vind"}, UnknownName),
        ({"case": "Skolen", "body": "x", "quotes": [99]}, UnknownName),
        ({"case": "Skolen", "body": "x", "point": "#1", "code": "#1 M"}, InputError),
        ({"case": "Skolen", "body": " ", "quotes": [1]}, InputError),
    ],
)
def test_what_cannot_be_written_is_refused_and_changes_nothing(
    study: Study, given: dict[str, object], error: type[CmoError]
) -> None:
    before = study.info().state
    with pytest.raises(error):
        study.set_summary(**given)  # type: ignore[arg-type]
    assert study.info().state == before


def test_the_check_finds_a_cell_written_twice(study: Study) -> None:
    study.set_summary("Skolen", "Her læses der.")
    with study.file.act("AB", "copy") as work:
        row = work.conn.execute(select(schema.summaries)).one()
        work.insert(schema.summaries, {k: v for k, v in row._mapping.items() if k not in ("id", "uuid")})
    assert [finding.code for finding in study.check()] == ["summary-twice"]


def test_the_command_writes_shows_and_removes(study: Study, tmp_path: Path) -> None:
    path, coding = study.path, code(study, "leder", "Køen", "#1 M")
    study.close()
    (tmp_path / "s.txt").write_text("Fra en fil.\n", encoding="utf-8")
    assert call("summaries", path).words.startswith("No summaries")
    written = call("summaries", path, "--case", "Værftet", "--point", "1", "--write", "Kort.", "--quote", coding.id)
    assert written.words.startswith("Værftet · #1 · ")
    assert written.words.endswith("1 quote Kort.")
    call("summaries", path, "--case", "Værftet", "--file", tmp_path / "s.txt")
    found = call("summaries", path, "--json").json
    assert [(one["point"], one["body"], one["quotes"]) for one in found] == [
        (None, "Fra en fil.", []),
        ("#1", "Kort.", [coding.id]),
    ]
    assert call("summaries", path, "--case", "Værftet", "--remove", "--json").json[0]["point"] == "#1"


@pytest.mark.parametrize(
    "options",
    [
        ["--write", "x"],
        ["--case", "Skolen", "--write", "x", "--remove"],
        ["--case", "Skolen", "--write", ""],
        ["--case", "Skolen", "--quote", "1"],
        ["--case", "Skolen", "--file", "nowhere.txt"],
    ],
)
def test_a_command_that_makes_no_sense_is_refused(study: Study, options: list[str]) -> None:
    path = study.path
    study.close()
    before = head(path)
    assert call("summaries", path, *options).code == 2
    assert head(path) == before
