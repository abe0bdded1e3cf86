"""Commands with commands below them: ``cmo theory STUDY`` and ``cmo theory refine STUDY``."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

DEFAULT = "show"


class WithDefault(TyperGroup):
    """A group that takes what is none of its commands for an argument of the one called ``show``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)
