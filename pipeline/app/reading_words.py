"""Words of the page of reading: its script holds none of its own. `{…}` are put in by the script."""

from __future__ import annotations

from typing import Any

from pipeline.language import _


def reading_words() -> dict[str, Any]:
    """Key -> words in the language that holds; `help` and `legend` are lists of (key or sign, words)."""
    return {**_frame(), **_left(), **_passage(), **_acts(), **_choosing(), **_asking(), **_saving(), "help": _help(), "legend": _legend()}


def _frame() -> dict[str, str]:
    return {
        "title": _("Lesen und entscheiden"), "before": _("zurück"), "next": _("weiter"), "next_item": _("nächste der Liste"), "keys": _("Tasten"),
        "coder": _("Kürzel: {coder}"), "other_coder": _("wechseln"), "ok": _("Speichern"), "cancel": _("Abbrechen"), "close": _("Schließen"),
        "no_interviews": _("Noch gibt es kein gerechnetes Gespräch. Bitte Transkripte in den Ordner legen; die Seite danach neu laden."),
        "not_begun": _("Die Seite konnte nicht beginnen."), "choose_interview": _("Bitte links ein Gespräch wählen."),
        "at_end": _("Hier ist das Ende."), "at_begin": _("Hier ist der Anfang."),
        "blind_banner": _("Blind: ohne Vorschläge und ohne das, was andere codiert haben. So bleibt Ihr Urteil unabhängig und lässt sich vergleichen."),
        "blind": _("blind"), "in_queue": _("Liste »{queue}« ({mode}): Blasse Beiträge gehören nicht dazu und zeigen nur den Zusammenhang."),
        "first_title": _("Erstes Lesen"),
        "first_why": _("Vor allen Vorschlägen wird das Gespräch einmal im Ganzen gelesen (initiierende Textarbeit): Was ist das für ein Gespräch? Was fällt auf, was überrascht? So lenkt kein Vorschlag den ersten Blick. Danach erscheinen Vorschläge und Codierungen."),
        "first_memo": _("Fallnotiz: erste Eindrücke, auffällige Stellen, Stimmung, offene Fragen"),
        "first_keys": _("e führt in das Feld, Strg+Enter schließt ab"), "first_done": _("Erstes Lesen abschließen"), "first_saved": _("Das erste Lesen ist festgehalten."),
        "first_panel": _("Zuerst das erste Lesen abschließen; dann geht es an die Kategorien."),
    }  # fmt: skip


