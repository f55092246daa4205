"""Words of the chapter on reasons."""

from __future__ import annotations

from typing import Any

from pipeline.language import N_, _, ngettext
from pipeline.wording import capital, number, people

HOLDERS = {
    "self": N_("von sich oder der eigenen Gruppe"), "others": N_("von anderen"), "institution": N_("von einer Einrichtung"), "unclear": N_("über wen, ist nicht erkannt"),
}  # fmt: skip
_ALL_OR_UNCLEAR = N_("über alle, oder über wen, ist nicht erkannt")
TYPES = {"preference": N_("Vorliebe"), "restriction": N_("keine andere Wahl"), "reaction": N_("Antwort auf Ablehnung"), "": ""}
TYPES_LONG = {
    "preference": N_("Vorliebe: man ist gern dort, es ist vertraut oder einfacher"),
    "restriction": N_("Keine andere Wahl: man muss, man bekommt oder kann nichts anderes"),
    "reaction": N_("Antwort auf Ablehnung: man geht nicht mehr hin, man zieht sich zurück"),
}
STANDS = {"denied": N_("bestritten"), "hypothetical": N_("gedacht, nicht behauptet"), "reported": N_("gibt die Erklärung anderer wieder")}
FIRSTS = {
    "interviewer": N_("zuerst von der Interviewerin oder dem Interviewer gebraucht"), "respondent": N_("von der befragten Person selbst ins Gespräch gebracht"),
    "leading": N_("nach einer Frage, die eine Antwort nahelegt"), "unclear": N_("wer das Wort zuerst gebrauchte, ist am Wortlaut nicht zu erkennen"),
}  # fmt: skip


def stand(stance: str) -> str:
    """
    >>> stand("affirmed"), stand("denied+reported")
    ('', 'bestritten, gibt die Erklärung anderer wieder')
    """
    return ", ".join(_(STANDS[part]) for part in stance.split("+") if part in STANDS)


def sources(row: Any) -> list[str]:
    """Who says it of whom, in people, each kind for itself.

    >>> from types import SimpleNamespace as N
    >>> sources(N(n_cases_self=1, n_cases_others=3, n_cases_institution=0, n_cases_unclear=2))
    ['von sich oder der eigenen Gruppe: eine befragte Person', 'von anderen: drei Befragte', 'über alle, oder über wen, ist nicht erkannt: zwei Befragte']
    """
    found = [
        (HOLDERS["self"], row.n_cases_self), (HOLDERS["others"], row.n_cases_others), (HOLDERS["institution"], row.n_cases_institution), (_ALL_OR_UNCLEAR, row.n_cases_unclear),
    ]  # fmt: skip
    return [_("{words}: {who}").format(words=_(words), who=people(n)) for words, n in found if n]


def occasions(row: Any) -> str:
    """How all the passages came about.

    >>> from types import SimpleNamespace as N
    >>> occasions(N(n_mentions=4, n_spontaneous=3, n_prompted=0, n_leading=1))
    'drei Stellen von sich aus, eine auf eine nahelegende Frage'
    >>> occasions(N(n_mentions=6, n_spontaneous=1, n_prompted=3, n_leading=0)), occasions(N(n_mentions=1, n_spontaneous=0, n_prompted=0, n_leading=0))
    ('eine Stelle von sich aus, drei auf Nachfrage, bei zwei ist der Anlass nicht bekannt', 'bei einer Stelle ist der Anlass nicht bekannt')
    """
    known = ((row.n_spontaneous, _spontaneous), (row.n_prompted, _prompted), (row.n_leading, _after_leading))
    found: list[str] = []
    for n, words in known:
        if n:
            found.append(words(n, not found).format(n=number(n)))
    rest = row.n_mentions - sum(n for n, _words in known)
    if rest > 0:
        found.append(_unknown(rest, not found).format(n=number(rest)))
    return ", ".join(found)


def _spontaneous(n: int, _first: bool) -> str:
    return ngettext("eine Stelle von sich aus", "{n} Stellen von sich aus", n)


