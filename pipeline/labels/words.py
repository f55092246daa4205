"""Tables of words that the readers know: who is called what, what is a header key, and what is never a label.

Facts only. All words are small, without gender endings, dots or digits, as `lexicon.fold` makes them.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words for a role that stand for themselves.
CERTAIN = {
    "interviewer": _set(
        """i int interviewer interviewende interviewender interviewführung interviewleitung interviewführende interviewt
        mod moderator moderation moderierende moderierender gesprächsleitung gesprächsführung fragesteller"""
    ),
    "respondent": _set(
        """b bef befr befragte befragter befragt erzähler erzählperson interviewpartner interviewte interviewter
        interviewee interviewperson respondent proband ip tn tp gp gesprächspartner gesprächsperson teilnehmer
        teilnehmende teilnehmender versuchsperson vp informant auskunftsperson"""
    ),
    "third": _set(
        """protokollant protokollführer protokollführung protokoll dolmetscher übersetzer sprachmittler begleitperson
        begleitung ehefrau ehemann ehepartner"""
    ),
}
# These hold only beside labels that are certain: an `E` beside `I` and `B` is a third person, with `B` alone it is not.
UNCERTAIN = {
    "interviewer": _set("m f fr frage forscher"),
    "respondent": _set("s a antwort experte expert student schüler bewohner zeitzeuge patient klient mitarbeiter"),
    "third": _set(
        """p e partner mann frau sohn tochter mutter vater kind bruder schwester freund nachbar beobachter betreuer
        kollege dritte dritter"""
    ),
}
OPAQUE = _set("speaker sprecher sprechende person sp spk")  # machines' labels: somebody speaks, no role
UNKNOWN = frozenset({"speaker undefined", "unbekannt", "unbekannter sprecher", "unknown", "unknown speaker", "nn"})
# Nobody single speaks: no role but `none`. TiQ's `me` (mehrere) is one in small letters only: `ME` is somebody's initials.
JOINT = frozenset({"alle", "alle zusammen", "alle durcheinander", "beide", "mehrere", "durcheinander"})
STATES = ("heiratet", "witwet", "trennt", "rentet", "zertifiziert")  # endings of what a person is, beside what one does
MANNERS = _set("leise laut aus im vom zu ironisch")
# Of these words the weak ones also begin ordinary lines: alone they are too little for a label.
RELATIVES = _set("mann frau sohn tochter mutter vater kind bruder schwester freund nachbar partner")
KIN = RELATIVES | {"ehemann", "ehefrau"}
WEAK = RELATIVES | _set("frage antwort fr kollege protokoll interviewt begleitung")

# Before a colon at the start of a line, and yet nobody speaks.
NEVER = _set(
    """zitat punkt hinweis ps nb liste beispiel beispiele bsp anm anmerkung quelle kommentar notiz thema themen fazit
    ergebnis ergebnisse problem probleme frage antwort fragen antworten erstens zweitens drittens viertens schritt
    option variante teil abschnitt kapitel aufgabe ziel ziele grund gründe vorteil vorteile nachteil nachteile tipp
    achtung wichtig merke stichwort stichworte zusammenfassung legende zeichenerklärung transkript transkription
    aufnahme audiodatei datei start stop ende anfang pause sequenz block titel betreff link url siehe vgl tabelle
    abbildung abb nr nummer seite zeile absatz motto spruch regel regeln sache fall these argument folge folgen
    nachtrag einleitung begrüßung verabschiedung abschluss einstieg leitfrage leitfaden montag dienstag mittwoch
    donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september oktober november
    dezember summary keywords speakers inhalt rahmen situation setting kontext uhr telefon tel mail email adresse
    name vorname nachname stadt firma straße schule anonymisiert mitschrift nachfrage einwurf regie memo postskript nachbemerkung
    leitfragen nachfragen unterfrage unterfragen einstiegsfrage erzählimpuls themenblock fragenblock paraphrase"""
)
# A label is a name; these words make it a piece of a sentence.
CUES = _set(
    """ich du er sie es wir ihr man mich dich sich uns euch mir dir ihm ihnen mein meine meiner dein sein seine ihre
    unser unsere der die das den dem des ein eine einen einem einer kein keine dieser diese dieses jede jeder jedes
    alle was wer wie wo wann warum wieso weil dass daß ob wenn als und oder aber denn doch sondern also dann da dort
    hier so nur noch schon auch nicht ja nein mal eben halt zum zur im am beim vom von für mit nach bei seit aus auf
    über unter gegen ohne um durch ist war sind waren bin bist hat habe haben hatte hatten hast kann können konnte
    wird werden wurde würde will wollte soll sollte muss musste darf sagt sagte gesagt sag sage sagen fragt fragte
    gefragt dachte denke denkt meint meinte meinen gedacht heißt hieß gibt gab ging geht kommt kam kurz erste zweite
    dritte nächste nächster folgendes okay ok gut genau mhm hm ähm äh naja klar beziehungsweise bzw stimmt danke
    vielleicht eigentlich natürlich richtig super prima tja nee ach aha zwei drei vier erster letzter heute gestern damals zuerst danach the and of to is
    it my he she we they"""
)
PARTICLES = _set("von van de der den al el la le di da du zu zur ben bin ibn ter und y")

# Header keys: the key under which they are kept -> single words and phrases that stand for it.
KEYS = {
    "interview": _set(
        """interview interviewnummer interview-nr interviewnr interview-nummer interview-id interviewid nr nummer id
        code fall fallnummer fall-nr kennung case case-id transkript-nr"""
    ),
    "datum": _set("datum date interviewdatum erhebungsdatum aufnahmedatum gesprächsdatum") | {"datum des interviews", "tag des interviews"},
    "uhrzeit": _set("uhrzeit beginn ende zeit time zeitpunkt gesprächsbeginn gesprächsende interviewbeginn interviewende"),
    "ort": _set("ort location interviewort place erhebungsort gesprächsort aufnahmeort") | {"ort des interviews"},
    "dauer": _set("dauer länge duration length interviewdauer gesprächsdauer") | {"dauer des interviews"},
    "interviewer": _set("interviewer interviewführung interviewführende interviewleitung moderation moderator")
    | {"interviewt", "interviewt von", "interview durch", "geführt von", "interview geführt von"},
    "befragte": _set("befragte befragter befragt interviewpartner interviewte interviewter interviewee")
    | {"studienteilnehmer", "studienteilnehmende", "gesprächspartner", "interviewperson", "befragte person", "interviewte person"},
    "pseudonym": _set("pseudonym deckname"),
    "teilnehmende": _set("teilnehmende teilnehmer anwesend anwesende speakers participants personen sprecher"),
    "gruppe": _set("gruppe group befragtengruppe zielgruppe akteursgruppe"),
    "sozialraum": _set("sozialraum stadtteil quartier bezirk stadtbezirk district wohnviertel"),
    "wohnort": _set("wohnort"),
    "alter": _set("alter age altersgruppe altersklasse"),
    "geburtsjahr": _set("geburtsjahr jahrgang geburtsdatum"),
    "geschlecht": _set("geschlecht gender sex"),
    "migrationsgeschichte": _set("migrationsgeschichte migrationshintergrund migration"),
    "herkunft": _set("herkunft herkunftsland geburtsland geburtsort"),
    "staatsangehörigkeit": _set("staatsangehörigkeit staatsbürgerschaft nationalität"),
    "erhebung": _set("erhebung erhebungsform erhebungsart erhebungsmethode modus mode interviewform interviewart")
    | {"gesprächsform", "art des interviews", "form der erhebung", "art der erhebung"},
    "welle": _set("welle wave erhebungswelle"),
    "sprache": _set("sprache language interviewsprache gesprächssprache"),
    "zugang": _set("zugang access rekrutierung feldzugang") | {"kontakt über", "zugang über"},
    "stimme": _set("stimme voice sprechrolle") | {"spricht als"},
    "beruf": _set("beruf tätigkeit profession funktion amt organisation einrichtung verein"),
    "familienstand": _set("familienstand"),
    "bildung": _set("bildung bildungsabschluss schulabschluss abschluss"),
    "transkription": _set("transkription transkribiert transkribent transkriptor transkript transkribierer")
    | {"transkribierende", "transkribierende person", "transkription von", "verschriftung", "verschriftlichung"}
    | {f"transkribiert {word}" for word in ("von", "mit", "am", "durch")} | {"transkript von", "transcribed by"},
    "aufnahme": _set("aufnahme audiodatei audio tonaufnahme datei dateiname media") | {"name der datei"} | {"audio file", "aufnahme vom"},
    "regeln": _set("regeln transkriptionsregeln transkriptionssystem notation"),
    "besonderheiten": _set("besonderheiten postskript postskriptum bemerkung bemerkungen anmerkung anmerkungen notiz")
    | _set("notizen situation setting"),
    "projekt": _set("projekt project studie"),
    "titel": _set("titel title"),
    "autor": _set("autor author"),
    "kürzel": _set("kürzel sprecherkürzel personenkürzel legende abkürzungen"),
    "einwilligung": _set("einwilligung einverständnis einverständniserklärung"),
}  # fmt: skip
# Two lines of Otter: the key in capitals, its value in the line below.
ABOVE = {"SUMMARY KEYWORDS": "stichworte", "SPEAKERS": "teilnehmende", "KEYWORDS": "stichworte"}
# With one of these a value behind `Interviewer:` is speech and no name; those below may stand in a value.
SPOKEN = _set(
    """guten tag hallo ja nein okay ok mhm hm also gut genau danke vielen herzlich willkommen moin morgen abend ich wir
    sie das die der was wie können bitte so na ach äh ähm und aber tschüss gerne klar schön erzählen dann"""
)
PLAIN_VALUES = _set("weiblich männlich divers w m d jahre jahr anonym anonymisiert von van de mit")

# Whole lines with which programs and people frame a transcript; and how such lines begin and end.
FRAME = frozenset({
    "start of transcript", "end of transcript", "beginn des transkripts", "anfang des transkripts",
    "ende des transkripts", "beginn der transkription", "ende der transkription", "transkript", "transkription",
    "beginn der aufnahme", "ende der aufnahme", "interviewbeginn", "interviewende", "ende des interviews",
    "beginn des interviews", "aufnahme beendet",
})  # fmt: skip
FRAME_STARTS = (
    "transcription for ",
    "transcribed by https://otter.ai",
    "transcribed by otter",
    "[ende des transkripts",
    "[beginn des transkripts",
    "[anfang des transkripts",
)
FRAME_ENDS = (
    " started transcription", " stopped transcription", " transkription gestartet", " transkription beendet",
    " transkription gestoppt", " hat die transkription gestoppt", " hat die transkription gestartet",
    " hat die transkription beendet",
)  # fmt: skip
LEGEND_OPENERS = (
    "legende",
    "abkürzungen",
    "sprecher",
    "sprechende",
    "kürzel",
    "sprecherkürzel",
    "zeichen",
    "teilnehmende",
    "personen",
)

TABLE_HEADS = {
    "time": _set("zeit zeitmarke zeitstempel timecode time start beginn von uhrzeit minute min zeitpunkt"),
    "speaker": _set("sprecher sprecherin sprechende person speaker wer rolle kürzel name sprecher/in sprecher:in"),
    "text": _set("text transkript inhalt äußerung aussage wortlaut beitrag gesprochenes transkription redebeitrag"),
    "other": _set(
        "nr nummer zeile zeilen zn ende bis anmerkung anmerkungen kommentar kommentare memo memos code codes dauer"
    )
    | _set("notiz notizen paraphrase paraphrasen kategorie kategorien interpretation interpretationen generalisierung")
    | _set("reduktion lesart lesarten kodierung codierung oberkategorie unterkategorie bemerkung bemerkungen thema"),
}
