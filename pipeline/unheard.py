"""Stage unheard: whom we have not heard, question by question, what nobody asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.forms.corrections import read
from pipeline.forms.following import followed
from pipeline.forms.sheet import MATRIX
from pipeline.guide import load
from pipeline.lists import LISTS, read_list
from pipeline.measures import access, by_question, sample, saturation, unasked
from pipeline.measures.mentions import asked_about

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def whole(
    documents: pd.DataFrame, cases: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame,
    reviewed: pd.DataFrame, topics: pd.DataFrame, segment_topics: pd.DataFrame, topic_new: pd.DataFrame, topic_codes: pd.DataFrame,
    findings_mentions: pd.DataFrame, findings_coverage: pd.DataFrame, findings_quotes: pd.DataFrame, settings: SimpleNamespace, guide_file: Path,
    population_file: Path, matrix_file: Path,
) -> dict[str, list[Row] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    guide = load(guide_file)
    ids, expected = [question.id for question in guide.questions], guide.expected()
    town = read_list(population_file, LISTS["population.csv"])
    variables = {name: list(one.values) for name, one in settings.variables.items()}
    told = by_question.by_question(findings_mentions)
    put = set(findings_coverage.loc[findings_coverage["asked"] > 0, "question"])
    free = unasked.apart(segments, segment_topics, questions)
    return {
        "findings_sample": sample.rows(cases, variables, town, (settings.answers.group, settings.answers.district)),
        "findings_access": access.rows(documents, cases),
        **_saturation(documents, cases, turns, codes, reviewed, findings_mentions, settings.answers.group, matrix_file),
        "findings_answers": by_question.answers(ids, findings_coverage, questions, turns),
        "findings_answer_codes": by_question.answer_codes(ids, expected, findings_coverage, told, codes),
        "findings_grid": by_question.grid(ids, expected, findings_coverage, told, findings_quotes, codes),
        "findings_unasked": [
            *unasked.topics(topics, topic_new, topic_codes, codes, free, expected),
            *unasked.categories(codes, findings_mentions, asked_about(cases, questions, expected, codes), expected, put),
        ],
    }


def _saturation(
    documents: pd.DataFrame, cases: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame, reviewed: pd.DataFrame, mentions: pd.DataFrame,
    variable: str, matrix_file: Path,
) -> dict[str, list[Row] | pd.DataFrame]:  # fmt: skip
    """Sub-themes and the curve of each search, over the conversations of which people have written or read something."""
    order = saturation.order(documents, cases)
    themes: list[Row] = []
    curve: list[Row] = []
    matrix = followed(read(matrix_file, MATRIX), MATRIX, codes.to_dict("records"), cases.to_dict("records"))
    searches = {
        saturation.WRITTEN: saturation.written(matrix), saturation.CODED: saturation.coded(codes, mentions, turns, reviewed),
    }  # fmt: skip
    for source, (by_case, known) in searches.items():
        held = [row for row in order if row["case"] in known]
        themes += [{**row, "source": source} for row in saturation.subthemes(held, by_case)]
        curve += [{**row, "source": source} for row in saturation.curve(held, by_case, cases, variable)]
    return {"findings_subthemes": themes, "findings_saturation": curve}
