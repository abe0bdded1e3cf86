"""The law of all office documents: whatever a person typed comes in, every character once and in order.

Documents are drawn at random, and written as Word, OpenDocument, RTF and web pages by the small writers here, which
say the same thing in the many ways that programs have of saying it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import docx_samples as word
import odt_samples as open_document
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadFile
from transcripts.readers import read_document
from transcripts.settings import Settings
from transcripts.text import normalise

LETTERS = "abcIR:.,!?()[]{}\\<>&;'\"%#~-—…“”æøåÆØÅéßñ0123\u00a0\u2009\u0301\u030a\u0308😀👩\u200d🚒漢字שלוЖ\ufb01"


@dataclass(frozen=True)
class Paragraph:
    """Pieces of text, each with a way it is wrapped: a number that the writers take for one of their ways."""

    pieces: tuple[tuple[str, int], ...]
    note: str = ""

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


Block = Paragraph | Table
words = st.text(LETTERS, min_size=1, max_size=8)
texts = st.lists(words, min_size=1, max_size=4).map(" ".join)
pieces = st.lists(st.tuples(texts, st.integers(0, 11)), max_size=4).map(tuple)
paragraphs = st.builds(Paragraph, pieces, st.one_of(st.just(""), texts))
plain_paragraphs = st.builds(
    Paragraph, st.lists(st.tuples(texts, st.integers(0, 11)), min_size=1, max_size=3).map(tuple)
)
cells = st.lists(plain_paragraphs, min_size=1, max_size=2).map(tuple)
tables = st.lists(st.lists(cells, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple).map(Table)
first = plain_paragraphs.filter(lambda paragraph: paragraph.text.strip() != "")
documents = st.tuples(first, st.lists(st.one_of(paragraphs, tables), max_size=5)).map(
    lambda drawn: [drawn[0], *drawn[1]]
)


def expected(blocks: list[Block], with_notes: bool = True) -> str:
    """What a reader must make of the blocks."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += ["\t".join("\n".join(p.text for p in cell) for cell in row) for row in block.rows]
    if with_notes:
        lines += [block.note for block in blocks if isinstance(block, Paragraph) and block.note]
    return normalise("\n".join(lines))


# -- the writers ----------------------------------------------------------------------------------------


def as_docx(blocks: list[Block]) -> bytes:
    notes: list[str] = []
    body = "".join(_word_block(block, notes) for block in blocks)
    footnotes = "".join(
        f'<w:footnote w:id="{n}">{word.p(word.t(escape(note)))}</w:footnote>' for n, note in enumerate(notes)
    )
    return word.docx(body, {"footnotes": f"<w:footnotes {word.NAMESPACES}>{footnotes}</w:footnotes>"})


def _word_block(block: Block, notes: list[str]) -> str:
    if isinstance(block, Table):
        rows = (word.row(*("".join(_word_block(p, notes) for p in cell) for cell in row)) for row in block.rows)
        return f"<w:tbl>{''.join(rows)}</w:tbl>"
    inside = "".join(_word_piece(text, way) for text, way in block.pieces)
    if block.note:
        inside += word.r(f'<w:footnoteReference w:id="{len(notes)}"/>')
        notes.append(block.note)
    paragraph = word.p(inside)
    is_in_control = len(block.pieces) == 1
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>" if is_in_control else paragraph


def _word_piece(text: str, way: int) -> str:
    run = word.t(escape(text))
    fields = [word.r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")]
    return (
        run,
        word.t(escape(text[:2])) + word.t(escape(text[2:])),
        f"<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>",
        f"<w:ins>{run}</w:ins>",
        f"<w:hyperlink>{run}</w:hyperlink>",
        f"<w:smartTag><w:smartTagPr/>{run}</w:smartTag>",
        f"{fields[0]}{word.r('<w:instrText>REF x</w:instrText>')}{fields[1]}{run}{fields[2]}",
        f'<w:fldSimple w:instr="REF">{run}</w:fldSimple>',
        f"<w:moveFrom>{run}</w:moveFrom><w:moveTo>{run}</w:moveTo>",
        f"{run}<w:del><w:r><w:delText>væk</w:delText></w:r></w:del>",
        f"<mc:AlternateContent><mc:Choice>{run}</mc:Choice><mc:Fallback>{run}</mc:Fallback></mc:AlternateContent>",
        f'{run}<w:r><w:commentReference w:id="1"/></w:r><w:bookmarkStart/><w:proofErr/>',
    )[way]


def as_odt(blocks: list[Block]) -> bytes:
    return open_document.odt("".join(_odt_block(block) for block in blocks))


def _odt_block(block: Block) -> str:
    if isinstance(block, Table):
        rows = (open_document.row(*("".join(_odt_block(p) for p in cell) for cell in row)) for row in block.rows)
        return open_document.table(*rows)
    inside = "".join(_odt_piece(escape(text), way) for text, way in block.pieces)
    if block.note:
        citation = "<text:note-citation>1</text:note-citation>"
        inside += (
            f"<text:note>{citation}<text:note-body>{open_document.p(escape(block.note))}</text:note-body></text:note>"
        )
    paragraph = open_document.p(inside)
    return f"<text:section>{paragraph}</text:section>" if len(block.pieces) == 1 else paragraph


def _odt_piece(text: str, way: int) -> str:
    return (
        text,
        f"<text:span>{text}</text:span>",
        text.replace(" ", "<text:s/>"),
        f"<text:a>{text}</text:a>",
        text.replace(" ", "\n  \t"),
        f"<text:bookmark-start/>{text}<text:bookmark-end/>",
        f'<text:span><text:span>{text}</text:span></text:span><text:change text:change-id="x"/>',
        f"<text:author-name>{text}</text:author-name>",
        f"{text}<office:annotation>{open_document.p('note')}</office:annotation>",
        f"{text}<text:soft-page-break/>",
        f"<text:ruby><text:ruby-base>{text}</text:ruby-base></text:ruby>",
        f"<text:unknown>{text}</text:unknown>",
    )[way]


def as_rtf(blocks: list[Block]) -> bytes:
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}"
    return (head + "".join(_rtf_block(block) for block in blocks) + "}").encode("ascii")


