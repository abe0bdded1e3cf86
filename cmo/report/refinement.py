"""The refinement table: from a point's initial wording, by what spoke for and against it, to its refined wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import case, func, select

from cmo.evidence import evidence
from cmo.records import Cell, Counts, Point
from cmo.report.entries import counting_notes, in_units, point_entry, signed_entry
from cmo.report.glyphs import legend
from cmo.report.ground import Ground
from cmo.report.initial_theory import composed_note, initial_versions
from cmo.report.refined_theory import verdict_entry
from cmo.report.table import Body, Column, Entry
from cmo.theory.records import Decision, PointVersion
from store.schema import codes, codings, judgements, point_versions, points

SIDES: Mapping[str, Sequence[str]] = {
    "Evidence for": ("supports",),
    "Evidence against": ("refutes", "rival"),
    "Refining": ("refines", "extends"),
}
"""Which stances are told together."""


def table(ground: Ground) -> Body:
    say = ground.say
    columns = (
        Column(say("Point")),
        Column(say("Initial wording"), "words"),
        Column(say("Evidence at first"), "words"),
        *(Column(say(side), "words") for side in SIDES),
        Column(say("Refined wording"), "words"),
        Column(say("Change"), "words"),
        Column(say("Reason"), "words"),
        Column(say("Evidence named for it"), "quote"),
        Column(say("Verdict"), "words"),
    )
    initial = {version.point: version for version in initial_versions(ground)}
    counted, at_first = _counted(ground), _at_first(ground, initial)
    rows = [
        _row(ground, point, initial.get(point.label), at_first.get(point.label, Entry(None)), counted)
        for point in ground.theory.points
    ]
    notes = (
        say(
            "Evidence at first is how many excerpts were judged against the initial wording of a point that has been "
            "reworded, by stance; what was judged anew since is there as it was."
        ),
        say(
            "Evidence for, against and refining is each judge's newest word on a passage, against whichever wording, "
            "counted in four units."
        ),
        say("Against are the stances refutes and rival, refining are refines and extends."),
        say("Reason and change are those of the decision records, oldest first."),
        legend(say),
        *composed_note(ground),
        *counting_notes(say),
    )
    return Body(columns, rows, notes)


def _row(
    ground: Ground,
    point: Point,
    initial: PointVersion | None,
    at_first: Entry,
    counted: Mapping[tuple[str, str], Counts],
) -> tuple[Entry, ...]:
    say = ground.say
    decisions = [one for one in ground.decisions if point.label in {name.point for name in (*one.before, *one.after)}]
    return (
        point_entry(point.label, say),
        Entry(initial.sentence if initial else _not_initial(ground, point.label)),
        at_first,
        *(_evidence(ground, point.label, side, counted.get((point.label, side), Counts())) for side in SIDES),
        Entry(point.sentence if point.is_held else f"({say(point.state)}) {point.sentence}"),
        Entry("\n".join(f"{say(one.kind)}: {say.retell(one.what)}" for one in decisions) or say("(unchanged)")),
        Entry("\n".join(_reason(ground, one) for one in decisions) or None),
        _named(ground, decisions),
        verdict_entry(ground, point.label),
    )


def _not_initial(ground: Ground, point: str) -> str:
    """Why a point is not in the initial theory: it is younger, or was out of force when that theory was frozen."""
    first, state = next(version for version in ground.versions if version.point == point), ground.initial_state
    if state is None or first.created_at > state.created_at:
        return ground.say("(came in later)")
    return f"{ground.say('(no longer in force then)')} {first.sentence}"


def _evidence(ground: Ground, point: str, side: str, counts: Counts) -> Entry:
    if not counts.excerpts:
        return Entry(ground.say("none"))
    behind = (ground.codings("point", "judged").get((point, stance), ()) for stance in SIDES[side])
    return Entry(
        "\n".join(in_units(counts, ground.say)), tuple(sorted({coding for codings in behind for coding in codings}))
    )


def _reason(ground: Ground, decision: Decision) -> str:
    inferred = f" ({ground.say(decision.inference)})" if decision.inference else ""
    dissent = f" {ground.say('Dissent')}: {decision.dissent}" if decision.dissent else ""
    return f"{ground.say.retell(decision.why)}{inferred}{dissent}"


def _named(ground: Ground, decisions: Sequence[Decision]) -> Entry:
    """The quotes that decisions name; one that is no longer coded so is told as it stands in the decision record."""
    quotes = [quote for decision in decisions for quote in decision.evidence]
    said = ground.said(quote.coding_id for quote in quotes if quote.coding_id is not None)
    found: dict[tuple[int | None, str], str] = {(one.coding_id, one.quote): str(one) for one in said.values()}
    as_noted = [found.get((quote.coding_id, quote.quote)) for quote in quotes]
    told = [
        words or f"“{quote.quote}” {quote.reference}".rstrip() for words, quote in zip(as_noted, quotes, strict=True)
    ]
    return Entry("\n".join(dict.fromkeys(told)) or None, tuple(said), is_quotes=bool(quotes) and all(as_noted))


def _counted(ground: Ground) -> Mapping[tuple[str, str], Counts]:
    """How much evidence was ever judged to be on each side of each point."""
    rows = evidence()
    side = case({stance: name for name, stances in SIDES.items() for stance in stances}, value=rows.c.judged)
    distinct = (rows.c.excerpt_id, rows.c.source_id, rows.c.participant_id, rows.c.case_id)
    query = (
        select(points.c.number, side, func.count(), *(func.count(column.distinct()) for column in distinct))
        .join(points, points.c.id == rows.c.point_id)
        .where(rows.c.judged.is_not(None))
        .group_by(points.c.number, side)
    )
    return {(point, name): Counts(*counts) for point, name, *counts in ground.conn.execute(query)}


def _at_first(ground: Ground, initial: Mapping[str, PointVersion]) -> Mapping[str, Entry]:
    """How points that have been reworded stood before: the judgements of their initial wording, in force or not."""
    labels = {version.id: label for label, version in initial.items() if not version.is_current}
    held = (
        select(judgements.c.point_version_id, judgements.c.stance)
        .join(codings, codings.c.id == judgements.c.coding_id)
        .join(codes, codes.c.id == codings.c.code_id)
        .join(point_versions, point_versions.c.id == judgements.c.point_version_id)
        # A coding that now has the code of another point says nothing of this one.
        .where(judgements.c.point_version_id.in_(labels), codes.c.point_id == point_versions.c.point_id)
    )
    stances: dict[int, dict[str | None, Counts]] = defaultdict(dict)
    counted = held.add_columns(func.count(codings.c.excerpt_id.distinct())).group_by(*held.selected_columns)
    for version_id, stance, excerpts in ground.conn.execute(counted):
        stances[version_id][stance] = Counts(excerpts=excerpts)
    behind: dict[int, list[int]] = defaultdict(list)
    listed = held.with_only_columns(judgements.c.point_version_id, codings.c.id).distinct().order_by(codings.c.id)
    for version_id, coding_id in ground.conn.execute(listed):
        behind[version_id].append(coding_id)
    return {
        label: signed_entry(Cell(stances=stances[version_id]), behind[version_id])
        for version_id, label in labels.items()
    }
