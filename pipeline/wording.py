"""Words for figures and marks: careful sentences in which a machine's count is a proposal, never a finding. Small numbers are words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from math import ceil, floor
from typing import Any

from pipeline.language import GERMAN, N_, _, current, ngettext

SEVERAL = "; "  # between values or names in one cell: a value may hold any other sign ("60+", "Nord, West")
NOT_QUOTABLE = N_("[Zitat nicht gezeigt: keine Einwilligung in Zitate]")  # stands for what a person without that consent says
NOT_SHOWN = N_("[Zitat auf Wunsch der Forschenden nicht gezeigt]")  # stands for what people decided never to quote
LARGE = 2  # from more people on a conversation is called a workshop
STANCES = {"affirmed": N_("bejaht"), "negated": N_("verneint"), "hypothetical": N_("gedacht oder gewünscht"), "reported": N_("berichtet"), "past": N_("von früher")}
ABOUT = {
    "self": N_("sich selbst"), "own group": N_("die eigene Gruppe"), "other group": N_("andere"), "institution": N_("eine Einrichtung"), "all": N_("alle"),
    "": N_("nicht erkannt"),
}  # fmt: skip
PROMPTS = {
    "asked": N_("auf Nachfrage"), "leading": N_("auf eine nahelegende Frage"), "spontaneous": N_("von sich aus"), "assent": N_("bloße Zustimmung"), "": "",
}  # fmt: skip
_WORDS = (
    N_("null"), N_("eine"), N_("zwei"), N_("drei"), N_("vier"), N_("fünf"), N_("sechs"), N_("sieben"), N_("acht"), N_("neun"), N_("zehn"), N_("elf"), N_("zwölf"),
)  # fmt: skip
MONTHS = (
    N_("Januar"), N_("Februar"), N_("März"), N_("April"), N_("Mai"), N_("Juni"), N_("Juli"), N_("August"), N_("September"), N_("Oktober"), N_("November"),
    N_("Dezember"),
)  # fmt: skip
THIN = "\u202f"


def number(n: int) -> str:
    """Words up to twelve, figures with a thin space above.

    >>> number(3), number(12345)
    ('drei', '12\\u202f345')
    """
    return _(_WORDS[n]) if 0 <= n < len(_WORDS) else thousands(n)


def thousands(n: int) -> str:
    """Figures with a thin space at every thousand, with a comma in English."""
    return f"{n:,}".replace(",", THIN) if current() == GERMAN else f"{n:,}"


def decimal(value: float, places: int = 2) -> str:
    """A number with its decimal sign.

    >>> decimal(0.5), decimal(-0.001)
    ('0,50', '0,00')
    """
    text = f"{round(value, places) + 0.0:.{places}f}"  # no minus before a zero
    return text.replace(".", ",") if current() == GERMAN else text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def quoted(text: str) -> str:
    """Words in the language's quotation marks.

    >>> quoted("Wohnen")
    '»Wohnen«'
    """
    return _("»{words}«").format(words=text)


def people(n: int) -> str:
    """
    >>> people(0), people(1), people(5)
    ('niemand', 'eine befragte Person', 'fünf Befragte')
    """
    return _("niemand") if n == 0 else _("eine befragte Person") if n == 1 else _("{n} Befragte").format(n=number(n))


def conversations(n: int) -> str:
    """
    >>> conversations(1), conversations(12)
    ('ein Gespräch', 'zwölf Gespräche')
    """
    return ngettext("ein Gespräch", "{n} Gespräche", n).format(n=number(n))


def places(n: int) -> str:
    """How many passages people coded or accepted.

    >>> places(12), places(1)
    ('12 Stellen, gelesen', 'eine Stelle, gelesen')
    """
    return _("eine Stelle, gelesen") if n == 1 else _("{n} Stellen, gelesen").format(n=n or number(n))


def proposals(n: int, n_cases: int) -> str:
    """What the machine proposes and nobody has read; empty where there is nothing.

    >>> proposals(12, 6), proposals(1, 1), proposals(0, 0)
    ('12 Vorschläge bei sechs Befragten, ungelesen', 'ein Vorschlag bei einer befragten Person, ungelesen', '')
    """
    if not n:
        return ""
    return ngettext("ein Vorschlag bei {who}, ungelesen", "{n} Vorschläge bei {who}, ungelesen", n).format(n=n, who=dative(n_cases))


def per_cent(share: float) -> str:
    """
    >>> per_cent(0.034), per_cent(0.002), per_cent(0.999)
    ('3\\u202f%', 'unter 1\\u202f%', 'über 99\\u202f%')
    """
    if 0 < share < 0.005:
        return _("unter {share}").format(share=_per_cent(1))
    return _("über {share}").format(share=_per_cent(99)) if 0.995 <= share < 1 else _per_cent(f"{share * 100:.0f}")


def _per_cent(value: object) -> str:
    return f"{value}{THIN}%" if current() == GERMAN else f"{value}%"


def interval(low: float, high: float) -> str:
    """Bounds in per cent, rounded outwards so that nothing seems surer than it is.

    >>> interval(0.034, 0.081), interval(0.0, 0.024), interval(0.97, 1.0)
    ('3 bis 9\\u202f%', 'höchstens 3\\u202f%', 'mindestens 97\\u202f%')
    """
    a, b = floor(round(low * 100, 6)), ceil(round(high * 100, 6))
    if a <= 0 and b >= 100:
        return _("{low} bis {high}").format(low=0, high=_per_cent(100))
    if a <= 0:
        return _("höchstens {share}").format(share=_per_cent(b))
    if b >= 100:
        return _("mindestens {share}").format(share=_per_cent(a))
    return _per_cent(a) if a == b else _("{low} bis {high}").format(low=a, high=_per_cent(b))


CHANCES = ((0.8, N_("sehr wahrscheinlich")), (0.5, N_("eher ja")), (0.25, N_("möglich")), (0.1, N_("eher nein")), (0.0, N_("unwahrscheinlich")))


def chance(value: float) -> str:
    """How sure the model is, in words and per cent; empty where it said nothing.

    >>> chance(0.34), chance(0.93), chance(float("nan"))
    ('möglich (34\\u202f%)', 'sehr wahrscheinlich (93\\u202f%)', '')
    """
    if value != value:
        return ""
    return f"{_(next(words for least, words in CHANCES if value >= least))} ({per_cent(value)})"


def spread(row: Any) -> str:
    """Over whom a category's passages are spread, beside those who were asked.

    >>> from types import SimpleNamespace as N
    >>> spread(N(n_mentions=7, n_cases=5, n_asked=8, n_cases_asked=4))
    'bei vier von acht Befragten, die danach gefragt wurden, und bei einer Person, die nicht danach gefragt wurde'
    >>> spread(N(n_mentions=2, n_cases=1, n_asked=0, n_cases_asked=0))
    'bei einer befragten Person; ausdrücklich gefragt wurde danach niemand'
    """
    if row.n_cases == 0:
        if not row.n_asked:
            return _("noch keine gelesene Stelle")
        told = ngettext("noch keine gelesene Stelle ({who} wurde danach gefragt)", "noch keine gelesene Stelle ({who} wurden danach gefragt)", row.n_asked)
        return told.format(who=people(row.n_asked))
    if row.n_asked == 0:
        return _("bei {who}; ausdrücklich gefragt wurde danach niemand").format(who=dative(row.n_cases))
    parts = []
    if row.n_cases_asked and row.n_asked == 1:
        parts.append(_("bei der einzigen befragten Person, die danach gefragt wurde"))
    elif row.n_cases_asked == 1:
        parts.append(_("bei einer von {of} Befragten, die danach gefragt wurden").format(of=number(row.n_asked)))
    elif row.n_cases_asked:
        parts.append(_("bei {n} von {of} Befragten, die danach gefragt wurden").format(n=number(row.n_cases_asked), of=number(row.n_asked)))
    more = row.n_cases - row.n_cases_asked
    if more:
        parts.append(ngettext("bei einer Person, die nicht danach gefragt wurde", "bei {n} Personen, die nicht danach gefragt wurden", more).format(n=number(more)))
    return _(", und ").join(parts)


def dative(n: int) -> str:
    """People after a preposition.

    >>> dative(1), dative(5)
    ('einer befragten Person', 'fünf Befragten')
    """
    return ngettext("einer befragten Person", "{n} Befragten", n).format(n=number(n))


def cautions(row: Any) -> list[str]:
    """What a reader must know before using a category's figures."""
    found = []
    if row.n_mentions >= 4 and row.n_cases > 1 and row.largest_case_share > 0.5:
        found.append(_("Mehr als die Hälfte der Stellen stammt von einer Person."))
    if row.n_leading:
        told = ngettext(
            "Eine Stelle folgt auf eine Frage, deren Wortlaut eine Antwort nahelegt.", "{n} Stellen folgen auf eine Frage, deren Wortlaut eine Antwort nahelegt.",
            row.n_leading,
        )  # fmt: skip
        found.append(capital(told.format(n=number(row.n_leading))))
    if row.n_about_others >= 2 and not row.n_about_self:
        found.append(_("Alle erkannten Stellen handeln von anderen; von sich selbst berichtet es niemand: eine Zuschreibung."))
    if row.n_about_others_proposed >= 2 and not row.n_about_self_proposed and not row.n_about_self:
        found.append(_("Alle Vorschläge, bei denen es erkannt ist, handeln von anderen; trifft das zu, wären sie eine Zuschreibung."))
    return found


def uncounted(n: int) -> str:
    """
    >>> uncounted(0), uncounted(1), uncounted(2)
    ('', 'Ein weiterer Treffer zählt nicht.', 'Zwei weitere Treffer zählen nicht.')
    """
    if n == 0:
        return ""
    return capital(ngettext("Ein weiterer Treffer zählt nicht.", "{n} weitere Treffer zählen nicht.", n).format(n=number(n)))


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
    name = _(MONTHS[int(month) - 1])
    return f"{int(of_month)}. {name} {year}" if current() == GERMAN else f"{int(of_month)} {name} {year}"


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
    kind = _("Workshop") if people > LARGE else _("Interview")
    return f"{kind} {doc.lstrip('I').lstrip('0') or doc}"
