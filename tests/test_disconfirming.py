"""What speaks for looking again: each finding recounted in plain Python from the quotes, on studies made at random."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from builders import THEORY, code, full_study, table
from depth import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import cmo
from cmo.disconfirming.findings import GROUPS, grouped
from cmo.disconfirming.records import Thresholds
from cmo.records import Quote
from cmo.study import Study
from store import schema
from store.errors import InputError
from store.findings import Finding

POINTS = ("#1", "#2", "#3")
LETTERS = ("", " C", " M", " R", " T", " O")
PLACES = [
    ("leder", "Folk gik ned"),
    ("leder", "Det havde jeg ikke ventet"),
    ("leder", "Køen var lang"),
    ("ansat", "Nej."),
    ("ansat", "En fast tid"),
    ("gruppe", "låner til mine børn"),
    ("gruppe", "aldrig været der"),
    ("gruppe", "Ingen har sagt"),
    ("noter", "Regnen stod ned"),
]
NEW_WORDS = [THEORY[0], THEORY[1], ["#1", "Ny kontekst", "Ny mekanisme", "Nyt udfald"], *THEORY[3:]]


def split_mechanism(study: Study) -> None:
    """Split the mechanism of the grammar into resource and reasoning, each with its codes and words at point #1."""
    with study.file.act("AB", "split") as work:
        elements = {row.letter: row for row in work.conn.execute(select(schema.elements))}
        version_of = dict(
            work.conn.execute(
                select(schema.points.c.number, schema.point_versions.c.id).join(schema.point_versions)
            ).all()
        )
        for position, (letter, name) in enumerate([("R", "resource"), ("T", "reasoning")], start=50):
            mechanism = elements["M"]
            values = {"theory_id": mechanism.theory_id, "letter": letter, "name": name, "position": position}
            element_id = work.insert(schema.elements, {**values, "parent_id": mechanism.id})
            for point in work.conn.execute(select(schema.points)).all():
                owner = {"point_id": point.id, "element_id": element_id, "position": 1000 + point.id}
                work.insert(schema.codes, {"name": f"{point.number} {letter}", "definition": "", **owner})
            wording = {"point_version_id": version_of["#1"], "element_id": element_id, "wording": name}
            work.insert(schema.point_elements, wording)


def set_point(study: Study, label: str, **values: object) -> None:
    with study.file.act("AB", "set point") as work:
        point_id = work.conn.scalar(select(schema.points.c.id).where(schema.points.c.number == label))
        assert point_id is not None
        work.update(schema.points, point_id, **values)


def point_id(study: Study, label: str) -> int:
    point = study.theory().point(label)
    assert point is not None
    return point.id


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four sources of three cases, one of none; a split mechanism; point #3 is a rival of #1; nothing coded."""
    folder = tmp_path_factory.mktemp("base")
    study = full_study(folder)
    (folder / "noter.txt").write_text("Regnen stod ned hele dagen.\n", encoding="utf-8")
    study.import_files([folder / "noter.txt"])
    split_mechanism(study)
    set_point(study, "#3", rival_of_id=point_id(study, "#1"))
    study.close()
    return study.path


@pytest.fixture
def study(base: Path, tmp_path: Path) -> Iterator[Study]:
    with cmo.open_study(shutil.copy(base, tmp_path / "study.cmo"), coder="AB") as opened:
        yield opened


def about(study: Study, label: str, thresholds: Thresholds | None = None) -> dict[str, str]:
    """The findings about a point by their codes, each of which may stand once; without those about empty elements."""
    told = [f for f in study.audit(thresholds or Thresholds()).findings if f.where == f"point {label}"]
    told = [finding for finding in told if finding.code != "element-empty"]
    assert len({finding.code for finding in told}) == len(told)
    return {finding.code: finding.message for finding in told}


# -- recounted from the quotes --------------------------------------------------------------------------------


class Act(NamedTuple):
    place: int
    code: str
    stance: str | None
    coder: str


acts = st.lists(
    st.builds(
        Act,
        st.integers(0, len(PLACES) - 1),
        st.builds("".join, st.tuples(st.sampled_from(POINTS), st.sampled_from(LETTERS))),
        st.sampled_from([None, "supports", "supports", "refutes", "rival", "extends"]),
        st.sampled_from(["AB", "CD"]),
    ),
    max_size=14,
)


def recounted(study: Study, label: str, thresholds: Thresholds) -> dict[str, str]:
    """Every finding about a point that can be seen from the quotes, in plain Python."""
    quotes = [quote for quote in study.quotes() if quote.point == label]
    found = dict(_rival(quotes, label))
    if not quotes:
        return found | {"point-no-evidence": "nothing is coded to it in any source"}
    found |= dict(_voices(quotes)) | dict(_sides(quotes)) | dict(_parts(quotes)) | dict(_cases(study, quotes))
    of_source = Counter(source for source, _ in {(quote.source, quote.excerpt_id) for quote in quotes})
    source, most = max(((s.name, of_source[s.name]) for s in study.sources()), key=lambda pair: pair[1])
    total = of_source.total()
    if total >= thresholds.excerpts and total > most > thresholds.share * total:
        found["point-one-talkative"] = f"'{source}' gives {most} of its {total} excerpts"
    return found


