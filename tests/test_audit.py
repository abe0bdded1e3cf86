"""The audit: each gap is told when it is there, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import THEORY, code, full_study, new_study, table, write_texts

from cmo.audit import gaps
from cmo.study import Study
from store.findings import Finding

SOUND = [THEORY[0], *(row for row in THEORY[2:4])]
"""A theory of two points with words for every element."""


def told(study: Study, where: str = "") -> list[Finding]:
    """The findings about one place (or all), without silent cases: of three cases, most tests let one be silent."""
    findings = [finding for finding in study.audit().findings if finding.code != "point-silent-cases"]
    return [finding for finding in findings if where in ("", finding.where)]


def found(study: Study, where: str = "") -> list[str]:
    """Their codes."""
    return [finding.code for finding in told(study, where)]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Two points, three sources with cases and roles, and nothing coded."""
    study = new_study(tmp_path)
    study.import_theory(table(tmp_path / "t.csv", SOUND))
    rows = [
        ["file", "case", "role"],
        ["leder", "Værftet", "Leder"],
        ["ansat", "Centret", "Ansat"],
        ["gruppe", "Skolen", "Ansat"],
    ]
    study.import_files([write_texts(tmp_path / "in")], sources=table(tmp_path / "s.csv", rows))
    return study


def stand(study: Study) -> None:
    """Evidence that leaves nothing to ask about point #1."""
    code(study, "leder", "Folk gik ned", "#1 M", "supports")
    code(study, "ansat", "En fast tid", "#1 M", "refutes")


def test_a_point_that_stands_well_has_no_finding(study: Study) -> None:
    stand(study)
    assert found(study, "point #1") == []


def test_a_point_that_nothing_is_coded_to_has_that_one_finding(study: Study) -> None:
    stand(study)
    assert found(study, "point #2") == ["point-no-evidence"]


def test_an_element_without_words_is_told_also_where_there_is_evidence(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    assert found(study, "point #3") == ["element-empty", "point-no-evidence"]
    (finding,) = [finding for finding in study.audit().findings if finding.code == "element-empty"]
    assert finding.message == "has no words for its element C"
    assert found(study, "point #1") == ["point-no-evidence"]


def test_one_case_one_role_and_one_source_are_told_by_name(study: Study) -> None:
    code(study, "leder", "Folk gik ned", "#1 M", "supports")
    code(study, "leder", "Køen", "#1 M", "refutes")
    assert [finding.message for finding in told(study, "point #1")] == [
        "rests on one case only: Værftet",
        "rests on one role only: Leder",
        "rests on one source only: leder",
    ]
    code(study, "gruppe", "låner til mine børn", "#1 M", "supports")
    assert found(study, "point #1") == []


def test_one_role_in_two_cases_is_told_alone(study: Study) -> None:
    code(study, "ansat", "En fast tid", "#1 M", "supports")
    code(study, "gruppe", "låner til mine børn", "#1 M", "refutes")
    assert found(study, "point #1") == ["point-one-role"]


def test_evidence_without_any_case_is_told(study: Study, tmp_path: Path) -> None:
    study.bind_sources(table(tmp_path / "s.csv", [["file", "case"], ["leder", ""], ["ansat", ""]]))
    stand(study)
    assert found(study, "point #1") == ["point-no-case"]
    assert [f.where for f in study.audit().findings if f.code == "source-no-case"] == [
        "source 'ansat'",
        "source 'leder'",
    ]


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        (("supports", "supports"), ["point-nothing-against"]),
        (("supports", "refines"), ["point-nothing-against"]),
        (("supports", "rival"), ["rival-not-stated"]),
        (("refutes", "refutes"), ["point-nothing-for"]),
        (("extends", "refines"), ["point-nothing-against", "point-nothing-for"]),
        (("supports", None), ["point-nothing-against", "codings-not-judged"]),
        ((None, None), ["point-nothing-against", "point-nothing-for", "codings-not-judged"]),
    ],
)
def test_what_is_missing_for_and_against_is_told(
    study: Study, stances: tuple[str | None, str | None], expected: list[str]
) -> None:
    code(study, "leder", "Folk gik ned", "#1 M", stances[0])
    code(study, "ansat", "En fast tid", "#1 M", stances[1])
    assert found(study, "point #1") == expected


def test_codings_without_a_stance_are_counted_once_each(study: Study, tmp_path: Path) -> None:
    study.bind_sources(table(tmp_path / "s.csv", [["file", "case"], ["leder", "Værftet; Skolen"]]))
    stand(study)
    code(study, "leder", "Køen", "#1 M")
    (finding,) = [finding for finding in study.audit().findings if finding.code == "codings-not-judged"]
    assert (finding.where, finding.message) == ("point #1", "codings without a stance: 1")


def test_stale_judgements_are_told_and_speak_for_nothing_until_somebody_has_looked(
    study: Study, tmp_path: Path
) -> None:
    stand(study)
    study.import_theory(table(tmp_path / "t2.csv", [SOUND[0], ["#1", "nyt", "nyt", "nyt"], SOUND[2]]))
    assert found(study, "point #1") == ["point-nothing-against", "point-nothing-for", "judgements-stale"]
    for quote in study.quotes(point="#1"):
        study.set_stance(quote.coding_id, quote.stance)
    assert found(study, "point #1") == []


def test_codings_to_no_point_are_counted_by_code(study: Study) -> None:
    stand(study)
    assert "coding-no-point" not in found(study)
    for name in ("Kø", "Vejr"):
        study.new_code(name)
        code(study, "leder", "Køen", name)
    code(study, "leder", "Folk", "Kø")
    assert [(f.where, f.message) for f in study.audit().findings if f.code == "coding-no-point"] == [
        ("code 'Kø'", "codings bound to no PT point: 2"),
        ("code 'Vejr'", "codings bound to no PT point: 1"),
    ]


def test_sources_that_nothing_is_coded_in_are_told(study: Study) -> None:
    stand(study)
    assert [f.where for f in study.audit().findings if f.code == "source-not-coded"] == ["source 'gruppe'"]
    code(study, "gruppe", "låner", "#1 M")
    assert "source-not-coded" not in found(study)


def test_cases_without_a_source_are_told(study: Study, tmp_path: Path) -> None:
    assert "case-no-source" not in found(study)
    study.import_cases(table(tmp_path / "c.csv", [["case", "by"], ["Havnen", "Vejle"]]))
    assert found(study, "case 'Havnen'") == ["case-no-source"]


def test_each_point_comes_with_its_quotes_and_counts(study: Study) -> None:
    stand(study)
    first, second = study.audit().points
    assert (first.point.label, first.cases, first.roles) == ("#1", ("Centret", "Værftet"), ("Ansat", "Leder"))
    assert [quote.quote for quote in first.quotes] == ["En fast tid", "Folk gik ned"]
    assert first.evidence == study.matrix().row_totals["#1"]
    assert (second.quotes, second.evidence.total.rows) == ((), 0)


def test_the_gaps_alone_are_those_of_the_audit(study: Study) -> None:
    stand(study)
    with study.file.read() as conn:
        assert tuple(gaps(conn)) == study.audit().findings


def test_an_empty_study_has_nothing_to_find(tmp_path: Path) -> None:
    audit = new_study(tmp_path).audit()
    assert (audit.points, audit.findings) == ((), ())
