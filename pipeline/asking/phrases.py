"""Words by which talk around the questions is known: probes, small talk, openings, particles. Data only, German.

Probes and small talk are whole wordings, as they are also compared by meaning: a few dozen stand for many more.
"""

from __future__ import annotations

# Words that ask something. `welch` and `wo` stand for their forms and compounds (welche, woran, wofür).
QUESTION_WORDS = frozenset(
    """wer wen wem wessen was wo wie wann warum wieso weshalb weswegen inwiefern inwieweit woher wohin womit wodurch wofür
    woran worauf worin worüber wozu wobei wovon wogegen worum welche welcher welches welchen welchem wieviel""".split()
)
# Verbs that open a question or a request when they stand first.
OPENING_VERBS = frozenset(
    """ist sind war waren bist wird werden wirst wurde wurden würde würden würdest hat haben hast hatte hatten hätte hätten
    hattest gibt gab gäbe kann können kannst könnte könnten könntest konnten muss müssen musst müsste müssten soll sollen sollte
    sollten darf dürfen dürfte will wollen willst wollten möchte möchten möchtest mag mögen weiß wissen weißt fühlen fühlst fühlt
    finden findest findet glauben glaubst denken denkst meinen meinst sehen siehst kennen kennst machen machst macht tun tust
    helfen hilfst engagieren arbeiten arbeitest leben lebt lebst wohnen wohnst kommen kommt kommst gehen geht gehst fällt
    fehlt fehlen bekommen bekommst kriegen kriegst erfahren spüren spürst merken merkst reden redet redest treffen trifft
    triffst bleiben bleibt hatten gehören gehört gehörst wünschen wünschst läuft klappt stimmt stimmen passiert heißt liegt
    erleben erlebst werdet habt seid könnt dürft müsst wollt reicht braucht brauchen bräuchte bräuchten sagen sagt""".split()
)
# Verbs of a request that needs no question mark.
REQUESTS = frozenset(
    """erzählen erzähl erzählt beschreiben beschreib schildern schilder nennen nenn sagen sag berichten erklären erklär
    stellen stell denken versuchen versuch fangen fang überlegen überleg ergänzen vervollständigen beginnen""".split()
)

# Particles and openings that colour a question and carry no meaning of their own.
PARTICLES = frozenset("denn mal eigentlich halt eben doch nun ja überhaupt vielleicht einfach bitte äh ähm".split())
OPENINGS = frozenset(
    """und also dann so gut okay ok ja jetzt schön prima danke verstehe aber na ach aha genau klar toll nun oder krass da
    mhm hm super alles""".split()
)

# What a listener says to show that they listen. A turn of nothing else asks nothing and changes nothing.
SIGNALS = frozenset(
    """mhm hm hmm mh mmh hmhm aha ach ah oh oha so ja jaja jo joa jau okay ok gut schön klar genau stimmt verstehe nein nee
    nö na naja richtig interessant toll super prima danke touché wow krass eben natürlich sicher tja puh alles aja ne
    achso logisch wunderbar perfekt bitte gern gerne doch und""".split()
)

# How an interviewer begins to put the same question in other words.
REPHRASES = ("ich meine", "ich meinte", "gemeint ist", "damit meine ich", "anders gefragt", "also ich meine")
# Openings of a request that reads like a question to be answered with yes or no.
POLITE = frozenset(
    "können könnten kannst könntest könnt würden würdest möchten möchtest mögen magst wissen weißt erinnern".split()
)

# Pronouns that point back to what was just told; a question of the guide needs none.
BACK = frozenset("ihn ihm er beiden daraus davon dessen deren".split())

