"""What can stand as a speaker's label at the start of a line, and what never does."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Strength = Literal["code", "role", "name"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Labels even where they stand once: Danish, English, Norwegian, Swedish, German.
ROLES = _words(
    """
    interviewer intervieweren interviewperson interviewpersonen interviewee interviewed informant informanten
    respondent respondenten moderator moderatoren ordstyrer ordstyreren facilitator facilitatoren
    observatør observer forsker forskeren researcher evaluator konsulent konsulenten
    leder lederen chef chefen manager afdelingsleder teamleder skoleleder forstander mellemleder
    medarbejder medarbejderen employee worker kollega tillidsrepræsentant arbejdsmiljørepræsentant
    lærer læreren teacher elev eleven student studerende pupil pædagog sygeplejerske nurse læge doctor
    borger borgeren patient patienten client klient tilsynsførende tolk tolken interpreter
    deltager deltageren participant speaker taler stemme voice person mand kvinde woman male female
    alle all flere several samtlige begge both ukendt unknown uidentificeret unidentified fokusgruppe gruppen
    int inf resp mod fac
    intervjuer intervjueren intervjuperson deltaker deltakeren leiar ansatt ansatte lærar sykepleier lege
    intervjuare intervjuaren respondenterna deltagare deltagaren anställd medarbetare lärare okänd
    befragter befragte interviewter interviewte interviewpartner interviewpartnerin moderatorin interviewerin
    sprecher sprecherin teilnehmer teilnehmerin leiter leiterin mitarbeiter mitarbeiterin lehrer lehrerin unbekannt
    """
)
_ROLE_ENDINGS = tuple(role for role in sorted(ROLES) if len(role) >= 4)
# Never labels: what stands with a colon in heads, notes, tables and the margins of field notes.
KEYS = _words(
    """
    tid tidspunkt dato dag sted lokale lokation varighed længde emne titel bilag note noter notat obs nb ps cc kl
    tlf telefon email mail adresse url http https www navn alder køn stilling afdeling kommune case sag besøg uge
    projekt dokument fil lyd lydfil optagelse optaget transskriberet transskription transskribering transskribent
    referent referat kilde kilder side sider figur tabel kapitel afsnit tema temaer punkt pkt interview deltagere
    eksempel eks fx mv dvs bemærk bemærkning kommentar kommentarer konklusion resultat resultater formål baggrund
    metode indledning indhold tilstede forkortelser tegnforklaring anonymiseret observation refleksion memo
    mandag tirsdag onsdag torsdag fredag lørdag søndag
    date time place location duration length subject topic title appendix annex number name age sex gender position
    department project document file audio recording recorded transcript transcribed transcriber transcription
    source sources page figure table chapter section theme example comment comments conclusion result results
    purpose background method introduction contents participants present abbreviations legend key attn fwd
    author type history acronym responsible status version reflection visit week day
    monday tuesday wednesday thursday friday saturday sunday
    pause frokost morgenmad kaffe ankomst afgang start slut optakt evaluering fordele fordel ulemper ulempe styrker
    styrke svagheder svaghed muligheder mulighed trusler trussel udfordringer udfordring barrierer anbefalinger
    kontekst mekanisme mekanismer udfald virkning virkninger citat citater indtryk stemning køkkenet kantinen mht ift jf
    jfr hhv evt inkl ang break lunch arrival departure pros cons strengths weaknesses opportunities threats challenges
    recommendation recommendations context mechanism outcome impression quote quotes vorteile nachteile pause ende
    emneord vedlegg merknad eksempelvis sammendrag datum plats längd ämne bilaga ort dauer thema anlage anhang
    beispiel anmerkung hinweis ergebnis zeit
    """
)
# Words that begin sentences. They may be initials (``DE:``), but never a name.
_SENTENCE_WORDS = _words(
    """
    og så men eller for fordi at der det den de vi jeg du han hun i ja nej jo altså ok okay nå næ tak derfor
    derefter først dernæst endelig her hvor hvad hvem hvordan hvorfor når da som en et ikke kun også bare sådan fra
    til and so but or because that there this these it they we you he she yes no well then first second finally
    here where what who how why when as an not only also just thanks from to och att nej und aber oder dass es er
    sie wir ich nein dann
    """
)
_CODE_PART = r"(?:[A-ZÆØÅÄÖÜ]{1,3}(?:[-. ]?\d{1,3}[a-zæøå]?)?|[A-ZÆØÅÄÖÜ]{4,5}[-. ]?\d{1,3})"
_CODE = re.compile(rf"{_CODE_PART}(?: ?[+/&,] ?{_CODE_PART})*")
_SMALL_CODE = re.compile(r"(?:[a-zæøåäöü]{1,2}|[bcdfghjklmnpqrstvwxz]{3})\d{0,3}")
_NAME_PART = r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?"
_NAME = re.compile(rf"{_NAME_PART}(?:[ _-]{_NAME_PART}){{0,3}}(?:[ _-]?\d{{1,3}}[a-zæøå]?)?")
_JOINED = re.compile(r" ?[+/&,] ?| og | and | und | och ")
_PARTICLES = _words("af von van de der den da di du la le el og and och und")
_PLACE_OF_A_ROLE = re.compile(r"[^\W\d_]+(?:[ -][\w.]+){0,2}")
_LETTERS = re.compile(r"(?<!\d)[^\W\d_]+")


@lru_cache(maxsize=4096)  # a file has few labels, and they stand in every other line
def strength_of(label: str) -> Strength | None:
    """How sure one sight of this text before a colon makes us that a speaker is meant.

    ``code`` (``I``, ``IP1+IP2``) and ``role`` (``Interviewer``, ``Leder 2``) count where they stand once; ``name``
    (``Anne Marie``, a small ``i``, ``Lærer, indskoling``, ``Bo, souschef``) counts where it stands at least twice;
    None never. A remark in round brackets (``R (griner)``, ``Leder (nat)``) changes nothing.
    """
    bare = without_remark(label)
    words = _LETTERS.findall(bare)
    if not words or words[0].casefold() in KEYS:
        return None
    if _CODE.fullmatch(bare):
        return "code"
    if _is_small(bare, words):
        return "name"
    role, comma, place = bare.partition(", ")
    if comma:
        before = strength_of(role)
        if before == "name" and _is_role(place):
            return "name"
        is_place = _PLACE_OF_A_ROLE.fullmatch(place) and place.split()[0] not in _SENTENCE_WORDS
        return "name" if is_place and before == "role" else None
    if words[0].casefold() in _SENTENCE_WORDS or not _NAME.fullmatch(bare):
        return None
    if not words[0][0].isupper() or not all(_is_part_of_name(word) for word in words):
        return None
    return "role" if words[0].casefold() in ROLES and len(words) <= 2 else "name"


def _is_small(bare: str, words: list[str]) -> bool:
    """Whether a text is a code or a role typed without capitals: ``i``, ``rsp``, ``interviewer 2``."""
    if len(words) > 1 or (len(words[0]) > 1 and words[0] in _SENTENCE_WORDS):
        return False
    return _SMALL_CODE.fullmatch(bare) is not None or (words[0] in ROLES and _NAME.fullmatch(bare) is not None)


def is_key(label: str) -> bool:
    """Whether a text is never a label, wherever it stands: a key of a head (``Dato``), a word that begins sentences."""
    words = _LETTERS.findall(label)
    return bool(words) and (words[0].casefold() in KEYS or (len(label) > 1 and label.casefold() in _SENTENCE_WORDS))


def without_remark(label: str) -> str:
    """The label without a remark in round brackets behind it."""
    bare, _, remark = label.partition(" (")
    return bare if remark.endswith(")") else label


def parts_of(label: str) -> list[str]:
    """The labels that a joined label such as ``Anna og Per`` is made of; one where it is not joined."""
    return [part for part in _JOINED.split(label) if part]


def _is_role(text: str) -> bool:
    """Whether a word says what somebody is: a role, or one in a longer word, as in ``souschef``."""
    return text.isalpha() and (text.casefold() in ROLES or text.casefold().endswith(_ROLE_ENDINGS))


def _is_part_of_name(word: str) -> bool:
    return word[0].isupper() or word in _PARTICLES or word in ROLES
