"""The command `cmo`: puts the commands together. Nothing heavy is imported until a command needs it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

import cmo
from commands.ask import ask
from commands.audit import audit
from commands.backup import backup
from commands.cases import cases
from commands.check import check
from commands.cmoc import cmoc, link, part, ripple
from commands.code import code
from commands.codes import codes
from commands.codings import codings
from commands.configurations import configurations
from commands.correct import correct
from commands.crosscase import crosscase, within
from commands.demo import demo
from commands.doctor import doctor
from commands.exits import Commands
from commands.export import export
from commands.figure import figure
from commands.guide import guide
from commands.import_files import import_files
from commands.info import info
from commands.judge import judge, reviews, stale
from commands.keys import keys
from commands.ladders import ladders
from commands.log import log
from commands.marks import marks
from commands.matrix import matrix
from commands.measures import measures
from commands.memo import memo
from commands.new import new
from commands.original import original
from commands.output import answer, use_utf8
from commands.overlaps import overlaps
from commands.profiles import profiles
from commands.quotes import quotes
from commands.report import report
from commands.rescue import rescue
from commands.review import review
from commands.sample import plan, sample
from commands.search import search
from commands.show import show
from commands.similar import similar
from commands.sources import sources
from commands.speakers import speakers
from commands.summaries import summaries
from commands.table import table
from commands.theory import theory
from commands.undo import redo, undo
from commands.upgrade import upgrade
from commands.versions import versions

PANELS: dict[str, dict[str, Callable[..., None]]] = {
    "Begin": {"demo": demo, "new": new, "import": import_files, "profiles": profiles, "doctor": doctor},
    "Bring in tables": {
        "sources": sources,
        "speakers": speakers,
        "plan": plan,
        "guide": guide,
        "ladders": ladders,
        "measures": measures,
    },
    "Read and code": {"code": code, "keys": keys, "show": show, "original": original, "search": search, "marks": marks},
    "Judge": {"judge": judge, "stale": stale, "reviews": reviews, "memo": memo},
    "Correct a text": {"correct": correct, "review": review, "versions": versions},
    "Put configurations together": {
        "configurations": configurations,
        "cmoc": cmoc,
        "part": part,
        "link": link,
        "ripple": ripple,
        "within": within,
        "crosscase": crosscase,
    },
    "Weigh the evidence": {
        "sample": sample,
        "matrix": matrix,
        "quotes": quotes,
        "overlaps": overlaps,
        "summaries": summaries,
        "audit": audit,
        "similar": similar,
        "ask": ask,
        "table": table,
        "figure": figure,
        "report": report,
        "export": export,
    },
    "Keep it safe": {
        "info": info,
        "log": log,
        "undo": undo,
        "redo": redo,
        "check": check,
        "backup": backup,
        "upgrade": upgrade,
        "rescue": rescue,
    },
}

app = typer.Typer(
    name="cmo",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _panel, _commands in PANELS.items():
    for _name, _command in _commands.items():
        app.command(_name, rich_help_panel=_panel)(_command)
app.add_typer(cases, name="cases", rich_help_panel="Bring in tables")
app.add_typer(codings, name="codings", rich_help_panel="Read and code")
app.add_typer(codes, name="codes", rich_help_panel="Read and code")
app.add_typer(theory, name="theory", rich_help_panel="Change the theory")


def _print_version(asked: bool) -> None:
    if asked:
        answer(f"cmo {cmo.__version__}")
        raise typer.Exit()


@app.callback()
def _cmo(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The realist evaluator's workbench: interviews in, a programme theory held against its evidence out.

    Every command takes the study file first and prints tables for people, or with --json one document for
    programs. Begin with: cmo demo
    """


def run() -> Any:
    """The entry point of the command `cmo`."""
    use_utf8()
    # Commands over much hold hundreds of thousands of records that are no garbage: look for it less often.
    gc.set_threshold(50_000, 20, 100)
    _keep_only(sys.argv[1:2])
    return app()


def _keep_only(names: list[str]) -> None:
    """Leave out the commands that are not asked for: Typer takes longer to put them together than many a command takes.

    All are kept where none of them is asked for by its name: to be listed, or to say which one is meant.
    """
    commands = [command for command in app.registered_commands if command.name in names]
    groups = [group for group in app.registered_groups if group.name in names]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups
