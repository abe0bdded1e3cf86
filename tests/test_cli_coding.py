"""The commands that code, judge, keep the codebook and write memos: each by its effect on the study."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builders import THEORY, code, span, table
from command_line import Answer, call, head

import cmo
from cmo.study import Study


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(full_file, tmp_path))


def as_ab(study: Path) -> Study:
    return cmo.open_study(study, coder="AB")


def done(*words: str | Path, coder: str = "AB") -> Answer:
    answer = call(*words, CMO_CODER=coder)
    assert answer.code == 0, answer.err
    return answer


def test_a_passage_is_coded_by_its_words_or_its_place(study: Path) -> None:
    answer = done("codings", "add", study, "leder", "#1 M", "--words", "Køen var lang", "--stance", "refutes")
    assert answer.words == "Code #1 M, refutes, on “Køen var lang” in 'leder'."
    with as_ab(study) as opened:
        start, end = span(opened, "leder", "Folk gik ned")
    answer = done("codings", "add", study, "leder", "#1", "--at", str(start), str(end), "--undecided", "CM", "--json")
    assert (answer.json["quote"], answer.json["undecided"]) == ("Folk gik ned", "CM")
    assert "coding 2 · #1: C or M · leder" in done("codings", "undecided", study).words
    assert done("codings", "decide", study, "2", "m").words == "Decide for #1 M: “Folk gik ned”."
    assert done("codings", "undecided", study).words == "Every coding is decided."


@pytest.mark.parametrize(
    ("words", "code_of_exit"),
    [(["--words", "I:"], 4), (["--words", "bussen kørte"], 4), ([], 2), (["--words", "Køen", "--at", "1", "2"], 2)],
)
def test_a_passage_that_is_not_sure_is_not_coded(study: Path, words: list[str], code_of_exit: int) -> None:
    before = head(study)
    assert call("codings", "add", study, "leder", "#1 M", *words).code == code_of_exit
    assert head(study) == before


def test_codings_are_recoded_resized_split_merged_chosen_and_removed(study: Path) -> None:
    with as_ab(study) as opened:
        start, end = span(opened, "leder", "Køen var lang om mandagen. Ingen blev sure")
        code(opened, "leder", "Køen var lang", "#1 M", "supports")
    assert done("codings", "recode", study, "1", "#2 M", "--preview").words.endswith("Nothing was changed.")
    assert "1 judgement of the other point kept as history" in done("codings", "recode", study, "1", "#2 M").words
    done("codings", "resize", study, "1", str(start), str(end))
    done("codings", "split", study, "1", str(start + 26))
    with as_ab(study) as opened:
        assert [coding.quote for coding in opened.codings("leder")] == ["Køen var lang om mandagen.", "Ingen blev sure"]
    assert done("codings", "merge", study, "1,2").words.startswith("Merge 2 codings of #2 M")
    assert done("codings", "best", study, "1").words.startswith("Best quote: #2 M")
    assert "best quote · coding 1" in done("quotes", study).words
    assert done("codings", "best", study, "1").words == "Nothing changed."
    done("codings", "best", study, "1", "--take-back")
    assert "codings 1 → (nothing)" in done("codings", "remove", study, "1", "--dry-run").words
    done("codings", "remove", study, "1")
    with as_ab(study) as opened:
        assert opened.codings("leder") == []
    assert call("codings", "merge", study, "1;2").code == 2


def test_a_judgement_is_made_confirmed_and_taken_back(study: Path) -> None:
    with as_ab(study) as opened:
        for words in ("Køen var lang", "Folk gik ned"):
            code(opened, "leder", words, "#1 M")
    done("judge", study, "1", "refutes", "--strength", "4", "--rationale", "Set før.")
    assert done("judge", study, "1,2", "supports", "--json").json[1]["stance"] == "supports"
    quotes = done("quotes", study, "--point", "1").words
    assert "#1 M: supports, strength 4 " in quotes
    assert "Because: Set før." in quotes
    assert done("stale", study).words == "No judgement is stale."
    reworded = [row if row[0] != "#1" else [*row[:2], "Nogen går først.", row[3]] for row in THEORY]
    done("theory", study, table(study.parent / "theory.csv", reworded))
    waiting = done("stale", study).words
    assert "M was “Kolleger går derned sammen.” (version 1) M is “Nogen går først.” (version 2)" in waiting
    assert "2 judgements to look at again" in waiting
    assert done("judge", study, "1", "--confirm").words == "Still supports: #1 M on “Køen var lang”."
    done("judge", study, "2", "--take-back")
    assert done("stale", study, "--json").json == []
    assert call("judge", study, "1").code == call("judge", study, "1,2", "--confirm").code == 2


def test_a_second_judge_is_heard(study: Path) -> None:
    with as_ab(study) as opened:
        coding = code(opened, "leder", "Køen var lang", "#1 M", "supports")
        number = str(coding.judgement_id)
    said = done("reviews", study, number, "--dissent", "--note", "Kun mandag.", coder="CD")
    assert said.words == "Dissent from AB: supports, #1 M on “Køen var lang”."
    done("judge", study, "1", "refutes", coder="CD")
    heard = done("reviews", study).words
    assert "judgement 1 · #1 M: AB says supports, CD dissents · leder" in heard
    assert "CD: Kun mandag." in heard
    assert "#1 M: AB says supports, CD refutes · leder" in heard
    assert heard.endswith("AB CD 1 0 1 review: 0 agree, 1 dissent.")
    found = done("reviews", study, "--json").json
    assert found["judges"] == [{"first": "AB", "second": "CD", "passages": 1, "alike": 0}]
    done("reviews", study, number, "--take-back", coder="CD")
    assert done("reviews", study, "--json").json["reviews"] == []
    assert call("reviews", study, "--agree").code == call("reviews", study, number).code == 2


def test_the_codebook_is_changed_and_each_change_can_be_seen_first(study: Path) -> None:
    for name, under in (("Pauser", None), ("Korte pauser", "Pauser"), ("Kø", None)):
        done("codes", study, "--new", name, *(["--parent", under] if under else []))
    with as_ab(study) as opened:
        ids = [code(opened, "leder", words, "Kø").id for words in ("Køen", "Folk gik ned")]
    assert done("codes", "rename", study, "Kø", "Køer").words == "Rename code 'Kø' to 'Køer'."
    done("codes", "define", study, "Køer", "Folk venter.")
    done("codes", "move", study, "Køer", "--under", "Pauser", "--place", "1")
    listed = [found["name"] for found in done("codes", study, "--json").json if found["point"] is None]
    assert listed == ["Pauser", "Køer", "Korte pauser"]
    done("codes", "split", study, "Køer", "--into", f"Lange køer={ids[0]}")
    before = head(study)
    assert "code 'Køer': codings 1 → 2" in done("codes", "merge", study, "Køer", "Lange køer", "--preview").words
    assert head(study) == before
    assert "1 coding moved" in done("codes", "merge", study, "Køer", "Lange køer").words
    refused = call("codes", "remove", study, "Køer")
    assert (refused.code, "'Køer' has 2 codings" in refused.err) == (4, True)
    done("codes", "remove", study, "Køer", "--with-codings")
    assert call("codes", "rename", study, "#1 M", "Andet").code == 4
    assert call("codes", "split", study, "Pauser", "--into", "uden tal").code == 2
    with as_ab(study) as opened:
        assert opened.codings("leder") == []
        assert opened.check() == []


def test_memos_are_written_listed_changed_and_taken_away(study: Path) -> None:
    assert done("memo", study, "Om kilden.", "--source", "leder").words == "Memo on source leder: “Om kilden.”."
    done("memo", study, "Om punktet.", "--point", "2")
    assert [memo["body"] for memo in done("memo", study, "--json").json] == ["Om kilden.", "Om punktet."]
    assert "memo 2 · point #2 · AB" in done("memo", study, "--point", "#2").words
    done("memo", study, "Andre ord.", "--edit", "2")
    done("memo", study, "--remove", "1")
    listed = done("memo", study).words
    assert "Andre ord." in listed
    assert listed.endswith("1 memo.")
    for wrong in (["--edit", "2"], ["x", "--remove", "2"], ["--edit", "2", "--remove", "2"]):
        assert call("memo", study, *wrong).code == 2


def test_a_change_can_be_seen_first_where_a_preview_would_show_it(study: Path) -> None:
    with as_ab(study) as opened:
        code(opened, "leder", "Køen var lang", "#1 M", "supports")
        opened.new_code("Latter")
    before = head(study)
    for option in ("--preview", "--dry-run"):
        told = done("codes", "define", study, "Latter", "Når nogen ler", option).words
        assert told == "code 'Latter': definition Når nogen ler 1 value would change. Nothing was changed."
    assert call("codings", "best", study, "1", "--preview").code == 2
    assert head(study) == before
