"""What stands in a mark, made out forgivingly: spaces, case, dashes, quotation marks and number words as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.claims.words import ANY, OF, QUOTED, value

CASES, MENTIONS, GROUPS = "cases", "mentions", "groups"
_UNITS = (
    (MENTIONS, re.compile(r"\b(?:nennung(?:en)?|(?:beleg)?stellen?|mentions?|passages?)\b", re.I)),
    (GROUPS, re.compile(r"\b(?:gruppen?|groups?)\b(?!\s*[=:])", re.I)),
    (CASES, re.compile(r"\b(?:befragte[rn]?|gefragte[rn]?|person(?:en)?|menschen|fälle?n?|respondents?|people|cases?)\b", re.I)),
)
_SIDES = (
    ("self", re.compile(r"^(?:über|von) sich(?: selbst)?$|^about themselves$", re.I)), ("others", re.compile(r"^(?:über|von) andere[n]?$|^about others$", re.I)),
    ("institution", re.compile(r"^(?:über|von) einrichtungen$|^about institutions$", re.I)),
)  # fmt: skip
_SPONTANEOUS = re.compile(r"^(?:von sich aus|spontan|unprompted)$", re.I)
_IDLE = re.compile(r"^(?:die )?(?:danach )?(?:gefragt(?: wurden)?|gelesen|geprüft|insgesamt|zusammen)$", re.I)
_TURN = re.compile(
    r"#?\b(?:(I\d{3,})|(?:Interview|Gespräch|Workshop)\s*0*(\d+))(?:\s*[,;·-]\s*|\s+|-)(?:Beitrag|Redebeitrag|Absatz|Zeile|Z\.|Abs\.|turn|line)?\s*(\d+)(?![\d:])", re.I
)
_MENTION = re.compile(r"\bm[0-9a-f]{6,}", re.I)


@dataclass(frozen=True)
class Figure:
    """`count` of `base` (None: not given) units of a category, among what fits the filters (name, value) as written."""

    code: str
    unit: str
    count: int | None
    base: int | None
    side: str = ""
    spontaneous: bool = False
    filters: tuple[tuple[str, str], ...] = ()
    odd: str = ""  # a part that was not understood


@dataclass(frozen=True)
class Place:
    """Where a quote stands: interview and turn, or a mention's id or its beginning; and the quote, if it was given."""

    doc: str
    turn: int
    mention: str
    quote: str


def figure(body: str) -> Figure:
    """The body of a mark `[Zahl: …]`.

    >>> figure("seg.wohnen; fünf von acht Befragten, gruppe = verein")
    Figure(code='seg.wohnen', unit='cases', count=5, base=8, side='', spontaneous=False, filters=(('gruppe', 'verein'),), odd='')
    """
    code, unit, count, base, side, spontaneous, odd = "", CASES, None, None, "", False, ""
    filters: list[tuple[str, str]] = []
    for part in (" ".join(part.split()) for part in re.split(r"[,;|]", body)):
        name, sign, wanted = part.partition("=")
        told = next((kind for kind, words in _UNITS if words.search(part)), "")
        about = next((found for found, words in _SIDES if words.match(part)), "")
        if not part or _IDLE.match(part):
            continue
        if sign:
            filters.append((name.strip(), wanted.strip(" \"'„“»«")))
        elif about:
            side = about
        elif _SPONTANEOUS.match(part):
            spontaneous = True
        elif count is None and (told or code) and (numbers := _numbers(part)):
            (count, base), unit = numbers, told or unit
        elif not code:
            code = part.strip("\"'„“»« ")
        else:
            odd = odd or part
    return Figure(code, unit, count, base, side, spontaneous, tuple(filters), odd)


def _numbers(part: str) -> tuple[int, int | None] | None:
    """(count, base) in a part: "5 von 8", "fünf / acht", "alle von 8", "12"; None without a number.

    >>> _numbers("Befragte 5 von 8"), _numbers("zwölf Nennungen"), _numbers("alle von acht"), _numbers("Raum")
    ((5, 8), (12, None), (8, 8), None)
    """
    if found := OF.search(part):
        base = value(found[2])
        return (base if found[1].casefold() == "alle" else value(found[1])) or 0, base
    single = [value(word[1]) for word in ANY.finditer(part)]
    return (single[0] or 0, None) if single else None


def place(body: str, before: str = "") -> Place:
    """The body of a mark `[Beleg: …]`; `before` is a quotation that stands right before the mark.

    >>> place('I003-14 „Wir haben keinen Raum“')
    Place(doc='I003', turn=14, mention='', quote='Wir haben keinen Raum')
    >>> place("Interview 3, Beitrag 14, 00:12:01", "„Kein Raum“").quote
    'Kein Raum'
    """
    quoted = QUOTED.search(body)
    rest = QUOTED.sub(" ", body).replace("–", "-").replace("—", "-").replace("\u2011", "-")
    at, mention = _TURN.search(rest), _MENTION.search(rest)
    doc = (at[1].upper() if at[1] else f"I{int(at[2]):03d}") if at else ""
    return Place(doc, int(at[3]) if at else 0, mention[0].casefold() if mention else "", _bare(quoted[0] if quoted else before))


def _bare(quote: str) -> str:
    return quote.strip().strip("„“”\"»«'").strip()


def resolved(wanted: str, known: Iterable[tuple[str, str, str]]) -> str:
    """The category that is meant, by id, name or former id; empty where there is none. `known`: (id, name, former ids).

    >>> resolved("Wohnen", [("SEG.wohnen", "Wohnen", "SEG.haus")]), resolved("seg.HAUS", [("SEG.wohnen", "Wohnen", "SEG.haus")])
    ('SEG.wohnen', 'SEG.wohnen')
    """
    plain = wanted.casefold()
    rows = list(known)
    for told in (lambda row: row[0].casefold() == plain, lambda row: row[1].casefold() == plain, lambda row: plain in re.split(r"[;,|+\s]+", row[2].casefold())):
        found = [row[0] for row in rows if told(row)]
        if len(found) == 1:
            return found[0]
    return ""
