"""The fuzzing of the readers: it can be repeated, it begins with files that are read, and it finds what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.__main__ import failure_of, fuzz, input_of
from fuzz.laws import READ_AS, TARGETS
from fuzz.seeds import SEEDS, WORDS
from transcripts.readers import read_document


def test_every_reader_has_a_target_files_and_words() -> None:
    assert TARGETS.keys() == SEEDS.keys() == WORDS.keys()


@pytest.mark.parametrize("ending", READ_AS)
def test_it_begins_with_files_that_are_read(ending: str) -> None:
    for file in SEEDS[ending]():
        assert read_document(Path(f"a.{ending}"), file).text


@pytest.mark.parametrize("ending", ["txt", "docx", "pdf"])
def test_a_seed_and_a_number_give_the_same_input_again(ending: str) -> None:
    assert input_of(ending, 3, 5, SEEDS[ending]()) == input_of(ending, 3, 5, SEEDS[ending]())
    assert input_of(ending, 3, 5, SEEDS[ending]()) != input_of(ending, 3, 6, SEEDS[ending]())


def test_a_broken_reader_is_found_and_its_input_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("transcripts.readers.plain.normalise", lambda text: f"{text}\r")
    assert fuzz("txt", 1, 60, tmp_path) == 10
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == 10
    assert f"kept as {kept[0]}" in capsys.readouterr().out
    assert "line ends other than LF" in (failure_of("txt", kept[0].read_bytes()) or "")
