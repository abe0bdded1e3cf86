"""The cross-case table: each pattern held against each case, with its counter-cases."""

from __future__ import annotations

from cmo.configurations.grammar import read_grammar
from cmo.configurations.patterns import demi_regularities
from cmo.configurations.records import CaseRow, Configuration, PresenceCell
from cmo.report.entries import case_entry, heading
from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry
from cmo.report.words import Words


def table(ground: Ground) -> Body:
    say, main = ground.say, read_grammar(ground.conn).main
    columns = (
        Column(say("Configuration"), "words"),
        Column(say("Case")),
        *(Column(heading(say(element.name))) for element in main),
        Column(say("The case")),
        Column(say("Notes"), "words"),
    )
    rows = [
        _row(pattern.configuration, row, say)
        for pattern in demi_regularities(ground.conn)
        for row in pattern.table.rows
    ]
    notes = (
        say(
            "Configurations here reach over cases. A star: it follows from what was said there; else a person says so."
        ),
        say("A case shows the pattern where every element is present."),
        say("It is a counter-case where all but the outcome are present and the outcome is absent."),
        say("It is not in play where an element before the outcome is absent; else it is open."),
    )
    return Body(columns, rows, notes)


def _row(configuration: Configuration, row: CaseRow, say: Words) -> tuple[Entry, ...]:
    name = f"{configuration.number} {configuration.name or configuration.restatement}".rstrip()
    notes = [cell.note for cell in row.cells.values() if cell.note]
    return (
        Entry(name, about=("configuration", str(configuration.number))),
        case_entry(row.case, say),
        *(_presence(cell, say) for cell in row.cells.values()),
        Entry(say(row.standing)),
        Entry("\n".join(notes) or None),
    )


def _presence(cell: PresenceCell, say: Words) -> Entry:
    if cell.presence is None:
        return Entry(None)
    follows = " *" if cell.said is None else ""
    return Entry(say(cell.presence) + follows, cell.codings)
