"""A terminal that is closed, a line that breaks, a machine that is shut down: the workbench is told to end by a signal.

What was typed is handled and kept first. On systems without such signals the pauses of each form and memo must do.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from types import FrameType

from workbench.keys.in_turn import KeysInTurn
from workbench.parts.keeping import keep_all

AGAIN_SECONDS = 0.02


def end_whole(app: KeysInTurn) -> None:
    """From now on, have an app that is told to end keep what is being written before it does."""
    if threading.current_thread() is not threading.main_thread():
        return  # Python takes no signals there
    loop = asyncio.get_running_loop()

    def told_to_end(number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGTERM:
            # Whoever hangs up sends SIGCONT too, and Textual would begin anew in a terminal that is gone.
            signal.signal(signal.SIGCONT, signal.SIG_IGN)
        # Handed to the app, which first gets what was typed before.
        loop.call_soon_threadsafe(app.call_later, _end, app, number)

    for name in ("SIGHUP", "SIGTERM"):
        told = getattr(signal, name, None)
        if told is not None and signal.getsignal(told) is not signal.SIG_IGN:
            signal.signal(told, told_to_end)


def _end(app: KeysInTurn, told: int) -> None:
    if app.has_keys_to_handle:
        app.set_timer(AGAIN_SECONDS, lambda: _end(app, told))
        return
    keep_all(app)
    if told == signal.SIGTERM:
        app.exit()
    else:  # there is no terminal any more that could be left as it was found, and to write to it may take for ever
        signal.signal(told, signal.SIG_DFL)
        os.kill(os.getpid(), told)
