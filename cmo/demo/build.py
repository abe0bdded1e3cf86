"""The demo study, built the way a user would build it: by importing files and tables, then by analysing them."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from cmo.demo.analysis import analyse
from cmo.study import new_study
from store.errors import StudyExists
from transcripts.intake.gathering import Progress

NAME = "Ti minutter / Ten Minutes"
ANALYST = "AB"


def build(path: Path, *, progress: Progress | None = None) -> None:
    """Make the demo study at ``path``, whole or not at all.

    Raises:
        StudyExists: there is a file of that name.
    """
    if path.exists():
        raise StudyExists(f"{path.name} exists already.", "Choose another name, or move the file away.")
    with TemporaryDirectory(dir=path.parent, prefix=".cmo-demo-") as folder:
        building = Path(folder) / path.name
        _fill(building, progress)
        building.rename(path)


def _fill(path: Path, progress: Progress | None) -> None:
    with as_file(files("cmo.demo")) as data, new_study(path, name=NAME, language="da", coder=ANALYST) as study:
        study.import_cases(data / "cases.csv")
        study.import_theory(data / "theory.csv", glossary=data / "glossary.csv")
        study.import_files([data / "interviews"], sources=data / "sources.csv", progress=progress)
        study.map_speakers(data / "speakers.csv")
        study.import_codings(data / "codings.csv")
        analyse(study, data)
