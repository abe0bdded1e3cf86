"""What a person said of every mark written so, kept in the study: it holds for sources that come in later too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from store import schema
from store.choices import keep_choice, read_choice
from store.work import Work
from transcripts.conventions.marked import form_of, require_kind
from transcripts.conventions.marks import Mark

_CHOICE = "mark forms"


def house_forms(conn: Connection) -> dict[str, str]:
    """What the study takes each way of writing for: a kind of mark or ``none``, by the form as a person typed it."""
    return dict(read_choice(conn, _CHOICE) or {})


def keep_house_form(work: Work, form: str, kind: str | None) -> None:
    """Keep for the whole study what marks of a form are; None: as they are found. Raises InputError: no such kind."""
    if kind is not None:
        require_kind(kind)
    others = {known: said for known, said in house_forms(work.conn).items() if _key(known) != _key(form)}
    forms = others if kind is None else {**others, form_of(form): kind}
    keep_choice(work, _CHOICE, forms or None)


def said_by_forms(text: str, found: Sequence[Mark], forms: Mapping[str, str]) -> list[Mark]:
    """What the forms of a study say of marks found in a text: those of them that are something else than found."""
    kind_of = {_key(form): kind for form, kind in forms.items()}
    if not kind_of:
        return []
    said = (mark._replace(kind=kind_of.get(_key(text[mark.start : mark.end]), mark.kind)) for mark in found)
    return [mark for mark, as_found in zip(said, found, strict=True) if mark.kind != as_found.kind]


def apply_house_forms(work: Work, version_id: int, text: str, found: Sequence[Mark]) -> None:
    """Say of marks just found in a version what the study says of their forms, as part of the act that keeps it."""
    said = said_by_forms(text, found, house_forms(work.conn))
    rows = [[version_id, mark.start, mark.end, mark.kind] for mark in said]
    work.insert_many(schema.marks, ["version_id", "start", "end", "kind"], rows)


def _key(form: str) -> str:
    return form_of(form).casefold()
