"""Stage 5, questions: which question of the guide a turn asks or answers, and what kind of answer it is.

An interviewer's turn is held against every wording of the guide, by words and by meaning, with the guide's order as
evidence; what resembles none is a probe to the question before, or talk. Respondents' turns inherit the question that
was put last; signals and talk of the interviewer's never change it.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.asking import assent, leading
from pipeline.asking.claims import is_probe
from pipeline.asking.matching import LIMIT, NOTHING, Likeness, Wordings, likeness, prepare, stems
from pipeline.asking.order import Put, course
from pipeline.asking.phrases import BACK
from pipeline.asking.windows import WORD, is_signal
from pipeline.guide import Question, load

if TYPE_CHECKING:
    import pandas as pd

_ANSWERING = frozenset({"respondent", "unknown"})
_NAN = float("nan")


def each(turns: pd.DataFrame, settings: SimpleNamespace, guide_file: Path) -> dict[str, list[dict[str, Any]]]:
    """A row a turn: question (empty before the first), kind, leading, confidence (0 to 1; NaN where nothing was asked), answer."""
    guide = load(guide_file)
    by_id = {question.id: question for question in guide.questions}
    spoken = list(turns.itertuples())
    puts = iter(recognise(spoken, prepare(guide), settings.questions.threshold, settings.questions.embeddings))
    held, at, direct = Put("none", "", _NAN), Said(), True
    rows: list[dict[str, Any]] = []
    for row in spoken:
        here, mine, answer = held, at.leads, ""
        if row.role == "interviewer":
            here = next(puts)
            mine = _leads(here, row.text, by_id)
            held = here if here.kind != "none" else held
            at, direct = _after(at, here, row.text, mine), direct or not is_signal(row.text)
        elif row.role in _ANSWERING:
            answer = _answer(row.text, at, direct, held.question)
            direct, at = direct and answer != "answered", at._replace(waits=False)
        rows.append(
            {
                "doc": row.doc, "turn": row.turn, "question": here.question, "kind": here.kind,
                "leading": "yes" if mine else "no", "confidence": here.confidence, "answer": answer,
            }
        )  # fmt: skip
    return {"questions": rows}


class Said(NamedTuple):
    """What the interviewer said last that an answer may be to.

    `talk`: something beside the questions came after it; `free`: it was a claim beside the guide's questions; `waits`: nobody
    has said anything since, so that what the interviewer adds belongs to it.
    """

    words: str = ""
    leads: bool = False
    talk: bool = False
    free: bool = False
    waits: bool = True


def _leads(here: Put, text: str, by_id: dict[str, Question]) -> bool:
    """Whether a turn of the interviewer's suggests its answer; talk about coffee and the recording does not."""
    if here.kind == "none" and (here.talk or is_signal(text)):
        return False
    return leading.by_form(text) or (here.matched and leading.of_guide(by_id[here.question], text))


def _after(before: Said, here: Put, text: str, leads: bool) -> Said:
    if leads and before.leads and before.waits:
        text = f"{before.words} {text}"
    if here.kind != "none" or leads:
        return Said(text, leads, free=here.kind == "none")
    if is_signal(text):
        return before
    # Talk leaves standing what was said before; a question of no guide does not.
    asks = not here.talk and not is_probe(text) and "?" in text
    return Said(text, talk=True) if asks else before._replace(talk=True)


def _answer(text: str, at: Said, direct: bool, question: str) -> str:
    """The kind of answer; what belongs to no question of the guide can only be assent."""
    short = len(text.split()) <= assent.SHORT
    if at.talk and short:
        return ""  # after talk, a few words go with the talk and answer nothing
    found = assent.answered(text, at.words, at.leads, direct)
    # Few words after a claim beside the guide's questions make no answer to these.
    return found if found == "assent" or (question and not (at.free and short)) else ""


def recognise(spoken: list[Any], wordings: Wordings, threshold: float, by_meaning: bool) -> list[Put]:
    """One `Put` for every turn of the interviewer's among the turns of one interview."""
    mine = [row.text for row in spoken if row.role == "interviewer"]
    if not wordings.texts:
        return [Put("none", "", _NAN) for _ in mine]
    signs = any("?" in text for text in mine)  # a machine may have written no signs at all
    left = LIMIT if by_meaning else 0
    known = set(wordings.rarity)
    heard: set[str] = set()
    turns: list[Likeness] = []
    echoes: list[bool] = []
    for row in spoken:
        if row.role != "interviewer":
            heard |= {stem for stem in stems(row.text) if len(stem) > 3}
            continue
        if is_signal(row.text):
            turns.append(NOTHING)
            echoes.append(False)
            continue
        found, used = likeness(row.text, wordings, signs, left)
        left -= used
        turns.append(found)
        words = {w.lower() for w in WORD.findall(row.text)}
        echoes.append(bool(heard & set(stems(row.text)) - known or words & BACK))
        heard = set()
    return course(turns, echoes, wordings.order, threshold)
