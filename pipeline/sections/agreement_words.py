"""Words for measures of agreement: what each is called, what it says, on what it is counted."""

from __future__ import annotations

from pipeline.language import N_, _, ngettext
from pipeline.tables import EVERYBODY, MACHINE, PEOPLE
from pipeline.wording import decimal, interval, number, per_cent

MEASURES = {  # in the order in which they are shown
    "percent": N_("gleich entschieden"), "overlap_percent": N_("überlappende Stellen, gleich codiert"), "cohen": N_("Cohens Kappa"), "scott": N_("Scotts Pi"),
    "fleiss": N_("Fleiss’ Kappa"), "conger": N_("Congers Kappa"), "overlap_kappa": N_("Kappa überlappender Stellen"),
    "alpha_nominal": N_("Krippendorffs Alpha"), "alpha_ordinal": N_("Krippendorffs Alpha, ordinal"), "alpha_interval": N_("Krippendorffs Alpha, Abstände"),
    "alpha_masi": N_("Krippendorffs Alpha, mehrere Kategorien je Satz (MASI)"), "alpha_unitizing": N_("Krippendorffs Alpha, auch über die Grenzen (unitizing)"),
    "brennan_prediger": N_("Brennan und Prediger"), "ac1": N_("Gwets AC1"), "ac2": N_("Gwets AC2"),
}  # fmt: skip
MEANING = {
    "percent": N_("Von allem, was beide lasen, der Teil, bei dem beide dasselbe sagten: beide »ja« oder beide »nein«. Bei seltenen Kategorien sagen fast alle Sätze »nein«; dann ist dieser Anteil immer hoch und sagt fast nichts."),
    "overlap_percent": N_("Von den Stellen, die jemand mit der Kategorie codierte, der Teil, an dem auch die andere Person sie gab und die Grenzen genügend übereinstimmen (study.yaml, review.tolerance). Gemeinsames Schweigen zählt hier nicht mit."),
    "cohen": N_("Wie viel mehr Übereinstimmung es gibt, als wenn beide blind so oft »ja« gesagt hätten, wie sie es taten. 1 heißt: immer gleich; 0: nicht mehr als durch Zufall; darunter: weniger. Ist eine Kategorie sehr selten oder sehr häufig, fällt die Zahl niedrig aus, auch wo fast alles gleich ist."),
    "scott": N_("Wie Cohens Kappa, nur gilt für beide dieselbe Häufigkeit der Kategorie; unterscheiden sie sich darin, fällt es niedriger aus."),
    "fleiss": N_("Scotts Gedanke für mehr als zwei Personen: Wer was codierte, spielt keine Rolle."),
    "conger": N_("Cohens Gedanke für mehr als zwei Personen: Jede behält ihre eigene Häufigkeit."),
    "overlap_kappa": N_("Kappa für Stellen statt Sätze; als Zufall gilt, dass jede Kategorie gleich wahrscheinlich wäre."),
    "alpha_nominal": N_("Verwandt mit Scotts Pi, für beliebig viele Personen und auch mit Lücken; bei wenigen Sätzen vorsichtiger."),
    "alpha_ordinal": N_("Alpha für geordnete Werte: Nachbarn zählen als kleinere Abweichung."),
    "alpha_interval": N_("Alpha für Werte mit Abständen: Je weiter auseinander, desto größer die Abweichung."),
    "alpha_masi": N_("Vergleicht, was ein Satz insgesamt bekam: Wer von mehreren Kategorien einige gleich vergab, stimmt zum Teil überein."),
    "alpha_unitizing": N_("Vergleicht auch, wo eine Stelle anfängt und endet, Zeichen für Zeichen, ohne vorgegebene Sätze."),
    "brennan_prediger": N_("Als Zufall gilt eine geworfene Münze: ja und nein gleich wahrscheinlich. Bei seltenen Kategorien ist das zu freundlich."),
    "ac1": N_("Bleibt auch bei sehr seltenen und sehr häufigen Kategorien ruhig. Gerade dort aber sagt es viel über gemeinsames Schweigen und wenig darüber, ob beide dieselben Stellen finden."),
    "ac2": N_("AC1 mit Gewichten: Ähnliches zählt zum Teil als Übereinstimmung."),
}  # fmt: skip
UNITS = {
    "sentence": N_("Sätze"), "turn": N_("Redebeiträge"), "coded": N_("Sätze, denen jemand irgendeine Kategorie gab"), "passage": N_("codierte Stellen"),
    "continuum": N_("der Text, Zeichen für Zeichen"),
}  # fmt: skip
PARTS = {"doc": N_("Gespräch"), "month": N_("Monat")}
SHARES = ("percent", "overlap_percent")
FEW = 10  # units compared below which words stand for a share, and no coefficient is shown


def shown(row: object) -> str:
    """An estimate with its interval, in words where few units carry it; – where it was not measured.

    >>> from types import SimpleNamespace as N
    >>> shown(N(measure="cohen", code="", n=120, estimate=0.62, low=0.41, high=0.78)), shown(N(measure="percent", code="A", n=9, estimate=8 / 9, low=0.5, high=1.0))
    ('0,62 (0,41 bis 0,78)', 'acht von neun')
    """
    measure, code, n, estimate, low, high = (getattr(row, name) for name in ("measure", "code", "n", "estimate", "low", "high"))
    if estimate != estimate:
        return "–"
    if n < FEW:
        return _("{n} von {of}").format(n=number(round(estimate * n)), of=number(n)) if measure in SHARES and code else _("zu wenige")  # of all categories together it is a share of more than n
    bounded = low == low and high == high
    if measure in SHARES:
        return f"{per_cent(estimate)} ({interval(low, high)})" if bounded else per_cent(estimate)
    return _("{value} ({low} bis {high})").format(value=decimal(estimate), low=decimal(low), high=decimal(high)) if bounded else decimal(estimate)


def noted(note: str) -> list[str]:
    """The parts of a note, which the stage writes in German, in the language of the report."""
    return [_(part) for part in note.split("; ")]


def compared(n: int, unit: str) -> str:
    """How many units were compared.

    >>> compared(1, "sentence"), compared(12, "turn"), compared(3, "passage")
    ('ein Satz', 'zwölf Redebeiträge', 'drei Stellen')
    """
    if unit == "turn":
        return ngettext("ein Redebeitrag", "{n} Redebeiträge", n).format(n=number(n))
    if unit in ("passage", "continuum"):
        return ngettext("eine Stelle", "{n} Stellen", n).format(n=number(n))
    return ngettext("ein Satz", "{n} Sätze", n).format(n=number(n))


def who(name: str) -> str:
    """Who is compared, by abbreviation; machines and everybody by their words."""
    words = {EVERYBODY: N_("alle zusammen"), PEOPLE: N_("die Menschen"), MACHINE: N_("die Maschine"), "rule": N_("Regeln des Codebuchs"), "model": N_("gelerntes Modell"), "llm": N_("Sprachmodell")}
    return _(words[name]) if name in words else name
