"""The acts on the theory: add, refine, split, merge, abandon and restore points. Each leaves one decision record.

A wording never changes: an act makes new versions, and judgements stay with those that they were made against. Codes
and codings stay with the point that they are of; nothing carries over by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cmo.records import Point, Theory
from cmo.theory.decisions import ends_in, record
from cmo.theory.importing import is_circle
from cmo.theory.labels import free_below, free_number, free_overall, label_above, overall_label, point_label
from cmo.theory.reading import find_point, read_theory
from cmo.theory.records import Draft, Grounds
from cmo.theory.writing import TheoryWriter, require_free_codes, same_words, wording_by_letter
from store import schema
from store.errors import InputError, NameTaken
from store.work import Work
from transcripts.people import tidy

_ENDED = {"split": "split", "merge": "merged", "abandon": "abandoned"}


def add_point(
    work: Work, draft: Draft, grounds: Grounds, *, parent: str | None, rival_of: str | None, is_overall: bool
) -> int:
    """A new point; its number is the next that is free where the draft has none. Returns the decision's id.

    Raises:
        InputError, NameTaken, UnknownName: nothing is changed.
    """
    theory = read_theory(work.conn)
    above = _find(work, theory, parent).label if parent else None
    label = _new_label(draft.number, theory, above, is_overall)
    usual = label_above(label)
    if above is None and usual is not None and theory.point(usual) is not None:
        above = usual
    writer = _writer(work, theory, [label])
    decision_id = record(work, "add", f"{label} added", grounds, ())
    version_id = _add(writer, label, draft, theory, decision_id, after=above, is_overall=is_overall)
    ends_in(work, decision_id, [version_id])
    arrange_point(work, label, parent=above, rival_of=rival_of)
    writer.complete_frame()
    return decision_id


def refine_point(work: Work, point: str, wording: Mapping[str, str], sentence: str | None, grounds: Grounds) -> int:
    """A new wording of a point; elements that are not named keep their words. Returns the decision's id.

    An own sentence belongs to its wording: the new one is composed unless ``sentence`` is given.

    Raises:
        InputError: nothing would change, no words would be left, or the point is no longer held.
    """
    theory = read_theory(work.conn)
    found = _held(work, theory, point)
    words = {**found.wording, **wording_by_letter(theory.elements, wording)}
    changed = [e for e in theory.elements if not same_words(words[e.letter], found.wording[e.letter])]
    if not changed and (sentence is None or same_words(sentence, found.sentence)):
        raise InputError(f"{found.label} has these words already.", "Give the words that are to be others.")
    what = f"{found.label}: {_listed([e.name for e in changed] or ['sentence'])} reworded"
    decision_id = record(work, "refine", what, grounds, [found.version_id])
    writer = TheoryWriter(work, theory.elements)
    version_id = writer.add_version(found.id, found.version + 1, _with_words(words), _own(sentence), decision_id)
    ends_in(work, decision_id, [version_id])
    writer.complete_frame()
    return decision_id


def split_point(work: Work, point: str, into: Sequence[Draft], grounds: Grounds) -> int:
    """Let a point go on in two or more new ones, that are parts of it: ``#7a`` and ``#7b``. Returns the decision's id.

    Raises:
        InputError: fewer than two parts, a part without words, or the point is no longer held.
    """
    theory = read_theory(work.conn)
    found = _held(work, theory, point)
    if len(into) < 2:
        raise InputError(f"{found.label} is split in two or more points.", "Give the wording of each.")
    labels = _labels_of_parts(found, into, theory)
    writer = _writer(work, theory, labels)
    decision_id = record(work, "split", f"{found.label} split in {_listed(labels)}", grounds, [found.version_id])
    after = found.label
    versions = []
    for label, draft in zip(labels, into, strict=True):
        versions.append(_add(writer, label, draft, theory, decision_id, after=after))
        arrange_point(work, label, parent=found.label)
    ends_in(work, decision_id, versions)
    _end(work, "split", [found])
    writer.complete_frame()
    return decision_id


def merge_points(work: Work, points: Sequence[str], draft: Draft, grounds: Grounds) -> int:
    """Let two or more points go on in one, with one wording. Returns the decision's id.

    ``draft.number`` says in which: one of them (the first where None), whose new wording keeps the words of elements
    that are not given, or a new point, which has only those that are.

    Raises:
        InputError: fewer than two points, no words, or a point that is no longer held.
    """
    theory = read_theory(work.conn)
    found = [_held(work, theory, label) for label in points]
    if len({point.id for point in found}) < 2:
        raise InputError("Two or more points are merged.", "Name each of them once.")
    into = found[0] if draft.number is None else theory.point(_label(draft.number))
    if into is not None and into not in found:
        raise InputError(f"{into.label} is none of the points merged.", "Name it as one of them, or another number.")
    label = into.label if into else _new_label(draft.number, theory, None, is_overall=False)
    writer = _writer(work, theory, [] if into else [label])
    what = f"{_listed([point.label for point in found])} merged in {label}"
    decision_id = record(work, "merge", what, grounds, [point.version_id for point in found])
    if into is None:
        version_id = _add(writer, label, draft, theory, decision_id, after=None)
    else:
        words = _with_words({**into.wording, **wording_by_letter(theory.elements, draft.wording)})
        version_id = writer.add_version(into.id, into.version + 1, words, _own(draft.sentence), decision_id)
    ends_in(work, decision_id, [version_id])
    _end(work, "merge", [point for point in found if point != into])
    writer.complete_frame()
    return decision_id


def abandon_point(work: Work, point: str, grounds: Grounds) -> int:
    """Give a point up; it stays to be seen, with its evidence. Returns the decision's id.

    Raises:
        InputError: it is no longer held already.
    """
    found = _held(work, read_theory(work.conn), point)
    decision_id = record(work, "abandon", f"{found.label} given up", grounds, [found.version_id])
    _end(work, "abandon", [found])
    return decision_id


def restore_point(work: Work, point: str, grounds: Grounds) -> int:
    """Take up again a point that was split, merged or given up, in its last wording. Returns the decision's id.

    What it went on in stays as well. Raises InputError: the point is held.
    """
    found = _find(work, read_theory(work.conn), point)
    if found.is_held:
        raise InputError(f"{found.label} is held.", "Only a point that was split, merged or given up is restored.")
    decision_id = record(work, "restore", f"{found.label} taken up again", grounds, [found.version_id])
    ends_in(work, decision_id, [found.version_id])
    work.update(schema.points, found.id, state=None)
    return decision_id


def set_sentence(work: Work, point: str, sentence: str | None) -> None:
    """Tell a point's current wording in a person's own sentence; None or empty composes it from the elements again.

    The elements are what is judged: they stay, and so do judgements.
    """
    found = _find(work, read_theory(work.conn), point)
    own = _own(sentence)
    work.update(schema.point_versions, found.version_id, sentence=own)
    work.summary = f"{found.label}: sentence {'written' if own else 'composed from its elements'}"


def arrange_point(
    work: Work, point: str, *, title: str | None = None, parent: str | None = None, rival_of: str | None = None
) -> None:
    """Set a point's title, what it is a part of, and what it is the rival of; None leaves that as it is, empty ends it.

    Raises:
        UnknownName: there is no such point.
        InputError: a point would be a part, or the rival, of itself.
    """
    theory = read_theory(work.conn)
    found = _find(work, theory, point)
    values: dict[str, object] = {} if title is None else {"title": tidy(title)}
    for key, wanted in (("parent_id", parent), ("rival_of_id", rival_of)):
        if wanted is None:
            continue
        other = _find(work, theory, wanted) if wanted else None
        if other == found:
            raise InputError(f"{found.label} cannot be a part or the rival of itself.")
        values[key] = other.id if other else None
    if parent:
        above = {p.label: p.parent for p in theory.points} | {found.label: _find(work, theory, parent).label}
        if is_circle(found.label, above):
            raise InputError(f"{found.label} cannot be a part of {parent}: that one is a part of it.")
    work.update(schema.points, found.id, **values)


def _writer(work: Work, theory: Theory, labels: Sequence[str]) -> TheoryWriter:
    """Raises InputError: there are no elements yet. Raises NameTaken: a code has the name of a new point's code."""
    if not theory.elements:
        raise InputError(
            "The theory has no elements yet.", "Bring in its table, or set its grammar: cmo theory grammar STUDY CMO"
        )
    require_free_codes(work, labels, theory.elements)
    return TheoryWriter(work, theory.elements)


