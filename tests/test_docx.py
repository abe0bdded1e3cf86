"""Word documents: all text of the body comes in, once and in order; what is no text of it is apart or told."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from docx_samples import NAMESPACES, OFFICE, W, docx, p, r, row, t, zipped

from store.errors import BadFile
from transcripts.readers import Document, Furniture, read_document, whole_text
from transcripts.settings import DEFAULT, Settings
from transcripts.speaking.turns import find_turns

DELETIONS = Settings(deletions=True)


def read(data: bytes, settings: Settings = DEFAULT) -> Document:
    return read_document(Path("folder") / "interview.docx", data, settings)


def text_of(body: str) -> str:
    return read(docx(body)).text


def field(kind: str) -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


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
    told = ["tracked-changes", "deletions-left-out", "moved-text"]
    assert [(f.code, f.message[-4:]) for f in document.findings] == [(code, "(1).") for code in told]


def test_a_deleted_paragraph_mark_joins_what_it_parted() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert text_of(p(mark + t("et ")) + p(t("stykke")) + p(t("to"))) == "et stykke\nto"
    assert text_of(p(t("et")) + p(mark)) == "et"
    assert text_of(p(t("et")) + p(mark + t("to"))) == "et\nto"


def test_deletions_are_read_where_asked_for_and_moved_text_stands_once() -> None:
    deleted = "<w:del><w:r><w:delText>aldrig </w:delText></w:r></w:del><w:moveFrom>" + t("væk") + "</w:moveFrom>"
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    gone = row(p(t("I")), p(t("Nå"))).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    document = read(docx(p(mark + t("R: ") + deleted + t("her")) + p(t("ja")) + f"<w:tbl>{gone}</w:tbl>"), DELETIONS)
    assert document.text == "R: aldrig her\nja\nI\tNå"
    assert [f.code for f in document.findings] == ["deletions-read", "moved-text"]


COMMENTS = (
    f"<w:comments {NAMESPACES}>"
    f'<w:comment w:id="7" w:author="Bo Lind">{p(t("Hvem er "))}{p(t("det?"))}</w:comment>'
    f'<w:comment w:id="8">{p(t("Tjek det"))}</w:comment></w:comments>'
)
COMMENTED = (
    p(t("A\u030ah") + r('<w:commentReference w:id="7"/>') + t(" ja"))
    + p(r('<w:commentReference w:id="9"/>') + t("Na\u0308"))
    + p(t("R: o") + r('<w:commentReference w:id="8"/>') + t("\u0308h"))
)


def test_comments_are_left_out_and_told() -> None:
    document = read(docx(COMMENTED, {"comments": COMMENTS}))
    assert (document.text, document.furniture) == ("Åh ja\nNä\nR: öh", ())
    assert [(f.code, f.message[-4:]) for f in document.findings] == [("comments-left-out", "(3).")]


def test_comments_that_are_asked_for_are_notes_at_their_places_and_never_speech() -> None:
    document = read(docx(COMMENTED, {"comments": COMMENTS}), Settings(comments=True))
    assert document.text == "Åh ja\nNä\nR: öh"
    assert document.furniture == (
        Furniture("note", "[Bo Lind: Hvem er \ndet?]", at=2),
        Furniture("note", "[Tjek det]", at=13),
    )
    assert whole_text(document) == "Åh[Bo Lind: Hvem er \ndet?] ja\nNä\nR: ö[Tjek det]h"


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


def test_the_result_of_a_field_is_text_and_its_instruction_is_not() -> None:
    instruction = r("<w:instrText>PAGE </w:instrText>") + field("begin") + field("separate") + t("indre") + field("end")
    body = p(t("side ") + field("begin") + instruction + field("separate") + t("7") + field("end") + t("."))
    assert text_of(body) == "side 7."
    assert text_of(p(f'<w:fldSimple w:instr="PAGE">{t("8")}</w:fldSimple>')) == "8"


def test_a_field_whose_end_was_deleted_hides_no_speech() -> None:
    rest = f"<w:del>{field('separate')}{t('x')}{field('end')}</w:del>"
    assert text_of(p(field("begin") + r("<w:instrText>X</w:instrText>") + rest + t("tale"))) == "tale"


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


def test_the_reading_of_a_character_stands_behind_it_in_brackets() -> None:
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{t('kan')}</w:rt><w:rubyBase>{t('漢')}</w:rubyBase></w:ruby>"
    assert text_of(p(t("R: ") + r(ruby) + t("!"))) == "R: 漢(kan)!"


def test_the_older_form_is_read_where_the_newer_one_has_no_words() -> None:
    box = f"<w:pict><v:textbox><w:txbxContent>{p(t('kasse'))}</w:txbxContent></v:textbox></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert text_of(p(t("før") + r(both))) == "før\nkasse"


def test_words_drawn_as_a_picture_are_read() -> None:
    assert text_of(p(r('<w:pict><v:textpath string="Fælles møde"/></w:pict>') + t("R"))) == "R\nFælles møde"
    drawn = '<a:txBody xmlns:a="urn:a"><a:bodyPr/><a:p><a:r><a:rPr/><a:t>Pil</a:t></a:r></a:p></a:txBody>'
    assert text_of(p(r(f"<w:drawing>{drawn}</w:drawing>"))) == "\nPil"


def test_a_wrapper_of_an_unknown_program_hides_no_speech() -> None:
    foreign = f'<x:part xmlns:x="urn:x">{t("b")}<x:deep>{t("c")}</x:deep></x:part>'
    assert text_of(p(t("a") + foreign) + f'<x:block xmlns:x="urn:x">{p(t("d"))}</x:block>' + t("e")) == "abc\nd\ne"


def test_a_table_with_a_column_of_speakers_is_turns() -> None:
    rows = [("I", "Hvordan gik det?"), ("R", "Godt."), ("I", "Hvorfor?"), ("R", "Vi talte sammen.")]
    table = "<w:tbl>" + "".join(row(p(t(who)), p(t(said)) + p(t("Ja."))) for who, said in rows) + "</w:tbl>"
    text = text_of(table)
    turns = [(turn.label, text[turn.speech_start : turn.end]) for turn in find_turns(text, DEFAULT).turns]
    assert turns == [(who, f"{said}\nJa.") for who, said in rows]


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
        ({"word/document.xml": "<a>" * 300 + "</a>" * 300}, "nested too deep"),
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


@pytest.mark.parametrize(
    ("name", "title", "paragraphs", "characters"),
    [
        ("interview1_german", "Interview with S1 and S2", 15, 4888),
        ("interview2_german", "Interview with S3 and S4", 21, 5820),
    ],
)
def test_the_reference_documents_are_read_as_counted_by_hand_in_their_xml(
    reference: Path, name: str, title: str, paragraphs: int, characters: int
) -> None:
    path = reference / "formats" / f"{name}.docx"
    document = read_document(path, path.read_bytes())
    assert document.text.startswith(title)
    # One of the paragraphs has a line break in it, which is among the characters.
    assert document.text.count("\n") == paragraphs - 1 + 1
    assert len(document.text) == characters + paragraphs - 1
    assert (document.findings, document.furniture) == ((), ())
