"""PDF files: letters at places become the paragraphs that somebody wrote."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from pdf_samples import LEADING, LEFT, LETTER, TOP, Put, lines, page, pdf, wrapped

from transcripts.readers import Document, read_document, whole_text
from transcripts.readers.pdf_rows import sheets
from transcripts.readers.pdf_writer import write
from transcripts.settings import Settings

ANSWER = (
    "R: Det begyndte med at bogbussen holdt ved porten hver mandag, og så gik vi derned i pausen, to eller tre "
    "stykker ad gangen, indtil lederen en dag spurgte, om vi ikke hellere ville låne bøger med hjem til weekenden."
)


def read(data: bytes, keep_furniture: bool = False) -> Document:
    return read_document(Path("interview.pdf"), data, Settings(keep_furniture=keep_furniture))


def text_of(*pages: list[Put]) -> str:
    """The text of pages, by the way of a file."""
    return read(pdf(pages)).text


def laid_out(*pages: list[Put], keep_furniture: bool = False) -> Document:
    """The text of pages, without the way of a file."""
    written = write(sheets([page(puts, n) for n, puts in enumerate(pages, 1)]), keep_furniture=keep_furniture)
    return Document(written.text, "pdf", "", written.furniture)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text.strip()) for piece in document.furniture]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


# -- paragraphs -----------------------------------------------------------------------------------------


def test_lines_that_the_page_broke_are_one_paragraph_and_speakers_begin_new_ones() -> None:
    talk = ["I: Hvordan begyndte det?", *wrapped(ANSWER), "I: Ja.", "R: Så læste vi."]
    assert text_of(lines(talk)) == f"I: Hvordan begyndte det?\n{ANSWER}\nI: Ja.\nR: Så læste vi."


def test_a_speaker_begins_a_paragraph_though_the_line_before_is_full() -> None:
    full = wrapped(ANSWER)[0]
    assert text_of(lines([full, full.replace("R:", "I:"), *wrapped(ANSWER)])).count("\n") == 2


def test_a_label_alone_on_its_line_stays_there() -> None:
    talk = ["[00:00:03] R", *wrapped(ANSWER), "[00:01:10] I", "Godt."]
    assert text_of(lines(talk)) == f"[00:00:03] R\n{ANSWER}\n[00:01:10] I\nGodt."


def test_space_between_paragraphs_is_an_empty_line() -> None:
    upper = lines(wrapped(ANSWER))
    assert text_of([*upper, *lines(["I: Ja."], top=upper[-1].y - 2 * LEADING)]) == f"{ANSWER}\n\nI: Ja."


def test_first_lines_set_in_begin_paragraphs() -> None:
    speech = ANSWER.removeprefix("R: ").removesuffix(" til weekenden.") + " hjem til alle weekenderne"
    put: list[Put] = []
    for _ in range(3):
        first, *rest = textwrap.wrap(speech, 60, initial_indent="   ")
        top = TOP - len(put) * LEADING
        put += [Put(LEFT + 3 * LETTER, top, first.strip()), *lines(rest, top=top - LEADING)]
    assert len(put[-1].words) > 50
    assert text_of(put).split("\n") == [speech] * 3


def test_labels_that_hang_out_to_the_left_stay_with_their_speech() -> None:
    rows = [("I:", "Hvordan begyndte det?"), ("R:", ANSWER.removeprefix("R: ")), ("I:", "Ja."), ("R:", "Nej.")]
    put, y = [], TOP
    for label, speech in rows:
        put.append(Put(LEFT, y, label))
        for line in wrapped(speech, 50):
            put.append(Put(LEFT + 60, y, line))
            y -= LEADING
    assert text_of(put) == "\n".join(f"{label}\t{speech}" for label, speech in rows)


def test_danish_letters_and_ligatures_are_letters() -> None:
    assert text_of(lines(["R: Ærø på Ålø: en ﬁn bog (“ja”), ½ time – 100 €."])) == (
        "R: Ærø på Ålø: en fin bog (“ja”), ½ time – 100 €."
    )


def test_a_word_is_one_word_though_its_letters_were_put_one_by_one() -> None:
    spread = [Put(LEFT + n * LETTER, TOP, letter) for n, letter in enumerate("bogbussen")]
    assert text_of([*spread, Put(LEFT + 10 * LETTER, TOP, "kom")]) == "bogbussen kom"


# -- pages ----------------------------------------------------------------------------------------------


def two_pages(number: str = "Side {} af 2", head: str = "Interview 4") -> list[list[Put]]:
    parts = wrapped(ANSWER, 60)
    upper = [Put(250, 810, head), *lines(["I: Hvad skete der?", *parts[:2]]), Put(280, 30, number.format(1))]
    lower = [Put(250, 810, head), *lines([*parts[2:], "I: Tak for det."]), Put(280, 30, number.format(2))]
    return [upper, lower]


@pytest.mark.parametrize("number", ["{}", "Side {} af 2", "- {} -", "{}/2", "Page {} of 2", "[{}]", "s. {}", "– {} –"])
def test_a_paragraph_goes_on_over_the_page_and_heads_and_page_numbers_are_kept_apart(number: str) -> None:
    document = read(pdf(two_pages(number)))
    assert document.text == f"I: Hvad skete der?\n{ANSWER}\nI: Tak for det."
    pages = [("header", "Interview 4"), ("page number", number.format(1))]
    assert kinds(document) == [*pages, ("header", "Interview 4"), ("page number", number.format(2))]
    assert [piece.page for piece in document.furniture] == [1, 1, 2, 2]


def test_furniture_put_back_is_the_text_with_furniture_kept() -> None:
    data = pdf(two_pages())
    kept = read(data, keep_furniture=True)
    assert kept.furniture == ()
    assert whole_text(read(data)) == kept.text
    assert kept.text.count("Interview 4") == 2


def test_speech_at_the_end_of_pages_is_no_running_foot() -> None:
    pages = [lines([*wrapped(ANSWER), "I: Ja."]) for _ in range(3)]
    assert text_of(*pages).count("I: Ja.") == 3


def test_a_year_at_the_foot_of_a_page_is_no_page_number() -> None:
    document = read(pdf([[*lines(wrapped(ANSWER)), Put(LEFT, 60, "1984")], lines(wrapped(ANSWER))]))
    assert "1984" in document.text
    assert document.furniture == ()


def test_the_number_of_the_only_page_is_a_page_number() -> None:
    assert kinds(read(pdf([[*lines(wrapped(ANSWER)), Put(280, 30, "Side 1 af 1")]]))) == [
        ("page number", "Side 1 af 1")
    ]


def test_a_page_that_is_only_in_the_file_many_times_over_is_read_once() -> None:
    """Programs that print a long picture in pages write all of it on each, most of it outside the page."""
    talk = [f"R: Replik nummer {n} om bussen." for n in range(20)]
    tops = (TOP, TOP + 11 * 70 + 20)
    document = read(pdf([lines(talk, top=top, leading=70) for top in tops]))
    assert sorted(re.findall(r"\d+", document.text), key=int) == [str(n) for n in range(20)]


# -- numbers in the margin --------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [40.0, 545.0])
@pytest.mark.parametrize("step", [1, 5])
def test_line_numbers_in_a_margin_are_kept_apart(step: int, x: float) -> None:
    talk = lines([line for _ in range(6) for line in wrapped(ANSWER)])
    numbers = [Put(x, put.y, str(n)) for n, put in enumerate(talk, 1) if n % step == 0]
    document = read(pdf([[*talk, *numbers]]))
    assert document.text == "\n".join([ANSWER] * 6)
    assert kinds(document) == [("line number", put.words) for put in numbers]
    assert whole_text(document) == read(pdf([[*talk, *numbers]]), keep_furniture=True).text


def test_line_numbers_that_begin_anew_on_each_page_are_kept_apart() -> None:
    talk = lines(wrapped(ANSWER) * 3)
    numbered = [*talk, *(Put(40, put.y, str(n)) for n, put in enumerate(talk, 1))]
    document = read(pdf([numbered, numbered]))
    assert [number for _, number in kinds(document)] == [str(n) for n in range(1, len(talk) + 1)] * 2


def test_numbers_that_do_not_count_on_stay_in_the_text() -> None:
    talk = lines(["I: Hvor mange?", "R: Det var i år", "R: Dengang var vi", "R: Og nu er vi"])
    document = read(pdf([[*talk, *(Put(40, put.y, str(n)) for put, n in zip(talk, (7, 1984, 12, 3), strict=True))]]))
    assert {"7", "1984", "12", "3"} <= set(document.text.split())


# -- columns and tables -----------------------------------------------------------------------------------


def columns(*, line_by_line: bool) -> list[Put]:
    left = lines([line for _ in range(4) for line in wrapped(ANSWER, 32)])
    right = lines([line for _ in range(4) for line in wrapped(ANSWER.replace("R:", "I:"), 32)], x=LEFT + 220)
    return [put for pair in zip(left, right, strict=True) for put in pair] if line_by_line else [*left, *right]


@pytest.mark.parametrize("line_by_line", [False, True])
def test_columns_are_read_one_after_the_other(line_by_line: bool) -> None:
    title = Put(LEFT, TOP + 40, "Interview med en medarbejder på værftet om bussen og bøgerne")
    text = text_of([title, *columns(line_by_line=line_by_line)])
    assert text == "\n".join([title.words, "", *[ANSWER] * 4, *[ANSWER.replace("R:", "I:")] * 4])


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Leder på stedet", ANSWER[3:]), ("Medarbejder i hallen", "Nej."), ("Leder på stedet", ANSWER[3:])]
    put, y = [], TOP
    for left, right in rows:
        cells = [lines(wrapped(left, 12), top=y), lines(wrapped(right, 40), x=LEFT + 100, top=y)]
        put += [*cells[0], *cells[1]]
        y = min(cell.y for cell in put) - LEADING
    assert text_of(put).split("\n") == [f"{left}\t{right}" for left, right in rows]


def test_a_footnote_comes_after_the_paragraph_that_it_stands_in_the_middle_of() -> None:
    parts = wrapped(ANSWER, 60)
    note = Put(LEFT, 60, "1 Bussen kom fra biblioteket.", size=7)
    first = [*lines(parts[:2]), Put(LEFT + len(parts[1]) * LETTER, TOP - LEADING + 4, "1", size=6), note]
    text = text_of(first, lines([*parts[2:], "I: Tak."]))
    assert text.split("\n")[1:] == ["1 Bussen kom fra biblioteket.", "I: Tak."]
    assert text.startswith(ANSWER[:40]) and text.split("\n")[0].endswith("weekenden.")


# -- hyphens at line ends -----------------------------------------------------------------------------------


def test_words_that_a_file_breaks_are_joined_and_counted() -> None:
    talk = ["R: Vi gik ned til bogbus-", "sen hver eneste mandag i som-", "merens løb, og det var tillids-"]
    talk += ["repræsentanten, der fik os med.", "I: Bogbussen?"]
    document = read(pdf([lines(talk)]))
    assert "bogbussen hver" in document.text
    assert "sommerens løb" in document.text
    assert "tillidsrepræsentanten, der" in document.text
    assert codes(document) == ["line-end-hyphens"]
    assert "3 taken out" in document.findings[0].message


def test_hyphens_that_belong_to_words_stay() -> None:
    talk = ["R: Den gamle online-", "Kommunikation og arbejds-", "og miljøforholdene hos os-", "I: Ja, e-", "mail."]
    document = read(pdf([lines(talk)]))
    assert "online-Kommunikation" in document.text
    assert "arbejds- og miljøforholdene" in document.text
    assert "e-mail" in document.text or "e-\nmail" in document.text


# -- what is not as it should be ----------------------------------------------------------------------------


def test_a_stamp_across_the_page_is_kept_as_a_note() -> None:
    stamp = Put(200, 400, "UDKAST", size=60, turn="0.707 0.707 -0.707 0.707")
    document = read(pdf([[*lines(wrapped(ANSWER)), stamp]]))
    assert document.text == ANSWER
    assert kinds(document) == [("note", "UDKAST")]
    assert codes(document) == ["text-askew"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(rotate: int) -> None:
    turned = [Put(100 + n * LEADING, 100, line, turn="0 1 -1 0") for n, line in enumerate(wrapped(ANSWER))]
    assert read(pdf([turned], rotate=rotate)).text == ANSWER
    assert read(pdf([lines(wrapped(ANSWER))], rotate=rotate)).text == ANSWER


def test_white_and_invisible_text_is_left_in_and_told() -> None:
    hidden = [Put(LEFT, 300, "Skjult navn", white=True), Put(LEFT, 200, "Usynlig by", mode=3)]
    document = read(pdf([[*lines(wrapped(ANSWER)), *hidden]]))
    assert "Skjult navn" in document.text
    assert codes(document) == ["text-hidden", "text-hidden"]
    assert "'Usynlig by'" in document.findings[1].message


def test_text_outside_the_page_that_no_page_shows_is_left_in_and_told() -> None:
    document = read(pdf([[*lines(wrapped(ANSWER)), Put(LEFT, -200, "Under bordet")]]))
    assert "Under bordet" in document.text
    assert codes(document) == ["text-hidden"]


def test_text_that_a_program_read_from_a_picture_is_told_to_be_so() -> None:
    document = read(pdf([[Put(put.x, put.y, put.words, mode=3) for put in lines(wrapped(ANSWER))]], pictures=[0]))
    assert document.text == ANSWER
    assert codes(document) == ["text-from-picture"]


def test_pages_that_are_pictures_are_told_by_number() -> None:
    document = read(pdf([lines(wrapped(ANSWER)), [], [], lines(["I: Tak."])], pictures=[1, 2]))
    assert [(finding.code, finding.where) for finding in document.findings] == [("page-is-picture", "pages 2-3")]
