"""How the theory came to be: from wording to wording through decisions, and back to the quotes that led there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import Connection

from cmo.theory.decisions import list_decisions
from cmo.theory.reading import list_versions
from cmo.theory.records import BlameStep, Decision, Lineage, LineageStep, PointVersion
from cmo.theory.versions import get_version
from cmo.theory.writing import same_words


def lineage(conn: Connection) -> Lineage:
    """Every wording of every point, and the steps between them in the order of time.

    A step that took a point up again leads from a wording to itself; one that gave it up leads nowhere. Where a point
    was reworded without a record, its wordings follow each other.
    """
    versions, decisions = list_versions(conn), list_decisions(conn)
    return Lineage(tuple(versions), tuple(_steps(versions, decisions)))


def _steps(versions: Sequence[PointVersion], decisions: Sequence[Decision]) -> Iterator[LineageStep]:
    recorded = {after.id for decision in decisions for after in decision.after}
    for earlier, later in pairwise(versions):
        if earlier.point == later.point and later.id not in recorded:
            yield LineageStep(earlier.name, later.name, "refine", None)
    for decision in decisions:
        for before in decision.before:
            if not decision.after:
                yield LineageStep(before, None, decision.kind, decision.id)
            for after in decision.after:
                yield LineageStep(before, after, decision.kind, decision.id)


def blame(conn: Connection, point: str, number: int | None = None) -> list[BlameStep]:
    """Which decisions, on which quotes, led to a wording (the current one where ``number`` is None), the latest first.

    Walks back through every wording that it came from, also those of other points that were split or merged. The
    words of the quotes are there also where the coding is gone.

    Raises:
        UnknownName: no such point or version.
    """
    wanted = get_version(conn, point, number)
    whole, decisions = lineage(conn), {decision.id: decision for decision in list_decisions(conn)}
    versions = {version.id: version for version in whole.versions}
    origins: dict[int, list[int]] = defaultdict(list)
    for step in whole.steps:
        if step.after is not None and step.after.id != step.before.id:
            origins[step.after.id].append(step.before.id)
    found = [wanted.id]
    for version_id in found:  # grows while it is walked
        found += [origin for origin in origins[version_id] if origin not in found]
    steps = [_step(versions[i], [versions[o] for o in origins[i]], decisions) for i in found]
    return sorted(steps, key=lambda step: (step.version.created_at, step.version.id), reverse=True)


def _step(version: PointVersion, origins: Sequence[PointVersion], decisions: Mapping[int, Decision]) -> BlameStep:
    changed = tuple(
        letter
        for letter, text in version.wording.items()
        if not any(same_words(text, origin.wording.get(letter, "")) for origin in origins) and (text or origins)
    )
    return BlameStep(version, changed, decisions.get(version.decision_id or 0))
