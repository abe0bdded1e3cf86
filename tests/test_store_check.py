"""The store's check finds what was done to a file behind the journal's back, and names the place."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import TEXT, add_code, add_source, coded_study, findings, found, new_study

from store import schema
from store.check import SHOWN_OF_A_KIND, check_store
from store.study_file import StudyFile


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "støj.cmo"
    coded_study(path).close()
    return path


@pytest.fixture
def study(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "støj.cmo"))


def tamper(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Change a study as a program that knows nothing of journals and foreign keys would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            done = connection.execute(statement, values)
            assert done.rowcount != 0, f"changed nothing: {statement}"


def test_a_study_that_nobody_tampered_with_has_no_findings(study: Path) -> None:
    assert findings(study) == []


def test_a_new_study_has_no_findings(tmp_path: Path) -> None:
    new_study(tmp_path / "new.cmo").close()
    assert findings(tmp_path / "new.cmo") == []


ROWS = [
    ("UPDATE excerpts SET quote = 'Vi fik fred' WHERE id = 1", "row-changed", "excerpt 1"),
    ("UPDATE excerpts SET turn_id = 2 WHERE id = 1", "row-changed", "excerpt 1"),
    ("UPDATE excerpts SET start = start + 1 WHERE id = 2", "row-changed", "excerpt 2"),
    ("UPDATE memos SET body = 'svagt' WHERE id = 1", "row-changed", "memo 1"),
    ("UPDATE memos SET coding_id = NULL WHERE id = 1", "row-changed", "memo 1"),
    ("UPDATE codings SET coder_id = 2 WHERE id = 1", "row-changed", "coding 1"),
    ("UPDATE codes SET uuid = 'x' WHERE id = 2", "row-changed", "code 2"),
    ("UPDATE turns SET speech_start = 42 WHERE id = 2", "row-changed", "turn 2"),
    ("UPDATE source_versions SET is_current = 0", "row-changed", "source version 1"),
    ("UPDATE studies SET name = 'ro'", "row-changed", "study 1"),
    ("DELETE FROM codings WHERE id = 2", "row-missing", "coding 2"),
    ("DELETE FROM memos", "row-missing", "memo 1"),
    ("INSERT INTO codes VALUES (9, 'u', 'sneget ind', '', NULL, NULL, NULL, 9)", "row-unexplained", "code 9"),
    ("INSERT INTO codes VALUES (3, 'u', 'fortrudt', '', NULL, NULL, NULL, 1)", "row-unexplained", "code 3"),
    ("INSERT INTO codings VALUES (3, 'u', 1, 2, 2, '2026', NULL, 0)", "row-unexplained", "coding 3"),
    ("INSERT INTO theories VALUES (1, 'u', 'PT', 1, '{}')", "row-unexplained", "theory 1"),
]


@pytest.mark.parametrize(("statement", "code", "where"), ROWS)
def test_a_row_changed_behind_the_journals_back_is_named(study: Path, statement: str, code: str, where: str) -> None:
    tamper(study, statement)
    assert (code, where) in found(study)


def test_the_finding_says_which_act_and_which_columns(study: Path) -> None:
    tamper(study, "UPDATE memos SET body = 'svagt', changed_at = '2020' WHERE id = 1")
    assert [str(finding) for finding in findings(study)] == [
        "memo 1: is not as act 8 left it: body [row-changed]",
        "memo 1: is not as act 7 left it: changed_at [row-changed]",
    ]


JOURNAL = [
    ("UPDATE journal SET summary = 'andet' WHERE seq = 5", {("journal-entry", "journal 5")}),
    ("UPDATE journal SET coder = 'EF' WHERE seq = 4", {("journal-entry", "journal 4")}),
    ("UPDATE journal SET batch = 'b' WHERE seq = 4", {("journal-entry", "journal 4")}),
    ("UPDATE journal SET at = '2020' WHERE seq = 1", {("journal-entry", "journal 1")}),
    (
        "UPDATE journal SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 3",
        {("journal-entry", "journal 3"), ("journal-chain", "journal 4")},
    ),
    (
        "UPDATE journal SET seq = 20 WHERE seq = 11",
        {("journal-gap", "journal 20"), ("journal-entry", "journal 20")},
    ),
]


@pytest.mark.parametrize(("statement", "expected"), JOURNAL)
def test_a_changed_entry_is_named(study: Path, statement: str, expected: set[tuple[str, str]]) -> None:
    tamper(study, statement)
    assert expected <= found(study)


def payloads(path: Path, seq: int) -> list[bytes]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT payload FROM journal_parts WHERE seq = ?", (seq,))]


@pytest.mark.parametrize("place", [0, 2, 30, -1])
def test_a_flipped_byte_in_what_an_act_did_is_named(study: Path, place: int) -> None:
    payload = bytearray(payloads(study, 4)[0])
    payload[place] ^= 1
    tamper(study, "UPDATE journal_parts SET payload = ? WHERE seq = 4", values=(bytes(payload),))
    assert ("journal-entry", "journal 4") in found(study)


@pytest.mark.parametrize(
    "words",
    [
        "[]",
        "{}",
        "7",
        '["insert"]',
        '[["insert","codings",["id"],[["x"]],[]]]',
        '[["insert","codings",["id"],[[null]],[]]]',
        '[["insert","codings",["id","nix"],[[1,2]],[]]]',
        '[["insert","nix",["id"],[[1]],[]]]',
        '[["insert","codings",["id"],[[99999999999999999999]],[]]]',
        '[["insert","codings",["id"],[[]],[]]]',
        '[["delete","codings",["id"],7,[]]]',
    ],
)
def test_nonsense_in_the_journal_is_a_finding_and_never_a_crash(study: Path, words: str) -> None:
    tamper(study, "UPDATE journal_parts SET payload = ? WHERE seq = 4", values=(zlib.compress(words.encode()),))
    assert ("journal-entry", "journal 4") in found(study)


def test_what_an_act_did_cannot_be_rewritten_consistently_in_the_payload_alone(study: Path) -> None:
    plain = json.loads(zlib.decompress(payloads(study, 8)[0]))
    plain[0][3][0][1] = "svagt"
    values = (zlib.compress(json.dumps(plain).encode()),)
    tamper(study, "UPDATE journal_parts SET payload = ? WHERE seq = 8", values=values)
    assert {("journal-entry", "journal 8"), ("row-changed", "memo 1")} <= found(study)


def test_a_middle_entry_that_was_deleted_is_missed(study: Path) -> None:
    tamper(study, "DELETE FROM journal_parts WHERE seq = 5", "DELETE FROM journal WHERE seq = 5")
    assert found(study) >= {
        ("journal-gap", "journal 6"),
        ("journal-chain", "journal 6"),
        ("row-unexplained", "excerpt 2"),
        ("row-unexplained", "coding 2"),
        ("row-unexplained", "coder 2"),
    }


def test_parts_without_their_entry_are_found(study: Path) -> None:
    tamper(study, "DELETE FROM journal WHERE seq = 5")
    codes = {finding.code for finding in findings(study)}
    assert {"journal-gap", "foreign-key"} <= codes


def test_the_last_act_deleted_from_the_journal_leaves_rows_that_nobody_made(tmp_path: Path) -> None:
    path = tmp_path / "støj.cmo"
    with new_study(path) as study, study.act("AB", "new code", "codes") as work:
        add_code(work, "ro")
    tamper(path, "DELETE FROM journal_parts WHERE seq = 2", "DELETE FROM journal WHERE seq = 2")
    assert found(path) == {("row-unexplained", "code 1")}


def test_the_last_undo_deleted_from_the_journal_leaves_rows_missing(study: Path) -> None:
    tamper(study, "DELETE FROM journal WHERE seq = 11")
    assert found(study) == {("row-missing", "code 3")}


def test_an_undo_that_cannot_stand_where_it_stands_is_found(study: Path) -> None:
    tamper(study, "UPDATE journal SET target = 1 WHERE seq = 11")
    assert found(study) >= {("journal-order", "journal 11"), ("journal-entry", "journal 11")}


def test_a_deleted_row_that_is_put_back_is_unexplained(study: Path) -> None:
    values = "3, 'u', 1, 5, 6, 'a', '', '', NULL, NULL, 'ok', NULL"
    tamper(study, f"INSERT INTO excerpts VALUES ({values})")
    assert ("row-unexplained", "excerpt 3") in found(study)


def test_a_changed_text_is_found_with_the_quotes_that_no_longer_hold(study: Path) -> None:
    tamper(study, "UPDATE texts SET body = replace(body, 'Vi fik ro', 'Vi fik uro')")
    assert found(study) == {
        ("text-changed", "text 1"),
        ("version-length", "source version 1"),
        ("quote-mismatch", "excerpt 1"),
        ("quote-mismatch", "excerpt 2"),
    }


def test_a_text_changed_together_with_its_hash_is_found_in_its_version(study: Path) -> None:
    tamper(study, "UPDATE texts SET sha256 = lower(hex(randomblob(32)))")
    assert found(study) == {("text-changed", "text 1"), ("version-text", "source version 1")}


@pytest.mark.parametrize("body", ["CAST('bytes' AS BLOB)", "CAST(x'C3' AS TEXT)"])
def test_a_text_that_is_no_text_any_more_is_found(study: Path, body: str) -> None:
    tamper(study, f"UPDATE texts SET body = {body}")
    codes = {finding.code for finding in findings(study)}
    assert codes & {"text-changed", "file-unreadable"}


def test_a_quote_and_its_context_are_held_against_the_text(tmp_path: Path) -> None:
    """Through the journal's front door, so that the rows themselves are explained."""
    path = tmp_path / "støj.cmo"
    columns = ["version_id", "start", "end", "quote", "before", "after", "anchor"]
    with new_study(path) as study, study.act("AB", "code") as work:
        version_id = add_source(work)
        spans = [
            [3, 7, "Hvad", "I: ", " skete"],
            [3, 8, "Hvad", "", ""],
            [8, 13, "skete", "hvad ", ""],
            [14, 17, "der", "", " da"],
            [110, 118, TEXT[110:], "", ""],
        ]
        work.insert_many(schema.excerpts, columns, [[version_id, *span, "ok"] for span in spans])
    assert found(path) == {
        ("quote-mismatch", "excerpt 2"),
        ("context-mismatch", "excerpt 3"),
        ("context-mismatch", "excerpt 4"),
        ("excerpt-outside", "excerpt 5"),
    }


