"""Coding by the program: passages, codes, stances, memos, several coders, and taking it all back."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import LEADER, THEORY, code, copied, only, span, table
from store_samples import steps_taken

import cmo
from cmo.study import Study
from codebook.codings import codes_used_last
from store.errors import BadPosition, InputError, NameTaken, UnknownName


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Study:
    return copied(full_file, tmp_path)


def as_coder(study: Study, name: str) -> Study:
    return cmo.open_study(study.path, coder=name)


def test_a_coding_carries_the_words_at_its_place(study: Study) -> None:
    start, end = span(study, "leder", "Ingen blev sure 😀.")
    coding = study.code("leder.txt", start, end, "#1 m", stance="supports", memo="Spontant.")
    assert (coding.start, coding.end, coding.quote) == (start, end, "Ingen blev sure 😀.")
    assert (coding.code, coding.point, coding.element, coding.coder) == ("#1 M", "#1", "M", "AB")
    assert (coding.stance, coding.judge, coding.stale, coding.memo) == ("supports", "AB", False, "Spontant.")
    assert study.codings("leder") == [coding]
    assert study.source("leder").codings == 1


def test_a_point_is_named_in_any_spelling(study: Study) -> None:
    start, end = span(study, "leder", "Køen")
    assert study.code_point("leder", start, end, "pt 1", "O").code == "#1 O"
    assert study.code_point("leder", start, end, "#1", None).code == "#1"
    assert study.code_point("leder", start, end, "h", "c").code == "H C"


def test_a_passage_may_carry_several_codes_and_passages_may_overlap(study: Study) -> None:
    for name in ("#1 M", "#2 O", "#1 C"):
        code(study, "leder", "Køen var lang om mandagen", name, "supports")
    code(study, "leder", "lang om mandagen. Ingen blev sure", "#1 M", "refutes")
    assert [(coding.quote[:8], coding.code) for coding in study.codings("leder")] == [
        ("Køen var", "#1 M"),
        ("Køen var", "#2 O"),
        ("Køen var", "#1 C"),
        ("lang om ", "#1 M"),
    ]
    counts = study.info().counts
    assert (counts["excerpts"], counts["codings"], counts["judgements"]) == (2, 4, 4)
    assert study.matrix().row_totals["#1"].total.excerpts == 2
    assert study.check() == []


def test_the_same_code_on_the_same_passage_is_the_same_coding(study: Study) -> None:
    first = code(study, "leder", "Køen", "#1 M")
    acts = study.info().acts
    assert code(study, "leder", "Køen", "#1 M").id == first.id
    assert study.info().acts == acts
    judged = code(study, "leder", "Køen", "#1 M", "refines", "nu med memo")
    assert (judged.id, judged.stance, judged.memo) == (first.id, "refines", "nu med memo")
    assert study.info().acts == acts + 1


def test_a_coding_comes_and_goes_with_undo_and_redo(study: Study) -> None:
    coding = code(study, "leder", "Køen", "#1 M", "supports", "memo")
    assert [entry.act for entry in study.undo()] == ["code"]
    assert study.codings("leder") == []
    assert study.info().counts["excerpts"] == 0
    study.redo()
    assert study.codings("leder") == [coding]
    study.remove_coding(coding.id)
    assert study.info().counts["memos"] == study.info().counts["judgements"] == 0
    study.undo()
    assert study.codings("leder") == [coding]
    assert study.check() == []


def test_an_excerpt_goes_with_its_last_coding(study: Study) -> None:
    first, second = code(study, "leder", "Køen", "#1 M"), code(study, "leder", "Køen", "#1 C")
    study.remove_coding(first.id)
    assert study.info().counts["excerpts"] == 1
    study.remove_coding(second.id)
    assert study.info().counts["excerpts"] == 0


def test_a_stance_is_changed_and_taken_away(study: Study) -> None:
    coding = code(study, "leder", "Køen", "#1 M", "supports")
    assert study.set_stance(coding.id, "rival").stance == "rival"
    assert study.set_stance(coding.id, None).stance is None
    assert study.info().counts["judgements"] == 0
    acts = study.info().acts
    study.set_stance(coding.id, None)
    assert study.info().acts == acts


def test_a_memo_is_written_changed_and_taken_away(study: Study) -> None:
    coding = code(study, "leder", "Køen", "#1 M")
    assert study.set_memo(coding.id, "æøå\n😀").memo == "æøå\n😀"
    assert study.set_memo(coding.id, "andet").memo == "andet"
    assert study.set_memo(coding.id, "  ").memo == ""
    assert study.info().counts["memos"] == 0


def test_two_coders_code_the_same_passage_apart(study: Study) -> None:
    code(study, "leder", "Køen", "#1 M", "supports")
    with as_coder(study, "CD") as other:
        code(other, "leder", "Køen", "#1 M", "refutes")
    assert [(quote.coder, quote.judge, quote.stance) for quote in study.quotes()] == [
        ("AB", "AB", "supports"),
        ("CD", "CD", "refutes"),
    ]
    counts = study.info().counts
    assert (counts["excerpts"], counts["codings"]) == (1, 2)


def test_a_second_coder_judges_anothers_coding_and_each_sees_their_own_stance(study: Study) -> None:
    coding = code(study, "leder", "Køen", "#1 M", "supports")
    with as_coder(study, "CD") as other:
        assert other.codings("leder")[0].judge == "AB"
        seen = other.set_stance(coding.id, "refutes")
        assert (seen.stance, seen.judge, seen.coder) == ("refutes", "CD", "AB")
        assert other.codings("leder")[0].stance == "refutes"
    assert study.codings("leder")[0].stance == "supports"
    assert [(quote.judge, quote.stance) for quote in study.quotes()] == [("AB", "supports"), ("CD", "refutes")]
    assert [quote.stance for quote in study.quotes(judge="cd")] == ["refutes"]
    assert study.matrix("judge", "stance").cell("CD", "refutes").total.rows == 1
    total = study.matrix().grand_total
    assert (total.total.excerpts, total.total.rows) == (1, 2)
    assert study.check() == []


def test_a_coder_is_known_in_any_capitals(study: Study) -> None:
    with as_coder(study, " ab ") as again:
        assert again.coder == "AB"
        code(again, "leder", "Køen", "#1 M")
    assert study.dimension_labels("coder") == ["AB"]


def test_who_codes_is_named_by_the_environment_where_nobody_says(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMO_CODER", " Ida  B ")
    with cmo.open_study(study.path) as opened:
        assert opened.coder == "Ida B"

    def nobody() -> str:
        raise OSError

    monkeypatch.delenv("CMO_CODER")
    monkeypatch.setattr("getpass.getuser", nobody)
    with cmo.open_study(study.path) as opened:
        assert opened.coder == "coder"


def test_a_code_outside_the_theory_takes_no_stance(study: Study) -> None:
    study.new_code("Pauser", "Alt om pauser", parent="#1")
    with pytest.raises(InputError, match="this code belongs to none"):
        code(study, "leder", "Køen", "pauser", "supports")
    assert study.codings("leder") == []
    coding = code(study, "leder", "Køen", "Pauser")
    assert (coding.point, coding.stance) == (None, None)
    assert only(study.quotes(code="pauser")).stance is None


def test_a_stance_that_does_not_exist_is_refused_with_those_that_do(study: Study) -> None:
    with pytest.raises(InputError, match=r"'maybe' is not a stance\. Stances are supports, refutes, refines"):
        code(study, "leder", "Køen", "#1 M", "maybe")
    assert study.codings("leder") == []


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4), (0, len(LEADER) + 1), (10**9, 10**9 + 1)])
def test_a_place_outside_the_text_is_refused(study: Study, start: int, end: int) -> None:
    with pytest.raises(BadPosition):
        study.code("leder", start, end, "#1 M")
    assert study.codings("leder") == []


def test_the_whole_text_may_be_coded(study: Study) -> None:
    assert study.code("leder", 0, len(LEADER), "#1 M").quote == LEADER


def test_unknown_names_are_refused_with_the_nearest(study: Study) -> None:
    with pytest.raises(UnknownName, match=r"There is no code '#1M'\. Did you mean '#1' or '#1 M'"):
        study.code("leder", 0, 4, "#1M")
    with pytest.raises(UnknownName, match=r"There is no source 'lederen'\. Did you mean 'leder'"):
        study.code("lederen", 0, 4, "#1 M")
    with pytest.raises(UnknownName, match="There is no code '999'"):
        study.code("leder", 0, 4, 999)
    with pytest.raises(UnknownName, match="There is no source number 999"):
        study.code(999, 0, 4, "#1 M")
    with pytest.raises(UnknownName, match="There is no source number 999"):
        study.transcript(999)


def test_a_coding_that_is_gone_is_told(study: Study) -> None:
    coding = code(study, "leder", "Køen", "#1 M")
    study.remove_coding(coding.id)
    for act in (
        lambda: study.set_stance(coding.id, "supports"),
        lambda: study.set_memo(coding.id, "x"),
        lambda: study.remove_coding(coding.id),
    ):
        with pytest.raises(UnknownName, match="There is no coding 1 any more"):
            act()


def test_a_code_needs_a_name_of_its_own(study: Study) -> None:
    assert study.new_code("  Nat  vagt ").name == "Nat vagt"
    with pytest.raises(NameTaken):
        study.new_code("nat VAGT")
    with pytest.raises(NameTaken):
        study.new_code("#1 m")
    with pytest.raises(InputError, match="A code needs a name"):
        study.new_code("  ")


def test_words_of_the_journal_say_what_was_coded(study: Study) -> None:
    coding = code(study, "leder", "Køen var lang om mandagen", "#1 M", "supports")
    study.set_stance(coding.id, "refutes")
    study.set_memo(coding.id, "x")
    study.remove_coding(coding.id)
    assert [entry.summary for entry in study.log(4)] == [
        "remove #1 M from “Køen var lang om mandagen” with 1 judgement, 1 memo",
        "memo on #1 M: “Køen var lang om mandagen”",
        "refutes: #1 M on “Køen var lang om mandagen”",
        "code #1 M, supports, on “Køen var lang om mandagen” in 'leder'",
    ]


def test_codings_stand_in_the_order_of_the_text(study: Study) -> None:
    for words in ("Ingen blev sure", "Folk gik ned", "Køen var lang"):
        code(study, "leder", words, "#1 M")
    assert [coding.quote for coding in study.codings("leder")] == ["Folk gik ned", "Køen var lang", "Ingen blev sure"]


def test_quotes_stand_in_the_order_of_theory_case_stance_and_text(study: Study, tmp_path: Path) -> None:
    study.import_theory(table(tmp_path / "t.csv", THEORY))
    for source, words, name, stance in (
        ("leder", "Køen var lang", "#2 M", "refutes"),
        ("leder", "Folk gik ned", "#2 M", "refutes"),
        ("ansat", "En fast tid", "#2 M", "supports"),
        ("leder", "Ingen blev sure", "#2 M", "supports"),
        ("leder", "Køen", "#1 O", None),
    ):
        code(study, source, words, name, stance)
    assert [(quote.point, quote.case, quote.stance, quote.quote) for quote in study.quotes()] == [
        ("#1", "Værftet", None, "Køen"),
        ("#2", "Værftet", "supports", "Ingen blev sure"),
        ("#2", "Værftet", "refutes", "Folk gik ned"),
        ("#2", "Værftet", "refutes", "Køen var lang"),
        ("#2", "Ældrecentret", "supports", "En fast tid"),
    ]


def test_the_codes_used_last_are_looked_for_among_the_codings_of_their_source(study: Study) -> None:
    """A coder who has coded hundreds of thousands of passages elsewhere would else wait for each source that opens."""
    used = [code(study, "leder", "Køen", name).code_id for name in ("#1 M", "#2 O", "#1 C")]
    with as_coder(study, "CD") as other:
        code(other, "leder", "Køen", "H C")
    version = study.source("leder").version_id
    with study.file.read() as conn, steps_taken(conn) as steps:
        assert codes_used_last(conn, version, "AB", 2) == [used[2], used[1]]
    assert [step.split(" USING")[0] for step in steps[:2]] == ["SEARCH excerpts", "SEARCH codings"]
    assert "(excerpt_id=?)" in steps[1]
