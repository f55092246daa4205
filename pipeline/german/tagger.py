"""Part-of-speech tags and HanTa's lemmas, computed once per word form and kept.

HanTa's model is used with an own search over the sentence: the same probabilities and the same result as its
`tag_sent`, faster, and able to take tags that are known beforehand.
"""

from __future__ import annotations

import math
from functools import cached_property, lru_cache
from typing import Any

from pipeline.german.morphology import Morphology
from pipeline.german.stts import stts

_CUTOFF = 5  # HanTa's own: tags less likely than the best by more than e^5 are not looked at
_BEAM = 5
_LONG = 70  # letters; the analysis grows with the square, and no German word in use is longer
_END = 40  # letters of a longer word that are looked at: its ending tells the tag


class Tagger:
    """HanTa's German model. `tag` works on a sentence, everything else on a word; all words are remembered."""

    def __init__(self) -> None:
        from HanTa.HanoverTagger import HanoverTagger

        self._model = HanoverTagger("morphmodel_ger.pgz")
        morphology = Morphology(self._model)
        # the same word with and without a capital is analysed once
        self._model.analyze_forward = lru_cache(maxsize=100_000)(morphology.forward)
        self._model.analyze_viterbi = morphology.best_path
        self._names: dict[int, str] = self._model.int2tag
        self._numbers: dict[str, list[int]] = {}
        for number in self._model.LP_wtag:
            self._numbers.setdefault(stts(self._names[number]), []).append(number)
        self._likely: dict[tuple[str, bool], list[tuple[int, float]]] = {}
        self._possible: dict[tuple[str, bool], frozenset[str]] = {}
        self._lemmas: dict[tuple[str, str], str] = {}

    def tag(self, words: list[str], known: list[str] | None = None, cased: list[bool] | None = None) -> list[str]:
        """STTS-like tags of HanTa (`NNI` and `NNA` kept apart) for the words of one sentence.

        `known[i]` names the STTS tag of a word, or is empty; `cased[i]` is False where a capital says nothing, as at
        the beginning of a sentence. Both lists are as long as `words`.
        """
        states: dict[tuple[int, int], float] = {(0, 1): 0.0}
        back: list[dict[tuple[int, int], tuple[int, int]]] = []
        trans = self._model.LP_trans_word
        for i, word in enumerate(words):
            options = self._options(word, cased[i] if cased else i > 0, known[i] if known else "")
            bound = sorted(states.values(), reverse=True)[_BEAM] - 1 if len(states) > _BEAM else -math.inf
            row: dict[tuple[int, int], float] = {}
            came: dict[tuple[int, int], tuple[int, int]] = {}
            for state, before in states.items():
                if before < bound:
                    continue
                follow = trans[state]
                for tag, likely in options:
                    score = before + follow[tag] + likely
                    new = (state[1], tag)
                    if new not in row or score > row[new]:
                        row[new] = score
                        came[new] = state
            back.append(came)
            states = row
        return [self._names[number] for number in self._read_back(states, back)]

    def _read_back(
        self, states: dict[tuple[int, int], float], back: list[dict[tuple[int, int], tuple[int, int]]]
    ) -> list[int]:
        if not back:
            return []
        trans = self._model.LP_trans_word
        state = max(states, key=lambda state: states[state] + trans[state].get(2, -math.inf))
        tags: list[int] = []
        for came in reversed(back):
            tags.append(state[1])
            state = came[state]
        return tags[::-1]

    def _options(self, word: str, cased: bool, known: str) -> list[tuple[int, float]]:
        if known:
            allowed = self._numbers.get(known)
            if allowed:
                options = [pair for pair in self.likely(word, cased) if pair[0] in allowed]
                return options or [(allowed[0], 0.0)]
        return self.likely(word, cased)

    def likely(self, word: str, cased: bool = True) -> list[tuple[int, float]]:
        """The tags (HanTa's numbers) that the word may have, with log p(word | tag)."""
        key = (word, cased)
        if key not in self._likely:
            seen = word if len(word) <= _LONG else word[:1] + word[-_END:]
            found = self._model._tag_word(seen, cutoff=_CUTOFF, casesensitive=cased, conditional=True)
            options = [(tag, float(score)) for tag, score in found if tag in self._model.LP_wtag]
            self._likely[key] = options or [(tag, 0.0) for tag in self._model.LP_wtag]
        return self._likely[key]

    def possible(self, word: str, cased: bool = True) -> frozenset[str]:
        """The STTS tags that the word may have."""
        key = (word, cased)
        if key not in self._possible:
            self._possible[key] = frozenset(stts(self._names[tag]) for tag, _ in self.likely(word, cased))
        return self._possible[key]

    def name(self, tag: str) -> str:
        """HanTa's name of an STTS tag."""
        return self._names[self._numbers[tag][0]]

    def knows(self, word: str) -> bool:
        """Whether the word stood in HanTa's training text often enough to be listed there."""
        return word.lower() in self._model.cache

    def lemma(self, word: str, tag: str) -> str:
        """HanTa's lemma of a word with one of HanTa's tags (as `tag` gives them)."""
        key = (word, tag)
        if key not in self._lemmas:
            long = len(word) > _LONG
            self._lemmas[key] = (
                word if long else str(self._model._analyze(word, self._model.tag2int[tag], taglevel=1)[0])
            )
        return self._lemmas[key]

    def morphemes(self, noun: str) -> list[tuple[str, str, str]]:
        """(morpheme, its stem without umlaut or ablaut, HanTa's morpheme tag) of a noun, in lower case and in order."""
        model = self._model
        found = model._analyze(noun, model.tag2int["NN"], taglevel=3)[1]
        return [(m, model.stemdict.get(model.tag2int[tag], {}).get(m, m), tag) for m, tag in found]

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Infinitives that HanTa's training text is known to hold."""
        return frozenset(word for word, tags in self._model.cache.items() if self._is_verb(tags))

    def _is_verb(self, tags: list[Any]) -> bool:
        return any(self._names[tag] == "VV(INF)" for tag, _ in tags)


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """The one tagger of this process."""
    return Tagger()
