"""Closed lists of the room: connectives, particles, and the verbs and nouns that name a cause, in lower case as normal words and lemmas."""

from __future__ import annotations

_Set = frozenset[str]


def _set(text: str) -> _Set:
    return frozenset(text.split())


# before and behind what is said
INTRO = _set(
    "ja also und aber oder nein nee nö na naja tja gut okay ok genau klar halt ach äh ähm hm mhm sondern denn nun gell ne eben so weil doch wobei "
    "naja jo joa jap eh"
)
OUTRO = _set("ne nech nich gell gä woll wa ja oder weißt verstehen verstehst halt eben und aber nee nä okay genau so")
PARTICLES = _set("ja doch halt eben einfach nur auch mal schon so ganz eigentlich natürlich da das es ist gerade vor allem bloß")
FOCUS = _set(
    "nur auch bloß gerade eben vor allem schon einfach vielleicht wahrscheinlich allein sondern und oder nicht halt ja natürlich unter anderem "
    "vielmehr erst zwar"
)
MERELY = _set(
    "das es dies ist liegt kommt hängt daher daran damit so zusammen deshalb halt ja nur einfach auch eben vielleicht deswegen darum war schon "
    "wohl"
)

# conjunctions and adverbs
WHY = _set("warum wieso weshalb weswegen")
POINTING = _set("deshalb deswegen darum daher dadurch drum demzufolge infolgedessen folglich somit demnach dementsprechend deswegn")
DARUM_VERBS = _set(
    "gehen handeln kümmern streiten bitten kämpfen bemühen drehen beneiden wissen betteln bewerben reißen scheren sorgen spielen bangen wetten "
    "konkurrieren herumkommen herumreden beten flehen losen ringen würfeln ersuchen herum drumherum laufen bauen wickeln legen binden trauern"
)
FIGHTING = _set("kämpfen schlagen wühlen quälen beißen klicken fressen durchkämpfen durchschlagen durchbeißen durcharbeiten")
MOTION = _set(
    "kommen gehen laufen fahren ziehen rennen stammen rühren reden sagen fliegen spazieren wandern schlendern radeln reisen streifen klettern "
    "steigen kriechen schauen gucken sehen blicken werfen schieben tragen bringen führen holen passen dringen irren bummeln marschieren "
    "durchgehen herkommen ankommen fallen rutschen"
)
WITH_IT = _set(
    "zufrieden einverstanden fertig vertraut gemeint beschäftigt verbunden gesagt getan verheiratet glücklich allein alleine ende gut klar "
    "bekannt vergleichbar durch anfangen angefangen umgehen aufgewachsen befasst betraut ausgestattet unterwegs"
)

# prepositions
CAUSAL_PREPOSITIONS = _set("wegen aufgrund infolge mangels dank angesichts wegens zwegen wengs")
MOTIVES = _set(
    "angst scham not sorge furcht respekt liebe neugier neugierde langeweile gewohnheit überzeugung mitleid mitgefühl solidarität wut frust trotz "
    "protest stolz höflichkeit bequemlichkeit faulheit unsicherheit unwissenheit unwissen unkenntnis unverständnis misstrauen eifersucht neid "
    "rache hass dankbarkeit pflichtgefühl spaß armut vorsicht rücksicht rücksichtnahme einsamkeit verzweiflung enttäuschung interesse sehnsucht "
    "heimweh prinzip bosheit freundschaft nächstenliebe panik erschöpfung müdigkeit notwendigkeit ärger zorn tradition verbundenheit verlegenheit "
    "verantwortung ungeduld dummheit hilflosigkeit gleichgültigkeit ehrgeiz eitelkeit mangel ohnmacht schüchternheit schikane vorurteil rassismus "
    "freude hunger durst stress aufregung begeisterung schmerz kälte hitze lachen geldnot geldmangel platzmangel zeitmangel personalmangel"
)
PLACES = _set(
    "straße gasse weg park stadt siedlung tür tor fenster wald viertel ort gegend garten hof haus treppe flur tunnel zaun wand mauer dorf land "
    "markt platz bahnhof kanal fluss see berg tal raum zimmer halle brücke eingang gang loch scheibe glas feld wiese nebel regen schnee rand ecke "
    "grenze autobahn bahn ring ufer hang wasser meer küste strand schule ortsteil bezirk quartier innenstadt kreuzung gebäude kirche moschee "
    "deutschland europa welt menge gänge reihe bank hand mitte rathaus tisch schachtviertel schlüsselloch passage unterführung fußgängerzone "
    "kurve stelle ampel tankstelle theke kasse"
)
PLACE_ENDINGS = (
    "straße", "viertel", "siedlung", "park", "stadt", "tür", "weg", "platz", "allee", "gasse", "tor", "hof", "wald", "bahn", "haus", "dorf", "kolonie",
)  # fmt: skip
ABSTRACT_ENDINGS = (
    "ung", "ungen", "keit", "heit", "tion", "ität", "schaft", "ismus", "nis", "ei", "politik", "angst", "lage", "mangel", "not", "kosten", "sprache", "miete",
    "mieten", "trauen", "zwang", "erfahrung", "lärm", "stress", "druck",
)  # fmt: skip
TIMES = _set("woche tag jahr winter sommer nacht zeit monat stunde minute pause leben jahrzehnt abend morgen wochenende")
TOPIC_VERBS = _set(
    "anrufen rufen fragen nachfragen sprechen reden melden schreiben telefonieren erkundigen besprechen diskutieren unterhalten anmelden wenden "
    "beraten informieren ansprechen verhandeln googeln schauen gucken nachschauen nachsehen anschreiben"
)
TOPIC_NOUNS = _set(
    "kontakt termin gespräch anruf brief frage antrag sitzung nachfrage mail beratung anfrage treffen verhandlung verhandlungen gespräche was wat "
    "etwas"
)
MODALS = _set("können müssen sollen dürfen mögen brauchen")
THROUGH_NAMES = _set("corona covid internet facebook whatsapp instagram tiktok")

