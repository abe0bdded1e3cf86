"""Whatever is done to codings, in whatever order: quotes are slices, no word of a memo is lost, the study is sound."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from depth import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import cmo
from cmo.study import Study
from store import schema
from store.errors import CmoError

SOURCES = ("leder", "ansat")
CODES = ("#1 M", "#1 C", "#1", "#2 M", "Pauser", "Kø")
CODERS = ("AB", "CD")
STANCES = (None, "supports", "refutes")
VERBS = ("code", "code", "code", "many", "judge", "confirm", "review", "recode", "recode", "resize", "split", "merge")
VERBS += ("merge codes", "remove", "undo", "undo", "redo")

number = st.integers(0, 99)
"""Where in a text, in hundredths of it; or which of several, counted round."""
Step = tuple[str, int, int, int, int]
steps = st.lists(st.tuples(st.sampled_from(VERBS), number, number, number, number), min_size=4, max_size=14)


def carry_out(study: Study, step: Step, memo: str) -> None:
    """One thing that a person may do; it is refused now and then."""
    verb, a, b, c, d = step
    source, name = SOURCES[a % len(SOURCES)], CODES[d % len(CODES)]
    length = len(study.transcript(source).text)
    start, end = sorted((b * length // 100, c * length // 100))
    stance = STANCES[a % len(STANCES)] if name.startswith("#") else None
    acts: dict[str, Callable[[], Any]] = {
        "code": lambda: study.code(source, start, end, name, stance=stance, memo=memo),
        "many": lambda: study.code_many(source, start, end, CODES[: 1 + d % 3]),
        "undo": study.undo,
        "redo": study.redo,
        "merge codes": lambda: study.merge_codes(CODES[4 + a % 2], [CODES[4 + b % 2]]),
    }
    there = [coding for each in SOURCES for coding in study.codings(each)]
    if there:
        one = there[b % len(there)]
        alike = [other.id for other in there if (other.code_id, other.source_id) == (one.code_id, one.source_id)]
        acts |= {
            "judge": lambda: study.judge(one.id, "refines", strength=1 + c % 5, rationale=memo),
            "confirm": lambda: study.confirm(one.id),
            "review": lambda: study.review(one.judgement_id or 0, bool(c % 2), memo),
            "recode": lambda: study.recode(one.id, name),
            "resize": lambda: study.resize(one.id, start, end),
            "split": lambda: study.split_coding(one.id, one.start + c * (one.end - one.start) // 100),
            "merge": lambda: study.merge_codings(alike),
            "remove": lambda: study.remove_codings([one.id]),
        }
    if verb in acts:
        acts[verb]()


def look(study: Study) -> None:
    """The laws that hold after every step."""
    excerpts, versions, texts = schema.excerpts, schema.source_versions, schema.texts
    query = select(excerpts, texts.c.body).join(versions, versions.c.id == excerpts.c.version_id)
    with study.file.read() as conn:
        found = conn.execute(query.join(texts, texts.c.id == versions.c.text_id)).all()
        held = set(conn.scalars(select(schema.codings.c.excerpt_id)))
    assert all(row.body[row.start : row.end] == row.quote for row in found)
    assert {row.id for row in found} == held


def notes(study: Study) -> set[str]:
    """Every note that somebody wrote, each a word of its own."""
    with study.file.read() as conn:
        written = [row.body for row in conn.execute(schema.memos.select())]
        written += [row.rationale for row in conn.execute(schema.judgements.select())]
        written += [row.note for row in conn.execute(schema.reviews.select())]
    return {word for words in written for word in words.split() if word.startswith("<")}


def undo_all(study: Study) -> None:
    while True:
        try:
            study.undo()
        except CmoError:
            return


@settings(max_examples=examples(6, 12))
@given(taken=steps)
def test_no_order_of_acts_loses_a_word_or_a_place(full_file: Path, taken: list[Step]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        cmo.open_study(shutil.copy(full_file, Path(folder) / "a.cmo"), coder=CODERS[0]) as first,
    ):
        for name in CODES[4:]:
            first.new_code(name)
        for turn, step in enumerate(taken):
            study, before = Study(first.file, CODERS[step[4] % 2]), notes(first)
            try:
                carry_out(study, step, f"<{turn}>")
            except CmoError:
                assert notes(first) == before
                continue
            look(study)
            # Who judges or reviews anew writes over the own words; who removes or undoes takes words away.
            if step[0] not in ("judge", "review", "remove", "undo", "redo"):
                assert notes(first) >= before
        assert first.check() == []
        undo_all(first)
        assert first.info().counts["codings"] == 0
        assert first.check() == []
