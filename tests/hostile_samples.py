"""Files that only an ill will or a broken program makes: one entry for each way of doing harm to each reader.

They are made when they are asked for: some are small and unpack to gigabytes, others are as large as they look.
Each is made alike every time. Those that are zip archives inside are in :mod:`hostile_zipped`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import docx_samples as word
from pdf_samples import assembled, lines, pdf, wrapped

SPEECH = "Bogbussen holder ved porten hver mandag, og så går vi derned i pausen."
TALK = f"I: Hvad sker der om mandagen?\nR: {SPEECH}\n" * 3
DEEP = 100_000
LONG = 30 * 1024 * 1024
"""Characters of a line that never ends."""
MANY = 1_000_000
"""Lines, paragraphs or captions."""
CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, 0x85, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFFE]))
TURNED = f"R: {SPEECH}\nR: Vi \u202eteksler\u202c det \u2066hele\u2069, sagde hun.\n"


class Hostile(NamedTuple):
    """A file by its name, what is wrong with it, and what makes its bytes."""

    name: str
    what: str
    make: Callable[[], bytes]


def word_document() -> bytes:
    """An honest one."""
    return word.docx(word.p(word.t(f"R: {SPEECH}")) * 3)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">'
LAUGHS += "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)) + "]>"
"""Entities of which each is ten of the one before."""
BLANKS = b" " * 2**24
BOMB = BLANKS * 6
"""96 MB that pack to 100 kB."""


# -- text ---------------------------------------------------------------------------------------------------


def _texts() -> Iterator[Hostile]:
    for ending in ("txt", "md"):
        yield Hostile(f"nul.{ending}", "NUL bytes among the words", lambda: TALK.encode().replace(b" ", b" \0", 3))
        yield Hostile(f"controls.{ending}", "control characters", (TALK + CONTROLS).encode)
        yield Hostile(f"turned.{ending}", "signs that turn the direction of writing", TURNED.encode)
        yield Hostile(f"one-line.{ending}", "one line of 30 MB", lambda: words(LONG).encode())
        yield Hostile(f"blanks.{ending}", "a line of 20 million blanks", lambda: b"I:" + b" " * 20_000_000 + b"x")
        yield Hostile(f"many-lines.{ending}", "a million lines", lambda: b"ja\n" * MANY)
        yield Hostile(f"many-turns.{ending}", "a million turns", lambda: b"I: a\nR: b\n" * (MANY // 2))
        yield Hostile(f"deep.{ending}", "brackets 100,000 deep", lambda: b"R: " + b"[(" * DEEP + b")]" * DEEP)
        yield Hostile(f"word-inside.{ending}", "a Word document under another name", word_document)
    yield Hostile("half-a-letter.txt", "UTF-16 that ends in half a letter", lambda: TALK.encode("utf-16")[:-1])
    yield Hostile("accents.txt", "a letter with a million accents", ("R: a" + "\u0301" * MANY).encode)
    yield Hostile(
        "two-accents.txt", "a letter with accents of two kinds, a million each", ("R: a" + "\u0301\u0327" * MANY).encode
    )
    yield Hostile("quotes.md", "quotations 100,000 deep", lambda: b">" * DEEP + b" R: ja\n")
    yield Hostile("entities.md", "a million entities", lambda: b"R: " + b"&amp;" * MANY)


def words(length: int) -> str:
    """Talk of so many characters without a line end."""
    return ("I: " + "ord og tale " * (length // 12 + 1))[:length]


# -- RTF, web pages, PDF ------------------------------------------------------------------------------------


def _rtf() -> Iterator[Hostile]:
    yield Hostile("claim.rtf", "binary data that claims 2 GB", lambda: rb"{\rtf1 R: ja\par{\pict\bin2147483647 x}}")
    yield Hostile("deep.rtf", "groups 100,000 deep", lambda: rb"{\rtf1 " + b"{" * DEEP + b"R: ja" + b"}" * DEEP + b"}")
    yield Hostile("notes.rtf", "notes in notes", lambda: rb"{\rtf1 ja" + rb"{\footnote n" * 20_000 + b"}" * 20_001)
    yield Hostile("open.rtf", "groups that are never closed", lambda: rb"{\rtf1 R: ja" + b"{" * DEEP)
    yield Hostile("closed.rtf", "groups that were never opened", lambda: rb"{\rtf1 R: ja" + b"}" * DEEP)
    yield Hostile("cut.rtf", "cut off in a word", lambda: rb"{\rtf1\ansi R: Ja, det\par R: Nej, hun sag\u24")
    yield Hostile("nul.rtf", "NUL bytes", lambda: b"{\\rtf1 R: ja\0\0nej\\par}")
    yield Hostile(
        "numbers.rtf", "numbers beyond all measure", lambda: b"{\\rtf1\\uc9999999999\\u-9999999999 ja\\f99 x}"
    )
    yield Hostile("one-line.rtf", "one line of 30 MB", lambda: b"{\\rtf1 " + words(LONG).encode() + b"}")
    yield Hostile("many-lines.rtf", "a million paragraphs", lambda: b"{\\rtf1 " + b"ja\\par\n" * MANY + b"}")
    yield Hostile("zip-inside.rtf", "a Word document under another name", word_document)


def _pages() -> Iterator[Hostile]:
    yield Hostile("laughs.html", "entities that expand a billionfold", f"{LAUGHS}<p>R: ja &m;".encode)
    yield Hostile("deep.html", "elements 100,000 deep", lambda: b"<div>" * DEEP + b"<p>R: ja")
    yield Hostile("formats.html", "emphasis that is never closed", lambda: b"<p><b><i>ja" * (DEEP // 4))
    yield Hostile("closed.html", "end tags of nothing", lambda: b"<p>R: ja" + b"</b></p></table>" * DEEP)
    yield Hostile("tables.html", "tables in tables", lambda: b"<table><tr><td>" * (DEEP // 3) + b"R: ja")
    yield Hostile("open-comment.html", "a comment that never ends", lambda: b"<p>R: ja<!--" + b"x" * 8_000_000)
    yield Hostile(
        "attributes.html",
        "100,000 attributes",
        lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(DEEP)) + b">R: ja",
    )
    yield Hostile("nul.html", "NUL bytes", lambda: b"<p>R: ja\0\0nej</p>")
    yield Hostile("one-line.html", "one line of 30 MB", lambda: b"<p>" + words(LONG).encode())
    yield Hostile("many-lines.html", "a million paragraphs", lambda: b"<p>ja</p>\n" * MANY)
    yield Hostile("cut.html", "cut off in a tag", lambda: b"<html><body><p>R: Ja, det er s\xc3\xa5</p><p cla")
    yield Hostile("pdf-inside.html", "a PDF file under another name", lambda: pdf([lines(["R: ja"])]))


def _pdf() -> Iterator[Hostile]:
    talk = lines(wrapped(f"R: {SPEECH}"))
    yield Hostile(
        "claim.pdf", "a stream that claims 2 GB", lambda: pdf([talk]).replace(b"/Length ", b"/Length 2147483647")
    )
    yield Hostile("bomb.pdf", "a page that unpacks to 2 GB", _pdf_bomb)
    yield Hostile("deep.pdf", "lists 100,000 deep", lambda: assembled(
        ["<</Type/Catalog/Pages 2 0 R>>", "[" * DEEP + "]" * DEEP]))  # fmt: skip
    yield Hostile("loop.pdf", "pages that hold themselves", lambda: assembled(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 3/Kids[2 0 R 2 0 R]>>"]))  # fmt: skip
    yield Hostile("pages.pdf", "a claim of 100,000 pages", lambda: pdf([talk]).replace(b"/Count 1/", b"/Count 100000/"))
    yield Hostile("letters.pdf", "a page with 5 million letters", lambda: pdf([lines(["ja " * 1000] * 1700)]))
    yield Hostile("forms.pdf", "drawings that draw each other", _pdf_forms)
    yield Hostile("cut.pdf", "cut off in the middle", lambda: pdf([talk])[:300])
    yield Hostile("nul.pdf", "a head and NUL bytes", lambda: b"%PDF-1.7\n" + bytes(100_000))
    yield Hostile("text-inside.pdf", "text under another name", TALK.encode)


def _pdf_bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"\x78\xda" + 128 * (packer.compress(BLANKS) + packer.flush(zlib.Z_FULL_FLUSH)) + b"\x03\x00"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    head = f"<</Filter/FlateDecode/Length {len(packed)}>>"
    data = assembled(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, head])
    return data.replace(head.encode(), head.encode() + b"\nstream\n" + packed + b"\nendstream")


def _pdf_forms() -> bytes:
    """Forms of which each draws the next ten times: 10 to the power of 12 pieces of text."""
    names = [f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {n} 0 R>>>>" for n in range(5, 17)]
    draws = "/X Do " * 10
    forms = [f"{name}/Length {len(draws)}>>\nstream\n{draws}\nendstream" for name in names]
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Contents 17 0 R>>"
    last = f"<</Length {len(draws)}>>\nstream\n{draws}\nendstream"
    return assembled(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, *forms, last, last])


# -- captions and tables ------------------------------------------------------------------------------------


def _captions() -> Iterator[Hostile]:
    heads = {"vtt": b"WEBVTT\n\n", "srt": b"", "sbv": b""}
    times = {
        "vtt": "{at}.000 --> {at}.900",
        "srt": "{at},000 --> {at},900",
        "sbv": "{at}.000,{at}.900",
    }
    for ending, head in heads.items():

        def cue(at: str, words: str, head: bytes = head, form: str = times[ending]) -> bytes:
            return head + f"{form.format(at=at)}\n{words}\n\n".encode()

        def many(cue: Callable[[str, str], bytes] = cue, head: bytes = head) -> bytes:
            clock = (f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}" for at in range(100_000))
            return head + b"".join(cue(at, "Anna: ja").removeprefix(head) for at in clock)

        yield Hostile(f"nul.{ending}", "NUL bytes among the words", lambda c=cue: c("0:00:01", "ja\0nej"))
        yield Hostile(f"turned.{ending}", "signs that turn the direction", lambda c=cue: c("0:00:01", TURNED))
        yield Hostile(f"claim.{ending}", "a time of 2 billion hours", lambda c=cue: c("2147483647:00:01", "R: ja"))
        yield Hostile(f"one-line.{ending}", "one caption of 30 MB", lambda c=cue: c("0:00:01", words(LONG)))
        yield Hostile(f"many-lines.{ending}", "100,000 captions", many)
        yield Hostile(f"empty.{ending}", "a million empty lines", lambda h=head: h + b"\n" * MANY)
        yield Hostile(f"deep.{ending}", "tags 100,000 deep", lambda c=cue: c("0:00:01", "<b>" * DEEP + "ja"))
        yield Hostile(f"cut.{ending}", "cut off in a time", lambda c=cue: c("0:00:01", "R: ja") + b"00:00:05.0")
        yield Hostile(f"text-inside.{ending}", "text under another name", TALK.encode)
        yield Hostile(f"zip-inside.{ending}", "a Word document under another name", word_document)
    yield Hostile("same-time.srt", "100,000 captions at one time", lambda: b"".join(
        b"%d\n00:00:01,000 --> 99:59:59,000\nord%d\n\n" % (n, n) for n in range(DEEP)))  # fmt: skip
    yield Hostile("backwards.srt", "100,000 captions in wrong order", lambda: b"".join(
        b"%d\n00:00:01,%03d --> 00:00:02,000\nord%d\n\n" % (n, 999 - n % 1000, n) for n in range(DEEP)))  # fmt: skip


def _tables() -> Iterator[Hostile]:
    head = b"speaker;text\n"
    yield Hostile("rows.csv", "10 million rows", lambda: head + b"I;a\n" * 10_000_000)
    yield Hostile("cells.csv", "rows of 16,000 cells each", lambda: head + (b";" * 16_000 + b"\n") * 2_000)
    yield Hostile("wide.csv", "a row of 3 million cells", lambda: head + b";" * 3_000_000)
    yield Hostile("one-line.csv", "one cell of 30 MB", lambda: head + b"R;" + words(LONG).encode())
    yield Hostile("open-quote.csv", "a quotation that never ends", lambda: head + b'R;"' + b"ja\n" * MANY)
    yield Hostile("quotes.csv", "a million quotation marks", lambda: head + b'R;"' + b'""' * MANY + b'"')
    yield Hostile("nul.csv", "NUL bytes among the cells", lambda: head + b"R;ja\0nej\n")
    yield Hostile(
        "turned.csv", "signs that turn the direction", lambda: head + f"R;Vi \u202eteksler, {SPEECH}".encode()
    )
    yield Hostile(
        "formula.csv", "cells that begin as formulas do", lambda: head + b"R;=cmd|' /C calc'!A0\nI;@SUM(A1)\n"
    )
    yield Hostile("zip-inside.csv", "a Word document under another name", word_document)


def flat_samples() -> Iterator[Hostile]:
    """All files of which none is a zip archive."""
    yield from _texts()
    yield from _rtf()
    yield from _pages()
    yield from _pdf()
    yield from _captions()
    yield from _tables()
