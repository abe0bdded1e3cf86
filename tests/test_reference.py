"""The real evaluation, where it is on this machine: what the files say is what the study says."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from builders import table

import cmo
from cmo.records import Quote
from cmo.study import Study

CODED = 15


@pytest.fixture(scope="module")
def material(reference: Path) -> Path:
    return reference / "spredning"


@pytest.fixture(scope="module")
def study(material: Path, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The evaluation in a study: cases, theory, sources, and fifteen passages coded for and against."""
    study = cmo.new_study(tmp_path_factory.mktemp("reference") / "spredning.cmo", coder="AB")
    study.import_cases(material / "cases.csv")
    study.import_theory(material / "programme_theory.csv")
    report = study.import_files([material / "transcripts"], sources=material / "sources.csv")
    assert (report.failed, report.duplicates, report.findings) == ([], [], [])
    study.map_speakers(
        table(study.path.parent / "speakers.csv", [["label", "role", "asks"], ["I", "Interviewer", "ja"]])
    )
    return study


@pytest.fixture(scope="module")
def coded(study: Study) -> Study:
    """Fifteen sentences of the longest sources, for, against and refining several points and elements."""
    sources = sorted(study.sources(), key=lambda source: (-source.characters, source.name))[:CODED]
    for number, source in enumerate(sources):
        transcript = study.transcript(source.id)
        start, end = transcript.sentences[number % len(transcript.sentences)]
        stance = ("supports", "refutes", "refines")[number % 3]
        study.code_point(source.id, start, end, f"#{number % 5 + 1}", "CMO"[number % 3], stance=stance)
    return study


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_source_is_bound_as_its_table_says(study: Study, material: Path) -> None:
    wanted = rows(material / "sources.csv")
    assert len(wanted) == 22
    found = {source.file_name: source for source in study.sources()}
    assert {
        name: (source.kind, source.case or "", source.role, source.characters) for name, source in found.items()
    } == {row["file"]: (row["kind"], row["case"], row["role"], int(row["characters"])) for row in wanted}
    assert all(s.participant == (s.name if s.kind == "interview" else None) for s in found.values())


def test_texts_are_those_of_the_files(study: Study, material: Path) -> None:
    for path in sorted((material / "transcripts").iterdir()):
        assert study.transcript(path.name).text == path.read_text(encoding="utf-8")


def test_every_labelled_turn_is_found_and_nothing_else(study: Study, material: Path) -> None:
    found: Counter[str | None] = Counter()
    for source in study.sources():
        transcript = study.transcript(source.id)
        labels = re.findall(r"^([IR]): ", transcript.text, re.MULTILINE)
        assert [turn.label for turn in transcript.turns] == labels
        assert source.turns == len(labels)
        found.update(turn.label for turn in transcript.turns)
    assert found == {"I": 15, "R": 58}


def test_sentences_cover_what_is_said_and_nothing_twice(study: Study) -> None:
    for source in study.sources():
        transcript = study.transcript(source.id)
        assert source.sentences == len(transcript.sentences) > 0
        spoken = "".join(transcript.text[turn.speech_start : turn.end] for turn in transcript.turns)
        cut = "".join(transcript.text[start:end] for start, end in transcript.sentences)
        assert "".join(cut.split()) == "".join(spoken.split())


def test_the_theory_has_sixteen_rows_and_one_point_without_a_context(study: Study, material: Path) -> None:
    wanted = rows(material / "programme_theory.csv")
    points = study.theory().points
    assert len(points) == len(wanted) == 16
    assert [tuple(point.wording.values()) for point in points] == [
        (row["Kontekst"], row["Mekanisme"], row["Outcome"]) for row in wanted
    ]
    assert [point.label for point in points] == ["H", *(row["PT-punkt #"] for row in wanted[1:])]
    assert [point.label for point in points if not point.wording["C"]] == ["#14"]
    assert len(study.codes()) == 16 * 4


def test_cases_have_their_attributes_and_three_have_no_source(study: Study, material: Path) -> None:
    wanted = rows(material / "cases.csv")
    cases = study.cases()
    assert len(cases) == 13
    assert [{"Case": case.name, **case.attributes} for case in cases] == [
        {name: value for name, value in row.items() if value} for row in wanted
    ]
    bound = {row["case"] for row in rows(material / "sources.csv")}
    without = [case.name for case in cases if not case.sources]
    assert without == [row["Case"] for row in wanted if row["Case"] not in bound]
    assert len(without) == 3
    told = [finding.where for finding in study.audit().findings if finding.code == "case-no-source"]
    assert told == [f"case '{name}'" for name in without]


def test_every_number_in_the_matrix_is_as_many_quotes(coded: Study) -> None:
    quotes = coded.quotes()
    assert len(quotes) == CODED
    matrix = coded.matrix()
    assert matrix.grand_total.total.rows == CODED
    assert sum(cell.total.rows for cell in matrix.cells.values()) == CODED
    for (point, case), cell in matrix.cells.items():
        behind = [quote for quote in quotes if (quote.point, quote.case) == (point, case)]
        assert cell.total.rows == len(behind)
        assert {stance: counts.rows for stance, counts in cell.stances.items()} == Counter(q.stance for q in behind)
    assert {quote.stance for quote in quotes} == {"supports", "refutes", "refines"}


def test_every_quote_is_its_slice_of_the_text(coded: Study, material: Path) -> None:
    def in_file(quote: Quote) -> str:
        text = (material / "transcripts" / f"{quote.source}.txt").read_text(encoding="utf-8")
        return text[quote.start : quote.end]

    assert all(quote.quote == in_file(quote) for quote in coded.quotes())
    assert coded.check() == []


def test_what_others_wrote_down_in_a_table_lands_on_the_same_words(coded: Study, tmp_path: Path) -> None:
    copies = [[q.source, q.quote, q.point, q.element, q.stance] for q in coded.quotes()]
    head = ["Kilde", "Citat", "PT-punkt #", "Element", "Holdning"]
    report = coded.import_codings(table(tmp_path / "codings.xlsx", [head, *copies]))
    assert (report.added, report.unchanged, report.problems) == (0, CODED, ())
