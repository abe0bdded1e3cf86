"""Options that many commands take together: written once, and given to a command as one value."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import Parameter
from typing import Any

Command = Callable[..., None]


def takes(**blocks: Callable[..., Any]) -> Callable[[Command], Command]:
    """Let a command take blocks of options: ``@takes(act=act_options)`` for its parameter ``act``.

    A block is a function whose parameters are the options, and whose answer is what the command is given. On the
    command line the options stand in the place of the parameter.
    """

    def with_blocks(command: Command) -> Command:
        @wraps(command)
        def called(**given: Any) -> None:
            made = {
                name: block(**{option.name: given.pop(option.name) for option in _parameters(block)})
                for name, block in blocks.items()
            }
            command(**given, **made)

        options = [option for own in _parameters(command) for option in _parameters(blocks.get(own.name)) or [own]]
        # Typer reads both.
        called.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
        called.__annotations__ = {option.name: option.annotation for option in options}
        return called

    return with_blocks


def _parameters(function: Callable[..., Any] | None) -> list[Parameter]:
    """What a function takes, each by its name; none of no function."""
    return list(_by_name(function)) if function else []


def _by_name(function: Callable[..., Any]) -> Iterator[Parameter]:
    for parameter in inspect.signature(function, eval_str=True).parameters.values():
        yield parameter.replace(kind=Parameter.KEYWORD_ONLY)