PROBES = (
    "Was fällt Ihnen dazu ein?",
    "Inwiefern?", "Können Sie ein Beispiel nennen?", "Haben Sie da ein Beispiel?", "Zum Beispiel?", "Und dann?", "Und weiter?",
    "Was meinen Sie damit?", "Wie meinen Sie das?", "Wie meinst du das?", "Was heißt das?", "Können Sie das genauer beschreiben?",
    "Könnten Sie das näher erläutern?", "Erzählen Sie ruhig weiter.", "Erzähl mal.", "Was war da los?", "Und was passierte dann?",
    "Wie ging es weiter?", "Wer genau?", "Wer ist das?", "Wen meinen Sie?", "Warum?", "Warum das?", "Wieso?", "Wie kam das?", "Woher wissen Sie das?",
    "Was haben Sie da gemacht?", "Wie haben Sie reagiert?", "Haben Sie das mal angesprochen?", "Und was hat er gesagt?", "Was hat sie geantwortet?",
    "Ist das oft so?", "Wie oft kommt das vor?", "Seit wann ist das so?", "Wie lange ist das her?", "Wie alt ist er?", "Was meinen die anderen dazu?",
    "Wie sehen Sie das?", "Wie ist es bei Ihnen?", "Und Sie?", "Möchten Sie dazu etwas sagen?", "Und bei Ihnen?", "Was glauben Sie?", "Und sonst?",
    "Ist das besser geworden?", "Wie finden Sie das?", "Hat sich das verändert?", "Wie war das für Sie?", "Was macht das mit Ihnen?",
    "Und was ist daraus geworden?", "Sie wollten dazu noch etwas sagen?", "Habe ich das richtig verstanden?", "Und wie geht das?",
    "Sagen Sie es mit Ihren eigenen Worten.", "Versuchen Sie es ruhig.", "Nehmen Sie sich Zeit.", "Wirklich?", "Ach ja?", "Was denn?",
)  # fmt: skip

SMALL_TALK = (
    "Guten Tag.", "Guten Morgen zusammen.", "Hallo, kommen Sie rein.", "Herzlich willkommen, schön, dass Sie da sind.", "Schön, dass es geklappt hat.",
    "Hier ist das Institut, wir waren verabredet.", "Vielen Dank, dass Sie sich die Zeit nehmen.", "Danke für die Einladung.", "Danke für das Gespräch.",
    "Ich danke Ihnen sehr.", "Vielen Dank für den Kaffee.", "Möchten Sie etwas trinken?", "Willst du was trinken?", "Haben alle einen Kaffee?", "Setzen Sie sich doch.",
    "Hören Sie mich gut?", "Verstehen Sie mich?", "Die Verbindung ist schlecht.", "Passt es Ihnen gerade?", "Soll ich später noch mal anrufen?",
    "Haben Sie gut hergefunden?", "Wie viel Zeit haben Sie?", "Sie haben Zeit bis elf?", "Du musst gleich weg?", "Kein Problem, lassen Sie sich Zeit.",
    "Das Aufnahmegerät läuft jetzt.", "Ich schalte das Gerät ein.", "Ist es in Ordnung, wenn ich aufnehme?", "Sind Sie mit der Aufnahme einverstanden?",
    "Darf ich das Gerät hierhin legen?", "Ich mache das Gerät jetzt aus.", "Haben Sie die Einwilligung unterschrieben?", "Haben Sie noch Fragen zum Datenschutz?",
    "Ihr Name wird nirgends genannt.", "Alles wird anonymisiert.", "Sie können jederzeit abbrechen.", "Die Stelle kann ich löschen.",
    "Die Teilnahme ist freiwillig.", "Bitte sprechen Sie nacheinander.", "Stellen Sie sich bitte kurz vor.", "Sagen Sie bitte Ihren Namen.", "Bitte lassen Sie sich ausreden.",
    "Moment, ich schreibe das auf.", "Das habe ich notiert.", "Das nehme ich mit.", "Das ist völlig in Ordnung.", "Das tut mir leid.", "Entschuldigung.",
    "Das klingt gut.", "Das ist schön.", "Das ist ja toll.", "Das ist interessant.", "Ich verstehe.", "Wir machen eine kurze Pause.",
    "Dann sind wir am Ende.", "Das war es schon von meiner Seite.", "Dann sind wir durch.", "Auf Wiedersehen.", "Kommen Sie gut nach Hause.", "Tschüss.",
    "Gute Besserung.", "Schönes Wetter heute.", "Darf ich das Fenster aufmachen?", "Ist das Ihr Hund?", "Sind das Tomaten?", "Das ist aber schön hier.",
    "Ich packe dann mal zusammen.", "Gern noch einen Tee.",
)  # fmt: skip

