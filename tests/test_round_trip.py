"""What the study exports as a table of quotes, another study of the same texts takes in again, whole."""

from __future__ import annotations

from pathlib import Path

from builders import table

import cmo
from exports.csv_tables import write_quotes

TEXT = 'I: Hvad så?\n\nR: - Ja, det gik. +20 kroner, sagde han. =nul for os; "hold da op" 🙂 og så videre.\n'
PASSAGES = ["- Ja, det gik.", "+20 kroner", "=nul for os", '"hold da op" 🙂']


def _study(folder: Path) -> cmo.Study:
    folder.mkdir()
    (folder / "leder.txt").write_text(TEXT, encoding="utf-8")
    study = cmo.new_study(folder / "s.cmo", coder="AB")
    study.import_files([folder / "leder.txt"])
    study.import_theory(table(folder / "pt.csv", [["nr", "kontekst", "mekanisme", "udfald"], ["1", "a", "b", "c"]]))
    return study


def test_quotes_exported_as_csv_import_as_the_same_codings(tmp_path: Path) -> None:
    with _study(tmp_path / "one") as one, _study(tmp_path / "two") as two:
        for number, passage in enumerate(PASSAGES):
            start = TEXT.index(passage)
            stance = ("supports", "refutes", None, "refines")[number]
            one.code_point("leder", start, start + len(passage), "#1", "CMO"[number % 3], stance=stance, memo="-?")
        write_quotes(one, tmp_path / "quotes.csv")
        report = two.import_codings(tmp_path / "quotes.csv")
        assert (report.added, report.problems) == (len(PASSAGES), ())
        told = [(q.quote, q.start, q.code, q.stance, q.memo, q.coder) for q in one.quotes()]
        assert [(q.quote, q.start, q.code, q.stance, q.memo, q.coder) for q in two.quotes()] == told


def test_a_quote_guarded_against_formulas_is_found_without_its_position(tmp_path: Path) -> None:
    with _study(tmp_path / "one") as study:
        rows = [["source", "quote", "code"], ["leder", "'- Ja, det gik.", "Svar"]]
        assert study.import_codings(table(tmp_path / "codings.csv", rows)).problems == ()
        assert [quote.quote for quote in study.quotes()] == ["- Ja, det gik."]
