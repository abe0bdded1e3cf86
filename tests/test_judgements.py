"""Judgements: stance, ratings and reasons, kept apart by judge and by wording; the stale queue; second judges."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import THEORY, code, copied, only, table

from cmo.study import Study
from codebook.records import Coding
from store.errors import InputError, UnknownName

REWORDED = [row if row[0] != "#1" else ["#1", "Pauserne er lange nok.", "Nogen går først.", row[3]] for row in THEORY]


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Study:
    return copied(full_file, tmp_path)


@pytest.fixture
def coding(study: Study) -> Coding:
    return code(study, "leder", "Køen var lang", "#1 M", "supports")


def as_coder(study: Study, name: str) -> Study:
    return Study(study.file, name)


def reword(study: Study) -> None:
    """Give point 1 another mechanism."""
    study.import_theory(table(study.path.parent / "reworded.csv", REWORDED))


def test_a_judgement_says_how_strong_relevant_and_sound_and_why(study: Study, coding: Coding) -> None:
    judged = study.judge(coding.id, "refutes", strength=4, relevance=5, rigour=2, rationale="Set med egne øjne.")
    assert (judged.stance, judged.strength, judged.relevance, judged.rigour) == ("refutes", 4, 5, 2)
    assert (judged.rationale, judged.judge) == ("Set med egne øjne.", "AB")
    quote = only(study.quotes())
    assert (quote.strength, quote.relevance, quote.rigour, quote.rationale) == (4, 5, 2, "Set med egne øjne.")
    assert quote.judgement_id == judged.judgement_id
    assert study.check() == []


def test_what_a_judge_does_not_say_again_stays_and_zero_takes_a_rating_away(study: Study, coding: Coding) -> None:
    study.judge(coding.id, "supports", strength=4, rationale="Klart.")
    assert study.set_stance(coding.id, "refines").strength == 4
    judged = study.judge(coding.id, "refines", strength=0, rigour=3)
    assert (judged.strength, judged.rigour, judged.rationale) == (None, 3, "Klart.")
    acts = study.info().acts
    study.judge(coding.id, "refines", rigour=3)
    assert study.info().acts == acts


@pytest.mark.parametrize("wrong", [{"strength": 6}, {"relevance": -1}, {"rigour": 99}])
def test_a_rating_outside_one_to_five_is_refused(study: Study, coding: Coding, wrong: dict[str, int]) -> None:
    with pytest.raises(InputError, match="it is rated from 1 to 5"):
        study.judge(coding.id, "supports", **wrong)


def test_the_judgements_of_two_judges_are_kept_apart(study: Study, coding: Coding) -> None:
    other = as_coder(study, "CD")
    other.judge(coding.id, "refutes", strength=1)
    study.judge(coding.id, "supports", strength=5)
    assert study.info().counts["judgements"] == 2
    assert [(quote.judge, quote.stance, quote.strength) for quote in study.quotes()] == [
        ("AB", "supports", 5),
        ("CD", "refutes", 1),
    ]
    other.set_stance(coding.id, None)
    assert only(study.quotes()).judge == "AB"


def test_stale_is_what_was_judged_against_an_older_wording(study: Study, coding: Coding) -> None:
    study.judge(coding.id, "supports", strength=4, rationale="Klart.")
    as_coder(study, "CD").set_stance(coding.id, "refutes")
    code(study, "leder", "Folk gik ned", "#2 M", "supports")
    assert study.stale_judgements() == []
    reword(study)
    first, second = study.stale_judgements()
    assert (first.judge, first.stance, first.strength, first.rationale) == ("AB", "supports", 4, "Klart.")
    assert (first.point, first.code, first.judged_version, first.version) == ("#1", "#1 M", 1, 2)
    assert (first.was["M"], first.now["M"]) == ("Kolleger går derned sammen.", "Nogen går først.")
    assert first.was["C"] == first.now["C"]
    assert (first.quote, first.source, first.start) == ("Køen var lang", "leder", coding.start)
    assert second.judge == "CD"
    assert [stale.judge for stale in study.stale_judgements("cd")] == ["CD"]
    with pytest.raises(UnknownName, match="There is no judge 'EF'"):
        study.stale_judgements("EF")


def test_judging_again_settles_the_queue_for_that_judge_alone(study: Study, coding: Coding) -> None:
    as_coder(study, "CD").set_stance(coding.id, "refutes")
    study.judge(coding.id, "supports", strength=4)
    reword(study)
    judged = study.set_stance(coding.id, "refutes")
    assert (judged.stance, judged.strength, judged.stale) == ("refutes", None, False)
    assert [stale.judge for stale in study.stale_judgements()] == ["CD"]
    assert study.info().counts["judgements"] == 3
    assert study.check() == []


def test_relevance_and_rigour_stay_when_a_passage_is_judged_anew_and_strength_and_reason_do_not(
    study: Study, coding: Coding
) -> None:
    study.judge(coding.id, "supports", strength=4, relevance=5, rigour=2, rationale="Klart.")
    reword(study)
    judged = study.judge(coding.id, "refutes", rigour=3)
    assert (judged.strength, judged.relevance, judged.rigour, judged.rationale) == (None, 5, 3, "")
    assert as_coder(study, "CD").set_stance(coding.id, "supports").relevance is None
    study.undo()
    study.undo()
    assert study.judge(coding.id, "refutes", relevance=0).relevance is None


def test_confirming_takes_the_same_judgement_against_the_new_wording(study: Study, coding: Coding) -> None:
    study.judge(coding.id, "supports", strength=4, rationale="Klart.")
    reword(study)
    confirmed = study.confirm(coding.id)
    assert (confirmed.stance, confirmed.strength, confirmed.rationale, confirmed.stale) == (
        "supports",
        4,
        "Klart.",
        False,
    )
    assert study.stale_judgements() == []
    assert study.info().counts["judgements"] == 2
    acts = study.info().acts
    study.confirm(coding.id)
    assert study.info().acts == acts
    study.undo()
    assert only(study.stale_judgements()).stance == "supports"  # type: ignore[arg-type]
    with pytest.raises(InputError, match="CD has not judged this coding"):
        as_coder(study, "CD").confirm(coding.id)


def test_taking_back_a_stale_judgement_keeps_it_as_history(study: Study, coding: Coding) -> None:
    reword(study)
    assert study.set_stance(coding.id, None).stance is None
    assert (study.stale_judgements(), study.info().counts["judgements"]) == ([], 1)


def test_a_second_judge_agrees_or_dissents(study: Study, coding: Coding) -> None:
    other = as_coder(study, "CD")
    assert coding.judgement_id is not None
    made = other.review(coding.judgement_id, False, "Det er køen, ikke bøgerne.")
    assert (made.judge, made.stance, made.reviewer, made.agrees) == ("AB", "supports", "CD", False)
    assert (made.note, made.code, made.quote, made.is_outdated) == (
        "Det er køen, ikke bøgerne.",
        "#1 M",
        "Køen var lang",
        False,
    )
    assert other.review(coding.judgement_id, True).agrees is True
    assert (len(study.reviews()), study.reviews(dissents=True)) == (1, [])
    assert study.log(1)[0].summary == "agree with AB: supports, #1 M on “Køen var lang”"
    other.remove_review(coding.judgement_id)
    assert study.reviews() == []
    with pytest.raises(UnknownName, match="CD has not reviewed judgement"):
        other.remove_review(coding.judgement_id)
    assert study.check() == []


def test_a_review_is_outdated_when_the_judgement_has_changed_since(study: Study, coding: Coding) -> None:
    assert coding.judgement_id is not None
    other = as_coder(study, "CD")
    other.review(coding.judgement_id, False, "Nej.")
    study.set_stance(coding.id, "refutes")
    assert [review.is_outdated for review in study.reviews()] == [True]
    other.review(coding.judgement_id, True)
    assert [review.is_outdated for review in study.reviews()] == [False]


def test_a_review_is_of_anothers_judgement_that_counts(study: Study, coding: Coding) -> None:
    assert coding.judgement_id is not None
    with pytest.raises(InputError, match="this judgement is your own"):
        study.review(coding.judgement_id, True)
    with pytest.raises(UnknownName, match="There is no judgement 99"):
        study.review(99, True)
    reword(study)
    study.set_stance(coding.id, "refutes")
    with pytest.raises(InputError, match="counts no more"):
        as_coder(study, "CD").review(coding.judgement_id, True)


def test_a_judgement_that_goes_takes_its_reviews_along(study: Study, coding: Coding) -> None:
    assert coding.judgement_id is not None
    as_coder(study, "CD").review(coding.judgement_id, True)
    study.remove_coding(coding.id)
    assert study.log(1)[0].summary == "remove #1 M from “Køen var lang” with 1 judgement, 1 review"
    assert study.reviews() == []
    study.undo()
    study.set_stance(coding.id, None)
    assert study.reviews() == []
    study.undo()
    assert len(study.reviews()) == 1
    assert study.check() == []


def test_judges_are_compared_on_what_both_judged_of_one_wording(study: Study, coding: Coding) -> None:
    other = as_coder(study, "CD")
    own = code(other, "leder", "Køen var lang", "#1 M", "refutes")
    shared = code(study, "leder", "Folk gik ned", "#2 M", "supports")
    other.set_stance(shared.id, "supports")
    code(study, "leder", "Ingen blev sure", "#2 M", "supports")
    pair = study.judge_pairs()[0]
    assert (pair.first, pair.second, pair.passages, pair.alike) == ("AB", "CD", 2, 1)
    assert pair.stances == {("supports", "refutes"): 1, ("supports", "supports"): 1}
    found = study.disagreements()[0]
    assert (found.quote, found.code, found.point) == ("Køen var lang", "#1 M", "#1")
    assert (found.first_judge, found.first_stance) == ("AB", "supports")
    assert (found.second_judge, found.second_stance) == ("CD", "refutes")
    assert found.second_judgement_id == own.judgement_id
    reword(study)
    study.set_stance(coding.id, "refutes")
    assert (study.disagreements(), study.judge_pairs()[0].passages) == ([], 1)


def test_many_codings_are_judged_in_one_act(study: Study, coding: Coding) -> None:
    other = code(study, "leder", "Folk gik ned", "#2 M")
    judged = study.judge_many([coding.id, other.id], "rival", strength=2)
    assert [(each.stance, each.strength) for each in judged] == [("rival", 2)] * 2
    assert study.log(1)[0].summary == "rival: 2 codings"
    study.undo()
    assert [each.stance for each in study.codings("leder")] == [None, "supports"]
