"""Bytes to text: encodings told or guessed, and the one normal form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import InputError
from transcripts.suspect_text import suspect_characters
from transcripts.text import composed, decode, describe_position, normalise

DANISH = "Så sagde hun: ”Vi må få gjort noget ved løftet på Åvej, før Ærø og Østerbro gør det.”\r\n"
PLAIN = "Så sagde hun, at vi må få gjort noget ved løftet på Åvej, før Ærø og Østerbro gør det.\r\n"


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("a\r\nb\rc\n\r\nd", "a\nb\nc\n\nd"),
        ("A\u030a og e\u0301", "Å og é"),
        ("\ufeffHej", "Hej"),
        ("\ufeff\ufeffHej", "\ufeffHej"),
        ("  to  blanke\t\u00a0\u2028 \x0c", "  to  blanke\t\u00a0\u2028 \x0c"),
        ("👩‍👧 ﬁ ²", "👩‍👧 ﬁ ²"),
        ("", ""),
    ],
)
def test_normal_text_is_nfc_with_lf_and_nothing_else_changed(raw: str, normal: str) -> None:
    assert normalise(raw) == normal


MARKS = "\u0301\u0327\u0344\u0f73\u0f71\u0338\u05b0\u3099か각\u1100\u1161漢\u2126\u0958😀å"


@given(st.text(MARKS, min_size=60, max_size=200), st.text("ab\u0301", max_size=9))
def test_long_runs_of_accents_are_composed_as_any_others(run: str, rest: str) -> None:
    assert composed(run + rest) == unicodedata.normalize("NFC", run + rest)
    assert composed(rest + run) == unicodedata.normalize("NFC", rest + run)


def test_a_letter_with_a_million_accents_takes_time_in_step_with_them() -> None:
    assert len(normalise("a" + "\u0301\u0327" * 1_000_000)) == 2_000_000  # sorted by Python's own way: an hour


@given(st.text().filter(lambda text: not text.startswith("\ufeff")))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_is_read_without_a_finding(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.findings) == (text.removeprefix("\ufeff"), ())


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (DANISH.encode(), "utf-8"),
        (DANISH.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + DANISH.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + DANISH.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + DANISH.encode("utf-32-le"), "utf-32-le"),
        (b"\x00\x00\xfe\xff" + DANISH.encode("utf-32-be"), "utf-32-be"),
        (DANISH.encode("utf-16-le"), "utf-16-le"),
        (DANISH.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_an_encoding_that_is_plain_to_see_is_no_finding(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.findings) == (DANISH, encoding, ())


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (DANISH, "cp1252", "Windows-1252"),
        (DANISH, "mac-roman", "Mac Roman"),
        (PLAIN, "cp1252", "Windows-1252"),
        (PLAIN, "mac-roman", "Mac Roman"),
        (PLAIN, "cp865", "DOS Nordic"),
        (PLAIN, "cp850", "DOS Nordic"),  # the same bytes as 865, and so the same text
        ("§ 3: løn på ¼ og ½ år\n", "cp850", "DOS Western Europe"),
        ("Jeg så en bæver.\n", "cp1252", "Windows-1252"),
        ("Vi går på café.\n", "mac-roman", "Mac Roman"),
        ("Das Mädchen fuhr über die Straße.\n", "cp1252", "Windows-1252"),
    ],
)
def test_a_western_encoding_is_guessed_and_the_guess_is_told(text: str, encoding: str, named: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    (finding,) = decoded.findings
    assert finding.code == "encoding-guessed"
    assert named in finding.message


def test_a_foreign_byte_in_utf8_is_read_and_its_line_is_told() -> None:
    decoded = decode("Første linje på dansk.\nAnden linje: æøå.\n".encode() + "Så kom Åse.\n".encode("cp1252"))
    assert decoded.text.endswith("æøå.\nSå kom Åse.\n")
    assert [(f.code, f.where) for f in decoded.findings] == [("encoding-mixed", "line 3")]


@pytest.mark.parametrize(
    "data",
    [
        b"Hej\x00 der, det er en tekst",
        b"\xff\xfe\x00\xd8\x41\x00",
        bytes(range(1, 32)) * 8,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"\x01\x02 tekst med mange \x03\x04\x05 styretegn \x06\x07",
        "Привет, как дела? Все хорошо.".encode("cp1251"),
        "你好，今天怎么样".encode("gbk"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"not text|damaged"):
        decode(data)


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"").text == ""


def test_a_position_is_told_as_a_line() -> None:
    text = "en\nto\ntre"
    assert [describe_position(text, at) for at in (0, 2, 3, 8)] == ["line 1", "line 1", "line 2", "line 3"]


def test_what_a_person_says_of_the_encoding_is_taken() -> None:
    data = DANISH.replace("”", '"').encode("cp850")
    told = decode(data, "cp850")
    assert (told.text, told.encoding, told.findings, told.confidence) == (DANISH.replace("”", '"'), "cp850", (), None)
    assert decode("hej".encode("utf-16"), "UTF-16").text == "hej"


@pytest.mark.parametrize(
    ("encoding", "words"), [("utf-8", "byte 3 does not fit"), ("base64", "no encoding"), ("x", "no encoding")]
)
def test_an_encoding_that_does_not_fit_is_refused(encoding: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        decode("blå".encode("cp1252") + b" \xff", encoding)


def test_a_guess_is_the_surer_the_more_letters_speak_for_it() -> None:
    few, many = decode("på".encode("cp1252")), decode(PLAIN.encode("cp1252"))
    assert few.confidence is not None
    assert many.confidence is not None
    assert 50 <= few.confidence < many.confidence <= 99
    assert decode(PLAIN.encode()).confidence is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (PLAIN.encode().decode("latin-1"), ["mojibake"]),
        ("Første linje.\n" + "Så løb vi på".encode().decode("cp1252"), ["mojibake"]),
        ("vi l\xbfber".replace("\xbf", "¿"), ["mojibake"]),
        ("Vi l\ufffdb", ["letters-lost"]),
        ("Se \u202eher", ["direction-signs"]),
        ("Pâté, São Paulo, 1¾ liter, ¿Qué?, Œuvre, château — l’été «Âge»", []),
        (DANISH, []),
    ],
)
def test_characters_that_a_text_should_not_have_are_told(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in suspect_characters(text)] == codes
