"""The forms by which the programme theory is changed: each asks why, by what inference, and on what evidence."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.records import Point, Theory
from cmo.study import Study
from cmo.theory.records import Draft, Grounds
from store.schema import INFERENCES, VERDICTS
from workbench.parts.form import Answers, Choice, Field, Form, several
from workbench.text.words import clipped, one_row_each, point_gist, quote_place, sign

QUOTES_OFFERED = 200
"""Quotes of a point that a form offers as evidence: the newest ones."""

WORDS = "words of "
"""What the name of a field for an element's words begins with; the letter follows."""


class TheoryForms:
    """Forms over one study; each reads what it shows when it is opened."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def add(self) -> Form:
        """A new point."""
        theory = self._study.theory()
        fields = [Field("title", "Title, or none"), *_wording(theory), *self._grounds()]

        def save(answers: Answers) -> object:
            return self._study.add_point(_words(answers), title=answers["title"], **_given(answers))

        return Form("A new point", fields, save)

    def refine(self, point: Point) -> Form:
        """Another wording."""
        fields = [*_wording(self._study.theory(), point), *self._grounds(point)]
        about = "The old wording is kept. What was judged against it is shown as stale until somebody looks again."

        def save(answers: Answers) -> object:
            return self._study.refine_point(point.label, _words(answers), **_given(answers))

        return Form(f"Refine {point.label}", fields, save, about)

    def split(self, point: Point) -> Form:
        """Two points that take the place of one."""
        theory = self._study.theory()
        halves = [
            field
            for half in ("first", "second")
            for field in (Field(f"{half} title", f"The {half}: title"), *_wording(theory, point, half))
        ]

        def save(answers: Answers) -> object:
            into = [Draft(_words(answers, half), title=answers[f"{half} title"]) for half in ("first", "second")]
            return self._study.split_point(point.label, into, **_given(answers))

        about = "Two new points go on from it, as its parts; its codings stay where they are."
        return Form(f"Split {point.label}", [*halves, *self._grounds(point)], save, about)

    def merge(self, point: Point) -> Form:
        """Others that go on in this one."""
        theory = self._study.theory()
        offered = [
            Choice(one.label, f"{one.label} {point_gist(one)}") for one in theory.held if one.label != point.label
        ]
        others = Field("others", "Which others (space marks)", choices=offered, several=True)
        fields = [others, *_wording(theory, point), *self._grounds(point)]

        def save(answers: Answers) -> object:
            points = [point.label, *several(answers["others"])]
            return self._study.merge_points(points, _words(answers), **_given(answers))

        about = f"They go on in {point.label}, worded as below; codings stay where they are."
        return Form(f"Merge into {point.label}", fields, save, about)

    def abandon(self, point: Point) -> Form:
        """Why a point is given up."""

        def save(answers: Answers) -> object:
            return self._study.abandon_point(point.label, **_given(answers))

        about = "It stays to be seen, with its wordings and its evidence, and can be taken up again."
        return Form(f"Give up {point.label}", self._grounds(point), save, about)

    def restore(self, point: Point) -> Form:
        """Why a point is taken up again."""

        def save(answers: Answers) -> object:
            return self._study.restore_point(point.label, **_given(answers))

        return Form(f"Take up {point.label} again", self._grounds(point), save)

    def sentence(self, point: Point) -> Form:
        """The if-then sentence."""
        own = Field("sentence", "The sentence; empty: composed from the elements", point.sentence, rows=5)

        def save(answers: Answers) -> None:
            self._study.set_sentence(point.label, answers["sentence"].strip() or None)

        return Form(f"The sentence of {point.label}", [own], save, "The wording stays; judgements stay.")

    def arrange(self, point: Point) -> Form:
        """Title and kin."""
        labels = [one.label for one in self._study.theory().held if one.label != point.label]
        kin = [Choice("", "none"), *(Choice(label, label) for label in labels)]
        fields = [
            Field("title", "Title", point.title),
            Field("parent", "Part of", point.parent or "", choices=kin),
            Field("rival_of", "Rival of", point.rival_of or "", choices=kin),
        ]

        def save(answers: Answers) -> None:
            self._study.arrange_point(
                point.label, title=answers["title"], parent=answers["parent"], rival_of=answers["rival_of"]
            )

        return Form(f"Arrange {point.label}", fields, save)

    def verdict(self, label: str | None) -> Form:
        """What the study says in the end; None: of the whole programme."""
        offered = [Choice("", "none"), *(Choice(verdict, verdict) for verdict in VERDICTS)]
        known = next((v for v in self._study.verdicts() if v.is_current and v.point == label), None)
        fields = [
            Field("verdict", "Verdict", known.verdict if known else "", choices=offered),
            Field("reason", "Why", known.reason if known else "", rows=5),
        ]

        def save(answers: Answers) -> object:
            return self._study.set_verdict(label, answers["verdict"] or None, answers["reason"])

        return Form(f"Verdict on {label or 'the programme'}", fields, save)

    def freeze(self) -> Form:
        """Keep the theory under a name."""
        fields = [Field("name", "Name, such as: initial theory"), Field("note", "Note", rows=3)]

        def save(answers: Answers) -> object:
            return self._study.freeze_theory(answers["name"], answers["note"])

        return Form("Keep the theory as it stands", fields, save)

    def _grounds(self, point: Point | None = None) -> list[Field]:
        """Why, by what inference, who disagrees, and the evidence: quotes of the point, the newest first."""
        inferences = [Choice("", "not said"), *(Choice(kind, kind) for kind in INFERENCES)]
        fields = [
            Field("why", "Why", rows=3),
            Field("inference", "Inference", choices=inferences),
            Field("dissent", "Who sees it otherwise"),
        ]
        if point is not None:
            quotes = sorted(one_row_each(self._study.quotes(point=point.label)), key=lambda q: q.at, reverse=True)
            offered = {
                str(quote.coding_id): f"{sign(quote.stance)} {clipped(quote.quote, 90)} ({quote_place(quote)})"
                for quote in quotes[:QUOTES_OFFERED]
            }
            choices = [Choice(coding, words) for coding, words in offered.items()]
            fields.append(Field("evidence", "Evidence that led to it (space marks)", choices=choices, several=True))
        return fields


def _wording(theory: Theory, point: Point | None = None, half: str = "") -> Sequence[Field]:
    """A field for the words of each element."""
    now = point.wording if point is not None else {}
    return [
        Field(
            f"{half}{WORDS}{element.letter}",
            f"{half} {element.name}".strip().capitalize(),
            now.get(element.letter, ""),
            rows=2 if half else 3,
        )
        for element in theory.elements
    ]


def _words(answers: Answers, half: str = "") -> dict[str, str]:
    """The words by the letters of the elements."""
    begin = half + WORDS
    return {name.removeprefix(begin): words for name, words in answers.items() if name.startswith(begin)}


def _given(answers: Answers) -> Grounds:
    """The reasons, as the acts of the theory take them."""
    return {
        "why": answers["why"],
        "inference": answers["inference"] or None,
        "dissent": answers["dissent"],
        "evidence": [int(coding) for coding in several(answers.get("evidence", ""))],
    }
