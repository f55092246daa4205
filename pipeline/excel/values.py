"""What words of the program that stand in tables mean, in German; each is translated where it is used."""

from __future__ import annotations

from pipeline import cycle_words
from pipeline.language import N_
from pipeline.sections import agreement_words, cycle
from pipeline.topic_words import ACTIONS, BY, MODELS, STATES
from pipeline.wording import ABOUT, PROMPTS, STANCES

_YES = {"yes": N_("ja"), "no": N_("nein")}
_FOUND = {"matrix": N_("Themenmatrix"), "code": N_("neue Kategorien")}
WORDS: dict[str, dict[str, str]] = {
    "prompt": PROMPTS,
    "stance": STANCES,
    "about": {**ABOUT, "": ""},
    "role": {
        "interviewer": N_("interviewt"), "respondent": N_("befragt"), "third": N_("dritte Person"), "unknown": N_("unbekannt"), "none": N_("kein Sprecher"),
    },
    "fillers": {"verbatim": N_("mitgeschrieben"), "smoothed": N_("geglättet"), "machine": N_("vom Programm ausgelassen"), "unknown": N_("nicht bestimmt")},
    "voice": {"private": N_("für sich"), "office": N_("im Amt")},
    "basis": {"reviewed": N_("gelesen"), "proposed": N_("Vorschlag, ungelesen")},
    "unasked": _YES,
    "served": _YES,
    "named": _YES,
    "firm": _YES,
    "hidden": _YES,
    "used": _YES,
    "chosen": _YES,
    "scattered": _YES,
    "model": MODELS,
    "action": ACTIONS,
    "variable": BY,
    "status": {
        **STATES,
        "voiced": N_("nennt es"), "both": N_("nennt es, sagt auch Gegenteiliges"), "denied": N_("sagt Gegenteiliges"),
        "silent": N_("gefragt, nichts dazu gesagt"), "evaded": N_("gefragt, ausgewichen"), "unread": N_("gefragt, noch nicht gelesen"),
        "not asked": N_("nicht gefragt"),
    },
    "field": {
        "shared": N_("gemeinsam über alle Gruppen, die gefragt wurden"), "differing": N_("verschieden gesehen"),
        "affected": N_("nur von denen berichtet, die es betrifft"), "open": N_("offen"),
    },
    "aspect": {
        "goal": N_("Ziel"), "measure": N_("Maßnahme"), "cost": N_("Preis"), "reason": N_("Grund"), "potential": N_("Potenzial und Engagement"),
        "other": N_("Anderes"),
    },
    "method": {"exact": N_("exakt"), "permutation": N_("Zufallsziehung")},
    "reason": {
        "between": N_("zwischen Gruppen"), "within": N_("innerhalb von Gruppen"), "unasked": N_("nicht gefragt"),
        "passed_over": N_("von einem Teil übergangen"), "unsaid": N_("niemand nennt es"), "few_groups": N_("zu wenige Gruppen gefragt"),
        "unread": N_("noch nicht gelesen"), "so_far": N_("bisher in jeder gelesenen Gruppe"),
        "denied": N_("niemand nennt es, jemand sagt Gegenteiliges"),
    },
    "is_role": _YES,
    "kind": {
        "time": N_("Zeit"), "rooms": N_("Räume und Orte"), "successors": N_("Nachwuchs und Mitmachende"), "money": N_("Geld und Stellen"),
        "bureaucracy": N_("Anträge und Auflagen"), "exhaustion": N_("Kraft und Gesundheit"), "language": N_("Sprache"), "other": N_("Anderes"),
        "together": N_("arbeiten zusammen"), "missing": N_("fehlt, wenig oder keine Verbindung"), "wished": N_("sollten zusammenarbeiten"),
        "past": N_("früher zusammen"), "denied": N_("verneint"), "opposite": N_("Gegenstück genannt"),
        "not_exposed": N_("selbst nicht erlebt (kein Widerspruch)"), "wish": N_("Wunsch"), "need": N_("Bedarf"), "own": N_("eigene Zeile"),
    },
    "state": {
        "proposed": N_("vorgeschlagen"), "edited": N_("bearbeitet"), "added": N_("eigene Zeile"), "lost": N_("nicht mehr vorgeschlagen"),
        "gap": N_("genannt, kein Angebot genannt"), "open": N_("genannt, Angebot nur vorgeschlagen"), "beside": N_("genannt, Angebote genannt"),
        "unnamed": N_("gefragt, nichts gelesen oder vorgeschlagen"), "silent": N_("niemand gefragt"),
    },
    "family": {
        "needs": N_("Bedarfe"), "wishes": N_("Wünsche"), "welcome": N_("Willkommen"), "unwelcome": N_("Willkommen"),
        "reasons": N_("Genannte Gründe"),
    },
    "whose": {
        "self": N_("sich oder die eigenen Leute"), "others": N_("andere oder Einrichtungen"), "both": N_("beide"), "": N_("nicht erkannt"),
    },
    "edited": {
        "who": N_("wer"), "what": N_("tut was"), "whom": N_("für wen"), "place_name": N_("wo"), "since": N_("seit wann"), "often": N_("wie oft"),
        "district": N_("Ort"), "same_as": N_("dasselbe wie"), "hidden": N_("gestrichen"), "label": N_("Bezeichnung"), "need": N_("Bedarf"),
        "goal": N_("Ziel"), "indicator": N_("Indikator"), "responsible": N_("zuständig"), "date": N_("Datum"), "note": N_("Notiz"),
        "source": N_("Quelle"), "value": N_("Wert"), "direction": N_("Richtung"), "code": N_("Kategorie"),
    },
    "holder": {
        "self": N_("von sich oder der eigenen Gruppe"), "others": N_("von anderen"), "institution": N_("von einer Einrichtung"),
        "unclear": N_("nicht erkannt"),
    },
    "attribution": _YES,
    "type": {"preference": N_("Vorliebe"), "restriction": N_("keine andere Wahl"), "reaction": N_("Antwort auf Ablehnung")},
    "unit": {"sentence": N_("Satz"), "turn": N_("Beitrag")},
    "by": {"": N_("alle Befragten"), "group": N_("Gruppe"), "district": N_("Ort")},
    "theme": {"welcome": N_("Willkommen"), "together": N_("Zusammenleben")},
    "found_in": {"passage": N_("in der Stelle"), "before": N_("im Beitrag davor")},
    "placed": {
        "passage": N_("in der Stelle genannt"), "turn": N_("im Beitrag davor genannt"), "speaker": N_("Ort der befragten Person"),
        "": N_("nicht bekannt"),
    },
    "lasting": {"there": N_("ja"), "past": N_("früher"), "imagined": N_("nur gedacht"), "denied": N_("nein")},
    "bridge_role": {"self": N_("die befragte Person selbst"), "person": N_("nur mit Namen genannt")},
    "experience": {
        "experienced": N_("Gutem"), "denied": N_("Schlechtem"), "mixed": N_("beidem"), "told": N_("nur von anderen"),
        "none": N_("gefragt, nichts gelesen oder vorgeschlagen"), "not asked": N_("nicht gefragt"),
    },
    "measure": {
        "precision": N_("Vorschläge, die zutreffen"), "recall": N_("vorgeschlagen von dem, was Menschen vergaben"), "f1": N_("F1"),
        "map": N_("mittlere Average Precision"), "r_at_5": N_("unter den fünf besten von dem, was Menschen vergaben"),
        "top_error": N_("Abweichung der genannten Sicherheit"), "coverage": N_("Auswahl enthält das Richtige"),
        "set_size": N_("Kategorien je Auswahl"), "precision_at_20": N_("sicherste 20 von 100 Sätzen: beste trifft zu"),
        "precision_at_40": N_("sicherste 40 von 100 Sätzen: beste trifft zu"), "precision_at_60": N_("sicherste 60 von 100 Sätzen: beste trifft zu"),
        "n_sentences": N_("Sätze"), "n_interviews": N_("Gespräche"),
    },
    "part": {
        "all": N_("alle"), "prior": N_("was die Frage erwarten lässt"), "question_free": N_("ohne Kenntnis der Frage"),
        "learnt": N_("daraus gelernt"), "language": N_("Sprache"),
    },
}  # fmt: skip
OWN_WORDS: dict[str, dict[str, dict[str, str]]] = {  # what words of the program mean on one sheet only
    "findings_sample": {
        "state": {
            "present": N_("dabei"), "missing": N_("in der Stadt, niemand befragt"), "absent": N_("niemand befragt"),
            "unknown": N_("ohne Zahl der Stadt"), "undeclared": N_("steht nicht in study.yaml"),
        },
    },
    "findings_saturation": {
        "state": {"not_enough": N_("zu wenige Gespräche"), "open": N_("es kommt noch Neues"), "reached": N_("kaum noch Neues")},
        "source": _FOUND,
        "group": {"": N_("alle Befragten")},
    },
    "findings_subthemes": {
        "source": _FOUND,
    },
    "findings_answer_codes": {
        "expected": _YES,
    },
    "findings_grid": {
        "status": {"asked": N_("gefragt"), "refused": N_("gefragt, verweigert")},
    },
    "findings_stories": {
        "theme": {"welcome": N_("Willkommen"), "together": N_("Zusammenleben"), "potentials": N_("Potenziale"), "reasons": N_("Genannte Gründe")},
        "direction": {"better": N_("besser"), "worse": N_("schlechter"), "unclear": N_("nicht gesagt")},
    },
    "findings_access": {
        "part": {"access": N_("wie erreicht"), "language": N_("Sprache"), "mode": N_("Art des Gesprächs"), "interviewer": N_("wer gefragt hat")},
    },
    "findings_links": {"doubt": _YES},
    "findings_statements": {
        "kind": {
            "figure": N_("Zahl"), "quote": N_("Zitat"), "evidence": N_("Beleg"), "against": N_("Gegenbeleg"), "draft": N_("Entwurf"), "text": N_("Text"), "title": N_("Überschrift"), "hint": N_("Hinweis"), "blank": N_("leer"),
        },
        "verdict": {
            "right": N_("stimmt"), "wrong": N_("stimmt nicht mehr"), "unknown": N_("Kategorie gibt es nicht"), "unclear": N_("nicht zu prüfen"),
            "gone": N_("Stelle gibt es nicht mehr"), "forbidden": N_("darf nicht zitiert werden"), "checked": N_("geprüft"), "broken": N_("nachzubessern"),
            "unfinished": N_("noch nicht fertig"), "unchecked": N_("ohne prüfbare Angabe"), "stray": N_("unter keiner Überschrift"),
        },
    },
    "agreement": {
        "scope": {"people": N_("Menschen mit Menschen"), "machine": N_("Menschen mit der Maschine"), "rule_model": N_("Regeln mit dem Modell")},
        "measure": agreement_words.MEASURES, "unit": agreement_words.UNITS, "state": {"before": N_("vor dem Konsens"), "after": N_("nach dem Konsens")},
        "part": {"": N_("alle"), "all": N_("alle"), **agreement_words.PARTS},
    },
    "memos": {"kind": cycle.MEMOS},
    "cycle_log": {"what": cycle_words.LOG},
    "cycle_sampling": {"status": cycle_words.SAMPLING},
    "cycle_versions": {"logged": _YES, "current": _YES},
    "review_open": {"mode": {
        "interview": N_("ganzes Gespräch"), "random": N_("zufällig gezogen"), "double": N_("doppelt"), "learning": N_("zum Lernen gezogen"), "control": N_("zur Kontrolle gezogen"),
    }},
    "findings_unasked": {
        "kind": {"new": N_("ohne Kategorie"), "unasked": N_("neben dem Leitfaden"), "code": N_("Kategorie, nach der niemand gefragt wurde")},
    },
}  # fmt: skip
