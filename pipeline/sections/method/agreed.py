"""Facts on agreement and on how categories changed: figures of the run, where two people read the same passages independently."""

from __future__ import annotations

from pipeline.language import _, ngettext
from pipeline.sections import agreement, open_readings
from pipeline.sections.agreement_words import MEASURES, compared, noted, shown, who
from pipeline.sections.method.evidence import NOTHING, Evidence, Told, in_of, sentences
from pipeline.tables import EVERYBODY
from pipeline.wording import capital, dative, number


def double(e: Evidence) -> Told:
    """How far people agree who read the same passages independently, before they spoke of it; nothing is made up where nobody did."""
    row = agreement.first_figure(e.desk)
    if row is None:
        return Told(_("Kein Redebeitrag ist von zwei Menschen für alle Kategorien gelesen. Die Übereinstimmung der Codierenden ist noch nicht geprüft."))
    people = _("Alle, die doppelt lasen") if row.a == EVERYBODY else _("{a} und {b}").format(a=who(row.a), b=who(row.b))
    told = _("{people} lasen dieselben Stellen, bevor sie darüber sprachen ({n}, bei {cases}): {measure} {value}.")
    same = next((r for r in e.desk.rows("agreement") if (r.scope, r.a, r.b, r.part, r.unit, r.code, r.state, r.measure) == (row.scope, row.a, row.b, row.part, row.unit, "", "before", "percent")), None)
    words = told.format(people=people, n=compared(row.n, row.unit), cases=dative(row.n_cases), measure=_(MEASURES[row.measure]), value=shown(row))
    alike = _("Gleich entschieden (Kategorie für Kategorie, ja oder nein): {value}.").format(value=shown(same)) if same is not None else ""
    note = capital(f"{'; '.join(noted(row.note))}.") if row.note else ""
    return Told(sentences(words, alike, note, _settled(e)))


def _settled(e: Evidence) -> str:
    rows = e.desk.rows("disagreements")
    settled = sum(bool(row.resolved) for row in rows)
    if not rows:
        return ""
    told = ngettext("Einen Satz codierten zwei Menschen verschieden", "{n} Sätze codierten zwei Menschen verschieden", len(rows)).format(n=number(len(rows)))
    return capital(told) + (_("; über {n} davon entschied eine Konsenssitzung.").format(n=_("einen") if settled == 1 else number(settled)) if settled else ".")


def first(e: Evidence) -> Told:
    """In how many conversations somebody first read all of it without proposals, and wrote down what struck them."""
    docs = {row.doc or row.key for row in e.desk.rows("memos") if row.kind == "reading"} & {row.doc for row in e.read}
    return Told(_("Zuerst ohne Vorschläge im Ganzen gelesen, mit einer Fallnotiz: {where}.").format(where=in_of(len(docs), len(e.read)))) if docs else NOTHING


def cycle(e: Evidence) -> Told:
    """How the codebook changed while people read, and what of it is explained, looked at again, and contradicted."""
    rows = {name: len(e.desk.rows(name)) for name in ("cycle_versions", "cycle_log", "cycle_negative", "cycle_minutes", "memos")}
    unexplained = sum(row.logged == "no" for row in e.desk.rows("cycle_versions"))
    later = len(open_readings.checked(e.desk.tables))
    told = [
        ngettext("Gelesen wurde unter einer Fassung des Codebuchs.", "Gelesen wurde unter {n} Fassungen des Codebuchs.", rows["cycle_versions"]).format(n=number(rows["cycle_versions"])) if rows["cycle_versions"] else "",
        ngettext("Das Protokoll nennt eine Entscheidung darüber.", "Das Protokoll nennt {n} Entscheidungen darüber.", rows["cycle_log"]).format(n=number(rows["cycle_log"])) if rows["cycle_log"] else "",
        capital(ngettext("eine Änderung ist nicht erklärt.", "{n} Änderungen sind nicht erklärt.", unexplained).format(n=number(unexplained))) if unexplained else "",
        capital(ngettext("eine später dazugekommene Kategorie ist in früher Gelesenem noch nicht geprüft.", "{n} später dazugekommene Kategorien sind in früher Gelesenem noch nicht geprüft.", later).format(n=number(later))) if later else "",
        ngettext("Gesammelt ist ein Gegenfall.", "Gesammelt sind {n} Gegenfälle.", rows["cycle_negative"]).format(n=number(rows["cycle_negative"])) if rows["cycle_negative"] else "",
        ngettext("Die Interpretationsgruppe traf sich einmal.", "Die Interpretationsgruppe traf sich {n}-mal.", rows["cycle_minutes"]).format(n=number(rows["cycle_minutes"])) if rows["cycle_minutes"] else "",
        capital(ngettext("eine Notiz ist geschrieben.", "{n} Notizen sind geschrieben.", rows["memos"]).format(n=number(rows["memos"]))) if rows["memos"] else "",
    ]  # fmt: skip
    return Told(sentences(*told)) if any(told) else Told(_("Änderungen des Codebuchs, Gegenfälle und Notizen sind noch nicht festgehalten."), False)
