"""Every command that reads, by what it says about the demo study."""

from __future__ import annotations

import csv
from dataclasses import fields
from pathlib import Path

import pytest
from command_line import call
from openpyxl import load_workbook

import cmo
from cmo.records import Quote
from transcripts.records import Source

READING = {
    "sources": ["sources"],
    "cases": ["cases"],
    "theory": ["theory"],
    "speakers": ["speakers"],
    "codes": ["codes"],
    "info": ["info"],
    "log": ["log"],
    "check": ["check"],
    "matrix": ["matrix"],
    "quotes": ["quotes"],
    "audit": ["audit"],
    "show": ["show", "nordkoel_manager"],
}


def with_study(arguments: list[str], study: Path) -> list[str | Path]:
    return [arguments[0], study, *arguments[1:]]


@pytest.mark.parametrize("arguments", READING.values(), ids=READING)
def test_json_is_one_document_and_nothing_else_is_on_stdout(arguments: list[str], demo_file: Path) -> None:
    answer = call(*with_study(arguments, demo_file), "--json")
    assert answer.code == 0, answer.err
    assert isinstance(answer.json, list | dict)
    assert answer.err == ""


@pytest.mark.parametrize("arguments", READING.values(), ids=READING)
def test_reading_changes_nothing_in_the_study_and_leaves_no_file_beside_it(arguments: list[str], demo: Path) -> None:
    before = demo.read_bytes()
    assert call(*with_study(arguments, demo)).code == 0
    assert demo.read_bytes() == before
    assert list(demo.parent.iterdir()) == [demo]


def test_sources_as_json_have_the_fields_of_the_record_and_their_case_in_words(demo_file: Path) -> None:
    found = call("sources", demo_file, "--json").json
    assert len(found) == 14
    assert set(found[0]) == {field.name for field in fields(Source)} | {"case"}
    by_name = {source["name"]: source for source in found}
    assert by_name["nordkoel_manager"]["case"] == "Nordkøl"
    assert by_name["nordkoel_manager"]["role"] == "Manager"
    assert by_name["facilitator"]["case"] is None
    with cmo.open_study(demo_file) as study:
        assert {s["name"]: s["codings"] for s in found} == {s.name: len(study.codings(s.id)) for s in study.sources()}


def test_danish_letters_are_printed_as_they_are(demo_file: Path) -> None:
    assert "Nordkøl" in call("sources", demo_file).out
    assert "Nordkøl" in call("sources", demo_file, "--json").out


def test_a_case_without_a_source_is_shown_as_such(demo_file: Path) -> None:
    lines = call("cases", demo_file, COLUMNS="160").out.splitlines()
    assert next(line for line in lines if "(no source)" in line).startswith("Havnekøkken")
    assert {case["name"]: case["sources"] for case in call("cases", demo_file, "--json").json}["Havnekøkkenet"] == []


def test_an_element_that_a_point_lacks_is_said_to_be_none(demo_file: Path) -> None:
    points = {point["label"]: point for point in call("theory", demo_file, "--json").json["points"]}
    assert points["#8"]["wording"]["C"] == ""
    assert "(none)" in call("theory", demo_file).out


def test_the_matrix_counts_what_the_study_counts(demo_file: Path) -> None:
    found = call("matrix", demo_file, "--rows", "role", "--columns", "attribute:sector", "--json").json
    with cmo.open_study(demo_file) as study:
        table = study.matrix("role", "attribute:sector")
    assert (tuple(found["rows"]), tuple(found["columns"])) == (table.rows, table.columns)
    told = {(cell["row"], cell["column"]): cell["total"]["excerpts"] for cell in found["cells"]}
    assert told == {place: cell.total.excerpts for place, cell in table.cells.items()}
    assert found["grand_total"]["total"]["excerpts"] == table.grand_total.total.excerpts > 0


def test_the_matrix_as_a_table_keeps_stances_apart(demo_file: Path) -> None:
    with cmo.open_study(demo_file) as study:
        cell = study.matrix().cell("#2", "Fjordskolen")
    assert cell.excerpts("refutes") and cell.excerpts("supports")
    lines = call("matrix", demo_file, "--where", "case=Fjordskolen", "--where", "point=2").out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("#2"))
    assert str(cell.total.excerpts) in lines[at].split()
    assert f"{cell.excerpts('supports')}+ {cell.excerpts('refutes')}−" in lines[at + 1]


def test_what_is_counted_can_be_chosen(demo_file: Path) -> None:
    with cmo.open_study(demo_file) as study:
        total = study.matrix().grand_total.total
    assert total.sources != total.excerpts
    last = next(line for line in call("matrix", demo_file, "--count", "sources").out.splitlines() if line[:3] == "all")
    assert last.split()[-1] == str(total.sources)


def test_points_bear_their_gist_where_there_is_room_for_it(demo_file: Path) -> None:
    assert "Small nuisances" in call("matrix", demo_file, COLUMNS="160").words
    assert "Small nuisances" not in call("matrix", demo_file, COLUMNS="80").words


def test_quotes_of_a_point_and_a_stance_are_those_of_the_study(demo_file: Path) -> None:
    found = call("quotes", demo_file, "--point", "7", "--stance", "refutes", "--json").json
    with cmo.open_study(demo_file) as study:
        expected = study.quotes(point="#7", stance="refutes")
    assert [quote["coding_id"] for quote in found] == [quote.coding_id for quote in expected] != []
    assert set(found[0]) == {field.name for field in fields(Quote)}


def test_an_empty_value_asks_for_evidence_that_has_none(demo_file: Path) -> None:
    found = call("quotes", demo_file, "--where", "case=", "--json").json
    assert found and {quote["case"] for quote in found} == {None}


