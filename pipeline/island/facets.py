"""What quotes can be filtered by: for each filter its values in words, and for every row which of them it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.island.packing import Shared
from pipeline.language import N_, _
from pipeline.sections.material import UNKNOWN, Names
from pipeline.sections.quotes import sides
from pipeline.wording import ABOUT, PROMPTS, STANCES

if TYPE_CHECKING:
    import pandas as pd

BASES = {"reviewed": N_("gelesen"), "proposed": N_("Vorschlag, ungelesen"), "uncounted": N_("Treffer, der nicht zählt")}
SIDES = {"self": N_("von sich oder der eigenen Gruppe"), "others": N_("von anderen"), "institution": N_("von einer Einrichtung")}
CODERS = {"rule": N_("eine Regel"), "model": N_("das Modell"), "llm": N_("ein Sprachmodell")}
NO_ABOUT = "unknown"  # value of the filter where nobody was recognised

Row = tuple[str, ...]


def facet(
    key: str, label: str, words: Mapping[str, str], raws: Sequence[str], split: Callable[[str], Iterable[str]], levels: Sequence[int] = (), like: str = ""
) -> dict[str, Any]:
    """One filter. `words`: value -> what it is called, in order; `raws`: a cell a row; `split`: the values of a cell (none: the row has none).
    `like`: a filter with the same cells: its rows are meant, in the same order of first coming.

    >>> facet("about", "Über wen", {"a": "A"}, ["a+b", "a", ""], lambda cell: cell.split("+") if cell else ())
    {'key': 'about', 'label': 'Über wen', 'values': [['a', 'A', 0], ['b', 'b', 0]], 'combos': [[0, 1], [0], []], 'rows': [0, 1, 2]}
    """
    values = Shared()
    for value in words:
        values(value)
    cells = {raw: n for n, raw in enumerate(dict.fromkeys(raws))}
    combos = [[values(value) for value in split(cell)] for cell in cells]
    shown = [[value, words.get(value, value), levels[n] if n < len(levels) else 0] for n, value in enumerate(values.all)]
    return {"key": key, "label": label, "values": shown, "combos": combos, "rows": like or [cells[raw] for raw in raws]}


def one(cell: str) -> Row:
    return (cell,) if cell else ()


def several(cell: str) -> Row:
    return tuple(part for part in cell.split("+") if part)


def about(cell: str) -> Row:
    return several(cell) or (NO_ABOUT,)


def every(tables: dict[str, pd.DataFrame], names: Names, columns: Mapping[str, list[Any]], questions: Mapping[str, str]) -> list[dict[str, Any]]:
    """All filters in the order of the page. `columns`: of every row code, basis, case, question, prompt, stance, about, coder, topic, doc."""
    codes, topics, documents = tables["codes"], tables["topics"], tables["documents"]
    labels = dict(zip(codes["code"].tolist(), codes["label"].tolist(), strict=True))
    wave = dict(zip(documents["doc"], documents["wave"], strict=True))
    shown = {t: label for t, label, hidden in zip(topics["topic"], topics["label"], topics["hidden"], strict=True) if hidden != "yes"}
    said = {**{value: _(words) for value, words in ABOUT.items() if value}, NO_ABOUT: _(ABOUT[""])}
    coders = {value: _(words) for value, words in CODERS.items()}
    waves = {w: _("Welle {n}").format(n=w) for w in sorted({w for w in wave.values() if w})}
    interviews = {d: names.interview(d) for d in sorted(set(documents["doc"]))}
    return [
        facet("code", _("Kategorie"), labels, columns["code"], one, [int(n) for n in codes["level"]]),
        facet("basis", _("Grundlage"), _translated(BASES), columns["basis"], one),
        facet("question", _("Frage"), questions, columns["question"], one),
        facet("prompt", _("Anlass"), _translated(PROMPTS), columns["prompt"], one),
        *(_of_case(name, names, columns["case"]) for name in names.variables),
        facet("case", _("Befragte"), {case: person(case, names) for case in sorted(names.cases)}, columns["case"], one),
        facet("stance", _("Haltung"), _translated(STANCES), columns["stance"], several),
        facet("about", _("Über wen"), said, columns["about"], about),
        facet("side", _("Von wem die Rede ist"), _translated(SIDES), columns["about"], sides, like="about"),
        facet("topic", _("Thema"), shown, columns["topic"], several),
        facet("coder", _("Codiert von"), coders, columns["coder"], several),
        facet("doc", _("Gespräch"), interviews, columns["doc"], one),
        facet("wave", _("Welle"), waves, columns["doc"], lambda doc: one(wave.get(doc, "")), like="doc"),
    ]


def _translated(words: Mapping[str, str]) -> dict[str, str]:
    return {value: _(text) for value, text in words.items() if value}


def _of_case(name: str, names: Names, cases: Sequence[str]) -> dict[str, Any]:
    """A variable of the respondents; whoever has no value counts as unknown, as in the tables by group."""
    variable = names.variables[name]
    of = {case: row.get(name) or UNKNOWN for case, row in names.cases.items()}
    order = [*variable.values, *sorted(set(of.values()) - set(variable.values))]
    return facet(name, variable.label or name, {value: names.value(name, value) for value in order}, cases, lambda case: (of.get(case, UNKNOWN),), like="case")


def person(case: str, names: Names) -> str:
    """A respondent in a list: by number and the first variables, never by name."""
    return f"{names.case(case)} · {names.who(case)}"
