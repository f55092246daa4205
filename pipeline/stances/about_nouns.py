"""Single words that are about another than their clause: nouns that belong to somebody, and what stands behind a parenthesis."""

from __future__ import annotations

from pipeline.stances.about_mentions import Mention
from pipeline.stances.about_reading import Reading
from pipeline.stances.about_words import ALL, NOBODY, OTHER, OWN, SELF, is_inner, words
from pipeline.stances.clauses import Clause


def refine(reading: Reading, told: list[int], open_ones: set[int]) -> None:
    """Changes the values of single words in place; `open_ones` are the clauses (`whole`) in which nobody has a part."""
    for whole, named in reading.named.items():
        lacking = _lacking(reading, whole)
        for m in named:
            if whole in open_ones and not lacking and _are_meant(reading, m):
                told[m.place] = m.who
            elif m.sort == "thing" and m.prep not in words("time prepositions"):
                owner = _owner(reading, whole, m, named)
                told[m.place] = owner if owner != NOBODY else told[m.place]
    for clause in reading.clauses:
        _behind_parenthesis(reading, clause, told)


def _are_meant(reading: Reading, m: Mention) -> bool:
    """`hier gibt es viele Türken`: nobody does anything, yet the word itself means somebody."""
    return m.sort == "person" and m.number == "p" and not reading.kinds[m.place - 1].low.startswith("kein")


def _lacking(reading: Reading, whole: int) -> bool:
    """`Was hier fehlt, sind Hebammen`: nobody is there whom the word could mean."""
    clause = reading.clauses[whole]
    near = [n for n, other in enumerate(reading.clauses) if n == whole or clause.matrix == n or other.matrix == whole]
    return any(reading.tells(reading.clauses[n].whole, "lacking") for n in near)


def _owner(reading: Reading, whole: int, m: Mention, named: list[Mention]) -> int:
    """Whose the noun is where another is the subject: `die Stadt hat unsere Räume gekündigt`, `die Kinder der Nachbarn`."""
    if m.owner != NOBODY and m.owner != ALL:
        if m.owner == SELF and reading.kinds[m.place].lemma in words("views"):
            return NOBODY
        return m.owner if m.owner != OTHER else _third(reading, m, named)
    if not is_inner(reading.kinds[m.place].lemma) or m.prep:
        return NOBODY
    seen = reading.tells(whole, "perceiving") and any(
        o.sort in ("speaker", "man") and o.who != OWN and (o.case == "n" or o.place > m.place) for o in named
    )
    return _last_before(reading, m.place) if seen else NOBODY


def _third(reading: Reading, m: Mention, named: list[Mention]) -> int:
    """Whom `ihr`, `sein` before the noun mean, where the speaker or a thing is the subject; else what the clause says."""
    subject = next((o for o in named if o.sort == "speaker" and o.case == "n"), None)
    if subject is None and not (reading.named[reading.clauses[reading.number[m.place]].whole][0] is m):
        return NOBODY
    return _last_before(reading, m.place)


def _last_before(reading: Reading, place: int) -> int:
    near = (known for known in reversed(reading.known) if known.place < place)
    return next((known.who for known in near if known.sort in ("person", "body", "name") and known.who >= 0), OTHER)


def _behind_parenthesis(reading: Reading, clause: Clause, told: list[int]) -> None:
    """`die sind, wie sagt man, | sehr zurückhaltend`: what follows belongs to the clause before the parenthesis."""
    if clause.joined < 0 or clause.finite < 0 or clause.finite > clause.start + 1 or clause.kind != "main":
        return
    kinds = reading.kinds
    if kinds[clause.finite].lemma not in words("opinion") or (
        clause.finite > clause.start and kinds[clause.start].low not in ("wie", "so")
    ):
        return
    comma = next((i for i in range(clause.start, min(clause.start + 5, clause.end)) if kinds[i].low == ","), clause.end)
    for i in range(comma + 1, clause.end):
        told[i] = told[clause.start - 1]
