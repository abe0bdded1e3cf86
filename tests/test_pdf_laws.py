"""Laws of reading PDF files, over pages set in many ways; and the real files, counted by hand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import LEADING, LEFT, TOP, Put, page, wrapped

from transcripts.readers import Document, read_document, whole_text
from transcripts.readers.pdf_rows import sheets
from transcripts.readers.pdf_words import read_pages
from transcripts.readers.pdf_writer import write
from transcripts.reading import read_file
from transcripts.settings import Settings

TALE = "bussen kom ikke forbi mandag vi ventede længe på den nye bog ærgerligt og ingen sagde noget før fredag"
WORDS = TALE.split(" ")
speech = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(lambda words: " ".join(words) + ".")
turns = st.lists(st.tuples(st.sampled_from("IR"), speech), min_size=3, max_size=25)


def as_document(pages: list[list[Put]], *, keep: bool = False) -> Document:
    written = write(sheets([page(puts, number) for number, puts in enumerate(pages, 1)]), keep_furniture=keep)
    return Document(written.text, "pdf", "", written.furniture)


def without_space(text: str) -> str:
    return "".join(text.split())


@st.composite
def printed(draw: st.DrawFn) -> tuple[list[tuple[str, str]], list[list[Put]]]:
    """A talk, and its pages: so many letters wide and lines long, with or without heads, numbers and space."""
    talk = draw(turns)
    width, length = draw(st.integers(40, 80)), draw(st.integers(8, 40))
    spaced, headed, numbered = draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from([0, 1, 5]))
    rows: list[str] = []
    for label, words in talk:
        rows += [*wrapped(f"{label}: {words}", width), *([""] if spaced else [])]
    pages = []
    for first in range(0, len(rows), length):
        puts = [Put(LEFT, TOP - n * LEADING, row) for n, row in enumerate(rows[first : first + length]) if row]
        if numbered:
            puts += [Put(30, put.y, str(first + n)) for n, put in enumerate(puts, 1) if (first + n) % numbered == 0]
        if headed:
            puts += [Put(200, TOP + 40, "Interview"), Put(280, TOP - (length + 3) * LEADING, str(len(pages) + 1))]
        pages.append(puts)
    return talk, [puts for puts in pages if puts]


@given(printed())
def test_no_letter_is_lost_or_out_of_place_on_any_page(made: tuple[list[tuple[str, str]], list[list[Put]]]) -> None:
    talk, pages = made
    document = as_document(pages)
    spoken = without_space("".join(f"{label}:{words}" for label, words in talk))
    found = without_space(document.text)
    if found != spoken:  # numbers and heads that were too few to be known may have been left in, and nothing else
        steps = difflib.SequenceMatcher(None, spoken, found, autojunk=False).get_opcodes()
        assert {step for step, *_ in steps} <= {"equal", "insert"}
        assert not set("".join(found[a:b] for step, _, _, a, b in steps if step == "insert")) - set(
            "Interview0123456789"
        )


@given(printed())
def test_furniture_put_back_is_the_text_with_it_kept(made: tuple[list[tuple[str, str]], list[list[Put]]]) -> None:
    _, pages = made
    document, kept = as_document(pages), as_document(pages, keep=True)
    assert whole_text(document) == kept.text
    assert kept.furniture == ()


@given(turns, st.integers(40, 80))
def test_every_turn_is_a_paragraph_of_its_own(talk: list[tuple[str, str]], width: int) -> None:
    rows = [row for label, words in talk for row in wrapped(f"{label}: {words}", width)]
    pages = [rows[first : first + 30] for first in range(0, len(rows), 30)]
    document = as_document([[Put(LEFT, TOP - n * LEADING, row) for n, row in enumerate(rows)] for rows in pages])
    assert document.text == "\n".join(f"{label}: {words}" for label, words in talk)


# -- real files ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def unpacked_once() -> Iterator[None]:
    """The words of a file are the same for all tests of it; a process of its own finds them each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("transcripts.readers.pdf.read_pages", cache(read_pages))
        yield


def real(folder: Path, name: str) -> Document:
    path = folder / "formats" / name
    return read_document(path, path.read_bytes())


def test_the_same_interview_as_pdf_and_as_text_has_the_same_turns_speakers_and_words(reference: Path) -> None:
    found = []
    for name in ("fkrampe_transkript.pdf", "fkrampe_transkript.md"):
        path = reference / "formats" / name
        reading = read_file(path, path.read_bytes(), language="de")
        labelled = [turn for turn in reading.turns if turn.label in ("I", "B") and turn.begins_at is not None]
        words = ["".join(reading.document.text[turn.speech_start : turn.end].split()) for turn in labelled]
        found.append(([turn.label for turn in labelled], words))
    (speakers, words), (speakers_in_text, words_in_text) = found
    assert len(speakers) == len(speakers_in_text) == 126
    assert speakers == speakers_in_text
    assert words[:-1] == words_in_text[:-1]
    assert words[-1].startswith(words_in_text[-1])  # the pdf names the bureau below the last turn


def test_numbers_of_paragraphs_in_the_margin_are_kept_apart_and_all_there(reference: Path) -> None:
    for name, paragraphs, pages in (("P1.pdf", 95, 5), ("P2.pdf", 166, 8)):
        document = real(reference, name)
        numbers = [piece.text.strip() for piece in document.furniture if piece.kind == "line number"]
        assert numbers == [str(n) for n in range(1, paragraphs + 1)]
        feet = [piece.text.strip() for piece in document.furniture if piece.kind == "page number"]
        assert feet == [f"{n}/{pages}" for n in range(1, pages + 1)]
        assert document.findings == ()
        begun = re.findall(r"^(?:Dan|Participant): ", document.text, re.MULTILINE)
        assert len(begun) == paragraphs - 1


def test_hyphens_at_line_ends_of_a_file_that_breaks_no_words_stay(reference: Path) -> None:
    document = real(reference, "nnProf1_transkript.pdf")
    assert "Online-Kommunikation" in document.text
    assert [finding.code for finding in document.findings] == ["line-end-hyphens"]
    assert document.furniture == ()


def test_furniture_of_real_files_put_back_is_their_whole_text(reference: Path) -> None:
    for path in sorted((reference / "formats").glob("*.pdf")):
        kept = read_document(path, path.read_bytes(), Settings(keep_furniture=True))
        assert whole_text(real(reference, path.name)) == kept.text
