"""Matrices against a plain count of the quotes: every pair of dimensions, every filter, every unit."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest
from builders import THEORY, code, full_study, new_study, span, table, write_texts
from depth import examples

from cmo.dimensions import DIMENSIONS
from cmo.records import OUTSIDE, STALE, Cell, Counts, Matrix, Quote
from cmo.study import Study
from store.errors import UnknownName
from store.schema import STANCES

Label = str | None
ATTRIBUTES = ("attribute:Sektor", "attribute:Ansatte", "attribute:Ærlighed")
ALL = (*DIMENSIONS, *ATTRIBUTES)
PAIRS = 33
"""Pairs of dimensions looked at in each of six studies: together as many as there are, 14 times 14."""


def label(quote: Quote, dimension: str) -> Label:
    """The label that a quote has in a dimension, read off the record."""
    if dimension.startswith("attribute:"):
        return quote.attributes.get(dimension.removeprefix("attribute:"))
    if dimension == "stance" and quote.stale:
        return STALE
    if dimension == "stance" and quote.point is None:
        return OUTSIDE
    found: Label = getattr(quote, dimension)
    return found


def counted(quotes: Iterable[Quote]) -> Counts:
    rows = list(quotes)
    return Counts(
        rows=len(rows),
        excerpts=len({quote.excerpt_id for quote in rows}),
        sources=len({quote.source for quote in rows}),
        participants=len({quote.participant for quote in rows} - {None}),
        cases=len({quote.case for quote in rows} - {None}),
    )


def cells(quotes: Sequence[Quote], *dimensions: str) -> dict[tuple[Label, ...], Cell]:
    """What a matrix must say, by adding up quotes one by one."""
    behind: defaultdict[tuple[Label, ...], list[Quote]] = defaultdict(list)
    for quote in quotes:
        behind[tuple(label(quote, dimension) for dimension in dimensions)].append(quote)
    return {
        key: Cell(
            counted(found),
            {
                stance: counted(quote for quote in found if label(quote, "stance") == stance)
                for stance in {label(quote, "stance") for quote in found}
            },
        )
        for key, found in behind.items()
    }


def assert_counts(matrix: Matrix, quotes: Sequence[Quote]) -> None:
    rows, columns = matrix.rows_by, matrix.columns_by
    assert dict(matrix.cells) == cells(quotes, rows, columns)
    assert {(key,): cell for key, cell in matrix.row_totals.items()} == cells(quotes, rows)
    assert {(key,): cell for key, cell in matrix.column_totals.items()} == cells(quotes, columns)
    assert matrix.grand_total == cells(quotes).get((), Cell())


def random_study(folder: Path, seed: int) -> Study:
    """A study in which everything that makes counting hard occurs: several cases, judges, coders, stale, no case."""
    chance = random.Random(seed)
    study = new_study(folder)
    cases = [
        [f"Sag {n}", chance.choice(["Privat", "Offentlig", ""]), str(n * 7), chance.choice(["høj", ""])]
        for n in range(4)
    ]
    study.import_cases(table(folder / "cases.csv", [["sag", "Sektor", "Ansatte", "Ærlighed"], *cases]))
    study.import_theory(table(folder / "t.csv", THEORY))
    talk = {f"k{n}.txt": "".join(f"{chance.choice('IRXY')}: Svar {n} {m}.\n" for m in range(6)) for n in range(5)}
    rows = [["file", "kind", "case", "role", "participant"]]
    for name in talk:
        kind = chance.choice(["interview", "focus group", "document"])
        bound = "; ".join(row[0] for row in chance.sample(cases, chance.choice([0, 1, 1, 2])))
        rows.append([name, kind, bound, chance.choice(["Leder", "Ansat", ""]), chance.choice(["", "Bo"])])
    study.import_files([write_texts(folder / "in", talk)], sources=table(folder / "s.csv", rows))
    map_some(study, chance)
    other = Study(study.file, "CD")
    study.new_code("Tema")
    for _ in range(25):
        who, source = chance.choice([study, other]), chance.choice(study.sources())
        start = chance.randrange(source.characters - 12)
        code_name = chance.choice([code.name for code in study.codes()])
        stance = None if code_name == "Tema" else chance.choice([None, *STANCES])
        coding = who.code(source.id, start, start + chance.choice([5, 12]), code_name, stance=stance)
        if coding.point and chance.random() < 0.3:
            chance.choice([study, other]).set_stance(coding.id, chance.choice(STANCES))
    if chance.random() < 0.7:
        study.import_theory(table(folder / "t2.csv", [THEORY[0], ["#1", "nyt", "nyt", ""]]))
        for quote in chance.sample(study.quotes(point="#1"), min(2, len(study.quotes(point="#1")))):
            other.set_stance(quote.coding_id, "refines")
    return study


def map_some(study: Study, chance: random.Random) -> None:
    for speaker in study.speakers():
        if chance.random() < 0.6:
            participant = chance.choice([None, "Bo", "Ida"])
            study.set_speaker(
                speaker.label,
                source=speaker.source,
                participant=participant,
                role=chance.choice([None, "Ansat", "Tillidsvalgt"]),
                case=chance.choice([None, "Sag 1"]) if participant else None,
                asks=chance.choice([None, True, False]),
            )


@pytest.fixture(scope="module", params=range(examples(4, 6)))
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def study(seed: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A study of chance, built once for each seed. To be read only."""
    with random_study(tmp_path_factory.mktemp("random"), seed) as made:
        yield made


