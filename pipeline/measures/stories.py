"""Stories of change: what was before and what is now, told in one turn, with the direction only where the words say so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.measures.lens import REVIEWED, identity

if TYPE_CHECKING:
    import pandas as pd

BETTER, WORSE, UNCLEAR = "better", "worse", "unclear"
# Theme of a story -> the families whose passages it may stand in, in the order in which they count.
THEMES = {"welcome": ("welcome", "unwelcome"), "together": ("together", "conflict"), "potentials": ("potentials", "bridges"), "reasons": ("reasons",)}
_GOOD, _BAD = frozenset({"welcome", "together", "potentials", "bridges"}), frozenset({"unwelcome", "conflict", "reasons"})

_COMING = r"(?:kam\w*|gekommen|angekommen|herkam\w*|ankam\w*|einzog\w*|eingezogen|hierherkam\w*|anfing\w*|angefangen)"
# `eine Stunde früher`, `wie früher`, `früher nach Hause` compare times of day and tell of no earlier state.
_NOT_EARLIER = "".join(
    f"(?<!{word} )" for word in "wie viel noch etwas stunde stunden minuten tage wochen jahre nicht eher gern gerne wieder".split()
)
_BEFORE = re.compile(
    r"\b(?:" + _NOT_EARLIER + r"(?:früher|fröher|füher)\b(?! nach hause| als\b| oder später| los\b)"
    r"|damals|domols|anfangs|seinerzeit|ehemals|ursprünglich"
    r"|(?:ganz )?(?:am anfang|zu beginn)\b(?! der\b| des\b| von\b| einer\b| eines\b)"
    r"|in den ersten (?:jahren|monaten|wochen|tagen)|die ersten (?:jahre|monate|wochen|tage)"
    r"|als (?:ich|wir|er|sie|die|der|mein \w+|meine \w+)\b[^,.;!?]{0,60}?\b" + _COMING + r"|vor (?:\w+ )?\w+ jahren)\b"
)
_AFTER = re.compile(
    r"\b(?:(?<!bis )(?<!noch )heute?\b(?! noch)(?! (?:morgen|mittag|nachmittag|abend|nacht|früh|vormittag)\b)"
    r"|heutzutage|(?:jetzt?|etzt?a?|itzt)\b(?! mal?\b)(?! gerade\b)|inzwischen|mittlerweile|seither|ab da"
    r"|von da an|(?:nicht?|net|nie) mehr|nimmer|kein\w{0,2} (?:\w+ )?mehr|niemand mehr|nur noch|gibts? (?:es )?nicht mehr)\b"
)
# Behind it a verb: as a conjunction (`seitdem wir …`) it tells since when.
_SINCE = re.compile(r"\bseitdem\b(?! (?:ich|wir|er|sie|es|man|das|die|der|du|ihr|dass|mein\w*|unser\w*)\b)")
_STRONG = re.compile(r"\b(?:heute?|heutzutage|jetzt?|etzt?a?|itzt|inzwischen|mittlerweile|seither)\b")
_BREAK = re.compile(r"[,;:–—]\s*(?:und |aber |doch |nur )?|\s(?:und|aber|doch) ")
_SETTLED = r"(?:gelegt|beruhigt|eingespielt|eingerenkt)"
_BETTER = re.compile(
    r"\b(?:(?:besser|schöner|leichter|freundlicher|ruhiger|entspannter|offener|friedlicher|lockerer|wärmer|einfacher)"
    r"(?= geworden| ist| wird| läuft| geht| klappt|[.,;!?]|$)|verbessert|gebessert|bergauf|aufwärts"
    r"|(?:hat|haben|hatte) sich (?:\w+ ){0,3}" + _SETTLED + r"|sich (?:\w+ ){0,3}" + _SETTLED + r" hat)\b"
)
_WORSE = re.compile(
    r"\b(?:(?:schlechter|schlimmer|kälter|rauer|einsamer|schwieriger|schwerer)(?= geworden| ist| wird| läuft| geht|[.,;!?]|$)"
    r"|verschlechtert|verschlimmert|bergab|abwärts|vor die hunde gegangen|den bach runter\w*)\b"
)
_GONE = re.compile(
    r"\b(?:gibt'?s|gibt es|gab'?s|gab es|haben wir|hat man)\b(?: \w+){0,3} (?:nicht|nie|kein\w{0,2})(?: \w+)? mehr\b"
    r"|\b(?:das|die|den|der) gibt(?: es|'?s)? nicht mehr\b"
)
_DENIED = re.compile(
    r"\b(?:nicht|nie|kein\w{0,2}|kaum|weder|könnte\w*|müsste\w*|sollte\w*|würde\w*|wäre\w*|hätte\w*|wenn|damit|hoffentlich)\b"
)
_SHORTEST = 3  # words that each side has at least
_AHEAD = 3  # sentences behind the one that tells of before


class Pair(NamedTuple):
    """Offsets in the turn, and the words by which the pair was recognised."""

    before: tuple[int, int]
    after: tuple[int, int]
    sign: str


def rows(mentions: pd.DataFrame, segments: pd.DataFrame, turns: pd.DataFrame, families: Mapping[str, set[str]]) -> list[dict[str, Any]]:
    """Rows of `findings_stories`: pairs in turns of respondents, where one of the two stands in a passage of the themes."""
    family_of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for theme, names in THEMES.items():
        for name in names:
            for code in families.get(name, ()):
                family_of[code].append((theme, name))
    coded: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for m in mentions[mentions["code"].isin(set(family_of))].itertuples():
        coded[m.doc, m.turn].append(m)
    sentences: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for doc, turn, start, end in zip(*(segments[c] for c in ("doc", "turn", "start", "end")), strict=True):
        sentences[doc, turn].append((start, end))
    found = []
    for row in turns.itertuples():
        here = coded.get((row.doc, row.turn), [])
        if not here or not row.case:
            continue
        for pair in pairs(row.text, sorted(sentences[row.doc, row.turn])):
            told = [m for m in here if _touch(m, pair.before) or _touch(m, pair.after)]
            if told:
                found.append(_row(row, pair, told, family_of))
    return found


def _touch(mention: Any, span: tuple[int, int]) -> bool:
    """Whether the passage holds some of the span or stands right beside it, with no more than a blank between."""
    return bool(mention.start <= span[1] + 1 and span[0] <= mention.end + 1)


def _row(turn: Any, pair: Pair, told: list[Any], family_of: Mapping[str, list[tuple[str, str]]]) -> dict[str, Any]:
    """What people read decides over what is proposed, then the order of the themes."""
    order = list(THEMES)
    basis = REVIEWED if any(m.basis == REVIEWED for m in told) else told[0].basis
    own = [m for m in told if m.basis == basis]
    theme = min((theme for m in own for theme, _ in family_of[m.code]), key=order.index)
    before = {name for m in own if _touch(m, pair.before) for _, name in family_of[m.code]}
    start, end = min(pair.before[0], pair.after[0]), max(pair.before[1], pair.after[1])
    return {
        "story": identity(turn.doc, turn.turn, *pair.before, *pair.after), "theme": theme, "doc": turn.doc, "turn": turn.turn, "start": start, "end": end,
        "case": turn.case, "basis": basis, "before_start": pair.before[0], "before_end": pair.before[1], "after_start": pair.after[0],
        "after_end": pair.after[1], "sign": pair.sign, "direction": direction(turn.text[slice(*pair.before)], turn.text[slice(*pair.after)], before),
    }  # fmt: skip


def pairs(text: str, sentences: Sequence[tuple[int, int]]) -> list[Pair]:
    """Pairs of before and now in one turn, in order; no sentence is used twice.

    >>> text = "Früher war hier alles offen. Jetzt steht da ein Zaun."
    >>> [(text[slice(*p.before)], text[slice(*p.after)], p.sign) for p in pairs(text, [(0, 28), (29, 53)])]
    [('Früher war hier alles offen.', 'Jetzt steht da ein Zaun.', 'früher … jetzt')]
    """
    low = _plain(text)
    used: set[int] = set()
    found = []
    for n, (start, end) in enumerate(sentences):
        if n in used:
            continue
        hit = _BEFORE.search(low, start, end)
        got = _from_before(low, sentences, n, hit, used) if hit else _since(low, sentences, n, used)
        if got is not None and all(len(text[slice(*span)].split()) >= _SHORTEST for span in (got[0].before, got[0].after)):
            found.append(Pair(_trimmed(text, got[0].before), _trimmed(text, got[0].after), got[0].sign))
            used |= got[1]
    return found


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    words = text[slice(*span)]
    return span[0] + len(words) - len(words.lstrip()), span[1] - len(words) + len(words.rstrip())


def _plain(text: str) -> str:
    """Lower case, sign for sign, so that offsets stay right."""
    low = text.lower()
    if len(low) != len(text):  # »İ« becomes two signs
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("\n", " ")


def _from_before(low: str, sentences: Sequence[tuple[int, int]], n: int, hit: re.Match[str], used: set[int]) -> tuple[Pair, set[int]] | None:
    start, end = sentences[n]
    same = _AFTER.search(low, hit.end(), end)
    if same is not None:
        cut = _cut(low, hit.end(), same.start())
        return (Pair((start, cut[0]), (cut[1], end), _sign(hit, same)), {n}) if cut else None
    ahead = _STRONG.search(low, start, hit.start())
    if ahead is not None and (cut := _cut(low, ahead.end(), hit.start())) and _AFTER.search(low, start, hit.start()):
        return Pair((cut[1], end), (start, cut[0]), _sign(hit, ahead)), {n}
    for m in range(n + 1, min(n + 1 + _AHEAD, len(sentences))):
        if m in used or _BEFORE.search(low, *sentences[m]):
            break
        now = _AFTER.search(low, *sentences[m])
        if now is not None:
            return Pair((start, sentences[min(m - 1, n + 1)][1]), sentences[m], _sign(hit, now)), set(range(n, m + 1))
    last = n - 1
    if last >= 0 and last not in used and (now := _STRONG.match(low, sentences[last][0])) and _AFTER.match(low, sentences[last][0]):
        return Pair((start, end), sentences[last], _sign(hit, now)), {last, n}
    return None


def _since(low: str, sentences: Sequence[tuple[int, int]], n: int, used: set[int]) -> tuple[Pair, set[int]] | None:
    """`…, und seitdem schneidet er unsere Hecke`: before is what the sentence tells until then, or the sentence before it."""
    start, end = sentences[n]
    hit = _SINCE.search(low, start, end)
    if hit is None:
        return None
    cut = _cut(low, start, hit.start() + 1)
    if cut and len(low[start : cut[0]].split()) > _SHORTEST:
        return Pair((start, cut[0]), (cut[1], end), "seitdem"), {n}
    if hit.start() - start < 4 and n and n - 1 not in used:
        return Pair(sentences[n - 1], (start, end), "seitdem"), {n - 1, n}
    return None


def _cut(low: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the clause that holds `end` begins: (end of what is before, start of what is after)."""
    breaks = list(_BREAK.finditer(low, start, end))
    last = breaks[-1] if breaks else None
    if last is None:
        return None
    begin = last.start() + len(last.group()) - len(last.group().lstrip(" ,;:–—"))
    return last.start(), begin


