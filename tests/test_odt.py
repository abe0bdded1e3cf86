"""OpenDocument texts: all text of the body comes in, once and in order; what is no text of it is apart or told."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx_samples import zipped
from odt_samples import NAMESPACES, odt, p, row, table

from store.errors import BadFile
from transcripts.readers import Document, Furniture, read_document
from transcripts.settings import DEFAULT, Settings


def read(data: bytes, settings: Settings = DEFAULT) -> Document:
    return read_document(Path("folder") / "interview.odt", data, settings)


def text_of(body: str) -> str:
    return read(odt(body)).text


def test_paragraphs_and_headings_are_lines_and_empty_ones_stay() -> None:
    heading = '<text:h text:outline-level="1">Interview</text:h>'
    document = read(odt(heading + p("I: Hej") + "<text:p/>" + p("R: <text:span>A\u030a</text:span> &amp; 😀")))
    assert document == Document("Interview\nI: Hej\n\nR: Å & 😀", "odt", "utf-8")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a<text:tab/>b", "a\tb"),
        ("a<text:line-break/>b", "a\nb"),
        ('a<text:s text:c="3"/>b', "a   b"),
        ("a <text:s/>b", "a  b"),
        ("\n   a\n   <text:span> b</text:span>\t c", "a b c"),
        ("a\u00a0 b", "a\u00a0 b"),
        ("a<text:soft-page-break/>b", "ab"),
        ('<text:a href="x">a</text:a><text:bookmark-start/>b<text:title>c</text:title>', "abc"),
        ('<text:date text:date-value="2026-01-02">2. januar</text:date>', "2. januar"),
        ("<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>", "漢(kan)"),
        ("a<text:script>evil()</text:script><text:unknown>b</text:unknown>", "ab"),
        ('a<text:s text:c="99999999999"/>b', "a" + " " * 10_000 + "b"),
    ],
)
def test_the_signs_of_the_format_become_characters(content: str, text: str) -> None:
    assert text_of(p(content)) == text


def test_sections_lists_and_indexes_hide_no_text() -> None:
    item = f"<text:list-item><text:number>1.</text:number>{p('b')}<text:list><text:list-item>{p('c')}"
    listed = f"<text:list>{item}</text:list-item></text:list></text:list-item></text:list>"
    index = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>x"
        f"</text:index-title-template></text:table-of-content-source><text:index-body>{p('d')}</text:index-body>"
        "</text:table-of-content>"
    )
    assert text_of(f"<text:section>{p('a')}{listed}</text:section>{index}") == "a\nb\nc\nd"


def test_a_table_is_lines_of_cells_with_tabs_between() -> None:
    head = f"<table:table-header-rows>{row(p('Hvem'), p('Hvad'))}</table:table-header-rows>"
    inner = table(row(p("a"), p("b")))
    covered = row(p("x")).replace("</table:table-row>", "<table:covered-table-cell/></table:table-row>")
    rows = head + row(p("I"), p("Hej") + p("igen")) + row("", inner) + covered
    assert text_of(p("før") + table(rows) + p("efter")) == "før\nHvem\tHvad\nI\tHej\nigen\n\ta\tb\nx\t\nefter"


def test_text_boxes_and_shapes_are_read_after_their_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{p('kasse')}</draw:text-box><svg:title>ikke</svg:title></draw:frame>"
    shape = f"<draw:custom-shape>{p('figur')}<draw:enhanced-geometry/></draw:custom-shape>"
    assert text_of(box + p(f"R: a{box} b{shape}")) == "kasse\nR: a b\nkasse\nfigur"


def test_notes_stand_after_the_text_and_are_told() -> None:
    def note(number: int, words: str) -> str:
        citation = f"<text:note-citation>{number}</text:note-citation>"
        return f"<text:note>{citation}<text:note-body>{p(words)}</text:note-body></text:note>"

    document = read(odt(p(f"R: Ja{note(1, 'Første.')} da{note(2, 'Anden.')}") + p("I: Nå")))
    assert document.text == "R: Ja da\nI: Nå\nFørste.\nAnden."
    assert [f.code for f in document.findings] == ["notes-after-text"]


ANNOTATION = f"<office:annotation><dc:creator>Bo</dc:creator><dc:date>2026</dc:date>{p('Hvem?')}</office:annotation>"


def test_comments_are_left_out_and_told_or_notes_at_their_places() -> None:
    data = odt(p(f"R: Ja{ANNOTATION}<office:annotation-end/> da"))
    assert (read(data).text, [f.code for f in read(data).findings]) == ("R: Ja da", ["comments-left-out"])
    asked = read(data, Settings(comments=True))
    assert (asked.text, asked.furniture) == ("R: Ja da", (Furniture("note", "[Bo: Hvem?]", at=5),))


def test_deletions_are_left_out_and_told_or_read_in_their_places() -> None:
    def region(kind: str, change_id: str, content: str = "") -> str:
        info = "<office:change-info><dc:creator>Bo</dc:creator></office:change-info>"
        change = f"<text:{kind}>{info}{content}</text:{kind}>"
        return f'<text:changed-region text:id="{change_id}">{change}</text:changed-region>'

    regions = region("deletion", "c1", p("aldrig ")) + region("insertion", "c2")
    changes = f"<text:tracked-changes>{regions}</text:tracked-changes>"
    inserted = '<text:change-start text:change-id="c2"/>nu<text:change-end text:change-id="c2"/>'
    data = odt(changes + p(f'R: <text:change text:change-id="c1"/>her {inserted}'))
    assert read(data).text == "R: her nu"
    assert [f.code for f in read(data).findings] == ["tracked-changes", "deletions-left-out"]
    asked = read(data, Settings(deletions=True))
    assert asked.text == "R: aldrig her nu"
    assert [f.code for f in asked.findings] == ["tracked-changes", "deletions-read"]


def test_hidden_text_is_read_and_told() -> None:
    style = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    document = read(odt(p('R: <text:span text:style-name="T1">skjult</text:span>'), styles=style))
    assert (document.text, [f.code for f in document.findings]) == ("R: skjult", ["hidden-text"])


def test_headers_and_footers_of_the_page_styles_are_furniture() -> None:
    masters = f"<style:header>{p('Fortroligt')}</style:header><style:header-left>{p('Fortroligt')}</style:header-left>"
    masters += f"<style:footer>{p('Side <text:page-number>1</text:page-number>')}</style:footer>"
    masters += f'<style:footer-first style:display="false">{p("ikke vist")}</style:footer-first>'
    document = read(odt(p("R: Ja"), masters=masters))
    assert document.text == "R: Ja"
    assert document.furniture == (Furniture("header", "Fortroligt"), Furniture("footer", "Side 1"))


def test_an_embedded_document_is_told() -> None:
    document = read(odt(p('R<draw:frame><draw:object href="./Object 1"/></draw:frame>')))
    assert [f.code for f in document.findings] == ["embedded-document"]


SPREADSHEET = (
    f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet/></office:body></office:document-content>"
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"R: Ja", "ends in '.odt', but it is something else"),
        (b"{\\rtf1 Ja}", "RTF"),
        (odt(p("R: Ja"))[:200], "cut off"),
        (zipped({"word/document.xml": "<x/>"}), "a Word document"),
        (zipped({"other.txt": "Hej"}), "no document in it"),
        (zipped({"content.xml": SPREADSHEET}), "a spreadsheet"),
        (zipped({"content.xml": "<a>" * 300 + "</a>" * 300}), "nested too deep"),
        (zipped({"content.xml": '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}), "document type"),
        (odt(p("a" * 8_000_000)), "unpacks to more than"),
        (
            odt(p("x"), more={"META-INF/manifest.xml": "<manifest:file-entry><manifest:encryption-data/>"}),
            "protected with a password",
        ),
    ],
)
def test_a_file_that_is_no_readable_text_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read(data)


def test_sections_nested_deep_are_read() -> None:
    deep = "<text:section>" * 200 + p("R: dybt") + "</text:section>" * 200
    assert text_of(deep) == "R: dybt"
