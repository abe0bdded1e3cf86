"""What the journal of a damaged study proves: entries that are as they were written, and the rows they lead to."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from store.changes import Change, unpack
from store.errors import DamagedStudy
from store.journal import START, Entry, is_as_written
from store.salvage import Salvage, Values


@dataclass(frozen=True, slots=True)
class Act:
    """An entry with its parts (packed changes), which are as its hash says."""

    entry: Entry
    parts: tuple[bytes, ...]


Acts = dict[int, Act]
"""By the number of the entry, in that order."""


def read_acts(file: Salvage) -> tuple[Acts, int]:
    """The entries that are as they were written, and the highest number that anything in the journal bears."""
    parts: defaultdict[int, list[tuple[int, bytes]]] = defaultdict(list)
    for row in file.rows("journal_parts"):
        if isinstance(row["seq"], int) and isinstance(row["part"], int) and isinstance(row["payload"], bytes):
            parts[row["seq"]].append((row["part"], row["payload"]))
    acts, last = {}, max(parts, default=0)
    for row in file.rows("journal"):
        act = _act(row, parts)
        if act is not None:
            acts[act.entry.seq] = act
        if isinstance(row["seq"], int):
            last = max(last, row["seq"])
    return dict(sorted(acts.items())), last


def _act(row: Values, parts: dict[int, list[tuple[int, bytes]]]) -> Act | None:
    try:
        entry = Entry(**row)
        payloads = tuple(payload for _, payload in sorted(parts.get(entry.seq, [])))
        whole = is_as_written(entry, [hashlib.sha256(payload).hexdigest() for payload in payloads])
    except (TypeError, ValueError):  # values of other kinds than were written
        return None
    return Act(entry, payloads) if whole else None


def unbroken(acts: Acts) -> list[Act]:
    """The entries from the first on, as far as each follows from the one before it."""
    found: list[Act] = []
    previous = START
    for number, act in enumerate(acts.values(), start=1):
        if act.entry.seq != number or act.entry.previous != previous:
            break
        found.append(act)
        previous = act.entry.hash
    return found


class Replayed:
    """The rows that acts lead to, by table and id, as far as these acts say."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, dict[int, Values]] = defaultdict(dict)
        self.changed: defaultdict[str, dict[int, Values]] = defaultdict(dict)
        """New values of rows that none of the acts made."""
        self.gone: defaultdict[str, set[int]] = defaultdict(set)
        self.highest_ids: defaultdict[str, int] = defaultdict(int)
        """Of all acts, those undone among them: ids are never given twice."""


def replay(acts: Acts | Iterable[Act]) -> Replayed:
    """Carry out the acts in force, in the order in which they were done or redone."""
    by_number = acts if isinstance(acts, dict) else {act.entry.seq: act for act in acts}
    result = Replayed()
    applied: dict[int, None] = {}
    for number, act in by_number.items():
        concerned = act.entry.target or number
        applied.pop(concerned, None)
        if act.entry.kind != "undo":
            applied[concerned] = None
        for change in _changes(act):
            if change.op == "insert":
                highest = max((row[0] for row in change.rows), default=0)
                result.highest_ids[change.table] = max(result.highest_ids[change.table], highest)
    for number in applied:
        for change in _changes(by_number[number]) if number in by_number else ():
            _carry_out(result, change)
    return result


def _changes(act: Act) -> Iterable[Change]:
    for part in act.parts:
        try:
            yield from unpack(part)
        except DamagedStudy:  # it is what was written, and yet no changes: not ours
            return


def _carry_out(result: Replayed, change: Change) -> None:
    rows, gone = result.rows[change.table], result.gone[change.table]
    for values in change.rows:
        row_id = values[0]
        named = dict(zip(change.columns, values, strict=True))
        if change.op == "insert":
            rows[row_id] = named
            gone.discard(row_id)
        elif change.op == "delete":
            rows.pop(row_id, None)
            gone.add(row_id)
        else:
            known = rows.get(row_id)
            (result.changed[change.table].setdefault(row_id, {}) if known is None else known).update(named)
