"""Words of the chapter on the common denominator: fields, states of groups, and what a theme's figures say."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _, ngettext
from pipeline.wording import decimal, number, people, quoted

ASPECTS = {
    "goal": N_("Ziele"), "measure": N_("Maßnahmen: Wünsche und Bedarfe"), "cost": N_("Was es kostet: Hürden und Lasten"), "reason": N_("Genannte Gründe"),
    "potential": N_("Potenziale und Engagement"), "other": N_("Anderes"),
}  # fmt: skip
FIELDS = {
    "shared": SimpleNamespace(
        title=N_("Gemeinsam über alle befragten Gruppen, die gefragt wurden"),
        note=N_(
            "In jeder Gruppe, die danach gefragt wurde (mindestens drei, in einer Studie mit zwei Gruppen beide), nennt es mindestens eine Person, und niemand sagt das Gegenteil. "
            "Das heißt nicht, dass alle in der Stadt es so sehen, und nicht, dass ganze Gruppen es so sehen."
        ),
        next=N_("Weiter: Die Stellen nebeneinander lesen und im Workshop fragen, ob alle dasselbe meinen."),
    ),
    "differing": SimpleNamespace(
        title=N_("Verschieden gesehen"),
        note=N_(
            "Mindestens eine Gruppe nennt es, und in mindestens einer (vielleicht derselben) sagt jemand Gegenteiliges: verneint es oder nennt, was study.yaml als Gegenstück führt. "
            "Welche Sicht zutrifft, sagt das nicht."
        ),
        next=N_("Weiter: Beide Seiten lesen. Widersprechen sie sich wirklich, oder sprechen sie von Verschiedenem?"),
    ),
    "affected": SimpleNamespace(
        title=N_("Nur von denen berichtet, die es betrifft"),
        note=N_("Ein Teil der Gruppen berichtet es, meist aus eigenem Erleben; niemand sagt das Gegenteil. Dass andere es nicht nennen, ist kein Widerspruch; ob sie es nicht erleben oder nicht davon sprechen, ist offen."),
        next=N_("Weiter: Nicht abstimmen lassen; wen es betrifft, dazu hören."),
    ),
    "open": SimpleNamespace(
        title=N_("Offen: nicht gefragt, übergangen oder noch nicht gelesen"),
        note=N_("Hier lässt sich nichts Gemeinsames feststellen. Schweigen ist keine Zustimmung und kein Widerspruch."),
        next=N_("Weiter: Lesen, was noch ungelesen ist; im Workshop fragen, was nicht gefragt wurde."),
    ),
}  # fmt: skip
REASONS = {
    "so_far": N_("bisher in jeder gelesenen Gruppe genannt; die anderen gefragten Gruppen sind noch nicht gelesen"),
    "between": N_("zwischen Gruppen"), "within": N_("innerhalb von Gruppen, die es auch nennen"),
    "passed_over": N_("gefragt, von einem Teil der Gruppen genannt, von den anderen übergangen"), "few_groups": N_("zu wenige Gruppen gefragt"), "denied": N_("niemand nennt es, jemand sagt Gegenteiliges"),
    "unread": N_("gefragt, aber die Antworten sind noch nicht oder nicht alle gelesen"), "unsaid": N_("gefragt, und niemand nennt es"), "unasked": N_("im Leitfaden nicht gefragt"),
}  # fmt: skip
STATES = {
    "voiced": SimpleNamespace(key="voiced", sign="●", words=N_("nennt es")), "both": SimpleNamespace(key="both", sign="◐", words=N_("nennt es, sagt auch Gegenteiliges")),
    "denied": SimpleNamespace(key="denied", sign="✕", words=N_("sagt Gegenteiliges")), "silent": SimpleNamespace(key="silent", sign="–", words=N_("gefragt, nichts dazu gesagt")),
    "evaded": SimpleNamespace(key="evaded", sign="↷", words=N_("gefragt, ausgewichen")), "unread": SimpleNamespace(key="unread", sign="?", words=N_("gefragt, noch nicht gelesen")),
    "not asked": SimpleNamespace(key="notasked", sign="○", words=N_("nicht gefragt")),
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
        told = _unasked(outside)
    else:
        told = _of_asked([g for g in groups if g.n_asked], inside)
        more = ngettext(", von sich aus in einer weiteren Gruppe, die nicht danach gefragt wurde", ", von sich aus in {n} weiteren Gruppen, die nicht danach gefragt wurden", outside)
        told += more.format(n=number(outside)) if outside else ""
    denied = ngettext("; Gegenteiliges in einer Gruppe", "; Gegenteiliges in {n} Gruppen", row.n_groups_denied).format(n=number(row.n_groups_denied))
    return told + (denied if row.n_groups_denied else "")


def _unasked(n: int) -> str:
    """Groups that name a theme which nobody was asked about."""
    if not n:
        return _("gefragt wurde danach niemand")
    told = ngettext("von sich aus in einer Gruppe; gefragt wurde danach niemand", "von sich aus in {n} Gruppen; gefragt wurde danach niemand", n)
    return told.format(n=number(n))


def _of_asked(asked: Sequence[Any], inside: int) -> str:
    of = number(len(asked))
    if not inside and asked:
        return _("in keiner der {of} gefragten Gruppen").format(of=of)
    if inside < len(asked):
        return ngettext("in einer von {of} gefragten Gruppen", "in {n} von {of} gefragten Gruppen", inside).format(n=number(inside), of=of)
    start = _("in jeder der {of} gefragten Gruppen").format(of=of) if len(asked) > 1 else _("in der einzigen gefragten Gruppe")
    least = min(asked, key=lambda g: (g.n_asked_voiced / g.n_asked, g.n_asked))
    if least.n_asked_voiced == least.n_asked:
        return start + _(", bei allen Gefragten")
    if not least.n_asked_voiced:
        return start + _(", in mindestens einer davon nur bei jemandem, der nicht danach gefragt wurde")
    told = ngettext(", bei mindestens einer von {of} Gefragten", ", bei mindestens {n} von {of} Gefragten", least.n_asked_voiced)
    return start + told.format(n=number(least.n_asked_voiced), of=number(least.n_asked))


def said_by(group: Any) -> str:
    """How many of a group say it, of how many asked.

    >>> from types import SimpleNamespace as N
    >>> said_by(N(n_cases=1, n_asked=3, n_asked_voiced=1, n_cases_denied=0, n_cases_self=0, n_cases_others=1))
    'eine von drei Gefragten, nur über andere'
    >>> said_by(N(n_cases=2, n_asked=1, n_asked_voiced=1, n_cases_denied=1, n_cases_self=1, n_cases_others=0))
    'die einzige gefragte Person, dazu eine ungefragt; eine befragte Person sagt Gegenteiliges'
    """
    if group.n_asked:
        told = _of_group(group.n_asked_voiced, group.n_asked)
        more = group.n_cases - group.n_asked_voiced
        told += _(", dazu {n} ungefragt").format(n=number(more)) if more else ""
    else:
        told = _("{who}, nicht danach gefragt").format(who=people(group.n_cases))
    told += _(", nur über andere") if group.n_cases_others and not group.n_cases_self else ""
    denied = ngettext("; {who} sagt Gegenteiliges", "; {who} sagen Gegenteiliges", group.n_cases_denied).format(who=people(group.n_cases_denied))
    return told + (denied if group.n_cases_denied else "")


def _of_group(voiced: int, asked: int) -> str:
    if not voiced:
        return _("niemand von den Gefragten")
    if asked == 1:
        return _("die einzige gefragte Person")
    return _("alle Gefragten") if voiced == asked else _("{n} von {of} Gefragten").format(n=number(voiced), of=number(asked))


def contrasts(rows: Sequence[Any], label: dict[str, str], read: bool) -> list[str]:
    """Where goals are shared, but the measure or what it costs is not; and the other way round. Sentences; of proposals in the subjunctive."""
    shared = {aspect: [label.get(r.code, r.code) for r in rows if r.aspect == aspect and r.field == "shared"] for aspect in ASPECTS}
    parted = {aspect: [label.get(r.code, r.code) for r in rows if r.aspect == aspect and r.field == "differing"] for aspect in ASPECTS}
    told = []
    for one, others in (("goal", ("measure", "cost")), ("measure", ("cost",))):
        for other in others:
            if shared[one] and not shared[other]:
                told.append(f"{_shared(one, shared[one], read)} {_not_shared(other, parted[other], read)}")
    if shared["measure"] and not shared["goal"]:
        alone = (
            _("Gemeinsam ist eine Maßnahme ({labels}), aber kein Ziel: Dasselbe kann aus verschiedenen Gründen gewollt sein.") if read
            else _("Gemeinsam wäre eine Maßnahme ({labels}), aber kein Ziel: Dasselbe kann aus verschiedenen Gründen gewollt sein.")
        )  # fmt: skip
        told.append(alone.format(labels=_list(shared["measure"])))
    return told


def _shared(aspect: str, labels: Sequence[str], read: bool) -> str:
    n = len(labels)
    if aspect == "goal":
        told = (
            ngettext("Gemeinsam ist das Ziel: {labels}.", "Gemeinsam sind die Ziele: {labels}.", n) if read
            else ngettext("Gemeinsam wäre das Ziel: {labels}.", "Gemeinsam wären die Ziele: {labels}.", n)
        )  # fmt: skip
    else:
        told = (
            ngettext("Gemeinsam ist die Maßnahme: {labels}.", "Gemeinsam sind die Maßnahmen: {labels}.", n) if read
            else ngettext("Gemeinsam wäre die Maßnahme: {labels}.", "Gemeinsam wären die Maßnahmen: {labels}.", n)
        )  # fmt: skip
    return told.format(labels=_list(labels))


def _not_shared(aspect: str, parted: Sequence[str], read: bool) -> str:
    if aspect == "cost":
        what = (
            _("Was es kostet, ist daneben nicht als gemeinsam zu erkennen") if read
            else _("Was es kostet, wäre daneben nicht als gemeinsam zu erkennen")
        )  # fmt: skip
    else:
        what = (
            _("Eine gemeinsame Maßnahme ist daneben nicht zu erkennen") if read
            else _("Eine gemeinsame Maßnahme wäre daneben nicht zu erkennen")
        )  # fmt: skip
    return _("{what}; verschieden gesehen: {labels}.").format(what=what, labels=_list(parted)) if parted else f"{what}."


def withheld(labels: Sequence[str], shown: bool) -> str:
    """Which categories the picture of proposals leaves out; empty where it leaves out none.

    >>> withheld([], True), withheld(["Sprache"], True), withheld(["Sprache", "Wohnen"], False)
    ('', 'Weggelassen ist eine Kategorie: »Sprache«.', 'Das Bild ist nicht gezeigt: Alle Kategorien wären davon betroffen.')
    """
    if not labels:
        return ""
    if not shown:
        return _("Das Bild ist nicht gezeigt: Alle Kategorien wären davon betroffen.")
    told = ngettext("Weggelassen ist eine Kategorie: {labels}.", "Weggelassen sind {n} Kategorien: {labels}.", len(labels))
    return told.format(n=number(len(labels)), labels=_list(labels))


def _list(labels: Sequence[str]) -> str:
    return ", ".join(quoted(text) for text in labels)


def p_words(p: float) -> str:
    """
    >>> p_words(0.0371), p_words(0.00002), p_words(1.0)
    ('0,037', 'unter 0,001', '1,000')
    """
    return _("unter {share}").format(share=decimal(0.001, 3)) if p < 0.001 else decimal(p, 3)
