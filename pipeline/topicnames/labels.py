"""Three words a topic: its heaviest, nouns first, and none that leads another topic as well where that can be avoided."""

from __future__ import annotations

from collections.abc import Collection, Sequence

WORDS = 3
NO_WORDS = "ohne eigene Wörter"  # what a split leaves of a topic nobody named may have none
POOL = 10  # among so many of a topic's heaviest words


def three_words(topics: Sequence[Sequence[tuple[str, float]]], nouns: Collection[str]) -> list[list[str]]:
    """The words of every topic, given its (word, weight) pairs, heaviest first.

    A word that several topics would lead with stays with the one in which it ranks first (at a tie weighs most); the others
    take their next, as long as they have three.

    >>> three_words([[("Kaffee", 3.0), ("Tee", 2.0), ("Moschee", 1.0)], [("Tee", 9.0), ("Beet", 2.0), ("Zaun", 1.0), ("Laube", 0.5)]], {"Kaffee"})
    [['Kaffee', 'Tee', 'Moschee'], ['Tee', 'Beet', 'Zaun']]
    """
    pools = [sorted(pairs[:POOL], key=lambda pair: pair[0] not in nouns) for pairs in topics]
    while True:
        shown = [pool[:WORDS] for pool in pools]
        holders: dict[str, list[tuple[int, float, int]]] = {}
        for n, pairs in enumerate(shown):
            for rank, (word, weight) in enumerate(pairs):
                holders.setdefault(word, []).append((rank, -weight, n))
        for word in sorted(holders):
            losers = [n for _, _, n in sorted(holders[word])[1:] if len(pools[n]) > WORDS]
            if losers:
                for n in losers:
                    pools[n] = [pair for pair in pools[n] if pair[0] != word]
                break
        else:
            return [[word for word, _ in pairs] for pairs in shown]


def label(name: str, words: str, phrase: str) -> str:
    """What a topic is called: people's name; else its words, with a phrase in brackets; never empty.

    >>> label("", "Kaffee · Tee", "Kaffee nach dem Gebet")
    'Kaffee · Tee (Kaffee nach dem Gebet)'
    >>> label("", "", "")
    'ohne eigene Wörter'
    """
    return name or (f"{words or NO_WORDS} ({phrase})" if phrase else words or NO_WORDS)
