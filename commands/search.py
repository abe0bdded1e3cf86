"""`cmo search`: words in all sources, each with the words around it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath, conditions
from commands.output import answer, answer_json, say
from commands.progress import progress_bar
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo import Study
    from transcripts.search.records import Hits

Passage = Literal["words", "sentence", "turn"]


def search(
    study: StudyPath,
    query: Annotated[
        str,
        typer.Argument(
            help='Words, "a phrase", begin*, NEAR(a b, 5), AND, OR, NOT, (parentheses), =exact or /regex/.',
            show_default=False,
        ),
    ] = "",
    case: Annotated[str | None, typer.Option(help="In this case.")] = None,
    role: Annotated[str | None, typer.Option(help="Said by speakers of this role.")] = None,
    speaker: Annotated[str | None, typer.Option(metavar="LABEL", help="Said under this label.")] = None,
    source: Annotated[str | None, typer.Option(help="In this source.")] = None,
    code: Annotated[str | None, typer.Option(help="On text that has this code.")] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="KEY=VALUE",
            help="Only there; can be repeated. KEY is source, kind, round, case, role, participant, speaker, code, "
            "point or attribute:NAME. Without a VALUE: what has none.",
        ),
    ] = None,
    coded: Annotated[
        bool | None, typer.Option("--coded/--uncoded", help="Only on coded text, or on text that nobody has coded.")
    ] = None,
    asks: Annotated[
        bool | None, typer.Option("--asked/--answered", help="Only what interviewers say, or what all others say.")
    ] = None,
    exact: Annotated[bool, typer.Option("--exact", help="Words as typed, not their other forms.")] = False,
    regex: Annotated[bool, typer.Option("--regex", help="The query is a regular expression.")] = False,
    whole_source: Annotated[
        bool, typer.Option("--whole-source", help="All words anywhere in a source, not in one turn.")
    ] = False,
    spoken: Annotated[
        bool, typer.Option("--spoken", help="Pass over what was not said: pauses, omissions, [redactions], (laughs).")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many hits.")] = 50,
    skip: Annotated[int, typer.Option(min=0, help="Leave out the first so many.")] = 0,
    give: Annotated[
        str | None, typer.Option("--give", metavar="CODE", help="Give the hits shown this code, in one act.")
    ] = None,
    passage: Annotated[
        Passage, typer.Option("--passage", help="What of a hit gets the code: words, sentence or turn.")
    ] = "sentence",
    yes: Annotated[bool, typer.Option("--yes", help="Give the code without a question.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index of words anew first.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Search in all sources: each hit with the words around it. A word is found in all its forms."""
    from store.schema import MARK_KINDS

    named = conditions(where, case=case, role=role, speaker=speaker, source=source, code=code)
    with cmo.open_study(study, coder=coder) as opened, progress_bar("Indexing") as progress:
        if rebuild:
            say(f"The index of words is new: {counted(opened.rebuild_search(progress), 'turn')}.")
            if not query.strip():
                return
        if not query.strip():
            raise UsageError("There is nothing to look for.", "For example cmo search STUDY 'leder OR pause'.")
        found = opened.search(
            query,
            named,
            exact=exact,
            regex=regex,
            within="source" if whole_source else "turn",
            coded=coded,
            asks=asks,
            leave_out=MARK_KINDS if spoken else (),
            limit=limit,
            offset=skip,
            count=True,
            progress=progress,
        )
        if give is not None:
            _give(opened, found, give, passage, skipped=skip, yes=yes, as_json=as_json)
            return
    if as_json:
        answer_json(found)
    else:
        _show(found, skip)


def _show(found: Hits, skipped: int) -> None:
    from commands.kwic import print_hits

    print_hits(found.hits)
    say(_summary(found, skipped))


def _give(study: Study, found: Hits, code: str, passage: Passage, *, skipped: int, yes: bool, as_json: bool) -> None:
    """Give the hits a code once somebody who has seen them says so; nothing is coded before."""
    foreseen = study.rehearse(lambda: study.code_hits(found.hits, code, passage=passage)).answer
    if not as_json:
        _show(found, skipped)
        for coding in foreseen:
            answer(f"{coding.code}: “{' '.join(coding.quote.split())}”")
    if foreseen and not yes:
        what = f"{counted(len(foreseen), 'passage')} will have the code '{code}'"
        if as_json or not sys.stdin.isatty():
            raise UsageError(f"{what} when you say so; nothing was coded.", "Give --yes as well.")
        if not typer.confirm(f"{what}. Go on?", err=True):
            say("Nothing was coded.")
            return
    made = study.code_hits(found.hits, code, passage=passage) if foreseen else []
    if as_json:
        answer_json(made)
    else:
        say(f"{counted(len(made), 'passage')} coded.")


def _summary(found: Hits, skipped: int) -> str:
    counts = found.counts
    shown = counted(len(found.hits), "hit")
    if counts is not None:
        shown += f"; in all {counted(counts.turns, 'turn')} of {counted(counts.sources, 'source')}"
    return f"{shown}. More: --skip {skipped + len(found.hits)}." if found.more else f"{shown}."
