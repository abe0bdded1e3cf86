"""A Word document under way: headings, paragraphs, tables, and links within it; the same bytes for the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from cmo.records import StudyInfo
from exports.excel_text import visible
from exports.template import Look
from exports.workbook_file import DatedZip

if TYPE_CHECKING:
    from docx.styles.style import BaseStyle
    from docx.text.paragraph import Paragraph

Piece = tuple[str, str | None]
"""Words, and the bookmark that they lead to, if any."""

HEADING_SIZES = {1: 8, 2: 4, 3: 1}
"""Points that a heading is larger than the text, by its level."""
MOST_UPRIGHT = 5
"""Columns that a table has on an upright page."""
MARGIN = 2.0
QUOTE_INDENT = 1.0
"""Centimetres that quotes are set in, with room for a number."""
TABLE_SMALLER = 1
"""Points that text in tables is smaller."""


class WordDocument:
    """Takes text in the order of reading. Links lead to bookmarks by their names, which are ours and never shown."""

    def __init__(self, look: Look, title: str) -> None:
        from docx import Document

        self._look = look
        self._document = Document()
        self._bookmarks = 0
        self._is_wide = False
        self._style(title)

    def heading(self, words: str, level: int, bookmark: str | None = None) -> None:
        paragraph = self._document.add_heading(visible(words), level)
        if bookmark is not None:
            self._mark(paragraph, bookmark)

    def paragraph(self, words: str, *, is_dim: bool = False) -> Paragraph:
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(visible(words))
        if is_dim:
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            run.font.size = Pt(self._look.size - TABLE_SMALLER)
            run.font.color.rgb = self._rgb(self._look.dim)
        return paragraph

    def bullet(self, words: str) -> None:
        self._document.add_paragraph(visible(words), style="List Bullet")

    def quote(
        self,
        words: str,
        attribution: str,
        *,
        name: Piece,
        bookmark: str | None = None,
        behind: Iterable[Piece] = (),
    ) -> None:
        """What somebody said, set in under its name, and who said it; ``behind`` are small words that follow."""
        from docx.shared import Cm, Pt

        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(QUOTE_INDENT)
        paragraph.paragraph_format.first_line_indent = Cm(-QUOTE_INDENT)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(QUOTE_INDENT))
        if bookmark is not None:
            self._mark(paragraph, bookmark)
        self._add(paragraph, *name)
        paragraph.add_run(f"\t“{visible(words)}”")
        if attribution:
            run = paragraph.add_run(f" {visible(attribution)}")
            run.font.color.rgb = self._rgb(self._look.dim)
        for text, target in behind:
            self._add(paragraph, text, target).font.size = Pt(self._look.size - TABLE_SMALLER)

    def linked(self, pieces: Iterable[Piece], bookmark: str | None = None, *, is_small: bool = False) -> None:
        """A paragraph of pieces, each with the bookmark that it leads to, if any."""
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        if is_small:
            paragraph.paragraph_format.space_after = Pt(2)
        if bookmark is not None:
            self._mark(paragraph, bookmark)
        for words, target in pieces:
            run = self._add(paragraph, words, target)
            if is_small:
                run.font.size = Pt(self._look.size - TABLE_SMALLER)

    def picture(self, png: bytes, width: float) -> None:
        """A picture, ``width`` centimetres wide."""
        from docx.shared import Cm

        self._document.add_picture(BytesIO(png), width=Cm(width))

    def table(self, heads: Sequence[str], widths: Sequence[float]) -> Any:
        """An empty table with its heads; ``widths`` are the shares that columns have of the page."""
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        table = self._document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        table.autofit = False
        section = self._document.sections[-1]
        room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = int(room * width / sum(widths))
        row = table.rows[0]
        for mark in ("w:cantSplit", "w:tblHeader"):
            row._tr.get_or_add_trPr().append(OxmlElement(mark))
        for cell, head in zip(row.cells, heads, strict=True):
            self.fill(cell, head, is_bold=True)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", self._look.head)):
                shade.set(qn(f"w:{name}"), value)
            cell._tc.get_or_add_tcPr().append(shade)
        return table

    def add_row(self, table: Any) -> Sequence[Any]:
        """The empty cells of one more row, which stands whole on a page where it fits on one."""
        from docx.oxml.parser import OxmlElement

        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells: Sequence[Any] = row.cells
        return cells

    def fill(
        self,
        cell: Any,
        words: str,
        *,
        is_bold: bool = False,
        link: str | None = None,
        bookmark: str | None = None,
        behind: Iterable[Piece] = (),
    ) -> None:
        """Words in a cell of a table, one paragraph a line, and ``behind`` the last what it leads to.

        The first line leads to ``link`` and bears ``bookmark``.
        """
        from docx.shared import Pt

        for at, line in enumerate(visible(words).split("\n")):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            if at == 0 and bookmark is not None:
                self._mark(paragraph, bookmark)
            run = self._add(paragraph, line, link if at == 0 else None)
            run.font.size = Pt(self._look.size - TABLE_SMALLER)
            run.bold = is_bold or None
        for text, target in behind:
            self._add(paragraph, text, target).font.size = Pt(self._look.size - TABLE_SMALLER)

    def upright(self) -> None:
        """Go on on an upright page."""
        self._turn(wide=False)

    def turn(self, *, columns: int) -> None:
        """Go on on a page that has room for a table of so many columns."""
        self._turn(wide=columns > MOST_UPRIGHT)

    def save(self, path: Path, info: StudyInfo) -> None:
        """Write the document; every time in it is that of the study's newest act in force (UTC)."""
        from exports.workbook_quotes import utc

        at = utc(info.changed_at)
        properties = self._document.core_properties
        properties.author = properties.last_modified_by = "cmo"
        properties.created = properties.modified = at
        properties.revision, properties.comments = 1, ""
        packed = BytesIO()
        self._document.save(packed)
        with ZipFile(packed) as found, DatedZip(path, at) as archive:
            for name in found.namelist():
                archive.writestr(name, found.read(name))

    def _style(self, title: str) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Cm, Pt

        look, styles = self._look, self._document.styles
        self._document.core_properties.title = visible(title)
        for style in styles:
            if style.type == WD_STYLE_TYPE.PARAGRAPH:
                self._set_face(style)
        styles["Normal"].font.size = Pt(look.size)
        for level, more in HEADING_SIZES.items():
            styles[f"Heading {level}"].font.size = Pt(look.size + more)
        for section in self._document.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)

    def _set_face(self, style: BaseStyle) -> None:
        """One face and one ink throughout: Word's own headings are blue and in another face."""
        from docx.oxml.ns import qn

        font = style.font  # type: ignore[attr-defined]
        font.name = self._look.face
        font.color.rgb = self._rgb(self._look.ink)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)

    def _turn(self, *, wide: bool) -> None:
        from docx.enum.section import WD_ORIENT, WD_SECTION

        if wide == self._is_wide:
            return
        self._is_wide = wide
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width

    def _add(self, paragraph: Paragraph, words: str, target: str | None) -> Any:
        """A run of text; one with a target is a link to that bookmark."""
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        run = paragraph.add_run(visible(words))
        if target is not None:
            run.font.color.rgb = self._rgb(self._look.link)
            run.font.underline = True
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), target)
            paragraph._p.append(link)
            link.append(run._r)
        return run

    def _mark(self, paragraph: Paragraph, name: str) -> None:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        self._bookmarks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self._bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)

    @staticmethod
    def _rgb(colour: str) -> Any:
        from docx.shared import RGBColor

        return RGBColor.from_string(colour)
