"""The command `cmo`: puts the commands together. Nothing heavy is imported until a command needs it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer

import cmo
from commands.exits import Commands
from commands.output import answer, use_utf8

PANELS: Mapping[str, Mapping[str, str]] = {
    "Begin": {
        "demo": "demo",
        "new": "new",
        "import": "import_files",
        "profiles": "profiles",
        "doctor": "doctor",
    },
    "Bring in tables": {
        "sources": "sources",
        "speakers": "speakers",
        "plan": "sample:plan",
        "guide": "guide",
        "ladders": "ladders",
        "measures": "measures",
        "cases": "cases",
    },
    "Read and code": {
        "code": "code",
        "keys": "keys",
        "show": "show",
        "original": "original",
        "search": "search",
        "marks": "marks",
        "codings": "codings",
        "codes": "codes",
    },
    "Judge": {"judge": "judge", "stale": "judge:stale", "reviews": "judge:reviews", "memo": "memo"},
    "Correct a text": {"correct": "correct", "review": "review", "versions": "versions"},
    "Put configurations together": {
        "configurations": "configurations",
        "cmoc": "cmoc",
        "part": "cmoc:part",
        "link": "cmoc:link",
        "ripple": "cmoc:ripple",
        "within": "crosscase:within",
        "crosscase": "crosscase",
    },
    "Weigh the evidence": {
        "sample": "sample",
        "matrix": "matrix",
        "quotes": "quotes",
        "overlaps": "overlaps",
        "summaries": "summaries",
        "audit": "audit",
        "similar": "similar",
        "ask": "ask",
        "table": "table",
        "figure": "figure",
        "report": "report",
        "export": "export",
    },
    "Keep it safe": {
        "info": "info",
        "log": "log",
        "undo": "undo",
        "redo": "undo:redo",
        "check": "check",
        "backup": "backup",
        "upgrade": "upgrade",
        "rescue": "rescue",
    },
    "Change the theory": {"theory": "theory"},
}
"""Every command by its name: the module of this room that it is in, after a colon its name there if it has another."""


def _print_version(asked: bool) -> None:
    if asked:
        answer(f"cmo {cmo.__version__}")
        raise typer.Exit()


def _cmo(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The realist evaluator's workbench: interviews in, a programme theory held against its evidence out.

    Every command takes the study file first and prints tables for people, or with --json one document for
    programs. Begin with: cmo demo
    """


def put_together(asked: str = "") -> typer.Typer:
    """The command with what is asked for below it: loading all takes longer than many a command takes.

    With everything where no command has that name: to be listed, or to say which one is meant.
    """
    app = typer.Typer(
        name="cmo",
        cls=Commands,
        callback=_cmo,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    is_known = asked == "--version" or any(asked in commands for commands in PANELS.values())
    for panel, commands in PANELS.items():
        for name, place in commands.items():
            if name == asked or not is_known:
                _add(app, panel, name, place)
    return app


def _add(app: typer.Typer, panel: str, name: str, place: str) -> None:
    module, _, called = place.partition(":")
    command = getattr(import_module(f"commands.{module}"), called or module)
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name, rich_help_panel=panel)
    else:
        app.command(name, rich_help_panel=panel)(command)


def run() -> Any:
    """The entry point of the command `cmo`."""
    use_utf8()
    # Commands over much hold hundreds of thousands of records that are no garbage: look for it less often.
    gc.set_threshold(50_000, 20, 100)
    return put_together(*sys.argv[1:2])()
