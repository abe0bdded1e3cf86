"""Taking codings away, and what goes with them. What rests on them keeps its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, select

from codebook.asking import rows_of
from store.phrases import counted
from store.schema import (
    codings,
    configuration_parts,
    configurations,
    decision_evidence,
    excerpts,
    judgements,
    memos,
    reviews,
    summary_quotes,
)

if TYPE_CHECKING:
    from store.work import Work


@dataclass(frozen=True, slots=True)
class Removed:
    """How much went with codings that were taken away, and what keeps their words without them.

    ``configurations`` are numbers, the others count rows.
    """

    codings: int
    judgements: int
    reviews: int
    memos: int
    configurations: tuple[int, ...]
    decisions: int
    summaries: int

    def __str__(self) -> str:
        """`` with 2 judgements, 1 memo; configuration 3 keeps the words``; empty where nothing went along."""
        gone = [(self.judgements, "judgement"), (self.reviews, "review"), (self.memos, "memo")]
        words = ", ".join(counted(number, what) for number, what in gone if number)
        kept = [f"configuration {number}" for number in self.configurations]
        kept += [counted(self.decisions, "decision")] if self.decisions else []
        parts = [f" with {words}" if words else ""]
        parts += [f"; the words stay in {', '.join(kept)}"] if kept else []
        parts += [f"; taken out of {counted(self.summaries, 'summary', 'summaries')}"] if self.summaries else []
        return "".join(parts)


def remove_codings(work: Work, coding_ids: Sequence[int]) -> Removed:
    """Take away codings with their judgements, reviews and memos; an excerpt goes when nothing is left on it.

    A part of a configuration keeps its words, else those of the quote, as inferred; so does a decision's evidence.
    """
    conn = work.conn
    excerpt_ids = rows_of(conn, select(codings.c.excerpt_id).distinct(), codings.c.id, coding_ids)
    numbers = _keep_words_of_parts(work, coding_ids)
    decisions = rows_of(
        conn,
        select(decision_evidence.c.id, decision_evidence.c.decision_id),
        decision_evidence.c.coding_id,
        coding_ids,
    )
    work.update_many(decision_evidence, [row.id for row in decisions], coding_id=None)
    quoted = rows_of(
        conn, select(summary_quotes.c.id, summary_quotes.c.summary_id), summary_quotes.c.coding_id, coding_ids
    )
    work.delete(summary_quotes, [row.id for row in quoted])
    judgement_ids = [row.id for row in rows_of(conn, select(judgements.c.id), judgements.c.coding_id, coding_ids)]
    review_ids = remove_reviews(work, judgement_ids)
    work.delete(judgements, judgement_ids)
    memo_ids = [row.id for row in rows_of(conn, select(memos.c.id), memos.c.coding_id, coding_ids)]
    work.delete(memos, memo_ids)
    work.delete(codings, coding_ids)
    release(work, {row.excerpt_id for row in excerpt_ids})
    return Removed(
        codings=len(coding_ids),
        judgements=len(judgement_ids),
        reviews=len(review_ids),
        memos=len(memo_ids),
        configurations=tuple(numbers),
        decisions=len({row.decision_id for row in decisions}),
        summaries=len({row.summary_id for row in quoted}),
    )


def remove_reviews(work: Work, judgement_ids: Sequence[int]) -> list[int]:
    """Take away what second judges said of judgements; return the ids of the reviews."""
    gone = [row.id for row in rows_of(work.conn, select(reviews.c.id), reviews.c.judgement_id, judgement_ids)]
    work.delete(reviews, gone)
    return gone


def release(work: Work, excerpt_ids: Iterable[int]) -> None:
    """Take away those excerpts that no coding stands on any more."""
    wanted = sorted(excerpt_ids)
    held = {row.excerpt_id for row in rows_of(work.conn, select(codings.c.excerpt_id), codings.c.excerpt_id, wanted)}
    work.delete(excerpts, [excerpt_id for excerpt_id in wanted if excerpt_id not in held])


def _keep_words_of_parts(work: Work, coding_ids: Sequence[int]) -> list[int]:
    """Let configurations stand without the codings; return their numbers."""
    numbers = set()
    for row in _parts(work.conn, coding_ids):
        wording = row.wording if row.wording.strip() else row.quote
        work.update(configuration_parts, row.id, coding_id=None, wording=wording, is_stated=False)
        numbers.add(row.number)
    return sorted(numbers)


def _parts(conn: Connection, coding_ids: Sequence[int]) -> list[Row[Any]]:
    parts = configuration_parts
    query = (
        select(parts.c.id, parts.c.wording, excerpts.c.quote, configurations.c.number)
        .join(configurations, configurations.c.id == parts.c.configuration_id)
        .join(codings, codings.c.id == parts.c.coding_id)
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
    )
    return rows_of(conn, query, parts.c.coding_id, coding_ids)
