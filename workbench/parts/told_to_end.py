"""A terminal that is closed, a line that breaks, a machine that is shut down: the workbench is told to end by a signal.

What was typed is handled and kept first. On systems without such signals the pauses of each form and memo must do.
"""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress

from workbench.keys.in_turn import KeysInTurn
from workbench.parts.keeping import keep_all

AGAIN_SECONDS = 0.02


def end_whole(app: KeysInTurn) -> None:
    """From now on, have an app that is told to end keep what is being written before it does."""
    loop = asyncio.get_running_loop()
    for name in ("SIGHUP", "SIGTERM"):
        told = getattr(signal, name, None)
        if told is not None and signal.getsignal(told) is not signal.SIG_IGN:
            with suppress(NotImplementedError):
                # Handed to the app, which first gets what was typed before.
                loop.add_signal_handler(told, app.call_later, _end, app, told)


def _end(app: KeysInTurn, told: signal.Signals) -> None:
    if app.has_keys_to_handle:
        app.set_timer(AGAIN_SECONDS, lambda: _end(app, told))
        return
    keep_all(app)
    if told is signal.SIGTERM:
        app.exit()
    else:  # there is no terminal any more that could be left as it was found, and to write to it may take for ever
        signal.signal(told, signal.SIG_DFL)
        os.kill(os.getpid(), told)
