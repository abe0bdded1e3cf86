"""Keep a study as this version writes it, with what this version says of it: ``python tests/schemas/make.py``.

To be run once for every schema revision, by the last version that writes it: ``tests/test_schema_history.py`` upgrades
what it makes. It uses only calls that every version has had since the first.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

# The version that is tried, which may be an older one.
sys.path.insert(0, str(Path.cwd() / "tests"))
sys.path.insert(0, str(Path.cwd()))

from builders import code, full_study, span, table

from cmo.study import Study
from store.schema import SCHEMA_REVISION

HERE = Path(__file__).parent
CODINGS = [
    ["source", "quote", "point", "element", "stance", "memo"],
    ["ansat", "En fast tid", 2, "M", "for", "godt sagt"],
    ["gruppe", "Jeg har aldrig været der", 1, "O", "imod", ""],
    ["gruppe", "Ingen har sagt, at vi må gå", 2, "C", "imod", ""],
]


def made(folder: Path) -> Study:
    """A small study by two coders, with codings, memos, work that was undone and work that was taken away."""
    study = full_study(folder)
    code(study, "leder", "Køen var lang", "#1 M", "supports", "vigtigt")
    code(study, "leder", "Ingen blev sure 😀", "#1 O", "refutes")
    study.import_codings(table(folder / "codings.csv", CODINGS))
    gone = code(study, "ansat", "Nej", "#3 C")
    study.remove_coding(gone.id)
    study.import_cases(table(folder / "more.csv", [["Arbejdsplads", "Sektor"], ["Bageriet", "Privat"]]))
    study.undo()
    if hasattr(study, "new_configuration"):
        _realist_core(study)
    if hasattr(study, "keep_draft"):
        study.keep_draft("New point", {"title": "Ro", "context": "Hvor der er støj"})  # schema 0004
    return study


def _realist_core(study: Any) -> None:
    """What came with schema 0003."""
    start, end = span(study, "leder", "Køen var lang")
    first = next(c for c in study.codings("leder") if (c.start, c.end) == (start, end))
    study.new_configuration("kø", point="#1")
    study.add_part(1, coding=first.id)
    study.refine_point("#1", {"M": "Kolleger går derned sammen, når de må."}, why="Lederen sagde det.")
    study.freeze_theory("første")


def said(study: Study) -> dict[str, Any]:
    """What stays the same whichever version reads the study: texts, codings, counts, and how work was judged."""
    sources = study.sources()
    quotes = [[q.source, q.quote, q.code, q.stance, q.coder, q.start, q.end, q.case, q.role] for q in study.quotes()]
    matrix = study.matrix()
    return {
        "texts": {source.name: study.transcript(source.id).text for source in sources},
        "turns": {source.name: source.turns for source in sources},
        "quotes": quotes,
        "memos": sorted(c.memo for s in sources for c in study.codings(s.id) if c.memo),
        "matrix": [[row, *(matrix.cell(row, case).total.excerpts for case in matrix.columns)] for row in matrix.rows],
        "acts": [[e.seq, e.kind, e.coder, e.act, e.summary, e.hash] for e in study.log()],
        "wording": [[p.label, dict(p.wording)] for p in study.theory().points],
        "state": study.info().state,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        with made(Path(folder)) as study:
            words = said(study)
        with closing(sqlite3.connect(study.path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute("VACUUM")
        (HERE / f"{SCHEMA_REVISION}.cmo.gz").write_bytes(gzip.compress(study.path.read_bytes(), mtime=0))
    (HERE / f"{SCHEMA_REVISION}.json").write_text(json.dumps(words, ensure_ascii=False, indent=1), encoding="utf-8")
