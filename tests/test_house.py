"""The house itself: who imports whom, how long files are, and what must not be in the repository."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
FOLDERS_OF_A_MACHINE = ("work", "farm", "home", "root", "Users")
OPTIONS_WITH_A_HOST = (r"index\Wurl", r"registry\s*=")
MACHINE = re.compile("|".join([*(f"/{name}/[A-Za-z]" for name in FOLDERS_OF_A_MACHINE), *OPTIONS_WITH_A_HOST]))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return sorted({REPOSITORY / name for name in listed.stdout.split("\0") if name and (REPOSITORY / name).is_file()})


def test_imports_run_one_way_through_the_house() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_the_app_imports_nothing_from_above_it() -> None:
    tree = ast.parse((REPOSITORY / "tui.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    rooms = {name.split(".")[0] for name in imported}
    assert "workbench" in rooms
    assert rooms.isdisjoint({"commands", "typer", "click", "openpyxl"})


def rooms() -> list[Path]:
    frozen = REPOSITORY / "store" / "migrations" / "versions"
    one_picture = REPOSITORY / "store" / "schema.py"  # as long as there are tables
    return [
        path
        for path in tracked("*.py")
        if path.parent != frozen and path != one_picture and path.parts[-2] not in ("tests", "benchmarks")
    ]


@pytest.mark.parametrize("path", rooms(), ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_no_file_is_longer_than_a_newcomer_can_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    texts = [path for path in tracked() if path.suffix not in (".docx", ".xlsx", ".png")]
    found = [
        f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()}"
        for path in texts
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if MACHINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("page", tracked("*.md"), ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_links_in_a_page_lead_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in targets if not (page.parent / link.split("#")[0]).exists() and not link.startswith("#")]
    assert missing == []


def test_the_lock_files_pin_everything_by_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"\n(?=[a-z])", (REPOSITORY / name).read_text(encoding="utf-8"))
        assert len(blocks) > 50
        assert [block.split()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


def test_both_lock_files_agree() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9-]+==[^ ]+)", (REPOSITORY / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