def _voices(quotes: list[Quote]) -> Iterator[tuple[str, str]]:
    for name in ("case", "role", "source"):
        values = {getattr(quote, name) for quote in quotes} - {None}
        if len(values) == 1:
            yield f"point-one-{name}", f"rests on one {name} only: {values.pop()}"
        elif not values and name == "case":
            yield "point-no-case", "all its quotes come from sources without a case"


def _sides(quotes: list[Quote]) -> Iterator[tuple[str, str]]:
    present = {quote.stance for quote in quotes if not quote.stale}
    if not present & {"refutes", "rival"}:
        yield "point-nothing-against", "no quote speaks against it: was it looked for?"
    if "supports" not in present:
        yield "point-nothing-for", "no quote supports it"
    unjudged = {quote.coding_id for quote in quotes if quote.stance is None}
    if unjudged:
        yield "codings-not-judged", f"codings without a stance: {len(unjudged)}"
    stale = {quote.coding_id for quote in quotes if quote.stale}
    if stale:
        yield "judgements-stale", f"codings judged against an older wording: {len(stale)}; look again"


def _parts(quotes: list[Quote]) -> Iterator[tuple[str, str]]:
    of_part = {
        name: len({quote.excerpt_id for quote in quotes if quote.element == letter})
        for letter, name in (("R", "resource"), ("T", "reasoning"))
    }
    for name, other in (("resource", "reasoning"), ("reasoning", "resource")):
        if of_part[name] and not of_part[other]:
            yield "part-no-evidence", f"its mechanism has excerpts of {name} ({of_part[name]}) and none of {other}"


def _cases(study: Study, quotes: list[Quote]) -> Iterator[tuple[str, str]]:
    heard = {quote.case for quote in quotes} - {None}
    material = [case.name for case in study.cases() if case.sources]
    silent = [name for name in material if name not in heard]
    if silent and heard:
        yield (
            "point-silent-cases",
            f"cases that say nothing to it: {len(silent)} of {len(material)} ({', '.join(silent)})",
        )
    with_context = {quote.case for quote in quotes if quote.element == "C"} - {None}
    stances = {
        case: {q.stance for q in quotes if q.case == case and q.element == "O" and q.stance and not q.stale}
        for case in heard
    }
    if with_context and all(stances[case] == {"supports"} for case in with_context):
        failed = sum(bool(found - {"supports"}) for found in stances.values())
        cases = "the one case" if len(with_context) == 1 else f"the {len(with_context)} cases"
        rest = f"{failed} with another outcome have none" if failed else "no case has another outcome"
        yield "context-only-success", f"its context is coded only in {cases} where the outcome succeeded; {rest}"


def _rival(quotes: list[Quote], label: str) -> Iterator[tuple[str, str]]:
    if label == "#3" and not any(quote.stance and not quote.stale for quote in quotes):
        yield "rival-not-tested", "is a rival of #1 that no passage was judged for or against"
    heard = {quote.excerpt_id for quote in quotes if quote.stance == "rival" and not quote.stale}
    if heard and label != "#1":
        yield "rival-not-stated", f"excerpts with a rival explanation: {len(heard)}; no rival point states it"


