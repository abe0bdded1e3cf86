"""Files become sources: which, in which order, under which names; and what is said of those that do not."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from builders import LEADER, SOURCES, STAFF, new_study, table, write_texts

from store.errors import ActError, BadFile, BadTable, InputError, NothingToUndo


def names(study_report: object) -> list[str]:
    return [source.name for source in study_report.imported]  # type: ignore[attr-defined]


def codes_of(findings: object) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]


def test_a_folder_is_walked_in_natural_order_and_without_hidden_files(tmp_path: Path) -> None:
    texts = {f"case{n}.txt": f"R: Svar nummer {n}." for n in (10, 2, 1)}
    texts |= {".hidden.txt": "R: Skjult.", ".git/x.txt": "R: Skjult.", "~$case1.docx": "x", "b/case3.txt": "R: Tre."}
    folder = write_texts(tmp_path / "in", texts)
    report = new_study(tmp_path).import_files([folder])
    assert names(report) == ["case3", "case1", "case2", "case10"]
    assert not report.failed


def test_documents_that_cannot_be_read_are_mentioned_once_for_each_ending(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "R: Ja.", "b.doc": "x", "c.doc": "x", "sources.csv": "x"})
    report = new_study(tmp_path).import_files([folder])
    assert codes_of(report.findings) == ["file-not-read"]
    assert "'.doc' cannot be read and were passed over (2)" in report.findings[0].message


def test_the_same_bytes_and_the_same_text_in_other_bytes_are_refused_by_name(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"leder.txt": LEADER, "kopi.txt": LEADER})
    (folder / "linjer.txt").write_bytes(LEADER.replace("\n", "\r\n").encode())
    (folder / "utf16.txt").write_bytes(LEADER.encode("utf-16"))
    (folder / "løst.txt").write_bytes(unicodedata.normalize("NFD", LEADER).encode())
    study = new_study(tmp_path)
    report = study.import_files([folder])
    assert names(report) == ["kopi"]
    assert {path.name: name for path, name in report.duplicates} == {
        "leder.txt": "kopi",
        "linjer.txt": "kopi",
        "utf16.txt": "kopi",
        "løst.txt": "kopi",
    }
    assert len(study.sources()) == 1


def test_files_of_one_name_in_several_folders_are_named_with_their_folder(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a/leder.txt": "R: Fra a.", "b/leder.txt": "R: Fra b.", "c.txt": "R: C."})
    assert names(new_study(tmp_path).import_files([folder])) == ["a/leder", "b/leder", "c"]


def test_a_name_that_is_taken_gets_the_ending_the_folder_or_a_number(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    folder = write_texts(tmp_path / "in", {"x/Leder.txt": "R: En.", "x/leder.md": "R: To.", "y/leder.txt": "R: Tre."})
    assert names(study.import_files([folder / "x" / "Leder.txt"])) == ["Leder"]
    assert names(study.import_files([folder / "x" / "leder.md"])) == ["leder.md"]
    assert names(study.import_files([folder / "y"])) == ["y/leder"]
    write_texts(tmp_path / "other", {"y/leder.txt": "R: Fire."})
    assert names(study.import_files([tmp_path / "other"])) == ["y/leder (2)"]


def test_one_bad_file_among_fifty_is_reported_and_the_others_come_in(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {f"i{n}.txt": f"R: Svar nummer {n}." for n in range(48)})
    (folder / "tom.txt").write_bytes(b"")
    (folder / "billede.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    study = new_study(tmp_path)
    report = study.import_files([folder])
    assert len(report.imported) == len(study.sources()) == 48
    assert {path.name: reason for path, reason in report.failed}.keys() == {"tom.txt", "billede.docx"}
    assert "the file is empty" in {path.name: reason for path, reason in report.failed}["tom.txt"]
    assert study.check() == []


def test_a_file_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "R: Ja."})
    (folder / "væk.txt").symlink_to(tmp_path / "gone.txt")
    (folder / "mappe.txt").mkdir()
    study = new_study(tmp_path)
    report = study.import_files([folder / "a.txt", folder / "mappe.txt"])
    assert names(report) == ["a"]
    report = study.import_files([folder])
    assert [path.name for path, _ in report.duplicates] == ["a.txt"]


def test_a_file_without_the_right_to_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "R: Ja.", "b.txt": "R: Nej."})
    read = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    report = new_study(tmp_path).import_files([folder])
    assert report.failed == [(folder / "a.txt", "a.txt: cannot be read: Permission denied.")]
    assert names(report) == ["b"]


def test_a_study_that_cannot_be_written_stops_the_import(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    with study.file.act("AB", "other"), pytest.raises(ActError):
        study.import_files([write_texts(tmp_path / "in")])
    assert study.sources() == []


def test_a_path_that_does_not_exist_stops_everything_before_it_begins(tmp_path: Path) -> None:
    folder, study = write_texts(tmp_path / "in"), new_study(tmp_path)
    with pytest.raises(BadFile, match="no such file or folder"):
        study.import_files([folder, tmp_path / "nowhere"])
    assert study.sources() == []


def test_the_look_through_a_huge_folder_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.intake.gathering.ENTRIES_BETWEEN_LOOKS", 2)
    folder = write_texts(tmp_path / "in", {f"deep/{n}.txt": f"R: {n}." for n in range(9)})
    told: list[tuple[int, int, str]] = []

    def stop(done: int, total: int, name: str) -> bool:
        told.append((done, total, name))
        return False

    with new_study(tmp_path) as study:
        assert study.preview([folder], progress=stop).stopped
        assert told[0][:2] == (0, 0)
        report = study.import_files([folder], progress=stop)
        assert (report.stopped, report.imported, study.sources()) == (True, [], [])
        assert len(study.import_files([folder], progress=lambda *_: True).imported) == 9


def test_a_stop_keeps_what_was_imported_and_the_next_import_adds_the_rest(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {f"i{n}.txt": f"R: Svar nummer {n}." for n in range(6)})
    study, seen = new_study(tmp_path), []

    def progress(done: int, total: int, name: str) -> bool:
        seen.append((done, total, name))
        return done < 4

    report = study.import_files([folder], progress=progress)
    assert report.stopped
    assert seen == [(n, 6, f"i{n}.txt") for n in range(5)]
    assert len(study.sources()) == 4
    again = study.import_files([folder], progress=lambda *step: seen.append(step) is None)
    assert (len(again.imported), len(again.duplicates), again.stopped) == (2, 4, False)
    assert seen[-2:] == [(5, 6, "i5.txt"), (6, 6, "")]
    assert [source.name for source in study.sources()] == [f"i{n}" for n in range(6)]


def test_one_undo_takes_the_whole_batch_back(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "in")], sources=table(tmp_path / "s.csv", SOURCES))
    assert len(study.undo()) == 3
    assert (study.sources(), study.cases()) == ([], [])
    with pytest.raises(NothingToUndo):
        study.undo()
    assert len(study.redo()) == 3
    assert [source.name for source in study.sources()] == ["ansat", "gruppe", "leder"]


def test_text_is_kept_as_nfc_with_lf_and_positions_count_code_points(tmp_path: Path) -> None:
    raw = "R: Lærer pa\u030a ø 👩‍👩‍👧 sagde: nå.\r\nI: Ja?\rR: 🇩🇰 nej.\r\n"
    (tmp_path / "x.txt").write_bytes(raw.encode())
    study = new_study(tmp_path)
    study.import_files([tmp_path / "x.txt"])
    transcript = study.transcript("x")
    assert transcript.text == "R: Lærer på ø 👩‍👩‍👧 sagde: nå.\nI: Ja?\nR: 🇩🇰 nej.\n"
    assert transcript.source.characters == len(transcript.text)
    assert [transcript.text[turn.speech_start : turn.end] for turn in transcript.turns] == [
        "Lærer på ø 👩‍👩‍👧 sagde: nå.",
        "Ja?",
        "🇩🇰 nej.",
    ]


def test_a_file_name_in_other_bytes_is_kept_as_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/k\xe5re.txt"))
    try:
        path.write_text("R: Ja.")
    except OSError:
        pytest.skip("this file system takes no such name")
    study = new_study(tmp_path)
    assert names(study.import_files([path])) == ["kåre"]
    assert study.source("kåre.txt").file_name == "kåre.txt"


def test_a_row_finds_its_file_whatever_form_its_letters_have(tmp_path: Path) -> None:
    path = tmp_path / unicodedata.normalize("NFD", "på_skolen.txt")
    path.write_text("R: Ja.", encoding="utf-8")
    study = new_study(tmp_path)
    report = study.import_files([path], sources=table(tmp_path / "s.csv", [["file", "case"], ["PÅ_skolen.TXT", "Å"]]))
    assert (report.findings, report.imported[0].cases) == ([], ("Å",))
    assert report.imported[0].name == "på_skolen"


def test_a_sources_table_binds_while_importing(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    report = study.import_files([write_texts(tmp_path / "in")], sources=table(tmp_path / "s.csv", SOURCES))
    assert report.findings == []
    found = {source.name: source for source in report.imported}
    assert (found["leder"].kind, found["leder"].case, found["leder"].role) == ("interview", "Værftet", "Leder")
    assert (found["gruppe"].kind, found["gruppe"].cases) == ("focus group", ("Værftet", "Skolen"))
    assert (found["leder"].participant, found["gruppe"].participant) == ("leder", None)


def test_files_without_a_row_and_rows_without_a_file_are_findings(tmp_path: Path) -> None:
    rows = [["file", "role"], ["leder.txt", "Leder"], ["ingen.txt", "Leder"]]
    report = new_study(tmp_path).import_files(
        [write_texts(tmp_path / "in", {"leder.txt": LEADER, "ansat.txt": STAFF})],
        sources=table(tmp_path / "s.csv", rows),
    )
    assert [(finding.code, finding.where) for finding in report.findings] == [
        ("file-not-imported", "s.csv row 3"),
        ("source-not-bound", "ansat"),
    ]


def test_a_row_for_a_source_imported_earlier_is_no_finding(tmp_path: Path) -> None:
    study, folder = new_study(tmp_path), write_texts(tmp_path / "in")
    sources = table(tmp_path / "s.csv", SOURCES)
    study.import_files([folder / "leder.txt"], sources=table(tmp_path / "one.csv", SOURCES[:2]))
    assert study.import_files([folder / "ansat.txt", folder / "gruppe.txt"], sources=sources).findings == []


def test_a_row_names_a_file_with_as_much_of_its_folder_as_it_takes(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a/leder.txt": "R: Fra a.", "b/leder.txt": "R: Fra b."})
    rows = [["file", "case"], ["a/leder.txt", "A"], ["b\\leder", "B"]]
    report = new_study(tmp_path).import_files([folder], sources=table(tmp_path / "s.csv", rows))
    assert {source.name: source.cases for source in report.imported} == {"a/leder": ("A",), "b/leder": ("B",)}
    assert report.findings == []


def test_a_row_that_fits_two_files_binds_neither(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a/leder.txt": "R: Fra a.", "b/leder.txt": "R: Fra b."})
    sources = table(tmp_path / "s.csv", [["file", "case"], ["leder.txt", "A"]])
    report = new_study(tmp_path).import_files([folder], sources=sources)
    assert codes_of(report.findings) == ["file-ambiguous", "source-not-bound", "source-not-bound"]
    assert [source.cases for source in report.imported] == [(), ()]


def test_two_rows_for_one_file_are_not_both_used(tmp_path: Path) -> None:
    sources = table(tmp_path / "s.csv", [["file", "case"], ["leder.txt", "A"], ["leder", "B"]])
    report = new_study(tmp_path).import_files([write_texts(tmp_path / "in", {"leder.txt": LEADER})], sources=sources)
    assert (codes_of(report.findings), report.imported[0].cases) == (["file-twice"], ("A",))


def test_the_row_of_a_duplicate_is_not_used_and_says_so_where_it_differs(tmp_path: Path) -> None:
    study, folder = new_study(tmp_path), write_texts(tmp_path / "in")
    sources = table(tmp_path / "s.csv", SOURCES)
    study.import_files([folder], sources=sources)
    assert study.import_files([folder], sources=sources).findings == []
    changed = [SOURCES[0], ["leder.txt", "interview", "Værftet", "Mester", "", "da"], *SOURCES[2:]]
    report = study.import_files([folder], sources=table(tmp_path / "t.csv", changed))
    assert [(finding.code, finding.where) for finding in report.findings] == [("row-not-used", "t.csv row 2")]
    assert study.source("leder").role == "Leder"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            ["leder.txt", "intervju", "Værftet", ""],
            'row 2, column "kind": found "intervju"; expected one of interview,',
        ),
        (["leder.txt", "interview", "Værfte", ""], 'row 2, column "case": found "Værfte"; expected a case of this'),
        (["", "interview", "Værftet", ""], 'row 2, column "file": found nothing; expected a file name'),
        (
            ["leder.txt", "interview", "", "klingonsk"],
            'row 2, column "language": found "klingonsk"; expected a language',
        ),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_imported(tmp_path: Path, row: list[str], problem: str) -> None:
    study = new_study(tmp_path)
    study.import_cases(table(tmp_path / "c.csv", [["case", "sektor"], ["Værftet", "Privat"]]))
    sources = table(tmp_path / "s.csv", [["file", "kind", "case", "language"], row])
    with pytest.raises(BadTable) as caught:
        study.import_files([write_texts(tmp_path / "in")], sources=sources)
    assert problem in caught.value.problems[0]
    assert study.sources() == []


def test_one_file_twice_in_a_table_is_refused(tmp_path: Path) -> None:
    sources = table(tmp_path / "s.csv", [["file", "case"], ["leder.txt", "A"], ["Leder.TXT", "B"]])
    with pytest.raises(BadTable, match=r'found "Leder.TXT"; expected each file once'):
        new_study(tmp_path).import_files([], sources=sources)


def test_a_table_without_a_column_for_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="no column for the file; found who, case"):
        new_study(tmp_path).import_files([], sources=table(tmp_path / "s.csv", [["who", "case"], ["x", "y"]]))


@pytest.mark.parametrize("written", ["en", "EN-gb", "en_US", "English", "engelsk"])
def test_a_language_is_kept_as_a_code_however_it_is_written(tmp_path: Path, written: str) -> None:
    study = new_study(tmp_path)
    sources = table(tmp_path / "s.csv", [["file", "language"], ["leder.txt", written]])
    report = study.import_files(
        [write_texts(tmp_path / "in", {"leder.txt": LEADER})], sources=sources, language="Dansk"
    )
    assert report.imported[0].language == "en"


def test_the_language_given_holds_for_files_of_which_the_table_says_none(tmp_path: Path) -> None:
    report = new_study(tmp_path).import_files([write_texts(tmp_path / "in")], language="Svenska")
    assert {source.language for source in report.imported} == {"sv"}


def test_a_language_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    with pytest.raises(InputError, match="'dk' is no language that we know"):
        study.import_files([write_texts(tmp_path / "in")], language="dk")
    assert study.sources() == []


def test_a_table_beside_transcripts_is_passed_over_unless_it_is_one_or_is_named(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"leder.txt": LEADER})
    table(folder / "cases.csv", [["case", "sektor"], ["Værftet", "Privat"]])
    table(folder / "samtale.csv", [["speaker", "text"], ["I", "Hvad så?"], ["R", "Ikke noget."], ["I", "Nå."]])
    table(folder / "uden.csv", [["I", "Hvad så i dag?"], ["R", "Ikke noget."], ["I", "Nå."], ["R", "Nej."]])
    study = new_study(tmp_path)
    preview = study.preview([folder])
    report = study.import_files([folder])
    assert names(report) == [file.name for file in preview.files] == ["leder", "samtale"]
    assert report.passed_over == preview.passed_over == [folder / "cases.csv", folder / "uden.csv"]
    assert (report.failed, codes_of(report.findings)) == ([], ["table-columns"])
    assert names(study.import_files([folder, folder / "uden.csv"])) == ["uden"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "R: Ja."})
    os.mkfifo(folder / "rør.txt")
    report = new_study(tmp_path).import_files([folder, folder / "rør.txt"])
    assert (names(report), report.failed) == (["a"], [(folder / "rør.txt", "rør.txt: is no ordinary file.")])


def test_a_file_of_gigabytes_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "R: Ja."})
    with (folder / "stor.txt").open("wb") as file:
        file.truncate(2 * 2**30)
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"" if path.name == "stor.txt" else read(path))
    report = new_study(tmp_path).import_files([folder])
    assert names(report) == ["a"]
    assert "the file has 2048 MB; the limit is 256 MB" in report.failed[0][1]
