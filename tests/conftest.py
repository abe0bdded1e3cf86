"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with the real material, where there is one (``CMO_REFERENCE``, or beside the checkout)."""
    folder = Path(os.environ.get("CMO_REFERENCE", REPOSITORY.parent / "shared" / "reference"))
    if not folder.is_dir():
        pytest.skip("the reference material is not on this machine")
    return folder


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo study, built once. To be read only; ``demo`` is a copy to change."""
    from cmo.demo.build import build

    path = tmp_path_factory.mktemp("demo") / "ten-minutes.cmo"
    build(path)
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the demo study of this test's own."""
    return Path(shutil.copy(demo_file, tmp_path / "ten-minutes.cmo"))
