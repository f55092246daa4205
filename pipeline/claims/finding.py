"""Whether quote and place of a core statement exist and belong together, and whether the words may be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from types import SimpleNamespace
from typing import Any

from pipeline.addresses import to_quote, to_turn
from pipeline.claims.material import Material, Token
from pipeline.claims.notation import Place
from pipeline.language import _
from pipeline.tables import CODED_ROLES
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN

RIGHT, MOVED, DIFFERS, GONE, FORBIDDEN, ASKED, UNREAD, UNCLEAR = "right", "moved", "differs", "gone", "forbidden", "interviewer", "unread", "unclear"
LONG = 4  # words from which on a quote is looked for outside the interview that is named
ALIKE = 0.72  # share of words in common from which on a passage counts as the quote in other words
NEAR = 3  # turns before and after in which a quote may be in other words
_GAP = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*")


def examined(data: Material, given: Place, codes: Iterable[str] = ()) -> SimpleNamespace:
    """`verdict`, `reason`, `found` (the words as they stand, or why not), `doc`, `turn`, `start`, `end`, `mention` and `address`.

    `codes`: categories the statement speaks of; a passage that bears one of them is linked as its quote.
    """
    wanted = list(codes)
    if given.mention:
        named = [m for key, m in data.by_id.items() if key.startswith(given.mention)]
        if len(named) == 1:
            return _of_mention(data, named[0], given)
        if not given.quote:
            what = _("Eine Belegstelle »{mention}« gibt es nicht.") if not named else _("Mit »{mention}« beginnen mehrere Belegstellen.")
            hint = _("Bitte neu aus dem Bericht kopieren, am besten mit dem Wortlaut.")
            return _none(GONE, f"{what.format(mention=given.mention)} {hint}")
    if not given.doc and not given.quote:
        return _none(UNCLEAR, _("Ort und Wortlaut fehlen. So wird es geschrieben: [Beleg: I003-14 \"Wir haben keinen Raum\"]"))
    if given.quote:
        return _of_quote(data, given, wanted)
    turn = data.turns.get((given.doc, given.turn))
    if turn is None:
        return _none(GONE, _no_place(data, given))
    hint = _("Bitte den Wortlaut dazuschreiben: Nur an ihm wird die Stelle wiedergefunden, wenn sich der Text verschiebt.")
    return _at(data, turn, 0, 0, RIGHT, hint, wanted)


def _of_mention(data: Material, m: Any, given: Place) -> SimpleNamespace:
    turn = data.turns[m.doc, m.turn]
    if given.quote and not _in(turn, given.quote) and not _in_words(turn.text[m.start : m.end], given.quote):
        return _of_quote(data, Place(m.doc, m.turn, "", given.quote), [m.code])
    verdict = RIGHT if m.basis == "reviewed" else UNREAD
    hint = "" if verdict == RIGHT else _("Diese Stelle hat noch niemand gelesen: ein Vorschlag der Maschine ist kein Beleg.")
    return _at(data, turn, m.start, m.end, verdict, hint, [m.code], m.mention)


def _of_quote(data: Material, given: Place, codes: list[str]) -> SimpleNamespace:
    turn = data.turns.get((given.doc, given.turn))
    if turn is not None and (span := _in(turn, given.quote)):
        return _at(data, turn, *span, RIGHT, "", codes)
    for other in _elsewhere(data, given):
        if span := _in(other, given.quote):
            where = _place(data, other)
            hint = _("Der Wortlaut steht heute hier: {place} ({short}).") if given.doc else _("Der Wortlaut steht hier: {place}. Bitte den Ort dazuschreiben: {short}.")
            return _at(data, other, *span, MOVED if given.doc else RIGHT, hint.format(place=where, short=f"{other.doc}-{other.turn}"), codes)
    best = max(_similar(data, given), default=None, key=lambda found: found[0])
    if best is not None:
        hint = _("Der Wortlaut weicht ab: {place}. Bitte vergleichen und angleichen.").format(place=_place(data, best[1]))
        return _at(data, best[1], best[2], best[3], DIFFERS, hint, codes)
    if given.doc and turn is None:
        return _none(GONE, _no_place(data, given))
    return _none(GONE, _("Diesen Wortlaut gibt es im Material nicht (mehr). Bitte im Bericht nachsehen oder streichen."))


def _no_place(data: Material, given: Place) -> str:
    if given.doc not in data.by_doc:
        return _("Ein Gespräch {doc} gibt es nicht (mehr).").format(doc=given.doc)
    return _("{doc} hat keinen Beitrag {turn}.").format(doc=data.interview(given.doc), turn=given.turn)


def _place(data: Material, turn: Any) -> str:
    return _("{interview}, Beitrag {turn}").format(interview=data.interview(turn.doc), turn=turn.turn)


def _none(verdict: str, reason: str) -> SimpleNamespace:
    return SimpleNamespace(verdict=verdict, reason=reason, found="", doc="", turn=0, start=0, end=0, mention="", address="", place="")


def _at(data: Material, turn: Any, start: int, end: int, verdict: str, reason: str, codes: list[str], mention: str = "") -> SimpleNamespace:
    """What was found; words that may not be quoted are in it nowhere."""
    here = [m for m in data.at.get((turn.doc, turn.turn), []) if m.start < end and start < m.end]
    best = next((m.mention for code in codes for m in here if m.code == code), min((m.mention for m in here), default=""))
    mention = mention or best
    words = str(turn.text[start:end])
    if not data.may_quote(turn.doc, turn.turn):
        if turn.role in CODED_ROLES:
            verdict, words, reason = FORBIDDEN, NOT_QUOTABLE, _("Diese Person hat in Zitate nicht eingewilligt. Bitte den Wortlaut streichen; der Bericht zeigt ihn nicht.")
    elif data.banned(turn.doc, turn.turn, start, max(end, start + 1)):
        verdict, words, reason = FORBIDDEN, NOT_SHOWN, _("Diese Stelle soll nicht als Zitat gezeigt werden (quotes.csv). Bitte den Wortlaut streichen.")
    if turn.role not in CODED_ROLES:
        verdict, reason = ASKED, _("Das sagt hier niemand der Befragten, sondern wer das Gespräch führt.")
    return SimpleNamespace(
        verdict=verdict, reason=reason, found=words, doc=turn.doc, turn=turn.turn, start=start, end=end, mention=mention,
        address=to_quote(mention) if mention else to_turn(turn.doc, turn.turn), place=_place(data, turn),
    )  # fmt: skip


def tokens(text: str) -> list[Token]:
    """Words with their offsets."""
    return [(found[0].casefold(), found.start(), found.end()) for found in re.finditer(r"\w+", text)]


def _in_words(text: str, quote: str) -> bool:
    return _spaced(quote) in _spaced(text)


def _spaced(text: str) -> str:
    return f" {' '.join(word for word, *_rest in tokens(text))} "


def _in(turn: Any, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in a turn, word for word; what the quote leaves out (…) may be anything."""
    own = tokens(turn.text)
    words = [word for word, *_rest in own]
    first, at = -1, 0
    for piece in _GAP.split(quote):
        wanted = [word for word, *_rest in tokens(piece)]
        if not wanted:
            continue
        found = next((n for n in range(at, len(words) - len(wanted) + 1) if words[n : n + len(wanted)] == wanted), None)
        if found is None:
            return None
        first, at = (found if first < 0 else first), found + len(wanted)
    if first < 0:
        return None
    ends = re.compile(r"[.!?…]*").match(turn.text, own[at - 1][2])
    return own[first][1], ends.end() if ends else own[at - 1][2]


