"""`cmo keys`: the key card of the workbench."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.exits import UsageError
from commands.options import AsJson
from commands.output import answer, answer_json


def keys(
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the card as Markdown tables.")] = False,
    toml: Annotated[bool, typer.Option("--toml", help="Print the keys as a file that you can change.")] = False,
    where: Annotated[
        bool, typer.Option("--file", help="Print where the file with your own keys is looked for.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print the key card of the workbench, with your own keys where you have changed some."""
    from workbench.keys import card
    from workbench.keys.key_file import FIXED, key_file, load_keymap

    if markdown + toml + where + as_json > 1:
        raise UsageError("One form at a time.", "Choose one of --markdown, --toml, --file and --json.")
    if where:
        answer(str(key_file()))
        return
    keymap = load_keymap()
    if as_json:
        answer_json(
            [
                {"command": key.command, "keys": key.keys, "shown": key.shown, "words": key.words, "group": key.group}
                for key in keymap.keys
            ]
        )
    elif toml:
        answer(card.toml_card(keymap, FIXED))
    else:
        answer(card.markdown_card(keymap) if markdown else card.plain_card(keymap))
