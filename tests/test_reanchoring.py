"""Passages find their words again, whatever the edit: the edits are made here, so the truth is known by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import pytest
from depth import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.correcting.alignment import Alignment, align, align_edit, common_order, word_count
from transcripts.correcting.anchors import Anchor, Anchors, spelt_alike
from transcripts.records import Span

NEIGHBOURHOOD = 30
"""Code points on both sides that make sure which of several like passages one is."""

COMMON = ("ja", "nej", "det", "er", "vi", "og", "ikke", "så", "Ja", "øh")
RARE = (
    "bogbus",
    "havnen",
    "frokost",
    "kollega",
    "mandag",
    "værksted",
    "læser",
    "😀",
    "👩‍👩‍👧‍👦",
    "x̂land",
    "7,5",
    "Søren",
    "kø",
    "tilladt",
)
ENDS = (".", "?", "!", "…", "")
LABELS = ("I: ", "R: ", "IP1: ", "")


def a_word(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(COMMON)
    return chance.choice(RARE) if kind < 0.8 else "".join(chance.choices("abcdeæøåzq", k=chance.randint(4, 9)))


def a_sentence(chance: Random) -> str:
    return " ".join(a_word(chance) for _ in range(chance.randint(1, 8))) + chance.choice(ENDS)


def a_paragraph(chance: Random) -> str:
    return chance.choice(LABELS) + " ".join(a_sentence(chance) for _ in range(chance.randint(1, 4)))


def a_text(chance: Random) -> str:
    return "\n".join(a_paragraph(chance) for _ in range(chance.randint(1, 8)))


Letter = tuple[str, int]
"""A character and where it stood in the old text; -1 for a new one."""


@dataclass(frozen=True)
class Edited:
    """A text, what it became, and where every letter of the new one comes from."""

    old: str
    letters: tuple[Letter, ...]

    @property
    def new(self) -> str:
        return "".join(letter for letter, _ in self.letters)

    def place(self, start: int, end: int) -> Span | None:
        """Where the passage stands whole, if it does."""
        at = next((n for n, (_, origin) in enumerate(self.letters) if origin == start), None)
        if at is None or [origin for _, origin in self.letters[at : at + end - start]] != list(range(start, end)):
            return None
        return Span(at, at + end - start)

    def left(self, start: int, end: int) -> str:
        """The letters of the passage that are still there."""
        origins = {origin for _, origin in self.letters}
        return "".join(self.old[at] for at in range(start, end) if at in origins)


def an_edit(chance: Random) -> Edited:
    """A text after up to four edits: something put in, taken out, replaced, or a paragraph put elsewhere."""
    old = a_text(chance)
    letters: list[Letter] = list(zip(old, range(len(old)), strict=True))
    for _ in range(chance.randint(1, 4)):
        kind = chance.choice(["insert", "delete", "replace", "move"])
        start = chance.randint(0, len(letters))
        end = min(start + chance.randint(1, 40), len(letters))
        put_in = chance.choice([a_word, a_sentence, lambda c: a_paragraph(c) + "\n"])(chance)
        new = [(letter, -1) for letter in put_in]
        if kind == "insert":
            letters[start:start] = new
        elif kind == "delete":
            del letters[start:end]
        elif kind == "replace":
            letters[start:end] = new
        else:
            letters = with_a_paragraph_elsewhere(chance, letters)
    return Edited(old, tuple(letters) or ((".", -1),))


def with_a_paragraph_elsewhere(chance: Random, letters: list[Letter]) -> list[Letter]:
    lines: list[list[Letter]] = [[]]
    for letter in letters:
        lines[-1].append(letter)
        if letter[0] == "\n":
            lines.append([])
    if lines[-1]:
        lines[-1].append(("\n", -1))
    moving = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), moving)
    return [letter for line in lines for letter in line]


def a_passage(chance: Random, text: str) -> Span:
    """Some words, or any letters at all."""
    start = chance.randrange(len(text))
    end = min(start + chance.randint(1, 60), len(text))
    if chance.random() < 0.7:
        start, end = text.rfind(" ", 0, start) + 1, len(text) if (at := text.find(" ", end)) < 0 else at
    return Span(start, end)


def wording(text: str, span: Span) -> str:
    return text[span.start : span.end]


def is_once(text: str, words: str) -> bool:
    return text.find(words) == text.rfind(words) >= 0


def cuts(text: str, at: int) -> bool:
    """Whether a place is inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def joined(edited: Edited, span: Span, place: Span) -> bool:
    """Whether a letter was put right beside the first or the last letter of a word of the passage."""
    return any(cuts(edited.new, now) and not cuts(edited.old, was) for was, now in zip(span, place, strict=True))


PASSAGES = 6
"""Passages that are looked for after each edit."""

chances = given(seed=st.integers(0, 2**32))
"""Hypothesis draws a seed and not the letters: a text of some hundred of them is drawn a hundred times as fast."""


