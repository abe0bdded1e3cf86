"""Tables as transcripts: which columns are what, and every word of speech where it was said."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from builders import new_study, table
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from store.errors import BadFile, InputError
from transcripts.readers import Document, is_readable, read_document
from transcripts.readers.turn_table import is_transcript_table
from transcripts.text import normalise

TALK = [
    ["Nr", "Tid", "Taler", "Tekst", "Note"],
    ["1", "00:00:01", "I", "Hvad skete der?", ""],
    ["2", "00:00:04", "R:", "Det gik godt.\nVi var glade.", "griner"],
    ["", "", "", "Rigtig glade.", ""],
    ["3", "senere", "I", "Tak.", ""],
]
SURVEY = [
    ["ID", "Alder", "Hvad virkede godt?", "Hvor tilfreds er du med det hele?", "Uddyb gerne"],
    ["12", "45", "At vi fik lov at prøve det af i ro og mag.", "Meget tilfreds", "Vi manglede tid til at tale sammen."],
    ["13", "30", "Ikke noget, for vi kendte det hele i forvejen.", "Tilfreds", ""],
    ["Bo", "31", "", "Meget tilfreds", ""],
]

LONG = "Når lederen går foran, bliver det tilladt for alle at gå med."


def read(rows: Sequence[Sequence[Any]], folder: Path, name: str = "svar.csv") -> Document:
    path = table(folder / name, rows)
    return read_document(path, path.read_bytes())


def said(document: Document) -> list[tuple[str | None, str]]:
    return [(turn.label, document.text[turn.speech_start : turn.end]) for turn in document.turns or ()]


def times(document: Document) -> list[tuple[int | None, int | None]]:
    return [(turn.begins_at, turn.ends_at) for turn in document.turns or ()]


def messages(document: Document) -> dict[str, str]:
    return {finding.code: str(finding) for finding in document.findings}


def clear(rows: Sequence[Sequence[Any]], folder: Path, name: str = "svar.csv") -> bool:
    path = table(folder / name, rows)
    return is_transcript_table(path, path.read_bytes())


# -- one row a turn -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["samtale.csv", "samtale.xlsx"])
def test_each_row_is_a_turn_with_its_speaker_and_time(tmp_path: Path, name: str) -> None:
    document = read(TALK, tmp_path, name)
    assert said(document) == [
        ("I", "Hvad skete der?"),
        ("R", "Det gik godt.\nVi var glade.\nRigtig glade."),
        ("I", "Tak."),
    ]
    assert times(document) == [(1000, None), (4000, None), (None, None)]
    assert document.text == "I: Hvad skete der?\nR: Det gik godt.\nVi var glade.\nRigtig glade.\nI: Tak.\n"
    assert (document.style, document.format) == ("rows of turns", name.partition(".")[2])


def test_what_each_column_was_taken_for_is_told_and_the_others_are_kept(tmp_path: Path) -> None:
    document = read(TALK, tmp_path)
    found = messages(document)
    assert "speaker in 'Taler', words in 'Tekst', beginning in 'Tid'" in found["table-columns"]
    assert "kept apart from the talk: 'Nr', 'Note'" in found["table-columns"]
    assert found["time-not-read"].startswith("row 5: ")
    assert found["speaker-missing"].startswith("row 4: ")
    assert [(piece.kind, piece.text, piece.at) for piece in document.furniture] == [
        ("note", "Nr: 1\n", 0),
        ("note", "Nr: 2; Note: griner\n", 19),
        ("note", "Nr: 3\n", 64),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ["Speaker", "Start Time", "End Time", "Text"],
        ["speaker_label", "start", "end", "Transcript"],
        ["Sprecherin", "Von", "Bis", "Äußerung"],
        ["Talare", "Från", "Till", "Yttrande"],
        ["Hvem taler?", "Starttid", "Sluttid", "Ytring"],
        ["Name", "In", "Out", "Content"],
    ],
)
def test_headings_are_known_in_five_languages(tmp_path: Path, headings: list[str]) -> None:
    document = read([["Interview 4"], headings, ["A", "0:01", "0:03", "Hej"], ["B", "0:03", "0:04", "Ja"]], tmp_path)
    assert said(document) == [("A", "Hej"), ("B", "Ja")]
    assert times(document) == [(1000, 3000), (3000, 4000)]


@pytest.mark.parametrize(
    ("heading", "cells", "begins_at"),
    [
        ("start", ["0", "2500", "9000"], [0, 2500, 9000]),
        ("start", ["0", "2.5", "9.0"], [0, 2500, 9000]),
        ("start", ["0", "3", "9"], [0, 3000, 9000]),
        ("start_ms", ["0", "3", "9"], [0, 3, 9]),
        ("start", ["[00:00]", "(0:02,5)", "#00:00:09-0#"], [0, 2500, 9000]),
        ("start", ["00:00 - 00:02", "00:02–00:05", "00:09 --> 00:10"], [0, 2000, 9000]),
    ],
)
def test_times_are_read_in_the_unit_in_which_people_talk(
    tmp_path: Path, heading: str, cells: list[str], begins_at: list[int | None]
) -> None:
    words = ["Det var en lang dag", "og vi gik hjem", "til sidst."]
    rows = [["speaker", heading, "text"], *(["A", cell, word] for cell, word in zip(cells, words, strict=True))]
    assert [begins for begins, _ in times(read(rows, tmp_path))] == begins_at


def test_minutes_that_a_spreadsheet_took_for_hours_are_read_as_minutes_and_told(tmp_path: Path) -> None:
    rows = [
        ["Taler", "Tid", "Tekst"],
        ["A", time(0, 1), "Hej med dig"],
        ["B", time(0, 5), "Ja"],
        ["A", time(1, 2), "Nå"],
    ]
    document = read(rows, tmp_path, "a.xlsx")
    assert times(document) == [(1000, None), (5000, None), (62_000, None)]
    assert "time-doubtful" in messages(document)


def test_a_time_of_more_digits_than_any_clock_has_is_told_and_the_words_are_kept(tmp_path: Path) -> None:
    talk = [["speaker", "time", "text"], ["A", "9" * 6000 + ":01", "Hej"], ["B", "00:04", "Ja"], ["A", "00:09", "Nå"]]
    document = read(talk, tmp_path)
    assert said(document) == [("A", "Hej"), ("B", "Ja"), ("A", "Nå")]
    assert times(document)[0] == (None, None)
    assert "time-not-read" in messages(document)


def test_rows_without_speakers_are_joined_to_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "whisper.tsv"
    path.write_text(
        "start\tend\ttext\n0\t2500\tHej med dig og\n2500\t4000\tvelkommen.\n9000\t9500\tTak.\n", encoding="utf-8"
    )
    document = read_document(path, path.read_bytes())
    assert said(document) == [(None, "Hej med dig og velkommen."), (None, "Tak.")]
    assert times(document) == [(0, 4000), (9000, 9500)]


def test_labels_and_words_need_no_headings(tmp_path: Path) -> None:
    rows = [["I", "Hvad skete der så?"], ["R", "Det gik godt."], ["I", "Tak for det."], ["R", "Selv tak."]]
    assert said(read(rows, tmp_path)) == [(label, words) for label, words in rows]


# -- one row a respondent -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["svar.csv", "svar.xlsx"])
def test_each_answer_is_a_turn_of_its_respondent_below_its_question(tmp_path: Path, name: str) -> None:
    document = read(SURVEY, tmp_path, name)
    assert said(document) == [
        ("Q", "Hvad virkede godt?"),
        ("Respondent 12", "At vi fik lov at prøve det af i ro og mag."),
        ("Q", "Uddyb gerne"),
        ("Respondent 12", "Vi manglede tid til at tale sammen."),
        ("Q", "Hvad virkede godt?"),
        ("Respondent 13", "Ikke noget, for vi kendte det hele i forvejen."),
    ]
    assert [piece.text for piece in document.furniture] == [
        "Alder: 45; Hvor tilfreds er du med det hele?: Meget tilfreds\n",
        "Alder: 30; Hvor tilfreds er du med det hele?: Tilfreds\n",
        "Alder: 31; Hvor tilfreds er du med det hele?: Meget tilfreds\n",
    ]
    told = messages(document)["table-columns"]
    assert "named by 'ID'; open questions: 'Hvad virkede godt?', 'Uddyb gerne'; without any answer: 1" in told


def test_respondents_without_a_name_are_numbered(tmp_path: Path) -> None:
    document = read([row[2:] for row in SURVEY], tmp_path)
    assert {label for label, _ in said(document)} == {"Q", "Respondent 1", "Respondent 2"}
    assert "respondent, numbered;" in messages(document)["table-columns"]


def test_a_respondent_in_two_rows_is_told(tmp_path: Path) -> None:
    document = read([*SURVEY, SURVEY[1]], tmp_path)
    assert messages(document)["respondent-twice"].startswith("respondent 'Respondent 12': ")


def test_one_question_may_stand_in_several_columns(tmp_path: Path) -> None:
    rows = [
        ["Nr", "Uddyb", "Uddyb"],
        ["1", "Fordi det gik for stærkt for os alle sammen.", "Fordi ingen spurgte os om det først."],
    ]
    assert [speech for label, speech in said(read(rows, tmp_path)) if label != "Q"] == rows[1][1:]


def test_respondents_are_participants_with_the_role_and_the_case_that_columns_say(tmp_path: Path) -> None:
    long = "Vi fik lov at prøve det af i ro og mag, og det hjalp os."
    rows = [
        ["Navn", "Rolle", "Sted, du arbejder", "Hvad virkede godt?"],
        ["Bo", "Leder", "Værftet", f"{long} Helt sikkert."],
        ["12", "Medarbejder", "Skolen", f"{long} Måske."],
        ["Ida", "", "Skolen", f"{long} Ja."],
    ]
    with new_study(tmp_path) as study:
        study.import_cases(table(tmp_path / "cases.csv", [["case", "by"], ["Værftet", "Ro"], ["Skolen", "Vig"]]))
        path = table(tmp_path / "svar.xlsx", rows)
        (preview,) = study.preview([path]).files
        assert {(one.label, one.meaning.participant, one.meaning.role) for one in preview.speakers[1:]} == {
            ("Bo", "Bo", "Leder"),
            ("Respondent 12", "svar: Respondent 12", "Medarbejder"),
            ("Ida", "Ida", None),
        }
        study.import_files([path])
        assert study.source("svar").kind == preview.binding.kind == "document"
        assert [(one.label, one.participant, one.role, one.asks) for one in study.speakers()] == [
            ("Q", None, None, True),
            ("Bo", "Bo", "Leder", False),
            ("Respondent 12", "svar: Respondent 12", "Medarbejder", False),
            ("Ida", "Ida", None, False),
        ]
        study.new_code("Ro")
        for turn in study.transcript("svar").turns[1::2]:
            study.code("svar", turn.speech_start, turn.end, "Ro")
        assert [(quote.participant, quote.case) for quote in study.quotes()] == [
            ("Bo", "Værftet"),
            ("svar: Respondent 12", "Skolen"),
            ("Ida", "Skolen"),
        ]
        assert study.check() == []


def test_a_case_that_the_study_does_not_have_is_told_and_what_is_known_of_a_person_stays(tmp_path: Path) -> None:
    long = "Vi fik lov at prøve det af i ro og mag, og det hjalp os."
    rows = [["Navn", "Rolle", "Case", "Hvad virkede godt?"], ["Bo", "Kok", "Kroen", long]]
    with new_study(tmp_path) as study:
        study.import_cases(table(tmp_path / "cases.csv", [["case", "by"], ["Værftet", "Ro"]]))
        (tmp_path / "a.txt").write_text("Bo: Hej.\nBo: Igen.\n", encoding="utf-8")
        study.import_files([tmp_path / "a.txt"])
        study.set_speaker("Bo", participant="Bo", role="Leder", case="Værftet")
        report = study.import_files([table(tmp_path / "svar.csv", rows)])
        assert "unknown-case" in [finding.code for finding in report.findings]
        assert [one.name for one in study.cases()] == ["Værftet"]
        assert {one.role for one in study.speakers() if one.participant == "Bo"} == {"Leder"}
        with study.file.read() as conn:
            assert conn.exec_driver_sql("SELECT name FROM roles").all() == [("Leder",)]


# -- tables that are no transcripts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["file", "kind", "case", "text"],
            ["a.txt", "interview", "Skolen", LONG],
        ],
        [["Case", "Sektor"], ["Skolen", "Offentlig"]],
        [
            ["nr", "kontekst", "mekanisme", "udfald"],
            ["#1", LONG, LONG, LONG],
        ],
        [
            ["citat", "kode", "hvorfor?"],
            [LONG, "M", LONG],
        ],
        [["a"], ["1"]],
        [["Tekst"]],
    ],
)
def test_a_table_about_something_else_is_refused_with_what_was_expected(tmp_path: Path, rows: list[list[str]]) -> None:
    with pytest.raises(BadFile, match=r"svar\.csv: this table holds neither .*'speaker' and one 'text'"):
        read(rows, tmp_path)
    assert not clear(rows, tmp_path)


def test_a_folder_gives_only_tables_that_are_clearly_transcripts(tmp_path: Path) -> None:
    assert not any(is_readable(Path(name)) for name in ("a.csv", "a.tsv", "a.xlsx"))
    assert clear(TALK, tmp_path)
    assert clear(SURVEY, tmp_path, "svar.xlsx")
    assert not clear([["Skole", "Beskrivelse"], ["A", "En skole med mange elever og en ny leder fra maj."]], tmp_path)
    assert not clear([["I", "Hvad skete der så?"], ["R", "Det gik godt."]], tmp_path)
    assert not is_transcript_table(Path("a.xlsx"), b"PK\x03\x04")


def test_a_table_becomes_a_source_when_it_is_named(tmp_path: Path) -> None:
    with new_study(tmp_path) as study:
        report = study.import_files([table(tmp_path / "samtale.xlsx", TALK)])
        assert [(source.name, source.turns) for source in report.imported] == [("samtale", 3)]
        assert {speaker.label for speaker in study.speakers()} == {"I", "R"}


# -- hostile tables -----------------------------------------------------------------------------------------


def rewritten(sheet: str) -> bytes:
    """A workbook whose one sheet is this XML."""
    stream = BytesIO()
    Workbook().save(stream)
    source, target = zipfile.ZipFile(stream), BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return target.getvalue()


def sheet_xml(rows: str) -> str:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    claim = '<dimension ref="A1:XFD1048576"/>'
    return f'<worksheet xmlns="{namespace}">{claim}<sheetData>{rows}</sheetData></worksheet>'


def cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def test_a_sheet_that_claims_every_cell_there_can_be_is_read_for_what_it_has() -> None:
    first = f'<row r="1">{cell("A1", "Taler")}{cell("B1", "Tekst")}</row>'
    last = f'<row r="1048576">{cell("A1048576", "I")}{cell("B1048576", "Hej")}</row>'
    assert said(read_document(Path("a.xlsx"), rewritten(sheet_xml(first + last)))) == [("I", "Hej")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("<row/>" * 11_000_000, "unpacks to more than"),
        ("".join(f'<row r="{n}">{cell(f"XFD{n}", "x")}</row>' for n in range(1, 700)), "more than 10,000,000 cells"),
        ('<row r="9999999"><c><v>1</v></c></row>', "more than 1,048,576 rows"),
        (f"<row>{cell('AAAA1', 'x')}</row>", "cells where Excel has none"),
    ],
)
def test_a_sheet_beyond_what_people_make_is_refused_in_words(rows: str, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read_document(Path("a.xlsx"), rewritten(sheet_xml(rows)))


def test_delimited_text_beyond_what_people_make_is_refused_in_words() -> None:
    with pytest.raises(BadFile, match="more than 1,048,576 rows"):
        read_document(Path("a.csv"), b"Taler;Tekst\n" + b"I;x\n" * 1_100_000)
    with pytest.raises(BadFile, match="more than 16,384 columns"):
        read_document(Path("a.csv"), b"Taler;Tekst\n" + b";" * 5_000_000)
    with pytest.raises(InputError, match="not text"):
        read_document(Path("a.csv"), b"Taler;Tekst\nI;\0\n")
    with pytest.raises(InputError, match="quotation mark"):
        read_document(Path("a.csv"), b'Taler;Tekst\nI;"aldrig lukket\n')


# -- no word is lost ----------------------------------------------------------------------------------------

CELLS = st.text("abæøåé😀é́ .,:;\"'\t?!-=+@\n1", min_size=1, max_size=40).filter(lambda text: bool(text.strip()))


@given(
    rows=st.lists(st.tuples(st.sampled_from(["I", "R1", "Anne Marie"]), CELLS), min_size=1, max_size=8),
    name=st.sampled_from(["a.csv", "a.tsv", "a.xlsx"]),
)
def test_every_cell_of_speech_is_a_turn_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], name: str
) -> None:
    folder = tmp_path_factory.mktemp("t")
    document = read([["Taler", "Tekst"], *rows], folder, name)
    assert said(document) == [(label, normalise(words).strip()) for label, words in rows]
    assert document.text == "".join(f"{label}: {normalise(words).strip()}\n" for label, words in rows)