def test_turns_outside_or_out_of_order_are_found(tmp_path: Path) -> None:
    path = tmp_path / "støj.cmo"
    with new_study(path) as study, study.act("AB", "import") as work:
        add_source(work, "a", turns=[(0, 3, 41), (41, 44, 500)])
        add_source(work, "b", "B" + TEXT, turns=[(41, 44, 90), (0, 3, 41)])
        version_id = add_source(work, "c", "C" + TEXT)
        work.update(schema.source_versions, version_id, turn_count=7)
    assert found(path) == {
        ("turn-outside", "turn 2"),
        ("turn-order", "turn 4"),
        ("turn-count", "source version 3"),
    }


def test_an_excerpt_in_a_turn_of_another_text_is_found(tmp_path: Path) -> None:
    path = tmp_path / "støj.cmo"
    with coded_study(path) as study, study.act("AB", "import") as work:
        add_source(work, "anden", "B" + TEXT)
        work.update(schema.excerpts, 1, turn_id=5)
    assert found(path) == {("excerpt-turn", "excerpt 1")}


def test_a_broken_reference_is_found(study: Path) -> None:
    tamper(study, "UPDATE codings SET code_id = 77 WHERE id = 1")
    assert found(study) == {("foreign-key", "coding 1"), ("row-changed", "coding 1")}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE sequences SET next_id = 2 WHERE table_name = 'codes'", "DELETE FROM sequences WHERE table_name = 'codes'"],
)
def test_a_counter_that_would_give_an_id_twice_is_found(study: Path, statement: str) -> None:
    tamper(study, statement)
    assert found(study) == {("id-counter", "codes")}


