"""Furniture in running text: taken out where it is sure, put back exactly, and left in where it may be speech."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.furniture import take_out
from transcripts.readers import Document, Furniture, read_document, whole_text
from transcripts.reading import read_file
from transcripts.settings import Settings
from transcripts.speaking.turns import TurnSpan

TALK = [
    "I: Hvordan begyndte det med bogbussen?",
    "R: Det begyndte med, at den holdt ved porten hver",
    "mandag, og så gik vi derned i pausen, to eller tre",
    "stykker ad gangen.",
    "I: Og så?",
    "R: Så spurgte lederen, om vi ville låne bøger med",
    "hjem til weekenden, og det ville vi da gerne, for",
    "børnene spurgte efter dem.",
    "I: Hvad sagde de andre?",
    "R: Ikke ret meget.",
]


def taken(text: str, file_format: str = "txt") -> Document:
    document = take_out(Document(text, file_format, "utf-8"))
    assert whole_text(document) == text
    return document


def pieces(document: Document, kind: str) -> list[str]:
    return [piece.text for piece in document.furniture if piece.kind == kind]


def untouched(text: str, file_format: str = "txt") -> bool:
    document = taken(text, file_format)
    return document.text == text and not document.furniture


# -- numbers of lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form", ["{n} {line}", "{n}\t{line}", "{n:>4}  {line}", "{n:04} {line}", "{line}   {n}", "{line}\t{n}"]
)
@pytest.mark.parametrize("first", [1, 213])
def test_a_number_on_every_line_is_taken_out(form: str, first: int) -> None:
    text = "\n".join(form.format(n=n, line=line) for n, line in enumerate(TALK, first))
    document = taken(text)
    assert document.text == "\n".join(TALK)
    assert [int(number) for number in pieces(document, "line number")] == list(range(first, first + len(TALK)))


@pytest.mark.parametrize("form", ["{n:<4}{line}", "{n}\t{line}", "{line}    {n}"])
def test_a_number_on_every_fifth_line_is_taken_out(form: str) -> None:
    lines = TALK * 4
    text = "\n".join(form.format(n=n, line=line) if n % 5 == 0 else line for n, line in enumerate(lines, 1))
    document = taken(text)
    assert document.text == "\n".join(lines)
    assert [int(number) for number in pieces(document, "line number")] == [5, 10, 15, 20, 25, 30, 35, 40]


def test_the_number_of_a_page_before_that_of_a_line_is_taken_out_too() -> None:
    lines = [f"{n} {line}" for n, line in enumerate(TALK, 1)]
    lines[5] = f"143 {lines[5]}"
    document = taken("\n".join(lines))
    assert document.text == "\n".join(TALK)
    assert pieces(document, "page number") == ["143 "]


def test_numbers_may_begin_anew_on_a_new_page_and_count_empty_lines() -> None:
    page = [f"{n} {line}".rstrip() for n, line in enumerate([*TALK, "", "I: Tak."], 1)]
    document = taken("\n".join([*page, *page]))
    assert document.text == "\n".join([*TALK, "", "I: Tak."] * 2)
    assert len(pieces(document, "line number")) == 2 * len(page)


def test_a_number_that_speech_begins_with_stays_beside_that_of_the_line() -> None:
    talk = [*TALK, "50 kroner kostede den.", "3 af os betalte."]
    document = taken("\n".join(f"{n} {line}" for n, line in enumerate(talk, 1)))
    assert document.text == "\n".join(talk)


def test_numbers_of_turns_are_taken_out_though_their_lines_are_wrapped() -> None:
    for form in ("{n} {line}", "{n}. {line}", "#{n} {line}", "[{n}] {line}"):
        numbers = iter(range(1, 100))
        lines = [form.format(n=next(numbers), line=line) if line[1] == ":" else line for line in TALK * 2]
        document = taken("\n".join(lines))
        assert document.text == "\n".join(TALK * 2)


def test_the_small_model_of_numbered_lines_has_its_five_speakers(reference: Path) -> None:
    path = reference / "danish_styles" / "02_numbered_lines_initials_page_number.txt"
    reading = read_file(path, path.read_bytes(), language="da")
    assert [turn.label for turn in reading.turns if turn.label] == ["MO", "Alle", "L", "N", "M", "B"]
    assert pieces(reading.document, "line number") == [f"{n} " for n in range(1, 8)]
    assert pieces(reading.document, "page number") == ["143 "]


@pytest.mark.parametrize(
    "lines",
    [
        ["1984 var et godt år.", "1985 var bedre.", "1986 var det bedste.", "1987 gik.", "1988 kom bussen."],
        ["R: Vi skulle købe:", "1 brød", "2 mælk", "3 ost", "4 smør", "5 æg", *TALK, *TALK],
        ["1. Hvad laver du?", "2. Hvor længe?", "3. Med hvem?", "4. Hvorfor?", "5. Hvordan?", "6. Andet?"],
        ["1 Formål: at læse", "2 Metode: at spørge", "3 Sted: her", "4 Tid: nu", "5 Pris: lav", "6 Ret: god"],
        ["I: Hvor mange?", "R: 5", "I: Og før?", "R: 6", "I: Og nu?", "R: 7", "I: Tak.", "R: 8"],
        ["12 af os kom.", "Så gik vi.", "13 blev.", "Det var det.", "3 kom igen.", "Ja."],
    ],
)
def test_years_lists_and_speech_that_begins_with_a_number_stay(lines: list[str]) -> None:
    assert untouched("\n".join(lines))


def test_lines_that_may_be_numbered_are_told() -> None:
    document = taken(
        "\n".join(["Indkøb", *(f"{n} {thing}" for n, thing in enumerate(["Brød", "Mælk", "Ost", "Smør", "Æg"], 1))])
    )
    assert [(finding.code, finding.where) for finding in document.findings] == [("numbers-in-doubt", "line 2")]


# -- pages ------------------------------------------------------------------------------------------------


def pages(number: str = "{}", head: str = "", parted_by: str = "\n") -> tuple[str, str]:
    """Four pages of talk with numbers, and the talk alone."""
    page = "\n".join(TALK * 3)
    parts = [f"{head}{page}\n{number.format(n)}\n" for n in range(3, 7)]
    return parted_by.join(parts), page


@pytest.mark.parametrize("number", ["{}", "- {} -", "Side {} af 12", "side {}", "Page {} of 12", "{}/12", "[{}]"])
def test_numbers_of_pages_on_lines_of_their_own_are_taken_out(number: str) -> None:
    text, page = pages(number)
    document = taken(text)
    assert [piece.strip() for piece in pieces(document, "page number")] == [number.format(n) for n in range(3, 7)]
    assert document.text == "\n".join([f"{page}\n"] * 4)


def test_page_breaks_are_taken_out_and_count_the_pages() -> None:
    text, page = pages(parted_by="\f")
    document = taken(text)
    assert document.text == f"{page}\n" * 4
    assert [piece.page for piece in document.furniture if piece.kind == "page number"] == [1, 2, 3, 4]
    assert pieces(document, "page break") == ["\f"] * 3


def test_a_page_break_between_two_words_stays_so_that_they_do_not_run_together() -> None:
    assert untouched("R: Vi gik derned\fhver mandag.")


def test_heads_that_are_there_again_on_every_page_are_taken_out() -> None:
    text, page = pages(head="Interview 4 – fortroligt\n\n", parted_by="\f")
    document = taken(text)
    assert pieces(document, "header") == ["Interview 4 – fortroligt\n"] * 4
    assert document.text == f"\n{page}\n" * 4


def test_speech_that_is_there_again_on_every_page_stays() -> None:
    text = "\f".join("\n".join([*TALK, "R: Ja."]) + "\n" for _ in range(4))
    assert taken(text).text.count("R: Ja.") == 4


@pytest.mark.parametrize(
    "numbers", [["12", "7", "1984"], ["1", "2"], ["1", "2", "3", "4", "5"]], ids=["any", "two", "close together"]
)
def test_numbers_alone_on_lines_that_do_not_count_pages_stay(numbers: list[str]) -> None:
    assert untouched("\n".join(f"R: Hvor mange?\n{number}" for number in numbers))


# -- front matter ---------------------------------------------------------------------------------------


FRONT = "---\ntitle: Interview 4\nauthor: Ida\ntags:\n  - bog\n# ikke offentligt\n---\n"


def test_front_matter_of_a_markdown_file_is_taken_out() -> None:
    document = taken(f"{FRONT}I: Ja?\nR: Nej.\n", "md")
    assert document.text == "I: Ja?\nR: Nej.\n"
    assert document.furniture == (Furniture("front matter", FRONT, at=0),)


@pytest.mark.parametrize(
    "text",
    [
        "---\nI: Ja?\nR: Nej.\n---\nI: Tak.\n",
        "---\nHer er en tekst uden nøgler.\n---\nI: Tak.\n",
        "---\ntitle: Interview 4\nI: Tak.\n",
        f"Titel\n{FRONT}",
    ],
)
def test_talk_between_two_rules_is_no_front_matter(text: str) -> None:
    assert untouched(text, "md")


def test_a_text_file_has_no_front_matter() -> None:
    assert untouched(FRONT, "txt")


# -- laws ---------------------------------------------------------------------------------------------------


def test_furniture_stays_where_a_person_wants_it_so() -> None:
    data = "\n".join(f"{n} {line}" for n, line in enumerate(TALK, 1)).encode()
    kept = read_file(Path("a.txt"), data, settings=Settings(keep_furniture=True), language="da")
    assert kept.document.text.encode() == data
    assert read_file(Path("a.txt"), data, language="da").document.text == "\n".join(TALK)


def test_turns_that_the_format_tells_leave_the_text_as_it_is() -> None:
    text = "\n".join(f"{n} {line}" for n, line in enumerate(TALK, 1))
    document = Document(text, "csv", "utf-8", turns=(TurnSpan(0, 0, len(text), None),))
    assert take_out(document) is document


line = st.sampled_from(
    [*TALK, "", "  ", "3", "- 4 -", "Side 2 af 9", "Interview", "1984 var godt", "12\t", "\f", "---", "title: a"]
)
file = st.lists(line, max_size=60)


@given(file, st.integers(0, 3), st.sampled_from(["txt", "md"]), st.lists(st.integers(0, 400), max_size=4), st.data())
def test_furniture_put_back_is_the_text_as_it_was(
    lines: list[str], numbered: int, file_format: str, places: list[int], data: st.DataObject
) -> None:
    """Whatever a reader had taken out before."""
    numbers = [f"{n} " if numbered and n % (5 if numbered == 2 else 1) == 0 else "" for n in range(1, len(lines) + 1)]
    text = "\n".join(number + words for number, words in zip(numbers, lines, strict=True))
    furniture = [Furniture("note", f"<{at}>", at=at) for at in sorted(min(place, len(text)) for place in places)]
    before = Document(text, file_format, "utf-8", furniture=(Furniture("header", "løs"), *furniture))
    after = take_out(before)
    assert whole_text(after) == whole_text(before)
    assert [piece for piece in after.furniture if piece.text == "løs"] == [before.furniture[0]]
    places_now = [piece.at for piece in after.furniture if piece.at is not None]
    assert places_now == sorted(places_now)
    assert take_out(Document(after.text, "txt", "utf-8")).text.split() or not after.text.split()


@given(st.integers(0, 9), st.integers(10, 60), st.integers(1, 400), st.sampled_from([" ", "\t", "  "]))
def test_numbers_of_lines_are_all_that_is_taken_out_of_talk(start: int, length: int, first: int, gap: str) -> None:
    lines = (TALK * 8)[start : start + length]
    document = taken("\n".join(f"{n}{gap}{words}" for n, words in enumerate(lines, first)))
    assert document.text == "\n".join(lines)


def test_a_long_file_is_read_through_once_and_no_more(tmp_path: Path) -> None:
    text = "\n".join(["12", "R: " + "ja " * 40, "7 af os"] * 20_000)
    assert read_document(tmp_path / "a.txt", text.encode()).text == taken(text).text
