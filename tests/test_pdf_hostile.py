"""PDF files that are damaged, or made to do harm: each is refused by name, in bounded time and memory."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from pdf_samples import LEFT, Put, assembled, lines, pdf, wrapped

from store.errors import BadFile
from transcripts.readers import Document, pdf_words, read_document

SPEECH = "R: Bogbussen holder ved porten hver mandag, og så går vi derned i pausen og finder noget at læse."
TALK = lines(wrapped(SPEECH))


def read(data: bytes) -> Document:
    return read_document(Path("interview.pdf"), data)


def refusal(data: bytes) -> str:
    with pytest.raises(BadFile) as caught:
        read(data)
    assert caught.value.message.startswith("interview.pdf: ")
    return caught.value.message + " " + caught.value.hint


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that stands in for the one that reads PDF files."""
    program = tmp_path / "worker.py"
    monkeypatch.setattr(pdf_words.pdf_worker, "__file__", str(program))
    return program


def test_a_file_that_is_something_else_is_called_what_it_is() -> None:
    assert "it is a zip archive" in refusal(b"PK\x03\x04" + bytes(100))
    assert "it is something else" in refusal(b"R: Ja.")


def test_a_file_that_is_cut_off_is_refused_or_read_as_far_as_it_goes() -> None:
    whole = pdf([TALK])
    assert "cut off" in refusal(whole[:200])
    assert "cut off" in refusal(b"%PDF-1.7\n" + bytes(500))


def test_a_file_whose_table_of_contents_is_wrong_is_read_all_the_same() -> None:
    whole = pdf([TALK])
    assert read(whole.replace(b"startxref\n", b"startxref\n9")).text == SPEECH
    assert read(whole[: whole.index(b"xref")] + b"trailer\n<</Root 1 0 R>>\n").text == SPEECH


def test_a_page_that_is_missing_is_told_by_its_number() -> None:
    data = pdf([TALK, TALK])
    first, second = data.index(b"/Type/Page/"), data.rindex(b"/Type/Page/")
    assert first != second
    document = read(data[:second] + b"/Type/Gone/" + data[second + 11 :])
    assert document.text.startswith(SPEECH)


def test_a_password_is_asked_for_in_words() -> None:
    key = "<" + "41" * 32 + ">"
    lock = f"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -3904/O{key}/U{key}>>/ID[<00><00>]"
    assert "password" in refusal(pdf([TALK], trailer=lock))


def test_pictures_of_text_need_ocr() -> None:
    assert "picture of text" in refusal(pdf([[], []], pictures=[0, 1]))
    assert "has no text" in refusal(pdf([[]]))


def test_letters_without_a_meaning_are_no_text() -> None:
    font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    font += "/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    content = "BT /F 12 Tf 72 700 Td <00480065006c006c> Tj ET"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>"
    stream = f"<</Length {len(content)}>>\nstream\n{content}\nendstream"
    catalog = "<</Type/Catalog/Pages 2 0 R>>"
    assert "no meaning" in refusal(assembled([catalog, "<</Type/Pages/Count 1/Kids[4 0 R]>>", font, page, stream]))


def test_a_claim_of_a_hundred_thousand_pages_is_not_believed() -> None:
    claim = pdf([TALK]).replace(b"/Count 1/", b"/Count 100000/")
    assert "pages" in refusal(claim)


def test_pages_that_hold_themselves_are_refused() -> None:
    page = "<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]>>"
    refusal(assembled(["<</Type/Catalog/Pages 2 0 R>>", page]))


def test_a_stream_that_unpacks_to_gigabytes_is_stopped() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"\x78\xda" + 128 * (packer.compress(bytes(2**24)) + packer.flush(zlib.Z_FULL_FLUSH)) + b"\x03\x00"
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\n"
    head += b"endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n4 0 obj\n"
    head += b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    refusal(head + packed + b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n")


def test_a_file_that_takes_too_long_is_given_up(worker: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pdf_words, "TIME_LIMIT_SECONDS", 0.2)
    assert "longer than" in refusal(pdf([TALK]))


def test_a_file_that_breaks_the_reader_breaks_nothing_else(worker: Path) -> None:
    worker.write_text("import os; os.abort()")
    assert "broke the program" in refusal(pdf([TALK]))


def test_controls_and_halves_of_letters_do_no_harm() -> None:
    document = read(pdf([[*TALK, Put(LEFT, 300, "R: a\x0bb\x7fc\x08d")]]))
    assert document.text.startswith(SPEECH)
    document.text.encode()


def test_words_at_impossible_places_are_read() -> None:
    far = [
        Put(1e9, 1e9, "fjernt"),
        Put(-1e9, 5, "borte"),
        Put(5, 5, "stort", size=1e7),
        Put(5, 5, "fladt", turn="0 0 0 0"),
    ]
    document = read(pdf([[*TALK, *far]]))
    assert SPEECH in document.text
