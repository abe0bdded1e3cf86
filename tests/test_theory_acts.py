"""Refine, add, split, merge, abandon and restore points: what each writes, and what each leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import THEORY, copied, full_study, kept, new_study, only, table
from theory_samples import HALVES, WHY, judged_study, point, states

from cmo.study import Study
from cmo.theory.records import Decision, Draft
from store.errors import BadTable, CmoError, InputError, NameTaken, UnknownName


@pytest.fixture(scope="module")
def judged_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with judged_study(tmp_path_factory.mktemp("judged")) as study:
        return study.path


@pytest.fixture
def study(judged_file: Path, tmp_path: Path) -> Iterator[Study]:
    made = copied(judged_file, tmp_path)
    yield made
    assert made.check() == []


def test_refining_makes_a_new_version_and_leaves_the_old_one_as_it_was(study: Study) -> None:
    (before,) = study.point_versions("#1")
    decision = study.refine_point("1", {"mechanism": "Kolleger går derned to og to.\r\n"}, why=WHY, evidence=[2, 1])
    old, new = study.point_versions("#1")
    assert (old.wording, old.is_current, old.uuid) == (before.wording, False, before.uuid)
    assert new.wording == {**old.wording, "M": "Kolleger går derned to og to."}
    assert (new.number, new.is_current, new.decision_id) == (2, True, decision.id)
    assert (decision.kind, decision.what, decision.why) == ("refine", "#1: mechanism reworded", WHY)
    assert ([*map(str, decision.before)], [*map(str, decision.after)]) == (["#1 v1"], ["#1 v2"])
    assert [(quote.coding_id, quote.quote) for quote in decision.evidence] == [
        (2, "når vi har travlt"),
        (1, "hentede bøger i pausen"),
    ]
    assert decision.evidence[1].reference == "leder, turn 2, 58–80 (Leder, Værftet)"
    assert study.decisions() == [decision] == study.decisions("#1")
    assert study.decisions("#2") == []
    assert {code.name: code.definition for code in study.codes()}["#1 M"] == "Kolleger går derned to og to."


def test_judgements_of_the_old_wording_stay_and_are_stale(study: Study) -> None:
    study.refine_point("#1", {"O": "Bøger bliver læst."}, why=WHY)
    assert [(quote.stance, quote.stale) for quote in study.quotes(point="1")] == [("supports", True), ("refutes", True)]
    assert only(study.quotes(point="2")).stale is False


def test_a_decision_keeps_all_that_was_said_of_it(study: Study) -> None:
    given = {"what": "Ord skiftet", "inference": "retroduction", "dissent": "CD: det er roen."}
    decision = study.refine_point("#1", {"M": "Noget andet."}, why=f" {WHY} ", **given)  # type: ignore[arg-type]
    assert (decision.what, decision.inference, decision.dissent) == tuple(given.values())
    assert (decision.why, decision.coder) == (WHY, "AB")
    assert study.log(1)[0].summary == "Ord skiftet"


def test_an_own_sentence_belongs_to_one_wording(study: Study) -> None:
    study.set_sentence("#1", "Når pauserne er lange, låner folk, fordi de følges ad.")
    assert [quote.stale for quote in study.quotes(point="1")] == [False, False]
    assert (point(study, "#1").version, point(study, "#1").is_sentence_own) == (1, True)
    study.refine_point("#1", {"M": "De følges."}, why=WHY)
    assert point(study, "#1").sentence == "Hvis pauserne er lange nok, så: bøger bliver lånt, fordi de følges."
    study.refine_point("#1", {}, sentence="Kun sætningen.", why=WHY)
    assert [version.sentence for version in study.point_versions("1")][::2] == [
        "Når pauserne er lange, låner folk, fordi de følges ad.",
        "Kun sætningen.",
    ]
    study.set_sentence("#1", None)
    assert point(study, "#1").is_sentence_own is False


def test_splitting_makes_parts_beside_the_point_and_moves_no_coding(study: Study) -> None:
    codings = [(quote.coding_id, quote.code) for quote in study.quotes()]
    decision = study.split_point("#2", HALVES, why=WHY, evidence=[3])
    assert decision.what == "#2 split in #2a and #2b"
    assert states(study) == {"H": "held", "#1": "held", "#2": "split", "#2a": "held", "#2b": "held", "#3": "held"}
    assert [p.parent for p in study.theory().points] == [None, None, None, "#2", "#2", None]
    assert [*map(str, decision.after)] == ["#2a v1", "#2b v1"]
    assert [(quote.coding_id, quote.code) for quote in study.quotes()] == codings
    assert [code.name for code in study.codes() if code.point in ("#2a", "#2b")] == [
        f"#2{half}{letter}" for half in "ab" for letter in ("", " C", " M", " O")
    ]
    assert study.dimension_labels("point") == ["H", "#1", "#2", "#2a", "#2b", "#3"]


def test_a_second_split_takes_the_next_letters_and_numbers_may_be_given(study: Study) -> None:
    study.split_point("#2", HALVES, why=WHY)
    study.split_point("#2a", HALVES, why=WHY)
    study.split_point("#1", [Draft({"C": "a"}, "9"), Draft({"C": "b"})], why=WHY)
    assert [*states(study)] == ["H", "#1", "#9", "#1a", "#2", "#2a", "#2c", "#2d", "#2b", "#3"]
    assert point(study, "#9").parent == "#1"


def test_points_merge_in_the_first_of_them_or_in_a_new_one(study: Study) -> None:
    decision = study.merge_points(["#3", "1"], {"C": "Der er børn.", "M": ""}, why=WHY)
    assert (decision.what, [*map(str, decision.after)]) == ("#3 and #1 merged in #3", ["#3 v2"])
    assert (states(study)["#1"], states(study)["#3"]) == ("merged", "held")
    assert point(study, "#3").wording == {"C": "Der er børn.", "M": "", "O": "Forældre låner."}
    study.merge_points(["#2", "#3"], {"M": "Ro."}, number="12", why=WHY)
    assert states(study) == {"H": "held", "#1": "merged", "#2": "merged", "#3": "merged", "#12": "held"}


def test_a_point_that_is_given_up_stays_and_can_be_taken_up_again(study: Study) -> None:
    given_up = study.abandon_point("#1", why=WHY)
    assert ([*map(str, given_up.before)], given_up.after) == (["#1 v1"], ())
    assert (states(study)["#1"], len(study.theory().held)) == ("abandoned", 3)
    assert len(study.quotes(point="1")) == 2
    again = study.restore_point("#1", why="Vi tog fejl.")
    assert (again.before, again.after, states(study)["#1"]) == (given_up.before, given_up.before, "held")
    assert [quote.stale for quote in study.quotes(point="1")] == [False, False]


def test_a_new_point_gets_the_next_number_its_place_and_its_codes(study: Study) -> None:
    study.add_point({"C": "Vejret er godt."}, why=WHY)
    study.add_point({"O": "Køen bliver lang."}, parent="#1", title="Køen", rival_of="#2", why=WHY)
    study.add_point({"O": "Alt bliver bedre."}, overall=True, why=WHY)
    assert [*states(study)] == ["H", "#1", "#1a", "#2", "#3", "#4", "H2"]
    found = point(study, "#1a")
    assert (found.title, found.parent, found.rival_of, found.version) == ("Køen", "#1", "#2", 1)
    assert "#4 M" in {code.name for code in study.codes()}
    assert [decision.kind for decision in study.decisions()] == ["add"] * 3


def test_points_are_arranged_without_a_new_wording(study: Study) -> None:
    study.arrange_point("#3", title="Børn", parent="#1", rival_of="H")
    assert (point(study, "#3").parent, point(study, "#3").rival_of, point(study, "#3").version) == ("#1", "H", 1)
    study.arrange_point("#3", parent="", rival_of="")
    assert (point(study, "#3").title, point(study, "#3").parent, point(study, "#3").rival_of) == ("Børn", None, None)
    study.arrange_point("#3", parent="#1")
    with pytest.raises(InputError, match="is a part of it"):
        study.arrange_point("#1", parent="#3")


REFUSED: dict[str, tuple[type[CmoError], str, Callable[[Study], object]]] = {
    "no reason": (InputError, "needs a reason", lambda s: s.refine_point("#1", {"M": "x"}, why=" ")),
    "no change": (
        InputError,
        "these words already",
        lambda s: s.refine_point("#3", {"M": "Børn spørger efter bøger."}, why=WHY),
    ),
    "no words": (InputError, "at least one element", lambda s: s.refine_point("#3", {"M": "", "O": ""}, why=WHY)),
    "no element": (InputError, "no element 'X'", lambda s: s.refine_point("#3", {"X": "x"}, why=WHY)),
    "no point": (UnknownName, "no point '#8'", lambda s: s.abandon_point("#8", why=WHY)),
    "no coding": (UnknownName, "no coding 99", lambda s: s.abandon_point("#1", why=WHY, evidence=[99])),
    "no inference": (InputError, "'guess' is no way", lambda s: s.abandon_point("#1", why=WHY, inference="guess")),
    "one part": (InputError, "two or more", lambda s: s.split_point("#1", HALVES[:1], why=WHY)),
    "number taken": (NameTaken, "a point #3 already", lambda s: s.add_point({"C": "x"}, number="3", why=WHY)),
    "no number": (InputError, "no number", lambda s: s.add_point({"C": "x"}, number="seven", why=WHY)),
    "one number twice": (NameTaken, "Two parts", lambda s: s.split_point("#1", [Draft({"C": "x"}, "8")] * 2, why=WHY)),
    "one point": (InputError, "Two or more", lambda s: s.merge_points(["#1", "1"], {"C": "x"}, why=WHY)),
    "into another": (
        InputError,
        "none of the points",
        lambda s: s.merge_points(["#1", "#2"], {"C": "x"}, number="3", why=WHY),
    ),
    "held": (InputError, "#1 is held", lambda s: s.restore_point("#1", why=WHY)),
    "itself": (InputError, "of itself", lambda s: s.arrange_point("#1", rival_of="#1")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_whole(study: Study, name: str) -> None:
    error, message, call = REFUSED[name]
    before = kept(study)
    with pytest.raises(error, match=message):
        call(study)
    assert kept(study) == before
    assert study.decisions() == []


@pytest.mark.parametrize(
    "call",
    [
        lambda s: s.refine_point("#1", {"M": "x"}, why=WHY),
        lambda s: s.split_point("#1", HALVES, why=WHY),
        lambda s: s.merge_points(["#2", "#1"], {"M": "x"}, why=WHY),
        lambda s: s.abandon_point("#1", why=WHY),
    ],
)
def test_a_point_that_is_no_longer_held_is_not_changed(study: Study, call: Callable[[Study], Decision]) -> None:
    study.abandon_point("#1", why=WHY)
    with pytest.raises(InputError, match="#1 is abandoned"):
        call(study)


def test_every_act_is_one_entry_that_undo_takes_back(study: Study) -> None:
    trail = [kept(study)]
    for call in (
        lambda: study.refine_point("#1", {"M": "x"}, why=WHY, evidence=[1]),
        lambda: study.split_point("#2", HALVES, why=WHY),
        lambda: study.merge_points(["#1", "#3"], {"M": "y"}, why=WHY),
        lambda: study.abandon_point("#2a", why=WHY),
        lambda: study.restore_point("#2", why=WHY),
        lambda: study.add_point({"M": "z"}, parent="#2", why=WHY),
        lambda: study.freeze_theory("first"),
        lambda: study.set_verdict("#2", "theory holds", "It does."),
    ):
        acts = study.info().acts
        call()
        assert study.info().acts == acts + 1
        trail.append(kept(study))
    for said in trail[-2::-1]:
        study.undo()
        assert kept(study) == said
    for said in trail[1:]:
        study.redo()
        assert kept(study) == said


def test_a_rehearsal_tells_what_a_split_would_bring_and_changes_nothing(study: Study) -> None:
    before = kept(study)
    found = study.rehearse(lambda: study.split_point("#2", HALVES, why=WHY))
    assert found.answer.what == "#2 split in #2a and #2b"
    assert "point '#2': state split" in [str(difference) for difference in found.differences]
    assert kept(study) == before


def test_a_code_outside_the_theory_keeps_its_name_before_a_new_point(study: Study) -> None:
    study.new_code("#2a")
    with pytest.raises(NameTaken, match="'#2a'"):
        study.split_point("#2", HALVES, why=WHY)
    assert states(study)["#2"] == "held"


# -- tables ----------------------------------------------------------------------------------------------------


def test_a_table_with_other_words_leaves_a_decision_for_each_point(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    assert study.decisions() == []
    rows = [THEORY[0], THEORY[1], ["#1", "Korte pauser.", *THEORY[2][2:]], *THEORY[3:], ["#4", "x", "", ""]]
    study.import_theory(table(tmp_path / "anden.csv", rows))
    refined, added = study.decisions()
    assert (refined.kind, refined.why) == ("refine", "Reworded in the table 'anden.csv'.")
    assert ([*map(str, refined.before)], [*map(str, refined.after)]) == (["#1 v1"], ["#1 v2"])
    assert (added.kind, [*map(str, added.after)]) == ("add", ["#4 v1"])
    assert study.check() == []


def test_a_table_does_not_reword_a_point_that_was_given_up(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.abandon_point("#1", why=WHY)
    with pytest.raises(BadTable, match="#1 is abandoned; restore it"):
        study.import_theory(table(tmp_path / "t.csv", [THEORY[0], ["#1", "Andet.", "", ""]]))
    assert study.import_theory(tmp_path / "theory.csv").unchanged == 4


def test_sub_points_and_rivals_come_with_the_table(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    rows = [["nr", "kontekst", "rival til"], ["7", "a", ""], ["7a", "b", "#8"], ["8", "c", ""], ["8.1.2", "d", "7"]]
    study.import_theory(table(tmp_path / "t.csv", rows))
    assert {p.label: (p.parent, p.rival_of) for p in study.theory().points} == {
        "#7": (None, None),
        "#7a": ("#7", "#8"),
        "#8": (None, None),
        "#8.1.2": (None, "#7"),
    }
    with pytest.raises(BadTable, match="a point that is no part of this one"):
        study.import_theory(table(tmp_path / "t.csv", [["nr", "kontekst", "del af"], ["7", "a", "7a"]]))
    study.import_theory(table(tmp_path / "t.csv", [["nr", "kontekst", "del af"], ["7a", "b", ""]]))
    assert point(study, "7a").parent is None


def test_terms_of_the_glossary_are_written_one_by_one(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.set_term(" BB ", "bogbus")
    study.set_term("bb", "bogbussen")
    assert study.theory().glossary == {"bb": "bogbussen"}
    study.set_term("BB", "")
    assert study.theory().glossary == {}
    with pytest.raises(InputError):
        study.set_term(" ", "x")