def _elsewhere(data: Material, given: Place) -> Iterator[Any]:
    """Turns that hold the first piece of a quote: the nearest ones of its interview first, then those of others."""
    piece = next((p for p in _GAP.split(given.quote) if tokens(p)), "")
    wanted = _spaced(piece)
    here = sorted(data.by_doc.get(given.doc, []), key=lambda t: (abs(t.turn - given.turn), t.turn))
    yield from (t for t in here if wanted in data.words[t.doc, t.turn])
    if len(wanted.split()) >= LONG:
        yield from (data.turns[key] for key in sorted(data.words) if key[0] != given.doc and wanted in data.words[key])


def _similar(data: Material, given: Place) -> Iterator[tuple[float, Any, int, int]]:
    """(likeness, turn, start, end) of passages near the place that say nearly the same."""
    wanted = [word for word, *_rest in tokens(_GAP.sub(" ", given.quote))]
    for turn in data.by_doc.get(given.doc, []):
        if abs(turn.turn - given.turn) > NEAR or len(wanted) < 3:
            continue
        own = tokens(turn.text)
        words = [word for word, *_rest in own]
        for at in range(max(1, len(words) - len(wanted) + 1)):
            window = words[at : at + len(wanted)]
            if len(set(window) & set(wanted)) * 2 < len(set(wanted)):
                continue
            ratio = SequenceMatcher(None, wanted, window, autojunk=False).ratio()
            if ratio >= ALIKE:
                yield ratio, turn, own[at][1], own[at + len(window) - 1][2]