def _left() -> dict[str, str]:
    return {
        "interviews": _("Gespräche"), "first_open": _("erstes Lesen steht aus"), "doc_state": _("{read} von {codable} gelesen, {open} offen"),
        "doc_bar": _("Gelesene Beiträge in {doc}"), "queues": _("Gezogene Listen"), "queue_state": _("{mode}: {done} von {total}"),
        "queue_blind": _("{mode}, blind: {done} von {total}"), "queue_bar": _("Erledigt in der Liste {queue}"), "queue_done": _("In dieser Liste ist alles erledigt."),
        "mode_learning": _("zum Lernen"), "mode_random": _("Zufall, zum Schätzen"), "mode_control": _("zur Kontrolle"), "mode_double": _("doppelt codieren"),
        "mode_interview": _("ganzes Gespräch"), "mode_queue": _("Vorschläge"), "mode_consensus": _("Konsens"),
        "filters": _("Filter"), "only_open": _("nur Offenes"), "by_chance": _("Sicherheit"), "chance_all": _("alle Vorschläge"), "chance_unsure": _("nur unsichere"),
        "chance_sure": _("nur eher sichere"), "by_case": _("Fall"), "all_cases": _("alle Fälle"), "clear": _("Alle Filter aufheben"), "only_code": _("Nur Kategorie: {code}"),
        "codes": _("Kategorien"), "codes_hint": _("Anklicken filtert. Zahlen: vergeben · entschieden von vorgeschlagen."), "search_code": _("Kategorie suchen"),
        "code_state": _("{given} · {decided}/{proposed}"), "code_bar": _("Entschiedene Vorschläge zu {code}"),
        "cases": _("Fälle"), "case_state": _("{case}: {read} von {turns} gelesen"), "still_open": _("Noch offen ({n})"),
        "not_found": _("Nicht wiedergefunden ({n})"), "likely": _("Wohl {place} (Ähnlichkeit {n} %)."), "nowhere": _("Kein ähnlicher Wortlaut gefunden."),
        "now_there": _("Dort steht jetzt:"), "compute": _("Ergebnisse neu rechnen"), "computing": _("Es wird neu gerechnet."),
        "run_step": _("Es wird gerechnet: {step}"), "run_waits": _("Ein anderer Durchgang läuft noch."), "run_problems": _("Bitte zuerst beheben:"), "run_fresh": _("Neue Ergebnisse sind da."),
        "run_show": _("Neue Ergebnisse zeigen"),
        "look": _("Hingehen"), "right_here": _("Ist richtig hier"), "chosen_place": _("Auswahl ist der Ort"), "choose_first": _("Bitte zuerst im selben Gespräch die Wörter auswählen, an denen die Entscheidung gilt."),
        "let_go_do": _("Aufgeben"), "let_go_sure": _("Diese Entscheidung gilt dann nicht mehr. Die Zeile bleibt in der Datei, eine zweite nimmt sie zurück."),
        "let_go": _("Die Entscheidung ist zurückgenommen."), "placed": _("Der neue Ort ist festgehalten."),
    }  # fmt: skip


def _passage() -> dict[str, str]:
    return {
        "chance": _("{words} ({n})"), "chance_very": _("sehr sicher"), "chance_rather": _("eher sicher"), "chance_hardly": _("eher unsicher"), "chance_not": _("unsicher"),
        "chance_none": _("ohne Angabe der Sicherheit"), "how_sure": _("Sicherheit"), "reason": _("Grund"), "stance": _("Haltung"), "about": _("Über wen"), "memo": _("Notiz dazu"),
        "stance_affirmed": _("bejaht"), "stance_negated": _("verneint"), "stance_hypothetical": _("gedacht, nicht wirklich"), "stance_reported": _("von anderen berichtet"), "stance_past": _("vergangen"),
        "about_self": _("über sich"), "about_own_group": _("über die eigene Gruppe"), "about_other_group": _("über andere"), "about_institution": _("über eine Einrichtung"), "about_all": _("über alle"),
        "coder_rule": _("der Regeln"), "coder_model": _("des Modells"), "coder_llm": _("des Sprachmodells"),
        "is_proposal": _("Vorschlag {coder}"), "is_mine": _("von mir codiert"), "is_other": _("codiert von {coder}"), "is_consensus": _("im Konsens codiert"),
        "in_book": _("Im Codebuch"), "definition": _("Bedeutung"), "include": _("Gehört dazu"), "exclude": _("Gehört nicht dazu"), "examples": _("Beispiele"), "counterexamples": _("Gegenbeispiele"),
        "to_question": _("Frage: {question}"), "in_turn": _("In diesem Beitrag ({n})"), "nothing_here": _("Hier ist noch nichts codiert."), "nothing_shown": _("Hier wird nichts gezeigt."),
        "read": _("✓ gelesen"), "read_for": _("gelesen für: {codes}"), "pending": _("wird gespeichert …"), "negative_of": _("Gegenbeleg zu {codes}"),
        "chip_proposal": _("Vorschlag: {code}, {chance}"), "chip_mine": _("von mir: {code}"), "chip_other": _("{coder}: {code}"),
        "at_proposal": _("Vorschlag {code}, {chance}. Offen in diesem Beitrag: {n}"), "at_coding": _("{code}, codiert von {coder}"), "at_turn": _("Beitrag {turn}. Offen: {n}"),
        "chosen": _("Ausgewählte Wörter"), "memo_coding": _("Notiz zu dieser Codierung"), "memo_passage": _("Notiz zu dieser Stelle"), "memo_turn": _("Notiz zu diesem Beitrag"),
        "memo_hint": _("Wird beim Verlassen des Feldes gespeichert; Esc führt zurück in den Text."),
    }  # fmt: skip


