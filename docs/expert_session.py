"""An expert codes a whole interview of the demo: where each passage begins, and the keys that select, code, judge it.

Moving on is reading and is not counted; every key that is pressed for the coding itself is.
"""

from __future__ import annotations

from typing import NamedTuple

SOURCE = "b4_nurse_english"


class Step(NamedTuple):
    """A passage coded: the words its first sentence begins with, the keys pressed, what comes of it."""

    begins: str
    keys: str
    code: str
    stance: str


SESSION: tuple[Step, ...] = (
    Step("With colleagues, when they're all", "shift+down c 5 plus", "#5 C", "supports"),
    Step("It was in the staff room first", "m 7 plus", "#7 M", "supports"),
    Step("Bed 9.", "0 3 o 1 plus", "#1 O", "supports"),
    Step("That stood there for three weeks", "c 2 plus", "#2 C", "supports"),
    Step("Half past eight.", "shift+down o 4 plus", "#4 O", "supports"),
    Step("And she hated eight o'clock", "c 4 plus", "#4 C", "supports"),
    Step("[name], one of the assistants.", "o 3 plus", "#3 O", "supports"),
    Step("I had seen it too", "c 5 plus", "#5 C", "supports"),
    Step("And the head nurse writes it", "m 4 plus", "#4 M", "supports"),
    Step("And two days later comes a man", "shift+down m 2 plus", "#2 M", "supports"),
    Step("And then the week after I'm looking", "m 5 minus", "#5 M", "refutes"),
    Step("So I hold up the ear.", "shift+down full_stop plus", "#5 M", "supports"),
    Step("With the birthday flags.", "shift+down full_stop minus", "#5 M", "refutes"),
    Step("The ear has.", "shift+down m 5 equals_sign", "#5 M", "refines"),
    Step("Last week Monday and Tuesday.", "t o 6 minus", "#6 O", "refutes"),
    Step("She looks at the list", "m 6 minus", "#6 M", "refutes"),
    Step("It's hard to be angry", "c 6 plus", "#6 C", "supports"),
    Step("In September, yes", "shift+down m 6 minus", "#6 M", "refutes"),
    Step("She said it's the only ten minutes", "m 8 plus", "#8 M", "supports"),
    Step("That before, when we had nothing", "0 3 m 6 plus", "#6 M", "supports"),
    Step("I know it's silly.", "shift+down o 5 plus", "#5 O", "supports"),
    Step("We're three or four", "m 7 greater_than_sign", "#7 M", "extends"),
)
