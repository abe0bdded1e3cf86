"""Codings stay on their words: any letters, any encoding, any line ends, through every way out of the study."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from builders import new_study, table
from depth import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmo
from cmo.study import Study
from transcripts.records import Transcript
from transcripts.text import normalise

PIECES = (
    "Vi købte æbler på øen",
    "Ålen åd 7,5 kg. Det var f.eks. nok",
    "pa\u030a gensyn, cafe\u0301 og o\u0308",  # NFD
    "x\u0302\u0323 har ingen NFC",
    "\u1100\u1161\u11a8",  # Hangul that NFC makes one letter of
    "👩‍👩‍👧‍👦 kom med",  # one picture, seven code points
    "🇩🇰🇬🇱 flag",
    "👍🏽 ja",
    "𝔻𝕒𝕟𝕤𝕜 og 𐍈",  # beyond the basic plane
    "ﬁn ½ ① Å",  # compatibility letters, which NFC leaves alone
    "(…) [...] – »citat«",
    "Nå!? Nej. Jo...",
    "עברית og العربية",
    "\u200d\u200b\u2060",
    "I: nej, R: jo",
)
LINE_ENDS = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32")

letters = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), max_size=12
)
speech = st.lists(st.sampled_from(PIECES) | letters)
turns = st.lists(st.tuples(st.sampled_from(["I: ", "R: ", "IP1: ", ""]), speech), min_size=1, max_size=6)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A raw text in turns, and a file that holds it."""
    end = draw(st.sampled_from(LINE_ENDS))
    raw = end.join(label + " ".join(pieces) for label, pieces in draw(turns)) + end
    raw += "R: Sidste ord."
    return raw, raw.encode(draw(st.sampled_from(ENCODINGS)))


def pick(data: st.DataObject, transcript: Transcript) -> tuple[int, int]:
    """A sentence, a word or any other passage of a transcript."""
    length = len(transcript.text)
    start = data.draw(st.integers(0, length - 1))
    anywhere = start, data.draw(st.integers(start + 1, length))
    return data.draw(st.sampled_from([(span.start, span.end) for span in transcript.sentences[:20]] + [anywhere] * 3))


def sound(study: Study) -> list[str]:
    """What of each source's codings is not as its text says."""
    wrong = [str(finding) for finding in study.check()]
    for source in study.sources():
        text = study.transcript(source.id).text
        wrong += [c.quote for c in study.codings(source.id) if text[c.start : c.end] != c.quote]
    return wrong


@given(file=files(), data=st.data())
@settings(max_examples=examples(10, 25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_codings_stay_on_their_words_whatever_the_file(file: tuple[str, bytes], data: st.DataObject) -> None:
    raw, content = file
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "x.txt").write_bytes(content)
        with new_study(folder) as study:
            assert study.import_files([folder / "x.txt"]).failed == []
            study.new_code("Kode")
            transcript = study.transcript("x")
            assert transcript.text == normalise(raw)
            spans = {pick(data, transcript) for _ in range(3)}
            quotes = {study.code("x", *span, "Kode").quote for span in spans}
            assert quotes == {transcript.text[start:end] for start, end in spans}
            assert sound(study) == []
            for _ in spans:
                study.undo()
            assert study.codings("x") == []
            for _ in spans:
                study.redo()
        with cmo.open_study(folder / "bogbus.cmo") as study:
            assert {coding.quote for coding in study.codings("x")} == quotes
            assert {quote.quote for quote in study.quotes()} == quotes
            assert sound(study) == []


@given(file=files(), data=st.data(), end=st.sampled_from(LINE_ENDS), form=st.sampled_from(["NFC", "NFD"]))
@settings(max_examples=examples(10, 25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_quote_from_a_table_lands_on_the_words_it_was_taken_from(
    file: tuple[str, bytes], data: st.DataObject, end: str, form: Literal["NFC", "NFD"]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "x.txt").write_bytes(file[1])
        with new_study(folder) as study:
            study.import_files([folder / "x.txt"])
            transcript = study.transcript("x")
            start, stop = pick(data, transcript)
            words = transcript.text[start:stop].strip()
            written = unicodedata.normalize(form, words).replace("\n", end)
            codings = table(folder / "c.csv", [["source", "quote", "code"], ["x", written, "Kode"]])
            report = study.import_codings(codings)
            times = sum(transcript.text.startswith(words, at) for at in range(len(transcript.text)))
            if words and times == 1:
                assert report.problems == ()
                (coding,) = study.codings("x")
                assert coding.quote == words
            else:
                assert (report.added, len(report.problems)) == (0, 1)
            assert sound(study) == []


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-8", "utf-16-le"])
def test_old_encodings_give_the_same_words(tmp_path: Path, encoding: str) -> None:
    raw = "I: Hvad så på øen?\r\nR: Vi købte æbler, café au lait og ål. Så gik vi hjem på rådhuset igen.\r\n"
    (tmp_path / "x.txt").write_bytes(raw.encode(encoding))
    study = new_study(tmp_path)
    study.import_files([tmp_path / "x.txt"])
    study.new_code("Kode")
    transcript = study.transcript("x")
    assert transcript.text == raw.replace("\r\n", "\n")
    start, end = transcript.sentences[1]
    assert study.code("x", start, end, "Kode").quote == "Vi købte æbler, café au lait og ål."


def test_the_words_around_a_quote_are_kept_with_it(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes("R: 😀 før ordet efter 🇩🇰.\r\n".encode())
    study = new_study(tmp_path)
    study.import_files([tmp_path / "x.txt"])
    study.new_code("Kode")
    text = study.transcript("x").text
    start = text.index("ordet")
    study.code("x", start, start + 5, "Kode")
    assert study.check() == []
    assert text == "R: 😀 før ordet efter 🇩🇰.\n"
