"""`cmo theory` and the commands below it, as a person types them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builders import full_study
from command_line import Answer, call, head
from theory_samples import judged_study

import cmo


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with judged evidence, built once; ``study`` is a copy to change."""
    with judged_study(tmp_path_factory.mktemp("cli")) as made:
        return made.path


@pytest.fixture
def study(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "bogbus.cmo"))


def theory(command: str, study: Path, *arguments: str | Path, code: int = 0) -> Answer:
    answer = call("theory", command, study, *arguments, CMO_CODER="AB")
    assert answer.code == code, answer.err
    return answer


def test_a_point_is_reworded_and_its_story_told(study: Path) -> None:
    words = ["-w", "M=De følges ad.", "--why", "Par.", "--evidence", "1, 2", "--inference", "abduction"]
    told = theory("refine", study, "1", *words, "--dissent", "CD er uenig.").words
    assert "#1: mechanism reworded (refine: #1 v1 → #1 v2)" in told
    assert "by abduction: Par. Dissent: CD er uenig." in told
    assert "“hentede bøger i pausen” (leder, turn 2, 58–80 (Leder, Værftet))" in told
    assert "“når vi har travlt”" in theory("blame", study, "#1").words
    assert "mechanism: [-Kolleger går derned sammen-]{+De følges ad+}." in theory("diff", study, "1").words
    assert "refine #1 v1 #1 v2 Par." in theory("lineage", study).words
    assert "#1 v1 (AB" in theory("versions", study, "1").words
    assert theory("decisions", study, "1").words == told
    assert theory("decisions", study, "2").words.startswith("No decisions yet")
    assert "Hvis pauserne er lange nok, så: bøger bliver lånt, fordi de følges ad." in call("theory", study).words


def test_points_are_split_merged_given_up_and_taken_up(study: Path) -> None:
    parts = ["--into", "2a.C=Lederen går med.", "--into", "2b.context=Lederen siger ja.", "--into", "2b.O=Nogle går."]
    assert "#2 split in #2a and #2b" in theory("split", study, "2", *parts, "--why", "To slags.").words
    assert "in #20" in theory("merge", study, "1", "2a", "--into", "20", "-w", "O=Flere låner.", "--why", "Ens.").words
    theory("abandon", study, "3", "--why", "Ingen børn.")
    theory("restore", study, "2", "--why", "Begge dele.")
    theory("add", study, "-w", "C=Regn.", "--under", "2", "--rival-of", "2b", "--title", "Regn", "--why", "Set.")
    theory("arrange", study, "2c", "--title", "Regnvejr")
    theory("sentence", study, "2c", "Når det regner, sker intet.")
    told = call("theory", study, COLUMNS="250").words
    for name in ("#1 (merged)", "#2 Lederen", "#2c Regnvejr (part of #2, rival of #2b)", "#3 (abandoned)"):
        assert name in told
    assert "#2c: Når det regner, sker intet." in told
    assert "No longer held: #1 (merged), #2a (merged), #3 (abandoned)." in call("matrix", study).words
    assert "#3 (wording 1, abandoned)" in call("audit", study).words
    assert "No longer held" not in call("matrix", study, "--rows", "code").words
    with cmo.open_study(study) as opened:
        assert [decision.kind for decision in opened.decisions()] == ["split", "merge", "abandon", "restore", "add"]
        assert opened.check() == []


def test_a_preview_tells_what_would_change_and_changes_nothing(study: Path) -> None:
    before = head(study)
    told = theory("abandon", study, "3", "--why", "Ingen.", "--preview").words
    assert told == "point '#3': state abandoned 1 value would change. Nothing was changed."
    assert head(study) == before


