"""Stage summaries: each case as people write it out: key sentences, summaries, the theme matrix; and which cases speak of like things."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.forms.corrections import laid_over, read
from pipeline.forms.following import followed
from pipeline.forms.sheet import MATRIX, SUMMARIES
from pipeline.measures import alike, key_sentences
from pipeline.tables import frame

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, speakers: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame, findings_mentions: pd.DataFrame, findings_quotes: pd.DataFrame,
    settings: SimpleNamespace, summaries_file: Path, matrix_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """Key sentences, summaries and theme matrix with what people wrote laid over them, and the map of cases."""
    points = frame("findings_points", key_sentences.points(findings_mentions, findings_quotes, codes))
    words = key_sentences.words_of(turns, speakers)
    known = codes.to_dict("records"), cases.to_dict("records")
    summaries, matrix = followed(read(summaries_file, SUMMARIES), SUMMARIES, *known), followed(read(matrix_file, MATRIX), MATRIX, *known)
    return {
        "findings_points": points,
        "findings_summaries": laid_over(key_sentences.scaffolds(cases, turns, codes, points, words), summaries, SUMMARIES),
        "findings_matrix": laid_over(key_sentences.matrix(cases, codes, findings_mentions, findings_quotes, words), matrix, MATRIX),
        "findings_alike": alike.rows(cases, codes, findings_mentions),
    }
