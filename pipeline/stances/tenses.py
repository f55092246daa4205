"""Which clauses stand in a past tense."""

from __future__ import annotations

from pipeline.stances.turn import Turn

# Preterites that tell of a state by themselves.
STATES = frozenset(
    (
        "war waren warst hatte hatten gab stand standen lebte lebten wohnte wohnten durfte durften musste mussten konnte "
        "konnten hieß galt galten kannte kannten galtst"
    ).split()
)
_PRESENTS = frozenset("bin ist sind wird kann muss darf will soll mag weiß tu sei seid hab habe hat".split())
_PRETERITES = frozenset("wollt konnt musst durft wurde wurden wurd kam kamen ging gingen".split())
_ENDINGS = frozenset({"te", "ten", "test", "tet", "ete", "eten", "etest"})
_AUXILIARIES = frozenset({"haben", "sein"})
_NO_PERFECT = frozenset("war waren hatte hatten wäre hätte wären hätten".split())


def told_past(turn: Turn, whole: int) -> bool:
    """A clause in a past tense, or with no finite verb at all."""
    finite = turn.clauses[whole].finite
    if finite < 0:
        return True
    kind = turn.kinds[finite]
    if kind.lemma in _AUXILIARIES and kind.low not in _NO_PERFECT:
        return any(
            turn.kinds[i].verbal == "p" or (turn.kinds[i].tag == "VVFIN" and i > finite) for i in turn.places(whole)
        )
    if "subjunctive" in kind.cues:
        return any(turn.kinds[i].verbal == "p" for i in turn.places(whole)) and kind.lemma in _AUXILIARIES
    return kind.verbal in ("f", "i") and preterite(kind.low, kind.lemma)


def preterite(low: str, lemma: str) -> bool:
    """Whether the form is a preterite of the verb: `wohnte`, `traf`, `wollt` (with `ich`).

    >>> preterite("half", "helfen"), preterite("hilft", "helfen"), preterite("wohnten", "wohnen")
    (True, False, True)
    """
    if low in STATES or low in _PRETERITES:
        return True
    stem = lemma.removesuffix("n").removesuffix("e")
    for particle in range(0, min(8, len(stem) - 1)):  # `kam`, of `ankommen`
        rest = stem[particle:]
        if low.startswith(rest):
            return low[len(rest) :] in _ENDINGS
    return not low.endswith("t") and low[:1] in lemma and low not in _PRESENTS