def test_the_ids_of_undone_acts_are_taken_too(study: Path) -> None:
    tamper(study, "UPDATE sequences SET next_id = 3 WHERE table_name = 'codes'")
    assert found(study) == {("id-counter", "codes")}


def test_the_mark_and_the_schema_revision_are_checked_in_a_study_that_is_open(study: Path) -> None:
    with StudyFile.open(study) as opened:
        tamper(study, "UPDATE alembic_version SET version_num = '0000'")
        with closing(sqlite3.connect(study)) as connection:
            connection.execute("PRAGMA application_id = 5")
        with opened.read() as conn:
            codes = [finding.code for finding in check_store(conn)]
    assert codes == ["application-id", "schema-revision"]


@pytest.mark.parametrize("name", ["ix_codings_code_id", "codings", "journal", "texts"])
def test_damaged_pages_are_findings(study: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.sqlite.LOOKED_THROUGH_ON_OPENING", 0)
    statement = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    with closing(sqlite3.connect(study)) as connection:
        root = connection.execute(statement, (name,)).fetchone()[0]
    with study.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 200)
    assert {finding.code for finding in findings(study)} & {"file-integrity", "file-unreadable"}


def test_many_findings_of_a_kind_end_in_a_number(tmp_path: Path) -> None:
    path = tmp_path / "støj.cmo"
    with new_study(path) as study, study.act("AB", "new codes") as work:
        work.insert_many(schema.codes, ["name", "definition", "position"], [[f"kode {i}", "", i] for i in range(50)])
    tamper(path, "DELETE FROM codes")
    every = findings(path)
    assert len(every) == SHOWN_OF_A_KIND + 1
    assert every[-1].where == "code"
    assert every[-1].message == "and 30 more like these"


def test_rows_in_several_parts_are_compared_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.work.ROWS_PER_PART", 7)
    path = tmp_path / "støj.cmo"
    with new_study(path) as study:
        with study.act("AB", "new codes") as work:
            ids = work.insert_many(schema.codes, ["name", "definition", "position"], numbered_codes(40))
        with study.act("AB", "move") as work:
            work.update_many(schema.codes, ids[5:30], position=0)
        with study.act("AB", "remove") as work:
            work.delete(schema.codes, ids[20:])
    assert findings(path) == []
    tamper(path, "UPDATE codes SET position = 1 WHERE id IN (3, 12)")
    assert found(path) == {("row-changed", "code 3"), ("row-changed", "code 12")}


def numbered_codes(count: int) -> Iterator[list[object]]:
    return ([f"kode {i}", "", i] for i in range(count))


def test_an_original_that_is_not_the_file_that_came_is_found(tmp_path: Path) -> None:
    path = tmp_path / "støj.cmo"
    with new_study(path) as study, study.act("AB", "import") as work:
        assert work.keep_original(b"R: Ja.") == work.keep_original(b"R: Ja.")
        add_source(work)
    assert found(path) == set()
    tamper(path, "UPDATE originals SET body = x'00'")
    assert found(path) == {("original-changed", "original 1")}
