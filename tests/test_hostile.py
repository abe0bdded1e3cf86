"""Hostile files of every format: each is read or refused by its name, nothing outside is touched, the rest comes in."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import docx_samples as word
import odt_samples as open_document
import pytest
from builders import LEADER, STAFF, new_study
from depth import PROFILE
from hostile_samples import SPEECH, flat_samples
from hostile_zipped import SHEET, shared, stored, with_part, workbook, zipped_samples
from pdf_samples import assembled

from store.errors import BadFile, BadTable
from transcripts.people import natural
from transcripts.readers import read_document
from transcripts.reading import read_file
from transcripts.settings import Settings

SAMPLES = {hostile.name: hostile for hostile in (*flat_samples(), *zipped_samples())}
PAGE = Path(__file__).resolve().parent.parent / "docs" / "hostile-files.md"
ROW = re.compile(r"\| `(?P<name>[^`]+)` \|.*\| (?P<seconds>[\d.]+) \| \d+ \| (?P<answer>[^|]+) \|$", re.MULTILINE)
ROWS = {row["name"]: row for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}
SECONDS = 1.2 if PROFILE == "repeatable" else 2.0
"""What takes longer by the page is left out of the batch, unless CMO_LONG asks for all of it."""
BATCH = {
    name: hostile
    for name, hostile in SAMPLES.items()
    if "CMO_LONG" in os.environ or name not in ROWS or float(ROWS[name]["seconds"]) <= SECONDS
}


class Imported(NamedTuple):
    """What became of files by their names: why they were refused, what their text is; and who says the same as one."""

    refused: dict[str, str]
    read: dict[str, str]
    others: set[str]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """A folder with the batch between two honest files, imported at once."""
    folder = tmp_path_factory.mktemp("in")
    for hostile in BATCH.values():
        (folder / hostile.name).write_bytes(hostile.make())
    (folder / "a-leder.txt").write_text(LEADER, encoding="utf-8")
    (folder / "z-ansat.txt").write_text(STAFF, encoding="utf-8")
    with new_study(tmp_path_factory.mktemp("study")) as study:
        report = study.import_files([folder])
        read = {source.file_name: study.transcript(source.id).text for source in report.imported}
    for hostile in BATCH.values():
        (folder / hostile.name).unlink()
    refused = {path.relative_to(folder).parts[0]: why for path, why in report.failed}
    passed = (*report.passed_over, *(path for path, _ in report.duplicates))
    return Imported(refused, read, {path.relative_to(folder).parts[0] for path in passed})


@pytest.mark.slow
@pytest.mark.timeout(900)
class TestABatchOfAllOfThem:
    def test_the_honest_files_among_them_come_in(self, imported: Imported) -> None:
        assert imported.read["a-leder.txt"] == LEADER
        assert imported.read["z-ansat.txt"] == STAFF

    def test_each_is_read_or_refused_by_its_name(self, imported: Imported) -> None:
        told = imported.refused.keys() | imported.read.keys() | imported.others
        assert [name for name in BATCH.keys() - told if not name.endswith(".zip")] == []
        unnamed = [name for name, why in imported.refused.items() if not why.startswith(f"{name}:")]
        assert [name for name in unnamed if not name.endswith(".zip")] == []  # of these a member is named

    def test_the_page_about_them_says_what_happens(self, imported: Imported) -> None:
        page = {name: row["answer"] for name, row in ROWS.items()}
        assert page.keys() == SAMPLES.keys() | {"interview.txt"}
        for name, why in imported.refused.items():
            if name.endswith(".zip"):
                assert page[name].startswith("refused: ")
            else:
                shown = page[name].removeprefix("refused: ").rstrip("…")
                assert why.removeprefix(f"{name}: ").startswith(shown)
        for name in imported.read.keys() & SAMPLES.keys():
            assert page[name].startswith(f"read: {len(imported.read[name]):,} characters")


# -- what stands outside a file stays there -------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address that nobody may ask, and what was asked of it all the same."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(4096))
                    connection.sendall(b"HTTP/1.0 200 OK\r\n\r\nhemmelighed")

        thread = Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", asked
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


def pointing_outside(url: str) -> Iterator[tuple[str, bytes]]:
    """Files of every format in which something is to be fetched from outside."""
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{url}"><!ENTITY % p SYSTEM "{url}"> %p;]>'
    outside = f'<Relationship Id="rId9" Type="{word.OFFICE}/attachedTemplate" Target="{url}" TargetMode="External"/>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{outside}'
    body = word.p(word.t(f"R: {SPEECH}"))
    picture = f'<w:r><w:instrText>INCLUDETEXT "{url}"</w:instrText></w:r><w:altChunk r:id="rId9"/>'
    settings = {"word/_rels/settings.xml.rels": f"{relations}</Relationships>"}
    yield "a.docx", word.docx(body + word.p(picture), more=settings)
    xml = f"{entity}<w:document {word.NAMESPACES}><w:body>{body.replace('R:', 'R: &e;')}</w:body></w:document>"
    yield "b.docx", word.zipped({"_rels/.rels": "<x/>", "word/document.xml": xml})
    image = f'<draw:frame><draw:image xlink:href="{url}" xmlns:xlink="http://www.w3.org/1999/xlink"/></draw:frame>'
    section = f'<text:section><text:section-source xlink:href="{url}" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
    paragraph = open_document.p(f"R: {SPEECH}{image}")
    yield "a.odt", open_document.odt(f"{section}{paragraph}</text:section>")
    content = f"{entity}<office:document-content {open_document.NAMESPACES}>&e;</office:document-content>"
    yield "b.odt", word.zipped({"content.xml": content})
    field = rf'{{\field{{\*\fldinst INCLUDETEXT "{url}"}}{{\fldrslt R: {SPEECH}}}}}'
    yield "a.rtf", rf"{{\rtf1\ansi{{\*\template {url}}}{field}{{\*\objdata {url}}}}}".encode("cp1252")
    tags = (
        f'<link rel=stylesheet href="{url}"><img src="{url}"><iframe src="{url}"></iframe><script src="{url}"></script>'
    )
    yield (
        "a.html",
        f'{entity}<base href="{url}"><meta http-equiv=refresh content="0;url={url}">{tags}<p>R: &e;'.encode(),
    )
    yield "b.html", f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{url}"/><p>R: ja'.encode()
    yield "a.vtt", f"WEBVTT\n\nSTYLE\n@import url({url});\n\n00:01.000 --> 00:02.000\n<img src={url}>ja\n".encode()
    yield "a.md", f"R: ![x]({url}) <img src='{url}'>\n".encode()
    yield "a.csv", f'speaker,text\nR,"=WEBSERVICE(""{url}"")"\nI,"{SPEECH}"\n'.encode()
    action = f"<</S/URI/URI({url})>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O{action}>>/Contents 4 0 R>>"
    stream = f"<</Length 0/F<</FS/URL/F({url})>>>>\nstream\n\nendstream"
    catalog = f"<</Type/Catalog/Pages 2 0 R/OpenAction{action}>>"
    yield "a.pdf", assembled([catalog, "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream])


def text_or_refusal(name: str, data: bytes) -> str:
    try:
        return read_file(Path(name), data, language="da").document.text
    except BadFile as refused:
        assert refused.message.startswith(f"{name}: ")
        return ""


def test_nothing_is_fetched_from_the_net(listener: tuple[str, list[bytes]]) -> None:
    url, asked = listener
    texts = {name: text_or_refusal(name, data) for name, data in pointing_outside(url)}
    assert asked == []
    assert [name for name, text in texts.items() if "hemmelighed" in text] == []
    assert all(SPEECH in texts[name] for name in ("a.docx", "a.odt", "a.rtf", "a.csv"))


def test_no_other_file_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmelighed", encoding="utf-8")
    for url in (secret.as_uri(), str(secret), f"../{secret.name}"):
        texts = [text_or_refusal(name, data) for name, data in pointing_outside(url)]
        assert all("hemmelighed" not in text for text in texts)


# -- time in step with length -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "run", [" ", "\t", "(", "[", "<", "**", ".", "-", "1", "1:", "a ", "a:", "X", "“", "\u0301\u0327", "&"]
)
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_a_long_run_of_one_sign_is_read_whole(run: str, ending: str) -> None:
    text = f"I: Hvad?\nR: {run * 150_000}x\n"
    reading = read_file(Path(f"a.{ending}"), text.encode(), language="da")
    assert reading.document.text.count(run[0]) >= 150_000


def test_texts_beyond_all_measure_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.readers.MAX_LINES", 3)
    monkeypatch.setattr("transcripts.readers.MAX_CHARACTERS", 20)
    assert read_document(Path("a.txt"), b"I: a\nR: b\n").text == "I: a\nR: b\n"
    with pytest.raises(BadFile, match=r"a\.txt: its text has 4 lines; the limit is 3"):
        read_document(Path("a.txt"), b"I: a\nR: b\nI: c\n")
    with pytest.raises(BadFile, match=r"a\.txt: its text has 21 characters; the limit is 20"):
        read_document(Path("a.txt"), b"R: " + b"x" * 18)


def test_names_with_numbers_of_any_length_are_put_in_order() -> None:
    long = "1" * 5000
    assert sorted([f"a{long}", "a10", "a9"], key=natural)[:2] == ["a9", "a10"]


# -- what hostile files brought to light ------------------------------------------------------------------------


def test_a_cell_may_hold_a_long_interview_and_a_longer_one_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = "ord " * 50_000 + "slut"
    assert cell in read_document(Path("a.csv"), f"speaker;text\nR;{cell}\n".encode()).text
    monkeypatch.setattr("transcripts.readers.delimited.MAX_CELL_CHARACTERS", 100)
    with pytest.raises(BadTable, match="row 2, line 2: a cell has more than 100 characters") as caught:
        read_document(Path("a.csv"), f"speaker;text\nR;{cell}\n".encode())
    assert "quotation mark" in str(caught.value)


def test_parts_nested_too_deep_or_too_long_are_not_called_broken() -> None:
    for body in ("<w:p>" * 1000 + "</w:p>" * 1000, word.p(word.t("ja " * 4_000_000))):
        with pytest.raises(BadFile, match=r"a\.docx: .*nested too deep, or has a piece of more than 10 MB"):
            read_document(Path("a.docx"), stored(word.docx(body)))


def test_a_workbook_with_damaged_styles_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    damaged = with_part(workbook(), "xl/styles.xml", lambda xml: re.sub(rb'xfId="\d+"', b'xfId="77"', xml))
    damaged = with_part(damaged, "xl/styles.xml", lambda xml: re.sub(rb"<cellStyleXfs.*?</cellStyleXfs>", b"", xml))
    with pytest.raises(BadFile, match=r"a\.xlsx: cannot be read as an Excel workbook"):
        read_document(Path("a.xlsx"), damaged)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("run", ["<c ", "<c><f>", "<c><f ", "<c>   ", " r='"])
def test_a_sheet_of_cells_that_never_end_is_refused_in_time(run: str) -> None:
    sheet = with_part(workbook(), SHEET, lambda _: run.encode() * 500_000)
    with pytest.raises(BadFile, match=r"a\.xlsx: "):
        read_document(Path("a.xlsx"), stored(sheet))


def test_a_text_that_stands_in_many_cells_is_counted_in_each() -> None:
    with pytest.raises(BadFile, match=r"a\.xlsx: the sheet 'Sheet' has more than 64,000,000 characters"):
        read_document(Path("a.xlsx"), shared())


def test_the_rows_of_all_sheets_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.readers.raw_table.MAX_ROWS", 5)
    sheet = rb'<sheet [^>]*name="Sheet"[^>]*/>'
    again = re.compile(rb'name="Sheet" sheetId="1"')
    double = with_part(
        workbook(),
        "xl/workbook.xml",
        lambda xml: re.sub(sheet, lambda m: m[0] + again.sub(b'name="Two" sheetId="2"', m[0]), xml),
    )
    assert read_document(Path("a.xlsx"), workbook()).text
    with pytest.raises(BadFile, match=r"with those before it, the sheet 'Two' has more than 5 rows"):
        read_document(Path("a.xlsx"), double)


def test_a_comment_or_deletion_that_is_referred_to_again_and_again_is_read_once() -> None:
    settings = Settings(comments=True, deletions=True)
    comment = f'<w:comments {word.NAMESPACES}><w:comment w:id="1">{word.p(word.t("x" * 1000))}</w:comment></w:comments>'
    marks = word.r('<w:commentReference w:id="1"/>') * 1000
    document = read_document(
        Path("a.docx"), word.docx(word.p(word.t("R: ja") + marks), {"comments": comment}), settings
    )
    assert [piece.text for piece in document.furniture] == [f"[{'x' * 1000}]"]
    itself = '<text:p>væk <text:change text:change-id="c"/></text:p>'
    region = f'<text:changed-region text:id="c"><text:deletion>{itself}</text:deletion></text:changed-region>'
    body = f"<text:tracked-changes>{region}</text:tracked-changes>"
    body += open_document.p("R: ja " + '<text:change text:change-id="c"/>' * 1000)
    assert read_document(Path("a.odt"), open_document.odt(body), settings).text == "R: ja væk "
