"""What an editor shows beside a key, in German: by model and key as it stands in the file."""

from __future__ import annotations

_COUNTS = "Welche Haltungen zählen: affirmed, negated, hypothetical, reported, past. Ein Treffer zählt, wenn alle seine Haltungen genannt sind."
_UNIT = "Worauf sich Vorrang und Zählung beziehen: clause (Teilsatz), sentence (Satz) oder turn (Redebeitrag)."
_ONLY = "Nur dort, wo das zutrifft: ein Merkmal der Befragten, role, question, code oder doc, und die erlaubten Werte."
_EXCEPT = "Dort nicht: ein Merkmal der Befragten, role, question, code oder doc, und die ausgeschlossenen Werte."
_OTHERWISE = "Welche andere Kategorie ein Treffer mit dieser Haltung bekommt, etwa {negated: WIL.verwehrt}."

WORDS: dict[str, dict[str, str]] = {
    "CodebookEntry": {
        "title": "Titel des Kategoriensystems.",
        "version": "Ihre Zählung der Fassungen; das Programm nennt einen Fingerabdruck des Inhalts.",
        "include": "Dateien mit Wortlisten aus lists/ oder codebooks/_lists/, ohne Pfad.",
        "lists": "Wortlisten, die Regeln mit $name nennen.",
        "codes": "Die obersten Kategorien.",
    },
    "ListsEntry": {"include": "Weitere Dateien mit Wortlisten, ohne Pfad.", "lists": "Wortlisten: Name und Wörter."},
    "CodeEntry": {
        "id": "Kennung: Buchstaben, Ziffern, _ und Punkte, etwa POT.person. An ihr hängen Regeln, Leitfaden und Entscheidungen.",
        "label": "Name der Kategorie im Bericht.",
        "definition": "Was die Kategorie meint. Steht im Kodierleitfaden und im Bericht.",
        "include": "Was dazugehört, ein Satz je Eintrag.",
        "exclude": "Was nicht dazugehört, am besten mit der Kategorie, in die es gehört.",
        "before": "Kategorien, die hinter dieser zurücktreten, wo beide auf dieselbe Stelle passen.",
        "counts": _COUNTS,
        "otherwise": _OTHERWISE,
        "unit": _UNIT,
        "needs": "Welches Gewicht die Treffer einer Stelle zusammen brauchen (weight der Regeln), damit sie zählt.",
        "only": _ONLY,
        "except": _EXCEPT,
        "through_children": "ja: Nennungen der Unterkategorien zählen hier mit; nein: nur die eigenen.",
        "examples": "Ankerbeispiele. Eine Regel muss sie finden, außer bei by: model.",
        "counterexamples": "Gegenbeispiele. Keine Regel dieser Kategorie darf sie finden.",
        "memo": "Notizen zur Kategorie; bei einer obersten Kategorie stehen sie auch über dem Kapitel.",
        "color": "Farbe, etwa #1f77b4.",
        "since": "Fassung des Codebuchs, seit der es die Kategorie gibt.",
        "was": "Frühere Kennungen: umbenannt oder hier aufgegangen.",
        "match": "Suchregeln. Ohne Regeln vergeben nur Menschen die Kategorie.",
        "children": "Unterkategorien, beliebig tief.",
    },
    "Example": {
        "text": "Der Satz, wie er gesagt wurde.",
        "by": "model: Keine Regel muss dieses Beispiel finden.",
        "code": "Bei Gegenbeispielen: die Kategorie, in die es gehört, oder null für keine.",
    },
    "RuleEntry": {
        "term": "Wortform, groß oder klein; * beliebig viele Zeichen, ? genau eines.",
        "lemma": "Alle Formen eines Wortes, auch getrennte Verben: helfen findet hilft, geholfen.",
        "phrase": "Wörter in dieser Folge im selben Satz, jedes als Form oder Grundform.",
        "compound": "Das Wort und Zusammensetzungen damit: Raum findet Jugendraum, Raumnot.",
        "near": "Wörter, die nah beieinander stehen, gleich in welcher Folge; wie nah, sagt window.",
        "regex": "Regulärer Ausdruck auf dem Lesetext; groß und klein zählt nicht.",
        "pattern": "Wortfolge mit Bedingungen je Wort, geschrieben wie in spaCy: [{LEMMA: kein}, {POS: NOUN}].",
        "all": "Nur wo alle diese Regeln auch treffen, im Bereich von within.",
        "any": "Nur wo eine dieser Regeln auch trifft, im Bereich von within.",
        "none": "Nur wo keine dieser Regeln trifft, im Bereich von within.",
        "within": "Bereich von all, any und none: clause, sentence, turn oder answer (Frage und Antwort).",
        "gap": "Nur phrase: so viele fremde Wörter dürfen zwischen zwei Nachbarn stehen (0 bis 10).",
        "order": "Nur phrase: fixed, die Wörter in dieser Folge; free, in jeder.",
        "at": "Nur compound: head, nur als letzter Teil; part, nur als anderer Teil; any, überall.",
        "window": "Nur near: so viele Wörter weit, oder sentence, turn, answer.",
        "counts": f"{_COUNTS} Überstimmt die Kategorie.",
        "otherwise": f"{_OTHERWISE} Überstimmt die Kategorie.",
        "only": f"{_ONLY} Ergänzt die Kategorie.",
        "except": f"{_EXCEPT} Ergänzt die Kategorie.",
        "weight": "Gewicht eines Treffers; zusammen müssen sie needs der Kategorie erreichen.",
        "unit": f"{_UNIT} Überstimmt die Kategorie.",
    },
    "Question": {
        "id": "Kennung der Frage, etwa L4.",
        "text": "Wortlaut der Frage im Leitfaden.",
        "wordings": "Wie die Frage sonst gestellt wurde.",
        "leading": "ja: Der Wortlaut legt eine Antwort nahe.",
        "leading_words": "Nur Fragen mit einem dieser Wörter gelten als nahelegend.",
        "expects": "Kategorien, nach denen diese Frage fragt: Daraus entsteht »danach gefragt«.",
        "label": "Kurzer Name.",
    },
    "Guide": {"questions": "Die Fragen des Leitfadens."},
    "ActorsFile": {"actors": "Einrichtungen und Rollen, von denen die Befragten sprechen."},
    "ActorEntry": {
        "name": "Name im Bericht; steht er in den Redebeiträgen hinter einem Platzhalter, zeigt der Bericht den Platzhalter.",
        "kind": "Art der Einrichtung; rolle für eine Aufgabe. Einzelne Menschen gehören nicht hierher.",
        "forms": "Weitere Schreibweisen, auch wirkliche Namen und Platzhalter wie \"[Verein 1]\".",
        "role": "ja: eine Aufgabe, keine Einrichtung.",
        "hide": "ja: nicht zeigen und nicht zählen.",
        "memo": "Notiz.",
    },
}
