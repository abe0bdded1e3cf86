"""The forms by which the attributes of a case are changed, and what a source is bound to."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.study import Study
from store.schema import ATTRIBUTE_KINDS, SOURCE_KINDS
from transcripts.records import Attribute, Case, Source
from workbench.parts.form import Answers, Choice, Field, Form, several

NOT_STATED = "not stated"
"""It was asked for, and nobody said: a value of an attribute of any kind."""


def new_case_form(study: Study) -> Form:
    """A case by its name alone."""
    return Form("A new case", [Field("name", "Name")], lambda answers: study.add_case(answers["name"]))


def rename_form(study: Study, case: Case) -> Form:
    """Another name for a case."""
    return Form(
        f"Rename {case.name}",
        [Field("name", "Name", case.name)],
        lambda answers: study.rename_case(case.name, answers["name"]),
        "Its sources, attributes, configurations and measures stay with it.",
    )


def attributes_form(study: Study, case: Case) -> Form:
    """The values of a case; only those that were changed are kept anew."""
    cases = study.cases()
    fields = [_field(attribute, case, cases) for attribute in study.attributes()]

    def save(answers: Answers) -> object:
        changed = {name: value for name, value in answers.items() if value != case.attributes.get(name, "")}
        return study.set_attributes(case.name, changed) if changed else None

    about = f"An empty field: no value. '{NOT_STATED}': it was asked for, and nobody said."
    return Form(f"Attributes of {case.name}", fields, save, about)


def _field(attribute: Attribute, case: Case, cases: Sequence[Case]) -> Field:
    name, value = attribute.name, case.attributes.get(attribute.name, "")
    if not attribute.choices:
        held = dict.fromkeys(filter(None, (one.attributes.get(name) for one in cases)))
        kind = f"{', '.join(held)}, or another" if attribute.kind == "choice" else attribute.kind
        return Field(name, f"{name} ({kind})", value)
    offered = dict.fromkeys(("", *attribute.choices, NOT_STATED, value))
    return Field(name, name, value, choices=[Choice(one, one or "no value") for one in offered])


def new_attribute_form(study: Study, case: Case) -> Form:
    """An attribute that no case has yet, with its value in this one."""

    def save(answers: Answers) -> object:
        return study.set_attributes(case.name, {answers["name"]: answers["value"]})

    fields = [Field("name", "What cases have"), Field("value", f"In {case.name}")]
    return Form("A new attribute", fields, save, "It becomes a number, a date or a choice by what its values are.")


def kind_form(study: Study, attribute: Attribute) -> Form:
    """What kind an attribute is, and the pick-list of a choice."""
    by_values = Choice("", f"as its values are ({attribute.kind})" if not attribute.is_settled else "as its values are")
    kinds = [by_values, *(Choice(kind, kind) for kind in ATTRIBUTE_KINDS)]
    fields = [
        Field("kind", "Kind", attribute.kind if attribute.is_settled else "", choices=kinds),
        Field("choices", "Pick-list of a choice, one a line", "\n".join(attribute.choices), rows=5),
    ]

    def save(answers: Answers) -> object:
        return study.settle_attribute(attribute.name, answers["kind"] or None, several(answers["choices"]))

    return Form(f"Kind of {attribute.name}", fields, save, "From then on another value is refused.")


def binding_form(study: Study, source: Source) -> Form:
    """What one source is bound to."""
    cases = [Choice(case.name, case.name) for case in study.cases()]
    fields = [
        Field("kind", "Kind", source.kind, choices=[Choice(kind, kind) for kind in SOURCE_KINDS]),
        Field("cases", "Cases", "\n".join(source.cases), choices=cases, several=True),
        Field("role", "Role", source.role or ""),
        Field("participant", "Person who speaks", source.participant or ""),
        Field("round", "Round", source.round or ""),
        Field("date", "Date", source.held_on or ""),
    ]

    def save(answers: Answers) -> object:
        return study.bind_source(
            source.id,
            kind=answers["kind"],
            cases=several(answers["cases"]),
            role=answers["role"],
            participant=answers["participant"],
            round=answers["round"],
            held_on=answers["date"],
        )

    return Form(f"What {source.name} is bound to", fields, save)
