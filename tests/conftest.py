"""Fixtures for all tests."""

from __future__ import annotations

import gc
import os
import runpy
import shutil
from pathlib import Path

import pytest
from depth import load_profile

# Thousands of small studies leave little in cycles: to look for it less often saves a twelfth of the time.
gc.set_threshold(100_000, 50, 100)

REPOSITORY = Path(__file__).resolve().parent.parent

load_profile()


def pytest_configure() -> None:
    """Let workbenches under test do only what a test looks at."""
    os.environ.setdefault("TEXTUAL_FPS", "250")  # it waits less, so screens follow as much sooner; read on import
    import workbench_pace

    workbench_pace.wait_less()
    workbench_pace.read_style_sheets_once()
    workbench_pace.paint_when_looked_at()


@pytest.fixture
def every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint what changes each time it does, as on a terminal, and not only what the test looks at."""
    import workbench_pace
    from textual._compositor import Compositor

    monkeypatch.setattr(Compositor, "render_update", workbench_pace.PAINT)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: many tests wait for a disk, a terminal or a process of their own."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process waits for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with the real material, where there is one (``CMO_REFERENCE``, or beside the checkout)."""
    folder = Path(os.environ.get("CMO_REFERENCE", REPOSITORY.parent / "shared" / "reference"))
    if not folder.is_dir():
        pytest.skip("the reference material is not on this machine")
    return folder


@pytest.fixture(scope="session")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of ``builders.full_study``, built once. To be read only; ``builders.copied`` makes one to change."""
    from builders import full_study

    with full_study(tmp_path_factory.mktemp("full")) as study:
        return study.path


@pytest.fixture(scope="session")
def analysed_file(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The analysis of ``examples/spredning``, built once, with its fixed words in English. To be read only."""
    build = runpy.run_path(str(REPOSITORY / "examples" / "spredning" / "build.py"))["build"]
    with build(reference / "spredning", tmp_path_factory.mktemp("analysed") / "spredning.cmo") as study:
        study.set_house_style(language="en")
        return Path(study.path)


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
