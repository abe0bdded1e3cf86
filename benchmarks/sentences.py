"""How well sentences are found: the gold sets of ``tests/gold``, ours beside other splitters, as a table in Markdown.

Run it with ``python benchmarks/sentences.py``. pysbd is measured where it is installed (``pip install pysbd``).
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from gold_sentences import LANGUAGES, Splitter, ours, score_turns, spacy_sentencizer, turns_of

PYSBD_LANGUAGES = ("da", "en", "de")


def pysbd_segmenter(turns: list[str], language: str) -> list[set[int]]:
    """pysbd, a rule set for written text."""
    import pysbd

    segmenter = pysbd.Segmenter(language=language, clean=False, char_span=True)
    return [{len(s.sent.rstrip()) + s.start for s in segmenter.segment(turn)} for turn in turns]


def splitters(language: str) -> dict[str, Splitter]:
    known: dict[str, Splitter] = {"cmo": ours, "spaCy sentencizer": spacy_sentencizer}
    if importlib.util.find_spec("pysbd") and language in PYSBD_LANGUAGES:
        known["pysbd"] = pysbd_segmenter
    return known


def rows(language: str, without_capitals: bool) -> list[str]:
    """A row of the table for each splitter."""
    turns = turns_of(language)
    if without_capitals:
        turns = [[sentence.lower() for sentence in turn] for turn in turns]
    sentences = sum(map(len, turns))
    name = f"{language}, all in small letters" if without_capitals else language
    table = []
    for splitter_name, splitter in splitters(language).items():
        result = score_turns(turns, language, splitter)
        figures = f"{result.precision:.1%} | {result.recall:.1%} | **{result.f1:.1%}**"
        table.append(f"| {name} | {sentences} | {result.gold} | {splitter_name} | {figures} |")
    return table


def main() -> None:
    print("| gold set | sentences | ends inside turns | splitter | precision | recall | F1 |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: |")
    for without_capitals in (False, True):
        for language in LANGUAGES:
            print("\n".join(rows(language, without_capitals)))
    turns = [" ".join(turn) for turn in turns_of("da")] * 40
    ours(turns[:1], "da")
    began = time.perf_counter()
    ours(turns, "da")
    seconds = time.perf_counter() - began
    print(f"\nSpeed: {sum(map(len, turns)) / seconds / 1e6:.1f} million characters a second.")


if __name__ == "__main__":
    main()
