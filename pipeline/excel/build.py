"""`tables.xlsx`: the tables for people. Strings stay strings (no formula, no link), the file's bytes are reproducible."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.tables import TABLES
from pipeline.topic_words import ACTIONS, BY, MODELS, STATES

if TYPE_CHECKING:
    import pandas as pd

SHEETS = {
    "findings_codes": "Kategorien", "findings_groups": "Nach Merkmalen", "findings_cases": "Nach Befragten",
    "findings_mentions": "Nennungen", "codings": "Codierungen", "suggestions": "Zählt nicht", "findings_cooccurrence": "Zusammen genannt",
    "findings_coverage": "Leitfaden", "topics": "Themen", "topic_sentences": "Themensätze", "topic_terms": "Themenwörter", "topic_phrases": "Themenwendungen", "topic_edits": "Geänderte Themen", "topic_codes": "Themen und Kategorien",
    "topic_new": "Neue Kategorien", "code_topics": "Verteilte Kategorien", "topic_groups": "Themen nach Merkmalen", "topic_numbers": "Zahl der Themen",
    "findings_measures": "Maßnahmen", "findings_indicators": "Indikatoren",
    "findings_common": "Gemeinsamer Nenner", "findings_common_groups": "Nenner nach Gruppen", "findings_evidence": "Für und Wider", "findings_against": "Gegenbelege", "findings_tests": "Exakte Tests",
    "findings_potentials": "Potenziale", "findings_bridges": "Brückenpersonen", "findings_needs": "Bedarfe und Bestand", "findings_offers": "Angebote", "findings_welcome": "Willkommen",
    "actors": "Akteure", "findings_network": "Wer mit wem", "topic_models": "Themenmodelle", "cases": "Befragte", "documents": "Dateien",
    "findings_inventory": "Engagement", "findings_capacity": "Grenzen",
    "findings_sample": "Befragte und Stadt", "findings_subthemes": "Neue Unterthemen", "findings_saturation": "Sättigung", "findings_answers": "Antworten",
    "findings_answer_codes": "Antworten, Kategorien", "findings_grid": "Fragen und Befragte", "findings_unasked": "Ungefragt",
    "codes": "Codebuch", "rules": "Regeln",
    "findings_reason_codes": "Genannte Gründe", "findings_reasons": "Grund und Folge", "findings_counter": "Gegen Gründe",
    "quality": "Güte", "quality_codes": "Güte je Kategorie", "quality_calibration": "Sicherheit", "quality_prevalence": "Häufigkeit",
    "quality_fairness": "Sprechweisen", "model_codes": "Gelernt aus",
}  # fmt: skip
HEADINGS = {
    "actor": "Akteur", "actor_a": "Akteur A", "actor_b": "Akteur B", "is_role": "ist eine Rolle", "forms": "Schreibweisen", "n_links": "Aussagen über Zusammenarbeit, gelesen",
    "n_links_proposed": "Aussagen über Zusammenarbeit, Vorschläge", "n_missing": "Aussagen über Fehlendes, gelesen", "n_missing_proposed": "Aussagen über Fehlendes, Vorschläge",
    "n_cases_reviewed": "Befragte, gelesen",
    "code": "Kategorie", "label": "Bezeichnung", "n_mentions": "Nennungen", "n_cases": "Befragte", "n_asked": "danach gefragt",
    "n_cases_asked": "davon gefragt", "n_spontaneous": "von sich aus", "n_leading": "nach Suggestivfrage", "n_reviewed": "gelesene Sätze",
    "n_suggested": "zählt nicht", "largest_case_share": "größter Anteil einer Person", "variable": "Merkmal", "value": "Wert",
    "n_group": "Größe der Gruppe", "case": "Fall", "doc": "Interview", "turn": "Redebeitrag", "start": "Anfang", "end": "Ende",
    "quote": "Zitat", "rule": "Regel", "stance": "Haltung", "about": "über wen", "prompt": "Anlass", "score": "Wert der Maschine",
    "status": "Stand", "coder": "codiert von", "reason": "Grund", "question": "Frage", "matched": "gefundene Wörter", "seg": "Satz", "evidence": "wie gefunden", "cue": "woran erkannt", "n_about_self": "über sich oder die eigene Gruppe",
    "n_about_others": "über andere oder Einrichtungen", "through": "mit Unterkategorien",
    "text": "Text", "speaker": "Sprecher", "role": "Rolle", "file": "Datei", "format": "Format", "notation": "Notation", "words": "Wörter",
    "turns": "Redebeiträge", "date": "Datum", "wave": "Welle", "mode": "Erhebung", "advice": "Rat", "warnings": "Hinweise",
    "topic": "Thema", "term": "Wort", "weight": "Gewicht", "rank": "Rang", "stability": "Stabilität", "steady": "bleibende Sätze", "halves": "in beiden Hälften", "firm": "hält der Probe stand", "worded": "Anteil mit einem der Wörter", "topic_label": "Name des Themas", "code_label": "Bezeichnung der Kategorie", "best_code_label": "Bezeichnung der nächsten", "main_topic_label": "Name des häufigsten Themas", "n_segments": "Sätze",
    "n_turns": "Redebeiträge", "share": "Anteil", "definition": "Definition", "parent": "Oberkategorie", "level": "Ebene",
    "kind": "Art", "pattern": "Muster", "line": "Zeile", "hits": "Treffer", "counted": "gezählt", "asked": "gestellt",
    "voice": "spricht", "access": "Zugang", "language": "Sprache", "interviewer": "interviewt von", "code_a": "Kategorie A",
    "code_b": "Kategorie B", "basis": "Grundlage", "mention": "Nennung", "codings": "Codierungen", "coding": "Codierung",
    "order": "Reihenfolge", "coded": "wird codiert", "color": "Farbe", "since": "seit", "was": "hieß früher", "gone": "Kategorie, die es nicht mehr gibt", "moved": "geschrieben für den Fall", "encoding": "Zeichensatz",
    "n_proposed": "Vorschläge, ungelesen", "n_cases_proposed": "Befragte mit Vorschlägen", "n_spontaneous_proposed": "Vorschläge, von sich aus",
    "n_about_self_proposed": "Vorschläge, über sich", "n_about_others_proposed": "Vorschläge, über andere", "unasked": "auch ohne Kenntnis der Frage",
    "measure": "Maß", "unit": "Einheit", "part": "Teil", "n": "Anzahl", "estimate": "Schätzung", "low": "von", "high": "bis",
    "n_sentences": "Sätze", "n_true": "von Menschen vergeben", "n_both": "davon vorgeschlagen", "precision": "zutreffende Vorschläge",
    "precision_low": "zutreffend, von", "precision_high": "zutreffend, bis", "recall": "gefunden", "recall_low": "gefunden, von",
    "recall_high": "gefunden, bis", "f1": "F1", "ap": "Average Precision", "bin": "Stufe", "true": "zugetroffen", "method": "Verfahren",
    "variety": "Sprechweise", "gap": "Abstand zur besten", "told": "Befund", "served": "schlägt das Modell vor", "n_anchors": "Ankersätze",
    "n_varieties": "Sprechweisen", "note": "Hinweis",
    "phrase": "Wendung", "named": "von Menschen benannt", "hidden": "ausgeblendet", "memo": "Notiz", "coherence": "Zusammenhang (NPMI)", "n_docs": "Interviews",
    "largest_case": "Fall mit den meisten Sätzen", "echo": "Anteil des Frage-Wortlauts", "echo_question": "Wortlaut der Frage", "x": "Karte: rechts", "y": "Karte: unten",
    "entry": "Eintrag", "name": "Name", "action": "Änderung", "likeness": "Ähnlichkeit", "terms": "Wörter", "share_topic": "Anteil am Thema",
    "share_code": "Anteil an der Kategorie", "lift": "so oft wie sonst (×)", "covered": "davon mit Kategorie", "best_code": "nächste Kategorie",
    "best_share": "Anteil der nächsten Kategorie", "id": "Kennung", "anchors": "Ankersätze", "snippet": "Vorlage für codebook.yaml", "n_topics": "Themen",
    "spread": "Streuung", "main_topic": "häufigstes Thema", "main_share": "Anteil des häufigsten Themas", "outside": "Anteil in keinem Thema", "scattered": "verteilt",
    "others": "bei den anderen", "difference": "Unterschied", "p": "p", "p_all": "p, alle Vergleiche eingerechnet", "verdict": "Urteil", "model": "Modell",
    "need": "antwortet auf Bedarf", "need_code": "Kategorie des Bedarfs", "need_turns": "Beiträge mit beidem, gelesen", "need_hint": "Bedarf nach Vorschlägen", "groups": "genannt von",
    "groups_silent": "gefragt, bisher nichts dazu", "costs": "Hürden im selben Beitrag", "n_costs_proposed": "mögliche Hürden, ungelesen", "goal": "Ziel", "indicator": "Indikator",
    "responsible": "zuständig", "direction": "gewünschte Richtung des Werts", "doubts": "was noch fehlt", "edited": "von Menschen ausgefüllt", "family": "gehört zu", "state": "Stand", "source": "Quelle",
    "aspect": "was es ist", "field": "Feld", "n_groups": "Gruppen der Studie", "n_groups_asked": "Gruppen, die gefragt wurden", "n_groups_voiced": "Gruppen, die es nennen",
    "n_groups_denied": "Gruppen mit Gegenteiligem", "n_asked_voiced": "Gefragte, die es nennen", "lowest": "kleinster Anteil einer gefragten Gruppe (zum Ordnen)",
    "balanced": "Mittel über gefragte Gruppen (zum Ordnen)", "group": "Gruppe", "n_cases_self": "sagen es über sich", "n_cases_others": "sagen es über andere", "n_cases_denied": "sagen Gegenteiliges",
    "n_evaded": "gefragt, ausgewichen", "n_unread": "gefragt, nicht ganz gelesen", "against": "Gegenbeleg", "n_against": "Gegenbelege, gelesen", "n_cases_against": "Befragte mit Gegenbelegen", "n_against_proposed": "Gegenbelege, Vorschläge",
    "who": "wer", "what": "tut was", "whom": "für wen", "place_name": "wo", "often": "wie oft", "same_as": "dasselbe wie", "engagement": "Kennung des Engagements", "codes": "Kategorien", "mentions": "Nennungen", "whose": "sagt es über",
    "place": "Kennung der Stelle", "other": "Gegenstück", "n_said": "davon genannt",
    "by": "gezählt nach", "n_cases_own": "davon von dort", "n_named": "Ort in der Stelle oder davor genannt", "bridge": "Kennung", "bridge_role": "Rolle der Brückenperson", "found_in": "wo die Rolle steht", "does": "tut", "side_a": "verbindet", "side_b": "mit", "district": "Ort", "placed": "woran der Ort erkannt ist", "n_offers": "Angebote am Ort, gelesen", "n_offers_proposed": "Angebote am Ort, Vorschläge", "lasting": "gibt es das", "beside": "Bedarfe im selben Beitrag", "theme": "worum es geht", "good": "Stellen: gut", "bad": "Stellen: nicht gut", "good_others": "davon über andere (gut)", "bad_others": "davon über andere (nicht gut)", "experience": "berichtet von",
    "used": "verwendet", "number": "Zahl der Themen", "agreement": "Übereinstimmung mit dem verwendeten", "chosen": "gewählt",
    "n_prompted": "auf Nachfrage", "n_statements": "Aussagen von Grund und Folge", "n_cases_institution": "Befragte, von Einrichtungen", "n_cases_unclear": "Befragte, über wen nicht erkannt", "n_preference":
    "als Vorliebe", "n_restriction": "ohne andere Wahl", "n_reaction": "als Antwort auf Ablehnung", "attribution": "Fremdzuschreibung", "statement":
    "Aussage", "cause_start": "Grund: Anfang", "cause_end": "Grund: Ende", "effect_start": "Folge: Anfang", "effect_end": "Folge: Ende", "sign_start":
    "Zeichen: Anfang", "sign_end": "Zeichen: Ende", "sign": "Zeichen", "holder": "gesagt von", "type": "Art des Grundes", "cause_codes": "Kategorien des Grundes", "effect_codes": "Kategorien der Folge", "either_codes": "Kategorien des Satzes, ohne Seite",
    "beside_value": "dessen Wert", "n_town": "Menschen in der Stadt", "n_base": "Menschen in der Stadt, alle Werte zusammen", "share_town": "Anteil in der Stadt", "expected": "bei gleichen Anteilen (kein Ziel)",
    "subtheme": "Kennung", "first_case": "zuerst bei", "first_doc": "zuerst in", "first_order": "im wievielten Gespräch", "n_new": "neue Unterthemen", "n_known": "schon bekannte", "n_told": "Unterthemen", "n_all": "Unterthemen bisher",
    "new_labels": "welche neu", "share_new": "neu, gemessen an den ersten vier", "n_answered": "haben geantwortet", "n_refused": "haben verweigert", "n_silent": "nichts dazu gesagt",
    "words_low": "Wörter, ein Viertel darunter", "words_high": "Wörter, ein Viertel darüber",
}
_OWN = {  # what a heading means on one sheet only
    "findings_network": {"n_reviewed": "Aussagen, gelesen", "n_proposed": "Aussagen, Vorschläge", "kind": "Aussage"}, "findings_mentions": {"score": "Sicherheit"}, "codings": {"score": "Sicherheit"}, "suggestions": {"score": "Sicherheit"},
    "findings_measures": {"measure": "Kennung", "evidence": "Beleg", "date": "bis wann", "note": "Notiz"}, "findings_indicators": {"indicator": "Kennung", "label": "Indikator", "value": "heutiger Wert", "source": "Quelle außerhalb der Interviews", "date": "Stand des Werts", "note": "Notiz"},
    "findings_inventory": {"entry": "Kennung", "since": "seit wann", "hidden": "gestrichen", "note": "Notiz"}, "findings_capacity": {"kind": "was begrenzt"},
    "findings_common_groups": {"mention": "Beleg"},
    "findings_evidence": {"largest_case": "Fall mit den meisten Stellen"}, "findings_tests": {"n": "Gefragte", "groups": "verglichene Gruppen"},
    "quality_calibration": {"score": "genannt", "low": "ab", "n": "Sätze"}, "quality_codes": {"n_proposed": "vorgeschlagen"},
    "quality_fairness": {"n": "Inhalte"}, "topics": {"words": "Name der Maschine"}, "topic_sentences": {"text": "Satz"}, "topic_numbers": {"score": "beides zusammen"}, "findings_cooccurrence": {"n_proposed": "weitere Beiträge, nur mit Vorschlägen"},
    "findings_sample": {"beside": "zweites Merkmal", "n_known": "Befragte mit bekanntem Wert"}, "findings_answers": {"words": "Wörter, mittlere Antwort", "n_cases": "alle Befragten", "n_asked": "gefragt", "n_evaded": "sind ausgewichen", "n_leading": "nahelegende Wortlaute"},
    "findings_answer_codes": {"expected": "fragt die Frage danach"}, "findings_grid": {"codes": "Kategorien, gelesen", "proposed": "Vorschläge, ungelesen", "mention": "Beleg"}, "findings_subthemes": {"source": "gefunden in"}, "findings_saturation": {"source": "gesucht in"},
    "findings_unasked": {"topic": "Thema oder Kategorie", "n_segments": "Sätze oder gelesene Stellen", "unasked": "Anteil ohne Leitfrage davor"},
}
JOINED = {"topic_sentences": {"rank": "int", "turn": "int", "weight": "float"}}  # sheets that are no table: columns that are no text
PLACES = {"p": "0.000", "p_all": "0.000"}  # how figures are shown, where not with two places; the cells hold them in full
_YES = {"yes": "ja", "no": "nein"}
WORDS = {
    "basis": {"reviewed": "gelesen", "proposed": "Vorschlag, ungelesen"}, "unasked": _YES, "served": _YES,
    "named": _YES, "firm": _YES, "hidden": _YES, "used": _YES, "chosen": _YES, "scattered": _YES, "model": MODELS, "action": ACTIONS, "variable": BY,
    "status": {**STATES, "voiced": "nennt es", "both": "nennt es, sagt auch Gegenteiliges", "denied": "sagt Gegenteiliges", "silent": "gefragt, nichts dazu gesagt", "evaded": "gefragt, ausgewichen", "unread": "gefragt, noch nicht gelesen", "not asked": "nicht gefragt"},
    "field": {"shared": "gemeinsam über alle Gruppen, die gefragt wurden", "differing": "verschieden gesehen", "affected": "nur von denen berichtet, die es betrifft", "open": "offen"},
    "aspect": {"goal": "Ziel", "measure": "Maßnahme", "cost": "Preis", "reason": "Grund", "potential": "Potenzial und Engagement", "other": "Anderes"}, "method": {"exact": "exakt", "permutation": "Zufallsziehung"},
    "reason": {"between": "zwischen Gruppen", "within": "innerhalb von Gruppen", "unasked": "nicht gefragt", "passed_over": "von einem Teil übergangen", "unsaid": "niemand nennt es", "few_groups": "zu wenige Gruppen gefragt", "unread": "noch nicht gelesen", "so_far": "bisher in jeder gelesenen Gruppe", "denied": "niemand nennt es, jemand sagt Gegenteiliges"},
    "is_role": _YES, "kind": {"time": "Zeit", "rooms": "Räume und Orte", "successors": "Nachwuchs und Mitmachende", "money": "Geld und Stellen", "bureaucracy": "Anträge und Auflagen", "exhaustion": "Kraft und Gesundheit", "language": "Sprache", "other": "Anderes", "together": "arbeiten zusammen", "missing": "fehlt, wenig oder keine Verbindung", "wished": "sollten zusammenarbeiten", "past": "früher zusammen", "denied": "verneint", "opposite": "Gegenstück genannt", "not_exposed": "selbst nicht erlebt (kein Widerspruch)", "wish": "Wunsch", "need": "Bedarf", "own": "eigene Zeile"}, "state": {"proposed": "vorgeschlagen", "edited": "bearbeitet", "added": "eigene Zeile", "lost": "nicht mehr vorgeschlagen",
        "gap": "genannt, kein Angebot genannt", "open": "genannt, Angebot nur vorgeschlagen", "beside": "genannt, Angebote genannt", "unnamed": "gefragt, nichts gelesen oder vorgeschlagen", "silent": "niemand gefragt"},
    "family": {"needs": "Bedarfe", "wishes": "Wünsche", "welcome": "Willkommen", "unwelcome": "Willkommen", "reasons": "Genannte Gründe"},
    "whose": {"self": "sich oder die eigenen Leute", "others": "andere oder Einrichtungen", "both": "beide", "": "nicht erkannt"},
    "edited": {"who": "wer", "what": "tut was", "whom": "für wen", "place_name": "wo", "since": "seit wann", "often": "wie oft", "district": "Ort", "same_as": "dasselbe wie", "hidden": "gestrichen", "label": "Bezeichnung", "need": "Bedarf", "goal": "Ziel", "indicator": "Indikator", "responsible": "zuständig", "date": "Datum", "note": "Notiz", "source": "Quelle", "value": "Wert", "direction": "Richtung", "code": "Kategorie"},
    "holder": {"self": "von sich oder der eigenen Gruppe", "others": "von anderen", "institution": "von einer Einrichtung", "unclear": "nicht erkannt"}, "attribution": _YES,
    "type": {"preference": "Vorliebe", "restriction": "keine andere Wahl", "reaction": "Antwort auf Ablehnung"},
    "unit": {"sentence": "Satz", "turn": "Beitrag"},
    "by": {"": "alle Befragten", "group": "Gruppe", "district": "Ort"}, "theme": {"welcome": "Willkommen", "together": "Zusammenleben"}, "found_in": {"passage": "in der Stelle", "before": "im Beitrag davor"},
    "placed": {"passage": "in der Stelle genannt", "turn": "im Beitrag davor genannt", "speaker": "Ort der befragten Person", "": "nicht bekannt"},
    "lasting": {"there": "ja", "past": "früher", "imagined": "nur gedacht", "denied": "nein"}, "bridge_role": {"self": "die befragte Person selbst", "person": "nur mit Namen genannt"},
    "experience": {"experienced": "Gutem", "denied": "Schlechtem", "mixed": "beidem", "told": "nur von anderen", "none": "gefragt, nichts gelesen oder vorgeschlagen", "not asked": "nicht gefragt"},
    "measure": {
        "precision": "Vorschläge, die zutreffen", "recall": "vorgeschlagen von dem, was Menschen vergaben", "f1": "F1", "map": "mittlere Average Precision",
        "r_at_5": "unter den fünf besten von dem, was Menschen vergaben", "top_error": "Abweichung der genannten Sicherheit",
        "coverage": "Auswahl enthält das Richtige", "set_size": "Kategorien je Auswahl", "precision_at_20": "sicherste 20 von 100 Sätzen: beste trifft zu",
        "precision_at_40": "sicherste 40 von 100 Sätzen: beste trifft zu", "precision_at_60": "sicherste 60 von 100 Sätzen: beste trifft zu",
        "n_sentences": "Sätze", "n_interviews": "Gespräche",
    },
    "part": {"all": "alle", "prior": "was die Frage erwarten lässt", "question_free": "ohne Kenntnis der Frage", "learnt": "daraus gelernt", "language": "Sprache"},
}  # fmt: skip
_FOUND = {"matrix": "Themenmatrix", "code": "neue Kategorien"}
_OWN_WORDS: dict[str, dict[str, dict[str, str]]] = {  # what words of the program mean on one sheet only
    "findings_sample": {"state": {"present": "dabei", "missing": "in der Stadt, niemand befragt", "absent": "niemand befragt", "unknown": "ohne Zahl der Stadt", "undeclared": "steht nicht in study.yaml"}},
    "findings_saturation": {"state": {"not_enough": "zu wenige Gespräche", "open": "es kommt noch Neues", "reached": "kaum noch Neues"}, "source": _FOUND, "group": {"": "alle Befragten"}},
    "findings_subthemes": {"source": _FOUND}, "findings_answer_codes": {"expected": _YES}, "findings_grid": {"status": {"asked": "gefragt", "refused": "gefragt, verweigert"}},
    "findings_unasked": {"kind": {"new": "ohne Kategorie", "unasked": "neben dem Leitfaden", "code": "Kategorie, nach der niemand gefragt wurde"}},
}  # fmt: skip
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # fixed: equal inputs, equal bytes
_MAX_CELL = 32_000  # Excel cuts at 32,767
_MAX_ROWS = 1_000_000
MOST_SUGGESTIONS = 20_000  # more are no help to people, and a workbook that nobody can open
_SUGGESTED = ("doc", "turn", "case", "code", "quote", "score", "reason", "evidence", "coder", "stance", "about", "prompt", "question", "start", "end")


def build(data: Mapping[str, pd.DataFrame], title: str, notes: list[str]) -> bytes:
    """The workbook as bytes: a sheet of explanations, then one sheet a table with filter and frozen head."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "created": _CREATED})
    head = book.add_format({"bold": True, "bg_color": "#E7EDF3", "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    places = {form: book.add_format({"num_format": form}) for form in ("0.00", "0.000")}
    first = book.add_worksheet("Lies mich")
    first.set_column(0, 0, 110, wrap)
    data = dict(data)
    if "suggestions" in data:
        data["suggestions"], note = surest(data["suggestions"], MOST_SUGGESTIONS)
        notes = [*notes, note] if note else notes
    for row, text in enumerate([title, "", *notes]):
        first.write_string(row, 0, text)
    for name, sheet in SHEETS.items():
        if name in data:
            _sheet(book.add_worksheet(sheet), data[name], name, head, wrap, places)
    book.close()
    return out.getvalue()


def surest(suggestions: pd.DataFrame, most: int) -> tuple[pd.DataFrame, str]:
    """At most `most` suggestions, with the columns that people use, and a sentence where some are left out.

    Then every hit that people should see stays first (a rule's, or one that people read), and of the rest the same number a code, the surest.
    """
    rows = suggestions[[name for name in _SUGGESTED if name in suggestions.columns]]
    if len(rows) <= most:
        return rows, ""
    lower = rows["reason"].str.startswith("nicht sicher genug")
    rank = rows["score"].where(lower).groupby(rows["code"]).rank(method="first", ascending=False).fillna(0)
    sizes = rank.sort_values(ignore_index=True)
    limit = int(sizes.iloc[most - 1])
    kept = rows[rank <= (limit if int((rank <= limit).sum()) <= most else limit - 1)].head(most)
    note = (
        f"Das Blatt »{SHEETS['suggestions']}« zeigt {len(kept)} von {len(rows)} Zeilen: von dem, was dem Modell nicht sicher genug war, je "
        "Kategorie die sichersten. Alle stehen in tables/suggestions.csv."
    )
    return kept, note


def _told(value: str, words: Mapping[str, str]) -> str:
    """A word of the program in German; several are joined by a plus. What is no such word stays.

    >>> _told("rename+hide", ACTIONS), _told("a+b", {}), _told("60+", ACTIONS)
    ('umbenannt, ausgeblendet', 'a+b', '60+')
    """
    parts = value.split("+")
    return ", ".join(words[part] for part in parts) if all(part in words for part in parts) else value


def _sheet(sheet: object, data: pd.DataFrame, name: str, head: object, wrap: object, places: Mapping[str, object]) -> None:
    kinds = JOINED[name] if name in JOINED else TABLES[name].columns
    headings = {**HEADINGS, **_OWN.get(name, {})}
    data = data.head(_MAX_ROWS)
    for column, key in enumerate(data.columns):
        text = kinds.get(key, "str") == "str"
        # "basis" of a table of codings and "part" of one of quality are words of the program; people read German ones.
        words = {**WORDS.get(key, {}), **_OWN_WORDS.get(name, {}).get(key, {})}
        cells = [_told(value, words) for value in data[key].tolist()] if text else data[key].tolist()
        sheet.write_string(0, column, headings.get(key, key), head)  # type: ignore[attr-defined]
        sizes = sorted(len(value) if text else len(str(value)) for value in cells)
        longest = sizes[int(0.9 * (len(sizes) - 1))] if sizes else 8
        sheet.set_column(column, column, min(60, max(9, longest + 2)), wrap if longest > 50 else None)  # type: ignore[attr-defined]
        if text:
            write = sheet.write_string  # type: ignore[attr-defined]
            for row, value in enumerate(cells, 1):
                if value:
                    write(row, column, value[:_MAX_CELL])
        else:
            write = sheet.write_number  # type: ignore[attr-defined]
            form = places[PLACES.get(key, "0.00")] if kinds[key] == "float" else None
            for row, value in enumerate(cells, 1):
                if value == value:
                    write(row, column, value, form)
    sheet.freeze_panes(1, 0)  # type: ignore[attr-defined]
    sheet.autofilter(0, 0, max(1, len(data)), max(0, len(data.columns) - 1))  # type: ignore[attr-defined]
