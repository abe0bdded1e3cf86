"""What transcribers write in brackets, by kind: Danish, English, Norwegian, Swedish, German.

Each list holds phrases with ``;`` between them, in small letters; ``*`` at the end of a phrase stands for any
ending. A phrase may follow one of :data:`LEADS` (``lang pause``, ``alle griner``, ``R ler``).
"""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "inaudible": """
        uhørlig*; uhørbar*; utydelig*; uforståelig*; uklar tale; uklart; kan ikke høre*; hører ikke; høres ikke;
        ikke hørbar*; dårlig lyd; lyden mangler; lyden forsvinder; lydudfald; lyd falder ud; svært at høre;
        inaudible*; unintelligible*; indistinct*; unclear; incomprehensible; audio cuts out; audio missing;
        phonetic; uhøyrleg*; ohörbar*; ohörlig*; otydlig*; ohörd; hörs ej; hörs inte; går ej att höra; går inte att
        höra; unverständlich*; unverst; unv; akustisch nicht *; nicht verständlich; nicht zu verstehen; nicht
        hörbar; utydeligt ord; svag lyd; ph; sp; spelling; phonetic spelling; uklar; uklar lyd
        """,
    "crosstalk": """
        taler i munden *; snakker i munden *; i munden på hinanden; taler samtidig*; snakker samtidig*; taler oven *;
        taler over hinanden; snakker over hinanden; samtidig tale; samtale i baggrunden; taler på én gang; afbryder;
        overlap*; crosstalk; cross-talk; cross talk; talk* over each other; speak* over each other; talk* at once;
        speak* at once; talk* simultaneously; speak* simultaneously; simultaneous*; multiple speakers; interrupts;
        interrupting; snakker i munnen *; prater i munnen *; i munnen på hverandre; prater samtidig*; snakkar
        samtidig*; pratar i mun *; talar i mun *; i mun på varandra; talar samtidig*; pratar samtidig*; avbryter;
        durcheinander*; reden durcheinander; sprechen durcheinander; gleichzeitig*; sprechen gleichzeitig; überlapp*;
        reden gleichzeitig; unterbricht
        """,
    "pause": """
        pause*; tænkepause*; tænker; tænker sig om; tøver; stilhed; tavshed; tavs; holder pause; betænkningstid;
        silence; silent; hesitat*; thinks; thinking; tenkepause*; tenker; tenker seg om; nøler; stillhet; taushet;
        paus; pausar; tankepaus*; tänker; tänker efter; tvekar; tystnad; tyst; denkpause*; sprechpause*; schweigt;
        schweigen; zögert; überlegt; denkt nach; stille
        """,
    "omission": """
        udelad*; udeladelse*; afsnit udeladt; passage udeladt; klip; klippet; klippet ud; sprunget over; springer over;
        omitted; omission; snip; cut; text omitted; utelat*; utelatelse*; klippt; utelämna*; bortklippt; ausgelassen;
        auslassung*; gekürzt; kürzung*
        """,
    "redaction": """
        anonym*; pseudonym*; fjernet*; slettet*; maskeret; overstreget; navn fjernet; navn udeladt; navn slettet;
        redacted*; removed*; withheld; deleted; name removed; name redacted; name withheld; sladdet; borttage*;
        raderat; maskera*; geschwärzt; entfernt; name entfernt; name geändert; navn ændret; name changed; navn på *;
        name of *; navnet på *; namn på *; navne på *; names of *; name des *; name der *
        """,
    "non-speech": """
        griner*; grin; griner; ler; leer; lér; latter; fniser; fnis; fnisen; smiler*; smågriner; klukker; hoster;
        host; hosten; nyser; rømmer sig; rømmen; sukker; suk; gaber; nikker*; ryster på hovedet; ryster på hoved;
        græder; gråd; hulker; hvisker*; råber; synger; fløjter; klapper; klap; mumler; mumlen; snøfter; prustelyd*;
        puster*; trækker vejret; trækker på skuldrene; trækker på smilebåndet; slår ud med armene; banker; banken;
        støj; støj fra *; larm; baggrundsstøj; baggrundslyd*; lyd af *; lyde af *; musik; applaus; bifald; klirren;
        telefon; telefonen; dørklokke*; døren *; en dør *; afbrydelse*; ironisk; sarkastisk; med et smil;
        gestikulerer; bekræftende; benægtende; indvilligende; laugh*; chuckl*; giggl*; snigger*; snort*; smiles;
        smiling; cough*; sneez*; sigh; sighs; sighing; nods*; nodding; shrug*; shakes head; shakes his head; shakes
        her head; shaking head; whispers; whispering; yawn*; sniff*; gasp*; inhales; exhales; breath*; deep breath;
        clears throat; clears his throat; clears her throat; clearing throat; crying; cries; sobs; gestur*;
        applause; music; noise*; background *; phone; knock*; beep*; typing; door *; sarcastic*; ironic*; foreign
        language; speaks danish; speaks english; recording *; tape *; humrer; flirer; gliser; kremter; rister på
        hodet; gråter; støy; bakgrunnsstøy; nikkar; hostar; trekker pusten; skratt*; fnissa*; harkl*; nickar;
        suckar; suck; viskar; skakar på huvudet; gäspar; hostning*; oväsen; lacht; lachen; lachend; lach*; kichert*;
        schmunzelt; grinst; lächelt; hustet; husten; niest; räuspert *; räuspern; seufz*; nickt*; nicken; schüttelt
        den kopf; kopfschütteln; flüstert; weint; atmet *; einatmen; ausatmen; gelächter; geräusch*; störgeräusch*;
        störung*; klopfen; klopft; telefon *; bejahend; verneinend; unterbrechung*; hæver stemmen; sænker stemmen;
        med * stemme; citerer; efterligner; gentager; mobil ringer; mobilen ringer; mobiltelefon*; optagelsen *;
        båndet *; lydoptagelse*; interviewet afbr*; interviewet begynder; interviewet slutter; interviewet starter;
        interview begynder; interview slutter; interview starter; interview afbr*; affirmative; negative; raises
        voice; lowers voice; quoting; interview begins; interview ends; interview interrupted; hever stemmen; senker
        stemmen; höjer rösten; sänker rösten; leise; ironisch; betont; handy *; gerätestörung*; hebt die stimme;
        senkt die stimme
        """,
}
"""Kinds in the order in which they are tried."""

