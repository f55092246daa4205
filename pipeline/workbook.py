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
    "topic_models": "Themenmodelle", "cases": "Befragte", "documents": "Dateien",
    "codes": "Codebuch", "rules": "Regeln",
    "quality": "Güte", "quality_codes": "Güte je Kategorie", "quality_calibration": "Sicherheit", "quality_prevalence": "Häufigkeit",
    "quality_fairness": "Sprechweisen", "model_codes": "Gelernt aus",
}  # fmt: skip
HEADINGS = {
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
    "order": "Reihenfolge", "coded": "wird codiert", "color": "Farbe", "since": "seit", "encoding": "Zeichensatz",
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
    "used": "verwendet", "number": "Zahl der Themen", "agreement": "Übereinstimmung mit dem verwendeten", "chosen": "gewählt",
}
_OWN = {  # what a heading means on one sheet only
    "findings_mentions": {"score": "Sicherheit"}, "codings": {"score": "Sicherheit"}, "suggestions": {"score": "Sicherheit"},
    "quality_calibration": {"score": "genannt", "low": "ab", "n": "Sätze"}, "quality_codes": {"n_proposed": "vorgeschlagen"},
    "quality_fairness": {"n": "Inhalte"}, "topics": {"words": "Name der Maschine"}, "topic_sentences": {"text": "Satz"}, "topic_numbers": {"score": "beides zusammen"}, "findings_cooccurrence": {"n_proposed": "weitere Beiträge, nur mit Vorschlägen"},
}
JOINED = {"topic_sentences": {"rank": "int", "turn": "int", "weight": "float"}}  # sheets that are no table: columns that are no text
PLACES = {"p": "0.000", "p_all": "0.000"}  # how figures are shown, where not with two places; the cells hold them in full
_YES = {"yes": "ja", "no": "nein"}
WORDS = {
    "basis": {"reviewed": "gelesen", "proposed": "Vorschlag, ungelesen"}, "unasked": _YES, "served": _YES,
    "named": _YES, "firm": _YES, "hidden": _YES, "used": _YES, "chosen": _YES, "scattered": _YES, "model": MODELS, "action": ACTIONS, "status": STATES, "variable": BY,
    "unit": {"sentence": "Satz", "turn": "Beitrag"},
    "measure": {
        "precision": "Vorschläge, die zutreffen", "recall": "vorgeschlagen von dem, was Menschen vergaben", "f1": "F1", "map": "mittlere Average Precision",
        "r_at_5": "unter den fünf besten von dem, was Menschen vergaben", "top_error": "Abweichung der genannten Sicherheit",
        "coverage": "Auswahl enthält das Richtige", "set_size": "Kategorien je Auswahl", "precision_at_20": "sicherste 20 von 100 Sätzen: beste trifft zu",
        "precision_at_40": "sicherste 40 von 100 Sätzen: beste trifft zu", "precision_at_60": "sicherste 60 von 100 Sätzen: beste trifft zu",
        "n_sentences": "Sätze", "n_interviews": "Gespräche",
    },
    "part": {"all": "alle", "prior": "was die Frage erwarten lässt", "question_free": "ohne Kenntnis der Frage", "learnt": "daraus gelernt", "language": "Sprache"},
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
        words = WORDS.get(key, {})
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