@given(acts, st.booleans(), st.sampled_from([Thresholds(), Thresholds(0.4, 2), Thresholds(0.7, 4)]))
@settings(max_examples=examples(8, 15), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_finding_is_what_a_plain_count_of_the_quotes_finds(
    base: Path, tmp_path_factory: pytest.TempPathFactory, done: list[Act], is_reworded: bool, thresholds: Thresholds
) -> None:
    folder = tmp_path_factory.mktemp("random")
    path = shutil.copy(base, folder / "study.cmo")
    by_coder = {name: cmo.open_study(path, coder=name) for name in ("AB", "CD")}
    study = by_coder["AB"]
    for number, act in enumerate(done):
        if is_reworded and number == len(done) // 2:
            study.import_theory(table(folder / "new.csv", NEW_WORDS))
        code(by_coder[act.coder], *PLACES[act.place], act.code, act.stance)
    for label in POINTS:
        assert about(study, label, thresholds) == recounted(study, label, thresholds)
    for opened in by_coder.values():
        opened.close()


# -- one by one, in the words of the analyst ---------------------------------------------------------------------


def test_one_source_that_gives_most_of_the_excerpts_is_told_with_its_numbers(study: Study) -> None:
    for words in ("Folk", "pausen", "Køen"):
        code(study, "leder", words, "#1 M", "supports")
    code(study, "ansat", "Nej.", "#1 M", "refutes")
    assert "point-one-talkative" not in about(study, "#1")
    assert about(study, "#1", Thresholds(0.5, 4))["point-one-talkative"] == "'leder' gives 3 of its 4 excerpts"
    assert "point-one-talkative" not in about(study, "#1", Thresholds(0.75, 4))
    assert "point-one-talkative" not in about(study, "#1", Thresholds(0.5, 5))


@pytest.mark.parametrize(("share", "excerpts"), [(0, 5), (1, 5), (50, 5), (0.5, 1)])
def test_a_threshold_that_means_nothing_is_refused(share: float, excerpts: int) -> None:
    with pytest.raises(InputError):
        Thresholds(share, excerpts)


def test_a_context_that_is_also_coded_where_the_outcome_failed_is_no_finding(study: Study) -> None:
    code(study, "leder", "Køen", "#1 C", "supports")
    code(study, "leder", "Folk", "#1 O", "supports")
    code(study, "ansat", "Nej.", "#1 O", "refutes")
    expected = "its context is coded only in the one case where the outcome succeeded; 1 with another outcome have none"
    assert about(study, "#1")["context-only-success"] == expected
    code(study, "ansat", "travlt", "#1 C")
    assert "context-only-success" not in about(study, "#1")


def test_a_rival_is_untested_until_a_passage_is_judged_for_or_against_it(study: Study) -> None:
    assert "rival-not-tested" in about(study, "#3")
    coding = code(study, "gruppe", "børn", "#3 M")
    assert "rival-not-tested" in about(study, "#3")
    study.set_stance(coding.id, "refutes")
    assert "rival-not-tested" not in about(study, "#3")
    assert "rival-not-tested" not in about(study, "#2")


def test_a_verdict_on_an_older_wording_is_told(study: Study, tmp_path: Path) -> None:
    def give(version_id: int | None) -> None:
        with study.file.act("AB", "verdict") as work:
            values = {"point_version_id": version_id, "verdict": "theory holds", "reason": "r", "is_current": True}
            work.insert(schema.verdicts, {**values, "coder_id": work.coder_id, "created_at": work.at})

    point = study.theory().point("#1")
    assert point is not None
    give(point.version_id)
    give(None)
    assert not [finding for finding in study.audit().findings if finding.code == "verdict-stale"]
    study.import_theory(table(tmp_path / "new.csv", NEW_WORDS))
    told = [finding for finding in study.audit().findings if finding.code == "verdict-stale"]
    assert told == [
        Finding(
            "verdict-stale", "point #1", "the verdict 'theory holds' was given on wording 1, which has changed since"
        ),
        Finding(
            "verdict-stale",
            "the whole programme",
            "the verdict 'theory holds' is older than the wording of points: 1",
        ),
    ]


def test_points_that_are_no_longer_held_are_asked_nothing(study: Study) -> None:
    assert "point-no-evidence" in about(study, "#2")
    set_point(study, "#2", state="abandoned")
    assert [finding for finding in study.audit().findings if finding.where == "point #2"] == []


def test_of_a_split_element_the_parts_without_words_are_told_and_the_whole_where_nothing_is_said(study: Study) -> None:
    empty = [(f.where, f.message) for f in study.audit().findings if f.code == "element-empty"]
    parts = [f"has no words for its element {letter}" for letter in "RT"]
    assert [message for where, message in empty if where == "point #1"] == []
    assert [message for where, message in empty if where == "point #2"] == parts


def test_many_silent_cases_are_counted_in_full_and_named_in_part(study: Study, tmp_path: Path) -> None:
    names = [f"Sted {number}" for number in range(1, 21)]
    study.bind_sources(table(tmp_path / "s.csv", [["file", "case"], ["noter", "Værftet"]]))
    study.import_cases(table(tmp_path / "c.csv", [["case", "Sektor"], *([name, "Privat"] for name in names)]))
    study.bind_sources(table(tmp_path / "s.csv", [["file", "case"], ["noter", "; ".join(names)]]))
    code(study, "leder", "Køen", "#1 M", "supports")
    told = about(study, "#1")["point-silent-cases"]
    assert told.startswith("cases that say nothing to it: 22 of 23 (Ældrecentret, Skolen, Sted 1, ")
    assert told.endswith(" and 10 more)")


def test_findings_are_told_under_headings_and_none_is_left_out(study: Study) -> None:
    code(study, "leder", "Køen", "#1 M", "rival")
    findings = study.audit().findings
    told = grouped(findings)
    assert sorted(map(str, findings)) == sorted(str(finding) for under in told.values() for finding in under)
    assert list(told) == [heading for heading in GROUPS if heading in told]
    assert [finding.code for finding in told["Rival explanations"]] == ["rival-not-tested"]


def test_every_finding_has_one_heading() -> None:
    codes = [code for listed in GROUPS.values() for code in listed]
    assert len(codes) == len(set(codes))
