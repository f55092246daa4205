"""German words for figures and marks: careful sentences in which a machine's count is a proposal, never a finding. Small numbers are words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from math import ceil, floor
from typing import Any

SEVERAL = "; "  # between values or names in one cell: a value may hold any other sign ("60+", "Nord, West")
NOT_QUOTABLE = "[Zitat nicht gezeigt: keine Einwilligung in Zitate]"  # stands for what a person without that consent says
NOT_SHOWN = "[Zitat auf Wunsch der Forschenden nicht gezeigt]"  # stands for what people decided never to quote
LARGE = 2  # from more people on a conversation is called a workshop
STANCES = {"affirmed": "bejaht", "negated": "verneint", "hypothetical": "gedacht oder gewünscht", "reported": "berichtet", "past": "von früher"}
ABOUT = {
    "self": "sich selbst", "own group": "die eigene Gruppe", "other group": "andere", "institution": "eine Einrichtung", "all": "alle",
    "": "nicht erkannt",
}  # fmt: skip
PROMPTS = {
    "asked": "auf Nachfrage", "leading": "auf eine nahelegende Frage", "spontaneous": "von sich aus", "assent": "bloße Zustimmung", "": "",
}  # fmt: skip
_WORDS = ("null", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def number(n: int) -> str:
    """Words up to twelve, figures with a thin space above.

    >>> number(3), number(12345)
    ('drei', '12\\u202f345')
    """
    return _WORDS[n] if 0 <= n < len(_WORDS) else thousands(n)


def thousands(n: int) -> str:
    """Figures with a thin space at every thousand."""
    return f"{n:,}".replace(",", "\u202f")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def people(n: int) -> str:
    """
    >>> people(0), people(1), people(5)
    ('niemand', 'eine befragte Person', 'fünf Befragte')
    """
    return "niemand" if n == 0 else "eine befragte Person" if n == 1 else f"{number(n)} Befragte"


def places(n: int) -> str:
    """How many passages people coded or accepted.

    >>> places(12), places(1)
    ('12 Stellen, gelesen', 'eine Stelle, gelesen')
    """
    return f"{'eine Stelle' if n == 1 else f'{number(n)} Stellen' if n == 0 else f'{n} Stellen'}, gelesen"


def proposals(n: int, n_cases: int) -> str:
    """What the machine proposes and nobody has read; empty where there is nothing.

    >>> proposals(12, 6), proposals(1, 1), proposals(0, 0)
    ('12 Vorschläge bei sechs Befragten, ungelesen', 'ein Vorschlag bei einer befragten Person, ungelesen', '')
    """
    if not n:
        return ""
    return f"{'ein Vorschlag' if n == 1 else f'{n} Vorschläge'} bei {dative(n_cases)}, ungelesen"


def per_cent(share: float) -> str:
    """
    >>> per_cent(0.034), per_cent(0.002), per_cent(0.999)
    ('3\\u202f%', 'unter 1\\u202f%', 'über 99\\u202f%')
    """
    if 0 < share < 0.005:
        return "unter 1\u202f%"
    return "über 99\u202f%" if 0.995 <= share < 1 else f"{share * 100:.0f}\u202f%"


def interval(low: float, high: float) -> str:
    """Bounds in per cent, rounded outwards so that nothing seems surer than it is.

    >>> interval(0.034, 0.081), interval(0.0, 0.024), interval(0.97, 1.0)
    ('3 bis 9\\u202f%', 'höchstens 3\\u202f%', 'mindestens 97\\u202f%')
    """
    a, b = floor(round(low * 100, 6)), ceil(round(high * 100, 6))
    if a <= 0 and b >= 100:
        return "0 bis 100\u202f%"
    if a <= 0:
        return f"höchstens {b}\u202f%"
    return f"mindestens {a}\u202f%" if b >= 100 else f"{a}\u202f%" if a == b else f"{a} bis {b}\u202f%"


CHANCES = ((0.8, "sehr wahrscheinlich"), (0.5, "eher ja"), (0.25, "möglich"), (0.1, "eher nein"), (0.0, "unwahrscheinlich"))


def chance(value: float) -> str:
    """How sure the model is, in words and per cent; empty where it said nothing.

    >>> chance(0.34), chance(0.93), chance(float("nan"))
    ('möglich (34\\u202f%)', 'sehr wahrscheinlich (93\\u202f%)', '')
    """
    if value != value:
        return ""
    return f"{next(words for least, words in CHANCES if value >= least)} ({per_cent(value)})"


def spread(row: Any) -> str:
    """Over whom a category's passages are spread, beside those who were asked.

    >>> from types import SimpleNamespace as N
    >>> spread(N(n_mentions=7, n_cases=5, n_asked=8, n_cases_asked=4))
    'bei vier von acht Befragten, die danach gefragt wurden, und bei einer Person, die nicht danach gefragt wurde'
    >>> spread(N(n_mentions=2, n_cases=1, n_asked=0, n_cases_asked=0))
    'bei einer befragten Person; ausdrücklich gefragt wurde danach niemand'
    """
    if row.n_cases == 0:
        asked = (
            f" ({people(row.n_asked)} {'wurde' if row.n_asked == 1 else 'wurden'} danach gefragt)"
            if row.n_asked
            else ""
        )
        return f"noch keine gelesene Stelle{asked}"
    if row.n_asked == 0:
        return f"bei {dative(row.n_cases)}; ausdrücklich gefragt wurde danach niemand"
    parts = []
    if row.n_cases_asked:
        if row.n_asked == 1:
            parts.append("bei der einzigen befragten Person, die danach gefragt wurde")
        else:
            who = "einer" if row.n_cases_asked == 1 else number(row.n_cases_asked)
            parts.append(f"bei {who} von {number(row.n_asked)} Befragten, die danach gefragt wurden")
    more = row.n_cases - row.n_cases_asked
    if more:
        verb = "wurde" if more == 1 else "wurden"
        parts.append(
            f"bei {'einer Person' if more == 1 else f'{number(more)} Personen'}, die nicht danach gefragt {verb}"
        )
    return ", und ".join(parts) if len(parts) > 1 else parts[0]


def dative(n: int) -> str:
    """People after a preposition.

    >>> dative(1), dative(5)
    ('einer befragten Person', 'fünf Befragten')
    """
    return "einer befragten Person" if n == 1 else f"{number(n)} Befragten"


def cautions(row: Any) -> list[str]:
    """What a reader must know before using a category's figures."""
    found = []
    if row.n_mentions >= 4 and row.n_cases > 1 and row.largest_case_share > 0.5:
        found.append("Mehr als die Hälfte der Stellen stammt von einer Person.")
    if row.n_leading:
        stellen = "Eine Stelle folgt" if row.n_leading == 1 else f"{capital(number(row.n_leading))} Stellen folgen"
        found.append(f"{stellen} auf eine Frage, deren Wortlaut eine Antwort nahelegt.")
    if row.n_about_others >= 2 and not row.n_about_self:
        found.append("Alle erkannten Stellen handeln von anderen; von sich selbst berichtet es niemand: eine Zuschreibung.")
    if row.n_about_others_proposed >= 2 and not row.n_about_self_proposed and not row.n_about_self:
        found.append("Alle Vorschläge, bei denen es erkannt ist, handeln von anderen; trifft das zu, wären sie eine Zuschreibung.")
    return found


