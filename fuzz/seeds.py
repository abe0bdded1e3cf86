"""What fuzzing begins with: small honest files of every format, and the words by which each format is made."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx_samples as word
import odt_samples as open_document
from pdf_samples import Put, lines, pdf, wrapped

TALK = """Interview 4, Skolen
I: Hvad ændrede sig, da bogbussen kom?
R: Folk gik ned i pausen (griner). Det, øh … havde jeg ikke ventet [pause].

IP1+IP2: Køen var lang om mandagen 😀, kl. 7.30!
"""
TIMED = "**Anna** [0:21]\nHej.\n\n### Bo\n[00:01:02] Nå.\nSpeaker 1  00:03\nJa?\n- Nej.\n1  Linje\n2  Linje\n"
SPEECH = "Bogbussen holder ved porten hver mandag, og så går vi derned i pausen."
TALK_WORDS = (
    "I: ",
    "R: ",
    "\n\n",
    "\t",
    "[0:21]",
    "**Anna**",
    "### ",
    "(…)",
    "[…]",
    "…",
    "---\n",
    "  7\n",
    "- ",
    " kl. ",
)


def _words(*words: str) -> tuple[bytes, ...]:
    return tuple(map(str.encode, words))


def _text() -> list[bytes]:
    head = "---\ntitle: x\n---\nI = interviewer, R = lærer\n\n"
    return [TALK.encode(), TIMED.encode(), (head + TALK).encode("cp1252", "replace"), TALK.encode("utf-16")]


def _docx() -> list[bytes]:
    notes = f'<w:footnotes {word.NAMESPACES}><w:footnote w:id="1">{word.p(word.t("note"))}</w:footnote></w:footnotes>'
    comments = f'<w:comments {word.NAMESPACES}><w:comment w:id="1">{word.p(word.t("x"))}</w:comment></w:comments>'
    header = f"<w:hdr {word.NAMESPACES}>{word.p(word.t('Side'))}</w:hdr>"
    body = word.p(word.t("I: Hvad?") + word.r('<w:footnoteReference w:id="1"/><w:commentReference w:id="1"/>'))
    body += word.p(f"<w:ins>{word.t('R: Ja')}</w:ins><w:del><w:r><w:delText>nej</w:delText></w:r></w:del>")
    body += f"<w:tbl>{word.row(word.p(word.t('R')), word.p(word.t(SPEECH)))}</w:tbl>"
    box = f"<wps:txbx><w:txbxContent>{word.p(word.t('box'))}</w:txbxContent></wps:txbx>"
    fields = "".join(f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    body += f"<w:sdt><w:sdtContent>{word.p(word.r(fields + box))}</w:sdtContent></w:sdt>"
    return [word.docx(body, {"footnotes": notes, "comments": comments, "header": header})]


def _odt() -> list[bytes]:
    note = f"<text:note><text:note-body>{open_document.p('note')}</text:note-body></text:note>"
    body = open_document.p(f'I: Hvad?<text:s text:c="3"/><text:tab/>{note}<text:span>nå</text:span>')
    comment = f"<office:annotation><dc:creator>A</dc:creator>{open_document.p('x')}</office:annotation>"
    gone = f"<text:deletion>{open_document.p('væk')}</text:deletion>"
    gone = f'<text:changed-region text:id="c1">{gone}</text:changed-region>'
    body += f"<text:tracked-changes>{gone}</text:tracked-changes>"
    body += open_document.p(f'R: Ja<text:change text:change-id="c1"/>{comment}')
    body += open_document.table(open_document.row(open_document.p("R"), open_document.p(SPEECH)))
    return [open_document.odt(body, masters=f"<style:header>{open_document.p('Side')}</style:header>")]


def _rtf() -> list[bytes]:
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset2 Symbol;}}"
    body = r"\pard I: Hvad \u230 \'e6ndrede sig?\par{\b R:} Ja{\footnote note}{\*\annotation x}{\f2 a}\par"
    body += r"{\header Side\par}\trowd\intbl R\cell Det er godt.\cell\row{\pict\bin3 }{}}{\deleted v\'e6k}\line nej}"
    return [(head + body).encode("ascii")]


def _html() -> list[bytes]:
    page = "<!DOCTYPE html><html><head><meta charset=utf-8><title>Interview</title></head><body><p><b>I:</b> Hvad?</p>"
    page += f"<table><tr><td>R</td><td>{SPEECH}</td></tr></table><dl><dt>R</dt><dd>Ja</dd></dl><pre>a  b</pre>"
    page += "<del>væk</del><ruby>a<rt>b</rt></ruby>&aelig;&#248;<br><script>x</script><!-- c --></body></html>"
    return [page.encode(), page.replace("utf-8", "cp1252").encode("cp1252")]


def _pdf() -> list[bytes]:
    first = [*lines(wrapped(f"I: Hvad? R: {SPEECH}", 40)), Put(300, 20, "1")]
    second = [*lines(wrapped(SPEECH, 30), x=72), *lines(wrapped(SPEECH, 30), x=320), Put(300, 20, "2")]
    return [pdf([first, second]), pdf([first], rotate=90), pdf([[*first, Put(72, 400, "skjult", white=True)]])]


def _vtt() -> list[bytes]:
    head = "WEBVTT\nLanguage: da\n\nNOTE lavet i hånden\n\n"
    cues = "1\n00:00:01.000 --> 00:00:02.500 align:start\n<v Anna>Hvad ændrede sig?</v>\n\n"
    return [(head + cues + "00:02.000 --> 00:04.000\n<v Bo><i>Folk</i> gik\nned.\n\n").encode(), *_srt()]


def _srt() -> list[bytes]:
    first = "1\n00:00:01,000 --> 00:00:02,500\nAnna: Hvad?\n\n2\n00:00:02,000 --> 00:00:04,000\n- Folk\n- Nej\n"
    return [first.encode(), (first + '\n3\n00:00:01,500 --> 00:00:03,000\n{\\an8}>> BO: "Ja"\n').encode("cp1252")]


def _sbv() -> list[bytes]:
    return ["0:00:01.000,0:00:02.500\nAnna: Hvad?\n\n0:00:02.500,0:00:04.000\nBo: Nå[br]ja.\n".encode()]


def _csv() -> list[bytes]:
    turns = 'speaker;start;text\nI;0:01;Hvad?\nR;0:03;"Ja; ""det""\ner godt."\n;;mere\n'
    answers = "id,Alder,Hvad ændrede sig for dig, da bussen kom?\n1,42,Folk gik ned i pausen og lånte bøger.\n2,,Nej.\n"
    return [turns.encode(), answers.encode("cp1252"), turns.replace(";", "\t").encode("utf-16")]


def _xlsx() -> list[bytes]:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("speaker", "start", "text"), ("I", 0.5, "Hvad?"), ("R", 3, SPEECH), (None, None, "mere")):
        book.worksheets[0].append(row)
    stream = BytesIO()
    book.save(stream)
    return [stream.getvalue()]


def _zip() -> list[bytes]:
    return [word.zipped({"nord/a.txt": TALK, "b.docx": "x", "mappe/æ.txt": TIMED}), *_docx()]


_XML = _words(
    "&amp;", "&#0;", "&#x10FFFF;", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<![CDATA[", "]]>", "<!--", "<?x?>", "<a>"
)
_WORD_TAGS = tuple(
    f"<w:{name}>{end}".encode()
    for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt", "ins", "del", "moveFrom", "footnoteReference", "sym", "ruby")
    for end in ("", f"</w:{name}>")
)
_OPEN_TAGS = tuple(
    f"<{name}>{end}".encode()
    for name in ("text:p", "text:span", "text:note", "table:table", "text:tracked-changes", "office:annotation")
    for end in ("", f"</{name}>")
)
_HTML_WORDS = _words(
    *("<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<pre>", "<dl><dt>", "<dd>", "<del>", "<ruby><rt>", "<li>"),
    *("&nbsp;", "&#0;", "<!--", "-->", "<script>", "<title>", "<plaintext>", "<svg>", "<br>", "</b>", "<a href='"),
)
_RTF_WORDS = _words(
    *(
        "{",
        "}",
        "\\",
        "\\par ",
        "\\cell ",
        "\\row ",
        "\\u-10179 ?",
        "\\u56832 ?",
        "\\'e6",
        "\\uc3 ",
        "\\bin9 ",
        "{\\*\\x ",
    ),
    *(
        "{\\footnote ",
        "{\\header ",
        "{\\annotation ",
        "\\f1 ",
        "\\f2 ",
        "{\\*\\x ",
        "{\\upr ",
        "{\\*\\ud ",
        "\\deleted ",
    ),
)
_PDF_WORDS = _words(
    *(
        "<<",
        ">>",
        "[",
        "]",
        " R ",
        "endobj\n",
        "stream\n",
        "endstream\n",
        "/Length ",
        "/Kids[2 0 R]",
        "BT ",
        " ET",
        "()",
    ),
    *(" Tj ", " Tm ", "/Rotate 90", "/Filter/FlateDecode", "/Parent 2 0 R", "q ", " Do ", " cm ", "1e38 ", "()"),
)
_CUE_WORDS = _words(
    *(
        "\n\n",
        "00:00:01,000 --> 00:00:02,000\n",
        "0:00:01.000,0:00:02.000\n",
        " --> ",
        "1\n",
        "<v Anna>",
        "</v>",
        "<i>",
    ),
    *(">> ", "- ", "NOTE x\n\n", "WEBVTT\n\n", "99:99:99.999", "[br]", "{\\an8}", "&amp;", "<0:01.000>", "Bo: "),
)
_TABLE_WORDS = _words(
    *(";", ",", "\t", '"', '""', "\n", "\r\n", "speaker", "text", "sep=;\n", "=1+1", "0:01", "1,5", "start", "\n;;\n")
)
_SHEET_WORDS = _words(
    "<row>", "<c t='s'><v>9</v></c>", "<c t='inlineStr'><is><t>x</t></is></c>", "<c t='e'/>", "<x r='Z9'/>"
)

SEEDS = {
    "txt": _text, "md": _text, "docx": _docx, "odt": _odt, "rtf": _rtf, "pdf": _pdf, "html": _html,
    "vtt": _vtt, "srt": _srt, "sbv": _sbv, "csv": _csv, "xlsx": _xlsx, "zip": _zip,
}  # fmt: skip
"""The functions that make the files to begin with, by the reader's ending."""
WORDS: dict[str, Sequence[bytes]] = {
    "txt": _words(*TALK_WORDS), "md": _words(*TALK_WORDS, "&amp;", "&#9;", "> ", "  \n"), "docx": _XML + _WORD_TAGS,
    "odt": _XML + _OPEN_TAGS, "rtf": _RTF_WORDS, "pdf": _PDF_WORDS, "html": _HTML_WORDS, "vtt": _CUE_WORDS,
    "srt": _CUE_WORDS, "sbv": _CUE_WORDS, "csv": _TABLE_WORDS,
    "xlsx": _XML + _SHEET_WORDS,
    "zip": _words("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "../", "/etc/x", "C:\\", ".zip"),
}  # fmt: skip
"""What is put into them."""
