"""The pictures in the docs are made from the real app."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.mark.slow
async def test_the_pictures_can_be_made_and_the_film_codes_three_passages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    await import_module("make_screens").make(tmp_path)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.svg")}
    assert len(made) > 10
    assert set(made) <= {path.name for path in (DOCS / "pictures").glob("*.svg")}
    for svg in made.values():
        ElementTree.fromstring(svg)
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    for number, coded in enumerate(("#5 context supports", "#5 mechanism refutes", "#6 outcome refutes"), start=1):
        assert coded.replace(" ", "\N{NO-BREAK SPACE}") in made[f"coding-{number}.svg"]
