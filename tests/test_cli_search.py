"""`cmo search`: hits with the words around them, for people and for programs."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builders import code, full_study
from command_line import call, head


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with full_study(tmp_path) as study:
        code(study, "leder", "hentede bøger", "#1 M")
        return study.path


def test_hits_stand_in_one_column_under_the_name_of_their_source(path: Path) -> None:
    answer = call("search", path, "gå OR =den", COLUMNS="60")
    assert answer.code == 0
    lines = [line for line in answer.out.splitlines() if line]
    assert [line for line in lines if not line.startswith(" ")] == [
        "ansat · Ældrecentret",
        "gruppe · Værftet; Skolen",
        "leder · Værftet",
    ]
    columns = [re.search(r"\b(Den|den|gå|gik)\b", line).start() for line in lines if line.startswith(" ")]  # type: ignore[union-attr]
    assert len(columns) > 3
    assert len(set(columns)) == 1
    assert all(len(line) <= 60 for line in lines)
    assert "hits; in all " in answer.err


def test_hits_are_narrowed_and_paged(path: Path) -> None:
    assert "3 hits; in all 3 turns of 3 sources." in call("search", path, "gå").err
    assert "1 hit; in all 3 turns of 3 sources. More: --skip 1." in call("search", path, "gå", "--limit", "1").err
    assert "leder" in call("search", path, "gå", "--limit", "1", "--skip", "2").out
    assert "ansat" in call("search", path, "gå", "--case", "Ældrecentret").out
    assert "0 hits" in call("search", path, "gå", "--exact", "--where", "kind=focus group", "--coded").err
    assert "1 hit;" in call("search", path, "hente", "--code", "#1 M", "--answered").err
    assert "2 hits;" in call("search", path, "^hvad", "--regex").err
    assert "2 hits;" in call("search", path, "=kom =mandagen", "--whole-source").err


def test_programs_get_every_hit_with_its_place(path: Path) -> None:
    answer = call("search", path, "hentede", "--json").json
    assert answer["counts"] == {"turns": 1, "sources": 1}
    assert answer["more"] is False
    (hit,) = answer["hits"]
    assert (hit["source"], hit["turn"], hit["words"], hit["codings"]) == ("leder", 2, "hentede", 1)
    assert hit["terms"] == [[hit["start"], hit["end"]]]


def test_what_cannot_be_searched_for_is_told_with_a_cure(path: Path) -> None:
    unread = call("search", path, "bus AND")
    assert (unread.code, "at character 8" in unread.err) == (4, True)
    assert call("search", path, "bus", "--case", "Verftet").code == 4
    assert call("search", path).code == 2


def test_the_index_is_made_anew_on_demand(path: Path) -> None:
    before = head(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO spoken(spoken) VALUES('delete-all')")
        connection.commit()
    check = call("check", path)
    assert check.code == 1
    assert "--rebuild" in check.out + check.err
    rebuilt = call("search", path, "--rebuild")
    assert (rebuilt.code, rebuilt.out) == (0, "")
    assert "turns" in rebuilt.err
    assert call("check", path).code == 0
    assert head(path) == before


def test_hits_are_given_a_code_once_somebody_who_has_seen_them_says_so(path: Path) -> None:
    before = head(path)
    unsaid = call("search", path, "gå", "--give", "#1 M")
    assert unsaid.code == 2
    assert "#1 M: “Så ville flere gå derned.”" in unsaid.words
    assert "3 passages will have the code '#1 M' when you say so; nothing was coded." in unsaid.err
    assert head(path) == before
    assert "3 passages coded." in call("search", path, "gå", "--give", "#1 M", "--yes").err
    assert "3 hits;" in call("search", path, "gå", "--code", "#1 M").err
    (made,) = call("search", path, "=kom", "--give", "#1 C", "--passage", "words", "--yes", "--json").json
    assert (made["quote"], made["code"]) == ("kom", "#1 C")
    assert "no code" in call("search", path, "gå", "--give", "Findes ikke", "--yes").err
