"""What is done with the interviews of :mod:`benchmarks.corpus`: a theory of 16 points, cases, 60 codes, codings."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.corpus import SIZES, Size, case_name, file_name, interview, write_table

CODING_COLUMNS = ["source", "start", "end", "quote", "code", "point", "element", "coder", "stance"]
POINTS = 16
ELEMENTS = "CMO"
OWN_CODES = [f"{word} {number}" for word in ("Støj", "Tid", "Tillid") for number in range(1, 5)]
"""Codes outside the theory: with the three elements of 16 points they are 60."""
STANCES = ("supports", "supports", "supports", "refutes", "refines", "")
_SENTENCE = re.compile(r"(?<=[.?] )[^.?\n]+[.?]")


def write_theory(folder: Path) -> Path:
    """Sixteen points, each with a context, a mechanism and an outcome in words that nobody said."""
    said = [f"Noget er {word} på stedet." for word in ("åbent", "aftalt", "kendt", "nyt")]
    rows = [
        [f"#{number}", said[number % 4], f"De gør det sammen, måde {number}.", f"Det lykkes, {number}."]
        for number in range(1, POINTS + 1)
    ]
    return write_table(folder / "theory.csv", ["nr", "context", "mechanism", "outcome"], rows)


def write_cases(folder: Path, size: Size) -> Path:
    """The cases with three attributes."""
    rows = [
        [
            case_name(number, size.cases),
            ("public", "private")[number % 2],
            10 + number * 7 % 400,
            f"region {number % 5}",
        ]
        for number in range(size.cases)
    ]
    return write_table(folder / "cases.csv", ["case", "sector", "employees", "region"], rows)


def write_codings(folder: Path, size: Size) -> Path:
    """Codings of one to three sentences each, spread evenly over the interviews, with start, end and quote."""
    each, left = divmod(size.codings, size.interviews)
    rows = (
        row
        for number in range(size.interviews)
        for row in coding_rows(file_name(number).removesuffix(".txt"), interview(number), each + (number < left))
    )
    return write_table(folder / "codings.csv", CODING_COLUMNS, rows)


def coding_rows(source: str, text: str, count: int) -> Iterator[list[object]]:
    """The codings of one text, in an order that is not that of the text."""
    chance = random.Random(f"codings {source}")
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    seen: set[tuple[int, int, str]] = set()
    while len(seen) < count:
        first = chance.randrange(len(sentences) - 2)
        start, end = sentences[first][0], sentences[first + chance.randrange(3)][1]
        label = chance.choice(_labels())
        if (start, end, label) not in seen and "\n" not in text[start:end]:
            seen.add((start, end, label))
            name, _, element = label.partition("|")
            stance = chance.choice(STANCES) if element else ""
            yield [
                source,
                start,
                end,
                text[start:end],
                *(["", name, element] if element else [name, "", ""]),
                "AB",
                stance,
            ]


@cache
def _labels() -> list[str]:
    return [f"#{point}|{element}" for point in range(1, POINTS + 1) for element in ELEMENTS] + OWN_CODES


def write_word_files(folder: Path, count: int) -> Path:
    """The first interviews as files of a word processor, with a paragraph for each turn."""
    files = folder / "word"
    files.mkdir(exist_ok=True)
    for number in range(count):
        paragraphs = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in interview(number).split("\n")
        )
        with ZipFile(files / file_name(number).replace(".txt", ".docx"), "w", ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _RELATIONS)
            archive.writestr("word/document.xml", f"{_HEAD}{paragraphs}</w:body></w:document>")
    return files


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OPEN = "http://schemas.openxmlformats.org"
_TYPES = (
    f'{_XML}<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="rId1" Type='
    f'"{_OPEN}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_HEAD = f'{_XML}<w:document xmlns:w="{_OPEN}/wordprocessingml/2006/main"><w:body>'


FREE_CODE = ["", "#2", "M"]
"""The code that nobody has given in the long interview, so that each coding with it is a new one."""


def write_long_interview(folder: Path, characters: int, codings: int) -> tuple[Path, Path]:
    """One long interview, and the table of its codings."""
    text = interview(SIZES["large"].interviews, characters)
    path = folder / "long.txt"
    path.write_text(text, encoding="utf-8", newline="")
    rows = (row for row in coding_rows("long", text, codings + codings // 30) if row[4:7] != FREE_CODE)
    return path, write_table(folder / "long.csv", CODING_COLUMNS, islice(rows, codings))
