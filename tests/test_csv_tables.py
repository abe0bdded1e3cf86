"""The evidence as CSV: every row and every count, verbatim, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import call
from workbook_samples import evidence_study

from cmo.study import Study
from exports.csv_tables import write_matrix, write_quotes
from store.errors import BadFile, UnknownName


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with evidence_study(tmp_path) as made:
        yield made


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def verbatim(field: str) -> str:
    """What the documentation tells a program to do."""
    return field[1:] if re.match("'+[=+\\-@\t\r]", field) else field


def test_every_row_of_evidence_is_a_line(study: Study, tmp_path: Path) -> None:
    count = write_quotes(study, tmp_path / "quotes.csv")
    lines, quotes = read(tmp_path / "quotes.csv"), study.quotes()
    assert count == len(lines) == len(quotes)
    assert sorted((verbatim(line["quote"]), int(line["start"])) for line in lines) == sorted(
        (quote.quote, quote.start) for quote in quotes
    )
    assert {line["attribute:Sektor"] for line in lines} == {"Offentlig", "Privat", ""}


def test_each_quote_is_its_slice_of_the_source(study: Study, tmp_path: Path) -> None:
    write_quotes(study, tmp_path / "quotes.csv")
    for line in read(tmp_path / "quotes.csv"):
        text = study.transcript(line["source"]).text
        assert verbatim(line["quote"]) == text[int(line["start"]) : int(line["end"])]


def test_no_field_begins_like_a_formula(study: Study, tmp_path: Path) -> None:
    study.code("leder", 0, 5, "Humour", memo="'=1+1")
    write_quotes(study, tmp_path / "quotes.csv")
    write_matrix(study, tmp_path / "matrix.csv", rows="code", columns="attribute:role")
    fields = [f for name in ("quotes", "matrix") for line in read(tmp_path / f"{name}.csv") for f in line.values()]
    assert not [field for field in fields if re.match("[=+@\t\r]|-\\D", field)]
    assert "''=1+1" in fields
    assert "'=1+1" in fields


def test_the_matrix_lists_every_cell_and_its_margins(study: Study, tmp_path: Path) -> None:
    count = write_matrix(study, tmp_path / "matrix.csv")
    lines, table = read(tmp_path / "matrix.csv"), study.matrix()
    assert count == len(lines)
    found = {(line["point"], line["case"], line["stance"]): line for line in lines}
    assert len(found) == len(lines)
    for row in table.rows:
        for column in table.columns:
            cell = table.cell(row, column)
            place = (row or "(no point)", column or "(no case)")
            assert int(found[*place, "(all stances)"]["excerpts"]) == cell.total.excerpts
            for stance, counts in cell.stances.items():
                assert int(found[*place, stance or "not judged"]["rows"]) == counts.rows
    everything = found["(all points)", "(all cases)", "(all stances)"]
    assert int(everything["excerpts"]) == table.grand_total.total.excerpts


def test_exporting_twice_gives_the_same_bytes(study: Study, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        write_quotes(study, tmp_path / name)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_another_suffix_and_an_unknown_dimension_are_errors(study: Study, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"must end in \.csv"):
        write_quotes(study, tmp_path / "quotes.txt")
    with pytest.raises(UnknownName):
        write_matrix(study, tmp_path / "matrix.csv", rows="weather")
    assert not list(tmp_path.glob("matrix*"))


def test_the_command_writes_a_matrix_that_is_narrowed(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "matrix.csv"
    answer = call("matrix", demo, "--rows", "element", "--columns", "case", "--where", "stance=supports", "--csv", out)
    lines = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert answer.out.split()[:1] == ["Written:"]
    assert f"with {len(lines) - 1} counts." in answer.words
    assert lines[0][:3] == ["element", "case", "stance"]
    assert {line[2] for line in lines[1:]} - {"(all)", "all"} <= {"supports", "", "(all stances)"}
