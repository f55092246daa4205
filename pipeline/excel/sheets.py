"""The tables as people read them in the workbook: names beside numbers of topics and categories, values in their words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline import guide, wording
from pipeline.language import _
from pipeline.sections import material, topic_comparisons
from pipeline.tables import quotable

if TYPE_CHECKING:
    import pandas as pd


def sheets(tables: dict[str, pd.DataFrame], settings: SimpleNamespace, questions: guide.Guide) -> dict[str, pd.DataFrame]:
    """The tables as people read them in the workbook: names beside numbers of topics and categories, values in their words, sentences of topics."""
    names = material.Names(settings, tables["cases"], tables["documents"])
    topic_of = dict(zip(tables["topics"]["topic"], tables["topics"]["label"], strict=True))
    label_of = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    made = {**tables, "topic_sentences": topic_sentences(tables)}
    for name in ("topic_terms", "topic_phrases", "topic_edits", "topic_codes", "topic_new", "topic_groups", "code_topics"):
        made[name] = made[name].copy()
        for column, labels in (("topic", topic_of), ("code", label_of), ("best_code", label_of), ("main_topic", topic_of)):
            if column in made[name].columns:
                made[name].insert(made[name].columns.get_loc(column) + 1, f"{column}_label", [labels.get(value, "") for value in made[name][column]])
    for name in ("topic_groups", "findings_groups", "findings_wishes", "findings_wave_samples"):
        rows = made[name].copy()
        words = {v: topic_comparisons.value_words(v, names, questions) if v else str for v in sorted(set(rows["variable"]))}
        rows["value"] = [words[variable](value) for variable, value in zip(rows["variable"], rows["value"], strict=True)]
        rows["variable"] = [settings.variables[v].label or v if v in settings.variables else v for v in rows["variable"]]
        made[name] = rows
    cases = made["cases"].copy()
    for variable in (v for v in settings.variables if v in cases.columns):
        cases[variable] = [names.value(variable, value) for value in cases[variable]]
        if (label := settings.variables[variable].label) and label not in cases.columns:
            cases = cases.rename(columns={variable: label})
    return {**made, "cases": cases}


def labelled(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with the name of a category beside its identifier, where they do not have it yet."""
    label_of = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    found = {}
    for name, data in tables.items():
        if "code" in data.columns and not {"label", "code_label"} & set(data.columns):
            data = data.copy()
            data.insert(data.columns.get_loc("code") + 1, "code_label", [label_of.get(code, "") for code in data["code"].tolist()])
        found[name] = data
    return found


def common_sheets(tables: dict[str, pd.DataFrame], settings: SimpleNamespace) -> dict[str, pd.DataFrame]:
    """The common denominator group by group, and exact tests, with groups and variables in their words."""
    names = material.Names(settings, tables["cases"], tables["documents"])
    groups, tests = tables["findings_common_groups"], tables["findings_tests"]
    labels = [settings.variables[v].label or v if v in settings.variables else v for v in tests["variable"]]
    # The second basis is the picture if the proposals held: unlike elsewhere it counts what is read and what is proposed together.
    themes, groups = (data.assign(basis=data["basis"].replace("proposed", _("Gelesenes und Vorschläge zusammen"))) for data in (tables["findings_common"], groups))
    return {
        "findings_common": themes,
        "findings_common_groups": groups.assign(group=[names.value(settings.answers.group, value) for value in groups["group"]]),
        "findings_tests": tests.assign(variable=labels),
    }


def actor_sheets(tables: dict[str, pd.DataFrame], settings: SimpleNamespace) -> dict[str, pd.DataFrame]:
    """Statements on actors and who speaks of them, with actors and groups by their names."""
    names = material.Names(settings, tables["cases"], tables["documents"])
    label = dict(zip(tables["actors"]["actor"], tables["actors"]["label"], strict=True))
    links, speaks = tables["findings_links"], tables["findings_speaks_of"]
    named = {side: [label.get(value, value) for value in links[side]] for side in ("actor_a", "actor_b")}
    return {
        "findings_links": links.assign(**named),
        "findings_speaks_of": speaks.assign(group=[names.value(settings.answers.group, g) for g in speaks["group"]], actor=[label.get(a, a) for a in speaks["actor"]]),
    }


def topic_sentences(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every sentence of every topic that is not hidden, the most telling first; without the words of people who may not be quoted."""
    shown = tables["topics"].loc[tables["topics"]["hidden"] != "yes", ["topic", "label"]]
    rows = tables["segment_topics"].merge(shown, on="topic").merge(tables["segments"][["seg", "doc", "turn", "start", "end"]], on="seg")
    rows = rows.merge(tables["turns"][["doc", "turn", "speaker", "case", "text"]], on=["doc", "turn"]).sort_values(["topic", "rank", "seg"], ignore_index=True)
    allowed = quotable(tables["speakers"])
    places = zip(rows["doc"], rows["speaker"], rows["text"], rows["start"], rows["end"], strict=True)
    rows["text"] = [text[a:b] if (doc, speaker) in allowed else _(wording.NOT_QUOTABLE) for doc, speaker, text, a, b in places]
    return rows[["topic", "label", "rank", "doc", "turn", "case", "text", "weight"]]
