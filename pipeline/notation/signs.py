"""Facts about signs in German transcripts: words for sounds, masks, listeners, fillers. Data only."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words in brackets that tell of a sound or gesture wherever they stand.
SOUNDS = _set(
    """lacht lachen lachend auflachen auflachend lache lächelt lächeln lächelnd schmunzelt schmunzelnd grinst grinsen
    grinsend kichert kichern kichernd seufzt seufzen seufzend seufzer stöhnt stöhnen stöhnend hustet husten hustend
    räuspert räuspern räuspernd niest niesen schnauft schnaufen schnaubt atmet atmen ausatmen einatmen aufatmen ausatmend
    einatmend pfeift pfeifen klatscht klatschen klopft klopfen klopfend weint weinen weinend schluchzt schluchzen
    schluchzend gähnt gähnen gähnend nickt nicken nickend schüttelt kopfschütteln kopfschüttelnd zuckt flüstert flüstern
    flüsternd zögert zögern zögernd überlegt überlegend nachdenklich schnalzt schnalzen schluckt winkt gestikuliert
    klingelt klingeln telefonklingeln handyklingeln klingelton türklingel türklingeln vibriert geräusch geräusche
    hintergrundgeräusche hintergrundgeräusch störgeräusch störgeräusche handygeräusch handygeräusche straßenlärm lärm
    applaus gelächter lachsalve schweigt schweigen schweigend singt singend summt summend trinkt trinkend schnieft
    schnupft prustet jubelt brummt murmelt murmelnd stottert stotternd rascheln geraschel papierrascheln klappern
    geklapper geschirrklappern geflüster gemurmel getuschel stimmengewirr verkehrslärm baulärm fluglärm kinderlärm
    kindergeschrei hundegebell vogelgezwitscher glockenläuten kirchenglocken martinshorn baustellenlärm windgeräusche
    nebengeräusche nebengeräusch umgebungsgeräusche knistern rauschen tonausfall tonstörung lautsprecherdurchsage
    türknallen türklopfen handysignal signalton piepton naseputzen schniefen schlucken schmatzen kaugeräusche
    trinkgeräusche essgeräusche tippgeräusche schulterzucken achselzucken stirnrunzeln augenrollen schnaubend
    kreischt kreischen jauchzt wimmern nuscheln räusperer huster"""
)
# Words that tell of one only as the whole remark or with words about how (`leise`, `sehr laut`, `beide gleichzeitig`).
MANNERS = _set(
    """leise leiser leises laut lauter lautes ironisch ironischer empört amüsiert belustigt gerührt genervt verärgert
    betont gedehnt gleichzeitig durcheinander störung unterbrechung telefon telefoniert handy tür türe pause musik"""
)
ABOUT = _set(
    """und sehr etwas kurz kurze kurzes kurzer lang lange langes längere längeres wieder ganz leicht leichtes beide alle
    gesprochen sprechend werdend sich die den der mit einer im hintergrund vor hin dabei ein eine auf zu am tief einmal
    zweimal mehrfach kurzes lautes leises kopf nase schultern achseln stimme schwer hörbar tonfall er sie es"""
)
# Moods and the like that a remark names by themselves; where the same brackets hold speech, they may be said.
MOODS = _set(
    """nachdenklich zögerlich sarkastisch spöttisch resigniert aufgeregt wütend zornig verlegen begeistert entrüstet
    erstaunt überrascht verwundert ungläubig skeptisch zweifelnd fragend gereizt hektisch betroffen bewegt weinerlich
    energisch nachdrücklich scherzhaft scherzend traurig erleichtert enttäuscht stockend nuschelnd nuschelt lallend
    rufend schreiend brüllend imitierend nachahmend vorlesend lesend zitierend zustimmend bejahend verneinend ablehnend
    zynisch trotzig verschämt unruhe stille schritte sirene sirenen hintergrundmusik"""
)
# Verbs of sound, movement and manner that tell of something done alone or with one of `AIMS` behind them …
ACTS = _set(
    """blättert schreibt notiert liest tippt zeichnet malt kramt raschelt wühlt trommelt klappert rückt räumt putzt wischt
    gießt isst kaut schmatzt schlürft raucht telefoniert spricht redet ruft schreit brüllt imitiert parodiert zitiert
    betont dreht wendet beugt lehnt streicht reibt kratzt verdreht hebt senkt runzelt verzieht rollt blinzelt
    zwinkert starrt blickt schaut guckt deutet gestikuliert setzt öffnet schließt rennt springt hüpft tanzt stampft tritt
    umarmt streichelt küsst begrüßt verabschiedet unterbricht pausiert stockt grübelt pustet haucht wimmert jammert heult
    ächzt keucht hechelt rülpst hickst schnarcht knurrt grunzt bellt miaut läutet knarrt quietscht knallt poltert rumpelt
    piept piepst rauscht dröhnt nuschelt lallt zittert errötet strahlt schmollt zuckt wackelt rutscht lauscht tuschelt
    zischt summt brummt hupt scheppert klirrt tropft plätschert zappelt fuchtelt winkt applaudiert juchzt kreischt"""
)
AIMS = _set(
    """in im ins an am ans auf aus ab mit nach zu zum zur vor über unter um durch hin her vorbei herum die den das der dem
    ein eine einen etwas sich kurz leise laut lange weiter wieder gleichzeitig dabei dazwischen kopf augen stirn schultern"""
)
# … and how they do it.
WAYS = _set(
    """leise leiser laut lauter sehr etwas schnell schneller langsam langsamer deutlich undeutlich betont gedehnt flüsternd
    lachend weinend mit ohne tiefer hoher hohe tiefe verstellter verstellte gedämpft gepresst zögernd zögerlich stockend
    ruhig aufgeregt wütend traurig gleichzeitig durcheinander weiter dialekt akzent stimme hochdeutsch plattdeutsch
    singend monoton und immer ganz kurz nachdenklich unverständlich"""
)
WHO = _set("b i bef befr befragte befragter int interviewer interviewerin ip tn person proband probandin interviewte")
# What `hm` in front of it in brackets meant; it is then an answer and no hesitation.
ANSWERS = (
    "bejahend", "bejaht", "bejahung", "zustimmend", "zustimmung", "stimmt zu", "stimmt bejahend zu", "affirmativ",
    "verneinend", "verneint", "verneinung", "ablehnend", "ablehnung", "lehnt ab", "fragend", "zweifelnd",
)  # fmt: skip
MURMUR = r"(?=h{0,3}[-_ ]?m)[hm]{1,6}(?:[-_ ][hm]{1,6}){0,3}"
NO_LABELS = _set("PS NB OK ICH SIE WIR ES IHR MAN")  # capitals before a colon, and yet nobody's label
# Verbs that tell of something done only where they begin a remark with one of these behind them.
DEEDS = {
    "geht": _set("raus hinaus weg ans zum zur kurz"), "kommt": _set("rein herein zurück hinzu dazu ins wieder"),
    "steht": _set("auf kurz"), "zeigt": _set("auf nach mit in zu ein etwas die den das"), "sitzt": _set("da auf"),
    "holt": _set("ein eine einen etwas sich tief luft"), "nimmt": _set("ein einen sich das die den etwas"),
    "legt": _set("auf das die den ein eine"), "stellt": _set("das die den ein eine sich"), "läuft": _set("weg herum hin zum zur"),
    "sucht": _set("in im nach etwas"), "schlägt": _set("auf mit die"), "haut": _set("auf mit"), "sieht": _set("aus zu auf weg zur"),
    "wiederholt": _set("die das den sich"), "macht": _set("eine ein die das pause geräusche geste"), "lehnt": _set("sich"), "gibt": _set("der dem ihr ihm"),
    "verlässt": _set("den das die kurz"), "betritt": _set("den das die"), "kind": _set("weint schreit ruft lacht kommt spielt quengelt"),
    "baby": _set("weint schreit quengelt lacht"), "hund": _set("bellt knurrt jault winselt kommt"), "katze": _set("miaut kommt"),
    "tür": _set("geht fällt öffnet schließt knallt quietscht wird auf zu schlägt"),
    "handy": _set("klingelt vibriert läutet piept summt"), "telefon": _set("klingelt vibriert läutet piept"),
}  # fmt: skip
# Words that begin speech and no remark: `(ich lache da immer)`.
SPOKEN = _set(
    "ich du wir ihr man und oder aber weil wenn dass da das wo was wie mein meine dein sein so also ja nein ob"
)
# What transcribers write for words that could not be understood.
UNINTELLIGIBLE = (
    "unverständliches", "unverständlicher", "unverständlich", "unverstaendlich", "unverst", "unv", "inaudible",
    "nicht verständlich", "nicht zu verstehen", "akustisch unverständlich", "akustisch nicht verständlich",
    "unintelligible", "unint", "unhörbar", "nicht hörbar",
)  # fmt: skip
# Words in square brackets that stand for something left out to protect people …
MASKS = _set(
    """name vorname nachname ort stadt stadtteil straße strasse adresse firma betrieb schule verein einrichtung beruf alter
    datum land herkunftsland telefonnummer email e-mail-adresse anonymisiert person kind sohn tochter mann frau
    organisation träger moschee gemeinde kirche arzt krankenhaus kollege kollegin ortsname"""
)
# … and those of them that stand for nothing else, so that they count in any brackets and in small letters.
SURE_MASKS = _set(
    """name vorname nachname familienname ort ortsname stadt stadtname stadtteil straße strasse straßenname adresse firma
    firmenname anonymisiert telefonnummer email organisation vereinsname schulname"""
)
# Signals by which a listener shows that they are listening; all words of a remark must be among them.
LISTENERS = _set("mhm hm hmm hmhm mh ja ah aha okay ok genau stimmt klar nein ne nee oh so ach jaja")
# Sounds of hesitation; dropped inside a turn, kept where they are the whole turn (a hesitation can be the answer). Not
# `hm-hm` and `m-m`, which say no; not `eh`, in the South a word of its own; not `ä`, in dialects an article.
HESITATION = (
    "äh", "ähm", "ähh", "ähhh", "ähmm", "ähhm", "äääh", "äääähm", "ääähm", "öh", "öhm", "öhh", "ööh", "öhmm", "ehm", "ehmm",
    "ehhm", "hm", "hmm", "hmmm", "mhm", "mh", "mmh", "mhh", "ahm", "äähm", "ääh", "ähem", "e:hm", "ä:h", "ä:hm",
)  # fmt: skip
# Words of up to four letters that are whole where a sentence breaks off behind them; other short pieces are fragments.
SHORT_WORDS = _set(
    """ab aber ach acht alle als also alt alte am an arm art arzt auch auf auge aus auto bad bahn bald ball band bank
    bar baum bei beim bein berg bett bier bild bin bis bist blau blut boot brot buch bus böse chef da dann das
    dass dein dem den denn der des dich die dies dir doch dorf dort drei du eben eck ehe eher ei ein eine eins
    eis elf ende eng er erst es euch euer fahr fall fast feld fest film fing foto frau frei froh früh fuß fünf
    für gab gang ganz gar gast geh geht geld gern gibt ging gott groß grün gut gute hab habe halb half halt hand
    hart hast hat haus heim her herr herz heut hier hin hoch hof holt hund hut hörn idee ihm ihn ihr ihre im in
    ins ist ja jahr jede jung kam kann kauf kein kind klar klug kurz lag land lang las laut leb lebt leer leid
    leis lern lieb lied lief los luft mach mag mai mal man mann meer mehr mein mich mir mit moin muss mut müde
    nach nahm name nein nett neu neun nie noch not nun nur ob oben oder ohne ohr oma opa ort paar park plan rad
    rat raum reis rief rot ruhe rund sag sagt sah satz sehr sein seit sie sieh sind so sohn soll spät tag tal
    tat tee teil text tier tod ton tor tot tun tür uhr um und uns viel vier voll vom von vor wach wahl wald wand
    wann war ward warm warn was weg weh weil wein weit welt wem wen wenn wer wie will wir wird wo wohl woll wort
    wär zehn zeit zieh zog zu zug zum zur zwar zwei über"""
)
# Words whose doubling is a stumble. Not der, die, das, sehr, ja, nein, so: their doubling is German or means something.
STUMBLES = _set(
    """ich wir er man es und oder aber weil dass wenn in im mit auf von zu für bei nach aus an am um vor ist war hat haben
    sind also dann mein meine ein eine einen"""
)
# Upper-case words that are abbreviations, not emphasis, even where a small word of that spelling exists.
ABBREVIATIONS = _set(
    """AWO DRK SPD CDU CSU FDP AfD GRÜNE KIM VHS DAAD ÖPNV LKW PKW USA EU AG GmbH BAMF ARGE WM EM TV OB DIN BIC IHK HWK NRW
    BRD DDR EDV PC IT ICE ADAC TÜV DGB IG IGBCE NSU NPD KZ SS SA PKK BVB HIV DNA CD DVD SMS WG KFZ ABC XY XYZ NN UNO NATO
    ALG ABM BAföG FSJ AOK WDR ZDF ARD RAG GEW ASTA WIM"""
)
# Two letters that are far more often a stressed word than an abbreviation.
STRESSED = _set("ER SO DA JA DU WO")
# Spoken forms that no dictionary has, so that they are known in capitals too.
SPOKEN_FORMS = _set("nee nö nix net nit nich is isch dat wat et ick ham warn jo joa jau nu och un mal ma gell")
# Names with capitals inside, which carry no accent.
BRANDS = _set("WhatsApp YouTube TikTok iPhone iPad eBay LinkedIn PayPal")
# What stands behind an underscore for a whole word (`is_n`, `hast_e`), after certain words, and before one.
CLITIC_ENDS = {
    "n": "ein", "ne": "eine", "nen": "einen", "nem": "einem", "ner": "einer", "s": "es", "m": "dem", "e": "du", "te": "du",
}  # fmt: skip
CLITIC_STARTS = {"s": "es", "n": "ein", "ne": "eine", "is": "ist"}
BEFORE_DEN = _set("in auf an über unter für durch gegen um hinter vor")
ASKING = _set("wie was wo wer wen wem wann warum wieso weshalb woher wohin wofür womit wozu welche welcher welches")
NO_VERBS = _set(
    "so wie als noch nur auch ja nein und oder aber mit von bei zu nach seit für"
)  # `so_n` is always `so ein`
RECEPTIONS = _set("hm mh m mhm h ah oh aha äh")
