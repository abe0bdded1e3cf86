"""Where a sentence ends in transcribed speech: rules on the characters, without any model.

The rules are for talk written down: three dots are a pause and no end, ``(…)`` and ``[laughs]`` belong to
what was said before them, and an abbreviation's full stop is no end. Danish first; English, Norwegian,
Swedish and German by their own abbreviations, other languages by the English ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence.
_ABBREVIATIONS = {
    "da": """a adm adr afd afs aftr afg alm ang ank apr apt arb art aud aug bd bem besl bet bl bla bla.a bl.a ca
        cand cand.mag cand.pæd cand.polit cand.psych cand.scient.soc civ co d d.d d.v.s ddr dec dep dept dir div
        dr dvs egl eks ekskl eksp ekst eng enh etabl evt f f.eks f.t feb ff fhv fl fm fmd foreg forf form forts fr
        frk fung fx førstk g gdr gl gnsn gr grdl hr i.e if iflg ifm ift igangv ill indb indf indl inkl jan jf jfr
        jr jul jun kap kgl kl km kol komm kons konst kr kst kt kvt lab lb lic lign lok lr m ma maks medarb medl mht
        mia mio mr mrk mrs mrd mul mv.t n nederl nkr nl nord nov nr nto nuv ny o o.a obl obs odont okt omg omkr
        omtr opg opl opr opt org orig overs ovenn p p.d p.g.a p.t pag par pct pd perf pers pga pk pkt pl polit
        pr pr.pr prim prof proj psyk pt på.gr red ref reg regn rep resp rev s s.d s.k samt sb sc schw sek sen sep
        sept sg skr sml sml.m smp spec spm spr spsk sr st stk str stud subj subst sv såk såkk t t.eks t.o.m tdr techn
        tekn temp ti tidl tilf tilh till tilsv tlf ton tr trp tsk ty udd uddr udg udt ugtl u.a und u.st v v.h.a v.s
        vb vedk vedl vedr vejl vh vha vs vær ytr årg årh """,
    "en": """approx apr apt assoc aug ave bldg blvd capt cf cmdr co col corp dec dept dr ed e.g eds est esp feb fig
        figs ft gen gov hon i.e incl inc jan jr jul jun lt ltd mar messrs misc mr mrs ms mt mus no nos nov oct op
        p pp pres prof ref refs rep rev resp sen sept sep sgt sr st v vol vols viz vs""",
    "nb": """adm adr afd alm ang apr aug avd avg bl bl.a ca dec des dr dvs e.l ekskl el eks etc evt f f.eks feb ff
        fl forts fr frk fung g gl gj hr if ifb iflg ifm ift inkl jan jf jfr kap kgl kl kr kst lign m maks md mht
        mill mnd mrd mv nov nr o.a okt omg omtr ons op p p.g.a pga pkt pr prof pst red ref resp rev s sept sek
        sp spm st stk str sv t t.d t.o.m tilsv tir tlf u u.a v vedr vha vsl årg""",
    "sv": """adj ang anm apr art aug avd avg bl bl.a ca co d.v.s dec dir dr dvs e.d ed ekon el enl ex exkl f f.d
        f.n feb ff fig forts fr fr.o.m förf förs g gm hr ibl if inkl inst jan jfr kap kl kr kungl m max mfl milj
        min mm mr mrs nov nr o.a obs okt omkr p p.g.a pga prof red ref resp s s.k sek sept sid sk st stud t t.ex
        t.o.m tel temp tex tfn tim tom tr u ung uppl v vard vol äv årg""",
    "de": """abb abs abt allg amtl apr aufl aug bd bzgl bzw ca d.h dez dgl dipl dr ebd ehem eigtl einschl entspr
        etw evtl exkl fa feb ff fr ggf ggfs geb gem gez hg hr hrsg i.d.r inkl insb jan jh jr kap lfd mio mrd nr
        nov o.ä o.g okt prof s.o s.u sept sog st str tel u u.a u.u usf v.a vgl z z.b z.t zzgl""",
}
# The end of a sentence where a capital follows, and not where a small letter does.
_MAY_END = _words(
    """osv mv m.m m.v m.fl o.l o.lign o.a o.s.v etc et.al al a.m p.m bl.a.m e.l m.a.o u.s.w usw u.v.m m.fl osv mfl
    mm m.m o.s.v m.fl etc o.dyl fl lign mvh ltd inc co jr sr
    kr stk pct mio mia mia md mdr min km kg cm m l st"""
)
_MONTHS = _words(
    """januar februar marts april maj juni juli august september oktober november december mars mai januari februari
    augusti january february march may june july october december januar februar märz juni juli oktober dezember
    jan feb mar apr jun jul aug sep sept okt oct nov dec dez"""
)
# A single capital with a full stop before one of these is the end of a sentence, not an initial.
_STARTERS = _words(
    """det den der de så og men jeg han hun vi i du man hvis når nu ja nej jo altså for fordi at her hvad hvor hvem
    hvordan hvorfor som til med på er har kan skal vil ikke også bare dem det's min mit mine hans hendes vores
    it he she they we you the and but so that this these those there what then i if when well yes no now not my
    his her our their is are was do does did have has how why who where because also just or to in on at
    jag hon dom och men så det vi ni om när det han der die das er sie es wir ich und aber dann wenn ja nein"""
)
_ELLIPSIS = re.compile(r"\.{2,}|…")
_END = re.compile(r"[.!?…]+[\"'”’“»«)\]}*_]*(?=\s|[A-ZÆØÅÄÖÜ])")
_WORD_BEFORE = re.compile(r"[^\s\"'”“„»«(\[{/]*$")
_NEXT = re.compile(r"[\s\"'”“„»«‘’(\[{*_–—•-]*")
_BRACKETS = re.compile(r"\([^()\[\]\n]{0,200}\)|\[[^()\[\]\n]{0,200}\]")
_VOWEL = re.compile(r"[aeiouyæøåäöüé]", re.IGNORECASE)


def sentence_starts(line: str, language: str) -> Iterator[int]:
    """The positions (code points) in a line at which a new sentence begins, except the first."""
    groups = [(m.start(), m.end()) for m in _BRACKETS.finditer(line)]
    start = 0
    for match in _END.finditer(line):
        mark, end = match.start(), match.end()
        if mark < start or any(opens < mark and end < closes for opens, closes in groups):
            continue
        after = _after_brackets(line, end, groups)
        following = line[_NEXT.match(line, after).end():]  # type: ignore[union-attr]
        if not _has_words(following) or not _has_words(line[start:mark]):
            continue
        if _ends(line[start:mark], match.group(), following, language, after > end):
            start = after + len(line[after:]) - len(line[after:].lstrip())
            yield start


def _after_brackets(line: str, end: int, groups: list[tuple[int, int]]) -> int:
    """The end of the remarks in brackets that follow: they belong to what was said before them."""
    for opens, closes in groups:
        if opens >= end and not line[end:opens].strip():
            end = closes
    return end


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _ends(before: str, marks: str, following: str, language: str, remark_between: bool) -> bool:
    signs = marks.rstrip("\"'”’“»«)]}*_")
    closed = len(marks) > len(signs)
    small = following[0].islower()
    if "?" in signs or "!" in signs:
        return not (small and closed)
    if _ELLIPSIS.fullmatch(signs):
        return _pause_ends(marks, following, language)
    if small and (closed or remark_between):
        return False
    return closed or _full_stop_ends(before, following, small, language)


def _pause_ends(marks: str, following: str, language: str) -> bool:
    """Dots end a sentence before a capital. In square brackets they stand for a word that was taken out."""
    pronoun = language == "en" and re.match(r"I\b", following) is not None
    return following[0].isupper() and not marks.endswith("]") and not pronoun


def _full_stop_ends(before: str, following: str, small: bool, language: str) -> bool:
    word = _WORD_BEFORE.search(before)[0]  # type: ignore[index]
    plain = word.casefold()
    next_word = re.match(r"[\w]+", following)[0].casefold()  # type: ignore[index]
    if plain in _MAY_END:
        return not small
    if plain.isdigit():
        return _number_ends(plain, before, following, next_word, small, language)
    if plain in abbreviations(language) or (small and _looks_shortened(plain)):
        return False
    if (len(word) == 1 and word.isupper()) or re.fullmatch(r"(?:[A-ZÆØÅ]\.)+[A-ZÆØÅ]", word):
        return not small and next_word in _STARTERS
    return True


def _number_ends(plain: str, before: str, following: str, next_word: str, small: bool, language: str) -> bool:
    """``3. maj`` and ``1. 2. og 3. klasse`` are ordinals; ``i 2019. Så`` is an end; ``1. Hvad`` opens a list."""
    if small or following[0].isdigit() or next_word in _MONTHS or before.strip() == plain:
        return False
    return not (language == "de" and len(plain) <= 2)


def _looks_shortened(plain: str) -> bool:
    return "." in plain or _VOWEL.search(plain) is None


def abbreviations(language: str) -> frozenset[str]:
    """The abbreviations of a language without their last full stop, in small letters."""
    return _BY_LANGUAGE.get(language, _BY_LANGUAGE["en"])


_BY_LANGUAGE = {language: _words(words) for language, words in _ABBREVIATIONS.items()}
