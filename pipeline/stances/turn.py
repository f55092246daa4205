"""A respondent's turn as the rules read it: words, clauses, and where phrases of the lists stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.stances.clauses import Clause, segment
from pipeline.stances.words import Kind, Word, kind, phrases

Span = tuple[int, int]


class Turn(NamedTuple):
    """`number`: the clause of every word; `found`: places [start, end) of phrases by the name of their list."""

    kinds: list[Kind]
    ends: list[int]
    clauses: list[Clause]
    number: list[int]
    stretches: dict[int, list[int]]  # the numbers of all stretches of a clause by its `whole`
    found: dict[str, list[Span]]

    def places(self, number: int) -> list[int]:
        """The places of all words of the clause, in all its stretches."""
        stretches = self.stretches[self.clauses[number].whole]
        return [i for n in stretches for i in range(self.clauses[n].start, self.clauses[n].end)]

    def whole(self, place: int) -> int:
        return self.clauses[self.number[place]].whole

    def sentence(self, place: int) -> Span:
        """[start, end) of the sentence of a word."""
        which = self.clauses[self.number[place]].sentence
        return (self.ends[which - 1] if which else 0, self.ends[which])

    def below(self, whole: int) -> list[int]:
        """The clauses (their `whole`) that depend on a clause, directly."""
        return [n for n in self.stretches if self.clauses[n].matrix == whole]


def turn_of(sentences: Sequence[Sequence[Word]]) -> Turn:
    kinds: list[Kind] = []
    ends: list[int] = []
    for sentence in sentences:
        kinds += [kind(word) for word in sentence]
        ends.append(len(kinds))
    clauses, number = segment(kinds, ends)
    stretches: dict[int, list[int]] = {}
    for n, clause in enumerate(clauses):
        stretches.setdefault(clause.whole, []).append(n)
    return Turn(kinds, ends, clauses, number, stretches, _phrases(kinds))


def _phrases(kinds: list[Kind]) -> dict[str, list[Span]]:
    """Phrases stand in the row of all normal words (`wär's` is two of them)."""
    flat = [word for kind in kinds for word in kind.words]
    where = [i for i, kind in enumerate(kinds) for _ in kind.words]
    known = phrases()
    found: dict[str, list[Span]] = {}
    for i, word in enumerate(flat):
        for words, name in known.get(word, ()):
            if tuple(flat[i : i + len(words)]) == words:
                found.setdefault(name, []).append((where[i], where[i + len(words) - 1] + 1))
    return found
