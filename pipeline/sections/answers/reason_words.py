"""German words of the chapter on reasons."""

from __future__ import annotations

from typing import Any

from pipeline.wording import capital, number, people

HOLDERS = {
    "self": "von sich oder der eigenen Gruppe", "others": "von anderen", "institution": "von einer Einrichtung", "unclear": "über wen, ist nicht erkannt",
}  # fmt: skip
TYPES = {"preference": "Vorliebe", "restriction": "keine andere Wahl", "reaction": "Antwort auf Ablehnung", "": ""}
TYPES_LONG = {
    "preference": "Vorliebe: man ist gern dort, es ist vertraut oder einfacher",
    "restriction": "Keine andere Wahl: man muss, man bekommt oder kann nichts anderes",
    "reaction": "Antwort auf Ablehnung: man geht nicht mehr hin, man zieht sich zurück",
}
STANDS = {"denied": "bestritten", "hypothetical": "gedacht, nicht behauptet", "reported": "gibt die Erklärung anderer wieder"}
FIRSTS = {
    "interviewer": "zuerst von der Interviewerin oder dem Interviewer gebraucht", "respondent": "von der befragten Person selbst ins Gespräch gebracht",
    "leading": "nach einer Frage, die eine Antwort nahelegt", "unclear": "wer das Wort zuerst gebrauchte, ist am Wortlaut nicht zu erkennen",
}  # fmt: skip


def stand(stance: str) -> str:
    """
    >>> stand("affirmed"), stand("denied+reported")
    ('', 'bestritten, gibt die Erklärung anderer wieder')
    """
    return ", ".join(STANDS[part] for part in stance.split("+") if part in STANDS)


def sources(row: Any) -> list[str]:
    """Who says it of whom, in people, each kind for itself.

    >>> from types import SimpleNamespace as N
    >>> sources(N(n_cases_self=1, n_cases_others=3, n_cases_institution=0, n_cases_unclear=2))
    ['von sich oder der eigenen Gruppe: eine befragte Person', 'von anderen: drei Befragte', 'über alle, oder über wen, ist nicht erkannt: zwei Befragte']
    """
    found = [
        (HOLDERS["self"], row.n_cases_self), (HOLDERS["others"], row.n_cases_others), (HOLDERS["institution"], row.n_cases_institution),
        (f"über alle, oder {HOLDERS['unclear']}", row.n_cases_unclear),
    ]  # fmt: skip
    return [f"{words}: {people(n)}" for words, n in found if n]


def occasions(row: Any) -> str:
    """How all the passages came about.

    >>> from types import SimpleNamespace as N
    >>> occasions(N(n_mentions=4, n_spontaneous=3, n_prompted=0, n_leading=1))
    'drei Stellen von sich aus, eine auf eine nahelegende Frage'
    >>> occasions(N(n_mentions=6, n_spontaneous=1, n_prompted=3, n_leading=0)), occasions(N(n_mentions=1, n_spontaneous=0, n_prompted=0, n_leading=0))
    ('eine Stelle von sich aus, drei auf Nachfrage, bei zwei ist der Anlass nicht bekannt', 'bei einer Stelle ist der Anlass nicht bekannt')
    """
    known = [("von sich aus", row.n_spontaneous), ("auf Nachfrage", row.n_prompted), ("auf eine nahelegende Frage", row.n_leading)]
    found = [f"{number(n)} {words}" for words, n in known if n]
    first = next((n for _, n in known if n), 0)
    if found:
        found[0] = found[0].replace(" ", " Stelle " if first == 1 else " Stellen ", 1)
    rest = row.n_mentions - sum(n for _, n in known)
    if rest > 0:
        noun = "" if found else " Stelle" if rest == 1 else " Stellen"
        found.append(f"bei {'einer' if rest == 1 else number(rest)}{noun} ist der Anlass nicht bekannt")
    return ", ".join(found)


def against(n: int, open_: bool = False) -> str:
    """
    >>> against(0), against(1), against(2)
    ('', 'An einer Stelle wird dieser Grund bestritten.', 'An zwei Stellen wird dieser Grund bestritten.')
    >>> against(2, True)
    'An zwei Stellen nach einer Regel verneint, ungelesen.'
    """
    where = f"An {'einer Stelle' if n == 1 else f'{number(n)} Stellen'}"
    return "" if not n else f"{where} nach einer Regel verneint, ungelesen." if open_ else f"{where} wird dieser Grund bestritten."


def warnings(row: Any, open_: bool, n_unread_self: int = 0) -> list[str]:
    """What a reader must know before using the figures of a reason. `n_unread_self`: people of whom proposals say that they report it of themselves."""
    found = []
    if row.attribution == "yes":
        found.append(
            "Fremdzuschreibung, kein Grund: "
            + (f"Träfen die Vorschläge zu, sagten es {people(row.n_cases_others)} von anderen, und niemand berichtete" if open_ else f"{capital(people(row.n_cases_others))} sagen es von anderen, niemand berichtet")
            + " es von sich."
            + (f" Ungelesene Vorschläge, die von sich berichten, gibt es: {people(n_unread_self)}. Bitte zuerst lesen." if n_unread_self else "")
        )
    if row.n_mentions >= 4 and row.n_cases > 1 and row.largest_case_share > 0.5:
        found.append("Mehr als die Hälfte der Stellen stammt von einer Person.")
    if row.n_leading and row.n_leading == row.n_mentions:
        found.append("Alle Stellen folgen auf eine Frage, deren Wortlaut eine Antwort nahelegt.")
    return found


def to_do(n_attributed: int, n_open: int, n_either: int, n_leading: int, nobody_sees: bool) -> list[str]:
    """What could be done next; only what this material calls for."""
    found = []
    if n_open:
        found.append("Vorschläge lesen und entscheiden; erst dann sind es Befunde. Am meisten hilft das bei den Aussagen hinter dem Bild.")
    if n_attributed:
        found.append("Wo nur über andere gesprochen wird: diejenigen fragen, über die gesprochen wird, bevor daraus eine Maßnahme wird.")
    if n_leading:
        found.append("Antworten auf Fragen, deren Wortlaut eine Antwort nahelegt, neben das halten, was von sich aus gesagt wurde.")
    if n_either:
        found.append("Wo ein Satz Grund und Folge zugleich nennt, beim Codieren nur den Teil markieren, den die Kategorie meint; dann steht sie im Bild auf der richtigen Seite.")
    if nobody_sees:
        found.append("Im nächsten Gespräch auch fragen, wo das Zusammenleben kein Thema ist; bisher ist dazu nichts gelesen.")
    return found