def edited_passages(seed: int) -> Iterator[tuple[Edited, Span, Anchor]]:
    """An edit, some passages of the old text, and what was found of each."""
    chance = Random(seed)
    edited = an_edit(chance)
    anchors = Anchors(align(edited.old, edited.new))
    for _ in range(PASSAGES):
        span = a_passage(chance, edited.old)
        yield edited, span, anchors.find(*span)


@chances
@settings(max_examples=examples(100, 400))
def test_an_untouched_passage_stays_on_the_same_words(seed: int) -> None:
    for edited, span, found in edited_passages(seed):
        place, before = edited.place(*span), wording(edited.old, span)
        is_only = word_count(before) and is_once(edited.old, before) and is_once(edited.new, before)
        if place and is_only and not cuts(edited.new, place.start) and not cuts(edited.new, place.end):
            assert found.span == place, (edited.old, edited.new, before, found)
            assert found.state == "ok" or (found.state == "needs review" and word_count(before) < 3)


@chances
@settings(max_examples=examples(100, 400))
def test_a_passage_with_untouched_surroundings_stays_though_its_words_stand_elsewhere(seed: int) -> None:
    for edited, span, found in edited_passages(seed):
        around = Span(max(span.start - NEIGHBOURHOOD, 0), min(span.end + NEIGHBOURHOOD, len(edited.old)))
        wide = wording(edited.old, around)
        is_sure = edited.place(*around) and is_once(edited.old, wide) and is_once(edited.new, wide)
        place = edited.place(*span)
        if is_sure and place and wording(edited.old, span).strip() and not joined(edited, span, place):
            assert found == Anchor("ok", place), (edited.old, edited.new, wording(edited.old, span))


@chances
@settings(max_examples=examples(100, 400))
def test_a_passage_whose_words_are_gone_is_lost(seed: int) -> None:
    for edited, span, found in edited_passages(seed):
        gone = re.findall(r"\w+", wording(edited.old, span).casefold())
        is_whole = not cuts(edited.old, span.start) and not cuts(edited.old, span.end)
        is_gone = gone and is_whole and not any(map(str.isalnum, edited.left(*span)))
        if is_gone and set(gone).isdisjoint(re.findall(r"\w+", edited.new.casefold())):
            like = [word for word in gone if word[:2] in edited.new.casefold()]
            assert found == Anchor("lost", None) or (like and found.state != "ok"), (edited.old, edited.new, gone)


@chances
@settings(max_examples=examples(100, 400))
def test_an_edited_passage_is_never_ok_on_other_words(seed: int) -> None:
    for edited, span, found in edited_passages(seed):
        before = wording(edited.old, span)
        now = wording(edited.new, found.span) if found.span is not None else None
        if found.state == "lost":
            assert now is None
        elif found.state == "ok":
            assert now == before
        elif found.state == "moved":
            assert now is not None
            assert now != before
            assert spelt_alike(before, now)
        else:
            assert found.state == "needs review"
            assert now


@chances
@settings(max_examples=examples(100, 400))
def test_a_passage_is_not_lost_while_most_of_it_stands_beside_what_follows(seed: int) -> None:
    for edited, span, found in edited_passages(seed):
        inside = Span(span.start + (span.end - span.start) // 4, span.end)
        beside = Span(inside.start, min(span.end + NEIGHBOURHOOD, len(edited.old)))
        wide = wording(edited.old, beside)
        is_sure = edited.place(*beside) and is_once(edited.old, wide) and is_once(edited.new, wide)
        if is_sure and word_count(wording(edited.old, inside)) >= 5:
            assert found.span is not None, (edited.old, edited.new, wording(edited.old, span))


@chances
@settings(max_examples=examples(60, 200))
def test_blocks_hold_the_same_characters_and_never_one_twice(seed: int) -> None:
    edited = an_edit(Random(seed))
    alignment = align(edited.old, edited.new)
    for block in alignment.blocks:
        here, there = edited.old[block.old : block.old_end], edited.new[block.new : block.new_end]
        assert (here.casefold() == there.casefold()) if block.is_folded else (here == there)
    for spans in (
        [(block.old, block.old_end) for block in alignment.blocks],
        [(block.new, block.new_end) for block in alignment.blocks],
    ):
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))
    assert alignment == align(edited.old, edited.new)


@chances
@settings(max_examples=examples(60, 200))
def test_an_edit_that_was_seen_leaves_everything_else_where_it_is(seed: int) -> None:
    chance = Random(seed)
    old = a_text(chance)
    start, end = sorted(chance.randint(0, len(old)) for _ in range(2))
    put_in = chance.choice(["", a_word(chance), a_sentence(chance)])
    anchors = Anchors(align_edit(old, start, end, put_in))
    for span, shift in ((Span(0, start), 0), (Span(end, len(old)), len(put_in) - (end - start))):
        if span.start < span.end:
            found = anchors.find(*span)
            assert found.span == Span(span.start + shift, span.end + shift)
            assert found.state in ("ok", "needs review")  # where a letter grew on to its edge


