"""Facts on what the results rest on: topics, saturation, counter-evidence, quotes, the way back to the raw text, limits."""

from __future__ import annotations

from pipeline.effective import REVIEWED
from pipeline.language import N_, _, ngettext
from pipeline.sections.answers import limits as data_limits
from pipeline.sections.method import coding
from pipeline.sections.method.evidence import NOTHING, Evidence, Told, sentences
from pipeline.wording import capital, decimal, number, thousands

MODELS = {
    "joint": N_("Wörter und Sinn der Sätze zusammen"), "embedding": N_("nur der Sinn der Sätze"), "lsa": N_("nur Wörter (LSA)"), "nmf": N_("nur Wörter (NMF)"),
    "lda": N_("nur Wörter (LDA)"),
}  # fmt: skip
STATES = {"not_enough": N_("zu wenige Gespräche für ein Urteil"), "open": N_("es kommt noch Neues"), "reached": N_("kaum noch Neues")}
SOURCES = {"matrix": N_("Unterthemen der Themenmatrix"), "code": N_("Kategorien, die nach der ersten Fassung dazukamen")}


def topics(e: Evidence) -> Told:
    """How many topics, by which model, how steady, how many stand the test of two halves."""
    rows = e.desk.rows("topics")
    if not rows:
        return Told(_("Themen ohne Codebuch wurden nicht gesucht: Dafür trägt das Material noch nicht."), False)
    used = next((r.model for r in e.desk.rows("topic_models") if r.used == "yes"), "")
    told = _("Ohne Codebuch wurden {n} Themen gefunden (Modell: {model}).").format(n=number(len(rows)), model=_(MODELS.get(used, used)))
    steady = sorted(r.stability for r in rows if r.stability == r.stability)
    kept = _("Stabilität, wenn je ein Interview fehlt: {low} bis {high} (1 heißt: alle zehn Wörter bleiben).").format(low=decimal(steady[0]), high=decimal(steady[-1])) if steady else ""
    firm = sum(r.firm == "yes" for r in rows)
    held = _("Die Probe an zwei Hälften der Gespräche besteht keines; sie sind Leseanlässe.") if not firm else _("Die Probe an zwei Hälften der Gespräche bestehen {n} davon.").format(n=number(firm))
    named = sum(r.named == "yes" for r in rows)
    by_people = ngettext("Eines haben Menschen benannt.", "{n} haben Menschen benannt.", named).format(n=capital(number(named))) if named else ""
    return Told(sentences(told, kept, held, by_people))


def saturation(e: Evidence) -> Told:
    """What the last conversations of each search say; how it is counted stands in the chapter on whom nobody heard."""
    told = []
    for source, words in SOURCES.items():
        mine = sorted((r for r in e.desk.rows("findings_saturation") if r.source == source and not r.group), key=lambda r: r.order)
        if mine:
            told.append(_("{what}: {state} ({n} Gespräche, {all} bisher gefunden)").format(what=_(words), state=_(STATES[mine[-1].state]), n=number(len(mine)), all=number(mine[-1].n_all)))
    return Told(_("Sättigung, gezählt an Neuem je Gespräch: {which}.").format(which="; ".join(told))) if told else NOTHING


def counter(e: Evidence) -> Told:
    """Counter-evidence that people read, and what is proposed."""
    rows = e.desk.rows("findings_against")
    if not e.desk.rows("codings"):
        return NOTHING
    read = sum(r.basis == REVIEWED for r in rows)
    told = _("Zu jeder Kategorie sind Gegenbelege gesucht: {n} gelesene Stellen, an denen Befragte etwas verneinen oder das Gegenstück nennen").format(n=thousands(read))
    more = _(", daneben {n} ungelesene Vorschläge.").format(n=thousands(len(rows) - read)) if e.desk.with_proposals and len(rows) > read else "."
    return Told(told + more)


def quotations(e: Evidence) -> Told:
    """How quotes are marked and chosen, and how many people decided on."""
    if not e.desk.rows("codings"):
        return NOTHING
    decided = len(e.desk.rows("quote_decisions"))
    told = _("Jedes Zitat nennt Gespräch, Beitrag und, wo bekannt, die Zeit, dazu Gruppe und Anlass (gefragt oder von sich aus). Gelesenes steht vor Vorschlägen, verschiedene Befragte vor mehreren Stellen derselben Person.")
    more = ngettext("Über ein Zitat haben Menschen eigens entschieden.", "Über {n} Zitate haben Menschen eigens entschieden.", decided).format(n=number(decided))
    return Told(sentences(told, more if decided else ""))


def traceable(e: Evidence) -> Told:
    """What is recorded so that others can follow."""
    if not e.read:
        return NOTHING
    changes = sum(row.n for row in e.desk.rows("cleaning") if row.step == "change")
    return Told(_(
        "Festgehalten sind: jede der {n} Änderungen am Lesetext bis zum Rohtext, jede Codierung mit Person oder Regel, Datum und Fassung des Codebuchs (jetzt {version}), jede Zahl als Liste der Stellen, aus denen sie besteht, dazu Einstellungen und Fassungen der Programme."
    ).format(n=thousands(changes), version=e.book.version))  # fmt: skip


def chapters(e: Evidence) -> Told:
    """Main categories with something read."""
    read = {row.code for row in e.desk.rows("findings_mentions") if row.basis == REVIEWED}
    tops = [c for c in e.book.codes if c.level == 0]
    told = [c.entry.label for c in tops if c.id in read]
    return Told(_("Gelesene Stellen gibt es zu {n} von {of} Hauptkategorien: {which}.").format(n=number(len(told)), of=number(len(tops)), which=", ".join(told))) if told else NOTHING


def grounding(e: Evidence) -> Told:
    return Told(sentences(traceable(e).text, counter(e).text))


def limits(e: Evidence) -> Told:
    """How much is unread, and what the data lack."""
    lacking = data_limits.every(e.desk)
    told = ngettext("Dem Material fehlt etwas an einer Stelle (Abschnitt Grenzen).", "Dem Material fehlt etwas an {n} Stellen (Abschnitt Grenzen).", len(lacking))
    town = _("Die Befragten sind keine Stichprobe der Stadt; hochrechnen lässt sich nichts.")
    return Told(sentences(coding.reading(e).text, town, told.format(n=number(len(lacking))) if lacking else ""))


def title(e: Evidence) -> Told:
    return Told(_("Titel: {title}.").format(title=e.desk.settings.title))


def approach(e: Evidence) -> Told:
    """What the way of working is in itself."""
    return Told(_("Das Vorgehen folgt der kategoriengeleiteten qualitativen Inhaltsanalyse (Kodierleitfaden mit Definition, Regel und Ankerbeispiel). Warum sie zur Frage passt, sagen die Forschenden."))