def _sign(before: re.Match[str], after: re.Match[str]) -> str:
    return f"{' '.join(before.group().split())} … {' '.join(after.group().split())}"


def direction(before: str, after: str, families: set[str]) -> str:
    """Better or worse where the words say so. What is no longer there is better where it was bad: `families` are those of the passage on before.

    >>> direction("Am Anfang hat keiner gegrüßt.", "Inzwischen hat sich das gelegt.", set())
    'better'
    >>> direction("Früher war es besser.", "Jetzt ist jeder für sich.", set()), direction("Früher gab es Streit.", "Das gibt es nicht mehr.", {"conflict"})
    ('worse', 'better')
    >>> direction("Damals war es schwer.", "Heute ist es auch nicht besser.", set())
    'unclear'
    """
    then, now = _plain(before), _plain(after)
    signs = {BETTER if _said(_BETTER, now) or _said(_WORSE, then) else "", WORSE if _said(_WORSE, now) or _said(_BETTER, then) else ""}
    if _GONE.search(now):
        good, bad = bool(families & _GOOD), bool(families & _BAD)
        signs.add(BETTER if bad and not good else WORSE if good and not bad else "")
    signs -= {""}
    return signs.pop() if len(signs) == 1 else UNCLEAR


def _said(pattern: re.Pattern[str], text: str) -> bool:
    """Whether it is said and neither denied nor only wished for, in its part of the sentence."""
    return any(pattern.search(part) and not _DENIED.search(part.replace("nicht mehr", "")) for part in re.split(r"[.,;!?]", text))
