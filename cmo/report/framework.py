"""The framework matrix: cases × themes, each cell in the analyst's words with the quotes it leans on.

Ritchie & Spencer 1994, "Qualitative data analysis for applied policy research".
"""

from __future__ import annotations

from cmo.casework.records import Summary
from cmo.casework.summaries import list_summaries
from cmo.report.entries import case_entry
from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry


def table(ground: Ground) -> Body:
    """Every case has a row, also where nothing is written yet; themes are those that some case has words on."""
    say = ground.say
    found = {(summary.case, summary.theme): summary for summary in list_summaries(ground.conn)}
    used = {theme for _, theme in found if theme is not None}
    ordered = [*(point.label for point in ground.theory.points), *(code.name for code in ground.codes)]
    themes = [theme for theme in dict.fromkeys(ordered) if theme in used]
    columns = (Column(say("Case")), Column(say("As a whole"), "words"), *(Column(theme, "words") for theme in themes))
    rows = [
        (case_entry(case.name, say), *(_cell(ground, found.get((case.name, theme))) for theme in (None, *themes)))
        for case in ground.cases
    ]
    notes = (
        say("Each cell is the analyst's summary of a case as to a theme, and under it the quotes it leans on."),
        say("An empty cell: nobody has written it yet, which does not say that the case is silent."),
    )
    return Body(columns, rows, notes)


def _cell(ground: Ground, summary: Summary | None) -> Entry:
    if summary is None:
        return Entry(None)
    said = ground.said(summary.quotes)
    return Entry("\n".join([summary.body, *(str(said[coding]) for coding in summary.quotes)]), summary.quotes)
