"""The course of an interview: which question each turn puts, with the guide's order as soft evidence.

A beam search keeps the likeliest courses so far, each with the questions it has put: what comes next in the guide is
likelier, what was already put is less so, and nothing is forced.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.asking.matching import Likeness

NEXT, FRESH, AGAIN = 0.08, 0.02, -0.06  # what comes next, what was not put yet, what was put before
WIDTH = 12  # courses kept
SMALL_TALK = 0.5  # likeness to small talk from which a turn asks nothing
DOUBT = 0.1  # most turns are no question of the guide: one that is as near to a probe is taken for the probe
ECHO = 0.1  # taken off where a question takes up what the respondent said


class Put(NamedTuple):
    """What a turn of the interviewer does: kind (asked, probe, none), the question that holds from here, confidence.

    `matched`: its words are the guide's question, put for the first time or again. `talk`: courtesy, the recording, the weather.
    """

    kind: str
    question: str
    confidence: float
    matched: bool = False
    talk: bool = False


class _Course(NamedTuple):
    gain: float
    current: str
    put: tuple[str, ...]
    turns: tuple[Put, ...]


def course(turns: list[Likeness], echoes: list[bool], order: tuple[str, ...], threshold: float) -> list[Put]:
    """The likeliest course through an interview; one `Put` a turn of the interviewer."""
    place = {question: n for n, question in enumerate(order)}
    beam = [_Course(0.0, "", (), ())]
    for turn, echo in zip(turns, echoes, strict=True):
        grown = [step for known in beam for step in _steps(known, turn, echo, place, threshold)]
        best: dict[tuple[str, tuple[str, ...]], _Course] = {}
        for step in grown:
            same = best.get((step.current, step.put))
            if same is None or step.gain > same.gain:
                best[step.current, step.put] = step
        beam = sorted(best.values(), key=lambda c: (-c.gain, c.put, c.current))[:WIDTH]
    return list(beam[0].turns)


def _steps(known: _Course, turn: Likeness, echo: bool, place: dict[str, int], threshold: float) -> list[_Course]:
    scores = {q: _score(q, value, known, turn, echo, place) for q, value in turn.questions.items()}
    ranked = sorted(scores, key=lambda q: (-scores[q], place[q]))
    stay = _stays(known, turn, scores[ranked[0]] if ranked else 0.0)
    steps = [known._replace(turns=(*known.turns, stay))]
    if turn.small_talk >= SMALL_TALK and turn.small_talk > max(turn.questions.values(), default=0.0):
        return steps
    for n, question in enumerate(ranked[:3]):
        gain = round(scores[question] - threshold, 3)
        if gain < 0:
            break
        # The lead over the next question: two that are equally near leave doubt.
        rival = scores[ranked[n + 1]] if n + 1 < len(ranked) else 0.0
        kind = "probe" if question == known.current else "asked"
        put = Put(kind, question, _confidence(scores[question], scores[question] - rival, threshold), True)
        fresh = known.put if question in known.put else tuple(sorted((*known.put, question), key=lambda q: place[q]))
        steps.append(_Course(known.gain + gain, question, fresh, (*known.turns, put)))
    return steps


def _score(question: str, value: float, known: _Course, turn: Likeness, echo: bool, place: dict[str, int]) -> float:
    if value <= 0.1:
        return value
    # As much nearer as the turn is to a probe, so much further is it from the guide.
    value -= max(0.0, turn.probe + DOUBT - value)
    if echo:
        value -= ECHO
    if question == known.current:
        return value
    if question in known.put:
        return value + AGAIN
    following = place[question] == (place[known.current] + 1 if known.current else 0)
    return value + (NEXT if following else FRESH)


def _stays(known: _Course, turn: Likeness, best: float) -> Put:
    """The turn that asks nothing of the guide: a probe to the question before, or talk."""
    talk = turn.small_talk > turn.probe and turn.small_talk >= SMALL_TALK
    if not known.current or talk or not (turn.asks or turn.probe >= SMALL_TALK):
        return Put("none", known.current, float("nan"), talk=talk)
    return Put("probe", known.current, round(min(1.0, max(0.0, 1 - best)), 2))


def _confidence(score: float, lead: float, threshold: float) -> float:
    """0.5 at the threshold without a lead, towards 1 with likeness and lead."""
    return round(
        min(1.0, 0.4 + 0.6 * max(0.0, score - threshold) / (1 - min(threshold, 0.9)) + 0.5 * min(0.4, max(0.0, lead))),
        2,
    )
