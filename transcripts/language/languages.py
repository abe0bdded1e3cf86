"""Spoken languages: one code for what people write."""

from __future__ import annotations

import re

from store.errors import InputError

_NAMES = {
    "da": "dansk danish",
    "en": "engelsk english",
    "nb": "norsk norwegian bokmål",
    "nn": "nynorsk",
    "sv": "svensk svenska swedish",
    "de": "tysk deutsch german",
    "fi": "finsk suomi finnish",
    "fo": "færøsk faroese",
    "is": "islandsk icelandic",
    "kl": "grønlandsk greenlandic kalaallisut",
    "nl": "hollandsk nederlandsk dutch",
    "fr": "fransk french",
    "es": "spansk spanish",
    "it": "italiensk italian",
    "pl": "polsk polish",
    "ar": "arabisk arabic",
    "so": "somali somalisk",
    "tr": "tyrkisk turkish",
    "uk": "ukrainsk ukrainian",
}
_IN_ENGLISH = {
    "da": "Danish",
    "en": "English",
    "nb": "Norwegian (bokmål)",
    "nn": "Norwegian (nynorsk)",
    "no": "Norwegian",
    "sv": "Swedish",
    "de": "German",
    "fi": "Finnish",
    "fo": "Faroese",
    "is": "Icelandic",
    "nl": "Dutch",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pl": "Polish",
}
_BY_NAME = {name: code for code, names in _NAMES.items() for name in names.split()}
_ISO_639_1 = frozenset(
    re.findall(
        r"\w+",
        """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka
    kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng
    nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
        """,
    )
)
EXPECTED = "a language by name or ISO 639-1 code, such as da, en or Danish"


def language_code(written: str) -> str | None:
    """``da`` for ``da``, ``da-DK``, ``da_DK``, ``Dansk`` and ``Danish``; None for what is no language we know."""
    plain = written.strip().casefold()
    code = re.split(r"[-_]", plain)[0]
    return _BY_NAME.get(plain) or (code if code in _ISO_639_1 else None)


def require_language(written: str) -> str:
    """The code of a language. Raises InputError where it is none that we know."""
    code = language_code(written)
    if code is None:
        raise InputError(f"'{written}' is no language that we know.", f"Give {EXPECTED}.")
    return code


def language_name(code: str) -> str:
    """A language as a person calls it; the code itself for those that we have no name for."""
    return _IN_ENGLISH.get(code, code)


def is_same_language(one: str, other: str) -> bool:
    """Whether two codes can be the same language: ``no`` is either Norwegian."""
    return one == other or ("no" in (one, other) and {one, other} <= {"no", "nb", "nn"})
