"""What the page's script says: it holds no words of its own and finds these, in the report's language, under their keys."""

from __future__ import annotations

from pipeline.language import N_, _
from pipeline.wording import chance, dative

# `{n}` is a figure, `{who}` people after a preposition ("bei fünf Befragten").
_WORDS = {
    "places.one": N_("eine Stelle"),
    "places.many": N_("{n} Stellen"),
    "by": N_("{places} bei {who}"),
    "none": N_("Keine Stelle passt zu Suche und Filtern."),
    "read": N_("davon gelesen: {n}"),
    "open": N_("Vorschläge, ungelesen: {n}"),
    "uncounted": N_("Treffer, die nicht zählen: {n}"),
    "filter.off": N_("Filter aufheben: {what}"),
    "filter.words": N_("Suche: {what}"),
    "filter.mention": N_("ausgewählte Stellen"),
    "filter.more": N_("weitere Werte zeigen"),
    "sort.rank": N_("Reihenfolge des Codebuchs"),
    "sort.place": N_("nach Gespräch"),
    "sort.typical": N_("Typische zuerst"),
    "more": N_("weitere zeigen ({n})"),
    "basis.reviewed": N_("gelesen"),
    "basis.proposed": N_("Vorschlag, ungelesen"),
    "basis.uncounted": N_("zählt nicht"),
    "why": N_("Warum: {why}"),
    "turn": N_("Beitrag {n}"),
    "context.open": N_("Zusammenhang"),
    "context.close": N_("Zusammenhang schließen"),
    "context.label": N_("Zwei Beiträge davor und danach"),
    "copy": N_("Kopieren"),
    "copy.done": N_("Kopiert"),
    "copy.marked": N_("Markiert: jetzt mit Strg+C kopieren"),
    "copy.field": N_("Text zum Kopieren"),
    "copy.chosen": N_("Ausgewählte kopieren ({n})"),
    "choose": N_("auswählen"),
    "link": N_("Adresse dieser Stelle"),
    "unknown.mention": N_("Die Stelle dieser Adresse ({what}) gibt es in diesem Bericht nicht; vielleicht ist sie nach einer Änderung am Codebuch oder an den Transkripten weggefallen."),
    "unknown.turn": N_("Den Beitrag dieser Adresse ({what}) gibt es in diesem Bericht nicht."),
    "unknown.filter": N_("Diesen Filter gibt es in diesem Bericht nicht: {what}. Er ist weggelassen."),
    "unknown.address": N_("Zu dieser Adresse gibt es in diesem Bericht nichts: {what}"),
    "bar.reviewed": N_("{code}, gelesen"),
    "bar.proposed": N_("{code}, Vorschlag, ungelesen"),
    "bar.hint": N_("{bar}: zeigt alle Stellen der Kategorie"),
    "pseudonym": N_("Ersatz für einen Namen oder eine Angabe"),
    "question": N_("Frage {question}"),
    "aside.pause": N_("Pausen: {n}"),
    "aside.event": N_("Lachen und anderes Vernehmbare: {n}"),
    "aside.gap": N_("Unverständliches: {n}"),
    "aside.uncertain": N_("unsicher Gehörtes: {n}"),
    "scroll.right": N_("Breiter als der Bildschirm: weiter nach rechts"),
    "scroll.left": N_("weiter nach links"),
    "picture.fold": N_("Unterkategorien im Bild zeigen"),
    "picture.open": N_("Alle Unterkategorien"),
    "picture.close": N_("Nur Hauptkategorien"),
}
_SMALL = 12  # numbers up to here are words


def words() -> dict[str, str | list[str]]:
    """Key -> words; `who` has people after a preposition for small numbers, `who.many` for more; `chances` how sure the model is, by per cent."""
    return {
        **{key: _(text) for key, text in _WORDS.items()},
        "who": [dative(n) for n in range(_SMALL + 1)],
        "who.many": _("{n} Befragten"),
        "line": _("Z. {line}").format(line="").strip(),  # begins the place of a turn that is a line of its file
        "chances": [chance(n / 100) for n in range(101)],
    }