def find(old: str, new: str, words: str) -> tuple[str, str | None]:
    start = old.index(words)
    found = Anchors(align(old, new)).find(start, start + len(words))
    return found.state, wording(new, found.span) if found.span is not None else None


OLD = """I: Bruger du bussen?
R: Ja. Jeg bruegr den hver mandag, og det hjælper mig ikke.
I: Hvorfor?
R: Ja. Det ved jeg 7,5 gange."""


@pytest.mark.parametrize(
    ("edit", "words", "expected"),
    [
        (("bruegr", "bruger"), "Jeg bruegr den hver mandag", ("moved", "Jeg bruger den hver mandag")),
        (("bruegr", "bruger"), "bruegr", ("moved", "bruger")),
        (("bruegr", "bruger"), "den hver mandag", ("ok", "den hver mandag")),
        (("mandag, og", "mandag og"), "mandag, og det", ("moved", "mandag og det")),
        (("den hver", "den\nhver"), "den hver mandag", ("moved", "den\nhver mandag")),
        (("Jeg bruegr", "jeg bruegr"), "Jeg bruegr den", ("moved", "jeg bruegr den")),
        (("mig ikke", "mig"), "det hjælper mig ikke", ("needs review", "det hjælper mig")),
        (("det hjælper", "det nok hjælper"), "det hjælper mig", ("needs review", "det nok hjælper mig")),
        (("7,5", "75"), "Det ved jeg 7,5 gange", ("needs review", "Det ved jeg 75 gange")),
        (("bussen?", "bussen!"), "Bruger du bussen?", ("needs review", "Bruger du bussen!")),
        (("hver mandag", "hver mandagen"), "den hver mandag", ("needs review", "den hver mandag")),
        (("Det ved jeg 7,5 gange.", ""), "Det ved jeg 7,5 gange.", ("lost", None)),
        (("I: Hvorfor?\n", "I: Hvorfor?\nR: Jeg kan lide at læse.\n"), "Ja. Det ved jeg", ("ok", "Ja. Det ved jeg")),
    ],
)
def test_what_counts_as_which_edit(edit: tuple[str, str], words: str, expected: tuple[str, str | None]) -> None:
    assert find(OLD, OLD.replace(*edit), words) == expected


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        ("utilfreds med det", "tilfreds med det", False),
        ("arbejdspladsen", "arbejdspladsne", True),
        ("kan", "kun", False),
        ("i dag", "idag", True),
        ("Ã¦bler pÃ¥ Ã¸en", "æbler på øen", True),
        ("20 mand", "30 mand", False),
        ("ja - nej", "ja, nej", True),
    ],
)
def test_spelling_is_told_from_other_words(old: str, new: str, alike: bool) -> None:
    assert spelt_alike(old, new) is alike


def test_of_two_alike_of_which_one_is_left_the_one_needs_an_eye_and_the_other_is_lost() -> None:
    old, new = "I: Nå?\nR: Ja.\nR: Ja.\nI: Godt.", "I: Nå?\nR: Ja.\nI: Godt."
    anchors = Anchors(align(old, new))
    first, second = old.index("Ja."), old.rindex("Ja.")
    assert sorted(anchors.find(at, at + 3).state for at in (first, second)) == ["lost", "needs review"]
    seen = Anchors(align_edit(old, second - 4, second + 3, ""))
    assert [seen.find(at, at + 3).state for at in (first, second)] == ["ok", "lost"]


def test_a_paragraph_that_moved_takes_its_passages_along_even_where_a_sentence_in_it_changed() -> None:
    lines = [
        "I: Hvad så?",
        "R: Vi gik hjem til os. Der var koldt dengang. Så tændte vi op i ovnen.",
        "I: Nå da.",
        "R: Ja ja.",
    ]
    old = "\n".join(lines)
    new = "\n".join([lines[0], *lines[2:], lines[1].replace("koldt", "varmt")])
    assert find(old, new, "gik hjem til os") == ("ok", "gik hjem til os")
    assert find(old, new, "Der var koldt dengang.") == ("needs review", "Der var varmt dengang.")
    assert find(old, new, "Ja ja.") == ("ok", "Ja ja.")


def test_the_longest_row_of_what_is_alike_is_found_without_anything_unique() -> None:
    old, new = list("abababab"), list("babab")
    pairs = common_order(old, new)
    assert len(pairs) == 5
    assert pairs == sorted(pairs)
    assert all(old[i] == new[j] for i, j in pairs)


def test_text_without_any_likeness_gives_no_block() -> None:
    assert align("abc def", "xyz 123") == Alignment("abc def", "xyz 123", ())
    assert align("", "xyz").blocks == ()
