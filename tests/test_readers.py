"""Readers: which files are read and which are refused, and plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx_samples import docx, p, t

from store.errors import BadFile
from transcripts.readers import Document, is_readable, read_document


def read(data: bytes, name: str = "interview.docx") -> Document:
    return read_document(Path("folder") / name, data)


# -- which files ----------------------------------------------------------------------------------------


def test_files_are_chosen_by_their_ending_and_lock_files_are_not() -> None:
    names = ["a.txt", "a.TXT", "a.docx", "a.md", "~$a.docx", ".a.txt", "a.doc", "a", "a.xlsx"]
    assert [name for name in names if is_readable(Path(name))] == ["a.txt", "a.TXT", "a.docx", "a.md"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xyz", b"x", r"files ending in '.xyz' cannot be read. Known endings: .txt, .md, .docx"),
        ("a.pages", b"x", r"files ending in '.pages' cannot be read. Open it in Pages and export it to Word"),
        ("a.DOC", b"x", r"files ending in '.DOC' cannot be read. Open it in Word or LibreOffice and save it as .docx"),
        ("a.wpd", b"x", r"Open it in LibreOffice and save it as .odt"),
        ("a", b"x", "files without an ending"),
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \r\n\t\n", "has no text"),
        ("a.txt", b"\xef\xbb\xbf", "has no text"),
        ("a.txt", b"PK\x03\x04...", "ends in '.txt', but it is a zip archive"),
        ("a.md", b"%PDF-1.7", "ends in '.md', but it is a PDF"),
        ("a.txt", b"{\\rtf1 Hej}", "RTF"),
        ("a.txt", b"I: Hej\x00R: Ja", "not text"),
        ("a.docx", b"I: Hej", "ends in '.docx', but it is something else"),
        ("a.docx", b"%PDF-1.7", "ends in '.docx', but it is a PDF"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ("a.docx", b"PK\x03\x04", "cannot be read as a Word document: it is cut off"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_by_name(name: str, data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words) as caught:
        read(data, name)
    assert str(caught.value).startswith(f"{name}: ")


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.readers.plain.MAX_TEXT_BYTES", 4)
    with pytest.raises(BadFile, match="limit"):
        read(b"Hej med dig", "a.txt")
    monkeypatch.setattr("transcripts.readers.MAX_FILE_BYTES", 4)
    with pytest.raises(BadFile, match="limit"):
        read(docx(p(t("Hej"))))


def test_plain_text_is_normalised_and_its_encoding_told() -> None:
    document = read("\ufeffI: A\u030ah?\r\nR: Nå.".encode("utf-16"), "a.txt")
    assert document == Document("I: Åh?\nR: Nå.", "txt", "utf-16-le")
    guessed = read("R: Så gør vi det.".encode("cp1252"), "a.MD")
    assert (guessed.text, guessed.format) == ("R: Så gør vi det.", "md")
    assert [finding.code for finding in guessed.findings] == ["encoding-guessed"]
