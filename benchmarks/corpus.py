"""Invented interviews for measuring: deterministic, in Danish and English, with words in natural proportions.

Nothing here was ever said by anybody. The most frequent words of each language are written out below in the order of
their frequency; the many rare ones are compounds and forms made of stems. How often a word comes follows the law of
Zipf and Mandelbrot, so that an index, a compressor or a cache meets what it would meet in real transcripts: a few
words everywhere, half of all word forms once. Interview ``n`` of a corpus is the same whichever others are made.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

CHARACTERS = 60_000
"""Code points of an interview: an hour of talk."""
ROLES = ("Leder", "Medarbejder", "Tillidsvalgt")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a study is."""

    name: str
    interviews: int
    codings: int
    cases: int


SIZES = {
    size.name: size
    for size in (
        Size("small", 40, 6_000, 20),
        Size("medium", 400, 60_000, 80),
        Size("large", 2_000, 300_000, 200),
    )
}

_COMMON = {
    "da": """
        det og at jeg er så vi der i en ikke de på man til som for har med af den var jo men også et hvis hvad når
        noget kan om fra vores skal ja da nogle blev lidt meget mig selv havde nej dem bare sådan nu her ville du os
        eller være må altså dig hvordan ind op end efter sig ud kunne får have alle hun han mere godt gør hvor fordi
        gang dag siger kommer nok igen hele mange gerne faktisk synes tror går ved over tid under sagde kom egentlig
        måske folk år år stadig rigtig ned blive ting hver mellem først aldrig altid bliver gik fik lige derfor
        derned nogen gode anden andre måde imod øh øhm skulle hjem par nemlig dengang samme uden både før kender
    """,
    "en": """
        the and to i it that a of you we was in they is so have but for it's not what on do this with just be at like
        if there all know when as then them had people because are were up about one get or he she really think out
        said can well go time now some would don't our way from been more how will who did day things work going
        something their quite very came no yes right want could say good see other thing only much us went mean
        always take down into where also over never after back still before need every maybe came might why
    """,
}
_STEMS = {
    "da": """
        arbejd:e,er,et,ede sag:,en,er,erne møde:,t,r,rne vagt:,en,er,erne plan:,en,er,erne leder:,en,e,ne,ens
        pause:,n,r,rne tid:,en,er team:,et,s tavle:,n,r,rne kollega:,en kolleg:er,erne ansvar:,et,lig
        rum:,met,mene borger:,en,e,ne
        skole:,n,r,rne barn:,et børn:,ene kørsel:,en sygdom:,men stress:,et,ede løft:,et,ede,ene hjælp:,e,er,emidler
        aftale:,n,r,rne uge:,n,r,rne regel:,en,sæt løsning:,en,er,erne udvalg:,et,ene samtale:,n,r,rne lytt:e,er,ede
        støtt:e,er,ede,en prøv:e,er,ede,et ændr:e,er,ede,ing tal:,e,er,te,t spørg:e,er,smål følg:e,er,te,skab
        sikker:t,hed,heden tryg:,ge,hed,heden øvelse:,n,r,rne åben:,t,hed indsats:,en,er,erne afdeling:,en,er,erne
        kultur:,en,er skema:,et,er gulv:,et,e hånd:,en,bog hæld:,er,te fagforening:,en,er rygpine:,n lønning:,en,er
    """,
    "en": """
        work:,s,ed,ing,er,ers meeting:,s shift:,s,ed plan:,s,ned,ning manager:,s,'s break:,s,ing team:,s board:,s
        colleague:,s duty: room:,s resident:,s school:,s child:,ren drive:,r,rs sickness: stress:,ed,ful lift:,s,ed,ing
        help:,s,ed,ing,er agreement:,s week:,s rule:,s solution:,s committee:,s talk:,s,ed,ing listen:,s,ed,ing
        support:,s,ed,ing try: change:,s,d safe:,ty,ly trust:,s,ed,ing exercise:,s open:,s,ed,ing effort:,s
        department:,s culture:,s schedule:,s floor:,s hand:,s,book wage:,s union:,s ache:,s answer:,s,ed,ing
    """,
}
_PLACES = ["Nord", "Syd", "Øst", "Vest", "Fjord", "Bakke", "Å", "Eng", "Skov", "Sø"]
_KINDS = ["skolen", "værket", "hjemmet", "gården", "huset", "klinikken"]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: list[str]
    weights: list[float]
    """Cumulative."""


