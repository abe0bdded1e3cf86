"""What can stand as a speaker's label at the start of a line, and what never does."""

from __future__ import annotations

import re
from typing import Literal

Strength = Literal["code", "role", "name"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Read as a label even where they stand once. Danish, English, Norwegian, Swedish, German.
ROLES = _words(
    """
    interviewer intervieweren interviewperson interviewpersonen interviewee interviewed informant informanten
    respondent respondenten moderator moderatoren ordstyrer ordstyreren facilitator facilitatoren
    observatør observer forsker forskeren researcher evaluator konsulent konsulenten
    leder lederen chef chefen manager afdelingsleder teamleder skoleleder forstander mellemleder
    medarbejder medarbejderen employee worker kollega tillidsrepræsentant arbejdsmiljørepræsentant
    lærer læreren teacher elev eleven student studerende pupil pædagog sygeplejerske nurse læge doctor
    borger borgeren patient patienten client klient tilsynsførende tolk tolken interpreter
    deltager deltageren participant speaker taler stemme voice person mand kvinde man woman male female
    alle all flere several samtlige begge both ukendt unknown uidentificeret unidentified fokusgruppe gruppen
    int inf resp mod fac
    intervjuer intervjueren intervjuperson deltaker deltakeren leiar ansatt ansatte lærar sykepleier lege
    intervjuare intervjuaren respondenterna deltagare deltagaren anställd medarbetare lärare chefer okänd
    befragter befragte interviewter interviewte interviewpartner interviewpartnerin moderatorin interviewerin
    sprecher sprecherin teilnehmer teilnehmerin leiter leiterin mitarbeiter mitarbeiterin lehrer lehrerin unbekannt
    """
)

# Never a label: what stands in heads, notes and tables with a colon behind it, and words that begin a sentence.
NEVER = _words(
    """
    tid tidspunkt dato dag sted lokale lokation varighed længde emne titel bilag note noter notat obs nb ps cc kl
    tlf telefon email mail adresse url http https www navn alder køn stilling titel afdeling kommune case sag
    projekt dokument fil lyd lydfil optagelse optaget transskriberet transskription transskribering transskribent
    referent referat kilde kilder side sider figur tabel kapitel afsnit spørgsmål svar tema temaer punkt pkt
    eksempel eks fx mv dvs bemærk bemærkning kommentar kommentarer konklusion resultat resultater formål baggrund
    metode indledning indhold tilstede deltagere forkortelser tegnforklaring anonymiseret
    date time place location duration length subject topic title appendix annex number name age sex gender position
    department project document file audio recording recorded transcript transcribed transcriber transcription
    source sources page figure table chapter section question questions answer answers theme example comment
    comments conclusion result results purpose background method introduction contents participants present
    abbreviations legend key attn re fwd from to author type history acronym responsible status version
    varighet emneord vedlegg merknad spørsmål eksempelvis tema datum plats längd ämne bilaga fråga svarar ort dauer
    thema anlage anhang frage antwort beispiel anmerkung hinweis ergebnis zeit name alter
    og så men eller for fordi at der det den de vi jeg du han hun i ja nej jo altså ok okay nå næ tak derfor derefter
    først dernæst endelig her hvor hvad hvem hvordan hvorfor når da som en et ikke kun også bare sådan
    and so but or because that there this these it they we you he she yes no well then first second finally here
    where what who how why when as an not only also just thanks och men eller att det ja nej und aber oder dass
    es er sie wir ich ja nein also dann
    """
) - {"i"}

_CODE_PART = r"[A-ZÆØÅÄÖÜ]{1,3}(?:[-. ]?\d{1,3}[a-zæøå]?)?|[A-ZÆØÅÄÖÜ]{4,5}[-. ]?\d{1,3}"
_CODE = re.compile(rf"(?:{_CODE_PART})(?: ?[+/&,] ?(?:{_CODE_PART}))*")
_WORD = r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_]+)*\.?"
_NAME = re.compile(
    rf"{_WORD}(?:[ _-]{_WORD}){{0,3}}(?:[ _-]?\d{{1,3}}[a-zæøå]?)?(?: \([^()\n]{{1,30}}\))?"
)
_SMALL_CODE = re.compile(r"[a-zæøå]\d{0,3}")
_JOINED = re.compile(r" ?[+/&,] ?| og | and | und | och ")
_PARTICLES = _words("af von van de der den da di du la le el og and och und")


def strength_of(label: str) -> Strength | None:
    """How sure one sight of this text before a colon makes us that a speaker is meant.

    ``code`` (``I``, ``IP1+IP2``) and ``role`` (``Interviewer``, ``Leder 2``) count where they stand once;
    ``name`` (``Anne Marie``, ``i``) counts where it stands at least twice; None never counts.
    """
    words = re.findall(r"[^\W\d_]+", label.casefold())
    if not words or words[0] in NEVER:
        return None
    if _CODE.fullmatch(label):
        return "code"
    if _SMALL_CODE.fullmatch(label):
        return "name"
    if not _NAME.fullmatch(label) or not label[0].isupper():
        return None
    outside = re.findall(r"[^\W\d_]+", label.partition(" (")[0])
    if words[0] in ROLES and len(outside) <= 2:
        return "role"
    proper = all(word[0].isupper() or word in _PARTICLES or word in ROLES for word in outside)
    return "name" if proper else None


def parts_of(label: str) -> list[str]:
    """The labels that a joined label such as ``Anna og Per`` is made of; one where it is not joined."""
    return [part for part in _JOINED.split(label) if part]
