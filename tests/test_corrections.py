"""Corrections of coded sources: new versions, codings that follow, undo, and what people said of the text."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from builders import LEADER, code, full_study, kept, new_study, reread, span
from depth import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reanchoring import an_edit

from cmo.study import Study
from store.errors import BadFile, BadPosition, InputError, UnknownName
from transcripts.settings import Settings
from transcripts.text import normalise

ADDED = "I: Og hvad nu?\nR: Det må vi se på.\n"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return full_study(tmp_path)


def states(study: Study) -> list[tuple[str, str]]:
    return sorted({(quote.quote, quote.anchor) for quote in study.quotes()})


@given(seed=st.integers(0, 2**32))
@settings(max_examples=examples(10, 25))
def test_no_coding_is_lost_whatever_the_edit_and_undo_gives_the_state_before(seed: int) -> None:
    chance = Random(seed)
    edited = an_edit(chance)
    form, line_end = chance.choice(["NFC", "NFD"]), chance.choice(["\n", "\r\n", "\r"])
    with TemporaryDirectory() as name:
        (Path(name) / "x.txt").write_bytes(unicodedata.normalize("NFD", edited.old).encode())
        with new_study(Path(name)) as study:
            study.import_files([Path(name) / "x.txt"])
            study.new_code("Kode")
            text = study.transcript("x").text
            for _ in range(5):
                start = chance.randrange(len(text))
                study.code("x", start, min(start + chance.randint(1, 60), len(text)), "Kode")
            if normalise(edited.new) == text or not edited.new.strip():
                return
            before = kept(study)
            raw = unicodedata.normalize(form, edited.new).replace("\n", line_end)  # type: ignore[arg-type]
            rehearsed = study.rehearse(lambda: study.correct_text("x", raw)).answer
            assert kept(study) == before
            done = study.correct_text("x", raw)
            assert [(e.state, e.before, e.words) for e in done.excerpts] == [
                (e.state, e.before, e.words) for e in rehearsed.excerpts
            ]
            assert study.check() == []
            now = study.transcript("x").text
            assert now == normalise(edited.new)
            assert study.info().counts["codings"] == before["counts"]["codings"]
            quotes = study.quotes()
            assert {quote.coding_id for quote in quotes} == {row["coding_id"] for row in before["quotes"]}
            for quote in quotes:
                assert (quote.quote in now) if quote.is_placed else quote.anchor in ("lost", "needs review")
                if quote.is_placed:
                    assert now[quote.start : quote.end] == quote.quote
            study.undo()
            assert kept(study) == before
            assert study.check() == []
            study.redo()
            assert study.transcript("x").text == now


def test_codings_keep_their_stance_memo_and_number(study: Study) -> None:
    coding = code(study, "leder", "Køen var lang", "#1 M", "supports", "vigtigt")
    study.correct_text("leder", ADDED + LEADER, "starten manglede")
    (after,) = study.codings("leder")
    assert (after.id, after.stance, after.memo, after.anchor) == (coding.id, "supports", "vigtigt", "ok")
    assert after.start == coding.start + len(ADDED)
    assert after.quote == coding.quote


def test_a_lost_coding_still_counts_and_comes_back_with_its_words(study: Study) -> None:
    code(study, "leder", "Ingen blev sure", "#1 O", "supports")
    counted = study.matrix().grand_total
    study.correct_text("leder", LEADER.replace(" Ingen blev sure 😀.", ""))
    assert states(study) == [("Ingen blev sure", "lost")]
    assert study.matrix().grand_total == counted
    assert study.source("leder").codings == 1
    assert study.codings("leder") == []
    assert "codings-lost" in [finding.code for finding in study.audit().findings]
    study.correct_text("leder", LEADER)
    assert states(study) == [("Ingen blev sure", "ok")]
    assert study.review_queue() == []
    assert study.check() == []


def test_the_words_that_were_coded_are_remembered_over_several_corrections(study: Study) -> None:
    code(study, "leder", "Køen var lang om mandagen", "#1 M")
    study.correct_text("leder", LEADER.replace("mandagen", "mandagne"))
    study.correct_text("leder", LEADER.replace("var lang om mandagen", "var kort om mandagne"))
    (item,) = study.review_queue()
    assert (item.was, item.words) == ("Køen var lang om mandagen", "Køen var kort om mandagne")
    study.settle(item.excerpt_id)
    assert states(study) == [("Køen var kort om mandagne", "moved")]
    study.correct_text("leder", LEADER)
    assert states(study) == [("Køen var lang om mandagen", "ok")]


def test_two_excerpts_that_come_to_one_place_become_one_with_all_codings(study: Study) -> None:
    first = code(study, "leder", "Køen var lang", "#1 M", "supports")
    start, _ = span(study, "leder", "Køen var lang")
    study.code("leder", start, start + len("Køen var lang om"), "#2 M")
    study.replace_text("leder", start + len("Køen var lang"), start + len("Køen var lang om mandagen"), "")
    codings = study.codings("leder")
    assert {coding.code for coding in codings} == {"#1 M", "#2 M"}
    assert {coding.excerpt_id for coding in codings} == {first.excerpt_id}
    assert {coding.quote for coding in codings} == {"Køen var lang"}
    assert [item.excerpt_id for item in study.review_queue()] == [first.excerpt_id]
    assert study.check() == []


def test_a_coding_that_would_be_there_twice_stays_where_it_was_and_waits(study: Study) -> None:
    first = code(study, "leder", "Køen var lang", "#1 M", "supports")
    start, _ = span(study, "leder", "Køen var lang")
    second = study.code("leder", start, start + len("Køen var lang om"), "#1 M", stance="refutes")
    study.replace_text("leder", start + len("Køen var lang"), start + len("Køen var lang om mandagen"), "")
    assert [coding.id for coding in study.codings("leder")] == [first.id]
    (item,) = [item for item in study.review_queue() if item.span is None]
    assert [coding.id for coding in item.codings] == [second.id]
    assert (item.state, item.was) == ("needs review", "Køen var lang om")
    assert len(study.quotes()) == 2
    assert study.check() == []


def test_a_better_transcription_in_another_format_takes_the_place_of_the_first(study: Study, tmp_path: Path) -> None:
    code(study, "leder", "Køen var lang", "#1 M")
    (tmp_path / "bedre.md").write_text(LEADER.replace("I:", "**I:**"), encoding="utf-8")
    done = study.correct_source("leder", tmp_path / "bedre.md", reason="fra bureauet")
    assert (done.version, done.counts["ok"]) == (2, 1)
    assert [(v.number, v.file_name, v.reason) for v in study.versions("leder")] == [
        (1, "leder.txt", None),
        (2, "bedre.md", "fra bureauet"),
    ]
    assert study.version_text("leder", 1) == LEADER
    assert study.source("leder").role == "Leder"
    assert [turn.label for turn in study.transcript("leder").turns] == ["I", "R", "I", "R"]


def test_captions_keep_their_turns_and_times_when_a_word_in_them_is_corrected(tmp_path: Path) -> None:
    captions = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Anna>Hej med dig\n\n00:04.000 --> 00:06.000\n<v Bo>Ja hej, Anna\n"
    (tmp_path / "møde.vtt").write_text(captions, encoding="utf-8")
    study = new_study(tmp_path)
    study.import_files([tmp_path / "møde.vtt"])
    before = study.transcript("møde").turns
    start = study.transcript("møde").text.index("Hej")
    study.replace_text("møde", start, start + 3, "Goddag")
    after = study.transcript("møde").turns
    assert [turn.label for turn in after] == [turn.label for turn in before] == ["Anna", "Bo"]
    with study.file.read() as conn:
        times = conn.exec_driver_sql("SELECT version_id, begins_at, ends_at FROM turns ORDER BY id").all()
    assert [row[1:] for row in times[:2]] == [row[1:] for row in times[2:]]
    assert times[0][1] is not None


def test_what_people_said_of_untouched_turns_and_stretches_goes_along(study: Study) -> None:
    start, end = span(study, "leder", "Ingen blev sure")
    with study.file.act("AB", "mark") as work:
        from store import schema

        version = study.source("leder").version_id
        work.insert(schema.marks, {"version_id": version, "start": start, "end": end, "kind": "non-speech"})
        speakers = {speaker.label: speaker.id for speaker in study.speakers() if speaker.source == "leder"}
        rows = work.conn.exec_driver_sql(f"SELECT id FROM turns WHERE version_id = {version} ORDER BY number").all()
        work.update(schema.turns, rows[3][0], speaker_id=speakers["I"])
    study.correct_text("leder", ADDED + LEADER.replace("pausen", "frokosten"))
    assert [turn.label for turn in study.transcript("leder").turns] == ["I", "R", "I", "R", "I", "I"]
    with study.file.read() as conn:
        version = study.source("leder").version_id
        (kept,) = conn.exec_driver_sql(f'SELECT "start", "end" FROM marks WHERE version_id = {version}').all()
    assert study.transcript("leder").text[kept[0] : kept[1]] == "Ingen blev sure"


def test_a_difference_is_told_sentence_by_sentence(study: Study) -> None:
    new = LEADER.replace("lang om", "kort om").replace(" Ingen blev sure 😀.", "") + ADDED
    study.correct_text("leder", new)
    assert [
        (change.kind, change.old, change.new)
        for change in study.diff("leder", 1, 2)
        if change.new not in ("I: ", "R: ")
    ] == [
        ("changed", "Køen var lang om mandagen.", "Køen var kort om mandagen."),
        ("removed", "Ingen blev sure 😀.", ""),
        ("added", "", "Og hvad nu?"),
        ("added", "", "Det må vi se på."),
    ]
    lines = new.splitlines(keepends=True)
    study.correct_text("leder", "".join([*lines[2:], *lines[:2]]))
    assert {change.kind for change in study.diff("leder", 2, 3)} == {"moved"}
    assert study.diff("leder", 2, 2) == []


def test_a_correction_that_cannot_be_made_changes_nothing(study: Study, tmp_path: Path) -> None:
    before = reread(study)
    with pytest.raises(InputError):
        study.correct_text("leder", LEADER)
    with pytest.raises(InputError):
        study.correct_text("leder", " \n")
    with pytest.raises(UnknownName):
        study.correct_text("nobody", "x")
    with pytest.raises(BadPosition):
        study.replace_text("leder", 5, 5000, "x")
    with pytest.raises(BadFile):
        study.correct_source("leder", tmp_path / "none.txt")
    with pytest.raises(UnknownName):
        study.version_text("leder", 2)
    with pytest.raises(UnknownName):
        study.settle(99)
    (tmp_path / "same.txt").write_text(LEADER, encoding="utf-8")
    with pytest.raises(InputError):
        study.correct_source("leder", tmp_path / "same.txt", Settings(encoding="utf-8"))
    assert reread(study) == before


def test_an_excerpt_is_settled_only_where_nothing_would_be_there_twice(study: Study) -> None:
    code(study, "leder", "Ingen blev sure", "#1 O")
    other = code(study, "leder", "Køen var lang", "#1 O")
    study.correct_text("leder", LEADER.replace("Ingen blev sure", "Alle var rolige"))
    (item,) = study.review_queue()
    with pytest.raises(InputError):
        study.settle(item.excerpt_id)
    with pytest.raises(InputError):
        study.settle(item.excerpt_id, *span(study, "leder", other.quote))
    study.settle(item.excerpt_id, *span(study, "leder", "Alle var rolige"))
    assert study.review_queue() == []
    assert ("Alle var rolige", "moved") in states(study)
    study.undo()
    assert len(study.review_queue()) == 1
    assert study.check() == []
