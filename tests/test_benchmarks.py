"""The benchmark's own material and its table: the same each time, and honest about bars that are not met."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

import cmo
from benchmarks import analysis, corpus
from benchmarks.corpus import Size
from benchmarks.measuring import Measured
from benchmarks.page import table_of

TINY = Size("tiny", 2, 40, 2)


@pytest.fixture
def short_interviews(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interviews of a few minutes, so that the test takes no longer."""
    monkeypatch.setattr(corpus.interview, "__defaults__", (8_000,))


def test_interviews_and_codings_are_the_same_each_time() -> None:
    text = corpus.interview(3, 5_000)
    assert corpus.interview(3, 5_000) == text
    rows = list(analysis.coding_rows("a", text, 20))
    assert rows == list(analysis.coding_rows("a", text, 20))
    assert all(text[int(str(row[1])) : int(str(row[2]))] == row[3] for row in rows)


@pytest.mark.usefixtures("short_interviews")
def test_a_study_is_made_of_them_without_a_problem(tmp_path: Path) -> None:
    texts = corpus.write_corpus(tmp_path, TINY)
    with cmo.new_study(tmp_path / "tiny.cmo", coder="AB") as study:
        assert not study.import_files([texts], sources=tmp_path / "sources.csv").failed
        study.import_cases(analysis.write_cases(tmp_path, TINY))
        study.import_theory(analysis.write_theory(tmp_path))
        report = study.import_codings(analysis.write_codings(tmp_path, TINY))
        assert (report.added, report.problems) == (TINY.codings, ())
        assert all(quote.case for quote in study.quotes())


@pytest.mark.usefixtures("short_interviews")
def test_a_word_file_has_the_text_of_its_interview(tmp_path: Path) -> None:
    folder = analysis.write_word_files(tmp_path, 1)
    with cmo.new_study(tmp_path / "tiny.cmo", coder="AB") as study:
        (source,) = study.import_files([folder]).imported
        assert study.transcript(source.id).text.split() == corpus.interview(0).split()


def test_the_table_says_which_bars_are_not_met() -> None:
    small = [Measured("a", 1.0, 1.0, 2)]
    lines = table_of(small, [Measured("a", 3.0, 1.0, 2), Measured("b", 0.01, None, most=0.016), Measured("c", 5, 1)])
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in islice(lines, 2, None)]
    assert [(row[0], row[1], row[3], row[7]) for row in cells] == [
        ("a", "**3.00**", "**no**", "3.0"),
        ("b", "", "yes", ""),
        ("c", "**5.00**", "yes", ""),
    ]