def uncounted(n: int) -> str:
    """
    >>> uncounted(0), uncounted(1), uncounted(2)
    ('', 'Ein weiterer Treffer zählt nicht.', 'Zwei weitere Treffer zählen nicht.')
    """
    if n == 0:
        return ""
    return "Ein weiterer Treffer zählt nicht." if n == 1 else f"{capital(number(n))} weitere Treffer zählen nicht."


def clock(seconds: float) -> str:
    """Seconds as h:mm:ss; empty for an unknown time.

    >>> clock(845.0), clock(float("nan"))
    ('00:14:05', '')
    """
    if seconds != seconds:
        return ""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def second(moments: list[tuple[int, float]], start: int, default: float) -> float:
    """The second at which a place in a turn is spoken. `moments`: (offset, seconds) of its turn, sorted by offset.

    >>> second([(0, 10.0), (40, 14.5)], 52, 9.0), second([], 5, 9.0)
    (14.5, 9.0)
    """
    number = bisect_left(moments, start + 1, key=lambda moment: moment[0])
    return moments[number - 1][1] if number else default


def is_day(text: str) -> bool:
    """Whether this is a day of the calendar, written year-month-day.

    >>> is_day("2026-02-28"), is_day("2026-02-31"), is_day("20260228"), is_day("bald")
    (True, False, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def day(iso: str) -> str:
    """A day in words; what is no day of the calendar stays as it is.

    >>> day("2026-04-03"), day("Frühjahr"), day("2026-02-31")
    ('3. April 2026', 'Frühjahr', '2026-02-31')
    """
    if not is_day(iso):
        return iso
    year, month, of_month = iso.split("-")
    return f"{int(of_month)}. {MONTHS[int(month) - 1]} {year}"


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words that made the hit.

    >>> marked("Er hilft den Nachbarn.", ["hilft"])
    [('Er ', False), ('hilft', True), (' den Nachbarn.', False)]
    """
    spans: list[tuple[int, int]] = []
    for word in sorted({word for word in words if word}, key=lambda w: (-len(w), w)):
        at = text.replace("\n", " ").find(word)
        if at >= 0 and all(at + len(word) <= a or at >= b for a, b in spans):
            spans.append((at, at + len(word)))
    pieces, last = [], 0
    for start, end in sorted(spans):
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    pieces.append((text[last:], False))
    return [piece for piece in pieces if piece[0]]


def matched_words(matched: str) -> list[str]:
    """The single words of a column `matched`.

    >>> matched_words("kein | Raum")
    ['kein', 'Raum']
    """
    return [word.strip() for word in matched.split(" | ") if word.strip()]


def interview(doc: str, people: int = 1) -> str:
    """What a conversation is called, by its id and how many respondents speak in it.

    >>> interview("I003"), interview("I012", 3), interview("x")
    ('Interview 3', 'Workshop 12', 'Interview x')
    """
    return f"{'Workshop' if people > LARGE else 'Interview'} {doc.lstrip('I').lstrip('0') or doc}"
