"""The theory as a table in a spreadsheet, a Word document and Markdown: written, read again, and nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from builders import full_study, new_study, table
from depth import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from theory_samples import HALVES, WHY, states

from cmo.records import Point
from cmo.study import Study
from exports.table_text import markdown_rows
from exports.theory_tables import SUFFIXES, write_theory
from store.errors import BadFile
from transcripts.readers.markdown_tables import read_rows
from transcripts.text import normalise

AWKWARD = "a | b \\ *c* <br> `d` [e](f) #1 _g_\n  = 1 + 1\n- «æøå» 😀 \\| ~~h~~ &amp; 1. "


def full_theory(folder: Path) -> Study:
    """A theory with all that a table can say: titles, own sentences, parts, rivals, points that are no longer held."""
    study = full_study(folder)
    study.split_point("#2", HALVES, why=WHY)
    study.add_point({"C": AWKWARD}, title="Køen 2", rival_of="#1", sentence="Hvis, så | fordi.", why=WHY)
    study.add_point({"O": "Ro."}, overall=True, title="Plan 9", why=WHY)
    study.arrange_point("#2b", parent="#1")
    study.abandon_point("#3", why=WHY)
    return study


def told(point: Point) -> Point:
    """What a table can tell of a point; line breaks and spaces apart."""
    words = {letter: " ".join(text.split()) for letter, text in point.wording.items()}
    return replace(point, id=0, uuid="", version=0, version_id=0, wording=words)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_theory_that_is_written_and_read_again_changes_nothing(tmp_path: Path, suffix: str) -> None:
    study = full_theory(tmp_path)
    acts = study.info().acts
    assert write_theory(study, tmp_path / f"out{suffix}") == 8
    report = study.import_theory(tmp_path / f"out{suffix}")
    assert (report.unchanged, report.findings, study.info().acts) == (8, (), acts)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_theory_comes_whole_into_another_study(tmp_path: Path, suffix: str) -> None:
    study = full_theory(tmp_path)
    write_theory(study, tmp_path / f"out{suffix}")
    (tmp_path / "other").mkdir()
    other = new_study(tmp_path / "other")
    assert other.import_theory(tmp_path / f"out{suffix}").findings == ()
    assert [told(point) for point in other.theory().points] == [told(point) for point in study.theory().points]
    assert other.theory().elements == study.theory().elements
    assert (other.decisions(), other.check()) == ([], [])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_plain_theory_has_a_plain_table(tmp_path: Path, suffix: str) -> None:
    study = full_study(tmp_path)
    write_theory(study, tmp_path / f"out{suffix}")
    (tmp_path / "other").mkdir()
    other = new_study(tmp_path / "other")
    other.import_theory(tmp_path / f"out{suffix}")
    assert [(p.label, p.title) for p in other.theory().points][:2] == [("H", "Overordnet hypotese"), ("#1", "")]


def test_a_table_does_not_change_what_has_become_of_a_point(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    rows = [
        ["nr", "kontekst", "tilstand"],
        ["1", "Pauserne er lange nok.", "abandoned"],
        ["2", "Lederen går foran.", ""],
    ]
    report = study.import_theory(table(tmp_path / "t.csv", rows))
    assert [finding.code for finding in report.findings if finding.code != "point-not-in-table"] == [
        "state-not-changed"
    ]
    assert set(states(study).values()) == {"held"}


def test_only_three_formats_are_written(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"\.xlsx, \.docx, \.md"):
        write_theory(full_study(tmp_path), tmp_path / "theory.pdf")


# -- Markdown tables -------------------------------------------------------------------------------------------


def test_the_first_table_of_a_markdown_page_is_read(tmp_path: Path) -> None:
    page = "# Theory\n\nA | b, no table.\n\nNumber | Context\n:-- | --:\n7 | a<br>b\n| 8 | c \\| d |\n\n"
    page += "| x | y |\n|---|---|\n"
    found = read_rows(tmp_path / "t.md", page.encode())
    assert [(number, [cell.strip() for cell in cells]) for number, cells in found.rows] == [
        (5, ["Number", "Context"]),
        (7, ["7", "a\nb"]),
        (8, ["8", "c | d"]),
    ]
    assert [finding.code for finding in found.findings] == ["tables-not-read"]


@pytest.mark.parametrize("page", ["", "no table", "| one |\n| --- |\n| 1 |\n", "a | b\nc | d\n"])
def test_a_page_without_a_table_is_refused(tmp_path: Path, page: str) -> None:
    with pytest.raises(BadFile, match="no table of two columns"):
        read_rows(tmp_path / "t.md", page.encode())


CELL = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12).map(
    lambda text: normalise(text).strip()
)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4))
@settings(max_examples=examples(30, 60))
def test_what_is_written_as_markdown_reads_the_same(rows: list[tuple[str, str, str]]) -> None:
    written = markdown_rows(["a", "b", "c"], rows, [False] * 3)
    found = read_rows(Path("t.md"), written.encode())
    expected = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    assert [tuple(" ".join(cell.split()) for cell in cells) for _, cells in found.rows[1:]] == expected
