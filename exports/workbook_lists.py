"""The sheets that list: codebook, cases, sources, and the gaps that the audit found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cmo.disconfirming.findings import grouped
from cmo.records import Cell
from exports.evidence_rows import Material
from exports.workbook_quotes import ATTRIBUTE_WIDTH, attribute_head, attribute_put
from exports.workbook_sheet import Binder, Layout, Link, Place, Put, Sheet
from store.findings import Finding

CASES, SOURCES, GAPS = "Cases", "Sources", "Gaps"

SOURCE_HEADS = (
    ("Source", 38), ("Kind", 17), ("Cases", 28), ("Role", 22), ("Participant", 20), ("Language", 12),
    ("Round", 10), ("Held on", 12), ("Characters", 11), ("Turns", 8), ("Sentences", 11), ("Codings", 10), ("File", 38),
)  # fmt: skip
CASE_HEADS_BEFORE = (("Case", 24), ("Excerpts", 10), ("Rows", 8))
OF_NUMBERS = frozenset({"Codings", "Characters", "Turns", "Sentences", "Excerpts", "Rows"})
NAMES_OF_SOURCES = ("Names of the sources", 70)
GAP_WIDTHS = (40, 90, 26)

REPLACED = "Characters that a workbook cannot hold"
MOST_REPLACED = 200
"""Places with replaced characters that are listed one by one."""


def list_sheet(binder: Binder, name: str, heads: Sequence[tuple[str, float]], *, landscape: bool = True) -> Sheet:
    widths = [width for _, width in heads]
    return Sheet(binder, name, Layout(widths, freeze="B2", repeat="1:1", landscape=landscape, tab="8C98A2"))


def gaps_sheet(binder: Binder) -> Sheet:
    return Sheet(binder, GAPS, Layout(GAP_WIDTHS, freeze="A3", repeat="1:2", landscape=False, tab="B4574A"))


def case_heads(material: Material) -> list[tuple[str, float]]:
    attributes = [(attribute.name, float(ATTRIBUTE_WIDTH)) for attribute in material.attributes]
    return [*CASE_HEADS_BEFORE, *attributes, NAMES_OF_SOURCES]


def write_cases(sheet: Sheet, material: Material) -> dict[str, int]:
    """All cases with their attributes; return in which row each stands."""
    attribute_heads = [attribute_head(attribute.name, attribute.kind) for attribute in material.attributes]
    say = sheet.say
    last = Put(say(NAMES_OF_SOURCES[0]), "head")
    _heads(sheet, [name for name, _ in CASE_HEADS_BEFORE], [*attribute_heads, last])
    totals, rows = material.points_by_case.column_totals, {}
    for case in material.cases:
        counts = totals.get(case.name, Cell()).total
        attributes = [attribute_put(case.attributes.get(a.name), a.kind) for a in material.attributes]
        rows[case.name] = sheet.row([
            Put(case.name, "strong"),
            Put(counts.excerpts, "number"),
            Put(counts.rows, "number"),
            *attributes,
            Put("; ".join(case.sources), "text") if case.sources else Put(say("no source"), "absent"),
        ])  # fmt: skip
    sheet.filter(1, len(case_heads(material)))
    return rows


def write_sources(sheet: Sheet, material: Material) -> dict[str, int]:
    """All sources; return in which row each stands."""
    say = sheet.say
    _heads(sheet, [name for name, _ in SOURCE_HEADS])
    rows = {}
    for source in material.sources:
        rows[source.name] = sheet.row([
            Put(source.name, "strong"),
            Put(say(source.kind), "text"),
            Put("; ".join(source.cases), "text") if source.cases else Put(say("(no case)"), "absent"),
            Put(source.role, "text"),
            Put(source.participant, "text"),
            Put(source.language, "plain"),
            Put(source.round, "text"),
            Put(source.held_on, "text"),
            Put(source.characters, "number"),
            Put(source.turns, "number"),
            Put(source.sentences, "number"),
            Put(source.codings, "number"),
            Put(source.file_name, "text"),
        ])  # fmt: skip
    sheet.filter(1, len(SOURCE_HEADS))
    return rows


def write_gaps(sheet: Sheet, gaps: Iterable[Finding], replaced: Sequence[Finding], places: Mapping[str, Link]) -> None:
    """What the audit found, under the headings of the audit; then what this workbook shows otherwise than it is.

    ``places`` says where the thing that a finding names stands: ``point #7``, ``source 'x'``, ``case 'y'``.
    """
    say = sheet.say
    sheet.row([Put(say("Gaps"), "title")], height=30)
    sheet.row([Put(say("What the audit found: questions for a person, not errors."), "note")])
    told = grouped(gaps)
    if replaced:
        told[REPLACED] = list(replaced[:MOST_REPLACED])
    for heading, found in told.items():
        sheet.row([Put(f"{say(heading)} ({len(found)})", "section")], height=27)
        for finding in found:
            link = places.get(finding.where)
            where = Put(say.retell(finding.where), "link" if link else "text", link)
            sheet.row([where, Put(say.retell(finding.message), "text"), Put(finding.code, "absent")])
    if not told:
        sheet.row([Put(say("Nothing found."), "label")])
    if len(replaced) > MOST_REPLACED:
        sheet.row([Put(say("... and in {n} more cells", n=len(replaced) - MOST_REPLACED), "label")])


def _heads(sheet: Sheet, names: Sequence[str], more: Sequence[Put] = ()) -> None:
    say = sheet.say
    home = Put(say(names[0]), "head link", Link(Place("Cover", 1), say("Back to the cover")))
    sheet.row([home, *(Put(say(name), "head right" if name in OF_NUMBERS else "head") for name in names[1:]), *more])
