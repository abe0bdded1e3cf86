"""A small study in which a realist analysis was carried through to its end, for the tests of tables and reports."""

from __future__ import annotations

import shutil
from pathlib import Path

from builders import span
from made_once import folder_of
from workbook_samples import evidence_study

import cmo
from cmo.study import Study


def report_study(folder: Path) -> Study:
    """The study of evidence of every kind, with theory states, decisions, a verdict, configurations with a pattern
    and a counter-case, summaries, measures on a ladder, chosen quotes, and a code beside the theory on its passages.
    """
    shutil.copytree(folder_of(_report_study), folder, dirs_exist_ok=True)
    return cmo.open_study(folder / "study.cmo", coder="AB")


def _report_study(folder: Path) -> Study:
    study = evidence_study(folder)
    study.freeze_theory("Initial theory", "before the interviews")
    best = study.quotes(point="#1", stance="supports")[0]
    study.set_best(best.coding_id)
    study.code("leder", *span(study, "leder", "det godt"), "Humour")
    _refine(study)
    _configure(study)
    study.set_summary("Solbakken", "Her gik det | godt.", quotes=[best.coding_id])
    study.set_summary("Solbakken", "Lederen svarede.", point="#1", quotes=[best.coding_id])
    study.set_summary("B4", "Stille.", code="Silence")
    study.new_ladder("Trappe", "fra lidt til meget")
    for number, name in ((1, "Lidt"), (2, "Mere")):
        study.set_step("Trappe", number, name)
    for case, name, step in (("Solbakken", "Lift", 2), ("Solbakken", "Tavle", 2), ("B4", "Lift", 1)):
        study.add_measure(name, case=case, ladder="Trappe", step=step)
    return study


def _refine(study: Study) -> None:
    against = [quote.coding_id for quote in study.quotes(point="#1", stance="refutes")]
    study.refine_point(
        "#1",
        {"C": "Ingen har lyttet før.", "M": "Lederen svarer samme dag.", "O": "Flere ting bliver sagt."},
        why="Et svar på stedet var ikke nok.",
        inference="retroduction",
        dissent="CD ser det anderledes.",
        evidence=against[:2],
    )
    study.abandon_point("#3", why="Ingen natmøder blev holdt.")
    study.set_verdict("#1", "theory holds", "Tre cases viser det.")
    study.set_verdict(None, "not tested", "For få cases.")


def _configure(study: Study) -> None:
    of_point = {quote.element: quote.coding_id for quote in study.quotes(point="#1", case="Solbakken")}
    first = study.new_configuration("Svar", "Når ingen har lyttet, virker et svar.", point="#1", case="Solbakken")
    study.add_part(first.number, coding=of_point["M"])
    study.add_part(first.number, coding=of_point["O"])
    study.add_part(first.number, element="C", wording="ingen lyttede")
    partial = study.new_configuration(point="#1", case="B4")
    study.add_part(partial.number, element="C", wording="de lyttede")
    study.ripple(first.number, name="Bølge")
    pattern = study.group_configurations([first.number, partial.number], "Mønster", "Et svar gør forskel.", point="#1")
    study.set_presence(pattern.number, "B4", "C", "present")
    study.set_presence(pattern.number, "B4", "M", "present", "nævnt i noterne")
    study.set_presence(pattern.number, "B4", "O", "absent")
