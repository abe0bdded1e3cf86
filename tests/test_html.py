"""Web pages: all text comes in, once and in order, on the lines a reader would see; what is no text is out or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import BadFile
from transcripts.readers import Document, Furniture, read_document
from transcripts.settings import DEFAULT, Settings
from transcripts.speaking.turns import find_turns


def read(data: str | bytes, settings: Settings = DEFAULT, name: str = "interview.html") -> Document:
    return read_document(Path("folder") / name, data if isinstance(data, bytes) else data.encode(), settings)


def text_of(body: str) -> str:
    return read(f"<!DOCTYPE html><html><head></head><body>{body}</body></html>").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>I: Hej</p>\n\n<p>R:   Nå\n  da.</p>", "I: Hej\nR: Nå da."),
        ("<p>I: Hej<p>R: Nå", "I: Hej\nR: Nå"),
        ("<div><div>a</div>b<div>c</div></div>d", "a\nb\nc\nd"),
        ("a<br>b<br/>c<br><br>d", "a\nb\nc\n\nd"),
        ("<p>a<br></p><p>b</p><br><p>c</p>", "a\nb\n\nc"),
        ("<b>I</b>: <i>He</i>j <span> du</span>", "I: Hej du"),
        ("<h1>A</h1><ul><li>b<li>c <ol><li>d</ol></ul>e", "A\nb\nc\nd\ne"),
        ("&lt;I&gt; &aelig;&#248;&#xE5;&#128512;&nbsp;1 < 2 & 3", "<I> æøå😀\xa01 < 2 & 3"),
        ("A&#778;", "Å"),
        ("a&#0;&#xD800;b", "a\ufffd\ufffdb"),
        ("a&shy;b<wbr>c", "a\xadbc"),
        ("<pre>I: Hej\n  R: Nå</pre>efter", "I: Hej\n  R: Nå\nefter"),
        ('<p style="white-space: pre-wrap">a  b\nc</p>d  e', "a  b\nc\nd e"),
        ("<ruby>漢<rp>[</rp><rt>kan</rt><rp>]</rp></ruby>", "漢(kan)"),
        ("a<script>if (a<b) alert('x')</script><style>p{}</style><!-- c --><template>d</template>b", "ab"),
        ("a<noscript>b</noscript><unknown-tag>c<o:p>d</o:p></unknown-tag>", "abcd"),
        ("<select><option>a<option>b</select><button>c</button>", "a\nb\nc"),
        ("<svg><title>x</title><text>a</text></svg>b", "ab"),
    ],
)
def test_elements_become_lines_and_characters(body: str, text: str) -> None:
    assert text_of(body) == text


def test_a_table_is_lines_of_cells_with_tabs_between() -> None:
    rows = "<tr><th>I</th>\n<td><p>Hej</p><p>igen</p></td></tr>\n<tr><td>R</td><td></td></tr><tr><td>alene</tr>"
    assert text_of(f"før<table>\n<caption>x</caption>{rows}</table>efter") == "før\nx\nI\tHej\nigen\nR\t\nalene\nefter"
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    assert (
        text_of(f"<table><tr><td>{inner}</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></table>") == "a\tb\tc\nd\te"
    )


def test_a_term_and_its_description_are_speaker_and_speech() -> None:
    speech = "<dl><dt>I</dt> <dd>Hvordan?</dd><dt>R</dt><dd><p>Godt.</p><p>Ja.</p></dd><dd>Meget.</dd></dl>"
    text = text_of(f"{speech}<dl><dt>I<dd>Hvorfor?<dt>R<dd>Derfor.</dl>")
    assert text == "I\tHvordan?\nR\tGodt.\nJa.\nMeget.\nI\tHvorfor?\nR\tDerfor."
    turns = [(turn.label, text[turn.speech_start : turn.end]) for turn in find_turns(text, DEFAULT).turns]
    assert turns == [("I", "Hvordan?"), ("R", "Godt.\nJa.\nMeget."), ("I", "Hvorfor?"), ("R", "Derfor.")]


def test_the_title_is_furniture_and_embedded_pages_are_told() -> None:
    page = (
        "<html><head><title>Interview 3 &amp; 4</title></head><body><p>R: Ja<iframe src='http://example.org'>x</iframe>"
    )
    document = read(page)
    assert (document.text, document.furniture) == ("R: Ja", (Furniture("header", "Interview 3 & 4"),))
    assert [f.code for f in document.findings] == ["embedded-document"]


def test_hidden_text_is_read_and_told() -> None:
    document = read("<p>R: <span style='display: none'>skjult</span><b hidden>et</b><i hidden> </i></p>")
    assert document.text == "R: skjultet"
    assert [(f.code, f.message[-4:]) for f in document.findings] == [("hidden-text", "(2).")]


def test_deletions_are_left_out_and_told_or_read_where_asked_for() -> None:
    page = "<p>R: <del>aldrig </del><ins>nu</ins> <s>streget</s></p>"
    assert read(page).text == "R: nu streget"
    assert [f.code for f in read(page).findings] == ["tracked-changes", "deletions-left-out"]
    assert read(page, Settings(deletions=True)).text == "R: aldrig nu streget"


WORD_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<!--[if gte mso 9]><xml>x</xml><![endif]--></head>
<body lang=DA><div class=WordSection1><p class=MsoNormal>R:<span
style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>S\u00e5
m\u00e6nd<span class=MsoCommentReference><span style='mso-special-character:comment'><a class=msocomanchor
href="#_msocom_1">[BL1]</a></span></span><o:p></o:p></p><![if !supportLists]>1.<![endif]></div>
<div style='mso-element:comment-list'><hr><div style='mso-element:comment'><div id="_com_1"><span
style='mso-special-character:comment'>&nbsp;<a href="#_msoanchor_1" class="msocomoff">[BL1]</a></span><p>Hvem?</p></div>
</div></div></body></html>"""


