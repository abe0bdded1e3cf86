"""What to read next: passages that nobody has coded and that are like a point's evidence. They are never coded here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from cmo.dimensions import find_dimension
from cmo.disconfirming.records import ReadingList, SimilarPassage
from cmo.theory import read_theory
from cmo.theory.reading import theory_language
from store import schema
from store.errors import InputError, UnknownName
from transcripts.search.filters import voices_in
from transcripts.search.showing import VoiceNames
from transcripts.search.similar import Said, Similar, similar_passages


def reading_list(
    conn: Connection, *, point: str | None, code: str | None, coding: int | None, limit: int
) -> ReadingList:
    """Uncoded passages like a point's wording and evidence, like what a code was given to, or like one coding's quote.

    The study must have its index of words.

    Raises:
        InputError: not one of the three is given.
        UnknownName: there is no such point, code or coding.
    """
    if sum(given is not None for given in (point, code, coding)) != 1:
        raise InputError("A reading list is about one thing.", "Give a point, a code or a coding.")
    about, said, wording = _asked_about(conn, point, code, coding)
    found = similar_passages(conn, [*said, *wording], limit)
    return ReadingList(about, len(said), tuple(_named(conn, found)))


def _asked_about(
    conn: Connection, point: str | None, code: str | None, coding: int | None
) -> tuple[str, list[Said], list[Said]]:
    """What it is about in words, the quotes, and the wording that goes with them."""
    if coding is not None:
        said = _quotes(conn, schema.codings.c.id == coding)
        if not said:
            raise UnknownName(f"There is no coding {coding}.", "`cmo quotes STUDY --json` has the ids of codings.")
        return f"coding {coding}", said, []
    if code is not None:
        dimension = find_dimension(conn, "code")
        code_id = dimension.key(code)
        return dimension.labels[code_id], _quotes(conn, schema.codings.c.code_id == code_id), []
    dimension = find_dimension(conn, "point")
    point_id = dimension.key(point or "")
    label = dimension.labels[point_id]
    return label, _quotes(conn, schema.codes.c.point_id == point_id), _wording(conn, label)


def _quotes(conn: Connection, condition: ColumnElement[bool]) -> list[Said]:
    """The quotes of the codings that fit, each passage once, with the languages of their sources."""
    excerpts, versions, sources = schema.excerpts, schema.source_versions, schema.sources
    query = (
        select(excerpts.c.quote, sources.c.language)
        .join(versions, versions.c.id == excerpts.c.version_id)
        .join(sources, sources.c.id == versions.c.source_id)
        .where(
            excerpts.c.id.in_(
                select(schema.codings.c.excerpt_id)
                .join(schema.codes, schema.codes.c.id == schema.codings.c.code_id)
                .where(condition)
            )
        )
        .order_by(excerpts.c.id)
    )
    return [Said(*row) for row in conn.execute(query)]


def _wording(conn: Connection, label: str) -> list[Said]:
    """A point's words, element by element."""
    language, point = theory_language(conn), read_theory(conn).point(label)
    return [Said(text, language) for text in (point.wording.values() if point else ()) if text]


def _named(conn: Connection, found: Sequence[Similar]) -> list[SimilarPassage]:
    """The passages with who says them and where."""
    versions, sources = schema.source_versions, schema.sources
    version_ids = {passage.turn.version_id for passage in found}
    query = select(versions.c.id, sources.c.id, sources.c.name).join(sources, sources.c.id == versions.c.source_id)
    place = {
        version_id: (source_id, name)
        for version_id, source_id, name in conn.execute(query.where(versions.c.id.in_(version_ids)))
    }
    voices = voices_in(conn, {source_id for source_id, _ in place.values()})
    names = VoiceNames(conn)
    passages = []
    for passage in found:
        source_id, source = place[passage.turn.version_id]
        voice = voices[source_id, passage.turn.speaker_id]
        passages.append(
            SimilarPassage(
                source_id=source_id,
                source=source,
                case=names.cases(voice.case_ids),
                role=names.roles.get(voice.role_id),
                speaker=voice.label,
                turn=passage.turn.number,
                start=passage.span.start,
                end=passage.span.end,
                text=passage.text,
                score=passage.score,
                shared=passage.shared,
            )
        )
    return passages
