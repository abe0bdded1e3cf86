"""Configurations: made, put together from passages and inferences, linked, and waiting for what they lack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import copied, table
from configuration_samples import coded_study, coding

import cmo
from cmo.configurations.grammar import Grammar, GrammarElement, read_grammar
from cmo.configurations.records import Configuration
from cmo.study import Study
from store.errors import InputError, UnknownName


@pytest.fixture(scope="module")
def coded(full_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return coded_study(full_file, tmp_path_factory.mktemp("coded"))


@pytest.fixture
def study(coded: Path, tmp_path: Path) -> Iterator[Study]:
    with copied(coded, tmp_path) as study:
        yield study


def roles(configuration: Configuration) -> list[str | None]:
    return [part.element for part in configuration.parts]


def test_a_new_configuration_has_what_it_was_given_and_waits_for_everything(study: Study) -> None:
    made = study.new_configuration("Pause ", "Lange pauser\r\ngiver lån.", point="1", case="værftet")
    assert (made.number, made.name, made.restatement) == (1, "Pause", "Lange pauser\ngiver lån.")
    assert (made.level, made.point, made.case, made.cases, made.coder) == ("case", "#1", "Værftet", ("Værftet",), "AB")
    assert made.waiting == "waiting for a context, a mechanism and an outcome"
    assert study.configuration(1) == made
    assert study.log(1)[0].summary == "new configuration 1 'Pause'"


def test_parts_take_their_element_from_the_code_and_stand_in_the_order_of_the_grammar(study: Study) -> None:
    number = study.new_configuration().number
    for name in ("long queue", "together", "work"):
        configuration = study.add_part(number, coding=coding(name))
    assert roles(configuration) == ["C", "M", "O"]
    assert [part.quote for part in configuration.parts][1] == "Ingen blev sure"
    assert (configuration.is_partial, configuration.waiting) == (False, "")
    assert (configuration.cases, configuration.sources) == (("Værftet",), ("leder",))


def test_a_passage_can_stand_in_another_role_than_its_code_or_be_undecided(study: Study) -> None:
    number = study.new_configuration().number
    study.add_part(number, coding=coding("long queue"), element="kontekst")
    study.add_part(number, coding=coding("long queue"), element="")
    configuration = study.add_part(number, coding=coding("whole"))
    assert roles(configuration) == ["C", None, None]
    assert configuration.waiting == "waiting for a mechanism and an outcome"
    decided = study.change_part(configuration.parts[1].id, element="O")
    assert roles(decided) == ["C", "O", None]


def test_the_same_passage_in_the_same_role_is_one_part_and_keeps_words_given_for_it(study: Study) -> None:
    number = study.new_configuration().number
    for element in ("M", ""):
        study.add_part(number, coding=coding("together"), element=element, wording="De følges ad")
        state = study.info().state
        study.add_part(number, coding=coding("together"), element=element)
        assert study.info().state == state
    study.add_part(number, coding=coding("together"), wording="Man går sammen")
    assert [part.wording for part in study.configuration(number).parts] == ["Man går sammen", "De følges ad"]


def test_what_is_inferred_is_told_from_what_somebody_said(study: Study) -> None:
    number = study.new_configuration().number
    study.add_part(number, element="M", wording="Det føles tilladt")
    study.add_part(number, coding=coding("work"), stated=False)
    configuration = study.add_part(number, coding=coding("more"))
    assert [(part.element, part.is_stated) for part in configuration.parts] == [("C", False), ("M", False), ("O", True)]
    assert configuration.parts[1].text == "Det føles tilladt"
    assert not configuration.is_partial


def test_a_part_needs_a_passage_or_words_and_words_alone_are_never_stated(study: Study) -> None:
    number = study.new_configuration().number
    part = study.add_part(number, element="M", wording="Det føles tilladt").parts[0]
    state = study.info().state
    with pytest.raises(InputError, match="needs a passage or words"):
        study.add_part(number, element="M", wording="  ")
    with pytest.raises(InputError, match="inferred, not stated"):
        study.add_part(number, element="M", wording="x", stated=True)
    with pytest.raises(InputError, match="inferred, not stated"):
        study.change_part(part.id, stated=True)
    with pytest.raises(InputError, match="needs a passage or words"):
        study.change_part(part.id, wording="")
    with pytest.raises(UnknownName):
        study.add_part(number, coding=999)
    with pytest.raises(UnknownName, match="no element 'Z'"):
        study.add_part(number, coding=1, element="Z")
    with pytest.raises(UnknownName, match="no configuration 9"):
        study.add_part(9, coding=1)
    assert study.info().state == state


def test_a_part_cannot_be_given_the_role_in_which_its_passage_stands_already(study: Study) -> None:
    number = study.new_configuration().number
    study.add_part(number, coding=coding("work"))
    second = study.add_part(number, coding=coding("work"), element="").parts[1]
    with pytest.raises(InputError, match="in that role already"):
        study.change_part(second.id, element="C")


def test_parts_of_one_element_can_be_put_in_another_order(study: Study) -> None:
    number = study.new_configuration().number
    for name in ("work", "busy", "together"):
        study.add_part(number, coding=coding(name))
    study.add_part(number, element="C", wording="Tredje")
    first, second, third, mechanism = (part.id for part in study.configuration(number).parts)
    assert [part.id for part in study.move_part(third, 1).parts] == [third, first, second, mechanism]
    assert [part.id for part in study.move_part(third, 99).parts] == [first, second, third, mechanism]
    with pytest.raises(InputError):
        study.move_part(third, 0)


def test_taking_a_part_out_keeps_the_coding_and_says_what_was_taken_out(study: Study) -> None:
    number = study.new_configuration("Kø").number
    part = study.add_part(number, coding=coding("long queue")).parts[0]
    assert study.remove_part(part.id).parts == ()
    assert study.log(1)[0].summary == "take “Køen var lang om mandagen.” out of configuration 1 'Kø'"
    assert len(study.codings("leder")) == 3


def test_editing_changes_what_is_given_and_an_empty_text_takes_away(study: Study) -> None:
    made = study.new_configuration("Kø", "Ord", point="#1", case="Skolen")
    edited = study.edit_configuration(made.number, restatement="Andre ord", point="")
    assert (edited.name, edited.restatement, edited.point, edited.case) == ("Kø", "Andre ord", None, "Skolen")
    state = study.info().state
    assert study.edit_configuration(made.number, name="Kø") == edited
    assert study.info().state == state
    with pytest.raises(InputError, match="reaches over cases"):
        study.edit_configuration(made.number, level="cross-case")
    assert study.edit_configuration(made.number, level="cross-case", case="").case is None
    with pytest.raises(InputError, match="not a level"):
        study.new_configuration(level="high")


def test_removing_a_configuration_says_what_goes_along_and_undo_brings_it_all_back(study: Study) -> None:
    first, second = study.new_configuration("A").number, study.new_configuration("B").number
    study.add_part(first, coding=coding("work"))
    study.add_part(first, coding=coding("together"))
    study.link_configurations(second, first, "rival")
    study.set_presence(first, "Skolen", "C", "partly", "kun om mandagen")
    before = study.configurations(), study.cross_case(first)
    study.remove_configuration(first)
    assert study.log(1)[0].summary == "remove configuration 1 'A' with 2 parts, 1 link, 1 presence"
    assert [one.number for one in study.configurations()] == [second]
    assert study.configuration(second).links == ()
    assert study.check() == []
    study.undo()
    assert (study.configurations(), study.cross_case(first)) == before


def test_a_number_is_never_used_again(study: Study) -> None:
    study.new_configuration()
    study.new_configuration()
    study.remove_configuration(2)
    assert study.new_configuration().number == 3
    study.undo()
    assert study.new_configuration().number == 4


def test_configurations_are_found_by_point_case_level_and_what_they_wait_for(study: Study) -> None:
    study.new_configuration(point="#1", case="Skolen")
    study.new_configuration(point="#2")
    study.add_part(2, coding=coding("children"))
    study.new_configuration(level="middle range")

    def numbers(**asked: str) -> list[int]:
        return [one.number for one in study.configurations(**asked)]

    assert numbers() == [1, 2, 3]
    assert numbers(point="2") == [2]
    assert numbers(case="skolen") == [1, 2]
    assert numbers(case="Værftet") == [2]
    assert numbers(level="middle range") == [3]
    assert numbers(waiting_for="udfald") == [1, 3]
    assert numbers(waiting_for="M", point="#2") == [2]
    assert [one.number for one in study.waiting()] == [1, 2, 3]
    with pytest.raises(UnknownName):
        numbers(waiting_for="Z")


def test_collecting_goes_on_with_the_newest_of_the_same_case_over_sources_and_points(study: Study) -> None:
    first = study.collect(coding("work"))
    assert (first.point, first.case, first.waiting) == ("#1", "Værftet", "waiting for a mechanism and an outcome")
    study.collect(coding("together"))
    assert study.open_configuration(coding("children")) == study.configuration(1)
    whole = study.collect(coding("children"))
    assert (whole.number, roles(whole), whole.sources) == (1, ["C", "M", "O"], ("leder", "gruppe"))
    assert study.log(1)[0].summary == "put into configuration 1: outcome “Jeg låner til mine børn.”"
    state = study.info().state
    study.collect(coding("children"))
    assert study.info().state == state


def test_collecting_in_another_case_begins_anew_and_comes_back_to_the_first(study: Study) -> None:
    study.collect(coding("work"))
    assert study.open_configuration(coding("busy")) is None
    assert study.collect(coding("busy")).case == "Ældrecentret"
    assert study.collect(coding("together")).number == 1
    assert study.collect(coding("more")).number == 2
    assert study.collect(coding("together"), begin=True).number == 3
    assert study.collect(coding("long queue")).number == 3


def test_a_passage_of_two_cases_begins_a_configuration_of_neither_which_both_go_on_with(study: Study) -> None:
    begun = study.collect(coding("nobody said"))
    assert (begun.case, begun.cases, begun.point) == (None, ("Værftet", "Skolen"), "#2")
    assert study.collect(coding("work")).number == begun.number
    assert study.collect(coding("busy")).number != begun.number


def test_collecting_leaves_the_configurations_of_other_coders_and_other_levels_alone(study: Study) -> None:
    study.collect(coding("work"))
    study.new_configuration(level="cross-case")
    with cmo.open_study(study.path, coder="CD") as other:
        assert other.collect(coding("together")).number == 3
    assert study.collect(coding("together")).number == 1
    with pytest.raises(UnknownName):
        study.collect(999)


def test_an_empty_configuration_of_the_coder_takes_whatever_is_collected_next(study: Study) -> None:
    study.collect(coding("work"))
    begun = study.new_configuration("Tom")
    assert study.collect(coding("busy")).number == begun.number


def test_the_next_of_a_ripple_begins_with_the_outcome_of_the_one_before(study: Study) -> None:
    study.collect(coding("work"))
    study.collect(coding("long queue"))
    study.add_part(1, element="O", wording="Flere læser")
    following = study.ripple(1, name="Videre")
    assert [(p.element, p.text, p.is_stated) for p in following.parts] == [
        ("C", "Køen var lang om mandagen.", True),
        ("C", "Flere læser", False),
    ]
    assert (following.case, following.level, following.name) == ("Værftet", "case", "Videre")
    assert [(link.source, link.target, link.kind) for link in following.links] == [(1, 2, "ripple")]
    assert study.log(1)[0].summary == "ripple: the outcome of configuration 1 is the context of 2"
    study.undo()
    assert [one.number for one in study.configurations()] == [1]


def test_there_is_no_ripple_without_an_outcome(study: Study) -> None:
    study.collect(coding("work"))
    with pytest.raises(InputError, match="has no outcome yet"):
        study.ripple(1)


@pytest.fixture
def four(study: Study) -> Study:
    for _ in range(4):
        study.new_configuration()
    return study


def test_links_are_shown_at_both_ends_and_said_twice_they_are_one(four: Study) -> None:
    four.link_configurations(1, 2, "embedded", "i ugens rytme")
    state = four.info().state
    four.link_configurations(1, 2, "embedded")
    assert four.info().state == state
    (link,) = four.configuration(1).links
    assert four.configuration(2).links == (link,)
    assert (link.source, link.target, link.note, link.other(1)) == (1, 2, "i ugens rytme", 2)
    four.link_configurations(1, 2, "embedded", "i dagens rytme")
    assert [one.note for one in four.configuration(1).links] == ["i dagens rytme"]
    four.unlink_configurations(1, 2, "embedded")
    assert four.configuration(2).links == ()
    with pytest.raises(UnknownName):
        four.unlink_configurations(1, 2, "embedded")


def test_rivals_and_contradictions_are_the_same_from_either_end(four: Study) -> None:
    for kind in ("rival", "contradicts"):
        four.link_configurations(1, 2, kind)
        assert four.link_configurations(2, 1, kind).source == 1
    assert len(four.configuration(1).links) == 2
    four.unlink_configurations(2, 1, "rival")
    assert len(four.configuration(1).links) == 1


@pytest.mark.parametrize("kind", ["specialises", "embedded"])
def test_circles_that_make_no_sense_are_refused_in_words(four: Study, kind: str) -> None:
    four.link_configurations(1, 2, kind)
    four.link_configurations(2, 3, kind)
    four.link_configurations(1, 3, kind)
    for first, second in ((2, 1), (3, 1)):
        with pytest.raises(InputError, match="both cannot hold"):
            four.link_configurations(first, second, kind)


def test_a_ripple_may_come_back_to_where_it_began_but_nothing_is_linked_to_itself(four: Study) -> None:
    four.link_configurations(1, 2, "ripple")
    four.link_configurations(2, 1, "ripple")
    assert len(four.configuration(1).links) == 2
    with pytest.raises(InputError, match="to itself"):
        four.link_configurations(1, 1, "ripple")
    with pytest.raises(InputError, match="not a kind of link"):
        four.link_configurations(1, 2, "causes")
    with pytest.raises(UnknownName):
        four.link_configurations(1, 9, "ripple")


def test_a_grammar_of_the_studys_own_is_followed_and_parts_of_an_element_count_for_it() -> None:
    barrier, worry, enabler = (
        GrammarElement(1, "B", "barrier", 1),
        GrammarElement(2, "W", "worry", 1),
        GrammarElement(3, "E", "enabler", 3),
    )
    grammar = Grammar([enabler, barrier, worry])
    assert grammar.missing([2]) == (enabler,)
    assert grammar.missing([]) == (enabler, barrier)
    assert (grammar.context, grammar.outcome) == (enabler, barrier)
    assert grammar.find("WORRY") == worry
    with pytest.raises(InputError, match="part of barrier"):
        grammar.find_main("W")
    with pytest.raises(InputError):
        _ = Grammar([]).outcome


def test_where_a_strategy_comes_first_a_ripple_still_begins_with_the_context(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "s.cmo", coder="AB") as study:
        rows = [["nr", "strategi", "kontekst", "mekanisme", "udfald"], ["#1", "a", "b", "c", "d"]]
        study.import_theory(table(tmp_path / "theory.csv", rows))
        study.new_configuration()
        study.add_part(1, element="O", wording="Flere læser")
        assert study.configuration(1).waiting == "waiting for a strategy, a context and a mechanism"
        assert [part.element for part in study.ripple(1).parts] == ["C"]


def test_without_a_theory_passages_are_put_together_without_roles(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "s.cmo", coder="AB") as study:
        assert study.new_configuration().waiting == "waiting for its first part"
        assert study.add_part(1, wording="Ro").waiting == ""
        with pytest.raises(UnknownName, match="no element 'M'"):
            study.add_part(1, wording="Ro", element="M")
        with study.file.read() as conn:
            assert read_grammar(conn).main == ()


def test_removing_a_coding_leaves_its_words_in_the_configuration_as_inferred(study: Study) -> None:
    study.collect(coding("work"))
    study.collect(coding("together"))
    study.remove_coding(coding("work"))
    context = study.configuration(1).parts[0]
    assert (context.text, context.is_stated) == ("Folk gik ned og hentede bøger i pausen.", False)
    assert study.check() == []
    study.undo()
    assert study.configuration(1).parts[0].is_stated


def test_what_is_unfinished_is_found(study: Study) -> None:
    study.collect(coding("work"))
    study.add_part(1, coding=coding("busy"), element="")
    study.new_configuration(restatement="Ro giver lån")
    for element in "CMO":
        study.add_part(2, element=element, wording="tænkt")
    study.new_configuration("Mønster", "Ro", level="cross-case")
    study.link_configurations(2, 3, "specialises")
    found = {(finding.where, finding.code) for finding in study.configuration_findings()}
    assert found == {
        ("configuration 1", "configuration-partial"),
        ("configuration 1", "configuration-not-restated"),
        ("configuration 1", "configuration-undecided"),
        ("configuration 1", "configuration-other-case"),
        ("configuration 2", "configuration-inferred"),
    }


def test_a_rehearsal_says_what_an_act_would_do_to_configurations_and_keeps_nothing(study: Study) -> None:
    study.collect(coding("work"))
    study.collect(coding("long queue"))
    study.set_presence(1, "Skolen", "O", "absent", "ingen lånte")
    state = study.info().state
    rippled = [str(difference) for difference in study.rehearse(lambda: study.ripple(1)).differences]
    assert "configuration '2' is new" in rippled
    assert "configuration '1': ripple 2 yes" in rippled
    removed = [str(difference) for difference in study.rehearse(lambda: study.remove_configuration(1)).differences]
    assert "configuration '1' is taken away" in removed
    assert "configuration '1': part 2 outcome: Køen var lang om mandagen. → (nothing)" in removed
    assert "configuration '1': O in Skolen absent, ingen lånte → (nothing)" in removed
    assert study.info().state == state
