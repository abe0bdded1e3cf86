"""Zip archives are walked like folders; what an archive may not do is refused, and the rest comes in."""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from archive_samples import claiming, packed_unknown, with_link, with_names_in, with_password, zipped
from builders import LEADER, STAFF, new_study, table, write_texts
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadFile
from transcripts.intake import archives
from transcripts.intake.archives import Archive
from transcripts.intake.gathering import shown_name
from transcripts.records import ImportReport


def names(report: ImportReport) -> list[str]:
    return [source.name for source in report.imported]


def reasons(report: ImportReport) -> dict[str, str]:
    """Why files were not imported, by how messages name them."""
    return {shown_name(path): reason for path, reason in report.failed}


def test_an_archive_is_walked_like_a_folder(tmp_path: Path) -> None:
    files = {f"runde 1/case{n}.txt": f"R: Svar nummer {n}." for n in (10, 2)} | {
        "runde 2/nord/case2.txt": "R: Et andet svar.",
        ".skjult.txt": "R: Skjult.",
        "__MACOSX/runde 1/._case2.txt": "x",
        "foto.png": "x",
        "gammel.pages": "x",
    }
    report = new_study(tmp_path).import_files([zipped(tmp_path / "in.zip", files)])
    assert names(report) == ["runde 1/case2", "case10", "nord/case2"]
    assert report.failed == []
    assert [(finding.code, finding.where) for finding in report.findings] == [("file-not-read", "in.zip")]


def test_an_archive_in_a_folder_is_walked_too(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "R: Fra mappen."})
    zipped(folder / "b.zip", {"c.txt": "R: Fra arkivet."})
    assert names(new_study(tmp_path).import_files([folder])) == ["a", "c"]


def test_a_file_of_an_archive_gives_the_same_source_as_the_file_alone(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = new_study(tmp_path / "one"), new_study(tmp_path / "two")
    one.import_files([write_texts(tmp_path / "in", {"leder.txt": LEADER})])
    two.import_files([zipped(tmp_path / "in.zip", {"leder.txt": LEADER})])
    assert one.transcript("leder").text == two.transcript("leder").text
    assert one.original("leder") == two.original("leder") == LEADER.encode()
    assert two.source("leder.txt").file_name == "leder.txt"


def test_a_row_names_a_file_inside_an_archive(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "in.zip", {"nord/leder.txt": LEADER, "syd/leder.txt": STAFF})
    rows = [["file", "case"], ["nord/leder.txt", "Nord"], ["in.zip/syd/leder", "Syd"]]
    report = new_study(tmp_path).import_files([archive], sources=table(tmp_path / "s.csv", rows))
    assert {source.name: source.cases for source in report.imported} == {
        "nord/leder": ("Nord",),
        "syd/leder": ("Syd",),
    }
    assert report.findings == []


def test_files_of_one_name_at_the_top_of_two_archives_are_told_apart_by_the_archive(tmp_path: Path) -> None:
    first = zipped(tmp_path / "maj.zip", {"leder.txt": LEADER})
    second = zipped(tmp_path / "juni.zip", {"leder.txt": STAFF})
    assert names(new_study(tmp_path).import_files([first, second])) == ["maj/leder", "juni/leder"]


def test_two_files_of_the_same_name_in_one_archive_both_come_in(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("a.txt", "R: Den første.")
        archive.writestr("a.txt", "R: Den anden.")
    study = new_study(tmp_path)
    report = study.import_files([tmp_path / "in.zip"])
    texts = {study.transcript(source.id).text for source in report.imported}
    assert texts == {"R: Den første.", "R: Den anden."}


def test_names_that_lead_out_links_passwords_and_archives_are_refused_and_the_rest_comes_in(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"x.txt": "R: Indeni."})
    path = zipped(
        tmp_path / "in.zip",
        {
            "../over.txt": "R: Over.",
            "/rod.txt": "R: Rod.",
            "C:\\drev.txt": "R: Drev.",
            "a/../../op.sh": "R: Op.",
            "kodet.txt": "R: Kodet.",
            "ukendt.txt": "R: Ukendt.",
            "indre.zip": inner.read_bytes(),
            "god.txt": "R: God.",
        },
    )
    with_link(path, "lænke.txt", "/etc/passwd")
    with_password(path, "kodet.txt")
    packed_unknown(path, "ukendt.txt")
    report = new_study(tmp_path).import_files([path])
    assert names(report) == ["god"]
    assert {name: reason.split(": ", 1)[1].split(",")[0].split(".")[0] for name, reason in reasons(report).items()} == {
        "in.zip/../over.txt": "its name leads out of the archive",
        "in.zip/a/../../op.sh": "its name leads out of the archive",
        "in.zip/rod.txt": "its name leads out of the archive",
        "in.zip/C:/drev.txt": "its name leads out of the archive",
        "in.zip/indre.zip": "is an archive inside the archive",
        "in.zip/kodet.txt": "is protected with a password",
        "in.zip/lænke.txt": "is a link or a device and no file; it was not read",
        "in.zip/ukendt.txt": "is packed in a way that we cannot read",
    }
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".txt") == []


