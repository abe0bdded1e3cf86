"""The glossary: the study's terms and abbreviations, and what they mean."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from store import schema
from store.errors import BadTable, InputError
from store.work import Work
from transcripts.people import fold, tidy
from transcripts.readers.tables import TableProblems, column, read_table

TERM = ("term", "abbreviation", "forkortelse", "begreb", "ord", "begriff", "abkürzung")
MEANING = ("meaning", "definition", "betydning", "forklaring", "explanation", "bedeutung", "erklärung")


def import_glossary(work: Work, path: Path) -> None:
    """Terms and their meanings; a term that is there gets the new meaning.

    Raises:
        BadTable: no columns for both, or rows that cannot be used.
    """
    table = read_table(path)
    term_at, meaning_at = column(table, *TERM), column(table, *MEANING)
    if term_at is None or meaning_at is None:
        raise BadTable(
            path,
            [f"no columns for term and meaning; found {', '.join(table.columns)}"],
            "Name them 'term' and 'meaning' (or 'forkortelse' and 'betydning').",
        )
    glossary = schema.glossary
    known = {fold(row.term): row.id for row in work.conn.execute(select(glossary.c.term, glossary.c.id))}
    problems, seen = TableProblems(path), set()
    for row in table.rows:
        term, meaning = row.values[term_at], row.values[meaning_at]
        if not term or fold(term) in seen:
            problems.add(row.number, table.columns[term_at], term, "a term, each once")
        elif not meaning:
            problems.add(row.number, table.columns[meaning_at], "", f"the meaning of '{term}'")
        elif fold(term) in known:
            work.update(glossary, known[fold(term)], term=term, meaning=meaning)
        else:
            work.insert(glossary, {"term": term, "meaning": meaning})
        seen.add(fold(term))
    problems.raise_if_any()


def set_term(work: Work, term: str, meaning: str) -> None:
    """Say what a term means; an empty meaning takes it out. Raises InputError: no term."""
    glossary = schema.glossary
    term, meaning = tidy(term), meaning.strip()
    if not term:
        raise InputError("A term of the glossary needs a name.")
    known = {fold(row.term): row.id for row in work.conn.execute(select(glossary.c.term, glossary.c.id))}
    found = known.get(fold(term))
    if found is None and meaning:
        work.insert(glossary, {"term": term, "meaning": meaning})
    elif found is not None and meaning:
        work.update(glossary, found, term=term, meaning=meaning)
    elif found is not None:
        work.delete(glossary, [found])
