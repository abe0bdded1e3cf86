"""Write docs/reference-formats.md: what is found in each file of the reference material.

``python docs/make_formats.py FOLDER`` with the folder of the reference material. A test holds the page to the files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import cmo
from transcripts.intake.previewing import Preview, PreviewSpeaker
from transcripts.speaking.speaker_labels import strength_of

PAGE = Path(__file__).with_name("reference-formats.md")
FOLDERS = ("formats", "danish_styles")
HEAD = """# What is found in the reference files

Made by `python docs/make_formats.py`, never by hand; a test holds it to the files. The files are public transcripts and
captions in formats and house styles that evaluators meet; they are not part of this project, and nothing of what they
say stands here. Labels that are names are counted and not printed. *Turns* are those with a speaker + those without;
*minutes* run up to the last time that the file tells; *told* are the findings.
"""
COLUMNS = (
    "file", "format", "language", "style", "turns", "labels", "minutes", "characters", "set apart", "marks", "told",
)  # fmt: skip


def page(reference: Path) -> str:
    """The whole page."""
    with TemporaryDirectory() as folder, cmo.new_study(Path(folder) / "seen.cmo", language="da", coder="docs") as study:
        parts = [part for name in FOLDERS for part in _section(study, reference / name)]
    return "\n".join([HEAD, *parts])


def _section(study: cmo.Study, folder: Path) -> Iterator[str]:
    report = study.preview([path for path in sorted(folder.iterdir()) if path.name != "README.md"])
    yield f"## {folder.name}\n"
    yield _row(COLUMNS)
    yield _row("---" for _ in COLUMNS)
    for found in report.files:
        yield _row(_cells(found))
    yield ""
    for path, why in report.failed:
        yield f"Not imported: {path.name}, because {why.removeprefix(f'{path.name}: ')}\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(found: Preview) -> Iterator[str]:
    unnamed = sum(speaker.turns for speaker in found.speakers if speaker.label is None)
    yield found.path.name
    yield f"{found.format}, {found.encoding}"
    yield found.language
    yield found.style or ""
    yield f"{found.turns - unnamed} + {unnamed}"
    yield _labels([speaker for speaker in found.speakers if speaker.label is not None])
    yield "" if found.minutes is None else f"{found.minutes:.1f}"
    yield f"{found.characters:,}"
    yield "; ".join(f"{piece.pieces} {piece.kind}" for piece in found.furniture)
    yield "; ".join(f"{number} {kind}" for kind, number in found.marks.items())
    yield "; ".join(sorted({finding.code for finding in found.findings}))


def _labels(speakers: list[PreviewSpeaker]) -> str:
    codes = [s for s in speakers if strength_of(s.label or "") in ("code", "role")]
    names = [s for s in speakers if s not in codes]
    listed = [f"{speaker.label} {speaker.turns}" for speaker in codes]
    if names:
        listed.append(f"{len(names)} names {sum(speaker.turns for speaker in names)}")
    return ", ".join(listed)


if __name__ == "__main__":
    PAGE.write_text(page(Path(sys.argv[1])), encoding="utf-8")
