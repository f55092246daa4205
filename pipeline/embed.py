"""Stage 9, embed: what respondents say, sentence by sentence, and what interviewers ask, as vectors that can be compared by meaning."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.encoders import vector
from pipeline.encoders.kept import to_text
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

WORDS = 2  # of two letters and more, from which on a turn of the interviewer's may ask something
_WORD = re.compile(r"\w{2,}")
MOST_ASKED = 600  # code points of an interviewer's turn, counted from its end: the question comes last


def each(turns: pd.DataFrame, segments: pd.DataFrame, settings: SimpleNamespace) -> dict[str, list[dict[str, Any]]]:
    """One interview's vectors: a row for every sentence that may be coded (`seg`), and for every turn of the interviewer's (`seg` empty)."""
    name = settings.model.encoder
    spoken = {t.turn: t for t in turns.itertuples()}
    rows = []
    for s in segments.itertuples():
        turn = spoken[s.turn]
        if turn.role in CODED_ROLES:
            rows.append({"doc": s.doc, "turn": s.turn, "seg": s.seg, "vector": to_text(vector(turn.text[s.start : s.end], name))})
    for t in turns.itertuples():
        # »Mhm« and »Ja, genau« are no questions: what was asked before stands.
        if t.role == "interviewer" and len(_WORD.findall(t.text)) >= WORDS:
            rows.append({"doc": t.doc, "turn": t.turn, "seg": "", "vector": to_text(vector(t.text[-MOST_ASKED:], name))})
    return {"vectors": rows}
