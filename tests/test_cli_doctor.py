"""`cmo doctor`: what is well, and what it says of a clash of names."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest
from command_line import call

from commands import doctor


def test_a_sound_installation_is_well() -> None:
    answer = call("doctor")
    assert answer.code == 0, answer.out
    assert "All is well." in answer.out
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in answer.words
    assert f"spacy {metadata.version('spacy')}" in answer.words


def test_every_top_level_name_is_looked_at() -> None:
    looked_at = {look["name"] for look in call("doctor", "--json").json}
    assert {f"name '{name}'" for name in doctor.TOP_LEVEL_NAMES} <= looked_at


def test_another_distribution_with_one_of_our_names_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "shopkeeper-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shopkeeper\nVersion: 1.0\n", encoding="utf-8")
    (info / "top_level.txt").write_text("store\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    answer = call("doctor")
    assert answer.code == 1
    assert "shopkeeper installs 'store' too" in answer.words
    assert "pipx install realist-cmo" in answer.words


def test_a_name_that_is_imported_from_another_place_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "TOP_LEVEL_NAMES", ("json", "commands", "no_such_package"))
    problems = {look["name"]: look["problem"] for look in call("doctor", "--json").json}
    assert "Python finds another 'json' first" in problems["name 'json'"]
    assert problems["name 'commands'"] == ""
    assert "cannot be imported" in problems["name 'no_such_package'"]


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LIBRARIES", ("no-such-library",))
    answer = call("doctor")
    assert answer.code == 1
    assert "no-such-library missing install cmo again" in answer.words
