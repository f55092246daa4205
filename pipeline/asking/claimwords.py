"""Words by which it is known that an interviewer claims something instead of asking for it. Data only, German, in lower case."""

from __future__ import annotations

# What may stand before a sentence and changes nothing about its form.
LEADS_IN = frozenset(
    """und also dann so gut okay ok ja jetzt schön prima danke verstehe aber na ach aha genau klar toll nun oder krass da mhm hm
    super äh ähm ehm hmm halt naja achso mal denn doch eben nee nein herr frau""".split()
)
# Before these a claim goes on though no verb follows: reasons, conclusions, guesses.
CONCLUDES = frozenset("also weil dass wegen vielleicht wahrscheinlich vermutlich demnach sprich quasi sozusagen bestimmt sicher".split())
# In a sentence without an interrogative these say that the speaker thinks to know.
PRESUMES = (
    r"\b(?:doch|sicher(?:lich)?|bestimmt|wahrscheinlich|vermutlich|wohl|natürlich|bekanntlich|vielleicht|halt|offenbar|"
    r"offensichtlich|anscheinend|eben|leider|schließlich|ja)\b"
)
# A question after a claim that asks for nothing but assent to it.
CONFIRMS = (
    r"(?:ist|is|war) (?:das|dat|es|dem) (?:denn |nicht |auch |bei ihnen |bei euch |bei dir |hier )*so", r"(?:kann|könnte) (?:das|es) (?:sein|stimmen|hinkommen)",
    r"(?:können|könnten|würden|kannst|würdest) (?:sie|du) (?:mir )?(?:das |da |dem )?(?:so )?(?:bestätigen|unterschreiben|zustimmen)",
    r"(?:stimmt|passt) (?:das|dat|es)(?: so)?", r"(?:trifft|kommt) das (?:so )?(?:zu|hin)", r"(?:sehen|siehst|sehn) (?:sie|du) das (?:auch so|genauso|ähnlich|anders|nicht auch)(?: so)?",
    r"(?:habe?|hab) ich (?:das |sie |dich )?(?:da )?(?:so )?(?:richtig|recht)(?: verstanden)?", r"(?:verstehe?) ich (?:das |sie |dich )?(?:so )?richtig", r"(?:richtig|korrekt|oder|nicht wahr|stimmts|ne|nicht|gell|ja|was|wie)",
    r"oder (?:(?:was|wie) (?:meinen|meinst|denken|denkst|glauben|sehen|siehst) (?:sie|se|s'|du|ihr)(?: das| dazu)?|wie|was|nicht|etwa nicht|sehen sie das anders|siehst du das anders|seh ich das falsch|liege ich da falsch|täusche ich mich)", r"würden sie (?:das |dem )?(?:auch |so )*(?:sagen|sehen)",
    r"\w+ (?:sie|du|ihr) das (?:auch so|genauso|ähnlich)", r"(?:geht|ging) (?:es |das )?(?:ihnen|dir|euch) (?:das )?(?:auch |genau )*so", r"kennen sie das(?: auch)?", r"(?:nehme?|denke?|finde?|glaube?|vermute?|schätze?|fürchte?|meine?) ich(?: mal| mir| ma)?(?: an)?", r"so (?:verstehe?|lese|höre?|deute|sehe?) ich (?:\w+ ?){1,2}", r"so (?:klingt|scheint|wirkt|heißt|sieht) (?:das|es|dat)(?: \w+)?", r"scheint(?:'s)? (?:mir|uns)", r"wenn ich (?:das|sie|dich) (?:so )?(?:richtig|recht) (?:verstehe|verstanden habe|sehe)",
)  # fmt: skip
# Questions of the form yes or no that put the answer into one's mouth.
POLAR_CLAIMS = (
    r"^(?:kann|könnte|mag|dürfte) es (?:\w+ ){0,2}sein,? dass\b", r"^(?:liegt|lag|läge|hängt|kommt) (?:das|es) (?:\w+ ){0,3}(?:an|am|mit|von|vom|daran|davon|daher)\b", r"^(?:heißt|bedeutet|hieß) (?:das|es)\b",
    r"\b(?:vielleicht|womöglich|einfach) (?:\w+ ){0,2}(?:nicht|nie|kein\w*)\b", r"^stimmt (?:es|das),? dass\b", r"^(?:ist|war) (?:es|das) (?:\w+ )?(?:so|wahr|richtig),? dass\b", r"^\w+ (?:\w+ ){0,3}nicht (?:auch|eher|vielmehr|doch|vielleicht|gerade|sogar|längst|einfach)\b", r"^(?:ist|sind|war|waren|wäre|spielt|gibt|gab|braucht|bräuchte|fehlt|fehlen|müsste|sollte|liegt) (?:\w+ ){0,2}nicht\b",
    r",\s*(?:das|dat|die|der|da) (?:\w+ ){0,3}(?:ja|doch) [\w ]+\??$", r"^(?:ist|sind|war|waren|wären?) (?:\w+ ){1,4}(?:das problem|der grund|schuld|daran schuld|das hauptproblem|die ursache)\b",
)  # fmt: skip
# A why-question that holds one of these takes something for granted, whoever it is about.
GRANTED = (
    r"\b(?:so (?:wenig\w*|selten|getrennt|schlecht|schwer|weit|viele?|nebeneinander|stark|lange|schwierig|fremd|sehr)|kaum|keine?[nrms]?|nie(?:mand)?|nicht|immer|nur|unter sich|nebeneinander|"
    r"aneinander vorbei|getrennt|lieber|trotzdem|bloß|jeder|so (?:tief|groß|hoch|fern|verschieden|allein|einsam|fest|angespannt)|dieselben|ausgerechnet|vor allem|überall|ständig|dauernd|derart|weg(?:gezogen|ziehen)?|alle)\b"
)
WHY_THAT = r"\b(?:woran liegt|woher kommt|wie kommt|wie erklären sie sich|wie erklärst du dir|womit hängt)\b[^?]*\bdass\b"
# A wrong of which the reason is asked is taken for granted.
GRANTED_WRONG = (
    r"\b(?:woher komm(?:t|en)|(?:warum|wieso|weshalb) (?:gibt es|herrscht|besteht|bestehen|ist|sind)|woran liegt|wie erklären sie sich|wie erklärst du dir|wie kommt es zu) (?:denn |eigentlich |hier |da )*(?:das|der|die|den|diese[nmrs]?|so viele?|all die|all das) "
    r"(?:\w+ ){0,2}(?:\w*(?:misstrauen|trennung|distanz|ängste?|angst|kluft|spaltung|ärger|streit|ablehnung|abneigung|vorurteile?|vorbehalte|fremdheit|spannungen|konflikte?|mangel|rückzug|schweigen|abstand|wut|frust|zurückhaltung|gräben?|missverständnisse|einsamkeit|nebeneinander|desinteresse))\b"
)
# Guesses and hearsay in the first person: what follows is put to the respondent.
SUPPOSES = (
    r"\b(?:habe?|haben|hatte|hatten|hat) (?:ich|wir|uns|mir) (?:\w+ ){0,5}(?:gehört|gelesen|herausgehört|rausgehört|den eindruck|das gefühl|verstanden|mitbekommen|erfahren|erzählt|gesagt|berichtet|gemeint|geschildert)\b",
    r"\b(?:ich|wir) (?:hab|habe|haben|hatte|hatten) (?:\w+ ){0,8}(?:gehört|gelesen|herausgehört|rausgehört|den eindruck|das gefühl|verstanden|mitbekommen|erfahren)\b",
    r"\bich (?:könnte|kann) mir (?:\w+ )?(?:vorstellen|denken)\b", r"\bich (?:stelle?|denke?) mir (?:\w+ )?(?:vor|,|dass)", r"\b(?:ich|wir) (?:nehme|nehmen|vermute|vermuten|denke|glaube|schätze|fürchte|ahne|würde (?:\w+ )?(?:vermuten|denken|sagen|annehmen))\b", r"\b(?:nehme?|vermute|denke?|glaube?|schätze?|höre?|finde?) ich\b", r"\b(?:habe?|haben) (?:ich|wir) (?:mir|uns) sagen lassen\b", r"\bwird (?:ja |doch )?(?:viel|oft|öfter|immer wieder|gern|ja|überall|viel darüber|oft darüber) (?:darüber |davon )?(?:berichtet|geredet|gesprochen|geschrieben|erzählt|gesagt|behauptet)\b",
    r"^(?:verstehe?|habe?|höre?|sehe?) ich (?:sie|das|es|dich|euch|da)\b.*\bdass\b", r"\b(?:mir|uns) (?:wurde|ist|hat|haben|scheint|kommt)\b", r"\bhat (?:uns|mir)\b", r"^(?:\w+ ){1,5}(?:meint(?:e|en)?|sagt(?:e|en)?|sagen|meinen|erzählt(?:e|en)?|erzählen|behaupt\w+|bericht\w+|beklag\w+|nannten?)\s*[,:]", r",\s*(?:meinte?|sagte?) (?:ihre?|deine?|eure|die|der|eine?)\b", r",\s*(?:meine ich|ich meine)\b", r"\bman (?:hört|liest|sagt|erzählt|weiß|sieht)\b", r"\bes (?:heißt|scheint|klingt|wirkt)\b", r"\bheißt es\b", r"\bwenn ich (?:sie|das|dich|euch) (?:so )?(?:richtig|recht) (?:verstehe|verstanden|sehe)\b", r"\bich (?:fasse|höre|verstehe|lese|sehe) \w+",
)  # fmt: skip
# Sentences about the conversation itself, requests, courtesy: whoever says them claims nothing.
ABOUT_THE_TALK = (
    r"^(?:ich|wir) (?:\w+ )*(?:danke|danken|schreibe|schalte|stelle|stell|frage|fragen|wiederhole|mache|machen|packe|notiere|verstehe|meine|hätte|möchte|würde|wollte|komme|kommen|fange|fangen|interessiere|habe|hab|haben|darf|erkläre|lese|bin|sind|nehme|interviewe|gehe|gebe|freue|bedanke|entschuldige|sehe schon)\b",
    r"^(?:danke|vielen dank|herzlich|kommen wir|fangen wir|machen wir|gehen wir|sprechen wir|reden wir|bleiben wir|jetzt zu|dann zu|nun zu|noch einmal zu|eine letzte|letzte|nächste|erste|zweite|dritte|meine|noch eine|eine) ?(?:frage|runde)?\b.*\b(?:frage|thema|runde|dank|gespräch|punkt)\b", r"^(?:danke|vielen dank|kommen wir|fangen wir|machen wir|gehen wir|sprechen wir|reden wir|bleiben wir)\b",
    r"\b(?:aufnahme|aufnahmegerät|gerät|band|mikrofon|datenschutz|lämpchen|zettel|löschen|verabredet|anonym\w*|einwilligung|einverstanden|aufzeichn\w*|aufnehm\w*|unterschrift|transkri\w*|interviews?|gespräch|fragebogen|termin|kaffee|tee|handy|telefon|pause|uhrzeit)\b",
    r"\b(?:dank|danken|bedanke?)\b", r"\b(?:name|daten) (?:\w+ )*(?:nirgends|nicht|nirgendwo|vertraulich)\b", r"\b(?:jederzeit|freiwillig)\b",
    r"^(?:da |dann |jetzt |nun |so )?(?:hätte|möchte|würde|wollte|danke|mache|schalte|stelle|frage|komme|bin|habe|hab|lasse|schreibe|fange|gebe|nehme|gehe|wiederhole|packe|sind|kommen|machen|gehen|haben|fangen|wollen|sehe) (?:ich|wir) ",
    r"^das (?:gebe|nehme|schreibe|notiere|merke|mache|lasse|frage|wollte|würde|möchte|verstehe) (?:ich|wir)\b",
    r"^(?:das|dat|es) (?:ist|is|war|wäre|klingt|tut|hört sich|kann ich|glaube? ich|verstehe? ich|macht|freut|reicht|nehme?|notiere?|war's|wars)\s?(?:ja |aber |doch |auch |wirklich |sehr |ganz |total |echt |völlig |mir |für mich |uns |schon |nicht |eine? |einen |ihnen |dir |gut |ihr |mal |natürlich |alles |so )*"
    r"(?:schön\w*|gut\w*|interessant\w*|spannend\w*|toll\w*|super|wichtig\w*|hilfreich|traurig|schade|leid|verständlich|klar|nachvollziehen|vorstellen|in ordnung|okay|ok|nichts|sinn|viel|bild|beispiel|stichwort|punkt|krass|heftig|beeindruckend|wunderbar|prima|bewegend|mit|auf|mich|kein problem|gern|genug|bitter|hart|großartig|lustig|gerne|bemerkenswert|verrückt|wahnsinn)\b[^,]*$",
    r"\b(?:leitfaden|unser\w* (?:projekt|studie|institut|untersuchung)|(?:einen?|der|den) bericht)\b", r"^(?:alles klar|kein problem|kein ding|in ordnung|gern geschehen|keine sorge|moment|sekunde|guten|hallo|auf wiedersehen|tschüss|entschuldigung|verzeihung|gleich|nur zu|bitte)\b", r"^(?:sie|du|ihr) (?:können|kannst|könnt|dürfen|darfst|dürft|müssen|musst|müsst|haben|hast|habt) (?:\w+ )*(?:zeit|abbrechen|aufhören|fertig|sagen|antworten|weiter|reden|erzählen|nachdenken)\b",
    r"\b(?:sie|du|ihr) (?:wollten|wolltest|wolltet) (?:\w+ )*(?:sagen|ergänzen)\b", r"\bmit (?:ihren|deinen) eigenen worten\b", r"^(?:einer|eine|jeder) nach de[mr] anderen\b", r"^(?:jetzt )?etwas (?:persönliches|anderes|grundsätzliches|ganz anderes)\b", r"^(?:noch |dann |jetzt |nun )*(?:zum|zur|zu|zurück zu|zurück zur|zurück zum|themenwechsel|stichwort|thema)\b[^,?]*$", r"^stell(?:en)? (?:dir|sie sich|euch)\b",
)  # fmt: skip
# Words of a probe that names no theme: it continues what was asked before.
OPEN_PROBE = frozenset(
    """beispiel beispiele beispielsweise genauer näher weiter mehr erzählen erzähl erzählt beschreiben beschreib erklären erklär erläutern
    meinen meinst meint heißt bedeutet passiert passierte war ist los sagen sagt gesagt gemeint inwiefern inwieweit warum wieso weshalb wie was
    wer wo wann wen wem ruhig zeit lassen nehmen sie du ihr sich dir ihnen euch das dazu damit da denn noch sonst mal bitte gern gerne und
    oder aber ja ach so aha okay ok also gut klar mhm hm konkret genau darunter vorstellen stellen verstehen fällt ein eine einen fall situation
    überlegen ausführen versuchen wirklich echt kommt daran liegt dann nun doch eben ah oh nicht können könnten kannst könntest haben hast hätten
    es mir uns einfach vielleicht etwas was irgendwie wirkt wirkte gehen ging weitergehen weiterging gern prima schön interessant""".split()
)
# Nouns of a comment on what was said (`Das ist ein starkes Bild.`).
COMMENTS = frozenset("bild wort worte satz punkt frage thema beispiel stichwort aussage gedanke geschichte erfahrung idee sache ding verhältnis dank".split())
# What the respondent said earlier, taken up again.
TAKES_UP = r"^(?:sie|du|ihr) (?:hatten|haben|hattest|hast|hattet|habt|sagten|sagtest|meinten|erwähnten|erzählten) (?:\w+ )*(?:gesagt|erwähnt|erzählt|angesprochen|angedeutet|gemeint|berichtet|beschrieben|genannt|vorhin|eben|gerade)\b"
# Negations that only ask for assent.
RHETORICAL = (
    r"\b(?!was |wer |wo |wie |wen |den |die |das |dass |weil |wenn |ob )\w+ (?:sie|du|ihr|man|es) (?:da |denn |das )*(?:nicht|nich)\b(?: auch)?", r"\b(?:nicht|nich) auch\b", r"\b(?:spielt|ist|sind|gibt|liegt) (?:da |es |das )?nicht\b",
    r",\s*(?:oder nicht|oder etwa nicht|nicht wahr|nicht|nich|ne|nä)\s*\?\s*$",
)  # fmt: skip
