"""Abbreviations by language, without their last full stop and in small letters.

Words that are also said in full at the end of a sentence (Danish ``jul``, English ``no``) are left out.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """A list typed as one text, with white space between the words."""
    return frozenset(text.split())


# What never ends a sentence.
NEVER_AT_END = {
    "da": words(
        """
        adm afd afs alm ang ank apr arb aug bd bl.a bla ca cand cand.mag cand.polit cand.psych cand.scient.soc
        d dec dept dir div dr ds dvs d.v.s d.d d.s egl egtl eks ekskl eksp eng evt f feb f.eks fhv fig forb forf
        forts fr fre frk fx g.d gdr gl gnsn hhv hr i.e if iflg ifm ift inkl instr int jan jf jfr jr jun kap kgl kl
        komm konst lb lekt lic m mag maks mar max medarb medl mht mhp mr mrs ms nov nr nuv o obs okt omg omkr omtr
        ons opr overf p pga p.g.a ph.d pkt pr prof proj psyk pt p.t ped pæd rep resp rev s s.d sdr sek sen sept sep
        sign skr s.k skt soc spec spm st str stud såk t t.eks tdl tekn temp tidl tilh tilsv tir tirs tlf t.o.m tors
        tsk u u.a udd udg uds ult v vedk vedr vejl vha v.h.a vol vs ø åb årg
        """
    ),
    "en": words(
        """
        approx apr apt assoc asst aug ave bldg blvd capt cf cmdr col dec dept dr e.g eds esp est feb fig figs gen
        gov hon i.e incl excl jan lt maj messrs misc mr mrs ms mt nos nov oct p pp pres prof ref refs rep rev sept
        sep sgt sr st v viz vol vols vs
        """
    ),
    "nb": words(
        """
        adm adr afd alm ang apr aug avd bl.a bla ca dec des dir dr dvs d.v.s eks ekskl evt f f.eks feb fhv fork
        forts fr frk fung gj gl hhv hr ifb ifm iflg ift inkl jan jf jfr jr jun kap kgl kl m maks mht mill mr mrs nov
        nr nåv okt omg omtr p pga p.g.a pkt pr prof red resp s sek sept sep skr spm st stk stud t.d tidl tilsv tlf
        t.o.m u u.a vedr vgs vha vs årg
        """
    ),
    "sv": words(
        """
        adj alt ang apr aug avd bl.a bla ca dec dir doc dr dvs d.v.s ev ex exkl f f.d feb f.n fig forts fr fr.o.m
        förf gm hr inkl inst jan jfr jr kap kl kungl mr mrs m.a.o nov nr okt omkr p p.g.a pga prof resp s sept sep
        sid s.k st s.a.s t tel t.ex tex tidl tim t.o.m u.a uppl v vard vs å.a
        """
    ),
    "de": words(
        """
        abb abs abt allg apr aug bd bes bzgl bzw ca d.h dez dipl dr ebd ehem eigtl einschl entspr etc evtl exkl feb
        fr geb gem ggf hr hrsg i.d.r inkl insb jan jh kap lfd mind mr mrs nov nr okt o.g prof s s.o sept sep sog
        st str s.u tel u.a usf u.u v v.a vgl vs z z.b zb z.t
        """
    ),
}
# What ends a sentence where a capital follows.
MAY_END = words(
    """
    osv o.s.v mv m.v mm m.m mfl m.fl o.l ol o.lign lign o.a e.l etc et.al al a.m p.m usw u.s.w u.v.m mvh ltd inc co plc
    corp kr stk pct mio mia mill mrd md mdr min sek km cm kg m l årh
    yrs hrs mins secs wks mths lbs oz
    """
)
# Ordinary words that are shortened before a number alone: English "No. 5".
ONLY_BEFORE_NUMBERS = words("no art op pos par")
