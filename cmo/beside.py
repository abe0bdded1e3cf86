"""What stands beside the text while it is read: how much evidence a point has, from where, and its first quotes.

It is read anew after every coding, so it is bounded: counts come from SQL, and of the quotes only the first of each
stance. :func:`cmo.evidence.quotes` has them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Subquery,
    Table,
    func,
    literal,
    null,
    select,
    tuple_,
    union_all,
)

from cmo.evidence import STALE, evidence
from store import schema

_s = schema
ORDER: tuple[str | None, ...] = (*schema.STANCES, None, STALE)
"""The stances in the order in which evidence is listed; None: not judged."""


@dataclass(frozen=True, slots=True)
class BesideQuote:
    """A quote beside the text. ``is_own`` says that it comes from a case of the source being read.

    ``is_placed`` is False where a correction of its source left it without a place.
    """

    coding_id: int
    is_own: bool
    element: str | None
    code: str
    quote: str
    source_id: int
    source: str
    start: int
    end: int
    is_placed: bool
    case: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A point's evidence of one stance: how many excerpts and sources, in which cases and roles, and the first quotes.

    ``stance`` is ``stale`` for judgements of an older wording, None for what nobody has judged. Names stand in the
    order of how much they have. Quotes of other cases than the one being read come first.
    """

    stance: str | None
    excerpts: int
    sources: int
    cases: tuple[str, ...]
    roles: tuple[str, ...]
    quotes: tuple[BesideQuote, ...]


@dataclass(frozen=True, slots=True)
class PointEvidence:
    """A point's evidence: how much in all (each excerpt, source and case once), and by stance."""

    excerpts: int
    sources: int
    cases: int
    standings: tuple[Standing, ...]


class Spot(NamedTuple):
    """Where a coding stands, in code points."""

    coding_id: int
    source_id: int
    start: int
    end: int


def point_evidence(conn: Connection, point_id: int, *, reading: int | None, most: int) -> PointEvidence:
    """A point's evidence, by stance in the order of :data:`ORDER`; stances without evidence are left out.

    ``reading`` is the source being read, ``most`` how many quotes of each stance.
    """
    found: defaultdict[str, list[_Found]] = defaultdict(list)
    for kind, *values in conn.execute(_all_of(point_id, reading, most)):
        found[kind].append(_Found(*values))
    (in_all,) = found["all"]
    all_cases, all_roles = _names(conn, _s.cases), _names(conn, _s.roles)
    cases, roles = _by_stance(found["case"], all_cases), _by_stance(found["role"], all_roles)
    quotes = _quotes(conn, found["quote"], all_cases, all_roles)
    by_stance = {of.stance: of for of in found["stance"]}
    listed = (
        Standing(of.stance, of.excerpts, of.sources, cases[of.stance], roles[of.stance], tuple(quotes[of.stance]))
        for of in map(by_stance.get, ORDER)
        if of is not None
    )
    return PointEvidence(in_all.excerpts, in_all.sources, in_all.cases, tuple(listed))


class _Found(NamedTuple):
    """How much evidence there is: in all, of a stance, or of a stance in the case or role of an id; or a quote.

    The id of a quote is that of its coding; it stands in the one of its cases that comes first.
    """

    stance: str | None = None
    id: int = 0
    excerpts: int = 0
    sources: int = 0
    cases: int = 0
    rank: int = 0
    is_own: bool = False
    case_id: int | None = None
    role_id: int | None = None


def _all_of(point_id: int, reading: int | None, most: int) -> CompoundSelect[Any]:
    """All counts and the first quotes in one statement: each row a kind and a :class:`_Found`.

    The evidence is gathered once for all of them, which is half of the work.
    """
    rows = evidence()
    wanted = ("coding_id", "excerpt_id", "source_id", "case_id", "role_id", "stance", "start")
    of_point = select(*(rows.c[name] for name in wanted)).where(rows.c.point_id == point_id).cte("of_point")
    of_point = of_point.prefix_with("MATERIALIZED")
    row = of_point.c
    excerpts, sources, cases = (
        func.count(column.distinct()) for column in (row.excerpt_id, row.source_id, row.case_id)
    )
    first = _in_order(of_point, reading).c
    return union_all(
        _rows("all", excerpts=excerpts, sources=sources, cases=cases),
        _rows("stance", stance=row.stance, excerpts=excerpts, sources=sources).group_by(row.stance),
        *(
            _rows(kind, stance=row.stance, id=key, excerpts=excerpts).where(key.is_not(None)).group_by(row.stance, key)
            for kind, key in (("case", row.case_id), ("role", row.role_id))
        ),
        _rows("quote", id=first.coding_id, **{name: first[name] for name in _OF_A_QUOTE}).where(first.rank <= most),
    )


_OF_A_QUOTE = ("stance", "rank", "is_own", "case_id", "role_id")


def _rows(kind: str, **values: ColumnElement[Any]) -> Select[Any]:
    return select(literal(kind), *(values.get(field, null()) for field in _Found._fields))