@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp865", "cp1252"])
def test_names_in_an_encoding_that_the_archive_does_not_tell_are_read(tmp_path: Path, encoding: str) -> None:
    path = with_names_in(tmp_path / "in.zip", encoding, {"Ærø på øen.txt": "R: En.", "små håb.txt": "R: To."})
    assert sorted(names(new_study(tmp_path).import_files([path]))) == ["små håb", "Ærø på øen"]


def test_a_bomb_is_refused_while_it_is_unpacked_whatever_size_it_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "SMALL_BYTES", 10_000)
    files = {"bombe.txt": b"a" * 3_000_000, "lille.txt": "R: Lille."}
    path = claiming(zipped(tmp_path / "in.zip", files), "bombe.txt", 50)
    study = new_study(tmp_path)
    report = study.import_files([path])
    assert names(report) == ["lille"]
    assert list(reasons(report)) == ["in.zip/bombe.txt"]
    report = study.import_files([zipped(tmp_path / "ærlig.zip", files)])
    assert "unpacks to more than" in reasons(report)["ærlig.zip/bombe.txt"]


def test_an_archive_may_not_unpack_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE_BYTES", 50)
    files = {f"{number}.txt": f"R: Svar nummer {number}, og ikke mere." for number in range(4)}
    report = new_study(tmp_path).import_files([zipped(tmp_path / "in.zip", files)])
    assert (names(report), list(reasons(report))) == (["0"], ["in.zip/1.txt", "in.zip/2.txt", "in.zip/3.txt"])


def test_an_archive_with_a_list_beyond_measure_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "in.zip", {f"{number}.txt": "R: Ja." for number in range(50)})
    monkeypatch.setattr(archives, "MAX_MEMBERS", 49)
    with closing(Archive(path)) as archive, pytest.raises(BadFile, match="has 50 files"):
        archive.members()
    monkeypatch.setattr(archives, "MAX_LIST_BYTES", 500)
    with pytest.raises(BadFile, match="list of files is too long"):
        Archive(path)
    good = write_texts(tmp_path / "in", {"a.txt": "R: Ja."})
    report = new_study(tmp_path).import_files([path, good])
    assert (names(report), list(reasons(report))) == (["a"], ["in.zip"])


def test_what_is_no_archive_or_a_damaged_one_is_told_and_the_rest_comes_in(tmp_path: Path) -> None:
    talk = "".join(f"R: Det gik godt nummer {number * number}.\n" for number in range(200))
    broken = zipped(tmp_path / "knækket.zip", {"a.txt": talk, "b.txt": "R: Hel."})
    data = bytearray(broken.read_bytes())
    data[60:90] = bytes(30)
    broken.write_bytes(data)
    (tmp_path / "tekst.zip").write_text("R: Jeg er ikke noget arkiv.")
    (tmp_path / "tom.zip").write_bytes(b"")
    (tmp_path / "halv.zip").write_bytes(bytes(data[:200]))
    paths = [tmp_path / f"{name}.zip" for name in ("knækket", "tekst", "tom", "halv")]
    report = new_study(tmp_path).import_files(paths)
    assert names(report) == ["b"]
    assert set(reasons(report)) == {"knækket.zip/a.txt", "tekst.zip", "tom.zip", "halv.zip"}


def test_an_archive_is_taken_up_again_after_a_stop_without_doubles(tmp_path: Path) -> None:
    path = zipped(tmp_path / "in.zip", {f"i{n}.txt": f"R: Svar nummer {n}." for n in range(6)})
    study = new_study(tmp_path)
    first = study.import_files([path], progress=lambda done, total, name: done < 4)
    again = study.import_files([path])
    assert (len(first.imported), first.stopped) == (4, True)
    assert (len(again.imported), len(again.duplicates), again.failed) == (2, 4, [])
    assert [source.name for source in study.sources()] == [f"i{n}" for n in range(6)]
    assert study.check() == []


@given(data=st.binary(max_size=400), at=st.integers(0, 300))
def test_whatever_bytes_an_archive_has_it_is_read_or_refused(
    data: bytes, at: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("in")
    whole = zipped(folder / "x.zip", {"a.txt": "R: Ja, det gjorde vi.", "b/c.docx": "x" * 90}).read_bytes()
    path = folder / "in.zip"
    path.write_bytes(whole[:at] + data + whole[at + len(data) :])
    try:
        archive = Archive(path)
    except BadFile:
        return
    with closing(archive):
        for member in archive.members():
            try:
                archive.read(member)
            except BadFile as refused:
                assert refused.message