def _acts() -> dict[str, str]:
    return {
        "accept": _("Annehmen"), "reject": _("Ablehnen"), "agree": _("Ebenso codieren"), "change": _("Kategorie"), "borders": _("Grenzen ändern"), "split": _("Teilen"), "merge": _("Verbinden"),
        "withdraw": _("Zurücknehmen"), "add": _("Codieren"), "code_this": _("Auswahl codieren"), "star": _("Wichtiges Zitat"), "unstar": _("Kein wichtiges Zitat"),
        "negative": _("Gegenbeleg"), "inductive": _("Induktive Notiz"), "undo": _("Rückgängig"), "read_do": _("Gelesen, weiter"), "read_next": _("Weiter"), "unread": _("Doch nicht gelesen"),
        "read_code": _("Nur für »{code}« gelesen"), "read_lack": _("Auch für »{codes}« gelesen, weiter"), "read_but": _("gelesen, noch nicht für {codes}"),
        "did_accept": _("Angenommen: {code}"), "did_reject": _("Abgelehnt: {code}"), "did_add": _("Codiert: {code}"), "did_change": _("Geändert: {code} in {to}"),
        "did_borders": _("Neue Grenzen: {code}"), "did_split": _("Geteilt: {code}"), "did_merge": _("Verbunden: {code}"), "did_withdraw": _("Zurückgenommen: {code}"),
        "did_star": _("Als wichtig gemerkt"), "did_unstar": _("Nicht mehr gemerkt"), "did_negative": _("Gegenbeleg notiert"), "did_read": _("Gelesen"), "did_read_code": _("Gelesen für {code}"),
        "did_unread": _("Nicht mehr als gelesen gezählt"), "did_memo": _("Notiz dazu"), "did_undo": _("Rückgängig gemacht: {what}"), "left_open": _("({n} offene Vorschläge gelten damit als nicht zutreffend; u macht es rückgängig)"),
        "no_mark": _("Hier ist nichts ausgewählt, worauf das passt. Mit ← → durch die Codierungen des Beitrags gehen."),
        "not_yours": _("Das hat jemand anders codiert. Mit a ebenso codieren, oder mit n eine eigene Codierung anlegen."), "is_yours": _("Das ist schon von Ihnen codiert."),
        "not_codable": _("Fragen der Interviewenden werden nicht codiert."), "only_proposals": _("Ablehnen lässt sich nur ein Vorschlag; Eigenes nimmt d zurück."),
        "no_merge": _("In diesem Beitrag gibt es keine zweite eigene Codierung dieser Kategorie."), "one_word": _("Ein einzelnes Wort lässt sich nicht teilen."),
        "still_saving": _("Diese Stelle wird noch gespeichert."),
    }  # fmt: skip


def _choosing() -> dict[str, str]:
    return {
        "mode_text_select": _("Wörter wählen: ← → Wort, ↑ ↓ Satz, ⇧ erweitert, Enter fertig"), "mode_text_borders": _("Grenzen: ← → Ende, mit ⇧ Anfang, ↑ ↓ bis Satzende, Enter fertig"),
        "mode_text_split": _("Teilen: ← → vor welchem Wort, Enter fertig"), "mode_ok_select": _("Kategorie wählen"), "mode_ok_borders": _("Übernehmen"), "mode_ok_split": _("Hier teilen"),
        "start_back": _("Anfang ←"), "start_on": _("Anfang →"), "end_back": _("Ende ←"), "end_on": _("Ende →"), "word_back": _("← Wort"), "word_on": _("Wort →"),
        "less": _("weniger"), "more": _("mehr"), "split_before": _("Teilen vor »{word}«"), "one_turn": _("Eine Codierung liegt in einem Beitrag; gewählt ist der Teil im ersten."),
    }  # fmt: skip


