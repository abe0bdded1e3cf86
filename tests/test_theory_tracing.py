"""Lineage, blame, differences, states, verdicts and checks of a theory that has changed a good deal."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import full_study
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from theory_samples import HALVES, WHY, judged_study

from cmo.study import Study
from cmo.theory.versions import pieces
from store.errors import InputError, NameTaken, UnknownName


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """#1 refined twice on evidence, #2 split, one half merged into #1, #3 given up and taken up again. To be read."""
    study = judged_study(tmp_path_factory.mktemp("grown"))
    study.freeze_theory("initial theory", "before the interviews")
    study.refine_point("#1", {"M": "Kolleger går derned to og to."}, why="Par.", evidence=[1])
    study.split_point("#2", HALVES, why="To slags.", evidence=[3])
    study.refine_point("#1", {"C": "Pauserne er faste."}, why="Fast tid.", evidence=[2])
    study.freeze_theory("after round 1")
    study.merge_points(["#1", "#2b"], {"C": "", "O": "Flere låner."}, why="Det samme.")
    study.abandon_point("#3", why="Ingen børn.")
    study.restore_point("#3", why="Jo, børn.")
    return study


def test_lineage_tells_every_step_from_wording_to_wording(grown: Study) -> None:
    found = grown.lineage()
    assert [(step.kind, str(step.before), str(step.after)) for step in found.steps] == [
        ("refine", "#1 v1", "#1 v2"),
        ("split", "#2 v1", "#2a v1"),
        ("split", "#2 v1", "#2b v1"),
        ("refine", "#1 v2", "#1 v3"),
        ("merge", "#1 v3", "#1 v4"),
        ("merge", "#2b v1", "#1 v4"),
        ("abandon", "#3 v1", "None"),
        ("restore", "#3 v1", "#3 v1"),
    ]
    assert len(found.versions) == 9
    assert {step.decision_id for step in found.steps} == {decision.id for decision in grown.decisions()}


def test_blame_leads_from_a_wording_to_the_quotes_behind_it(grown: Study) -> None:
    steps = grown.blame("#1")
    assert [(str(step.version.name), step.changed) for step in steps] == [
        ("#1 v4", ("C", "O")),
        ("#1 v3", ("C",)),
        ("#2b v1", ("C", "M", "O")),
        ("#1 v2", ("M",)),
        ("#2 v1", ("C", "M", "O")),
        ("#1 v1", ("C", "M", "O")),
    ]
    quotes = [quote.quote for step in steps if step.decision for quote in step.decision.evidence]
    assert quotes == ["når vi har travlt", "Ingen blev sure", "hentede bøger i pausen"]
    assert [str(step.version.name) for step in grown.blame("#1", 2)] == ["#1 v2", "#1 v1"]
    assert [step.decision for step in grown.blame("#3")] == [None]


def test_the_words_behind_a_wording_stay_when_the_coding_is_gone(tmp_path: Path) -> None:
    study = judged_study(tmp_path)
    study.refine_point("#1", {"M": "x"}, why=WHY, evidence=[1])
    study.remove_coding(1)
    decision = study.blame("#1")[0].decision
    assert decision is not None
    assert [(quote.coding_id, quote.quote) for quote in decision.evidence] == [(None, "hentede bøger i pausen")]
    assert study.check() == []


def test_two_wordings_differ_word_by_word(grown: Study) -> None:
    found = {text.name: text for text in grown.diff_versions("#1", 1, 2).texts}
    assert [name for name, text in found.items() if not text.is_same] == ["mechanism", "sentence"]
    assert [(piece.kind, piece.text) for piece in found["mechanism"].pieces] == [
        ("same", "Kolleger går derned "),
        ("removed", "sammen"),
        ("added", "to og to"),
        ("same", "."),
    ]
    assert grown.diff_versions("#1", 4).is_same
    with pytest.raises(UnknownName, match="no version 9"):
        grown.diff_versions("#1", 9)


@given(st.text("ab c.\n", max_size=30), st.text("ab c.\n", max_size=30))
def test_the_pieces_of_a_difference_are_both_texts(before: str, after: str) -> None:
    found = list(pieces(before, after))
    assert "".join(piece.text for piece in found if piece.kind != "added") == before
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after
    assert all(piece.text for piece in found)


