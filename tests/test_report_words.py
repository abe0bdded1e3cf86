"""Every fixed word of tables, figures, workbooks and reports has a Danish one, with the same places to fill in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from cmo import report as cmo_report
from cmo.configurations.records import STANDINGS
from cmo.disconfirming.findings import GROUPS
from cmo.report import TABLES
from cmo.report.entries import UNITS
from cmo.report.glyphs import GLYPHS
from cmo.report.refinement import SIDES
from cmo.report.standards import coreq, rameses, srqr
from cmo.report.words import LANGUAGES, Words, translations
from cmo.theory.grammar import KINDS
from exports import workbook_cover, workbook_lists, workbook_matrix, workbook_numbers, workbook_quotes, workbook_theory
from exports.figures import FIGURES
from exports.word_report import EVIDENCE
from exports.workbook_build import SHEETS
from store import schema

REPOSITORY = Path(__file__).resolve().parent.parent
DANISH = translations("da")


def phrases_in_code() -> Iterator[str]:
    """What ``say`` is called with, in all rooms that have fixed words."""
    for path in (*REPOSITORY.glob("cmo/report/**/*.py"), *REPOSITORY.glob("exports/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                if name == "say":
                    yield str(node.args[0].value)


def phrases_in_lists() -> Iterator[str]:
    """Words of the study file, and those of lists, that reach ``say`` by way of a name."""
    yield from (listed.title for listed in TABLES.values())
    yield from (figure.title for figure in FIGURES.values())
    yield from (*SHEETS, EVIDENCE)
    yield from (*UNITS, *SIDES, *STANDINGS)
    yield from (word for unit in UNITS for word in (unit.lower(), unit.lower().removesuffix("s")))
    yield from ("not judged" if stance is None else stance for stance in GLYPHS)
    for words in (schema.SOURCE_KINDS, schema.ANCHOR_STATES, schema.POINT_STATES, schema.DECISIONS):
        yield from words
    for words in (schema.INFERENCES, schema.VERDICTS, schema.LEVELS, schema.LINK_KINDS, schema.PRESENCES):
        yield from words
    for heads in (workbook_quotes.HEADS, workbook_lists.SOURCE_HEADS, workbook_lists.CASE_HEADS_BEFORE):
        yield from (head for head, _ in heads)
    yield from (head for head, _ in (*workbook_matrix.LIST_HEADS, *workbook_numbers.HEADS))
    yield from (*workbook_matrix.MEASURES, *workbook_theory.COUNTED, workbook_quotes.WHOLE_POINT)
    yield from (words for line in workbook_cover.COUNTING for words in line)
    yield from (*workbook_cover.FACTS, "State of", "Holds", "Language", "Journal", "Made with")
    yield from (*GROUPS, workbook_lists.REPLACED, workbook_lists.NAMES_OF_SOURCES[0])
    yield from ("(all points)", "(all cases)", "(all stances)", "(no point)", "(no case)")
    for items in (rameses.ITEMS, coreq.ITEMS, srqr.ITEMS):
        yield from (words for item in items for words in (item.topic, item.question))


def test_every_fixed_word_has_a_danish_one() -> None:
    wanted = {*phrases_in_code(), *phrases_in_lists()}
    assert len(wanted) > 300
    assert sorted(wanted - DANISH.keys()) == []


def test_no_translation_is_left_of_words_that_are_gone() -> None:
    elements = {kind.name for kind in KINDS}
    assert sorted(DANISH.keys() - {*phrases_in_code(), *phrases_in_lists()} - elements) == []


def test_a_translation_fills_in_what_the_english_fills_in() -> None:
    def places(words: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}

    assert [english for english, danish in DANISH.items() if places(danish) != places(english)] == []


def test_numbers_have_the_thousands_sign_of_the_language() -> None:
    assert [Words(language).number(27852) for language in LANGUAGES] == ["27,852", "27.852"]
    assert Words("da").number(-1234567) == "-1.234.567"


def test_no_table_or_export_puts_the_english_sign_between_thousands_by_itself() -> None:
    rooms = (*REPOSITORY.glob("cmo/report/**/*.py"), *REPOSITORY.glob("exports/**/*.py"))
    found = [path.name for path in rooms if ":,}" in path.read_text(encoding="utf-8")]
    assert found == ["words.py"]


def test_names_of_sheets_fit_in_excel_in_every_language() -> None:
    for language in ("en", "da"):
        names = [Words(language)(name) for name in SHEETS]
        assert len({name.casefold() for name in names}) == len(names)
        assert all(len(name) <= 29 and not set(name) & set("[]:*?/\\") for name in names)


def test_every_table_has_its_module() -> None:
    room = Path(cmo_report.__file__).parent
    for listed in TABLES.values():
        assert (room / f"{listed.module.replace('.', '/')}.py").is_file()


def test_numbers_of_a_standard_are_whole_and_once() -> None:
    assert [item.number for item in rameses.ITEMS] == [str(number) for number in range(1, 21)]
    assert [item.number for item in coreq.ITEMS] == [str(number) for number in range(1, 33)]
    assert [item.number for item in srqr.ITEMS] == [f"S{number}" for number in range(1, 22)]
