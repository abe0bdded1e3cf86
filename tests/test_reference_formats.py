"""The page on the reference files says what is found in them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_the_page_of_the_reference_files_is_true(reference: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    written = (DOCS / "reference-formats.md").read_text(encoding="utf-8")
    assert import_module("make_formats").page(reference) == written, "run `python docs/make_formats.py FOLDER`"