def test_states_are_kept_and_compared(grown: Study) -> None:
    initial, later = grown.theory_states()
    assert [str(version.name) for version in initial.versions] == ["H v1", "#1 v1", "#2 v1", "#3 v1"]
    assert [str(version.name) for version in later.versions] == ["H v1", "#1 v3", "#2a v1", "#2b v1", "#3 v1"]
    assert (initial.note, initial.coder, later.name) == ("before the interviews", "AB", "after round 1")
    found = grown.diff_theory("Initial Theory", "after round 1")
    assert {one.point: (one.before is not None, one.after is not None) for one in found.points if not one.is_same} == {
        "#1": (True, True),
        "#2a": (False, True),
        "#2b": (False, True),
        "#2": (True, False),
    }
    now = grown.diff_theory("after round 1")
    assert (now.after, [one.point for one in now.points if not one.is_same]) == (None, ["#1", "#2b"])
    with pytest.raises(UnknownName, match="after round 1"):
        grown.diff_theory("after round")


def test_a_state_has_a_name_of_its_own_and_a_theory(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.freeze_theory("first")
    with pytest.raises(NameTaken):
        study.freeze_theory("First ")
    with pytest.raises(InputError):
        study.freeze_theory("")


# -- verdicts --------------------------------------------------------------------------------------------------


def test_an_earlier_verdict_is_kept_and_a_reworded_point_needs_another(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    first = study.set_verdict("#1", "not tested", "Nobody was asked.")
    study.set_verdict("1", "theory holds", "Three cases.")
    study.set_verdict("#2", "theory holds", "One case.")
    study.set_verdict(None, "sound theory, weak implementation", "The bus came late.")
    assert first is not None
    assert [(v.point, v.verdict, v.is_current, v.stale) for v in study.verdicts()] == [
        (None, "sound theory, weak implementation", True, False),
        ("#1", "not tested", False, False),
        ("#1", "theory holds", True, False),
        ("#2", "theory holds", True, False),
    ]
    study.refine_point("#1", {"M": "x"}, why=WHY)
    assert [(v.point, v.stale) for v in study.verdicts()] == [(None, True), ("#1", True), ("#1", True), ("#2", False)]
    study.undo()
    assert not any(v.stale for v in study.verdicts())
    study.abandon_point("#2", why=WHY)
    assert [(v.point, v.stale) for v in study.verdicts() if v.stale] == [(None, True), ("#2", True)]
    assert study.set_verdict("#1", None) is None
    assert [v.is_current for v in study.verdicts() if v.point == "#1"] == [False, False]
    assert study.check() == []


def test_a_verdict_is_one_of_five_and_has_a_reason(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    for point, verdict, reason in (("#1", "good", "x"), ("#1", "theory holds", " "), ("#9", "theory holds", "x")):
        with pytest.raises(InputError):
            study.set_verdict(point, verdict, reason)
    assert study.verdicts() == []


# -- checks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE point_versions SET number = 7 WHERE id = 5", "point-versions"),
        ("UPDATE point_versions SET is_current = (number = 1) WHERE point_id = 2", "point-versions"),
        ("UPDATE decisions SET why = ' '", "decision-reason"),
        ("DELETE FROM decision_points WHERE is_result", "decision-wordings"),
        ("DELETE FROM decision_points WHERE is_result", "version-decision"),
        ("DELETE FROM decision_points WHERE NOT is_result", "decision-wordings"),
        ("UPDATE decision_evidence SET quote = ''", "decision-evidence"),
        ("UPDATE verdicts SET is_current = 1", "current-verdict"),
        ("UPDATE points SET parent_id = id WHERE id = 2", "part-of-itself"),
    ],
)
def test_a_theory_that_was_tampered_with_is_found_out(tmp_path: Path, statement: str, code: str) -> None:
    study = judged_study(tmp_path)
    study.refine_point("#1", {"M": "x"}, why=WHY, evidence=[1])
    study.set_verdict("#1", "not tested", WHY)
    study.set_verdict("#1", "theory holds", WHY)
    assert study.check() == []
    with study.file.act("AB", "tamper") as work:
        work.conn.execute(text(statement))
    assert code in {finding.code for finding in study.check()}