def _rtf_block(block: Block) -> str:
    if isinstance(block, Table):
        return "".join(rf"\trowd {''.join(_rtf_cell(cell) for cell in row)}\row " for row in block.rows)
    return _rtf_inside(block) + "\\par\r\n"


def _rtf_cell(cell: tuple[Paragraph, ...]) -> str:
    return r"\intbl " + r"\par ".join(_rtf_inside(paragraph) for paragraph in cell) + r"\cell "


def _rtf_inside(paragraph: Paragraph) -> str:
    note = rf"{{\super\chftn{{\footnote\chftn {_rtf_text(paragraph.note, 0)}}}}}" if paragraph.note else ""
    return r"\pard\plain " + "".join(_rtf_piece(text, way) for text, way in paragraph.pieces) + note


def _rtf_piece(text: str, way: int) -> str:
    written = _rtf_text(text, way)
    return (
        written,
        rf"{{\b {written}}}",
        rf"\b {written}\b0 ",
        rf"{{\field{{\*\fldinst REF x}}{{\fldrslt {written}}}}}",
        rf"{{\revised {written}}}{{\deleted v\'e6k}}",
        rf"{{\*\unknown x}}{{{{{written}}}}}",
        rf"{{\uc0 {_rtf_text(text, way, fallback='')}}}",
        rf"{{\uc2 {_rtf_text(text, way, fallback='?' * 2)}}}",
        written + r"{\pict\bin3 }{}}",
        written + r"{\*\atnid x}{\*\annotation note}",
        rf"{{\f1 {written}}}",
        "\r\n".join(re.findall(r"\\u-?\d+ \?|\\?.", written)),
    )[way]


def _rtf_text(text: str, way: int, fallback: str = "?") -> str:
    """Text in ASCII: letters that cp1252 has in hexadecimal in some ways of writing, else all by their numbers."""
    written = ""
    for char in text:
        if char in "\\{}":
            written += f"\\{char}"
        elif char.isascii():
            written += char
        elif way % 2 and way not in (7, 11) and len(char.encode("cp1252", "replace")) == 1 and char in "æøåÆØÅéßñ":
            written += f"\\'{char.encode('cp1252').hex()}"
        else:
            units = char.encode("utf-16-le")
            numbers = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
            written += "".join(f"\\u{number} {fallback}" for number in numbers)
    return written


def as_html(blocks: list[Block]) -> bytes:
    body = "\n".join(_html_block(block) for block in blocks)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>\n{body}\n</body></html>".encode()


def _html_block(block: Block) -> str:
    if isinstance(block, Table):
        rows = ("".join(f"<td>{''.join(map(_html_block, cell))}</td>\n" for cell in row) for row in block.rows)
        return "<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"
    inside = "".join(_html_piece(escape(text), way) for text, way in block.pieces)
    tag = "p" if len(block.pieces) % 2 else "div"
    return f"<{tag}>{inside}</{tag}>"


def _html_piece(text: str, way: int) -> str:
    return (
        text,
        f"<b>{text}</b>",
        f"<span class=x>{text}</span>",
        text.replace(" ", "\n   "),
        f"<ins>{text}</ins>",
        f"{text}<del>væk</del>",
        "".join(f"&#{ord(char)};" if not char.isascii() else char for char in text),
        f"<a href='#'>{text}</a><!-- c -->",
        f"<script>x</script>{text}",
        f"<o:p>{text}</o:p>",
        f"<font><u>{text}</u></font>",
        f"{text}<wbr>",
    )[way]


# -- the laws -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "write"), [("docx", as_docx), ("odt", as_odt), ("rtf", as_rtf)])
@given(blocks=documents)
def test_every_character_comes_in_once_and_in_order(
    ending: str, write: Callable[[list[Block]], bytes], blocks: list[Block]
) -> None:
    assert read_document(Path(f"a.{ending}"), write(blocks)).text == expected(blocks)


@given(documents)
def test_every_character_of_a_page_comes_in_once_and_in_order(blocks: list[Block]) -> None:
    said = [line for line in expected(blocks, with_notes=False).split("\n") if line]  # an empty paragraph is no line
    assert read_document(Path("a.html"), as_html(blocks)).text.split("\n") == said


@pytest.mark.parametrize(("ending", "write"), [("docx", as_docx), ("odt", as_odt), ("rtf", as_rtf), ("html", as_html)])
@given(blocks=documents, data=st.data())
def test_a_file_changed_anywhere_is_read_or_refused(
    ending: str, write: Callable[[list[Block]], bytes], blocks: list[Block], data: st.DataObject
) -> None:
    whole = write(blocks)
    at, length = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 20))
    changed = whole[:at] + data.draw(st.binary(max_size=20)) + whole[at + length :]
    settings = Settings(comments=data.draw(st.booleans()), deletions=data.draw(st.booleans()))
    try:
        document = read_document(Path(f"a.{ending}"), changed, settings)
    except BadFile as refused:
        assert str(refused).startswith(f"a.{ending}: ")
    else:
        assert document.text == normalise(document.text)
        assert document.text.encode()
        assert all(0 <= piece.at <= len(document.text) for piece in document.furniture if piece.at is not None)
