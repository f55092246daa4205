"""German words of the chapter on the common denominator: fields, states of groups, and what a theme's figures say."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from pipeline.wording import number, people

ASPECTS = {
    "goal": "Ziele", "measure": "Maßnahmen: Wünsche und Bedarfe", "cost": "Was es kostet: Hürden und Lasten", "reason": "Genannte Gründe",
    "potential": "Potenziale und Engagement", "other": "Anderes",
}  # fmt: skip
FIELDS = {
    "shared": SimpleNamespace(
        title="Gemeinsam über alle befragten Gruppen, die gefragt wurden",
        note="In jeder Gruppe, die danach gefragt wurde (mindestens drei, in einer Studie mit zwei Gruppen beide), nennt es mindestens eine Person, und niemand sagt das Gegenteil. "
        "Das heißt nicht, dass alle in der Stadt es so sehen, und nicht, dass ganze Gruppen es so sehen.",
        next="Weiter: Die Stellen nebeneinander lesen und im Workshop fragen, ob alle dasselbe meinen.",
    ),
    "differing": SimpleNamespace(
        title="Verschieden gesehen",
        note="Mindestens eine Gruppe nennt es, und in mindestens einer (vielleicht derselben) sagt jemand Gegenteiliges: verneint es oder nennt, was study.yaml als Gegenstück führt. "
        "Welche Sicht zutrifft, sagt das nicht.",
        next="Weiter: Beide Seiten lesen. Widersprechen sie sich wirklich, oder sprechen sie von Verschiedenem?",
    ),
    "affected": SimpleNamespace(
        title="Nur von denen berichtet, die es betrifft",
        note="Ein Teil der Gruppen berichtet es, meist aus eigenem Erleben; niemand sagt das Gegenteil. Dass andere es nicht nennen, ist kein Widerspruch; ob sie es nicht erleben oder nicht davon sprechen, ist offen.",
        next="Weiter: Nicht abstimmen lassen; wen es betrifft, dazu hören.",
    ),
    "open": SimpleNamespace(
        title="Offen: nicht gefragt, übergangen oder noch nicht gelesen",
        note="Hier lässt sich nichts Gemeinsames feststellen. Schweigen ist keine Zustimmung und kein Widerspruch.",
        next="Weiter: Lesen, was noch ungelesen ist; im Workshop fragen, was nicht gefragt wurde.",
    ),
}  # fmt: skip
REASONS = {
    "so_far": "bisher in jeder gelesenen Gruppe genannt; die anderen gefragten Gruppen sind noch nicht gelesen",
    "between": "zwischen Gruppen", "within": "innerhalb von Gruppen, die es auch nennen",
    "passed_over": "gefragt, von einem Teil der Gruppen genannt, von den anderen übergangen", "few_groups": "zu wenige Gruppen gefragt", "denied": "niemand nennt es, jemand sagt Gegenteiliges",
    "unread": "gefragt, aber die Antworten sind noch nicht oder nicht alle gelesen", "unsaid": "gefragt, und niemand nennt es", "unasked": "im Leitfaden nicht gefragt",
}  # fmt: skip
STATES = {
    "voiced": SimpleNamespace(key="voiced", sign="●", words="nennt es"), "both": SimpleNamespace(key="both", sign="◐", words="nennt es, sagt auch Gegenteiliges"),
    "denied": SimpleNamespace(key="denied", sign="✕", words="sagt Gegenteiliges"), "silent": SimpleNamespace(key="silent", sign="–", words="gefragt, nichts dazu gesagt"),
    "evaded": SimpleNamespace(key="evaded", sign="↷", words="gefragt, ausgewichen"), "unread": SimpleNamespace(key="unread", sign="?", words="gefragt, noch nicht gelesen"),
    "not asked": SimpleNamespace(key="notasked", sign="○", words="nicht gefragt"),
}  # fmt: skip


def spread(row: Any, groups: Sequence[Any]) -> str:
    """Over which groups a theme is spread, beside those asked. `groups`: the theme's rows of findings_common_groups.

    >>> from types import SimpleNamespace as N
    >>> asked = [N(n_asked=3, n_asked_voiced=1, status="voiced"), N(n_asked=2, n_asked_voiced=2, status="voiced"), N(n_asked=1, n_asked_voiced=1, status="voiced")]
    >>> spread(N(n_groups_asked=3, n_groups_voiced=3, n_groups_denied=0, lowest=1 / 3), asked)
    'in jeder der drei gefragten Gruppen, bei mindestens einer von drei Gefragten'
    >>> spread(N(n_groups_asked=3, n_groups_voiced=1, n_groups_denied=2, lowest=0.0), [*asked[:1], N(n_asked=2, n_asked_voiced=0, status="denied"), N(n_asked=1, n_asked_voiced=0, status="denied")])
    'in einer von drei gefragten Gruppen; Gegenteiliges in zwei Gruppen'
    >>> spread(N(n_groups_asked=0, n_groups_voiced=1, n_groups_denied=0, lowest=float("nan")), [N(n_asked=0, n_asked_voiced=0, status="voiced")])
    'von sich aus in einer Gruppe; gefragt wurde danach niemand'
    """
    voiced = [g for g in groups if g.status in ("voiced", "both")]
    inside, outside = sum(g.n_asked > 0 for g in voiced), sum(g.n_asked == 0 for g in voiced)
    if not row.n_groups_asked:
        told = f"von sich aus in {_in(outside)}; gefragt wurde danach niemand" if outside else "gefragt wurde danach niemand"
    else:
        told = _of_asked(row, [g for g in groups if g.n_asked], inside)
        told += f", von sich aus in {_in(outside, 'weiteren ')}, die nicht danach gefragt {'wurde' if outside == 1 else 'wurden'}" if outside else ""
    return told + (f"; Gegenteiliges in {_in(row.n_groups_denied)}" if row.n_groups_denied else "")


def _of_asked(row: Any, asked: Sequence[Any], inside: int) -> str:
    if inside < len(asked):
        who = "keiner" if not inside else "einer" if inside == 1 else number(inside)
        return f"in {who} der {number(len(asked))} gefragten Gruppen" if not inside else f"in {who} von {number(len(asked))} gefragten Gruppen"
    start = f"in jeder der {number(len(asked))} gefragten Gruppen" if len(asked) > 1 else "in der einzigen gefragten Gruppe"
    least = min(asked, key=lambda g: (g.n_asked_voiced / g.n_asked, g.n_asked))
    if least.n_asked_voiced == least.n_asked:
        return f"{start}, bei allen Gefragten"
    if not least.n_asked_voiced:
        return f"{start}, in mindestens einer davon nur bei jemandem, der nicht danach gefragt wurde"
    return f"{start}, bei mindestens {_dative(least.n_asked_voiced)} von {number(least.n_asked)} Gefragten"


def _dative(n: int) -> str:
    return "einer" if n == 1 else number(n)


def _in(n: int, more: str = "") -> str:
    return f"einer {more}Gruppe" if n == 1 else f"{number(n)} {more}Gruppen"


def said_by(group: Any) -> str:
    """How many of a group say it, of how many asked.

    >>> from types import SimpleNamespace as N
    >>> said_by(N(n_cases=1, n_asked=3, n_asked_voiced=1, n_cases_denied=0, n_cases_self=0, n_cases_others=1))
    'eine von drei Gefragten, nur über andere'
    >>> said_by(N(n_cases=2, n_asked=1, n_asked_voiced=1, n_cases_denied=1, n_cases_self=1, n_cases_others=0))
    'die einzige gefragte Person, dazu eine ungefragt; eine befragte Person sagt Gegenteiliges'
    """
    if group.n_asked:
        told = (
            "niemand von den Gefragten" if not group.n_asked_voiced else "die einzige gefragte Person" if group.n_asked == 1
            else "alle Gefragten" if group.n_asked_voiced == group.n_asked else f"{number(group.n_asked_voiced)} von {number(group.n_asked)} Gefragten"
        )  # fmt: skip
        more = group.n_cases - group.n_asked_voiced
        told += f", dazu {number(more)} ungefragt" if more else ""
    else:
        told = f"{people(group.n_cases)}, nicht danach gefragt"
    told += ", nur über andere" if group.n_cases_others and not group.n_cases_self else ""
    verb = "sagt Gegenteiliges" if group.n_cases_denied == 1 else "sagen Gegenteiliges"
    return told + (f"; {people(group.n_cases_denied)} {verb}" if group.n_cases_denied else "")


def contrasts(rows: Sequence[Any], label: dict[str, str], read: bool) -> list[str]:
    """Where goals are shared, but the measure or what it costs is not; and the other way round. Sentences; of proposals in the subjunctive."""
    shared = {aspect: [label.get(r.code, r.code) for r in rows if r.aspect == aspect and r.field == "shared"] for aspect in ASPECTS}
    parted = {aspect: [label.get(r.code, r.code) for r in rows if r.aspect == aspect and r.field == "differing"] for aspect in ASPECTS}
    told = []
    one_is, many_are = ("ist", "sind") if read else ("wäre", "wären")
    names = {"goal": ("das Ziel", "die Ziele"), "measure": ("die Maßnahme", "die Maßnahmen")}
    for one, others in (("goal", ("measure", "cost")), ("measure", ("cost",))):
        for other in others:
            if shared[one] and not shared[other]:
                what = f"Was es kostet, {one_is} daneben nicht als gemeinsam zu erkennen" if other == "cost" else f"Eine gemeinsame Maßnahme {one_is} daneben nicht zu erkennen"
                split = f"; verschieden gesehen: {_list(parted[other])}" if parted[other] else ""
                told.append(f"Gemeinsam {one_is if len(shared[one]) == 1 else many_are} {names[one][len(shared[one]) > 1]}: {_list(shared[one])}. {what}{split}.")
    if shared["measure"] and not shared["goal"]:
        told.append(f"Gemeinsam {one_is} eine Maßnahme ({_list(shared['measure'])}), aber kein Ziel: Dasselbe kann aus verschiedenen Gründen gewollt sein.")
    return told


def withheld(labels: Sequence[str], shown: bool) -> str:
    """Which categories the picture of proposals leaves out; empty where it leaves out none.

    >>> withheld([], True), withheld(["Sprache"], True), withheld(["Sprache", "Wohnen"], False)
    ('', 'Weggelassen ist eine Kategorie: »Sprache«.', 'Das Bild ist nicht gezeigt: Alle Kategorien wären davon betroffen.')
    """
    if not labels:
        return ""
    if not shown:
        return "Das Bild ist nicht gezeigt: Alle Kategorien wären davon betroffen."
    return f"Weggelassen {'ist eine Kategorie' if len(labels) == 1 else f'sind {number(len(labels))} Kategorien'}: {_list(labels)}."


def _list(labels: Sequence[str]) -> str:
    return ", ".join(f"»{text}«" for text in labels)


def p_words(p: float) -> str:
    """
    >>> p_words(0.0371), p_words(0.00002), p_words(1.0)
    ('0,037', 'unter 0,001', '1,000')
    """
    return "unter 0,001" if p < 0.001 else f"{p:.3f}".replace(".", ",")


