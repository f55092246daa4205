"""Clauses of a turn by tags, forms and punctuation; there is no parser.

`segment(kinds, ends)` gives the clauses in order and, for every word of the turn, the number of its clause (rising).
A clause is a stretch of neighbouring words; one that goes on behind an inserted clause (`Die Leute, die hier wohnen,
| helfen nicht`) is two stretches with the same `whole`, the number of the first. `kind` is one of

* main: the finite verb stands first or second (`weil die haben keine Zeit` too), or would,
* subordinate: opened by a conjunction or a question word, the verb at its end,
* relative: opened by a relative pronoun or `wo`, what it tells about stands before `opener`,
* infinitive: `zu helfen`, `um … zu helfen`, `ohne … zu fragen`,
* fragment: no verb at all (an answer, an exclamation, `aber einen Park`).

`matrix` is the clause on which it depends (-1: none), `joined` the one to which `und`, `oder`, `aber` or a mere comma
joins it as an equal (-1: none); a joined subordinate clause has the matrix of the first. `opener` and `finite` are
places of words in the turn or -1. The subject of a clause is told by `subjects.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.stances.asides import ASIDES, awaits, begun, takes_that
from pipeline.stances.pieces import Piece, pieces, shares_verb
from pipeline.stances.words import Kind


class Clause(NamedTuple):
    """One stretch of words [start, end) of a turn; see the module for the fields."""

    start: int
    end: int
    kind: str
    opener: int
    finite: int
    matrix: int
    joined: int
    whole: int
    sentence: int


def segment(kinds: Sequence[Kind], ends: Sequence[int]) -> tuple[list[Clause], list[int]]:
    """Clauses of a turn, whose sentences end before the places `ends`, and the clause number of every word."""
    clauses: list[Clause] = []
    start = 0
    for number, end in enumerate(ends):
        if end > start:
            _sentence(kinds, pieces(kinds, start, end), clauses, number)
        start = end
    numbers: list[int] = []
    for number, clause in enumerate(clauses):
        numbers += [number] * (clause.end - clause.start)
    return clauses, numbers


def _sentence(kinds: Sequence[Kind], parts: list[Piece], clauses: list[Clause], sentence: int) -> None:
    first = len(clauses)
    for part in parts:
        if len(clauses) == first:
            clauses.append(_new(part, len(clauses), sentence))
        elif _goes_on(kinds, part, clauses[-1]):
            last = clauses[-1]
            kind = part.kind if last.kind == "fragment" else last.kind
            clauses[-1] = last._replace(end=part.end, finite=part.finite if last.finite < 0 else last.finite, kind=kind)
        else:
            clauses.append(_placed(kinds, part, clauses, first, sentence))
    for number in range(
        first, len(clauses) - 1
    ):  # before a verb that stands first the clause is the beginning of the next one
        clause, after = clauses[number], clauses[number + 1]
        if (
            (clause.kind == "subordinate" or (clause.kind == "relative" and kinds[clause.opener].low in ("was", "wat")))
            and after.kind == "main"
            and after.start == after.finite
            and after.whole == number + 1
        ):
            clauses[number] = clause._replace(matrix=number + 1)
    for number in range(first, len(clauses)):  # a clause that opens the sentence depends on the main clause behind it
        clause = clauses[number]
        if clause.kind not in ("main", "fragment") and clause.matrix < 0:
            behind = next((n for n in range(number + 1, len(clauses)) if clauses[n].kind == "main"), -1)
            clauses[number] = clause._replace(matrix=behind)


def _new(part: Piece, number: int, sentence: int, matrix: int = -1, joined: int = -1, kind: str = "") -> Clause:
    return Clause(part.start, part.end, kind or part.kind, part.opener, part.finite, matrix, joined, number, sentence)


def _goes_on(kinds: Sequence[Kind], part: Piece, last: Clause) -> bool:
    """Whether a piece belongs to the clause before it: an item of a list, an apposition, what was set before the clause."""
    if part.kind not in ("main", "fragment") or part.opener >= 0 or part.before in ("stop", "contrast"):
        return False
    if part.finite < 0:
        if (
            part.end - part.start > 3
            and kinds[part.start].tag in ("ART", "PPER", "PPOSAT", "ADV")
            and _said(kinds, last)
        ):
            return False  # a main clause whose verb is not recognised: `sagt, de Leit arbatn viel`
        if part.before == "and" and kinds[part.start - 1].low == "," and last.kind not in ("main", "fragment"):
            return False  # a comma before `und` closes the subordinate clause
        if kinds[part.start].low == "nicht" and last.finite >= 0 and not part.closing:
            return False  # `…, nicht das Café`
        if "answer" in kinds[part.start].cues and part.before == "comma":
            return False
        return not (last.kind == "fragment" and "answer" in kinds[last.start].cues) and not part.closing
    if last.opener >= 0 and kinds[last.opener].low == "ob":
        return False  # `ob Pole oder Türke, war wurscht`
    if last.finite >= 0 or last.kind == "infinitive":
        return False
    if part.before == "and" and kinds[part.start - 1].low == ",":
        return False
    if part.before == "and":  # `sondern den Verein und die treffen sich` against `Türken und Araber wohnen`
        plural = kinds[part.start + 1].low == "ich" and kinds[part.finite].low.endswith(
            "n"
        )  # `mein Mann und ich machen`
        return plural or kinds[part.start + 1].tag not in ("PPER", "PDS") or part.finite > part.start + 3
    if last.kind != "fragment":
        return True
    if kinds[last.start].low in _ADDING and not _names(kinds, last):
        return False  # `…, sondern zum Bauen, das habe ich vor`
    # `Hilfe, die kommt da nicht` against `Kein Problem, die helfen`
    resumes = kinds[part.start].low in _RESUMING
    return resumes and not any(
        "negator" in kinds[i].cues or "answer" in kinds[i].cues for i in range(last.start, last.end)
    )


def _said(kinds: Sequence[Kind], last: Clause) -> bool:
    return last.finite >= 0 and bool(kinds[last.finite].cues & {"speech", "thought"}) and kinds[last.end - 1].low == ","


def _names(kinds: Sequence[Kind], last: Clause) -> bool:
    """`aber eine Lehrstelle, die hat ihm keiner angeboten`: a noun phrase in front, which the clause takes up."""
    if kinds[last.start].low not in ("aber", "und") or last.end - last.start < 3:
        return False
    return kinds[last.start + 1].tag in ("ART", "PPOSAT", "PIAT", "NN", "PDAT") and kinds[last.end - 2].tag in (
        "NN",
        "NE",
    )


_ADDING = frozenset("und oder sondern aber nicht bis".split())
_RESUMING = frozenset("mehr sowas sonst der die das den dem denen da dann dort so dat".split())


def _placed(kinds: Sequence[Kind], part: Piece, clauses: list[Clause], first: int, sentence: int) -> Clause:
    """A new clause with what it depends on, or a further stretch of a clause that was interrupted."""
    number, last = len(clauses), clauses[-1]
    if part.kind in ("subordinate", "relative", "infinitive"):
        return _depending(kinds, part, clauses, sentence)
    if last.kind in ("subordinate", "relative") and shares_verb(kinds, part):
        shared = _new(part, number, sentence, last.matrix, number - 1, last.kind)
        return shared._replace(finite=_verb(kinds, part))
    aside = last.kind == "main" and kinds[last.start].low in ASIDES and last.joined >= first
    if (aside or last.kind in ("subordinate", "relative", "infinitive")) and part.before != "stop":
        open_one = _interrupted(kinds, part, clauses, first)
        if open_one >= 0:
            clause = clauses[open_one]
            finite = clause.finite if clause.finite >= 0 else _verb(kinds, part)
            if clause.finite < 0:
                _set_finite(clauses, open_one, finite, part.kind)
            return clauses[open_one]._replace(start=part.start, end=part.end, finite=finite)
        if part.before == "and" and part.final:  # `dass die Kinder spielen und die Eltern reden`
            return _new(part, number, sentence, last.matrix, number - 1, last.kind)
    if part.before == "stop":
        return _new(part, number, sentence)
    joined = number - 1
    while joined > first and clauses[joined].kind not in ("main", "fragment"):
        joined -= 1
    equal = clauses[joined].kind in ("main", "fragment")
    return _new(part, number, sentence, joined=clauses[joined].whole if equal else -1)


def _depending(kinds: Sequence[Kind], part: Piece, clauses: list[Clause], sentence: int) -> Clause:
    number, last = len(clauses), clauses[-1]
    again = kinds[part.opener].low == kinds[last.opener].low if part.opener >= 0 and last.opener >= 0 else False
    if part.before == "and" and last.kind == part.kind and (again or last.kind == "infinitive"):
        return _new(part, number, sentence, last.matrix, number - 1)
    if part.before == "and" and last.kind != "main":
        # `…, dass sie kommen, und wenn sie da sind`: back to the clause on which the one before depends
        return _new(part, number, sentence, last.matrix)
    if last.kind == "subordinate" and part.kind == "subordinate" and again:
        return _new(part, number, sentence, last.matrix, number - 1)
    if part.before == "comma" and part.kind == "subordinate" and kinds[part.opener].low in ("dass", "das", "dat"):
        return _new(part, number, sentence, _taking(kinds, clauses, sentence))
    before = part.before == "stop" and part.kind != "relative"
    return _new(part, number, sentence, -1 if before else last.whole)


def _taking(kinds: Sequence[Kind], clauses: list[Clause], sentence: int) -> int:
    """The clause that a dass-clause completes: over an aside (`er hat gesagt, und da hab ich gelacht, dass …`) too."""
    number = clauses[-1].whole
    while True:
        clause = clauses[number]
        aside = clause.kind == "main" and kinds[clause.start].low == "und"
        if takes_that(kinds, clause, aside):
            return number
        above = clause.joined if aside else clause.matrix
        if above < 0 or above >= number or clauses[above].sentence != sentence:
            return clauses[-1].whole
        number = clauses[above].whole


def _interrupted(kinds: Sequence[Kind], part: Piece, clauses: list[Clause], first: int) -> int:
    """The clause that the piece takes up again, or -1."""
    number = clauses[-1].matrix if clauses[-1].kind != "main" else len(clauses) - 1
    if (
        clauses[-1].kind == "main"
        and part.finite != part.start
        and not awaits(kinds, part, clauses[clauses[-1].joined])
    ):
        return -1
    while number >= first:
        clause = clauses[number]
        before = clause.joined if clause.kind == "main" and kinds[clause.start].low in ASIDES else -1
        if before >= first and (awaits(kinds, part, clauses[before]) or begun(kinds, part, clauses[before])):
            return before
        if part.finite >= 0 and clause.finite < 0 and clause.kind != "infinitive" and part.before != "and":
            return -1 if any(kinds[i].tag in ("PTKANT", "ITJ") for i in range(clause.start, clause.end)) else number
        if part.finite < 0 and part.closing and (clause.finite >= 0 or clause.kind in ("subordinate", "relative")):
            return number
        if part.finite < 0 and part.before == "and" and kinds[min(part.start + 1, part.end - 1)].low != "nicht":
            return number
        number = clause.matrix
    return -1


def _verb(kinds: Sequence[Kind], part: Piece) -> int:
    """The finite verb of a piece, or the plural at its end that looks like another form: `dass wir, …, einen Raum
    bekommen`.
    """
    return (
        part.finite
        if part.finite >= 0
        else max((i for i in range(part.start, part.end) if kinds[i].verbal), default=-1)
    )


def _set_finite(clauses: list[Clause], whole: int, finite: int, kind: str) -> None:
    for number in range(whole, len(clauses)):
        clause = clauses[number]
        if clause.whole == whole:
            kind_now = kind if clause.kind == "fragment" else clause.kind
            clauses[number] = clause._replace(finite=finite, kind=kind_now)