# verbs and nouns of causing
LEADING = {"dazu": _set("führen beitragen tragen verleiten bringen bewegen zwingen"), "dafür": _set("sorgen"), "davon": _set("abhalten halten")}
LYING = {
    "daran": _set("liegen scheitern"), "daher": _set("kommen rühren"), "damit": _set("zusammenhängen hängen tun"), "darauf": _set("zurückführen"),
    "davon": _set("kommen"), "darin": _set("begründen"),
}  # fmt: skip
MAKING = _set("bewirken verhindern verursachen machen erzwingen")
CAUSING_VERBS = _set(
    "verursachen auslösen hervorrufen bewirken erschweren verhindern abschrecken verschlimmern verschärfen kaputtmachen verunsichern entmutigen "
    "demotivieren begünstigen treiben verbinden zusammenschweißen zusammenhalten abhalten hindern lähmen auseinandertreiben"
)
SOURCES = {
    "ergeben": ("aus",), "resultieren": ("aus",), "entstehen": ("aus", "durch"), "beruhen": ("auf",), "zurückgehen": ("auf",), "zurückführen": ("auf",),
    "rühren": ("von", "vom"), "herrühren": ("von", "vom"),
}  # fmt: skip
GIVEN = _set("mut kraft sicherheit selbstvertrauen hoffnung lust chance vertrauen angst freude energie motivation würde stolz")
OBJECT_VERBS = CAUSING_VERBS | _set(
    "erzeugen verstärken ermöglichen erleichtern schüren vertreiben zerstören fördern stärken schwächen spalten behindern ermutigen motivieren"
)
BROKEN = _set("kaputt fertig platt klein groß sauber sicher hart")
STATES = BROKEN | _set(
    "mürbe krank müde traurig wütend sauer unsicher stark stolz einsam glücklich verrückt ängstlich misstrauisch aggressiv neugierig mutig arm teuer "
    "schwer leicht schwierig einfach unmöglich möglich unattraktiv attraktiv kleiner größer leichter schwerer schwieriger einfacher teurer stärker besser schlechter "
    "schlimmer nervös bitter zornig hilflos ohnmächtig abhängig unabhängig selbstständig selbstbewusst selbstbewusster offener kälter fremd härter hoffnungslos "
    "unbeliebt beliebt sicherer unzufrieden zufrieden lebendig interessant mutlos wahnsinnig"
)
TOGETHER = _set("zusammen auseinander durcheinander näher weiter ins zum in auf raus")
TALKING = _set(
    "gespräch kontakt reden austausch berührung lachen nachdenken verzweiflung weinen schweigen bewegung konflikt not verlegenheit schwierigkeit "
    "stehen"
)
REASONS = _set("grund gründe ursache hauptgrund hauptursache auslöser beweggrund")
RESULTS = _set("folge ergebnis konsequenz resultat effekt auswirkung")
WAYS = _set("straße weg treppe tür brücke linie gang bus bahn pfad flur gleis schiene tunnel")

# what takes a statement back, or tells why something is said
NONSENSE = _set(
    "quatsch blödsinn unsinn käse schwachsinn märchen vorurteil ausrede falsch gelogen lüge mist humbug bullshit klischee schmarrn stuss gerücht"
)
TRUTH = _set("stimmen glauben wahr heißen denken meinen behaupten richtig bedeuten")
TELLING = _set(
    "sagen fragen erwähnen erzählen meinen betonen anmerken nachfragen ansprechen reden vorwegstellen vorwegschicken vorausschicken dazusagen "
    "klarstellen hinzufügen festhalten nennen"
)
GUESSING = _set("bestimmt wohl wahrscheinlich sicher sicherlich scheinbar anscheinend vermutlich offenbar offensichtlich")
REPEATED = _set("einer man du jemand jeder keiner eine")
CONSEQUENCE = _set("halt eben natürlich logisch irgendwann zwangsläufig automatisch logischerweise")
REGULAR = _set(
    "immer keiner niemand nie sofort gleich halt eben jedes alle jeder automatisch nichts natürlich nicht direkt schon jedesmal überall meistens "
    "oft ständig plötzlich keine keinen kein keinem"
)
HERE = _set("das dies dieses des dat es was dit")
