"""Rich Text Format: all text comes in, once and in order, whatever wrote it; what is no text is apart or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import BadFile
from transcripts.readers import Document, Furniture, read_document
from transcripts.settings import DEFAULT, Settings

FONTS = (
    r"{\fonttbl{\f0\fswiss\fcharset0 Arial{\*\falt Helvetica};}{\f1\fnil\fcharset204 Arial Cyr;}"
    r"{\f2\fcharset2 Wingdings;}{\f3\fcharset128 MS Mincho;}{\f4\fcharset2 Symbol;}{\f5\fcharset77 Geneva;}}"
)


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    return f"{{\\rtf1{head}{FONTS}{{\\colortbl;\\red0;}}{{\\stylesheet{{\\s0 Normal;}}}}{body}}}".encode("cp1252")


def read(data: bytes, settings: Settings = DEFAULT) -> Document:
    return read_document(Path("folder") / "interview.rtf", data, settings)


def text_of(body: str) -> str:
    return read(rtf(body)).text


def test_paragraphs_are_lines_and_empty_ones_stay() -> None:
    body = "{\\*\\generator Riched20}\\pard\\b I:\\b0  Hej\\par\r\n\\par\nR: \\i Nå\r\n.\\i0\\par"
    assert read(rtf(body)) == Document("I: Hej\n\nR: Nå.", "rtf", "cp1252")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"a\tab b\line c\emdash\endash d\~e\_f\-g", "a\tb\nc—–d\xa0e\u2011f\xadg"),
        (r"\lquote a\rquote  \ldblquote b\rdblquote \bullet", "‘a’ “b”•"),
        (r"\{a\}\\b", r"{a}\b"),
        (r"r\'f8dgr\'F8d", "rødgrød"),
        (r"\u248 ?\u248?\u248\'f8\uc0\u248 x\uc2\u248 xyz", "øøøøxøz"),
        (r"{\uc0\u248}\u248 ?", "øø"),
        (r"\u-10179 ?\u-8704 ?", "😀"),
        (r"\u55357 ?\u56832 ?\u128512 ?", "😀😀"),
        (r"a\u55357 ?b", "a\ufffdb"),
        (r"a\u248\par ?b", "aø\n?b"),
        (r"a\u248\rquote b", "aøb"),
        (r"A\u778 ?", "Å"),
        ("a\\\nb\\\r\nc", "a\nb\nc"),
        (r"\f1\'c4\'e0\f0\'e6", "Даæ"),
        (r"{\f3\'82\'a0\'83\'5c}\'e6", "あソæ"),
        (r"{\f5\'be}\plain\'e6", "ææ"),
        (r"{\f2 J\'fc\u-4022 ?}\f4 a\'de", "☺✔☺α⇒"),
        (r"\u0 ?\'00a\'01b\u1 ?", "ab"),
        (r"a\page b\sect c", "a\nb\nc"),
        (r"a{\unknown b{\b c}}\unknown2 d", "abcd"),
    ],
)
def test_signs_and_letters_of_every_kind_become_characters(body: str, text: str) -> None:
    assert text_of(body) == text


def test_letters_are_read_by_the_code_page_of_the_document_and_by_the_encoding_a_person_names() -> None:
    mac = read(rtf(r"bl\'8cb\'be", head=r"\mac"))
    assert (mac.text, mac.encoding) == ("blåbæ", "mac-roman")
    dos = read(rtf(r"\'91", head=r"\ansi\ansicpg850"))
    assert (dos.text, dos.encoding) == ("æ", "cp850")
    assert read(rtf(r"\'c3\'a6", head=r"\ansi\ansicpg65001")).text == "æ"
    assert read(rtf(r"\'91"), Settings(encoding="cp850")).text == "æ"
    assert read(rtf(r"\'e6", head=r"\ansi\ansicpg99999")).text == "æ"
    with pytest.raises(BadFile, match="no encoding that we know"):
        read(rtf("a"), Settings(encoding="klingon"))


def test_bytes_that_are_no_letters_are_marked_and_told() -> None:
    document = read(rtf(r"R: \'c3", head=r"\ansi\ansicpg65001"))
    assert document.text == "R: \ufffd"
    assert [(f.code, f.message[-4:]) for f in document.findings] == [("unreadable-bytes", "(1).")]


def test_a_table_is_lines_of_cells_with_tabs_between() -> None:
    rows = r"\trowd\cellx1\cellx2\intbl I\cell Hej\par igen\cell\row\trowd\intbl R\cell\cell\row\pard efter"
    assert text_of(r"f\'f8r\par" + rows) == "før\nI\tHej\nigen\nR\t\nefter"
    nested = r"\intbl a\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\cell x\cell\row"
    assert text_of(nested) == "a\tb\n\tx"


def test_groups_that_are_no_text_are_passed_over() -> None:
    info = r"{\info{\title Hemmelig}{\author Bo}}{\*\unknown{\b dybt} x}{\pict\wmetafile8 0123abcd}"
    lists = r"{\listtext\tab 1.\tab}{\*\pn{\pntxtb (}}{\xe {\v stikord}}{\*\bkmkstart x}{\object{\*\objdata 0a}}"
    assert text_of(info + "R: " + lists + "Ja") == "R: Ja"
    assert [f.code for f in read(rtf(info + lists + "Ja")).findings] == ["hidden-text", "embedded-document"]


def test_binary_data_hides_no_text_behind_it() -> None:
    data = rtf("R: {\\pict\\bin5 }{\\}\\}Ja")
    assert read(data).text == "R: Ja"
    claims_too_much = read(rtf(r"R: Ja\par {\pict\bin2000000000 x}"))
    assert (claims_too_much.text, [f.code for f in claims_too_much.findings]) == ("R: Ja", ["damaged-file"])


def test_the_result_of_a_field_is_text_and_its_instruction_is_not() -> None:
    link = r'{\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt{\ul her}}}'
    smile = r'{\field{\*\fldinst SYMBOL 74 \\f "Wingdings" \\s 11}{\fldrslt\f2\fs22}}'
    assert text_of(f"R: Se {link}{smile}.") == "R: Se her☺."


def test_unicode_text_that_is_also_there_in_plain_stands_once() -> None:
    assert text_of(r"a{\upr{b?c}{\*\ud{b\u248 ?c}}}d") == "abøcd"


def test_text_boxes_are_read_once_and_after_their_paragraph() -> None:
    old = r"{\*\do\dobxcolumn{\dptxbxtext kasse\par}}"
    new = rf"{{\shp{{\*\shpinst{{\sp{{\sn id}}{{\sv 1}}}}{{\shptxt kasse\par}}}}{{\shprslt{old}}}}}"
    assert text_of(rf"f\'f8r{new} og efter\par n\'e6ste") == "før og efter\nkasse\nnæste"
    assert text_of(rf"f\'f8r{old}") == "før\nkasse"
    assert text_of(rf"\intbl a{new}\cell b\cell\row") == "a\nkasse\tb"


def test_notes_stand_after_the_text_and_are_told() -> None:
    notes = r"R: Ja{\super\chftn{\footnote\ftnalt\chftn  F\'f8rste.}} da{\footnote Anden.}\par I: N\'e5"
    document = read(rtf(notes + r"{\*\ftnsep\chftnsep x}"))
    assert document.text == "R: Ja da\nI: Nå\nFørste.\nAnden."
    assert [f.code for f in document.findings] == ["notes-after-text"]


def test_headers_and_footers_are_furniture() -> None:
    heads = r"{\headerl Fortroligt\par}{\headerr Fortroligt\par}{\footer Side {\field{\*\fldinst PAGE}{\fldrslt 1}}}"
    document = read(rtf(heads + r"R: Ja\par"))
    assert document.text == "R: Ja"
    assert document.furniture == (Furniture("header", "Fortroligt"), Furniture("footer", "Side 1"))


def test_deletions_are_left_out_and_told_or_read_where_asked_for() -> None:
    data = rtf(r"R: {\deleted aldrig }{\revised nu} {\mvf v\'e6k}{\mvt her}\par{\deleted\par}I: Ja")
    assert read(data).text == "R: nu her\nI: Ja"
    assert [f.code for f in read(data).findings] == ["tracked-changes", "deletions-left-out", "moved-text"]
    asked = read(data, Settings(deletions=True))
    assert asked.text == "R: aldrig nu her\n\nI: Ja"
    assert [f.code for f in asked.findings] == ["tracked-changes", "deletions-read", "moved-text"]


def test_comments_are_left_out_and_told_or_notes_at_their_places() -> None:
    comment = r"{\*\atnid BL}{\*\atnauthor Bo}\chatn{\*\annotation{\*\atnref 1}{\*\atndate 2}Hvem?\par}"
    data = rtf(rf"R: Ja{{\cs1 {comment}}} da")
    assert (read(data).text, [f.code for f in read(data).findings]) == ("R: Ja da", ["comments-left-out"])
    asked = read(data, Settings(comments=True))
    assert (asked.text, asked.furniture) == ("R: Ja da", (Furniture("note", "[Bo: Hvem?]", at=5),))


def test_hidden_text_is_read_and_told() -> None:
    document = read(rtf(r"R: {\v skjult}{\v0 ja}"))
    assert (document.text, [f.code for f in document.findings]) == ("R: skjultja", ["hidden-text"])


@pytest.mark.parametrize("body", [r"R: Ja}{\b ", r"R: Ja{\b{\i ", r"R: Ja}}}"])
def test_braces_that_do_not_match_are_told_and_lose_nothing(body: str) -> None:
    document = read(rtf(body + "og nej"))
    assert (document.text, [f.code for f in document.findings]) == ("R: Jaog nej", ["damaged-file"])


def test_a_file_cut_off_in_a_note_keeps_the_note() -> None:
    document = read(rtf(r"R: Ja{\footnote en note")[:-1])
    assert document.text == "R: Ja\nen note"
    assert [f.code for f in document.findings] == ["notes-after-text", "damaged-file"]


def test_groups_nested_without_end_are_read() -> None:
    assert text_of("{" * 100_000 + "R: dybt" + "}" * 100_000) == "R: dybt"


def test_more_signs_than_any_transcript_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.readers.rtf.MAX_SIGNS", 1000)
    with pytest.raises(BadFile, match="signs of formatting"):
        read(rtf(r"\b\b0" * 600))


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"R: Ja", "something else"), (b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office")],
)
def test_a_file_that_is_no_rtf_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read(data)
