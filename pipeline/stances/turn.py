"""A respondent's turn as the rules read it: words, clauses, and where phrases of the lists stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.stances.clauses import Clause, segment
from pipeline.stances.words import Kind, Word, kind, phrases

Span = tuple[int, int]


class Turn(NamedTuple):
    """What the rules need to know of a turn, found once.

    `number` is the clause of every word; `stretches` the numbers of all stretches of a clause, by its `whole`, and
    `words` the places of all its words; `children` the clauses (their `whole`) that depend on a clause directly;
    `having` the places of the words that stand in a list of cues, by its name; `found` the places [start, end) of
    phrases by the name of their list.
    """

    kinds: list[Kind]
    ends: list[int]
    clauses: list[Clause]
    number: list[int]
    stretches: dict[int, list[int]]
    words: dict[int, list[int]]
    children: dict[int, list[int]]
    having: dict[str, list[int]]
    found: dict[str, list[Span]]

    def places(self, number: int) -> list[int]:
        """The places of all words of the clause, in all its stretches."""
        return self.words[self.clauses[number].whole]

    def whole(self, place: int) -> int:
        return self.clauses[self.number[place]].whole

    def sentence(self, place: int) -> Span:
        """[start, end) of the sentence of a word."""
        which = self.clauses[self.number[place]].sentence
        return (self.ends[which - 1] if which else 0, self.ends[which])

    def cue(self, whole: int, name: str) -> int:
        """The place of the clause's first word that stands in the list, or -1."""
        return next((i for i in self.having.get(name, ()) if self.clauses[self.number[i]].whole == whole), -1)

    def holds(self, whole: int, words: frozenset[str]) -> bool:
        """Whether one of the words stands in the clause, on its own or leaning on another (`hab's`)."""
        return any(not words.isdisjoint(self.kinds[i].words) for i in self.places(whole))

    def opener(self, whole: int) -> str:
        """The word that opens the clause, of one that `und` joins to another the word that opens that."""
        clause = self.clauses[whole]
        while clause.opener < 0 and clause.joined >= 0 and clause.kind in ("subordinate", "relative"):
            clause = self.clauses[clause.joined]
        return self.kinds[clause.opener].low if clause.opener >= 0 else ""

    def below(self, whole: int) -> list[int]:
        """The clauses (their `whole`) that depend on a clause, directly."""
        return self.children.get(whole, [])


def turn_of(sentences: Sequence[Sequence[Word]]) -> Turn:
    kinds: list[Kind] = []
    ends: list[int] = []
    for sentence in sentences:
        kinds += [kind(word) for word in sentence]
        if sentence:
            ends.append(len(kinds))
    clauses, number = segment(kinds, ends)
    stretches: dict[int, list[int]] = {}
    words: dict[int, list[int]] = {}
    children: dict[int, list[int]] = {}
    for n, clause in enumerate(clauses):
        if clause.whole == n and clause.matrix >= 0:
            children.setdefault(clause.matrix, []).append(n)
        stretches.setdefault(clause.whole, []).append(n)
        words.setdefault(clause.whole, []).extend(range(clause.start, clause.end))
    having: dict[str, list[int]] = {}
    for i, word in enumerate(kinds):
        for name in word.cues:
            having.setdefault(name, []).append(i)
    return Turn(kinds, ends, clauses, number, stretches, words, children, having, _phrases(kinds))


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