def test_pairs_of_dimensions_count_what_the_quotes_say(study: Study, seed: int) -> None:
    quotes = study.quotes()
    assert quotes
    for rows, columns in random.Random(seed).sample(list(product(ALL, ALL)), PAIRS):
        matrix = study.matrix(rows, columns)
        assert_counts(matrix, quotes)
        assert set(study.dimension_labels(rows)) <= set(matrix.rows)
        assert matrix.rows[: len(study.dimension_labels(rows))] == tuple(study.dimension_labels(rows))
    assert study.check() == []


def test_filters_keep_the_rows_that_they_name(study: Study, seed: int) -> None:
    quotes = study.quotes()
    for one, two in zip(ALL, [*ALL[3:], *ALL[:3]], strict=True):
        wanted = quotes[seed % len(quotes)]
        where = {one: label(wanted, one), two: label(wanted, two)}
        kept = [quote for quote in quotes if all(label(quote, name) == value for name, value in where.items())]
        assert study.quotes(where) == kept
        assert_counts(study.matrix("point", "case", where), kept)


def test_a_cell_opens_exactly_the_quotes_that_it_counts(study: Study) -> None:
    matrix = study.matrix("point", "role")
    for (row, column), cell in matrix.cells.items():
        assert len(study.quotes(point=row, role=column)) == cell.total.rows
        for stance, counts in cell.stances.items():
            assert len(study.quotes(point=row, role=column, stance=stance)) == counts.rows


# -- by hand ---------------------------------------------------------------------------------------------------


