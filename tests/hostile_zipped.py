"""Hostile files that are zip archives inside: Word, OpenDocument and Excel files, and archives of interviews."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import docx_samples as word
import odt_samples as open_document
from hostile_samples import BLANKS, BOMB, DEEP, LAUGHS, LONG, MANY, SPEECH, TALK, Hostile, word_document, words

# -- Word and OpenDocument ----------------------------------------------------------------------------------


@cache
def _open_document() -> bytes:
    return open_document.odt(open_document.p(f"R: {SPEECH}") * 3)


def _office() -> Iterator[Hostile]:
    whole = {"docx": word_document, "odt": _open_document}
    story = {"docx": "word/document.xml", "odt": "content.xml"}
    for ending, document in whole.items():
        part = story[ending]

        def changed(old: str, new: str, document: Callable[[], bytes] = document, part: str = part) -> bytes:
            return with_part(document(), part, lambda xml: xml.replace(old.encode(), new.encode()))

        def padded(document: Callable[[], bytes] = document, part: str = part) -> bytes:
            return with_part(document(), part, lambda xml: xml + BOMB)

        def laughing(document: Callable[[], bytes] = document, part: str = part) -> bytes:
            return with_part(document(), part, lambda xml: LAUGHS.encode() + xml.replace(b"Bogbussen", b"&m;"))

        def claiming(document: Callable[[], bytes] = document, part: str = part) -> bytes:
            return with_claim(document(), part, 2**31)

        def crowded(document: Callable[[], bytes] = document) -> bytes:
            return _crowded(document())

        def cut(document: Callable[[], bytes] = document) -> bytes:
            return document()[: len(document()) // 2]

        def nested(document: Callable[[], bytes] = document, part: str = part) -> bytes:
            return with_part(document(), part, lambda _: document())

        yield Hostile(f"bomb.{ending}", "a part that unpacks to 96 MB", padded)
        yield Hostile(f"laughs.{ending}", "entities that expand a billionfold", laughing)
        yield Hostile(f"claim.{ending}", "a part that claims 2 GB", claiming)
        yield Hostile(f"crowded.{ending}", "70,000 parts", crowded)
        yield Hostile(f"cut.{ending}", "cut off in the middle", cut)
        yield Hostile(f"nested.{ending}", "the document packed in itself", nested)
        yield Hostile(f"nul.{ending}", "a NUL as a character of XML", lambda c=changed: c("Bogbussen", "Bog&#0;bus"))
        yield Hostile(f"text-inside.{ending}", "text under another name", TALK.encode)
        yield Hostile(f"turned.{ending}", "signs that turn the direction", lambda c=changed: c("Bog", "\u202eBog"))
    yield Hostile("deep.docx", "elements 100,000 deep", lambda: stored(word.docx("<w:p>" * DEEP + "</w:p>" * DEEP)))
    span = "text:span"
    deep = f"<text:p>{f'<{span}>' * DEEP}{f'</{span}>' * DEEP}</text:p>"
    yield Hostile("deep.odt", "elements 100,000 deep", lambda: stored(open_document.odt(deep)))
    yield Hostile("one-line.docx", "one paragraph of 30 MB", lambda: stored(word.docx(word.p(word.t(words(LONG))))))
    yield Hostile(
        "one-line.odt", "one paragraph of 30 MB", lambda: stored(open_document.odt(open_document.p(words(LONG))))
    )
    yield Hostile("many-lines.docx", "a million paragraphs", lambda: stored(word.docx(word.p(word.t("ja")) * MANY)))
    yield Hostile(
        "many-lines.odt", "a million paragraphs", lambda: stored(open_document.odt(open_document.p("ja") * MANY))
    )
    blanks = open_document.p('R: ja<text:s text:c="2000000000"/>nej')
    yield Hostile("blanks.odt", "an element that stands for 2 billion blanks", lambda: open_document.odt(blanks))


def with_part(archive: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zipped document with one part changed."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return stream.getvalue()


def _crowded(archive: bytes) -> bytes:
    stream = BytesIO(_crowd())
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as grown:
        for info in old.infolist():
            grown.writestr(info.filename, old.read(info))
    return stream.getvalue()


@cache
def _crowd() -> bytes:
    """An archive of 70,000 parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(70_000):
            archive.writestr(f"more/{number}.xml", "<x/>")
    return stream.getvalue()


