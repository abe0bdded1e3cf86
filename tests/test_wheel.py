"""What users install: the wheel, by its names, and at work in a clean environment."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from importlib.metadata import Distribution, distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parent.parent
NAMES = {"cmo", "store", "transcripts", "codebook", "exports", "commands", "workbench", "tui.py"}


def run(*command: str | Path, cwd: Path) -> str:
    """Run without anything of this environment that could lend its packages."""
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV", "COLUMNS")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPOSITORY)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_brings_our_names_and_no_other(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == NAMES


def test_the_wheel_has_every_file_of_our_rooms(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    tracked = run("git", "ls-files", "-z", *sorted(NAMES), cwd=REPOSITORY).split("\0")
    wanted = {name for name in tracked if name and (REPOSITORY / name).exists()}
    assert any(name.startswith("cmo/demo/interviews/") for name in wanted)
    assert wanted <= packed


def needed_by(requirements: Iterable[str], extras: frozenset[str] = frozenset()) -> Iterator[Distribution]:
    """The installed packages that some requirements ask for, and those that these ask for; some more than once."""
    for line in requirements:
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in (extras or {""})):
            found = distribution(wanted.name)
            yield found
            yield from needed_by(found.requires or [], frozenset(wanted.extras))


def lend(wheel: Path, site_packages: Path) -> None:
    """Give an environment the packages that a wheel says it needs, and none besides, out of this one."""
    with ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        requirements = message_from_bytes(archive.read(metadata)).get_all("Requires-Dist", [])
    for package in {found.name: found for found in needed_by(requirements)}.values():
        for top in {file.parts[0] for file in package.files or []} - {"..", "__pycache__"}:
            if not (site_packages / top).exists():
                (site_packages / top).symlink_to(package.locate_file(top))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(os.name == "nt", reason="a link needs a right that not everybody has on Windows")
def test_the_wheel_works_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    """With what its metadata names and nothing else; that the lock file can be installed, `make` shows each time."""
    home = tmp_path / "home"
    venv.create(home)
    folder = home / "bin"
    python, cmo = folder / "python", folder / "cmo"
    lend(wheel, Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)})))
    # Our pip works there: to give the environment one of its own takes seconds.
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "-qq", "--disable-pip-version-check")
    run(*pip, "--no-compile", "--no-index", wheel, cwd=tmp_path)

    assert run(cmo, "--version", cwd=tmp_path).startswith("cmo ")
    assert "All is well." in run(cmo, "doctor", cwd=tmp_path)
    assert "ten-minutes.xlsx" in run(cmo, "demo", "ten-minutes.cmo", cwd=tmp_path)
    assert "Nordkøl" in run(cmo, "matrix", "ten-minutes.cmo", "--rows", "point", "--columns", "case", cwd=tmp_path)
    assert "sound" in run(cmo, "check", "ten-minutes.cmo", cwd=tmp_path)
    opened = run(python, "-c", "import tui; print(tui.CmoApp.CSS_PATH, tui.__file__)", cwd=tmp_path)
    assert str(home) in opened
