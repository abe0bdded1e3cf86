"""From bytes to the one form of text that positions count in: NFC, LF line ends, Unicode code points."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

from store.errors import InputError
from store.findings import Finding

BOM = "\ufeff"
CONTROL_SHARE = 0.005
"""More control characters than this share of a text, and it is no text."""
WESTERN_SHARE = 0.4
"""More bytes beyond ASCII than this share, and it is no Western European text; Danish has about 0.04."""

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = {  # in order of preference where two read the bytes alike
    "cp1252": "Windows-1252",
    "latin-1": "ISO-8859-1",
    "mac-roman": "Mac Roman",
    "cp865": "DOS Nordic (865)",
    "cp850": "DOS Western Europe (850)",
}
_NORDIC = frozenset("æøåÆØÅäöÄÖ")
_OTHER_LETTERS = frozenset("éÉèÈêëüÜßñçáàâíïîóòôúùûýðþÐÞ")
_MARKS = frozenset("“”„‘’‚–—…•«»‹›§°·½¼¾²³´€£©®™×\xa0\xad")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LONG_RUN = re.compile("[^\x00-\u02ff]{64,}")
"""Where a run of accents may be; below U+0300 there are none. What is left out of a range is compiled far sooner."""
_MAY_CHANGE = re.compile("[^\x00-\u02ff]")
"""What NFC may change; below U+0300 every letter is in that form."""
_SAVE_AS_UTF8 = "Open it in the program it was written with and save it as plain text in UTF-8."


_NO_ENCODINGS_OF_TEXT = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text read from bytes, not yet normalised. ``findings`` say where the encoding was guessed.

    ``confidence`` is how sure the guess is, in percent; None where it was no guess.
    """

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()
    confidence: int | None = None