LEADS = """
    lang lange langt længere meget kort kortere lille let svag højlydt højlydte stor fælles almindelig ny en et
    long short brief slight loud soft general a lång långt liten lätt längere längerer kurze kurzer leichtes lautes
    alle begge flere nogen gruppen deltagerne all both everyone everybody someone several group alla båda jemand
    interviewer intervieweren moderator moderatoren respondent respondenten informant informanten participant
    befragte befragter beide r i ip ip1 ip2 ip3 ip4 ip5 ip6 mo a b c telefonen phone telefon
"""
"""Words before a phrase: how long, how loud, who."""

PLACEHOLDERS = """
    navn navnet navne fornavn efternavn personnavn stednavn stednavne bynavn virksomhedsnavn firmanavn gadenavn
    enhed enheden virksomhed firma organisation kommune region by sted adresse arbejdsplads afdeling skole
    institution person kollega dato alder beløb telefonnummer cpr cpr-nummer mailadresse
    name names surname place city town street company school department unit organization location workplace
    employer hospital colleague date age address number pseudonym
    bedrift arbeidsplass avdeling enhet kommunenavn stedsnavn
    namn förnamn efternamn ort plats företag kommun skola arbetsplats avdelning datum
    vorname nachname ort ortsname firma unternehmen stadt straße schule abteilung einrichtung kollege kollegin
"""
"""What stands in square brackets for what was taken out, with a capital or without, alone or with a number."""

ROUND_PLACEHOLDERS = "navn navnet fornavn efternavn stednavn bynavn name namn ortsname anonymiseret enhed virksomhed"
"""Those that are no talk in round brackets either."""

ACTS = """
    kigger ser peger viser rejser går kommer drikker spiser tager henter finder læser skriver tegner lukker åbner vender
    laver siger taler henvender holder lægger sætter bladrer rækker slår trækker ringer
    looks points shows gets goes leaves enters drinks eats reads writes draws opens closes turns makes speaks says
    refers holds puts rings
    peker henter leser skriver tar åpner lukker titter snur
    tittar pekar visar kommer läser skriver tar öppnar stänger vänder håller
    zeigt schaut blickt geht kommt liest trinkt steht holt öffnet schließt blättert klingelt nimmt
"""
"""Verbs that begin a remark of several words on what somebody does: ``[kigger på B]``."""

EXPLAINING = (
    "dvs altså nemlig det vil sige red sic læs forkortelse for i.e ie that is namely dvs. alltså d.h gemeint sc"
)
"""First words of a bracket that explains: ``[dvs. det nye system]``."""

PUT_IN = """
    at og ikke det den de dem der som er var har havde jeg vi du i han hun man sig os min sin deres vores hendes hans en
    et på af til for med om fra ved så når hvis kan skal vil blev bliver denne dette disse hvor hvad
    that the a an to of is are was were be been not and we he she they it in on at for with from this these those my his
    her their our who which when if can will would has have had
    att och inte är jag ni dom med till från av efter meg seg ikkje ein ei eit av fra
    dass das die der dem den ist sind nicht und wir er sie es mit von zu im ein eine
"""
"""Words that a writer puts into a sentence to make it read: ``[ikke]``, ``[that]``, ``[det nye system]``."""

NAMED_PLACES = """
    case sag interview informant respondent deltager participant interviewperson ip fokusgruppe gruppe virksomhed
    arbejdsplads skole kommune focus group site fall befragter befragte person fallstudie deltagare deltaker
    intervju informanten leder medarbejder manager employee chef teacher lærer
"""
"""Words that show a bracket under a quote to say whose it is: ``(Leder, case 3)``, ``(Informant 4)``."""
