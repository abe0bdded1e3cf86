"""`cmo correct`: a better text for a source that is coded already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table, say_findings
from workbench.text.words import clipped, counted

if TYPE_CHECKING:
    from cmo.front.corrections import Correction
    from cmo.study import Study

WORDS_SHOWN = 160


def correct(
    study: StudyPath,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's name or file name.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A better transcription, in any format that is imported.")
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The source's own text, edited (cmo versions --text writes it)."),
    ] = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="Words of the source, to be replaced.")] = None,
    by: Annotated[str | None, typer.Option(metavar="WORDS", help="The words to put in their place.")] = None,
    reason: Annotated[str, typer.Option(help="Why, for the list of versions.")] = "",
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would become of each coding, and change nothing.")
    ] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Correct a source: a new version, with every coding on its words again. Nothing is lost without a word."""
    if sum(given is not None for given in (file, text, words)) != 1 or (words is None) != (by is None):
        raise UsageError(
            "Say what is to be corrected in one way.", "FILE, or --text FILE, or --words WORDS --by WORDS."
        )
    with cmo.open_study(study, coder=coder) as opened:

        def change() -> Correction:
            if file is not None:
                return opened.correct_source(source, file, reason=reason)
            if text is not None:
                return opened.correct_text(source, _read(text), reason)
            start, end = _place(opened, source, words or "")
            return opened.replace_text(source, start, end, by or "", reason)

        done = opened.rehearse(change).answer if preview else change()
    if as_json:
        answer_json(done)
    else:
        _tell(done, preview=preview)


def _read(path: Path) -> str:
    if not path.is_file():
        raise UsageError(f"There is no file '{path}'.", "Nothing was changed; check the path.")
    from transcripts.text import decode

    return decode(path.read_bytes()).text


def _place(study: Study, source: str, words: str) -> tuple[int, int]:
    """Where the words stand, which must be once."""
    body, wanted = study.transcript(source).text, words
    times = body.count(wanted) if wanted else 0
    if times != 1:
        found = "do not stand" if not times else f"stand {times} times"
        raise UsageError(
            f"These words {found} in '{source}'.", "Give words that stand there once, with some around them."
        )
    start = body.index(wanted)
    return start, start + len(wanted)


def _tell(done: Correction, *, preview: bool) -> None:
    would = "would be" if preview else "is"
    answer(f"'{done.source}' {would} at version {done.version}.")
    told = ", ".join(f"{count} {state}" for state, count in done.counts.items() if count)
    answer(f"{counted(len(done.excerpts), 'excerpt')}: {told or 'nothing is coded in it'}.")
    changed = [excerpt for excerpt in done.excerpts if excerpt.state != "ok"]
    if changed:
        answer()
        rows = [
            [
                excerpt.state,
                "; ".join(excerpt.codings),
                clipped(excerpt.before, WORDS_SHOWN),
                "(no place)" if excerpt.words is None else clipped(excerpt.words, WORDS_SHOWN),
            ]
            for excerpt in changed
        ]
        answer_table(["state", "codings", "before", "now"], rows, lines=True)
    if not preview and any(excerpt.state in ("needs review", "lost") for excerpt in changed):
        answer("cmo review STUDY lists what needs an eye.")
    say_findings(done.findings)
