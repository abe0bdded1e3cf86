"""Small studies for tests: invented interviews of an invented evaluation, and tables to go with them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from made_once import folder_of

import cmo
from cmo.records import Quote
from cmo.study import Study
from codebook.records import Coding

LEADER = """I: Hvad ændrede sig, da bogbussen kom?
R: Folk gik ned og hentede bøger i pausen. Det havde jeg ikke ventet.
I: Og køen?
R: Køen var lang om mandagen. Ingen blev sure 😀.
"""
STAFF = """I: Bruger I bussen?
R: Nej. Den holder der, når vi har travlt.
I: Hvad ville hjælpe?
R: En fast tid. Så ville flere gå derned.
"""
GROUP = """MO: Hvem bruger bogbussen?
IP1: Jeg låner til mine børn.
IP2: Jeg har aldrig været der.
MO: Hvorfor ikke?
IP2: Ingen har sagt, at vi må gå.
"""
THEORY = [
    ["nr", "kontekst", "mekanisme", "udfald"],
    ["Overordnet hypotese", "Travle arbejdspladser.", "En bogbus kommer forbi.", "Flere læser."],
    ["#1", "Pauserne er lange nok.", "Kolleger går derned sammen.", "Bøger bliver lånt."],
    ["#2", "Lederen går foran.", "Det bliver tilladt at gå.", "Flere går derned."],
    ["#3", "", "Børn spørger efter bøger.", "Forældre låner."],
]
CASES = [
    ["Arbejdsplads", "Sektor", "Ansatte"],
    ["Værftet", "Privat", "120"],
    ["Ældrecentret", "Offentlig", "45"],
    ["Skolen", "Offentlig", "60"],
]
SOURCES = [
    ["fil", "art", "sag", "rolle", "deltager", "sprog"],
    ["leder.txt", "interview", "Værftet", "Leder", "", "da"],
    ["ansat.txt", "interview", "Ældrecentret", "Medarbejder", "", "da"],
    ["gruppe.txt", "fokusgruppe", "Værftet; Skolen", "", "", ""],
]
SPEAKERS = [
    ["fil", "taler", "deltager", "rolle", "spørger"],
    ["", "I", "", "Interviewer", "ja"],
    ["gruppe.txt", "MO", "", "Interviewer", "ja"],
    ["gruppe.txt", "IP1", "Bo", "Medarbejder", "nej"],
    ["gruppe.txt", "IP2", "Ida", "Tillidsvalgt", "nej"],
]
TEXTS = {"leder.txt": LEADER, "ansat.txt": STAFF, "gruppe.txt": GROUP}


def new_study(folder: Path, coder: str = "AB") -> Study:
    """An empty study in a folder."""
    shutil.copytree(folder_of(_new_study, coder), folder, dirs_exist_ok=True)
    return cmo.open_study(folder / "bogbus.cmo", coder=coder)


def _new_study(folder: Path, coder: str) -> Study:
    return cmo.new_study(folder / "bogbus.cmo", coder=coder)


def full_study(folder: Path) -> Study:
    """A study with cases, theory, three sources bound to cases, and mapped speakers; nothing is coded.

    The files that it was made of lie beside it.
    """
    shutil.copytree(folder_of(_full_study), folder, dirs_exist_ok=True)
    return cmo.open_study(folder / "bogbus.cmo", coder="AB")


def _full_study(folder: Path) -> Study:
    study = new_study(folder)
    study.import_cases(table(folder / "cases.csv", CASES))
    study.import_theory(table(folder / "theory.csv", THEORY))
    files = write_texts(folder / "texts")
    study.import_files([files], sources=table(folder / "sources.csv", SOURCES))
    study.map_speakers(table(folder / "speakers.csv", SPEAKERS))
    return study


def copied(file: Path, folder: Path, coder: str = "AB") -> Study:
    """A copy of a study file, to change: faster than building it anew."""
    return cmo.open_study(shutil.copy(file, folder / file.name), coder=coder)


def write_texts(folder: Path, texts: dict[str, str] | None = None) -> Path:
    """Text files in a folder, in UTF-8."""
    for name, text in (texts or TEXTS).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def table(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A table, as the path's ending says."""
    if path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.create_sheet("Ark", 0)
        for row in rows:
            sheet.append(list(row))
        for cell in (cell for row in sheet for cell in row if cell.data_type == "f"):
            cell.data_type = "s"  # text that begins as a formula does is text
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return path


def span(study: Study, source: str, words: str) -> tuple[int, int]:
    """Where words stand for the first time, in code points."""
    start = study.transcript(source).text.index(words)
    return start, start + len(words)


def code(study: Study, source: str, words: str, name: str, stance: str | None = None, memo: str = "") -> Coding:
    """Give the first place of some words a code."""
    return study.code(source, *span(study, source, words), name, stance=stance, memo=memo)


def reread(study: Study) -> dict[str, Any]:
    """Everything that a study's reading calls say, in plain values."""
    return kept(study) | {"audit": asdict(study.audit())}


def kept(study: Study) -> dict[str, Any]:
    """Everything that a study's reading calls say but the audit, which takes half the time and says it in words."""
    sources, info = study.sources(), study.info()
    return {
        "state": info.state,
        "counts": info.counts,
        "sources": [asdict(source) for source in sources],
        "transcripts": [asdict(study.transcript(source.id)) for source in sources],
        "codings": [[asdict(coding) for coding in study.codings(source.id)] for source in sources],
        "speakers": [asdict(speaker) for speaker in study.speakers()],
        "cases": [asdict(case) for case in study.cases()],
        "attributes": [asdict(attribute) for attribute in study.attributes()],
        "theory": asdict(study.theory()),
        "wordings": asdict(study.lineage()),
        "decisions": [asdict(decision) for decision in study.decisions()],
        "states": [asdict(state) for state in study.theory_states()],
        "verdicts": [asdict(verdict) for verdict in study.verdicts()],
        "codes": [asdict(code) for code in study.codes()],
        "quotes": [asdict(quote) for quote in study.quotes()],
        "points by case": repr(study.matrix()),
        "codes by role": repr(study.matrix("code", "role")),
    }


def only(found: Sequence[Quote]) -> Quote:
    """The one quote there is."""
    (quote,) = found
    return quote
