"""Words of negation that negate nothing where they stand: `nicht nur`, `kein Wunder`, tag questions, invitations."""

from __future__ import annotations

from pipeline.stances.turn import Turn


def harmless(turn: Turn) -> set[int]:
    """Places of negating words that negate nothing here: in fixed phrases, tag questions, suggestions."""
    kinds = turn.kinds
    places = {i for name in ("harmless", "irony") for start, end in turn.found.get(name, ()) for i in range(start, end)}
    places |= {
        i + 1 for i in places if i + 1 < len(kinds) and kinds[i].tag == "NN" and kinds[i + 1].low == "nicht"
    }  # `kein Witz nich`
    for i, kind in enumerate(kinds):
        if "negator" not in kind.cues or i in places:
            continue
        start, end = turn.sentence(i)
        behind = kinds[i + 1] if i + 1 < end else None
        tag = kind.tag == "ITJ" or (behind is not None and behind.low == "?" and i > start and kinds[i - 1].low == ",")
        limited = kind.low == "nicht" and behind is not None and "limits" in behind.cues and not _so_that(turn, i, end)
        if tag or limited or _no_denial(turn, i, start, end):
            places.add(i)
    return places


def _so_that(turn: Turn, i: int, end: int) -> bool:
    """`nicht so, dass wir streiten`: no limit, but a denial of what follows."""
    return i + 2 < end and turn.kinds[i + 1].low == "so" and turn.kinds[i + 2].low == ","


def _no_denial(turn: Turn, i: int, start: int, end: int) -> bool:
    """`Könnte man nicht mal …?`, `überlegen, ob wir nicht …`, `mehr will ich nicht`, `null` that is a figure, `Kaum war
    er da, …`.
    """
    kinds = turn.kinds
    clause = turn.clauses[turn.number[i]]
    first = kinds[clause.start]
    if kinds[i].low == "nicht":
        asks = kinds[end - 1].low == "?" or (clause.finite >= 0 and "subjunctive" in kinds[clause.finite].cues)
        if asks and clause.finite == clause.start and clause.kind == "main" and _invites(turn, i, end):
            return True
        if asks and kinds[end - 1].low == "?" and first.low in ("warum", "wieso", "weshalb"):
            return True
        whether = clause.opener >= 0 and kinds[clause.opener].low == "ob" and i + 1 < end
        if whether and kinds[i + 1].tag in ("ART", "ADV", "PIAT"):
            return True
        mehr = next((k for k in kinds[start:i] if k.low == "mehr"), None)
        return (
            mehr is not None
            and kinds[i - 1].low != "mehr"
            and clause.finite >= 0
            and any(
                kinds[j].low == "mehr" and kinds[j + 1].tag not in ("NN", "ADJA")
                for j in range(clause.start, clause.finite)
            )
        )
    if kinds[i].low == "nie" and i + 1 < end and kinds[i + 1].low == "so":
        return any(kinds[j].low in ("wie", "wia") for j in range(i + 2, end))  # `nie so viel Hilfe wie nach dem Brand`
    if kinds[i].low == "null":
        return _figure(turn, i, start, end)
    return (
        kinds[i].low == "kaum"
        and i == clause.start
        and clause.finite == i + 1
        and turn.number[i] + 1 < len(turn.clauses)
    )


def _figure(turn: Turn, i: int, start: int, end: int) -> bool:
    """`zwei zu null`, `gleich null`, `null Komma fünf`; but `null Hilfe`, `hat null gebracht`."""
    before = turn.kinds[i - 1] if i > start else None
    if before is not None and (before.tag in _BEFORE_FIGURES or before.low in ("gleich", "zu")):
        return True
    return i + 1 < end and (turn.kinds[i + 1].tag == "CARD" or turn.kinds[i + 1].low == "komma")


_BEFORE_FIGURES = frozenset({"CARD", "APPR", "PTKZU", "APPRART", "PTKA"})


def _invites(turn: Turn, i: int, end: int) -> bool:
    """A question that asks for the thing (`nicht mal ein Fest`, `nicht auch`), against one that doubts it."""
    kinds = turn.kinds
    mood = "subjunctive" in kinds[turn.clauses[turn.number[i]].finite].cues
    return mood and any(
        kinds[j].low in ("mal", "doch", "auch", "ein", "eine", "einen", "einfach")
        for j in range(i + 1, min(i + 4, end))
    )
