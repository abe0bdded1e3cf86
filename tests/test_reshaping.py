"""Codings changed after they were made: recoded, resized, split, merged, decided, taken away; nothing said is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import code, copied, only, span

from cmo.study import Study
from store import schema
from store.errors import BadPosition, InputError, UnknownName

QUEUE = "Køen var lang om mandagen. Ingen blev sure 😀."


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Study:
    return copied(full_file, tmp_path)


def as_coder(study: Study, name: str) -> Study:
    return Study(study.file, name)


def words_of(study: Study) -> str:
    """What the newest act says of itself."""
    return study.log(1)[0].summary


def put_in_use(study: Study, coding_id: int) -> None:
    """Let a configuration, a decision and a case summary rest on a coding."""
    made = study.new_configuration()
    study.add_part(made.number, coding=coding_id)
    study.refine_point("#2", {"M": "Nogen siger ja."}, why="Det siger de.", evidence=[coding_id])
    study.set_summary("Værftet", "Kø.", quotes=[coding_id])


def rows(study: Study, table: str) -> list[dict[str, object]]:
    with study.file.read() as conn:
        return [dict(row._mapping) for row in conn.execute(schema.metadata.tables[table].select())]


def test_recoding_within_a_point_keeps_judgement_and_memo(study: Study) -> None:
    coding = code(study, "leder", QUEUE, "#1 M", "refutes", "Set før.")
    recoded = study.recode(coding.id, "#1 c")
    assert (recoded.id, recoded.code, recoded.stance, recoded.memo) == (coding.id, "#1 C", "refutes", "Set før.")
    assert words_of(study) == "recode #1 M on “Køen var lang om mandagen. Ingen blev s…” to #1 C"
    study.undo()
    assert study.codings("leder") == [coding]


def test_recoding_to_another_point_keeps_judgements_as_history_and_says_so(study: Study) -> None:
    coding = code(study, "leder", QUEUE, "#1 M", "refutes")
    as_coder(study, "CD").set_stance(coding.id, "supports")
    recoded = study.recode(coding.id, "#2 M")
    assert (recoded.code, recoded.stance) == ("#2 M", None)
    assert words_of(study).endswith(" to #2 M; 2 judgements of the other point kept as history")
    assert study.info().counts["judgements"] == 2
    assert only(study.quotes()).stance is None
    assert study.recode(coding.id, "#1 M").stance is None
    assert study.set_stance(coding.id, "rival").stance == "rival"
    assert study.info().counts["judgements"] == 2
    assert study.check() == []


def test_recoding_onto_the_same_code_makes_one_coding_of_two(study: Study) -> None:
    first = code(study, "leder", QUEUE, "#1 M", "refutes", "Første.")
    second = code(study, "leder", QUEUE, "#1 C", None, "Anden.")
    study.judge(first.id, "refutes", strength=2, rationale="Fordi.")
    recoded = study.recode(second.id, "#1 M")
    assert study.codings("leder") == [recoded]
    assert (recoded.stance, recoded.strength, recoded.rationale) == ("refutes", 2, "Fordi.")
    assert recoded.memo == "Anden.\n\nFørste."
    assert study.check() == []


def test_codings_that_a_judge_holds_differently_do_not_become_one(study: Study) -> None:
    first, second = code(study, "leder", QUEUE, "#1 M", "refutes"), code(study, "leder", QUEUE, "#1 C", "supports")
    state = study.info().state
    with pytest.raises(InputError, match="AB judged that one supports and the other refutes"):
        study.recode(second.id, "#1 M")
    assert study.info().state == state
    assert {coding.id for coding in study.codings("leder")} == {first.id, second.id}


def test_several_codings_are_recoded_in_one_act_also_where_they_become_one(study: Study) -> None:
    ids = [code(study, "leder", QUEUE, name).id for name in ("#1 M", "#1 C", "#1 O")]
    ids.append(code(study, "leder", "Folk gik ned", "#1 C").id)
    assert [coding.code for coding in study.recode_many(ids, "#1 O")] == ["#1 O", "#1 O"]
    assert words_of(study) == "recode 4 codings to #1 O"
    study.undo()
    assert len(study.codings("leder")) == 4
    with pytest.raises(InputError, match="No coding is named"):
        study.recode_many([], "#1 O")


def test_an_undecided_coding_is_found_again_and_decided(study: Study) -> None:
    start, end = span(study, "leder", QUEUE)
    coding = study.code_point("leder", start, end, "#1", None, undecided="m/c", stance="supports")
    assert (coding.code, coding.undecided) == ("#1", "CM")
    assert words_of(study).startswith("code #1, C?, M?, supports, on “Køen var lang")
    code(study, "ansat", "En fast tid", "#1")
    assert [found.id for found in study.undecided_codings()] == [coding.id]
    assert only(study.quotes(source="leder")).undecided == "CM"
    decided = study.decide(coding.id, "m")
    assert (decided.id, decided.code, decided.undecided, decided.stance) == (coding.id, "#1 M", None, "supports")
    assert study.undecided_codings() == []
    with pytest.raises(InputError, match="The coding #1 M is not undecided"):
        study.decide(coding.id, "C")
    assert study.recode(coding.id, "#1", undecided="MO").undecided == "MO"
    assert study.check() == []


@pytest.mark.parametrize(("name", "letters"), [("#1 M", "CM"), ("Pauser", "CM"), ("#1", "C"), ("#1", "CX"), ("#1", "")])
def test_only_a_whole_point_is_undecided_between_elements_of_its_theory(study: Study, name: str, letters: str) -> None:
    study.new_code("Pauser")
    start, end = span(study, "leder", QUEUE)
    with pytest.raises(InputError):
        study.code("leder", start, end, name, undecided=letters)
    assert study.codings("leder") == []


def test_deciding_for_what_is_no_element_is_refused(study: Study) -> None:
    start, end = span(study, "leder", QUEUE)
    coding = study.code_point("leder", start, end, "#1", None, undecided="CM")
    with pytest.raises(InputError, match="'X' is no element"):
        study.decide(coding.id, "X")


def test_resizing_moves_one_coding_and_leaves_the_others(study: Study) -> None:
    first, other = (
        code(study, "leder", "Køen var lang", "#1 M", "refutes", "Memo."),
        code(study, "leder", "Køen var lang", "#2 M"),
    )
    start, end = span(study, "leder", QUEUE)
    resized = study.resize(first.id, start, end)
    assert (resized.id, resized.quote, resized.stance, resized.memo) == (first.id, QUEUE, "refutes", "Memo.")
    assert study.codings("leder") == [other, resized]
    study.resize(other.id, start, end)
    assert study.info().counts["excerpts"] == 1
    with pytest.raises(BadPosition):
        study.resize(other.id, 5, 5)
    assert study.check() == []


def test_a_resized_coding_keeps_the_case_that_its_passage_is_bound_to(study: Study) -> None:
    coding = code(study, "leder", "Køen var lang", "#1 M")
    with study.file.act("AB", "bind") as work:
        work.update(schema.excerpts, coding.excerpt_id, case_id=2)
    resized = study.resize(coding.id, *span(study, "leder", QUEUE))
    assert only(study.quotes()).case == "Ældrecentret"
    code(study, "leder", "Ingen blev sure", "#1 M")
    with pytest.raises(InputError, match="bound to another case"):
        study.resize(resized.id, *span(study, "leder", "Ingen blev sure"))


def test_a_coding_is_split_at_a_place_and_only_its_first_part_is_judged(study: Study) -> None:
    coding = code(study, "leder", QUEUE, "#1 M", "refutes", "Memo.")
    first, second = study.split_coding(coding.id, study.transcript("leder").text.index(" Ingen"))
    assert (first.id, first.quote, first.stance, first.memo) == (
        coding.id,
        "Køen var lang om mandagen.",
        "refutes",
        "Memo.",
    )
    assert (second.quote, second.code, second.coder) == ("Ingen blev sure 😀.", "#1 M", "AB")
    assert (second.stance, second.memo) == (None, "")
    assert words_of(study).endswith("; the second part is not judged yet")
    assert study.info().counts["excerpts"] == 2
    for place in (coding.start, coding.end, first.end + 99, 0):
        with pytest.raises(BadPosition):
            study.split_coding(first.id, place)
    merged = study.merge_codings([second.id, first.id])
    assert (merged.quote, merged.stance, merged.memo) == (QUEUE, "refutes", "Memo.")
    assert words_of(study).startswith("merge 2 codings of #1 M into “Køen")
    assert study.check() == []


def test_merging_joins_what_was_said_of_each(study: Study) -> None:
    first = code(study, "leder", "Køen var lang om mandagen", "#1 M", "refutes", "Første.")
    second = code(study, "leder", "mandagen. Ingen blev sure 😀.", "#1 M", None, "Anden.")
    other = as_coder(study, "CD")
    other.set_stance(second.id, "supports")
    study.set_best(second.id)
    merged = study.merge_codings([first.id, second.id])
    assert (merged.quote, merged.memo, merged.stance, merged.is_best) == (QUEUE, "Første.\n\nAnden.", "refutes", True)
    assert other.codings("leder")[0].stance == "supports"
    assert study.info().counts == study.info().counts | {"codings": 1, "excerpts": 1, "memos": 1, "judgements": 2}
    assert study.check() == []


def test_two_ratings_of_one_judge_are_both_kept_when_codings_become_one(study: Study) -> None:
    first, second = code(study, "leder", "Køen var lang", "#1 M"), code(study, "leder", "lang om mandagen", "#1 M")
    study.judge(first.id, "supports", strength=2, rationale="Én.")
    study.judge(second.id, "supports", strength=5, rigour=4, rationale="To.")
    assert second.id != first.id
    merged = study.merge_codings([first.id, second.id])
    assert (merged.strength, merged.rigour, merged.rationale) == (2, 4, "Én.\n\n(strength 5) To.")


def test_only_codings_that_are_alike_and_touch_are_merged(study: Study) -> None:
    coding = code(study, "leder", "Køen var lang", "#1 M", "supports")
    apart = code(study, "leder", "Folk gik ned", "#1 M")
    elsewhere = code(study, "ansat", "En fast tid", "#1 M")
    another = code(study, "leder", "Køen var", "#2 M")
    theirs = code(as_coder(study, "CD"), "leder", "Køen", "#1 M")
    against = code(study, "leder", "var lang om mandagen", "#1 M", "refutes")
    for other, words in (
        (apart, "There is text between"),
        (elsewhere, "not of one text"),
        (another, "not of one code"),
        (theirs, "not of one coder"),
        (against, "cannot become one: AB judged that one supports and the other refutes"),
        (coding, "Two codings or more"),
    ):
        with pytest.raises(InputError, match=words):
            study.merge_codings([coding.id, other.id])
    with pytest.raises(UnknownName):
        study.merge_codings([coding.id, 999])


def test_a_passage_is_given_several_codes_in_one_act(study: Study) -> None:
    start, end = span(study, "leder", QUEUE)
    made = study.code_many("leder", start, end, ["#1 M", "#2 C", "#1 m"])
    assert [coding.code for coding in made] == ["#1 M", "#2 C"]
    assert words_of(study).startswith("code #1 M, #2 C on “Køen")
    study.undo()
    assert study.codings("leder") == []
    with pytest.raises(InputError):
        study.code_many("leder", start, end, [])


def test_a_best_quote_is_chosen_by_a_person(study: Study) -> None:
    coding = code(study, "leder", QUEUE, "#1 M")
    assert only(study.quotes()).is_best is False
    assert study.set_best(coding.id).is_best is True
    assert only(study.quotes()).is_best is True
    assert study.set_best(coding.id, False).is_best is False
    acts = study.info().acts
    study.set_best(coding.id, False)
    assert study.info().acts == acts


def test_what_rests_on_a_coding_keeps_its_words_when_the_coding_goes(study: Study) -> None:
    coding = code(study, "leder", "Køen var lang", "#1 M", "supports", "Memo.")
    put_in_use(study, coding.id)
    other = code(study, "leder", "Folk gik ned", "#1 M")
    study.remove_codings([coding.id, other.id])
    assert words_of(study) == (
        "remove 2 codings with 1 judgement, 1 memo; the words stay in configuration 1, 1 decision; "
        "taken out of 1 summary"
    )
    part, evidence = rows(study, "configuration_parts")[0], rows(study, "decision_evidence")[0]
    assert (part["coding_id"], part["wording"], part["is_stated"]) == (None, "Køen var lang", False)
    assert (evidence["coding_id"], evidence["quote"]) == (None, "Køen var lang")
    assert rows(study, "summary_quotes") == []
    assert rows(study, "summaries")[0]["body"] == "Kø."
    study.undo()
    assert len(study.codings("leder")) == 2
    assert study.check() == []


def test_what_rests_on_a_coding_follows_it_when_it_becomes_one_with_another(study: Study) -> None:
    kept, gone = code(study, "leder", "Køen var lang", "#1 M"), code(study, "leder", "lang om mandagen", "#1 M")
    put_in_use(study, gone.id)
    merged = study.merge_codings([kept.id, gone.id])
    tables = ("configuration_parts", "decision_evidence", "summary_quotes")
    assert [rows(study, table)[0]["coding_id"] for table in tables] == [merged.id] * 3
    assert study.check() == []