def test_every_quote_equals_its_slice_of_the_source(demo_file: Path) -> None:
    quotes = call("quotes", demo_file, "--source", "nordkoel_temp_worker", "--json").json
    text = call("show", demo_file, "nordkoel_temp_worker", "--json").json["text"]
    assert quotes
    assert all(text[quote["start"] : quote["end"]] == quote["quote"] for quote in quotes)


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_a_quote_is_never_cut_however_narrow_the_page(columns: str, demo_file: Path) -> None:
    said = call("quotes", demo_file, COLUMNS=columns).words
    with cmo.open_study(demo_file) as study:
        quotes = study.quotes()
    assert all(" ".join(quote.quote.split()) in said for quote in quotes)


def test_show_tells_when_a_turn_begins_where_the_file_does(tmp_path: Path) -> None:
    (tmp_path / "timed.md").write_text(
        "**Ida** [0:10]\nYes.\n\n**Bo** [1:02:05]\nNo.\n\n**Ida** [1:03:00]\nSo.\n", encoding="utf-8"
    )
    with cmo.new_study(tmp_path / "s.cmo", language="en") as study:
        study.import_files([tmp_path / "timed.md"])
    lines = [line.split() for line in call("show", tmp_path / "s.cmo", "timed").out.splitlines()]
    assert ["1", "0:10", "Ida", "Yes."] in lines
    assert ["2", "1:02:05", "Bo", "No."] in lines
    turns = call("show", tmp_path / "s.cmo", "timed", "--json").json["turns"]
    assert [turn["begins_at"] for turn in turns] == [10_000, 3_725_000, 3_780_000]


def test_show_tells_speakers_with_long_labels_from_each_other(tmp_path: Path) -> None:
    long = "Consultant in anaesthetics, day"
    labels = ("Nurse 1, north ward", "Nurse 2, north ward", f"{long} 1", f"{long} 2")
    rows = "\n".join(f"{label};We said so." for label in labels)
    (tmp_path / "a.csv").write_text(f"speaker;text\n{rows}\n", encoding="utf-8")
    with cmo.new_study(tmp_path / "s.cmo", language="en") as study:
        study.import_files([tmp_path / "a.csv"])
    lines = call("show", tmp_path / "s.cmo", "a").out.splitlines()
    told = [line[5:].partition(" We said")[0].strip() for line in lines if "We said" in line]
    assert told == [*labels[:2], "Consultant in a…s, day 1", "Consultant in a…s, day 2"]


def test_show_numbers_the_turns_and_names_the_codings_in_the_margin(demo_file: Path) -> None:
    lines = call("show", demo_file, "nordkoel_manager", COLUMNS="120").out.splitlines()
    with cmo.open_study(demo_file) as study:
        transcript, codings = study.transcript("nordkoel_manager"), study.codings("nordkoel_manager")
    numbers = [int(line[:4]) for line in lines[3:] if line[:4].strip().isdigit()]
    assert numbers == [turn.number for turn in transcript.turns]
    on_point = next(coding for coding in codings if coding.point == "#1" and coding.element == "C")
    beginning = on_point.quote[:25]
    assert any(beginning in line and "┃" in line and "#1 context supports" in line for line in lines)


def test_show_prints_every_word_of_the_source(demo_file: Path) -> None:
    with cmo.open_study(demo_file) as study:
        transcript = study.transcript("b4_amr")
    said = call("show", demo_file, "b4_amr").words
    speech = [transcript.text[turn.speech_start : turn.end] for turn in transcript.turns]
    assert all(" ".join(words.split()[:6]) in said for words in speech)


def test_the_audit_lists_every_quote_and_what_is_missing(demo_file: Path) -> None:
    answer = call("audit", demo_file)
    with cmo.open_study(demo_file) as study:
        audit = study.audit()
    assert all(" ".join(q.quote.split()) in answer.words for point in audit.points for q in point.quotes)
    assert all(" ".join(finding.message.split()) in answer.words for finding in audit.findings)
    gaps = call("audit", demo_file, "--gaps").words
    assert audit.findings[0].message in gaps
    assert audit.points[1].quotes[0].quote not in gaps


def test_the_log_is_newest_first_and_can_be_cut_short(demo_file: Path) -> None:
    entries = call("log", demo_file, "--json").json
    assert [entry["seq"] for entry in entries] == list(range(len(entries), 0, -1))
    assert call("log", demo_file, "--limit", "2", "--json").json == entries[:2]
    assert "import 135 codings" in call("log", demo_file).words


def test_a_sound_study_is_said_to_be_sound(demo_file: Path) -> None:
    answer = call("check", demo_file)
    assert (answer.code, answer.out) == (0, "The study is sound: nothing was found.\n")


def test_the_workbook_has_a_row_for_each_row_of_evidence(demo_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "evidence.xlsx"
    assert call("export", demo_file, out).code == 0
    with cmo.open_study(demo_file) as study:
        quotes = [quote.quote for quote in study.quotes()]
    workbook = load_workbook(out, read_only=True)
    told = [row for row in workbook["Quotes"].iter_rows(values_only=True) if any(row)]
    workbook.close()
    assert len(told) - 1 == len(quotes)


def test_the_table_of_quotes_has_every_quote_in_full(demo_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "quotes.csv"
    assert call("export", demo_file, out).code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with cmo.open_study(demo_file) as study:
        assert sorted(row["quote"] for row in rows) == sorted(quote.quote for quote in study.quotes())


def test_names_from_a_study_cannot_steer_the_terminal_and_are_no_markup(demo: Path) -> None:
    call("codes", demo, "--new", "Odd \x1b[31m[bold]code[/bold]")
    for command in ("codes", "log"):
        said = call(command, demo).out
        assert "\x1b" not in said
        assert "[bold]code[/bold]" in said