def _prompted(n: int, first: bool) -> str:
    return ngettext("eine Stelle auf Nachfrage", "{n} Stellen auf Nachfrage", n) if first else _("{n} auf Nachfrage")


def _after_leading(n: int, first: bool) -> str:
    return ngettext("eine Stelle auf eine nahelegende Frage", "{n} Stellen auf eine nahelegende Frage", n) if first else _("{n} auf eine nahelegende Frage")


def _unknown(n: int, first: bool) -> str:
    if first:
        return ngettext("bei einer Stelle ist der Anlass nicht bekannt", "bei {n} Stellen ist der Anlass nicht bekannt", n)
    return ngettext("bei einer ist der Anlass nicht bekannt", "bei {n} ist der Anlass nicht bekannt", n)


def against(n: int, open_: bool = False) -> str:
    """
    >>> against(0), against(1), against(2)
    ('', 'An einer Stelle wird dieser Grund bestritten.', 'An zwei Stellen wird dieser Grund bestritten.')
    >>> against(2, True)
    'An zwei Stellen nach einer Regel verneint, ungelesen.'
    """
    if not n:
        return ""
    told = (
        ngettext("An einer Stelle nach einer Regel verneint, ungelesen.", "An {n} Stellen nach einer Regel verneint, ungelesen.", n) if open_
        else ngettext("An einer Stelle wird dieser Grund bestritten.", "An {n} Stellen wird dieser Grund bestritten.", n)
    )  # fmt: skip
    return told.format(n=number(n))


def warnings(row: Any, open_: bool, n_unread_self: int = 0) -> list[str]:
    """What a reader must know before using the figures of a reason. `n_unread_self`: people of whom proposals say that they report it of themselves."""
    found = []
    if row.attribution == "yes":
        unread = _(" Ungelesene Vorschläge, die von sich berichten, gibt es: {who}. Bitte zuerst lesen.").format(who=people(n_unread_self)) if n_unread_self else ""
        found.append(_attributed(row.n_cases_others, open_) + unread)
    if row.n_mentions >= 4 and row.n_cases > 1 and row.largest_case_share > 0.5:
        found.append(_("Mehr als die Hälfte der Stellen stammt von einer Person."))
    if row.n_leading and row.n_leading == row.n_mentions:
        found.append(_("Alle Stellen folgen auf eine Frage, deren Wortlaut eine Antwort nahelegt."))
    return found


def _attributed(n: int, open_: bool) -> str:
    if open_:
        told = _("Fremdzuschreibung, kein Grund: Träfen die Vorschläge zu, sagten es {who} von anderen, und niemand berichtete es von sich.")
        return told.format(who=people(n))
    told = _("Fremdzuschreibung, kein Grund: {who} sagen es von anderen, niemand berichtet es von sich.")  # at least two people, else it is none
    return told.format(who=capital(people(n)))


def to_do(n_attributed: int, n_open: int, n_either: int, n_leading: int, nobody_sees: bool) -> list[str]:
    """What could be done next; only what this material calls for."""
    found = []
    if n_open:
        found.append(_("Vorschläge lesen und entscheiden; erst dann sind es Befunde. Am meisten hilft das bei den Aussagen hinter dem Bild."))
    if n_attributed:
        found.append(_("Wo nur über andere gesprochen wird: diejenigen fragen, über die gesprochen wird, bevor daraus eine Maßnahme wird."))
    if n_leading:
        found.append(_("Antworten auf Fragen, deren Wortlaut eine Antwort nahelegt, neben das halten, was von sich aus gesagt wurde."))
    if n_either:
        found.append(_("Wo ein Satz Grund und Folge zugleich nennt, beim Codieren nur den Teil markieren, den die Kategorie meint; dann steht sie im Bild auf der richtigen Seite."))
    if nobody_sees:
        found.append(_("Im nächsten Gespräch auch fragen, wo das Zusammenleben kein Thema ist; bisher ist dazu nichts gelesen."))
    return found