def test_what_word_saves_as_a_page_is_read_without_its_comments() -> None:
    document = read(WORD_PAGE.encode("cp1252"), name="interview.htm")
    assert (document.text, document.encoding) == ("R:\tSå mænd\n1.", "cp1252")
    assert [f.code for f in document.findings] == ["comments-left-out"]
    asked = read(WORD_PAGE.encode("cp1252"), Settings(comments=True))
    assert (asked.text, asked.furniture) == (document.text, (Furniture("note", "[Hvem?]", at=13),))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("\ufeff<p>æ</p>".encode(), "utf-8-sig"),
        ("\ufeff<p>æ</p>".encode("utf-16-le"), "utf-16-le"),
        (b"<meta charset=utf-8><p>\xc3\xa6</p>", "utf-8"),
        (b"<meta charset='ISO-8859-1'><p>\xe6</p>", "cp1252"),
        (b'<?xml version="1.0" encoding="iso-8859-15"?><p>\xe6</p>', "iso8859-15"),
        (b"<meta charset=utf-16><p>\xc3\xa6</p>", "utf-8"),
        (b"<meta charset=klingon><p>\xc3\xa6</p>", "utf-8"),
        (b"<meta charset=utf-8><p>\xe6</p>", "cp1252"),
    ],
)
def test_letters_are_read_as_the_page_says_where_that_can_be_true(data: bytes, encoding: str) -> None:
    document = read(data)
    assert (document.text, document.encoding) == ("æ", encoding)


def test_an_encoding_that_a_person_names_goes_first() -> None:
    document = read(b"<meta charset=windows-1252><p>bl\x86 \x91</p>", Settings(encoding="cp850"))
    assert (document.text, document.encoding, document.findings) == ("blå æ", "cp850", ())
    with pytest.raises(BadFile, match="not UTF-8"):
        read(b"<p>\xe6</p>", Settings(encoding="utf-8"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"I: Hej\nR: Nej 1 < 2", "but it is plain text"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "zip"),
        (b"MIME-Version: 1.0\n\n<html>", "web archive"),
        (b"<p>\x00\x01\x02\x03", "not text"),
        (b"<html><body><script>x</script></body></html>", "has no text"),
        (b"<!-- x", "has no text"),
    ],
)
def test_a_file_that_is_no_page_with_text_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read(data)


def test_elements_nested_deep_are_read_and_those_without_end_refused() -> None:
    assert text_of("<div><b>" * 900 + "R: dybt" + "</b></div>" * 900) == "R: dybt"
    with pytest.raises(BadFile, match="nested more than 2000 deep"):
        text_of("<div><b>" * 50_000 + "R: dybt" + "</b></div>" * 50_000)


def test_pictures_in_the_page_do_not_count_as_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.readers.html.MAX_CHARACTERS", 1000)
    assert text_of(f"<img src='data:image/png;base64,{'iVBORw0K' * 1000}'>R: Ja") == "R: Ja"
    with pytest.raises(BadFile, match="million characters"):
        text_of("R: Ja" * 1000)


def test_entities_of_a_pages_own_are_not_expanded() -> None:
    document = read('<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY x SYSTEM "file:///etc/hostname">]><p>R: &a;&x;</p>')
    assert document.text.endswith("R: &a;&x;")
