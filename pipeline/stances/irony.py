"""Which word makes what is told at each place doubtful: irony, scorn, distance.

Scorn turns what is said into its contrary (`ja super, tolle Hilfe` tells of none), mere distance (`die sogenannte …`)
does not; `invert` does the former to the marks of negation.
"""

from __future__ import annotations

from pipeline.stances.phrases import noun_phrase
from pipeline.stances.quotations import set_apart, spans
from pipeline.stances.turn import Turn

_LEADING = frozenset("ja na oh ach sehr ganz echt richtig wirklich so jo eine ne ein tja ,".split())
_SHORT = 6  # words (signs counted) of a sentence that only comments on its neighbour
_ONLY = frozenset({"nur", "bloß", "halt", "bestimmt"})
_THEREFORE = frozenset({"deshalb", "deswegen", "darum", "drum", "daher"})
_SURE = frozenset({"natürlich", "selbstredend", "selbstverständlich", "zufällig", "klar", "nein", "bestimmt"})


def mark(turn: Turn) -> list[int]:
    """For every word of the turn the place of what makes it doubtful, or -1."""
    marks = [-1] * len(turn.kinds)
    for start, phrase_end in turn.found.get("irony", ()):
        if turn.kinds[start].low == "ja" and turn.kinds[phrase_end - 1].low in _GRANTED and _but(turn, phrase_end):
            continue
        first, end = turn.sentence(start)
        if turn.kinds[start].low == "von" and start > first + 1 and turn.kinds[start - 1].tag[0] != "$":
            first, end = start, turn.clauses[turn.number[start]].end  # `erzählt mir was von wegen Integration, aber …`
        if end - first < _SHORT and first:  # `Wer's glaubt.` tells of the sentence before or behind
            _cover(marks, turn.sentence(first - 1)[0], end, start)
        elif end - first < _SHORT and end < len(turn.kinds):
            _cover(marks, first, turn.sentence(end)[1], start)
        else:
            _cover(marks, first, end, start)
    for number, end in enumerate(turn.ends):
        start = turn.ends[number - 1] if number else 0
        place = _scornful(turn, start, end)
        if place >= 0:
            _cover(marks, start, end, place)
    _as_if(turn, marks)
    _distance(turn, marks)
    return marks


_GRANTED = frozenset({"klar", "sicher", "freilich"})


def _but(turn: Turn, start: int) -> bool:
    """`ja freilich wird geschimpft, aber …`: something granted, no scorn."""
    return any(turn.kinds[i].low == "aber" for i in range(start, turn.sentence(start)[1]))


def _as_if(turn: Turn, marks: list[int]) -> None:
    """`So ein Theater, als wenn wir klauen würden`: a comparison that only an exclamation stands before."""
    for number, clause in enumerate(turn.clauses[1:], 1):
        before, opener = turn.clauses[number - 1], clause.opener
        if opener <= clause.start or before.finite >= 0 or before.sentence != clause.sentence:
            continue
        if turn.kinds[opener - 1].low == "als" and turn.kinds[opener].low in ("ob", "wenn"):
            _cover(marks, clause.start, clause.end, opener)


def _distance(turn: Turn, marks: list[int]) -> None:
    """`die sogenannte Integration`, `die ach so offene Stadt`, a word in quotation marks: what is named so only."""
    kinds = turn.kinds
    for i, kind in enumerate(kinds):
        so = kind.tag == "ADJA" and i > 1 and kinds[i - 1].low == "so" and kinds[i - 2].low == "ach"
        if so or "so-called" in kind.cues:
            end = max(noun_phrase(kinds, i, turn.sentence(i)[1]), default=i if so else i + 1) + 1
            _cover(marks, i if so else i + 1, min(end, len(kinds)), i - 2 if so else i)
    for start, end in spans(turn):
        if set_apart(turn, start, end):
            _cover(marks, start + 1, end, start)


def _cover(marks: list[int], start: int, end: int, place: int) -> None:
    for i in range(start, end):
        marks[i] = place


def _scornful(turn: Turn, start: int, end: int) -> int:
    """The place of a scornful beginning: `Super Hilfe, echt …`, `Als ob die uns fragen.`, `Nein, natürlich nicht, … nur
    …`; or -1.
    """
    kinds = turn.kinds
    first = turn.clauses[turn.number[start]]
    i = start
    while i < end and kinds[i].low in _LEADING:
        i += 1
    if i + 1 < end and "scorned" in kinds[i].cues and first.finite < 0 and kinds[i + 1].tag in ("NN", "NE", "ADJA"):
        return i
    if i + 3 < end and "scorned" in kinds[i].cues and kinds[i + 2].lemma == "sein" and kinds[i + 3].low == "das":
        return i  # `Schöne Solidarität ist das`
    if i > start + 1 and i < end and kinds[i - 1].low == "sehr" and kinds[start].low == "ja" and first.finite < 0:
        return i - 1  # `Ja ja, sehr schnell`
    if kinds[start].low == "als" and start + 1 < end and kinds[start + 1].low in ("ob", "wenn"):
        return start
    return _denied_in_scorn(turn, start, end)


def _denied_in_scorn(turn: Turn, start: int, end: int) -> int:
    """`Vorurteile haben wir natürlich nicht, man fragt mich nur jede Woche, …`: a denial that the next clause gives the
    lie.
    """
    kinds = turn.kinds
    denied = next((i for i in range(start, end) if "negator" in kinds[i].cues), -1)
    if denied < 0 or turn.number[denied] + 1 >= len(turn.clauses):
        return -1
    after = turn.clauses[turn.number[denied] + 1]
    if kinds[after.start].low in _THEREFORE and any(kinds[i].low == "ja" for i in range(after.start, after.end)):
        return after.start  # `hier streitet keiner, deshalb haben wir ja auch zwei Schlichter`
    sure = next((i for i in range(start, end) if kinds[i].low in _SURE), -1)
    if sure < 0:
        return -1
    if after.kind != "main" or after.end > end or kinds[after.start].low in ("aber", "und", "sondern", "doch"):
        return -1
    return sure if any(kinds[i].low in _ONLY for i in range(after.finite + 1, after.end)) else -1


def invert(turn: Turn, doubt: list[int], reported: list[int], negated: list[int]) -> None:
    """Turns negation over where scorn governs words that are the speaker's own and not denied by the scorn itself."""
    for i, place in enumerate(doubt):
        if place < 0 or reported[i] >= 0 or "so-called" in turn.kinds[place].cues:
            continue
        if negated[i] < 0:
            negated[i] = place
        elif negated[i] != place and not _quoted(turn, place):
            negated[i] = -1


def _quoted(turn: Turn, place: int) -> bool:
    """A single word in quotation marks does not turn a denial over: `die „Experten“ waren nie hier`."""
    return turn.kinds[place].tag[0] == "$" or turn.kinds[place].low in ("„", "»", "‚", '"')
