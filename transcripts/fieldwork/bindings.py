"""Sources bound to kind, cases, role, participant and language, as a sources table says.

The one thing taken for granted is that an *interview* with a case or a role, and with nobody named, has one
participant of its own, who gets the source's name: an interview has one informant.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from store import schema
from store.errors import InputError
from store.findings import Finding
from store.work import Work
from transcripts.fieldwork.cases import has_attributes
from transcripts.fieldwork.sources_table import Binding, BindingTable, CaseNames
from transcripts.language.sentences import pack_sentences, split_sentences
from transcripts.language.spoken_words import spoken_words
from transcripts.people import Names, fold, ids_by_name, remove_unused_people, tidy, unused_ids
from transcripts.records import TableReport
from transcripts.search.forms import keep_forms
from transcripts.sources import SourceNames
from transcripts.speaking.turns import TurnSpan


def bind_sources(work: Work, table: BindingTable) -> TableReport:
    """Bind sources that are in the study already. Rows for unknown files are findings, not errors."""
    known, names, cases_before = SourceNames(work.conn), Names(work), _bound_cases(work.conn)
    findings, changed = [], 0
    for binding in table.rows:
        source_id = known.find(binding.file)
        if source_id is None:
            message = f"no source '{binding.file}'. {known.hint(binding.file)}"
            findings.append(Finding("unknown-source", binding.where, message))
            continue
        before = work.row_count
        bind(work, names, source_id, binding)
        changed += work.row_count > before
    remove_unused_people(work)
    _remove_mistyped_cases(work, cases_before - _bound_cases(work.conn))
    matched = len(table.rows) - len(findings)
    work.summary = f"bind {changed} sources by '{table.name}'"
    return TableReport(table.name, len(table.rows), 0, changed, matched - changed, (*table.findings, *findings))


def bind_source(work: Work, source_id: int, binding: Binding) -> None:
    """Give one source what the binding says, and let go people and roles that nothing refers to any more.

    Raises:
        InputError: a case that the study does not have, once cases have attributes.
    """
    case_names = CaseNames(work.conn)
    for name in binding.cases or ():
        expected = case_names.expected(name)
        if expected is not None:
            raise InputError(f"'{name}' is no case: expected {expected}.")
    bind(work, Names(work), source_id, binding)
    remove_unused_people(work)


def bind(work: Work, names: Names, source_id: int, binding: Binding) -> None:
    """Give a source what the binding says, as part of an act."""
    source = work.conn.execute(select(schema.sources).where(schema.sources.c.id == source_id)).one()
    changes: dict[str, Any] = {"kind": binding.kind or source.kind}
    if binding.cases is not None:
        _set_cases(work, source_id, [names.case(case) for case in binding.cases])
    if binding.role is not None:
        changes["role_id"] = names.role(binding.role)
    if binding.round is not None:
        changes["round"] = tidy(binding.round) or None
    if binding.held_on is not None:
        changes["held_on"] = binding.held_on or None
    if binding.language is not None and binding.language != source.language:
        changes["language"] = binding.language
        _split_again(work, source_id, binding.language)
    changes["participant_id"] = _participant(work.conn, names, source, changes["kind"], binding)
    work.update(schema.sources, source_id, **changes)


def _participant(conn: Connection, names: Names, source: Row[Any], kind: str, binding: Binding) -> int | None:
    """Who speaks in a source: who is named; in an interview of a case or role else one person of its own."""
    if binding.participant:
        return names.participant(binding.participant)
    present: int | None = None if binding.participant == "" else source.participant_id
    if kind != "interview":
        return None if present == _own_participant(conn, source) else present
    if present is None and (binding.role or binding.cases):
        return names.participant(source.name)
    return present


def _own_participant(conn: Connection, source: Row[Any]) -> int | None:
    return ids_by_name(conn, schema.participants).get(fold(source.name))


def _set_cases(work: Work, source_id: int, wanted: Iterable[int | None]) -> None:
    bound, kept = schema.source_cases, dict.fromkeys(wanted)
    query = select(bound.c.case_id, bound.c.id).where(bound.c.source_id == source_id)
    present = {row.case_id: row.id for row in work.conn.execute(query)}
    work.delete(bound, [row_id for case_id, row_id in present.items() if case_id not in kept])
    missing = [case_id for case_id in kept if case_id not in present]
    work.insert_many(bound, ["source_id", "case_id"], [[source_id, case_id] for case_id in missing])


def _bound_cases(conn: Connection) -> set[int]:
    return set(conn.scalars(select(schema.source_cases.c.case_id).distinct()))


def _remove_mistyped_cases(work: Work, let_go: set[int]) -> None:
    """Take away cases that were only ever a name in a sources table, and that a later table calls otherwise."""
    if let_go and not has_attributes(work.conn):
        work.delete(schema.cases, sorted(let_go & set(unused_ids(work.conn, schema.cases))))


def _split_again(work: Work, source_id: int, language: str) -> None:
    """Find sentences and lemmas anew after a source's language was set right; its text and turns stay."""
    versions, texts, turns = schema.source_versions, schema.texts, schema.turns
    query = select(versions.c.id, texts.c.body).join(texts, texts.c.id == versions.c.text_id)
    for version_id, body in work.conn.execute(query.where(versions.c.source_id == source_id)).all():
        spans = select(turns.c.start, turns.c.speech_start, turns.c.end).where(turns.c.version_id == version_id)
        listed = [TurnSpan(*span, None) for span in work.conn.execute(spans.order_by(turns.c.number))]
        sentences = split_sentences(body, listed, language)
        packed = pack_sentences(sentences)
        work.update(versions, version_id, sentences=packed, sentence_count=len(sentences))
        keep_forms(work, language, spoken_words(body, listed))
