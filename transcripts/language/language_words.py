"""The small words of languages as they are spoken: what tells a language in any talk, whatever it is about.

Written for talk, so with the words by which speakers hesitate, agree and point. Names of languages are ISO 639-1.
"""

from __future__ import annotations

SMALL_WORDS: dict[str, str] = {
    "da": """
        jeg det er og at ikke en et den de som har vi på i til for med af der man du så var kan han hun om men også
        fra vil skal ved eller hvad mig sig noget nogle nogen hvor når være bliver blev blive have havde haft efter
        over meget mere mest sådan altså jo nok lige bare kun nu her op ud ned ind hen selv selvfølgelig ligesom
        hvordan hvorfor hvem hvis fordi jer os dig dem min mit mine din dit vores jeres deres hans hendes sin sit
        sine ja nej okay alle alt anden andet andre første to tre god godt gjorde gøre gør siger sagde sige synes
        tror ved tænker lidt rigtig hele igen altid aldrig uden under mellem før siden tilbage hjem derfor dog måske
        både hverken kunne skulle ville måtte burde får fik få går gik gå kommer kom komme ser så se tager tog tage
        end deroppe derinde herude nemlig faktisk egentlig simpelthen overhovedet øh øhm dårlig dårligt ordentlig
        ting tid dag folk mennesker arbejde lave laver hedder ligger sidder står gang gange måde spørgsmål svært
        nemt hende ham denne dette disse hver hvilken hvilke uge snakke snakker snakkede
        """,
    "nb": """
        jeg det er og at ikke en et den de som har vi på i til for med av der man du så var kan han hun om men også
        fra vil skal ved eller hva meg seg noe noen hvor når være blir ble bli ha hadde hatt etter over mye mer mest
        sånn altså jo nok bare kun nå her opp ut ned inn selv selvfølgelig liksom hvordan hvorfor hvem hvis fordi
        dere oss deg dem min mitt mine din ditt vår vårt våre deres hans hennes sin sitt sine ja nei ok alle alt
        annen annet andre første to tre god godt gjorde gjøre gjør sier sa si synes tror vet tenker litt riktig hele
        igjen alltid aldri uten under mellom før siden tilbake hjem derfor kanskje både verken kunne skulle ville
        måtte burde får fikk få går gikk gå kommer kom komme ser se tar tok ta enn nemlig faktisk egentlig rett
        slett eh ehm dårlig ordentlig ting tid dag folk mennesker arbeid jobbe jobber lage lager heter ligger sitter
        står gang ganger måte spørsmål vanskelig enkelt henne ham denne dette disse hver hvilken hvilke uke snakke
        snakker snakket veldig ganske gjennom deretter dit hit ei jenta boka jobben
        """,
    "nn": """
        eg det er og at ikkje ein ei eit den dei som har vi me på i til for med av der du så var kan han ho om men
        også frå vil skal ved eller kva meg seg noko nokon nokre kor korleis kvifor kven når vere vera blir vart bli
        vert ha hadde etter over mykje meir mest slik sånn altså jo nok berre no her opp ut ned inn sjølv sjølvsagt
        liksom viss dersom fordi de dykk dykkar oss deg dei min mitt mine din vår vårt våre deira hans hennar sin
        sitt sine ja nei alle alt annan anna andre første to tre god godt gjorde gjere gjer seier sa seie synest
        trur veit tenkjer litt heile igjen alltid aldri utan under mellom før sidan tilbake heim difor kanskje både
        anten kunne skulle ville måtte burde får fekk få går gjekk gå kjem kom kome ser sjå tek tok ta enn eigentleg
        ganske dårleg ting tid dag folk arbeid jobbe jobbar lage lagar heiter ligg sit står gong gonger måte
        spørsmål vanskeleg henne denne dette desse kvar kva veke snakka gjennom veldig
        """,
    "sv": """
        jag det är och att inte en ett den de dom som har vi på i till för med av där man du så var kan han hon om
        men också från vill ska skall vid eller vad mig sig något några någon när vara blir blev bli ha hade haft
        efter över mycket mer mest sådan alltså ju nog bara nu här upp ut ner in själv självklart liksom hur varför
        vem ifall eftersom er oss dig dem min mitt mina din ditt vår vårt våra deras hans hennes sin sitt sina ja
        nej okej alla allt annan annat andra första två tre god bra gjorde göra gör säger sa säga tycker tror vet
        tänker lite riktig hela igen alltid aldrig utan under mellan före sedan sen tillbaka hem därför kanske både
        varken kunde skulle ville måste borde får fick få går gick gå kommer kom komma ser såg se tar tog ta än
        nämligen faktiskt egentligen väl öh eh dålig ordentligt sak saker tid dag folk människor arbete jobba jobbar
        heter ligger sitter står gång gånger sätt fråga svårt lätt henne honom denna detta dessa varje vilken vilka
        vecka prata pratar pratade jätte väldigt ganska genom
        """,
    "de": """
        ich das ist und nicht ein eine der die den dem des wir sie er es man du ihr auf in zu zum zur mit von für
        war kann aber auch oder was mich sich etwas wo wann sein wird werden wurde haben hat hatte habe nach über
        sehr mehr also ja nein so schon nur jetzt hier da dann wenn weil dass wie warum wer uns euch ihnen mein
        meine dein unser unsere ihre seine alle alles andere anderen erste zwei drei gut gemacht machen macht sagt
        sagen gesagt finde glaube weiß denke bisschen richtig ganz wieder immer nie ohne unter zwischen vor seit
        zurück nach hause vielleicht beide können konnte sollte wollte muss müssen musste bin sind waren gibt geht
        ging gehen kommt kam kommen sehen sieht nimmt als nämlich eigentlich einfach überhaupt halt eben mal doch
        noch äh ähm schlecht sachen zeit tag leute menschen arbeit arbeiten heißt liegt sitzt steht weise frage
        schwer leicht diese dieser dieses jeder jede welche woche reden am im beim bei aus durch gegen um vom kein
        keine einen einem einer
        """,
    "en": """
        i the it is and not a an of to in that we you he she they for on with was as are be this have has had but
        also from will would or what me my your our their his her its them us who when where how why which if
        because so just only now here there up out down into over after very more most like well yes no yeah okay
        all some any other first two three good did do does done say said says think know don't didn't it's that's
        i'm we're they're you're there's really then than about people thing things time day work got get gets go
        goes going went come came see take make made kind sort bit lot actually always never without under between
        before since back home maybe both could should can may might must been being were something anything nothing
        somebody everybody every much many these those um uh mean want way question
        """,
    "nl": """
        ik het is en niet een de van dat in te we wij je jij hij zij ze voor op met was als zijn er maar ook of wat
        mij zich iets waar wanneer worden wordt werd hebben heeft had heb na over heel meer dus ja nee zo al alleen
        nu hier dan omdat hoe waarom wie ons jullie hun mijn jouw onze alle alles andere eerste twee drie goed
        gedaan doen doet zegt zeggen gezegd vind denk weet beetje weer altijd nooit zonder onder tussen terug
        misschien kunnen kon zou moet moeten ben gaat gaan ging komt komen zien gewoon eigenlijk even nog uit door
        bij deze dit geen mensen tijd
        """,
    "fr": """
        je le la les il elle est et ne pas un une des de du que qui nous vous on ils elles pour sur avec était dans
        ce cette ça mais aussi ou quoi moi se quelque où quand être avoir a avait ont après très plus donc oui non
        si seulement maintenant ici là parce comment pourquoi mon ma mes ton son sa ses notre votre leur tout tous
        autre premier deux trois bien fait faire dit dire pense sais peu encore toujours jamais sans sous entre peut
        peux suis sont va aller vient voir prend en au aux par chez euh voilà gens temps
        """,
    "es": """
        yo el la los las es y no un una unos de del que quien nosotros se lo le su para por con era en esto esta eso
        pero también o qué me algo donde cuando ser estar tener tiene había han después muy más entonces sí si solo
        ahora aquí porque cómo mi mis tu nuestro todo todos otro primero dos tres bien hecho hacer dice decir creo
        sé poco siempre nunca sin sobre entre puede soy son va ir viene ver al como pues gente tiempo bueno hay
        """,
    "it": """
        io il lo la gli le è e non un una di del della che chi noi si lui lei per con era in questo questa ma anche
        o cosa mi qualcosa dove quando essere avere ha aveva hanno dopo molto più quindi sì no solo adesso qui
        perché come mio tuo nostro tutto tutti altro primo due tre bene fatto fare dice dire penso so poco sempre
        mai senza sotto tra può sono va andare viene vedere al nel alla dei delle ci cioè gente tempo
        """,
    "pl": """
        ja to jest i nie się w na z że do jak ale też tak co my wy on ona oni dla po od o był była było mam ma miał
        mamy który która które gdzie kiedy być są bo więc już tylko teraz tutaj tam dlaczego kto mnie mi nas nam mój
        swoje wszystko inne pierwszy dwa trzy dobrze zrobić robić mówi powiedział myślę wiem trochę zawsze nigdy bez
        pod między może mogę idzie przyszedł no czy przez przy jeszcze bardzo ludzie czas
        """,
    "fi": """
        minä se on ja ei että niin kun mutta me te he hän oli ovat olen myös tai mitä minun siitä siinä siellä jos
        koska miten miksi kuka missä nyt vain joo kyllä sitten jotain kaikki muut toinen kaksi kolme hyvä hyvin
        tehdä tekee sanoi sanoa mielestä tiedän vähän aina ilman välillä ehkä voi pitää mennä tulee sillä tämä nämä
        tuo sitä niitä eli ihan tosi ihmiset aika olla ollut oo mä sä
        """,
    "is": """
        ég það er og ekki að en sem við þið þeir þær hann hún í á til fyrir með var um af frá þá þegar hvað mér sér
        eitthvað hvar vera hafa hefur hafði eftir mjög meira svo bara núna hérna þarna upp út af því hvernig hvers
        vegna hver okkur ykkur minn mín þinn okkar allir allt annað fyrsta tveir þrír gott gera gerir segir sagði
        finnst held veit smá alltaf aldrei án milli kannski geta getur fara fer kemur koma sjá já nei
        """,
    "fo": """
        eg tað er og ikki at ein sum vit tit tey hann hon í á til fyri við var um av frá tá tá ið hvat mær sær
        okkurt hvar vera hava hevur hevði eftir nógv meira so bara nú her har upp út hvussu hví hvør okkum tykkum
        mín tín okkara øll alt annað fyrsta tveir trý gott gera ger sigur segði haldi veit eitt sindur altíð
        ongantíð uttan millum kanska kunna kann fara fer kemur koma síggja ja nei men
        """,
}
"""The same word may stand in several languages: those tell nothing between them."""
