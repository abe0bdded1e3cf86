"""Files read by other processes while this one writes: of an import, reading takes the most time.

What is read, and in which order it is kept, is the same as without. Where a process cannot be begun, or breaks, the
file is read here.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from store.errors import InputError
from transcripts.intake.reading_worker import Refusal, Request
from transcripts.reading import Reading, read_file

PROCESSES = 2
"""More would wait for the one that writes."""
FILES_AHEAD = 6
"""How many files are read before they are asked for: as many are held in memory."""
SECONDS_ALONE = 1.0
"""How long this process may have to read before it begins others: what is read sooner is not worth beginning them."""
FEWEST_FILES = 8
"""For fewer that are left it is not worth it either."""
_BEGIN = "import sys; sys.path.append(sys.argv[1]); from transcripts.intake.reading_worker import main; main()"


class ReadingAhead:
    """Processes that read files. Close it when done, which also stops what is being read."""

    def __init__(self) -> None:
        self._processes = [process for _ in range(PROCESSES) if (process := _begin()) is not None]
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        # A thread for each process: whoever writes to it must also be there to take its answer.
        self._threads = ThreadPoolExecutor(PROCESSES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            with suppress(OSError), process:  # what is still in its pipe has nowhere to go
                pass

    def begin(self, request: Request) -> Callable[[], Reading]:
        """Begin to read a file. What is returned waits for the reading; it raises as :func:`read_file` does."""
        asked: Future[Reading | Refusal | None] = self._threads.submit(self._ask, request)

        def reading() -> Reading:
            found = asked.result()
            if found is None:
                return read_file(request.path, request.data, settings=request.settings, language=request.language)
            if isinstance(found, Refusal):
                raise InputError(found.message, found.hint)
            return replace(found, data=request.data)

        return reading

    def _ask(self, request: Request) -> Reading | Refusal | None:
        """The answer of a process; None where it broke."""
        if not self._processes:
            return None
        process = self._idle.get()
        try:
            return _round_trip(process, request)
        except (OSError, EOFError, ValueError, pickle.PickleError):
            return None
        finally:
            self._idle.put(process)


def _begin() -> subprocess.Popen[bytes] | None:
    root = str(Path(__file__).resolve().parent.parent.parent)
    # -P: what lies in the folder where the user works is none of ours, whatever its name.
    command = [sys.executable, "-P", "-c", _BEGIN, root]
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None


def _round_trip(process: subprocess.Popen[bytes], request: Request) -> Reading | Refusal:
    assert process.stdin is not None and process.stdout is not None
    pickle.dump(request, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    answer: Reading | Refusal = pickle.load(process.stdout)
    return answer