def _in_order(of_point: CTE, reading: int | None) -> Subquery:
    """The quotes, each coding once, ranked in each stance: of other cases first, then by case, source and place."""
    row = of_point.c
    own_cases = select(_s.source_cases.c.case_id).where(_s.source_cases.c.source_id == reading)
    is_own = func.coalesce(row.case_id.in_(own_cases), row.source_id == reading)
    copy = func.row_number().over(partition_by=(row.stance, row.coding_id), order_by=(is_own, row.case_id))
    each = select(*row, is_own.label("is_own"), copy.label("copy")).subquery()
    order = tuple(each.c[name] for name in ("is_own", "case_id", "source_id", "start", "coding_id"))
    rank = func.row_number().over(partition_by=each.c.stance, order_by=order).label("rank")
    return select(each, rank).where(each.c.copy == 1).subquery()


def _names(conn: Connection, table: Table) -> dict[int | None, str]:
    return {row.id: row.name for row in conn.execute(select(table.c.id, table.c.name))}


def _by_stance(found: Iterable[_Found], names: Mapping[int | None, str]) -> Mapping[str | None, tuple[str, ...]]:
    """The cases or roles that have evidence of each stance, those with most excerpts first."""
    by_stance: dict[str | None, tuple[str, ...]] = defaultdict(tuple)
    for one in sorted(found, key=lambda one: (-one.excerpts, one.id)):
        by_stance[one.stance] += (names[one.id],)
    return by_stance


def _quotes(
    conn: Connection, found: Sequence[_Found], cases: Mapping[int | None, str], roles: Mapping[int | None, str]
) -> Mapping[str | None, list[BesideQuote]]:
    """The quotes found, with all their words."""
    codings, codes, excerpts, versions, sources = _s.codings, _s.codes, _s.excerpts, _s.source_versions, _s.sources
    query = (
        select(codings.c.id, _s.elements.c.letter, codes.c.name, excerpts.c.quote, sources.c.id, sources.c.name)
        .add_columns(excerpts.c.start, excerpts.c.end, versions.c.is_current)
        .join(codes, codes.c.id == codings.c.code_id)
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .join(versions, versions.c.id == excerpts.c.version_id)
        .join(sources, sources.c.id == versions.c.source_id)
        .outerjoin(_s.elements, _s.elements.c.id == codes.c.element_id)
        .where(codings.c.id.in_([one.id for one in found]))
    )
    words: dict[int, list[Any]] = {coding_id: of_coding for coding_id, *of_coding in conn.execute(query)}
    by_stance: dict[str | None, list[BesideQuote]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.rank):
        place = cases.get(one.case_id), roles.get(one.role_id)
        by_stance[one.stance].append(BesideQuote(*(one.id, bool(one.is_own), *words[one.id], *place)))
    return by_stance


def following(conn: Connection, point_id: int, after: Spot, *, back: bool = False) -> Spot | None:
    """The next coding to a point in the order of sources and text, or the one before; None where there is none.

    ``after`` need not be that of a coding: its ``coding_id`` is then 0.
    """
    sources, excerpts, codings, versions = _s.sources, _s.excerpts, _s.codings, _s.source_versions
    place = (sources.c.position, sources.c.id, excerpts.c.start, codings.c.id)
    position = select(sources.c.position).where(sources.c.id == after.source_id).scalar_subquery()
    here = tuple_(position, after.source_id, after.start, after.coding_id)
    query = (
        select(codings.c.id, sources.c.id, excerpts.c.start, excerpts.c.end)
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .join(versions, versions.c.id == excerpts.c.version_id)
        .join(sources, sources.c.id == versions.c.source_id)
        .join(_s.codes, _s.codes.c.id == codings.c.code_id)
        .where(_s.codes.c.point_id == point_id, versions.c.is_current)
        .where(tuple_(*place) < here if back else tuple_(*place) > here)
        .order_by(*(column.desc() if back else column for column in place))
        .limit(1)
    )
    row = conn.execute(query).first()
    return None if row is None else Spot(*row)


def first_to_read(conn: Connection) -> int | None:
    """The id of the first source without codings, or where all have some of the first source; None: there is none."""
    is_coded = (
        select(_s.codings.c.id)
        .join(_s.excerpts, _s.excerpts.c.id == _s.codings.c.excerpt_id)
        .join(_s.source_versions, _s.source_versions.c.id == _s.excerpts.c.version_id)
        .where(_s.source_versions.c.source_id == _s.sources.c.id)
        .exists()
    )
    found: int | None = conn.scalar(
        select(_s.sources.c.id).order_by(is_coded, _s.sources.c.position, _s.sources.c.id).limit(1)
    )
    return found


def uncoded_sources(conn: Connection, coder: str) -> list[int]:
    """The ids of the sources in which a coder has no coding, in the order of the study."""
    mine = (
        select(_s.source_versions.c.source_id)
        .join(_s.excerpts, _s.excerpts.c.version_id == _s.source_versions.c.id)
        .join(_s.codings, _s.codings.c.excerpt_id == _s.excerpts.c.id)
        .join(_s.coders, _s.coders.c.id == _s.codings.c.coder_id)
        .where(_s.coders.c.name == coder)
    )
    query = select(_s.sources.c.id).where(_s.sources.c.id.not_in(mine))
    return list(conn.scalars(query.order_by(_s.sources.c.position, _s.sources.c.id)))
