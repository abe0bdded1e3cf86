"""Keys of one's own: the names of keys, the file, its mistakes, and the printed card."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import call
from workbench_samples import code_screen, codings_in, small_study

from cmo.records import Element
from store.errors import BadFile
from tui import CmoApp
from workbench.keys.card import USUAL, blocks, toml_card
from workbench.keys.key_file import FIXED, load_keymap
from workbench.keys.key_names import BINDABLE, name_of, printed, read_key
from workbench.keys.keymap import KEYS, Keymap


def key_file(folder: Path, text: str) -> Path:
    path = folder / "keys.toml"
    path.write_text(text, encoding="utf-8")
    return path


# -- names ------------------------------------------------------------------------------------------------------
def test_every_key_is_read_as_it_is_printed() -> None:
    assert [read_key(printed(key)) for key in BINDABLE] == list(BINDABLE)


def test_characters_are_named_as_the_terminal_library_names_them() -> None:
    from textual.keys import _character_to_key

    for character in "abcXYZ019 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~æøåÆØÅ§«»":
        assert name_of(character) == _character_to_key(character)


@pytest.mark.parametrize(
    ("written", "name"),
    [("Ctrl+R", "ctrl+r"), ("g", "g"), ("G", "G"), ("pgdn", "pagedown"), ("ø", "ø"), ("~", "tilde"), ("Esc", "escape")],
)
def test_keys_are_read_as_people_write_them(written: str, name: str) -> None:
    assert read_key(written) == name


@pytest.mark.parametrize("written", ["", "ctrl+foo", "hyper+x", "xx", "ctrl+i", "日"])
def test_what_no_terminal_sends_is_no_key(written: str) -> None:
    assert read_key(written) is None


# -- the file ---------------------------------------------------------------------------------------------------
def test_without_a_file_the_usual_keys_hold(tmp_path: Path) -> None:
    assert load_keymap(tmp_path / "none.toml").keys == KEYS


def test_a_key_given_to_a_command_is_taken_from_the_others(tmp_path: Path) -> None:
    keymap = load_keymap(key_file(tmp_path, '[keys]\nmemo = "M"\nremove = ["Del", "æ"]\nfind = []\n'))
    assert keymap.by_key["M"].command == "memo"
    assert keymap.by_key["f2"].command == "matrix"
    assert (keymap.by_key["delete"].command, keymap.by_key["æ"].command) == ("remove", "remove")
    assert {"n", "x", "f"}.isdisjoint(keymap.by_key)


def test_the_printed_file_says_what_holds(tmp_path: Path) -> None:
    assert load_keymap(key_file(tmp_path, toml_card(Keymap(), FIXED))).keys == KEYS


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[keys]\nremove = x\n", "line 2", "Invalid value"),
        ('[keys]\n\nremov = "x"\n', "line 3", "did you mean 'remove'"),
        ('[keys]\nlink = "ctrl+foo"\n', "line 2", "no key 'ctrl+foo'"),
        ('[keys]\nlink = "5"\n', "line 2", "digits are recent codes"),
        ("[keys]\nlink = 5\n", "line 2", "in quotation marks"),
        ('[keys]\nrecent = "r"\n', "line 2", "cannot be changed"),
        ('[keys]\nmemo = "x"\nfind = "x"\n', "line 3", "given to 'memo' as well"),
        ('memo = "x"\n', "line 1", "below a line [keys]"),
        ("keys = 3\n", "line 1", "write [keys]"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_cure(tmp_path: Path, text: str, line: str, words: str) -> None:
    with pytest.raises(BadFile) as caught:
        load_keymap(key_file(tmp_path, text))
    assert line in caught.value.message
    assert words in caught.value.message
    assert "cmo keys --toml" in caught.value.hint


def test_the_letter_of_an_element_takes_a_key_that_yields_and_no_other() -> None:
    elements = [Element(letter, name) for letter, name in (("R", "reasoning"), ("I", "intervention"), ("N", "need"))]
    found = {key: element.letter for key, element in Keymap().element_keys(elements).items()}
    assert found == {"r": "R", "i": "I", "e": "N"}
    moved = Keymap().rebound({"memo": ("m",), "recode": ("e",)})
    assert {key: e.letter for key, e in moved.element_keys(elements).items()} == {"r": "R", "i": "I", "n": "N"}


async def test_the_workbench_obeys_the_keys_of_ones_own(tmp_path: Path) -> None:
    keymap = Keymap().rebound({"next_sentence": ("ø",), "supports": ("f12",)})
    with small_study(tmp_path) as study:
        async with CmoApp(study, keymap).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            code_screen(pilot).open_source(study.source("leder").id)
            await pilot.press("ø", "j", "c", "2", "f12")
        assert codings_in(study) == [("Det gik godt.", "#2 C", "supports")]


# -- the command ------------------------------------------------------------------------------------------------
def test_the_card_is_printed_with_keys_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMO_KEYS", str(key_file(tmp_path, '[keys]\nmemo = "F12"\n')))
    assert "F12" in call("keys").out
    assert call("keys", "--file").out.strip() == str(tmp_path / "keys.toml")
    told = {row["command"]: row["keys"] for row in json.loads(call("keys", "--json").out)}
    assert told["memo"] == ["f12"]
    assert 'memo = ["F12"]' in call("keys", "--toml").out


def test_a_mistake_in_the_file_ends_the_command_with_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMO_KEYS", str(key_file(tmp_path, '[keys]\nremov = "x"\n')))
    answer = call("keys")
    assert (answer.code, "line 2" in answer.err) == (4, True)
    assert call("keys", "--toml", "--json").code == 2


def test_the_card_has_every_command_once() -> None:
    told = [words for rows in blocks(Keymap(), USUAL).values() for _, words in rows]
    assert all(key.words in told for key in KEYS)
