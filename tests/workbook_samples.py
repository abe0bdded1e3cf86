"""A small study with every kind of evidence, and a plain reader of workbooks, for the tests of exports."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
from made_once import folder_of
from openpyxl.utils import range_boundaries

import cmo
from cmo.study import Study

LEADER = (
    "I: Hvordan gik det så?\r\n"
    "R: Ærligt talt 😀 gik det godt. Vi fik tavlen op, og så sagde alle noget.\r\n"
    "I: Og bagefter?\r\n"
    "R: =SUM(A1:A9) stod der på tavlen. Bagefter var der stille, så stille.\r\n"
)
NURSE = "I: What changed?\nR: Nothing cha\u0301nged for me. - Not a thing. They listened, but nobody answered.\n"
GROUP = "A: Vi gør det hver dag.\nB: Ikke om natten, @ os sker der intet.\n"

CASES = 'case,Sektor,Ansatte,role\nSolbakken,Offentlig,85,"=1+1"\nB4,Privat,+100,\nTom sag,Privat,12,\n'
THEORY = (
    "number,context,mechanism,outcome\n"
    "Overordnet hypotese,Hverdagen slider.,At se små ting løst.,Flere siger noget.\n"
    "#1,Ingen har lyttet før.,Lederen svarer på stedet.,Flere ting bliver sagt.\n"
    "#2,,Et kort møde er ingen trussel.,Alle siger noget.\n"
    "#3,Natten er stille.,Ingen ser tavlen.,Intet sker.\n"
)
SOURCES = (
    "file,kind,case,role,participant\n"
    "leder.txt,interview,Solbakken,Leder,Anna\n"
    "nurse.txt,interview,B4,Nurse,Bo\n"
    "gruppe.txt,focus group,Solbakken; B4,,\n"
    "ukendt.txt,document,,,\n"
)
SPEAKERS = "file,label,participant,role,asks\nleder.txt,I,,Interviewer,yes\nleder.txt,R,Anna,Leder,no\n"


def evidence_study(folder: Path) -> Study:
    """Points with evidence for, against and stale; codes beside the theory; two judges; a source of two cases,
    one of none; a case without a source; an excerpt coded twice to one point.
    """
    shutil.copytree(folder_of(_evidence_study), folder, dirs_exist_ok=True)
    return cmo.open_study(folder / "study.cmo", coder="AB")


def _evidence_study(folder: Path) -> Study:
    for name, text in (("cases", CASES), ("theory", THEORY), ("sources", SOURCES), ("speakers", SPEAKERS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    texts = {"leder": LEADER, "nurse": NURSE, "gruppe": GROUP, "ukendt": "Notat uden sag. Det er kort.\n"}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    study = cmo.new_study(folder / "study.cmo", name="Ti minutter", language="da", coder="AB")
    study.import_cases(folder / "cases.csv")
    study.import_theory(folder / "theory.csv")
    study.import_files([folder / f"{name}.txt" for name in texts], sources=folder / "sources.csv")
    study.map_speakers(folder / "speakers.csv")
    study.new_code("Humour", "When people laugh")
    study.new_code("Silence")
    code(study, "leder", "gik det godt", "#1", "O", "supports", "+ godt sagt")
    code(study, "leder", "gik det godt", "#1", "M", "supports")
    code(study, "leder", "=SUM(A1:A9) stod der på tavlen.", "#1", "M", "refutes")
    code(study, "leder", "Ærligt talt 😀", "#2", "M", "refines")
    code(study, "nurse", "Nothing cha\u0301nged", "#1", "C", "refutes")
    code(study, "nurse", "- Not a thing.", "#1", "C", None)
    code(study, "gruppe", "@ os sker der intet", "#1", "M", "supports")
    code(study, "gruppe", "Vi gør det hver dag.", "#3", None, "extends")
    code(study, "ukendt", "Notat uden sag.", "#1", "C", "supports")
    for source, words, name in (("leder", "så stille", "Silence"), ("nurse", "Nothing", "Humour")):
        start, end = span(study, source, words)
        study.code(source, start, end, name)
    judged_twice(folder / "study.cmo")
    reworded = THEORY.replace("Et kort møde er ingen trussel.", "Et kort møde kan alle holde ud.")
    (folder / "theory.csv").write_text(reworded, encoding="utf-8")
    study.import_theory(folder / "theory.csv")
    return study


def judged_twice(path: Path) -> None:
    """A second person judges the first coding, otherwise than the first one did."""
    with cmo.open_study(path, coder="CD") as other:
        other.set_stance(other.quotes(point="#1", stance="supports")[0].coding_id, "refutes")


def code(
    study: Study, source: str, words: str, point: str, element: str | None, stance: str | None, memo: str = ""
) -> int:
    start, end = span(study, source, words)
    return study.code_point(source, start, end, point, element, stance=stance, memo=memo).id


def span(study: Study, source: str, words: str) -> tuple[int, int]:
    import unicodedata

    words = unicodedata.normalize("NFC", words)
    start = study.transcript(source).text.index(words)
    return start, start + len(words)


# -- reading workbooks --------------------------------------------------------------------------------------


class Book:
    """A workbook as a colleague's program reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.names = self.book.sheetnames

    def table(self, sheet: str, head_row: int = 1) -> list[dict[str, Any]]:
        """The rows under a heading, by its words; ``_row`` is the row's number."""
        rows = self.book[sheet].iter_rows(min_row=head_row)
        heads = [cell.value for cell in next(rows)]
        found = []
        for number, row in enumerate(rows, start=head_row + 1):
            values = {head: plain(cell.value) for head, cell in zip(heads, row, strict=True)}
            found.append(values | {"_row": number})
        return found

    def quotes(self) -> list[dict[str, Any]]:
        """The rows of all sheets of quotes; ``_sheet`` says which."""
        names = [name for name in self.names if re.fullmatch(r"Quotes( \d+)?", name)]
        return [row | {"_sheet": name} for name in names for row in self.table(name)]

    def links(self, sheet: str) -> dict[str, tuple[str, int, int]]:
        """Where each linked cell leads: sheet, first row, last row."""
        found = {}
        for row in self.book[sheet].iter_rows():
            for cell in row:
                if cell.hyperlink is not None:
                    name, cells = cell.hyperlink.location.rsplit("!", 1)
                    _, first, _, last = range_boundaries(cells)
                    found[cell.coordinate] = (name.strip("'"), first, last)
        return found

    def parts(self) -> Iterator[tuple[str, str]]:
        """Every part of the file as text."""
        with ZipFile(self.path) as archive:
            for name in archive.namelist():
                yield name, archive.read(name).decode()


def plain(value: Any) -> Any:
    """A cell's value as Excel shows it: openpyxl leaves the escapes of a cell's text as they are in the file."""
    if not isinstance(value, str):
        return value
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)