def _add(
    writer: TheoryWriter,
    label: str,
    draft: Draft,
    theory: Theory,
    decision_id: int,
    *,
    after: str | None,
    is_overall: bool = False,
) -> int:
    """A new point with its first wording; the id of the wording."""
    words = _with_words(wording_by_letter(theory.elements, draft.wording))
    point_id = writer.add_point(label, tidy(draft.title), writer.position_after(after), is_overall=is_overall)
    return writer.add_version(point_id, 1, words, _own(draft.sentence), decision_id)


def _end(work: Work, kind: str, points: Iterable[Point]) -> None:
    work.update_many(schema.points, [point.id for point in points], state=_ENDED[kind])


def _find(work: Work, theory: Theory, text: str) -> Point:
    point_id = find_point(work.conn, text)
    return next(point for point in theory.points if point.id == point_id)


def _held(work: Work, theory: Theory, text: str) -> Point:
    point = _find(work, theory, text)
    if not point.is_held:
        cure = f"Take it up again first: cmo theory restore STUDY {point.label.lstrip('#')}"
        raise InputError(f"{point.label} is {point.state}.", cure)
    return point


def _label(text: str) -> str:
    """Raises InputError: that is no number of a point."""
    label = point_label(text) or overall_label(text)
    if label is None:
        raise InputError(f"'{text}' is no number of a point.", "Write it like #7, 7a or 3.1.")
    return label


def _new_label(number: str | None, theory: Theory, above: str | None, is_overall: bool) -> str:
    """The label for a new point. Raises InputError, NameTaken."""
    taken = {point.label for point in theory.points}
    if number is None:
        if above is not None:
            return next(free_below(above, taken))
        return next(free_overall(taken)) if is_overall else free_number(taken)
    label = _label(number)
    if label in taken:
        raise NameTaken(f"There is a point {label} already.", "Choose another number; numbers are never used again.")
    if is_overall != (overall_label(label) is not None):
        raise InputError(f"'{number}' does not fit: H, H2 are overall hypotheses, #7, 7a, 3.1 are points.")
    return label


def _labels_of_parts(found: Point, into: Sequence[Draft], theory: Theory) -> list[str]:
    taken = {point.label for point in theory.points}
    labels: list[str] = []
    for draft in into:
        free = next(free_below(found.label, {*taken, *labels}))
        label = free if draft.number is None else _new_label(draft.number, theory, None, is_overall=False)
        if label in labels:
            raise NameTaken(f"Two parts would be called {label}.", "Give each a number of its own.")
        labels.append(label)
    return labels


def _with_words(wording: Mapping[str, str]) -> Mapping[str, str]:
    """Raises InputError where no element has words."""
    if not any(wording.values()):
        raise InputError("A point needs words in at least one element.", "Give its context, mechanism or outcome.")
    return wording


def _own(sentence: str | None) -> str | None:
    return tidy(sentence or "") or None


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