# --- questions that suggest their answer -------------------------------------------------------------------------------
_YOU = r"(?:sie|du|ihr)"
SUGGESTIONS = (
    rf"\b(?:finden|meinen|denken|glauben|sehen|findest|meinst|denkst|glaubst|findet|meint)\s+{_YOU}\s+(?:das\s+)?(?:nicht|nich|net)\b",
    rf"\b(?:würden|würdest|würdet)\s+{_YOU}\s+(?:nicht|nich)\b", rf"\b(?:sind|bist|seid)\s+{_YOU}\s+nicht\s+(?:auch\s+)?der\s+(?:meinung|ansicht)\b",
    rf"\b(?:würden|würdest)\s+{_YOU}\s+(?:mir\s+)?(?:doch\s+|auch\s+|da\s+)?zustimmen\b", rf"\bstimm(?:en|st)\s+{_YOU}\s+(?:mir\s+)?(?:da\s+)?zu\b",
    rf"\b{_YOU}\s+würde(?:n|st)?\s+(?:mir\s+)?(?:doch|also|sicher|bestimmt)\b", rf"\b{_YOU}\s+(?:sind|bist|seid)\s+(?:ja\s+)?doch\b",
    r"\bes ist (?:ja |aber )?doch (?:so|klar|bekannt)\b", r"\b(?:das|es) ist (?:ja )?doch\b[^?]*\b(?:dass|oder)\b", r"\bist es (?:denn )?nicht (?:so|eher|vielmehr|auch)\b",
    r"\b(?:müsste|sollte|könnte|kann|muss) man (?:da |das |hier )?(?:denn )?nicht\b", r"\b(?:man|ich) kann (?:also|doch|wohl) (?:also )?sagen\b",
    r"\b(?:kann|könnte) man also sagen\b", r"\bliegt (?:ja |doch )?(?:wohl )?auf der hand\b", r"\bda(?:s)? müsste man doch\b", r"\bjeder weiß doch\b", r"\bbekanntlich\b",
    r"\bdas heißt (?:also|doch)\b",
)  # fmt: skip
# A tag at the end of a statement asks for nothing but assent.
TAGS = (
    "oder", "oder nicht", "oder etwa nicht", "nicht wahr", "nicht", "nich", "ne", "nä", "gell", "gelle", "gel", "richtig", "stimmt['’]?s", "stimmt das",
    "wa", "wah", "woll", "woar", "hab ich recht", "habe ich recht", "würden sie sagen", "ja",
)  # fmt: skip
WHY = (
    "warum", "wieso", "weshalb", "weswegen", "woran liegt (?:es|das)", "woher kommt (?:es|das)", "wie kommt (?:es|das)(?: \\w+ \\w+ nach)?", "wie erklären sie sich",
)  # fmt: skip
# Of whom a why-question takes something for granted; pronouns only where they stand for others.
GROUPS = (
    r"(?:die|der|den|viele|manche|alle|so viele|so wenige?|die meisten)(?:\s+\w+){0,2}\s+(?:gruppen|leute|menschen|familien|eltern|kinder|frauen|männer|jugendlichen?|jungs?|mädchen|nachbarn|bewohner|anwohner)",
    r"(?:gruppen|leute|menschen|familien|kontakt|begegnung|austausch)", r"die (?:gruppen|leute|menschen|meisten|anderen|einen|neuen|alten|jungen)", "manche", "viele", "keiner", "niemand",
    r"\w*(?:türken|türkinnen|deutschen?|ausländer|ausländerinnen|migranten|migrantinnen|zugewanderten?|flüchtlinge|geflüchteten?|muslime|muslimen|christen|einheimischen?|alteingesessenen?)",
    r"\w*(?:syrer|kurden|araber|roma|bulgaren|rumänen|polen|russen|libanesen|afghanen|afrikaner|clans?|aleviten|juden)", r"so wenig", r"so getrennt", r"die",
)  # fmt: skip

