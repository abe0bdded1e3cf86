"""The runner: ``python -m fuzz --seconds 60``; one reader alone with ``--reader pdf``.

Two processes share the readers. What fails is kept as a file and told with its seed and number; the same two give the
same input again: ``--reader pdf --seed 7 --number 123``.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # whose writers make the first files

from fuzz.laws import TARGETS
from fuzz.mutation import Mutation
from fuzz.seeds import SEEDS, WORDS

ROOT = Path(__file__).resolve().parent.parent
SLOW_SECONDS = 5.0
"""Of a processor; more for one small file is a failure."""
HANGING_SECONDS = 120
"""By the clock; a process that has not come back by then is ended, with where it was."""
MOST_FAILURES = 10
PROCESSES = 2


def input_of(reader: str, seed: int, number: int, files: list[bytes]) -> bytes:
    """The input of this number: the same for the same seed, on every machine."""
    return Mutation(random.Random(f"{reader} {seed} {number}"), files, WORDS[reader]).result()


def failure_of(reader: str, data: bytes) -> str | None:
    """What is wrong with how a reader takes these bytes; None where nothing is."""
    started = sum(os.times()[:4])
    try:
        TARGETS[reader](data)
    except Exception:
        return traceback.format_exc()
    seconds = sum(os.times()[:4]) - started
    return f"it took {seconds:.1f} seconds of a processor" if seconds > SLOW_SECONDS else None


def fuzz(reader: str, seed: int, seconds: float, folder: Path, inputs: int | None = None) -> int:
    """Try a reader for so long, or with so many inputs if that is less; print what fails, and return how often."""
    files = SEEDS[reader]()
    current = folder / f"{reader}-{seed}-current.{reader}"
    failure_of(reader, files[0])  # what is loaded on the way does not count
    number = failures = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end and failures < MOST_FAILURES and (inputs is None or number < inputs):
        data = input_of(reader, seed, number, files)
        current.write_bytes(data)
        faulthandler.dump_traceback_later(HANGING_SECONDS, exit=True, file=sys.__stderr__ or sys.stderr)
        failure = failure_of(reader, data)
        if failure is not None:
            failures += 1
            kept = current.with_name(f"{reader}-{seed}-{number}.{reader}")
            kept.write_bytes(data)
            print(f"{reader}: --seed {seed} --number {number}, kept as {kept}\n{failure}", flush=True)
        number += 1
    faulthandler.cancel_dump_traceback_later()
    current.unlink(missing_ok=True)
    print(f"{reader}: {number:,} inputs, {failures} failures", flush=True)
    return failures


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long each reader is tried")
    parser.add_argument("--inputs", type=int, default=None, help="how many inputs each reader is tried with at most")
    parser.add_argument("--reader", action="append", choices=[*TARGETS], help="may be given again; all where it is not")
    parser.add_argument("--seed", type=int, default=0, help="another gives other inputs")
    parser.add_argument("--number", type=int, default=None, help="try the one input of this number, and no other")
    parser.add_argument("--alone", action="store_true", help="in this process")
    return parser.parse_args()


def _share_out(readers: list[str], seed: int, seconds: float, inputs: int | None) -> int:
    """Two processes, each with half of the readers; how many of them found something."""
    shares = [share for at in range(PROCESSES) if (share := readers[at::PROCESSES])]
    command = [sys.executable, "-m", "fuzz", "--alone", "--seed", str(seed), "--seconds", str(seconds)]
    command += [] if inputs is None else ["--inputs", str(inputs)]
    running = [
        subprocess.Popen([*command, *(word for reader in share for word in ("--reader", reader))], cwd=ROOT)
        for share in shares
    ]
    return sum(process.wait() != 0 for process in running)


def main() -> int:
    """Exit code: 0 where nothing failed."""
    asked = _arguments()
    readers = asked.reader or [*TARGETS]
    if asked.number is not None:
        failures = [failure_of(name, input_of(name, asked.seed, asked.number, SEEDS[name]())) for name in readers]
        print("\n".join(failure or "nothing failed" for failure in failures))
        return int(any(failures))
    if not asked.alone:
        return int(_share_out(readers, asked.seed, asked.seconds, asked.inputs) > 0)
    warnings.simplefilter("error")
    folder = Path(tempfile.mkdtemp(prefix="cmo-fuzz-"))
    failed = sum(fuzz(reader, asked.seed, asked.seconds, folder, asked.inputs) for reader in readers)
    if not failed:
        folder.rmdir()
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
