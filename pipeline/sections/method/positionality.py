"""The page on positions: who paid, who asked, in which languages, who nominated, and what that may mean; facts of the run beside people's words."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace

from pipeline.language import N_, _
from pipeline.sections.method import sample
from pipeline.sections.method.evidence import UNKNOWN, Evidence, Grid
from pipeline.wording import capital, number, people

# (key of method.yaml, what it is called, what to write)
POINTS = (
    ("client", N_("Auftrag"), N_("wer die Studie in Auftrag gab")),
    ("institute", N_("Durchführung"), N_("welches Institut sie durchführt")),
    ("funding", N_("Geld"), N_("wer sie bezahlt und worauf die Geldgebenden Einfluss haben")),
    ("paid_for", N_("Was damit bezahlt ist"), N_("wofür die Stadt bezahlt und was sie dafür erwartet")),
    ("question", N_("Frage"), N_("welche Frage die Studie beantworten soll und wer sie stellte")),
    ("team", N_("Forschende"), N_("wer forscht, in welcher Rolle, mit welcher Qualifikation")),
    ("relation", N_("Beziehung zum Feld"), N_("woher die Forschenden die Menschen und Einrichtungen kennen")),
    ("nomination", N_("Wer Befragte vorschlug"), N_("wer sie benannte und ansprach, und wen diese Stelle nicht erreicht")),
    ("interests", N_("Interessen"), N_("was den Beteiligten an welchem Ergebnis liegt, auch Konflikte")),
    ("effect", N_("Was das bedeuten kann"), N_("was deshalb gesagt, geschönt oder verschwiegen worden sein kann")),
    ("ethics", N_("Ethik"), N_("Votum, Einwilligung, Umgang mit Belastendem")),
    ("data_protection", N_("Datenschutz"), N_("wer zuständig ist und was vereinbart ist")),
)  # fmt: skip


def page(e: Evidence) -> SimpleNamespace:
    """All that the page shows: points with people's words or the mark that they are open, interviewers, ways of access."""
    points = [_point(e, *point) for point in POINTS]
    return SimpleNamespace(points=points, open=[p.title for p in points if p.open], facts=_facts(e), interviewers=_interviewers(e), unknown=_unknown(e))


def _point(e: Evidence, key: str, title: str, ask: str) -> SimpleNamespace:
    said = e.file.said(f"positionality.{key}")
    settings = e.desk.settings.report
    if not said and key in ("client", "institute"):
        said = getattr(settings, key)  # study.yaml knows both already
    where = _("offen: {ask} (codebooks/<Studie>/method.yaml, positionality, {key})").format(ask=_(ask), key=key)
    return SimpleNamespace(key=key, title=_(title), text=said, open="" if said else where)


def _facts(e: Evidence) -> list[str]:
    """What the run knows of who asked whom, and the plain consequences for what can have been heard."""
    found = [fact(e).text for fact in (sample.interviewers, sample.languages, sample.reached, sample.modes)]
    return [text for text in [*found, *_consequences(e)] if text]


def _consequences(e: Evidence) -> list[str]:
    rows = [r for r in e.desk.rows("findings_access") if r.value != UNKNOWN]
    total, found = len(e.desk.names.cases), []
    languages = [r.value for r in rows if r.part == "language"]
    if len(languages) == 1 and total > 1:
        found.append(_("Bekannt ist nur eine Sprache der Gespräche ({language}): Wer sie nicht gut genug spricht, kam nicht oder nicht ausführlich zu Wort.").format(language=languages[0]))
    for row in sorted((r for r in rows if r.part == "access" and 2 * r.n_cases > total > 1), key=lambda r: r.value):
        found.append(_("Mehr als die Hälfte der Befragten kam über »{way}«: Wen diese Stelle nicht kennt oder nicht nennt, den hört die Studie nicht.").format(way=row.value))
    official = sum(row.get("voice") == "official" for row in e.desk.names.cases.values())
    if official and total > 1:
        found.append(capital(_("Für ein Amt oder eine Einrichtung sprechen nach den Angaben {n} von {all} Befragten; was sie sagen, kann Rücksicht auf ihre Einrichtung nehmen.").format(n=number(official), all=number(total))))
    return found


def _interviewers(e: Evidence) -> Grid:
    """Who asked: how many people, in which languages those conversations were, which languages they speak."""
    asked: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, set[str]] = defaultdict(set)
    for row in e.desk.rows("cases"):
        if row.interviewer:
            asked[row.interviewer].add(row.case)
            spoken[row.interviewer].add(row.language.split("(")[0].strip(" ,;"))
    known = {one.short: one for one in e.file.positionality.interviewers}
    rows = []
    for short in sorted(asked):
        own = known.get(short)
        rows.append((
            short, people(len(asked[short])), ", ".join(sorted(x for x in spoken[short] if x)) or _("nicht angegeben"),
            ", ".join(own.languages) if own and own.languages else _("offen"), own.qualification if own and own.qualification else _("offen"),
            own.relation if own and own.relation else _("offen"),
        ))  # fmt: skip
    head = (_("Kürzel"), _("Befragte"), _("Sprache der Gespräche"), _("spricht"), _("Qualifikation"), _("Beziehung zu den Befragten"))
    return Grid(_("Wer gefragt hat"), head, rows)


def _unknown(e: Evidence) -> list[str]:
    """Interviewers of method.yaml who asked nobody."""
    asked = {row.interviewer for row in e.desk.rows("cases")}
    return [_("»{short}« steht in method.yaml, hat aber nach den Transkripten niemanden befragt.").format(short=one.short) for one in e.file.positionality.interviewers if one.short not in asked]
