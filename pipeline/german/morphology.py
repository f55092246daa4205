"""HanTa's analysis of one word into morphemes: the same model, the same results, in a fraction of the time.

HanTa tries every morpheme tag on every stretch of the word. Here a stretch is looked up once, and only the tags that it
can have are tried; guesses for unknown stretches depend on their length and last letters and are kept.
"""

from __future__ import annotations

import math
from typing import Any

_FLOOR = -1e6  # HanTa's: nothing below is kept
_START = (0, 1)
_UNKNOWN, _END_UNKNOWN = 3, -3
State = tuple[int, int]
Options = dict[int, float]
Follow = list[tuple[int, float]]


class Morphology:
    """Works on a loaded `HanoverTagger`; words are given in lower case."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._known: dict[str, Options] = {}
        for tag, morphemes in model.LP_m_t.items():
            for morpheme, likely in morphemes.items():
                self._known.setdefault(morpheme, {})[tag] = likely
        self._open = [tag for tag in model.LP_hapax_t if tag in model.LP_s_t]
        # The model rates the same endings for every tag.
        self._endings = frozenset(model.LP_s_t[self._open[0]])
        self._guessed: dict[tuple[int, str, bool], Options] = {}
        self._follow: dict[int, dict[State, Follow]] = {}
        self._final = {state: dict(follow) for state, follow in model.LP_trans_final.items()}

    def forward(self, word: str) -> list[tuple[int, float]]:
        """(number of the word's tag, log probability), most likely first; `[(3, 0)]` if there is no analysis."""
        table, _ = self._fill(word, 0, False)
        best: dict[State, float] = {}
        for state, before in table[-1].items():
            for tag, step in self._final.get(state, {}).items():
                end = (state[1], tag)
                if before + step > max(_FLOOR, best.get(end, -math.inf)):
                    best[end] = before + step
        results: dict[int, float] = {}
        for (_, tag), score in best.items():
            results[-tag] = _add(results[-tag], score) if -tag in results else score
        return sorted(results.items(), key=lambda pair: pair[1], reverse=True) or [(_UNKNOWN, 0.0)]

    def best_path(self, word: str, tag: int) -> list[tuple[int, int]]:
        """(number of the morpheme's tag, end of the morpheme), closed by (`tag`, length + 1); `tag` is negative."""
        for strict in (True, False):
            table, back = self._fill(word, tag, strict)
            best, score = _START, -math.inf
            for state, before in table[-1].items():
                step = self._final.get(state, {}).get(tag)
                if step is not None and before + step > max(score, _FLOOR):
                    best, score = state, before + step
            if score > -math.inf:
                return _read(back, best, len(word), tag)
        return [(_UNKNOWN, len(word)), (_END_UNKNOWN, len(word) + 1)]

    def _fill(
        self, word: str, target: int, strict: bool
    ) -> tuple[list[dict[State, float]], list[dict[State, tuple[State, int]]]]:
        length = len(word)
        table: list[dict[State, float]] = [{_START: 0.0}, *({} for _ in range(length))]
        back: list[dict[State, tuple[State, int]]] = [{} for _ in range(length + 1)]
        for i in range(length):
            row = table[i]
            if not row:
                continue
            # HanTa goes on with the best states only
            bound = sorted(row.values(), reverse=True)[3] - 1 if len(row) > 3 else _FLOOR
            states = [(s, lp, self._followers(s, target)) for s, lp in row.items() if lp >= bound]
            for j in range(i + 1, length + 1):
                options = self._options(word[i:j], length, strict)
                if options:
                    _extend(states, options, table[j], back[j], i)
        return table, back

    def _followers(self, state: State, target: int) -> Follow:
        """The tags that may follow within a word, on the way to the word's tag `target` (0: to any)."""
        known = self._follow.setdefault(target, {})
        if state not in known:
            reachable = self._model.reachability.get(target, frozenset())
            follow = self._model.LP_trans_nonfinal.get(state, ())
            known[state] = [(tag, step) for tag, step in follow if not target or tag in reachable]
        return known[state]

    def _options(self, part: str, length: int, strict: bool) -> Options:
        known = self._known.get(part)
        size = len(part)
        if strict or (length >= 4 and size <= 2):
            return known or {}
        ending = ""
        for letters in (4, 3, 2, 1):
            if size > letters and part[-letters:] in self._endings:
                ending = part[-letters:]
                break
        key = (min(size, 24), ending, size == length)
        guessed = self._guessed.get(key)
        if guessed is None:
            guessed = self._guessed[key] = self._guesses(*key)
        if not known:
            return guessed
        return {**guessed, **known}

    def _guesses(self, size: int, ending: str, whole: bool) -> Options:
        model = self._model
        # HanTa's own constant: a whole word as one unknown morpheme is a last resort
        base = model.Int_t - (4.6 if whole else 0.0)
        scores = {tag: base + model.LP_hapax_t[tag] + model.LP_len_t[tag][size] + model.LP_s_t[tag][ending] for tag in self._open}
        return {tag: float(score) for tag, score in scores.items() if score > _FLOOR}


def _extend(
    states: list[tuple[State, float, Follow]],
    options: Options,
    target: dict[State, float],
    came: dict[State, tuple[State, int]],
    begin: int,
) -> None:
    for state, before, follow in states:
        for tag, step in follow:
            if tag in options:
                score = before + step + options[tag]
                new = (state[1], tag)
                if score > _FLOOR and (new not in target or score > target[new]):
                    target[new] = score
                    came[new] = (state, begin)


def _read(back: list[dict[State, tuple[State, int]]], state: State, end: int, tag: int) -> list[tuple[int, int]]:
    path = [(tag, end + 1)]
    while state != _START or end:
        path.append((state[1], end))
        state, end = back[end][state]
    return path[::-1]


def _add(a: float, b: float) -> float:
    # log(exp(a) + exp(b)) without leaving the range of a float
    high, low = max(a, b), min(a, b)
    return high + math.log1p(math.exp(low - high))
