"""The floors: the same work done by a few lines over sqlite3, FTS5, lxml and openpyxl. Each is a program of its own.

``python -m benchmarks.floors NAME ARGUMENTS``
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile


def texts_into_index(database: str, texts: Iterable[str]) -> None:
    """Keep texts, each in a transaction of its own, and put their lines into an index of words."""
    study = sqlite3.connect(database, isolation_level=None)
    study.execute("PRAGMA journal_mode = WAL")
    study.execute("PRAGMA synchronous = FULL")
    study.execute("CREATE TABLE texts(id INTEGER PRIMARY KEY, body TEXT)")
    study.execute("CREATE VIRTUAL TABLE spoken USING fts5(words, content='')")
    turns = 0
    for number, text in enumerate(texts):
        study.execute("BEGIN IMMEDIATE")
        study.execute("INSERT INTO texts VALUES (?, ?)", (number, text))
        lines = text.split("\n")
        study.executemany("INSERT INTO spoken(rowid, words) VALUES (?, ?)", enumerate(lines, start=turns))
        turns += len(lines)
        study.execute("COMMIT")
    study.close()


def import_txt(database: str, folder: str) -> None:
    texts_into_index(database, (path.read_text(encoding="utf-8") for path in sorted(Path(folder).iterdir())))


def import_docx(database: str, folder: str) -> None:
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

    def text_of(path: Path) -> str:
        with ZipFile(path) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))
        return "\n".join("".join(p.itertext(f"{space}t")) for p in body.iter(f"{space}p"))

    texts_into_index(database, map(text_of, sorted(Path(folder).iterdir())))


def codings(database: str, study: str, table: str) -> None:
    """Excerpts, codings and judgements of a table by executemany, into tables with the indexes that a study has."""
    made = sqlite3.connect(database, isolation_level=None)
    made.execute("PRAGMA journal_mode = WAL")
    kept = ("excerpts", "codings", "judgements")
    model = sqlite3.connect(study)
    for (sql,) in model.execute(f"SELECT sql FROM sqlite_master WHERE tbl_name IN {kept} AND sql IS NOT NULL"):
        made.execute(sql)
    with Path(table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    number = {name: i for i, name in enumerate(dict.fromkeys(row["source"] for row in rows))}
    label = {
        name: i for i, name in enumerate(dict.fromkeys((row["code"], row["point"], row["element"]) for row in rows))
    }
    spans = {
        name: i
        for i, name in enumerate(dict.fromkeys((number[r["source"]], r["start"], r["end"], r["quote"]) for r in rows))
    }
    made.execute("BEGIN IMMEDIATE")
    made.executemany(
        """INSERT INTO excerpts(id, uuid, version_id, start, "end", quote, before, after, anchor)
        VALUES (?, hex(randomblob(16)), ?, ?, ?, ?, '', '', 'ok')""",
        ((i, *span) for span, i in spans.items()),
    )
    made.executemany(
        """INSERT INTO codings(id, uuid, excerpt_id, code_id, coder_id, created_at)
        VALUES (?, hex(randomblob(16)), ?, ?, 1, '')""",
        (
            (
                i,
                spans[number[r["source"]], r["start"], r["end"], r["quote"]],
                label[r["code"], r["point"], r["element"]],
            )
            for i, r in enumerate(rows)
        ),
    )
    made.executemany(
        """INSERT INTO judgements(
            id, uuid, coding_id, point_version_id, coder_id, stance, rationale, is_current, created_at
        ) VALUES (?, hex(randomblob(16)), ?, 1, 1, ?, '', 1, '')""",
        ((i, i, r["stance"]) for i, r in enumerate(rows) if r["stance"]),
    )
    made.execute("COMMIT")
    made.close()


def workbook(path: str, cells: str) -> None:
    """The rows of a table of cells, written by openpyxl as it is made for writing much."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    with Path(cells).open(encoding="utf-8", newline="") as file:
        for sheet_name, *row in csv.reader(file, quoting=csv.QUOTE_NONNUMERIC):
            if not book.worksheets or book.worksheets[-1].title != sheet_name:
                book.create_sheet(sheet_name)
            book.worksheets[-1].append(row)
    book.save(path)


if __name__ == "__main__":
    name, arguments = sys.argv[1], sys.argv[2:]
    sys.argv = sys.argv[:1]
    {
        "import_txt": import_txt,
        "import_docx": import_docx,
        "codings": codings,
        "workbook": workbook,
    }[name](*arguments)
