"""Words of the page of a meeting: its script holds none of its own. `{…}` are put in by the script."""

from __future__ import annotations

from pipeline.agreeing import notes
from pipeline.language import N_, _
from pipeline.sections.agreement_words import MEASURES

# What the columns `list` and `counts` of merge_conflicts.csv say.
_COUNTS = {"ours": N_("diese Kopie"), "theirs": N_("die andere Kopie"), "both": N_("beide, bitte klären")}


def consensus_words() -> dict[str, object]:
    """Key -> words in the language that holds; `notes` and `counts`: what stands in a table -> words."""
    return {
        **_list(), **_card(), **_saving(), **_figures(), **_map(),
        "notes": {note: _(note) for note in _notes()}, "counts": {key: _(words) for key, words in _COUNTS.items()},
    }  # fmt: skip


def _notes() -> list[str]:
    return [value for name, value in vars(notes).items() if name.isupper() and isinstance(value, str) and name != "SEPARATOR"]


def _list() -> dict[str, str]:
    return {
        "loading": _("Wird gelesen …"), "failed": _("Das ließ sich nicht laden."), "again": _("Noch einmal versuchen"),
        "open_n": _("{open} offen, {settled} geklärt"), "open_one": _("offen"), "settled_one": _("geklärt"),
        "all": _("alle"), "state": _("Zeigen"), "state_open": _("nur offene"), "state_settled": _("nur geklärte"), "by_code": _("Kategorie"), "by_pair": _("Personen"),
        "by_round": _("Runde"), "no_round": _("außerhalb einer Runde"), "nothing": _("Niemand codierte etwas verschieden, das zwei gelesen haben."),
        "nothing_here": _("Mit diesem Filter ist nichts da."), "all_settled": _("Alles ist geklärt."), "no_coders": _("Noch hat niemand ganze Beiträge gelesen."),
        "how_to": _("Zum Vergleichen lesen zwei dieselben Beiträge: make double CODERS=mk,ab SHARE=0.15"),
        "round_open": _("{name}: noch nicht zu Ende ({who}). Bis alle fertig sind, bleibt verborgen, was darin codiert wurde."),
        "round_done": _("{name}: fertig ({who})"), "who": _("{coder} {done} von {n}"),
        "hidden": _("{n} Beiträge werden noch blind gelesen und sind hier nicht zu sehen."), "list": _("Stellen"), "list_part": _("gezeigt: {k} bis {l} von {n}; die Filter grenzen ein"),
    }  # fmt: skip


def _card() -> dict[str, str]:
    return {
        "where": _("{title}, Beitrag {turn} ({speaker})"), "question": _("Frage"), "passage": _("Stelle"), "in_common": _("Gemeinsam vergeben"), "nothing_given": _("nichts vergeben"),
        "rejected": _("verworfen: {code}"), "reason": _("Begründung"), "no_reason": _("ohne Notiz"), "about": _("über {who}"), "choose": _("Was gilt?"), "as": _("wie {coder}"), "both": _("beides"),
        "every": _("alles"), "none": _("nichts davon"), "other": _("andere Kategorie …"), "why": _("Warum? (wird mit der Entscheidung gespeichert)"), "save": _("Speichern"),
        "reopen": _("Entscheidung zurücknehmen"), "cancel": _("Abbrechen"), "prior": _("vorige"), "next": _("nächste offene"),
        "decided": _("Entschieden"), "result": _("Es gilt: {codes}"), "result_none": _("nichts davon"), "definition": _("Definition"), "include": _("Dazu gehört"), "exclude": _("Nicht dazu gehört"),
        "codes_title": _("Was gilt hier?"), "codes_find": _("Kategorie suchen"), "codes_chosen": _("Gewählt"), "codes_none": _("noch keine"), "take": _("Übernehmen"), "remove": _("{code} herausnehmen"),
        "unknown": _("Diese Kategorie gibt es nicht, oder sie ist nur eine Überschrift."), "book": _("Was das Codebuch dazu sagt"), "of": _("Stelle {k} von {n}"),
    }  # fmt: skip


def _saving() -> dict[str, str]:
    return {
        "saving": _("Wird gespeichert …"), "saved": _("Gespeichert. {open} offen."), "reopened": _("Zurückgenommen."), "reopen_here": _("Das ist die zuletzt geklärte Stelle. z noch einmal nimmt die Entscheidung zurück."),
        "reopen_none": _("Hier ist noch nichts entschieden. Geklärte Stellen zeigt der Filter »nur geklärte«."), "lost": _("Nicht gespeichert: keine Verbindung zum Programm. Läuft »make review« noch? Ihre Eingabe steht noch da."),
        "need_reason": _("Bitte in einem Satz sagen, warum; so bleibt die Entscheidung nachvollziehbar."), "need_choice": _("Bitte erst wählen, was gilt."), "refused": _("Nicht gespeichert: {why}"),
    }  # fmt: skip


def _figures() -> dict[str, str]:
    return {
        "group": _("{who}: {n} Sätze, {cases} Befragte"), "and": _("und"), "everybody": _("alle zusammen"), "measure": _("Maß"), "before": _("vorher"), "after": _("nach dem Konsens"),
        **{f"m_{name}": _(MEASURES[name]) for name in ("percent", "alpha_nominal", "cohen", "fleiss", "ac1")},
        "no_figure": _("nicht bestimmbar"), "by_category": _("Je Kategorie ({n})"), "category": _("Kategorie"), "alpha_before": _("Alpha vorher"), "alpha_after": _("Alpha nach dem Konsens"), "share": _("vergeben in"),
        "no_figures": _("Noch haben keine zwei Personen dieselben Sätze gelesen."), "hint_after": _("Vorher: was jede Person für sich codierte. Nach dem Konsens: dasselbe, mit dem, was hier geklärt ist; die Zahl steigt, weil sich alle geeinigt haben, und misst kein unabhängiges Urteil mehr. Berichtet wird die Zahl vorher. Spannen stehen im Bericht."),
    }  # fmt: skip


def _map() -> dict[str, str]:
    return {
        "map": _("Eine Person gab die Kategorie der Zeile, die andere stattdessen die der Spalte; Zahl der Sätze"), "no_map": _("Noch wurde keine Kategorie statt einer anderen vergeben."), "cell": _("{a} und {b}: {n} Sätze"),
        "hints": _("Vorschläge für schärfere Regeln"), "held": _("In den geklärten Stellen galt {a} {n_a}-mal und {b} {n_b}-mal."), "show": _("Stellen zeigen"), "instead": _("nichts davon"), "more_hints": _("{n} weitere Vorschläge"), "counting": _("Wird gezählt …"), "no_hints": _("Noch kommt nichts öfter vor."),
        "list_name": _("Liste"), "coder": _("Kürzel"), "quote": _("Zitat"), "ours": _("diese Kopie"), "theirs": _("andere Kopie"), "counts_head": _("Es zählt"), "more": _("… und {n} weitere Zeilen in merge_conflicts.csv"),
        "codes_head": _("Kategorie"),
    }  # fmt: skip