def test_every_label_of_the_study_is_there_also_where_nobody_said_anything(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    matrix = study.matrix()
    assert matrix.rows == ("H", "#1", "#2", "#3")
    assert matrix.columns == ("Værftet", "Ældrecentret", "Skolen")
    assert (matrix.cells, matrix.grand_total, matrix.cell("#1", "Skolen")) == ({}, Cell(), Cell())


def test_evidence_without_a_value_stands_last(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.new_code("Kø")
    code(study, "leder", "Køen", "Kø")
    matrix = study.matrix()
    assert matrix.rows[-1] is None
    assert matrix.cell(None, "Værftet").total == Counts(1, 1, 1, 1, 1)
    assert None not in study.matrix("point", "case", {"point": "#1"}).rows


def test_margins_are_counted_on_their_own_and_are_no_sums(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    code(study, "gruppe", "Jeg låner til mine børn", "#3 M", "supports")
    code(study, "gruppe", "Jeg låner til mine børn", "#3 O", "supports")
    code(study, "gruppe", "Ingen har sagt", "#3 M", "refutes")
    matrix = study.matrix("point", "case")
    one = Counts(rows=3, excerpts=2, sources=1, participants=2, cases=1)
    assert matrix.cell("#3", "Værftet").total == matrix.cell("#3", "Skolen").total == one
    total = Counts(rows=6, excerpts=2, sources=1, participants=2, cases=2)
    assert matrix.row_totals["#3"].total == matrix.grand_total.total == total
    assert matrix.row_totals["#3"].stances == {"supports": Counts(4, 1, 1, 1, 2), "refutes": Counts(2, 1, 1, 1, 2)}
    assert matrix.grand_total.excerpts("refutes") == 1


def test_attributes_are_found_in_any_capitals_and_numbers_stand_by_size(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    assert study.matrix("point", "ATTRIBUTE: ansatte").columns == ("45", "60", "120")
    study.import_cases(table(tmp_path / "c.csv", [["sag", "ÆRLIGHED"], ["Skolen", "høj"]]))
    code(study, "gruppe", "Ingen har sagt", "#1 M")
    assert study.matrix("point", "attribute:ærlighed").cell("#1", "høj").total.cases == 1
    assert study.matrix("point", "attribute:ærlighed").cell("#1", None).total.cases == 1


def test_days_stand_one_after_the_other_and_choices_as_in_their_pick_list(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    rows = [["sag", "Åbnet", "Størrelse"], ["Værftet", "3.2.2020", "stor"], ["Skolen", "2019-11-30", "lille"]]
    study.import_cases(table(tmp_path / "c.csv", [*rows, ["Ældrecentret", "k.A.", "mellem"]]))
    study.settle_attribute("Størrelse", "choice", ["lille", "mellem", "stor"])
    assert {one.name: one.kind for one in study.attributes()}["Åbnet"] == "date"
    assert study.matrix("point", "attribute:Åbnet").columns == ("2019-11-30", "3.2.2020", "k.A.")
    assert study.matrix("point", "attribute:Størrelse").columns == ("lille", "mellem", "stor")


def test_labels_in_filters_are_understood_in_any_spelling(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    code(study, "leder", "Køen", "#1 M", "supports")
    spelled = {"point": "pt 1", "case": "værftet", "role": "LEDER", "element": "m", "attribute:SEKTOR": "privat"}
    assert len(study.quotes(spelled)) == 1
    assert study.matrix("code", "source", spelled).cell("#1 M", "leder").total.rows == 1


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: s.matrix("points"), "'points' is nothing that evidence can be arranged by"),
        (lambda s: s.matrix("point", "attribute:By"), "Attributes of this study: Sektor, Ansatte"),
        (lambda s: s.quotes(sag="Værftet"), "'sag' is nothing that evidence can be arranged by"),
        (lambda s: s.quotes(point="9"), "There is no point '9' in this study"),
        (lambda s: s.quotes(case="Værfet"), "Nearest: 'Værftet'"),
        (lambda s: s.matrix("point", "case", {"role": "Konge"}), "There is no role 'Konge'"),
        (lambda s: s.quotes(stance="vielleicht"), "There are: supports, refutes"),
        (lambda s: s.quotes({"attribute:Sektor": "Frivillig"}), "There is no attribute:Sektor 'Frivillig'"),
        (lambda s: s.dimension_labels("x"), "'x' is nothing"),
    ],
)
def test_a_dimension_or_label_that_is_not_there_is_told(
    tmp_path: Path, ask: Callable[[Study], object], message: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        ask(full_study(tmp_path))
    assert message in str(caught.value)


def test_two_judges_of_one_coding_are_two_rows_of_one_excerpt(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    coding = study.code("leder", *span(study, "leder", "Køen"), "#1 M", stance="supports")
    Study(study.file, "CD").set_stance(coding.id, "refutes")
    cell = study.matrix().cell("#1", "Værftet")
    assert cell.total == Counts(rows=2, excerpts=1, sources=1, participants=1, cases=1)
    assert set(cell.stances) == {"supports", "refutes"}
