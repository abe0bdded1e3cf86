"""The form that rates one quote or many: strength, relevance, rigour, and why."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.records import Quote
from cmo.study import Study
from codebook.judging import HIGHEST_RATING
from workbench.parts.form import Answers, Choice, Field, Form
from workbench.text.words import counted

QUALITIES = ("strength", "relevance", "rigour")
_AS_IT_IS = ""


def rating_form(study: Study, quotes: Sequence[Quote]) -> Form:
    """Rate what this coder has judged; one quote starts from its present ratings."""
    one = quotes[0] if len(quotes) == 1 else None
    grades = [Choice(_AS_IT_IS, "as it is"), Choice("0", "none")]
    grades += [Choice(str(grade), str(grade)) for grade in range(1, HIGHEST_RATING + 1)]
    fields = [
        Field(name, name.capitalize(), str(getattr(one, name) or _AS_IT_IS) if one else _AS_IT_IS, choices=grades)
        for name in QUALITIES
    ]
    fields.append(Field("rationale", "Why", one.rationale if one else "", rows=4))

    def save(answers: Answers) -> object:
        ratings = {name: int(answers[name]) if answers[name] else None for name in QUALITIES}
        codings = list(dict.fromkeys(quote.coding_id for quote in quotes))
        return study.rate_many(codings, rationale=answers["rationale"].strip() or None, **ratings)

    title = f"Rate {counted(len(quotes), 'quote')}" if one is None else f"Rate {one.code}: {one.quote[:60]}"
    about = "Your own judgements are rated, which must be there; other judges keep theirs."
    return Form(title, fields, save, about)
