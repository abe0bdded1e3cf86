"""Word forms and their lemmas, gathered from the texts as they come in, so that a search finds all forms of a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from store.schema import sources, words
from store.work import Work
from transcripts.language.lemmas import lemma_of
from transcripts.language.spoken_words import SpokenWords
from transcripts.search.matching import Forms
from transcripts.search.query import Query, terms_in


def keep_forms(work: Work, language: str, spoken: SpokenWords) -> None:
    """Keep the lemmas of those words that have not been met in this language before."""
    new = work.new_words(language, spoken.forms)
    work.keep_words(language, [(form, spoken.lemmas.get(form) or lemma_of(form, language)) for form in new])


def forms_of(conn: Connection, query: Query) -> Forms:
    """The forms of every word of a query that stands for all its forms, in the languages of the study's sources."""
    languages = conn.scalars(select(sources.c.language).distinct()).all()
    asked = {term.words[0] for term in terms_in(query) if term.any_form}
    return {word: frozenset(_forms(conn, word, languages)) for word in asked}


def _forms(conn: Connection, word: str, languages: Sequence[str]) -> Iterator[str]:
    met = conn.execute(
        select(words.c.language, words.c.lemma).where(words.c.form == word, words.c.language.in_(languages))
    )
    lemmas = dict(met.all())
    if not lemmas:  # nobody said it in this form: the dictionaries, which take a while to load, may know another
        lemmas = {language: lemma_of(word, language) for language in languages}
    yield word
    for language in languages:
        as_lemma = {word, lemmas.get(language, word)}
        yield from as_lemma
        of_lemma = select(words.c.form).where(words.c.language == language, words.c.lemma.in_(as_lemma))
        yield from conn.scalars(of_lemma)
