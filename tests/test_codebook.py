"""The codebook: codes renamed, defined, moved, merged, split and taken away, and what each would do, said first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import code, copied

from cmo.study import Study
from store import schema
from store.errors import InputError, NameTaken, UnknownName


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Study:
    study = copied(full_file, tmp_path)
    for name, parent in (("Pauser", None), ("Korte pauser", "Pauser"), ("Lange pauser", "Pauser"), ("Kø", None)):
        study.new_code(name, f"Om {name.lower()}.", parent)
    return study


def as_coder(study: Study, name: str) -> Study:
    return Study(study.file, name)


def own(study: Study) -> list[str]:
    """The codes outside the theory, in the order of the frame."""
    return [found.name for found in study.codes() if found.point is None]


def named(study: Study, name: str) -> int:
    return next(found.id for found in study.codes() if found.name == name)


def words_of(study: Study) -> str:
    return study.log(1)[0].summary


def test_a_code_is_renamed_and_defined(study: Study) -> None:
    assert study.rename_code("kø", "  Køer ").name == "Køer"
    assert words_of(study) == "rename code 'Kø' to 'Køer'"
    assert study.rename_code("Køer", "KØER").name == "KØER"
    assert study.define_code("KØER", " Folk venter. ").definition == "Folk venter."
    with pytest.raises(NameTaken):
        study.rename_code("KØER", "pauser")
    with pytest.raises(InputError, match="A code needs a name"):
        study.rename_code("KØER", " ")
    assert study.check() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda study: study.rename_code("#1 M", "Noget andet"),
        lambda study: study.define_code("#1", "Noget andet"),
        lambda study: study.move_code("#1 M", "Pauser"),
        lambda study: study.merge_codes("Pauser", ["#1 M"]),
        lambda study: study.split_code("#1 M", {"Ny": []}),
        lambda study: study.remove_code("#1 M", with_codings=True),
    ],
)
def test_the_codes_of_the_theory_are_as_their_points_are(study: Study, change: Callable[[Study], object]) -> None:
    state = study.info().state
    with pytest.raises(InputError, match=r"'#1( M)?' belongs to the programme theory"):
        change(study)
    assert study.info().state == state


def test_each_code_stands_before_those_below_it(study: Study) -> None:
    study.new_code("Meget korte pauser", parent="Korte pauser")
    assert own(study) == ["Pauser", "Korte pauser", "Meget korte pauser", "Lange pauser", "Kø"]
    study.new_code("Kolleger", parent="#1 M")
    codes = [found.name for found in study.codes()]
    assert codes[codes.index("#1 M") + 1] == "Kolleger"


def test_a_code_is_moved_to_another_place_in_the_tree(study: Study) -> None:
    moved = study.move_code("Lange pauser", "Pauser", 1)
    assert moved.parent_id == named(study, "Pauser")
    assert own(study) == ["Pauser", "Lange pauser", "Korte pauser", "Kø"]
    study.move_code("Korte pauser")
    assert own(study) == ["Pauser", "Lange pauser", "Kø", "Korte pauser"]
    assert words_of(study) == "move code 'Korte pauser' to the top"
    study.move_code("Kø", "Lange pauser")
    assert words_of(study) == "move code 'Kø' under 'Lange pauser'"
    study.move_code("Pauser", None, 99)
    assert own(study) == ["Korte pauser", "Pauser", "Lange pauser", "Kø"]
    for below in ("Kø", "Pauser"):
        with pytest.raises(InputError, match="'Pauser' cannot stand under itself"):
            study.move_code("Pauser", below)
    for _ in range(4):
        study.undo()
    assert own(study) == ["Pauser", "Korte pauser", "Lange pauser", "Kø"]
    assert study.check() == []


def test_codes_are_merged_with_all_that_was_said(study: Study) -> None:
    code(study, "leder", "Køen var lang", "Kø", None, "Første.")
    twin = code(study, "leder", "Køen var lang", "Lange pauser", None, "Anden.")
    code(study, "leder", "Folk gik ned", "Lange pauser")
    code(as_coder(study, "CD"), "leder", "Køen var lang", "Lange pauser")
    study.add_memo("Tænk over det.", code="Lange pauser")
    merged = study.merge_codes("Kø", ["lange pauser", "Pauser"])
    assert (merged.into.name, merged.into.codings, merged.moved, merged.joined) == ("Kø", 3, 2, 1)
    assert words_of(study) == "merge 'Lange pauser', 'Pauser' into 'Kø': 2 codings moved, 1 joined with one there"
    assert own(study) == ["Kø", "Korte pauser"]
    assert next(found for found in study.codes() if found.name == "Korte pauser").parent_id == merged.into.id
    assert [memo.body for memo in study.memos(code="Kø")] == [
        "Tænk over det.",
        "Lange pauser: Om lange pauser.",
        "Pauser: Om pauser.",
    ]
    assert "Første.\n\nAnden." in [coding.memo for coding in study.codings("leder")]
    assert twin.id not in [coding.id for coding in study.codings("leder")]
    assert study.check() == []
    study.undo()
    assert own(study) == ["Pauser", "Korte pauser", "Lange pauser", "Kø"]
    assert len(study.codings("leder")) == 4


def test_a_code_below_one_that_goes_moves_up_and_no_code_stands_under_itself(study: Study) -> None:
    study.merge_codes("Lange pauser", ["Pauser"])
    assert own(study) == ["Lange pauser", "Korte pauser", "Kø"]
    by_name = {found.name: found for found in study.codes()}
    assert by_name["Lange pauser"].parent_id is None
    assert by_name["Korte pauser"].parent_id == by_name["Lange pauser"].id


def test_a_code_may_be_merged_into_one_of_the_theory(study: Study) -> None:
    code(study, "leder", "Køen var lang", "#2 M", "supports")
    coding = code(study, "leder", "Køen var lang", "Kø", None, "Memo.")
    study.recode(coding.id, "#1 M")
    study.set_stance(coding.id, "refutes")
    study.recode(coding.id, "Kø")
    study.merge_codes("#2 M", ["Kø"])
    (merged,) = study.codings("leder")
    assert (merged.code, merged.stance, merged.memo) == ("#2 M", "supports", "Memo.")
    assert study.info().counts["judgements"] == 2
    assert study.check() == []


@pytest.mark.parametrize("others", [[], ["Kø"], ["Pauser", "Kø"]])
def test_a_code_is_merged_into_another_and_not_into_itself(study: Study, others: list[str]) -> None:
    with pytest.raises(InputError, match="A code is merged into another"):
        study.merge_codes("Kø", others)


def test_summaries_and_aims_of_questions_follow_their_code(study: Study) -> None:
    gone, kept = named(study, "Pauser"), named(study, "Kø")
    with study.file.act("AB", "use") as work:
        times = {"coder_id": work.coder_id, "created_at": work.at, "changed_at": work.at}
        for code_id, body in ((kept, "Om kø."), (gone, "Om pauser.")):
            work.insert(schema.summaries, {"case_id": 1, "code_id": code_id, "body": body} | times)
        work.insert(schema.summaries, {"case_id": 2, "code_id": gone, "body": "Kun her."} | times)
        guide = work.insert(schema.guides, {"name": "G", "position": 1})
        words = {"guide_id": guide, "number": "1", "wording": "?", "purpose": "", "position": 1}
        question = work.insert(schema.questions, words)
        for code_id in (gone, kept):
            work.insert(schema.question_aims, {"question_id": question, "code_id": code_id})
    study.merge_codes("Kø", ["Pauser"])
    with study.file.read() as conn:
        found = {row.case_id: (row.code_id, row.body) for row in conn.execute(schema.summaries.select())}
        aims = [row.code_id for row in conn.execute(schema.question_aims.select())]
    assert found == {1: (kept, "Om kø.\n\nOm pauser."), 2: (kept, "Kun her.")}
    assert aims == [kept]
    assert study.check() == []


def test_a_code_is_split_by_naming_codings(study: Study) -> None:
    ids = [code(study, "leder", words, "Lange pauser").id for words in ("Køen", "Folk gik ned", "Ingen blev sure")]
    made = study.split_code("Lange pauser", {"Morgen": ids[:1], "Aften": [ids[2]]})
    assert [(new.name, new.codings) for new in made] == [("Morgen", 1), ("Aften", 1)]
    assert own(study) == ["Pauser", "Korte pauser", "Lange pauser", "Morgen", "Aften", "Kø"]
    assert words_of(study) == "split 'Morgen' (1 coding), 'Aften' (1 coding) from code 'Lange pauser'"
    assert [coding.code for coding in study.codings("leder")] == ["Lange pauser", "Morgen", "Aften"]
    other = code(study, "leder", "bøger", "Kø").id
    for parts, words in (
        ({"A": [ids[1]], "B": [ids[1]]}, "is named twice"),
        ({"A": [other]}, "is not a coding of 'Lange pauser'"),
        ({}, "is split into new codes"),
    ):
        with pytest.raises(InputError, match=words):
            study.split_code("Lange pauser", parts)
    with pytest.raises(NameTaken):
        study.split_code("Lange pauser", {"Kø": [ids[1]]})
    assert study.check() == []


def test_a_code_in_use_goes_only_when_that_is_asked_for(study: Study) -> None:
    code(study, "leder", "Køen", "Pauser", None, "Memo.")
    study.add_memo("Om koden.", code="Pauser")
    with pytest.raises(InputError, match="'Pauser' has 1 coding, 1 memo"):
        study.remove_code("Pauser")
    study.remove_code("Pauser", with_codings=True)
    assert words_of(study) == "remove code 'Pauser', 1 coding with 1 memo, 1 memo on the code"
    assert own(study) == ["Korte pauser", "Lange pauser", "Kø"]
    study.undo()
    assert [memo.body for memo in study.memos()] == ["Memo.", "Om koden."]
    study.remove_code("Kø")
    with pytest.raises(UnknownName):
        study.remove_code("Kø")
    assert study.check() == []


def test_what_a_merge_would_do_is_said_first(study: Study) -> None:
    for words, name in (("Køen", "Kø"), ("Folk gik ned", "Lange pauser"), ("Køen", "Lange pauser")):
        code(study, "leder", words, name)
    state = study.info().state
    rehearsal = study.rehearse(lambda: study.merge_codes("Kø", ["Lange pauser"]))
    assert (rehearsal.answer.moved, rehearsal.answer.joined) == (1, 1)
    assert [str(difference) for difference in rehearsal.differences] == [
        "code 'Kø': codings 1 → 2",
        "code 'Kø': memos 1",
        "code 'Lange pauser' is taken away",
        "code 'Lange pauser': definition Om lange pauser. → (nothing)",
        "code 'Lange pauser': under Pauser → (nothing)",
        "code 'Lange pauser': codings 2 → (nothing)",
    ]
    assert study.info().state == state


def test_what_removing_and_recoding_would_do_is_counted_by_code(study: Study) -> None:
    coding = code(study, "leder", "Køen", "#1 M", "supports")
    assert [str(found) for found in study.rehearse(lambda: study.recode(coding.id, "Kø")).differences] == [
        "code 'Kø': codings 1",
        "code '#1 M': codings 1 → (nothing)",
    ]
    found = study.rehearse(lambda: study.remove_code("Pauser")).differences
    assert [str(difference) for difference in found if difference.place.name == "Korte pauser"] == [
        "code 'Korte pauser': under Pauser → (nothing)"
    ]
