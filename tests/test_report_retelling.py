"""Findings, acts and decisions, which the study keeps in English, are told in the language of the reader."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Formatter

import pytest
from builders import reread
from docx import Document
from openpyxl import load_workbook
from report_samples import report_study

from cmo.report.retelling import Retelling
from cmo.report.words import Words, sentences, translations
from cmo.study import Study
from exports.template import Template
from exports.word_report import write_report
from exports.workbook import write_workbook

REPOSITORY = Path(__file__).resolve().parent.parent
SAY = Words("da")
DANISH = {**translations("da"), **sentences("da")}
MARK = "✓"
MARKED = Retelling({english: f"{MARK}{danish}" for english, danish in sentences("da").items()})
"""Tells every sentence with a mark, because some are the same in both languages."""
ENGLISH = re.compile(
    r"\b(the|of|with|and|is|was|were|has|not|from|are|which|its|this|that|each|their|on|it|coded?|codings?|"
    r"new|judged?|quotes?|points?|sources?|excerpts?|reworded|added|given up|sentence|measure|summary|turn)\b",
    re.IGNORECASE,
)
"""Words that no Danish sentence has."""
ROOMS = ("cmo", "codebook", "transcripts", "store")
OF_FINDINGS = ("cmo/audit.py", "cmo/disconfirming/*.py")
SAMPLES = ("X", "3", "3 of 4", "3 codings", "#1", "supports", "absent", "", " 'X'")
"""What may stand in a place of a sentence, whatever it is."""
NAMED = {
    "what": ("'X'", "'X' as to #1"),
    "under": ("to the top",),
    "names": ("'X', 'Y'",),
    "done": ("memo on", "3 codings moved, 1 joined with one there"),
    "remove": ("'X'",),
    "words": ("put into",),
    "thing": ("study",),
    "_named": ("configuration 3", "3 codings"),
    "link_words": ("its outcome is the context of 3",),
    "word": ("agree with",),
    "_in_words": ("as it was found", "a mark: pause"),
    "who": ("nobody",),
}
"""What stands in a place whose words are made elsewhere, by the name of what makes them."""


# -- every sentence of the code has a Danish one ------------------------------------------------------------


def trees(*patterns: str) -> Iterator[ast.AST]:
    for path in sorted({path for pattern in patterns for path in REPOSITORY.glob(pattern)}):
        yield ast.parse(path.read_text(encoding="utf-8"))


def said(node: ast.expr) -> set[str]:
    """What an expression may come to, as far as its words stand in the code; nothing where they do not."""
    match node:
        case ast.Constant(value=str(words)):
            return {words}
        case ast.IfExp():
            return said(node.body) | said(node.orelse)
        case ast.BinOp(op=ast.Add()):
            return {left + right for left, right in product(said(node.left), said(node.right))}
        case ast.JoinedStr():
            return {"".join(pieces) for pieces in product(*map(said, node.values))}
        case ast.FormattedValue(value=value):
            made_by = name_of(value.func if isinstance(value, ast.Call) else value)
            return said(value) or set(NAMED.get(made_by, SAMPLES))
    return set()


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def kinds_of_acts() -> set[str]:
    calls = (node for tree in trees("cmo/front/*.py") for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {words for call in calls if name_of(call.func) == "_act" for words in said(call.args[0])}


def sentences_of_acts() -> Iterator[ast.expr]:
    for tree in trees(*(f"{room}/**/*.py" for room in ROOMS)):
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Attribute(attr="summary")], value=value):
                    yield value
                case ast.Call(func=func, args=[_, summary]) if name_of(func) == "_act":
                    yield summary
                case ast.Call(func=func, args=[_, _, what, *_]) if name_of(func) == "record":
                    yield what


def sentences_of_findings() -> Iterator[ast.expr]:
    for tree in trees(*OF_FINDINGS):
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=func, args=[_, where, message]) if name_of(func) == "Finding":
                    yield from (where, message)
                case ast.Assign(targets=[ast.Name(id="message")], value=value):
                    yield value
                case ast.Yield(value=ast.Tuple(elts=[ast.Constant(), message])):
                    yield message


def untold(found: Iterator[ast.expr]) -> list[str]:
    """The expressions none of whose forms has a Danish sentence."""
    return [ast.unparse(node) for node in found if (forms := said(node)) and not any(is_told(form) for form in forms)]


def is_told(english: str) -> bool:
    return MARKED.told(english, SAY).startswith(MARK) and not ENGLISH.search(SAY.retell(english))


def test_every_kind_of_act_has_a_danish_name() -> None:
    kinds = kinds_of_acts()
    assert len(kinds) > 60
    assert [kind for kind in sorted(kinds) if kind not in DANISH] == []


def test_every_sentence_of_the_journal_and_of_decisions_is_told_in_danish() -> None:
    assert len(list(sentences_of_acts())) > 80
    assert untold(sentences_of_acts()) == []


def test_every_finding_of_the_audit_is_told_in_danish() -> None:
    assert len(list(sentences_of_findings())) > 20
    assert untold(sentences_of_findings()) == []


def test_a_retold_sentence_has_the_places_of_the_english_one() -> None:
    def places(words: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}

    assert [english for english, danish in sentences("da").items() if places(danish) != places(english)] == []


# -- how a sentence is told ---------------------------------------------------------------------------------


TOLD = {
    "#1: context and mechanism reworded": "#1: kontekst og mekanisme omformuleret",
    "#7 split in #7a, #7b and #7c": "#7 delt i #7a, #7b og #7c",
    "cases that say nothing to it: 13 of 1,200 (A, B and 3 more)": (
        "cases, der intet siger om det: 13 af 1.200 (A, B og 3 mere)"
    ),
    "code #1 M, C?, supports, on “; and 2 more” in 'the code'": (
        "#1 M, C?, støtter, kodet på “; and 2 more” i 'the code'"
    ),
    "remove 3 codings with 2 judgements; the words stay in configuration 3, 1 decision": (
        "3 kodninger fjernet med 2 bedømmelser; ordene bliver stående i konfiguration 3, 1 beslutning"
    ),
    "verdict on #3: sound theory, weak implementation": "vurdering af #3: god teori, svag implementering",
    "its mechanism has excerpts of resource (3) and none of reasoning": (
        "dets mekanisme har uddrag om ressource (3) og ingen om ræsonnement"
    ),
    "memo on code context: “supports”": "memo om kode context: “supports”",
    "case 'Nord': Ansatte 12, Sektor no value": "case 'Nord': Ansatte 12, Sektor ingen værdi",
}


@pytest.mark.parametrize(("english", "danish"), TOLD.items())
def test_a_sentence_is_told_with_what_stood_in_it(english: str, danish: str) -> None:
    assert SAY.retell(english) == danish
    assert Words("en").retell(english) == english


@pytest.mark.parametrize(
    "words", ["Trust added", "We gave it up.", "", "supports: nothing {n}", "#1 was reworded twice"]
)
def test_what_a_person_wrote_stays_as_it_is(words: str) -> None:
    assert SAY.retell(words) == words


# -- no English is left in what a Danish reader gets ---------------------------------------------------------


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with report_study(tmp_path_factory.mktemp("study")) as made:
        yield made


@pytest.fixture(scope="module")
def own_words(study: Study) -> list[str]:
    """Whatever the study itself says, the longest first: names, wordings, what was said and written."""

    def leaves(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (words for pair in value.items() for part in pair for words in leaves(part))
        elif isinstance(value, list | tuple):
            yield from (words for part in value for words in leaves(part))

    acts = {entry.summary for entry in study.log()} | {entry.act for entry in study.log()}
    composed = {decision.what for decision in study.decisions()} | {decision.why for decision in study.decisions()}
    gaps = {words for gap in study.gaps() for words in (gap.message, gap.where)}
    told = {words for words in leaves(reread(study)) if ENGLISH.search(words)} - acts - composed - gaps
    shortened = {f"{' '.join(words.split())[:39]}…" for words in told}
    return sorted(told | shortened, key=len, reverse=True)


def english_left(texts: Iterator[str], own_words: list[str]) -> set[str]:
    left = set()
    for text in texts:
        rest = text
        for words in own_words:
            rest = rest.replace(words, "")
        if ENGLISH.search(rest):
            left.add(text)
    return left


def test_no_english_is_left_in_the_danish_workbook(study: Study, own_words: list[str], tmp_path: Path) -> None:
    book = load_workbook(write_workbook(study, tmp_path / "da.xlsx", Template(language="da")).path)
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    codes = {finding.code for finding in study.gaps()}
    assert english_left(iter(texts - codes), own_words) == set()


def test_no_english_is_left_in_the_danish_report(study: Study, own_words: list[str], tmp_path: Path) -> None:
    write_report(study, tmp_path / "da.docx", Template(language="da"))
    document = Document(str(tmp_path / "da.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert len(texts) > 200
    assert english_left(iter(texts), own_words) == set()


def test_the_same_search_finds_the_english_of_an_english_report(
    study: Study, own_words: list[str], tmp_path: Path
) -> None:
    write_report(study, tmp_path / "en.docx", Template(language="en"))
    texts = [paragraph.text for paragraph in Document(str(tmp_path / "en.docx")).paragraphs]
    assert len(english_left(iter(texts), own_words)) > 20