def test_states_and_verdicts_are_kept_and_listed(study: Path) -> None:
    assert theory("states", study).words.startswith("No state")
    assert theory("freeze", study, "initial theory", "--note", "before").words == "Kept 'initial theory' with 4 points."
    assert "initial theory" in theory("states", study).words
    theory("refine", study, "1", "-w", "M=x", "--why", "y")
    assert "1 of 4 points differ." in theory("diff", study).words
    assert theory("verdict", study).words.startswith("No verdict yet")
    theory("verdict", study, "theory holds", "--point", "1", "--why", "Three cases.")
    told = theory("verdict", study, "not tested", "--why", "Nobody was asked.").words
    assert "the programme not tested" in told
    assert "#1 v2 theory holds" in told
    assert "earlier" in theory("verdict", study, "--take-back").words


def test_the_grammar_is_set_and_told(study: Path) -> None:
    assert theory("grammar", study).words == "Grammar: CMO C context M mechanism O outcome"
    told = theory("grammar", study, "CMO-split").words
    assert told == "Grammar: CMO-split C context M mechanism R resource, a part of M T reasoning, a part of M O outcome"


def test_a_theory_goes_out_and_comes_in_again(study: Path, tmp_path: Path) -> None:
    assert "with 4 points" in theory("export", study, tmp_path / "theory.md").words
    before = head(study)
    assert "4 as before" in call("theory", study, tmp_path / "theory.md").words
    assert head(study) == before


def test_every_command_answers_programs_with_one_document(study: Path, tmp_path: Path) -> None:
    calls: list[list[str | Path]] = [
        ["freeze", study, "first"],
        ["refine", study, "1", "-w", "M=x", "--why", "y", "--evidence", "1"],
        ["add", study, "-w", "M=x", "--why", "y"],
        ["split", study, "2", "--into", "2a.M=x", "--into", "2b.M=y", "--why", "y"],
        ["merge", study, "1", "3", "-w", "M=x", "--why", "y"],
        ["abandon", study, "4", "--why", "y"],
        ["restore", study, "4", "--why", "y"],
        ["restore", study, "3", "--why", "y", "--preview"],
        ["sentence", study, "1", "Sådan."],
        ["arrange", study, "1", "--title", "Sammen"],
        ["grammar", study],
        ["versions", study, "1"],
        ["decisions", study],
        ["diff", study],
        ["diff", study, "1"],
        ["lineage", study],
        ["blame", study, "1"],
        ["states", study],
        ["verdict", study, "not tested", "--why", "y"],
        ["export", study, tmp_path / "t.md"],
        ["show", study],
        [study],
    ]
    for arguments in calls:
        answer = call("theory", *arguments, "--json", CMO_CODER="AB")
        assert (answer.code, answer.err) == (0, ""), arguments
        assert isinstance(answer.json, dict | list)


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["refine", "1", "-w", "M=x"], "needs a reason", 4),
        (["refine", "1", "-w", "M", "--why", "y"], "expected a name, = and the words", 2),
        (["refine", "1", "-w", "M=x", "--why", "y", "--evidence", "a"], "expected numbers of codings", 2),
        (["split", "1", "--into", "M=x", "--why", "y"], "expected NUMBER.ELEMENT=TEXT", 2),
        (["abandon", "99", "--why", "y"], "no point '99'", 4),
        (["diff"], "No state of the theory was kept yet", 2),
        (["diff", "1", "--before", "first"], "no version of a point", 2),
        (["verdict", "good", "--why", "y"], "'good' is no verdict", 4),
        (["verdict", "not tested", "--take-back"], "given or taken back", 2),
        (["grammar", "XYZ"], "'XYZ' is no grammar", 4),
    ],
)
def test_what_cannot_be_is_told_with_its_cure(study: Path, arguments: list[str], message: str, code: int) -> None:
    before = head(study)
    assert message in theory(arguments[0], study, *arguments[1:], code=code).err
    assert head(study) == before


def test_a_study_may_be_called_like_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full_study(tmp_path).close()
    shutil.move(tmp_path / "bogbus.cmo", tmp_path / "split")
    monkeypatch.chdir(tmp_path)
    assert "#2: Hvis lederen går foran" in call("theory", "show", "split").words