@cache
def _lexicon(language: str) -> _Lexicon:
    common = list(dict.fromkeys(_COMMON[language].split()))
    families = [entry.split(":") for entry in _STEMS[language].split()]
    plain = [stem + ending for stem, endings in families for ending in endings.split(",")]
    joint = "s" if language == "da" else "-"
    made = [f"{first}{joint}{word}" for first, _ in families for word in plain]
    chance = random.Random(f"lexicon {language}")
    chance.shuffle(plain)
    chance.shuffle(made)
    words = list(dict.fromkeys([*common, *plain, *made]))
    return _Lexicon(words, list(accumulate(1 / (rank + 2.7) ** 1.15 for rank in range(len(words)))))


def interview(number: int, characters: int = CHARACTERS) -> str:
    """The text of one interview: a head of two lines, then turns of an interviewer and of one who answers."""
    chance = random.Random(f"interview {number}")
    language = language_of(number)
    topics = chance.sample(_lexicon(language).words[100:], k=25)
    pieces = [f"Interview {number}\n{case_name(number)}\n\n"]
    length = len(pieces[0])
    asks = True
    while length < characters:
        count = chance.randint(1, 2) if asks else min(1 + int(chance.expovariate(1 / 4)), 30)
        sentences = [_sentence(chance, language, topics, asks) for _ in range(count)]
        pieces.append(f"{'I' if asks else 'R'}: {' '.join(sentences)}\n")
        length += len(pieces[-1])
        asks = not asks
    return "".join(pieces)


def language_of(number: int) -> str:
    """Every eighth interview is in English."""
    return "en" if number % 8 == 7 else "da"


def case_name(number: int, cases: int = SIZES["large"].cases) -> str:
    """The case that an interview belongs to."""
    place, kind = divmod(number % cases, len(_KINDS))
    more = f" {place // len(_PLACES) + 1}" if place >= len(_PLACES) else ""
    return f"{_PLACES[place % len(_PLACES)]}{_KINDS[kind]}{more}"


def file_name(number: int) -> str:
    return f"interview-{number:04}.txt"


def write_corpus(folder: Path, size: Size) -> Path:
    """Write the interviews of a study of this size as text files, and beside them ``sources.csv`` that binds them."""
    texts = folder / "interviews"
    texts.mkdir(parents=True, exist_ok=True)
    for number in range(size.interviews):
        (texts / file_name(number)).write_text(interview(number), encoding="utf-8", newline="")
    rows = [
        [file_name(n), "interview", case_name(n, size.cases), ROLES[n % len(ROLES)], language_of(n)]
        for n in range(size.interviews)
    ]
    write_table(folder / "sources.csv", ["file", "kind", "case", "role", "language"], rows)
    return texts


def write_table(path: Path, headings: list[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a table as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(headings)
        table.writerows(rows)
    return path


def _sentence(chance: random.Random, language: str, topics: list[str], asks: bool) -> str:
    lexicon = _lexicon(language)
    count = min(3 + int(chance.expovariate(1 / 9)), 45)
    words = chance.choices(lexicon.words, cum_weights=lexicon.weights, k=count)
    # Every conversation has words of its own that come back.
    words = [chance.choice(topics) if chance.random() < 0.04 else word for word in words]
    if chance.random() < 0.05:  # and now and then a word is made that nobody has made before
        words[-1] = "".join(chance.choices(lexicon.words[100:], k=2))
    if count > 12:
        words[count // 2] += ","
    if chance.random() < 0.02:
        words.insert(chance.randrange(count), chance.choice(("(...)", "[griner]", "[pause]", "...")))
    return f"{words[0].capitalize()} {' '.join(words[1:])}{'?' if asks else '.'}"