def stored(archive: bytes) -> bytes:
    """The same parts, not packed: as large as they look, so that no limit on packing speaks first."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    return stream.getvalue()


def with_claim(archive: bytes, name: str, size: int) -> bytes:
    """A zipped document that states of one part that it unpacks to so many bytes."""
    data = bytearray(archive)
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = data.find(signature)
        while at >= 0:
            if data[at + name_at : at + name_at + len(name)] == name.encode():
                data[at + size_at : at + size_at + 4] = struct.pack("<I", size)
            at = data.find(signature, at + 4)
    return bytes(data)


# -- workbooks ----------------------------------------------------------------------------------------------

SHEET = "xl/worksheets/sheet1.xml"


@cache
def workbook() -> bytes:
    """An honest one."""
    from openpyxl import Workbook

    book = Workbook()
    for row in [("speaker", "text"), ("I", "Hvad sker der?"), ("R", SPEECH)]:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return with_part(workbook(), SHEET, change)


def _rows(cells: str, count: int) -> Callable[[bytes], bytes]:
    """A change of a sheet that puts so many rows of these cells at its end."""
    return lambda xml: xml.replace(b"</sheetData>", f"<row>{cells}</row>".encode() * count + b"</sheetData>")


def shared() -> bytes:
    """A workbook that keeps one text of 30,000 letters, which stands in 30,000 cells: a billion letters."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    book = _with_sheet(_rows('<c t="s"><v>0</v></c><c t="s"><v>0</v></c>', 15_000))
    stream = BytesIO(with_part(book, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", told)))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}"><si><t>{"ja " * 10_000}</t></si></sst>')
    return stored(stream.getvalue())


def _workbooks() -> Iterator[Hostile]:
    cell = "<c><v>1</v></c>"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    yield Hostile("rows.xlsx", "10 million rows", lambda: _with_sheet(_rows("", 10_000_000)))
    yield Hostile("stored.xlsx", "600,000 rows, not packed", lambda: stored(_with_sheet(_rows(cell, 600_000))))
    yield Hostile("cells.xlsx", "rows of 16,000 cells each", lambda: stored(_with_sheet(_rows("<c/>" * 16_000, 900))))
    yield Hostile(
        "far.xlsx", "a cell in the last row and column", lambda: _with_sheet(lambda x: x.replace(b"</sheetData>", far))
    )
    yield Hostile("claim.xlsx", "a sheet that claims 17 billion cells", lambda: _with_sheet(
        lambda xml: xml.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:XFD1048576"')))  # fmt: skip
    yield Hostile(
        "beyond.xlsx",
        "a cell where Excel has none",
        lambda: _with_sheet(lambda x: x.replace(b'"A3"', b'"AAAA99999999"')),
    )
    yield Hostile("bomb.xlsx", "a part that unpacks to 96 MB", lambda: _with_sheet(lambda xml: xml + BOMB))
    yield Hostile(
        "laughs.xlsx", "entities that expand a billionfold", lambda: _with_sheet(lambda xml: LAUGHS.encode() + xml)
    )
    yield Hostile("deep.xlsx", "elements 100,000 deep", lambda: stored(_with_sheet(
        lambda xml: xml.replace(b"<sheetData>", b"<x>" * DEEP + b"</x>" * DEEP + b"<sheetData>"))))  # fmt: skip
    yield Hostile(
        "cells-open.xlsx", "a million cells that never end", lambda: stored(_with_sheet(lambda _: b"<c " * MANY))
    )
    yield Hostile("shared.xlsx", "a long text in 30,000 cells, kept once", shared)
    yield Hostile("size.xlsx", "a part that states 2 GB", lambda: with_claim(workbook(), SHEET, 2**31))
    yield Hostile("crowded.xlsx", "70,000 parts", lambda: _crowded(workbook()))
    yield Hostile("cut.xlsx", "cut off in the middle", lambda: workbook()[: len(workbook()) // 2])
    yield Hostile("text-inside.xlsx", "text under another name", TALK.encode)
    yield Hostile("word-inside.xlsx", "a Word document under another name", word_document)


# -- archives of interviews ---------------------------------------------------------------------------------


def _archive(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _with_link() -> bytes:
    stream = BytesIO()
    info = zipfile.ZipInfo("link.txt")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, "../../secret.txt")
    return stream.getvalue()


def _archives() -> Iterator[Hostile]:
    yield Hostile("bomb.zip", "a member that unpacks to 96 MB", lambda: _archive({"a.txt": BOMB}))
    yield Hostile(
        "bombs.zip", "five members that unpack to 96 MB each", lambda: _archive({f"{n}.txt": BOMB for n in range(5)})
    )
    yield Hostile("nested.zip", "an archive in an archive in an archive", lambda: _archive(
        {"a.zip": _archive({"b.zip": _archive({"c.txt": BOMB})})}))  # fmt: skip
    yield Hostile("crowd.zip", "25,000 members", lambda: _archive({f"{n}.txt": b"x" for n in range(25_000)}))
    yield Hostile("away.zip", "names that lead out of the archive", lambda: _archive(
        {"../out.txt": b"R: ud", "/etc/out.txt": b"R: ud", "C:\\o.txt": b"R: ud", "..\\o.txt": b"R: ud"}))  # fmt: skip
    yield Hostile("digits.zip", "a name of 5,000 digits", lambda: _archive({"1" * 5000 + ".txt": b"R: ja"}))
    yield Hostile("link.zip", "a link to a file outside", _with_link)
    yield Hostile(
        "claim.zip", "a member that claims 2 GB", lambda: with_claim(_archive({"a.txt": b"R: ja"}), "a.txt", 2**31)
    )
    yield Hostile("overlap.zip", "members that share their bytes", _overlapping)
    yield Hostile("cut.zip", "cut off in the middle", lambda: _archive({"a.txt": TALK.encode() * 9})[:60])
    yield Hostile("text-inside.zip", "text under another name", TALK.encode)


def _overlapping() -> bytes:
    """A list that names one packed member 1,000 times, each time under another name of the same length."""
    one = _archive({"0000.txt": BLANKS})
    at = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entries = b"".join(one[at:end].replace(b"0000.txt", f"{n:04}.txt".encode()) for n in range(1000))
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1000, 1000, len(entries), at, 0)
    return one[:at] + entries + tail


def zipped_samples() -> Iterator[Hostile]:
    """All files that are zip archives inside, or say that they are."""
    yield from _office()
    yield from _workbooks()
    yield from _archives()
