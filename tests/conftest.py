"""Fixtures for all tests."""

from __future__ import annotations

import gc
import os
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Thousands of small studies leave little in cycles: to look for it less often saves a twelfth of the time.
gc.set_threshold(100_000, 50, 100)

REPOSITORY = Path(__file__).resolve().parent.parent

# The same examples on every machine, so that a change is never held up by another change's bad luck; to look for new
# ones, and at length: HYPOTHESIS_PROFILE=explore.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_configure() -> None:
    """Let a test of the workbench wait less for nothing.

    Textual's pilot takes a program to be at rest when it has done next to nothing for 20 ms, and waits that twice after
    every key: half the time of these tests. A shorter while, and a screen that paints as much more often, see the same.
    """
    os.environ.setdefault("TEXTUAL_FPS", "250")
    from textual import _wait

    _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 1 / 200, 1 / 2000
    read_style_sheets_once()


def read_style_sheets_once() -> None:
    """Let all workbenches of a process share what Textual makes of a style sheet: a tenth of what a start takes."""
    from textual.css.stylesheet import Stylesheet

    read_anew = Stylesheet._parse_rules
    known: dict[tuple[object, ...], Any] = {}

    def read(sheet: Stylesheet, *given: Any, **named: Any) -> Any:
        what = given, *named.items(), *sheet._variables.items()
        if what not in known:
            known[what] = read_anew(sheet, *given, **named)
        return known[what]

    Stylesheet._parse_rules = read  # type: ignore[method-assign, assignment]


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