def _asking() -> dict[str, str]:
    return {
        "palette_hint": _("Anfang von Name oder Kennung …"), "palette_none": _("Keine Kategorie passt dazu."), "palette_keys": _("↑ ↓ wählen, Enter nimmt, Esc bricht ab"),
        "change_title": _("»{code}« ändern in"), "add_title": _("Codieren mit"), "negative_title": _("Gegenbeleg zu welcher Kategorie?"), "negative_for": _("Gegenbeleg zu »{code}«"),
        "negative_text": _("Eine Stelle, die nicht zu dem passt, was die Kategorie bisher sagt. Solche Fälle schärfen die Deutung."), "why": _("Warum widerspricht die Stelle?"),
        "ctrl_enter": _("Strg+Enter speichert"), "coder_title": _("Wer liest?"), "coder_label": _("Kürzel"),
        "coder_text": _("Ihr Kürzel steht bei jeder Entscheidung. Bitte immer dasselbe nehmen."),
        "help_title": _("Tasten"), "keys_on": _("einzelne Buchstaben als Tasten benutzen"),
    }  # fmt: skip


def _saving() -> dict[str, str]:
    return {
        "saved": _("Gespeichert: {what} ({place})"), "not_saved": _("Noch nicht gespeichert: {n}"), "again": _("Noch nicht gespeichert: {n} – erneut senden"), "drop": _("Verwerfen"),
        "drop_sure": _("Was noch nicht gespeichert ist, geht verloren."), "dropped": _("Verworfen; gezeigt wird, was gespeichert ist."), "unsaved_line": _("{place}: {what}"),
        "gone": _("Keine Verbindung zum Programm. Läuft »make review« noch?"),
        "new_token": _("Das Programm ist neu gestartet. Bitte die neue Adresse aus dem Terminal in einem zweiten Fenster öffnen, dann hier erneut senden."),
        "refused": _("Das Programm hat nicht gespeichert ({status})."),
        "conflict": _("{place} hat sich inzwischen geändert. Gezeigt wird der jetzige Stand; nicht gespeichert wurde: {what}."),
    }  # fmt: skip


def _help() -> list[tuple[str, str]]:
    return [
        ("j ↓", _("nächste offene Stelle")), ("k ↑", _("vorige Stelle")), ("← →", _("Codierungen und Vorschläge dieses Beitrags")), ("a", _("Vorschlag annehmen; was andere codiert haben, ebenso codieren")),
        ("x", _("Vorschlag ablehnen")), ("1–5", _("ersten bis fünften Vorschlag des Beitrags annehmen")), ("c", _("Kategorie ändern")), ("n", _("Wörter wählen und codieren (auch mit der Maus)")),
        ("b", _("Grenzen ändern")), ("s", _("vor einem Wort teilen")), ("m", _("mit der nächsten eigenen Codierung derselben Kategorie verbinden")), ("d", _("eigene Codierung zurücknehmen")),
        ("e", _("Notiz schreiben")), ("*", _("wichtiges Zitat")), ("g", _("Gegenbeleg mit Begründung")), ("i", _("induktive Notiz zu dieser Stelle")),
        ("r", _("Beitrag ist für alle Kategorien gelesen, weiter")), ("u", _("letzte Handlung rückgängig")), ("w", _("nächste Stelle der gezogenen Liste")), ("f", _("zu den Filtern")),
        ("/", _("Kategorie suchen")), ("?", _("diese Hilfe")), ("Esc", _("abbrechen, zurück in den Text")),
    ]  # fmt: skip


def _legend() -> list[tuple[str, str]]:
    return [("mine", _("von mir")), ("other", _("von anderen")), ("consensus", _("im Konsens")), ("proposal", _("Vorschlag"))]
