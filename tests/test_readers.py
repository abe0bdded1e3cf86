"""Readers: what of a file is its text, and which files are refused. Word documents are built here part by part."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from store.errors import BadFile
from transcripts.readers import Document, Furniture, is_readable, read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def r(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def zipped(parts: dict[str, str]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(body: str, related: dict[str, str] | None = None, more: dict[str, str] | None = None) -> bytes:
    """A Word document. ``related`` are parts by kind (``footnotes``, ``header``), ``more`` other files by name."""
    related = related or {}
    listing = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(related)
    )
    office = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{office}">{main}</Relationships>',
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{office}">{listing}</Relationships>',
            **{f"word/{kind}.xml": content for kind, content in related.items()},
            **(more or {}),
        }
    )


def read(data: bytes, name: str = "interview.docx") -> Document:
    return read_document(Path("folder") / name, data)


def text_of(body: str) -> str:
    return read(docx(body)).text


# -- which files ----------------------------------------------------------------------------------------


def test_files_are_chosen_by_their_ending_and_lock_files_are_not() -> None:
    names = ["a.txt", "a.TXT", "a.docx", "a.md", "~$a.docx", ".a.txt", "a.doc", "a", "a.xlsx"]
    assert [name for name in names if is_readable(Path(name))] == ["a.txt", "a.TXT", "a.docx", "a.md"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pages", b"x", r"files ending in '.pages' cannot be read. Known endings: .txt, .md, .docx"),
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


# -- the text of Word documents -------------------------------------------------------------------------


def test_paragraphs_are_lines_and_empty_ones_stay() -> None:
    document = read(docx(p(t("I: Hej")) + p("") + p(t("R: ") + t("Ja.")) + "<w:p/>"))
    assert document == Document("I: Hej\n\nR: Ja.\n", "docx", "utf-8")


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a\tb"),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t>", "a\nb"),
        ("<w:t>a</w:t><w:cr/><w:t>b</w:t>", "a\nb"),
        ("<w:t>a</w:t><w:ptab/><w:t>b</w:t>", "a\tb"),
        ("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t>", "a\u2011b"),
        ("<w:t>a</w:t><w:softHyphen/><w:t>b</w:t>", "a\u00adb"),
        ("<w:t>a\nb</w:t>", "a b"),
        ("<w:t>A\u030a &amp; 😀</w:t>", "Å & 😀"),
        ('<w:sym w:font="Wingdings" w:char="F04A"/>', "☺"),
        ('<w:sym w:font="Symbol" w:char="F0AE"/>', "→"),
        ('<w:sym w:font="Calibri" w:char="00E6"/>', "æ"),
        ('<w:rPr><w:rFonts w:ascii="x"/><w:tab/></w:rPr><w:t>a</w:t><w:lastRenderedPageBreak/>', "a"),
    ],
)
def test_signs_of_word_become_characters(run: str, text: str) -> None:
    assert text_of(p(r(run))) == text


def test_a_symbol_that_no_letter_stands_for_is_marked_and_told() -> None:
    document = read(docx(p(t("a") + r('<w:sym w:font="Webdings" w:char="F021"/>'))))
    assert document.text == "a\ufffd"
    assert [(f.code, f.where) for f in document.findings] == [("unknown-symbol", "")]


def test_content_controls_links_and_tags_hide_no_text() -> None:
    tags = (("hyperlink", "b"), ("smartTag", "c"), ("bdo", "d"))
    inline = "".join(f"<w:{tag}>{t(word)}</w:{tag}>" for tag, word in tags)
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{t('e')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{p(t('f'))}<w:customXml>{p(t('g'))}</w:customXml></w:sdtContent></w:sdt>"
    formula = "<m:oMath><m:f><m:num><m:r><m:t>x</m:t></m:r></m:num></m:f></m:oMath>"
    assert text_of(p(t("a") + inline + control + formula) + block) == "abcdex\nf\ng"


def test_insertions_are_read_and_deletions_are_not() -> None:
    deleted = "<w:del><w:r><w:delText>væk</w:delText></w:r></w:del><w:moveFrom>" + t("flyttet") + "</w:moveFrom>"
    kept = f"<w:ins>{t('ny ')}</w:ins><w:moveTo>{t('her')}</w:moveTo>"
    document = read(docx(p(t("R: ") + deleted + kept)))
    assert document.text == "R: ny her"
    assert [(f.code, f.message[-4:]) for f in document.findings] == [("tracked-changes", "(4).")]


def test_a_deleted_paragraph_mark_joins_what_it_parted() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert text_of(p(mark + t("et ")) + p(t("stykke")) + p(t("to"))) == "et stykke\nto"
    assert text_of(p(t("et")) + p(mark)) == "et"
    assert text_of(p(t("et")) + p(mark + t("to"))) == "et\nto"


def test_comments_are_left_out_and_told() -> None:
    body = p('<w:commentRangeStart w:id="0"/>' + t("Ja") + r('<w:commentReference w:id="0"/>'))
    comments = f"<w:comments {NAMESPACES}><w:comment>{p(t('Hemmeligt'))}</w:comment></w:comments>"
    document = read(docx(body, {"comments": comments}))
    assert document.text == "Ja"
    assert [finding.code for finding in document.findings] == ["comments-left-out"]


def test_hidden_text_is_read_and_told() -> None:
    hidden = r("<w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t>")
    document = read(docx(p(hidden + r('<w:rPr><w:vanish w:val="0"/></w:rPr>'))))
    assert document.text == "skjult"
    assert [finding.message for finding in document.findings] == ["has hidden text, which was read (1)."]


def test_a_table_is_lines_of_cells_with_tabs_between() -> None:
    table = "<w:tbl>" + row(p(t("I")), p(t("Hej")) + p(t("igen"))) + row(p(""), p(t("Ja"))) + "</w:tbl>"
    assert text_of(p(t("før")) + table + p(t("efter"))) == "før\nI\tHej\nigen\n\tJa\nefter"


def test_a_table_in_a_table_and_rows_in_controls_are_read() -> None:
    inner = "<w:tbl>" + row(p(t("a")), p(t("b"))) + "</w:tbl>" + p("")
    control = f"<w:sdt><w:sdtContent>{row(p(t('c')), p(t('d')))}</w:sdtContent></w:sdt>"
    deleted = row(p(t("væk"))).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    assert text_of("<w:tbl>" + row(inner, p(t("x"))) + control + deleted + "</w:tbl>") == "a\tb\tx\nc\td"


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(t('kasse'))}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(p(t("før") + r(both) + t(" og efter")) + p(t("næste"))) == "før og efter\nkasse\nnæste"
    assert text_of(p(t("a") + r(f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"))) == "a\nkasse"


def field(kind: str) -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


def test_the_result_of_a_field_is_text_and_its_instruction_is_not() -> None:
    instruction = r("<w:instrText>PAGE </w:instrText>") + field("begin") + field("separate") + t("indre") + field("end")
    body = p(t("side ") + field("begin") + instruction + field("separate") + t("7") + field("end") + t("."))
    assert text_of(body) == "side 7."
    assert text_of(p(f'<w:fldSimple w:instr="PAGE">{t("8")}</w:fldSimple>')) == "8"


def test_a_field_that_is_never_closed_hides_no_speech() -> None:
    assert text_of(p(field("begin") + r("<w:instrText>X</w:instrText>") + t("tale")) + p(t("mere"))) == "tale\nmere"


def test_automatic_numbers_are_not_invented() -> None:
    assert text_of(p('<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>' + t("Punkt"))) == "Punkt"


def test_notes_stand_after_the_body_in_the_order_of_their_references() -> None:
    def notes(kind: str, *texts: str) -> str:
        separator = f'<w:{kind} w:type="separator" w:id="-1">{p(t("---"))}</w:{kind}>'
        each = "".join(
            f'<w:{kind} w:id="{n}">{p(r(f"<w:{kind}Ref/>") + t(" " + text))}</w:{kind}>'
            for n, text in enumerate(texts, start=1)
        )
        return f"<w:{kind}s {NAMESPACES}>{separator}{each}</w:{kind}s>"

    def reference(kind: str, number: int) -> str:
        return r(f'<w:{kind}Reference w:id="{number}"/>')

    deleted = f"<w:del>{reference('footnote', 3)}</w:del>"
    body = p(t("Ja") + reference("endnote", 1) + reference("footnote", 2))
    body += p(t("Nej") + reference("footnote", 1) + deleted)
    related = {"footnotes": notes("footnote", "Første.", "Anden.", "Væk."), "endnotes": notes("endnote", "Slut.")}
    assert read(docx(body, related)).text == "Ja\nNej\nAnden.\nFørste.\nSlut."


def test_headers_and_footers_are_furniture_and_no_text() -> None:
    related = {
        "header": f"<w:hdr {NAMESPACES}>{p(t('Fortroligt'))}</w:hdr>",
        "footer": f"<w:ftr {NAMESPACES}>{p(t('Side ') + t('1'))}{p('')}</w:ftr>",
    }
    document = read(docx(p(t("Ja")), related))
    assert document.text == "Ja"
    assert document.furniture == (Furniture("header", "Fortroligt"), Furniture("footer", "Side 1"))


def test_an_embedded_document_is_told() -> None:
    document = read(docx(p(t("Ja")) + '<w:altChunk r:id="rId9"/>'))
    assert [finding.code for finding in document.findings] == ["embedded-document"]


def test_the_strict_variant_and_another_name_of_the_body_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = zipped(
        {
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" '
            'Target="/word/document2.xml"/></Relationships>',
            "word/document2.xml": f'<w:document xmlns:w="{strict}"><w:body>{p(t("Ja"))}</w:body></w:document>',
        }
    )
    assert read(data).text == "Ja"


# -- damaged and hostile documents ----------------------------------------------------------------------


def test_a_document_cut_off_in_the_middle_is_refused() -> None:
    whole = docx(p(t("Hej " * 500)))
    for length in (30, len(whole) // 2, len(whole) - 10):
        with pytest.raises(BadFile, match="cut off"):
            read(whole[:length])


def test_a_document_with_changed_bytes_is_refused() -> None:
    whole = bytearray(docx(p(t("Hej med dig"))))
    at = whole.index(b"word/document.xml") + len("word/document.xml") + 20
    whole[at : at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(BadFile, match="cannot be unpacked"):
        read(bytes(whole))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"other.txt": "Hej"}, "a zip archive with no document in it"),
        ({"xl/workbook.xml": "<x/>"}, "an Excel workbook"),
        ({"word/document.xml": "<w:document"}, "the XML of its part 'word/document.xml' is broken"),
        ({"word/document.xml": ""}, "is broken"),
        ({"word/document.xml": "<a>" * 300 + "</a>" * 300}, "is broken"),
        ({"word/document.xml": '<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>'}, "document type"),
        ({"_rels/.rels": "<!DOCTYPE x><x/>", "word/document.xml": "<x/>"}, "document type"),
    ],
)
def test_a_zip_file_that_is_no_document_is_refused(parts: dict[str, str], words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read(zipped(parts))


def test_entities_are_never_expanded() -> None:
    steps = "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in pairwise("abcdefgh"))
    entities = f'<!ENTITY a "ha">{steps}'
    bomb = f'<!DOCTYPE x [{entities}]><w:document xmlns:w="{W}"><w:body>{p(t("&h;"))}</w:body></w:document>'
    with pytest.raises(BadFile, match="document type"):
        read(zipped({"word/document.xml": bomb}))


def test_a_file_on_disk_is_never_drawn_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmeligt")
    inclusion = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><x>&s;</x>'
    with pytest.raises(BadFile, match="document type"):
        read(zipped({"word/document.xml": inclusion}))


def test_a_part_that_unpacks_to_far_more_than_its_size_is_refused() -> None:
    with pytest.raises(BadFile, match="unpacks to more than"):
        read(docx(p(t("a" * 8_000_000))))


def test_parts_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.readers.zipped.MAX_TOTAL_BYTES", 600)
    with pytest.raises(BadFile, match="unpacks to more than"):
        read(docx(p(t("Hej"))))


def test_a_path_that_leaves_the_package_is_not_followed() -> None:
    listing = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{OFFICE}/header" Target="../../../etc/hostname"/>'
        f'<Relationship Id="b" Type="{OFFICE}/footer" Target="file:///etc/hostname" TargetMode="External"/>'
        "</Relationships>"
    )
    document = read(docx(p(t("Ja")), more={"word/_rels/document.xml.rels": listing}))
    assert (document.text, document.furniture) == ("Ja", ())


def test_the_reference_documents_are_read(reference: Path) -> None:
    path = reference / "formats" / "interview1_german.docx"
    document = read_document(path, path.read_bytes())
    assert document.text.startswith("Interview with S1 and S2")
    assert (len(document.text), document.findings, document.furniture) == (4902, (), ())
