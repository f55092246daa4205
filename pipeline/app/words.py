"""Words of the live page for its script, and the page that waits for the first report."""

from __future__ import annotations

from pipeline.language import _, current
from pipeline.pages import environment, policy_hash, style


def page_words() -> dict[str, str]:
    """Key -> words in the language that holds; `{…}` are put in by the script."""
    return {
        "title": _("Beobachtung"),
        "resting": _("Der Bericht ist auf dem Stand Ihrer Dateien. Er ändert sich, sobald Sie speichern."),
        "preview": _("Vorschau: Regeln sofort; Modell und übrige Kapitel werden gerade neu gerechnet ({step})."),
        "running": _("{changed} geändert: Der Bericht wird neu gerechnet ({step})."),
        "first": _("Der Bericht wird gerechnet ({step})."),
        "start": _("beginnt"),
        "of": _("{step}: {done} von {total}"),
        "waiting": _("In dieser Studie läuft gerade ein anderer Durchgang; danach geht es hier weiter."),
        "problems": _("Bitte zuerst beheben:"),
        "before": _("Stand vor der Änderung"),
        "lost": _("Keine Verbindung zum Programm. Läuft »make watch« noch?"),
        "effect": _("Wirkung zeigen"),
        "updated": _("geändert"),
    }


def waiting_page() -> bytes:
    """Shown where there is no report yet."""
    from markupsafe import Markup

    own = style()
    return environment().get_template("app/waiting.html.j2").render(language=current(), style=Markup(own), style_hash=policy_hash(own)).encode()