def normalise(raw: str) -> str:
    """The text in NFC with LF line ends and without one leading byte order mark; nothing else is changed."""
    return composed(raw.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n"))


def composed(text: str) -> str:
    """The text in NFC, in time that grows with its length alone.

    Python puts the accents of a letter in order by moving each past all that it belongs before: a letter with a
    million accents of two kinds would take hours. So long runs are put in order here, by sorting.
    """
    if _MAY_CHANGE.search(text) is None:
        return text
    return unicodedata.normalize("NFC", _LONG_RUN.sub(_in_order, text))


def _in_order(run: re.Match[str]) -> str:
    """The canonical decomposition of a run of characters (Unicode Standard, section 3.11)."""
    parted = "".join(unicodedata.normalize("NFD", char) for char in run[0])
    by_kind = groupby(parted, key=lambda char: unicodedata.combining(char) > 0)
    return "".join(
        "".join(sorted(chars, key=unicodedata.combining) if are_marks else chars) for are_marks, chars in by_kind
    )


def describe_position(text: str, start: int) -> str:
    """A position (code points) in words that a person can look up: ``line 12``, counted from 1."""
    return f"line {text.count(chr(10), 0, start) + 1}"


def require_encoding(written: str) -> str:
    """The codec of an encoding that a person names, such as ``cp1252``. Raises InputError where there is none."""
    try:
        codec = codecs.lookup(written.strip())
        with suppress(UnicodeDecodeError):
            b"a".decode(codec.name)  # a codec of bytes to bytes, such as base64, is refused here
    except (LookupError, ValueError):
        codec = None
    if codec is None or codec.name in _NO_ENCODINGS_OF_TEXT:
        known = ", ".join(["utf-8", "utf-16", *_GUESSES])
        raise InputError(f"'{written}' is no encoding that we know.", f"For example {known}.")
    return codec.name


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Read bytes as text: UTF-8, UTF-16 or UTF-32 where they say so, else the likeliest Western encoding.

    A guess is told as the finding ``encoding-guessed``. The guess rests on this module alone and not on a
    library's statistics, so that the same file gives the same text on every machine. Neither findings nor
    errors name the file: whoever read it adds the name. ``encoding`` is what a person says it is: nothing is guessed.

    Raises:
        InputError: the bytes are no text (NUL bytes, control characters, letters that make no sense), or not in
            the encoding given.
    """
    if encoding is not None:
        decoded = _as_told(data, require_encoding(encoding))
    else:
        decoded = _with_mark(data) or _unmarked_utf16(data) or _utf8(data) or _guessed(data)
    _require_text(decoded.text)
    return decoded


def _as_told(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding).removeprefix(BOM), encoding)
    except UnicodeDecodeError as exc:
        message = f"this is not {encoding.upper()}, as was said: byte {exc.start + 1} does not fit."
        raise InputError(message, "Leave the encoding out to have it found, or name another.") from exc


def _with_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as exc:
                message = f"the text begins as {encoding.upper()} but is damaged at byte {exc.start}."
                raise InputError(message, _SAVE_AS_UTF8) from exc
    return None


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark, where unmistakable: every second byte is nearly always NUL, the others never."""
    if len(data) < 4 or len(data) % 2:
        return None
    for encoding, low, high in (("utf-16-le", data[0::2], data[1::2]), ("utf-16-be", data[1::2], data[0::2])):
        if high.count(0) >= 0.8 * len(high) and low.count(0) == 0:
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                return None
    return None


def _utf8(data: bytes) -> Decoded | None:
    marked = data.startswith(codecs.BOM_UTF8)
    body = data.removeprefix(codecs.BOM_UTF8)
    encoding = "utf-8-sig" if marked else "utf-8"
    try:
        return Decoded(body.decode(), encoding)
    except UnicodeDecodeError:
        return _mixed(body, encoding)


def _mixed(body: bytes, encoding: str) -> Decoded | None:
    """UTF-8 with a few foreign bytes in it, as pasting files together leaves it: those are Windows-1252."""
    kept = body.decode(errors="surrogateescape")
    strays = [at for at, char in enumerate(kept) if "\udc80" <= char <= "\udcff"]
    honest = sum(not char.isascii() for char in kept) - len(strays)
    if encoding == "utf-8" and honest <= 2 * len(strays):
        return None
    chars = list(kept)
    for at in strays:
        chars[at] = bytes([ord(chars[at]) - 0xDC00]).decode("cp1252", errors="replace")
    text = "".join(chars)
    before = normalise(text[: strays[0]])
    place = describe_position(before, len(before))
    message = f"{len(strays)} bytes from here on are not UTF-8 as the rest; they were read as Windows-1252."
    return Decoded(text, encoding, (Finding("encoding-mixed", place, message),))


def _guessed(data: bytes) -> Decoded:
    if b"\0" in data:
        raise InputError("this is not text: it has NUL bytes.", _SAVE_AS_UTF8)
    scored = [
        (_sense(text), -rank, name, text)
        for rank, name in enumerate(_GUESSES)
        if (text := _decoded_or_none(data, name)) is not None
    ]
    sense, _, name, text = max(scored)
    foreign = sum(byte > 127 for byte in data)
    if sense < 0 or foreign > max(WESTERN_SHARE * len(data), 16):
        raise InputError("this is not text, or in an encoding we do not know.", _SAVE_AS_UTF8)
    confidence = _confidence(text, [other for _, _, _, other in scored])
    message = (
        f"How its letters are coded was guessed: {_GUESSES[name]} ({confidence} % sure). See whether æ, ø and å are "
        "right; if not, save it in UTF-8, or say with the import what it is (--encoding)."
    )
    return Decoded(text, name, (Finding("encoding-guessed", "", message),), confidence)


def _confidence(text: str, readings: list[str]) -> int:
    """How sure a guess is, in percent and never 100: by how many more of its letters make sense than in the best
    reading that differs from it; a letter that only this reading makes sense of halves the doubt.
    """
    sensible = _sensible(text)
    rival = max((_sensible(other) for other in readings if other != text), default=0)
    share = sensible / (len(_BEYOND_ASCII.findall(text)) or 1)
    return min(99, round(100 * share * (1 - 0.5 ** (1 + max(sensible - rival, 0)))))


def _sensible(text: str) -> int:
    """How many characters beyond ASCII make sense where they stand."""
    framed = f"\n{text}\n"
    return sum(_sense_of(framed[m.start() - 1], m[0], framed[m.end()]) > 0 for m in _BEYOND_ASCII.finditer(framed))


def _decoded_or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sense(text: str) -> float:
    """How well the letters beyond ASCII suit a Western European, above all Nordic, text; below 0: not."""
    framed = f"\n{text}\n"
    return sum(_sense_of(framed[m.start() - 1], m[0], framed[m.end()]) for m in _BEYOND_ASCII.finditer(framed))


def _sense_of(before: str, char: str, after: str) -> float:
    if char in _NORDIC or char in _OTHER_LETTERS:
        if char.isupper() and before.islower():
            return -2.0  # a capital inside a word is the mark of a wrong guess
        return 3.0 if char in _NORDIC else 1.0
    if char in _MARKS:
        inside_word = before.isalpha() and after.isalpha() and char not in "’…–—\xad"
        return -2.0 if inside_word else 1.0
    return -2.0


def _require_text(text: str) -> None:
    if "\0" in text:
        raise InputError("this is not text: it has NUL characters.", _SAVE_AS_UTF8)
    controls = sum(text.count(chr(code)) for code in range(1, 32) if chr(code) not in "\t\n\v\f\r\x1a")
    if controls > CONTROL_SHARE * len(text):
        raise InputError(f"this is not text: it has {controls} control characters.", _SAVE_AS_UTF8)
