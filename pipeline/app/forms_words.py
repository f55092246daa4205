"""What the page of forms says: its script's words, and each form in the language that holds."""

from __future__ import annotations

from typing import Any

from pipeline.language import _
from pipeline.ledgers.forms import Form
from pipeline.ledgers.notes import headings


def definition(form: Form) -> dict[str, Any]:
    """A form as the page's script builds it."""
    return {
        "name": form.name, "file": form.file, "title": _(form.title), "one": _(form.one), "about": [_(words) for words in form.about], "anchored": form.anchored,
        "example": [[_(label), _(words)] for label, words in form.example],
        "fields": [
            {
                "name": one.name, "label": _(one.label), "kind": one.kind, "hint": _(one.hint), "needed": one.needed, "shown": one.shown, "most": one.most,
                "words": {value: _(words) for value, words in one.words.items()},
            }
            for one in form.fields
        ],
    }  # fmt: skip


def forms_words() -> dict[str, Any]:
    """Key -> words for the script; `{…}` are put in by it."""
    return {
        "count_one": _("1 Eintrag"), "count": _("{n} Einträge"), "found": _("{n} von {of} Einträgen"), "none": _("Noch kein Eintrag."),
        "new": _("Neu: {one}"), "edit": _("Bearbeiten"), "delete": _("Löschen"), "acts": _("Ändern"), "place": _("Stelle"), "edit_title": _("{one} bearbeiten"), "new_title": _("Neu: {one}"),
        "edit_of": _("Bearbeiten: {what}"), "delete_of": _("Löschen: {what}"), "added": _("Eingetragen."), "edited": _("Geändert."), "deleted": _("Gelöscht; »Zurücknehmen« holt es wieder."),
        "undone": _("Zurückgenommen."), "conflict": _("Inzwischen an anderer Stelle geändert; die Liste ist neu geladen. Bitte noch einmal ansehen."),
        "lost": _("Keine Verbindung zum Programm. Läuft »make review« noch? Es ist nichts gespeichert."), "needed": _("(nötig)"), "choose": _("bitte wählen"), "more": _("Weitere zeigen"),
        "no_place": _("Hier fehlt noch die Stelle: Gespräch und Beitrag nennen und »Stelle holen« wählen."), "where": _("{doc}, Beitrag {turn}"), "in_file": _("steht in codebooks/…/{file}, Zeile {line}"),
        "passages_one": _("1 Stelle"), "passages": _("{n} Stellen"), "interviews": _("{n} Gespräche"), "interviews_one": _("1 Gespräch"), "draft": _("Als Entwurf für das Codebuch"),
        "draft_of": _("Als Entwurf für das Codebuch: {what}"), "copied": _("Kopiert."), "not_copied": _("Das Kopieren ist nicht erlaubt; bitte den Text markieren und kopieren."),
        "no_reductions": _("Noch keine Reduktion."), "no_proposals": _("Alle bekannten Änderungen des Codebuchs sind erklärt."), "explain": _("Erklären"), "explain_of": _("Erklären: {what}"),
        "version": _("Fassung {version}"), "version_day": _("Fassung {version}, {date}"), "version_today": _("Fassung {version}, heutiges Codebuch"),
        "changes": {
            "new": _("neu: {codes}"), "renamed": _("umbenannt: {codes}"), "merged": _("zusammengelegt: {codes}"), "split": _("geteilt: {codes}"), "dropped": _("gestrichen: {codes}"),
            "defined": _("anders definiert: {codes}"), "other": _("geändert: {codes}"),
        },
        "headings": headings(), "sort": _("sortieren"), "notes_none": _("Noch keine; sie kommen mit dem nächsten Lauf."),
    }  # fmt: skip