# --- kinds of answers --------------------------------------------------------------------------------------------------
_I = r"(?:ich|isch|ick)"
# After a question that asks for more than yes or no these say nothing yet.
BARE = frozenset("ja jaja mhm hm hmm hmhm okay ok aha so genau nun also äh ähm".split())
# Words that may stand beside such phrases and say nothing themselves.
ANSWER_FILLERS = frozenset(
    """ja also na naja nun ach och och oh ah äh ähm hm hmm mhm tja puh so da das dat es et halt eben schon wohl doch mal auch eigentlich
    einfach ehrlich gesagt aber und sicher ganz genau oder gut ne nä gell ich muss sagen glaube glaub wirklich jetzt dazu
    nicht mehr denn bitte leider danke herr frau okay natürlich irgendwie richtig sehr echt""".split()
)
REFUSALS = (
    rf"(?:da)?zu (?:dem thema |der sache )?(?:möchte|will|mag|darf|werde|sag|sage) {_I} (?:mich |mir )?(?:jetzt |hier |eigentlich |lieber |gar |im moment |am telefon )*(?:nichts|nix|net|nicht)(?: mehr| weiter)* ?(?:sagen|äußern|erzählen)?",
    rf"{_I} (?:möchte|will|mag|werde|sag|sage) (?:da )?(?:da)?zu (?:jetzt |hier |lieber |gar )*(?:nichts|nix|nicht)(?: mehr)? ?(?:sagen|äußern)?", rf"da (?:sag|sage|möchte|will) {_I} (?:jetzt |lieber |gar )*(?:nichts|nix)(?: zu)?(?: sagen)?",
    rf"(?:das|dat) (?:möchte|will|werde|mag|darf) {_I} (?:ihnen |dir )?(?:jetzt |hier |lieber |eigentlich |so )*nicht (?:beantworten|sagen|erzählen|kommentieren|öffentlich sagen)", rf"(?:möchte|will) {_I} (?:lieber |jetzt )*nicht (?:beantworten|sagen|drüber reden)",
    r"(?:das|dat) geht (?:sie |dich )?(?:keinen|keinem|niemand(?:en)?|nichts|nix)(?: (?:was|wat|etwas))? an", r"^(?:nein |nee )?lieber nicht", r"kein kommentar", r"(?:da)?zu gebe? ich (?:ihnen )?keine auskunft", r"^(?:nein |nee )?keine auskunft",
    rf"(?:dar|da)?über (?:möchte|will|kann|darf|rede|spreche|red|sprech) {_I} (?:jetzt |hier |lieber |eigentlich )*(?:nicht|nicht gern|ungern)(?: gerne?)?(?: reden| sprechen)?", r"nächste frage", r"die nächste frage(?: bitte)?", r"muss ich (?:das|die|darauf|da) ?(?:frage )?(?:be)?antworten",
    r"das behalte? ich (?:lieber )?für mich", r"da halte? ich mich (?:lieber )?raus", r"das (?:lassen wir|lass ich|lasse ich)(?: mal| jetzt| lieber| besser)*(?: weg| aus| raus| bleiben)?", r"das ist (?:mir )?(?:zu )?(?:privat|persönlich|vertraulich)", r"das gehört (?:hier )?nicht hier ?(?:hin|her)", r"das gehört hier nicht (?:hin|her)",
    r"(?:da)?zu äußere? ich mich nicht", r"das bleibt unter uns", r"das ist dienstlich",
)  # fmt: skip
EVASIONS = (
    rf"(?:das |dat )?(?:weiß|weiss|wees) {_I} (?:auch |jetzt |ja |ehrlich gesagt |leider |gar |es )*(?:nicht|nich|net)(?: genau| so genau| so recht)?", rf"(?:{_I} )?(?:weiß|weiss)(?:te)? (?:es |das )?(?:auch |ja )?(?:nicht|nich|net)(?: genau)?", r"(?:hab(?:e)? ich )?keine ahnung", r"ka", r"keinen? (?:blassen )?(?:schimmer|plan)",
    rf"(?:da|dazu|das|darüber)? ?kann {_I} (?:ihnen |dir )?(?:jetzt |so |leider |gar |dazu |da |eigentlich |ehrlich gesagt )*(?:nichts?|nix|nicht viel|wenig|nicht)(?: groß)?(?: zu| drüber| dazu)? ?(?:sagen|beurteilen|einschätzen|beantworten|erzählen)", r"da(?:zu)? kann ich nichts zu sagen",
    r"da bin ich (?:jetzt |echt )?überfragt", r"überfragt", r"(?:das ist )?schwer zu sagen", r"(?:das )?(?:ist )?schwierig(?:e frage)?(?: zu sagen)?", r"gute frage", r"(?:das )?(?:kann|vermag) ich nicht (?:beurteilen|einschätzen)", r"das müssen andere (?:beurteilen|sagen|wissen)",
    r"da müss(?:en|t) (?:sie|ihr) (?:\w+ )?(?:\w+ )?(?:\w+ )?fragen", r"müssen sie (?:\w+ )?(?:\w+ )?fragen", r"da musst du (?:\w+ )?(?:\w+ )?fragen", r"(?:da )?frag(?:en)? (?:sie )?(?:besser |lieber |mal )*(?:den|die|das|meinen|meine|andere|jemand)(?: \w+)?(?: anderen)?", r"fragen sie mich (?:was|etwas) leichteres",
    r"da(?:rüber|zu)? ?(?:hab(?:e)?) ich (?:mir )?(?:noch )?(?:nie |keine |nicht |gar keine )*(?:gedanken|meinung)(?: (?:drüber|darüber|zu))?(?: gemacht)?", r"(?:da)?(?:zu |rüber )?hab(?:e)? ich (?:gar )?keine meinung(?: zu)?", r"noch nie (?:drüber|darüber) nachgedacht", r"da(?:rüber)? hab(?:e)? ich (?:noch )?nie (?:drüber )?nachgedacht",
    r"(?:da |mir )?fällt mir (?:jetzt |da |gerade |grad |so |spontan |dazu )*(?:nichts?|nix|keiner|niemand)(?: zu)?(?: ein)?", r"da kenne? ich mich (?:gar |leider )?nicht aus", r"das weiß der (?:liebe )?(?:gott|himmel|teufel|kuckuck|geier)", r"wer weiß(?: das schon)?", r"ich hab(?:e)? keine glaskugel", r"(?:ist |is )mir (?:doch )?(?:egal|wurscht|wurst)",
    rf"da (?:will|möchte|mag) {_I} (?:jetzt |lieber |hier )*nicht (?:drauf|näher drauf|darauf) eingehen", r"das ist (?:mir )?(?:zu )?kompliziert", r"dafür bin ich zu selten hier", r"da bin ich zu selten", r"ich bin (?:hier )?(?:erst |noch )(?:seit )?\w+ (?:\w+ )?hier", r"das kann ich (?:ihnen )?(?:so )?nicht sagen", r"das sagt mir nichts", r"was soll man da(?:zu)? (?:schon )?sagen",
)  # fmt: skip
# A change of the subject, which is only taken for one in a very short turn.
TURNS_AWAY = (
    r"(?:reden|sprechen) wir (?:lieber |mal )*(?:über|von) (?:was|etwas) ander(?:es|em)", r"(?:ein )?anderes thema", r"themenwechsel", r"(?:möchten|wollen|nehmen|trinken) sie (?:noch |erst |auch )*(?:einen? |etwas |was |mal )?(?:kaffee|tee|kekse?|kuchen|wasser|zucker|saft|trinken)",
    r"noch (?:einen? )?(?:kaffee|tee|kekse?|kuchen|wasser)", r"trink(?:en sie)?(?: mal| erst)?(?: aus)?", r"(?:moment )?(?:mein|das) (?:telefon|handy) (?:klingelt|geht)", r"da kommt (?:gerade |grad )?(?:mein|meine|der|die) \w+", r"wie spät ist es", r"ich muss (?:jetzt |gleich |mal )*(?:los|weg|weiter)", r"schönes wetter(?: heute)?", r"es klingelt",
)  # fmt: skip
LOUD_NOTHINGS = (
    "tja", "puh", "oje", "oh je", "och", "na ja", "naja", "boah", "pff", "gute frage", "schwierig", "schwierige frage", "schwer", "uff", "oha", "lassen sie mich überlegen", "mal überlegen", "was soll ich sagen", "moment",
)  # fmt: skip
