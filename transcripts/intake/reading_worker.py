"""Reads files for an import that goes on in another process: a program run by :mod:`transcripts.intake.reading_ahead`.

Standard input is requests, standard output the answers in their order, both pickled: they come from and go to the
process that began this one, and nobody else. A request is what :func:`transcripts.reading.read_file` is given; an
answer is the reading without the file's bytes and with its words looked up, or the message and the hint of the error.
It ends with its input, whatever it is reading: whoever asked is gone, or wants no more.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, NamedTuple

from store.errors import InputError
from transcripts.language.spoken_words import spoken_words, with_lemmas
from transcripts.reading import Reading, read_file
from transcripts.settings import Settings


class Request(NamedTuple):
    """A file to read; ``language`` is the study's."""

    path: Path
    data: bytes
    settings: Settings
    language: str


class Refusal(NamedTuple):
    """Why a file cannot be read, as :class:`store.errors.InputError` says it."""

    message: str
    hint: str


LookedUp = defaultdict[str, set[str]]
"""By language the word forms of which the lemma was looked up before."""


def answer(request: Request, looked_up: LookedUp) -> Reading | Refusal:
    """The reading of a file, without the file's bytes, which whoever asks has already, and without lemmas told before.

    Where that file was not kept after all, whoever keeps this one looks them up.
    """
    try:
        reading = read_file(request.path, request.data, settings=request.settings, language=request.language)
    except InputError as exc:
        return Refusal(exc.message, exc.hint)
    words = spoken_words(reading.document.text, reading.turns)
    spoken = with_lemmas(words, reading.language, looked_up[reading.language])
    return replace(reading, data=b"", spoken=spoken)


def listen(requests: BinaryIO, asked: SimpleQueue[Request]) -> None:
    """Take requests until there are no more, and end the process then."""
    try:
        while True:
            asked.put(pickle.load(requests))
    finally:
        os._exit(0)


def serve(asked: SimpleQueue[Request], answers: BinaryIO) -> None:
    """Answer requests as they come."""
    looked_up: LookedUp = defaultdict(set)
    while True:
        pickle.dump(answer(asked.get(), looked_up), answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


def main() -> None:
    """Serve standard input and output, of which nothing that is printed may become a part."""
    # Ctrl+C in a terminal is meant for the import, which then ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    asked: SimpleQueue[Request] = SimpleQueue()
    Thread(target=listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    serve(asked, answers)
