"""One side of a comparison: who was asked and how, which questions were put, and what was said of each category.

Read from tables that a run has checked and written for people (`outputs/<study>/tables/`), never from anything private.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.language import _
from pipeline.measures.disclosure import UNKNOWN
from pipeline.measures.waves import samples
from pipeline.problems import Problem, Stop
from pipeline.sections.proposals import Proposals
from pipeline.tables import PUBLIC, TABLES, from_csv

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.codebook import Codebook
    from pipeline.coders.material import Material

RUN, WAVE, VERSION = "run", "wave", "version"
READ, PROPOSED = "reviewed", "proposed"
_FIXED = ("case", "doc", "speaker", "voice", "access", "language", "interviewer")
_QUALITY = ("quality", "quality_codes", "quality_prevalence", "quality_fairness", "model_codes")


@dataclass(frozen=True)
class Figures:
    """Of one category: passages, people, how many were asked about it, and how many of these speak of it."""

    mentions: int = 0
    cases: int = 0
    asked: int = 0
    of_asked: int = 0


@dataclass(frozen=True)
class Code:
    id: str
    label: str
    parent: str
    was: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """`figures`: (category, reviewed or proposed) -> figures; `sample`: (variable, value) -> people; `questions`: question -> conversations in
    which it was asked; `people`: cases, to tell who is in both (of one study only); `withheld`: categories whose proposals are not to be compared."""

    name: str
    kind: str
    study: str
    codes: Mapping[str, Code]
    figures: Mapping[tuple[str, str], Figures]
    sample: Mapping[tuple[str, str], int] = field(default_factory=dict)
    questions: Mapping[str, int] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    docs: int = 0
    withheld: frozenset[str] = frozenset()


def table(folder: Path, name: str) -> pd.DataFrame:
    """A table of a finished run that people may read. Raises `Stop` where it is not there or of another shape."""
    if TABLES[name].place != PUBLIC:
        raise ValueError(f"{name} is no table for people")
    path = folder / "tables" / f"{name}.csv"
    if not path.is_file():
        raise Stop(Problem(str(folder), 0, "Hier liegt kein fertiger Lauf.", "Gemeint ist ein Ordner wie outputs/<studie>; bitte dort zuerst »make analyze«."))
    try:
        return from_csv(path)
    except (KeyError, ValueError) as error:
        raise Stop(Problem(str(path), 0, "Die Tabelle stammt von einer anderen Fassung des Programms.", "Bitte dort »make analyze« wiederholen.")) from error


def of_run(folder: Path, name: str, study: str) -> Side:
    """A whole run."""
    found = {name: table(folder, name) for name in ("documents", "cases", "codes", "questions", "findings_codes")}
    figures = {}
    for r in found["findings_codes"].itertuples():
        figures[r.code, READ] = Figures(r.n_mentions, r.n_cases, r.n_asked, r.n_cases_asked)
        figures[r.code, PROPOSED] = Figures(r.n_proposed, r.n_cases_proposed, r.n_asked)
    docs = _docs(found)
    return _side(folder, name, RUN, study, found, figures, docs)


def waves(folder: Path) -> list[str]:
    """The waves that a run tells apart, in order; none where there are fewer than two."""
    rows = table(folder, "findings_wave_samples").sort_values("order", kind="stable")
    return list(dict.fromkeys(rows["wave"]))


def of_wave(folder: Path, wave: str, study: str) -> Side:
    """One wave of a run."""
    found = {name: table(folder, name) for name in ("documents", "cases", "codes", "questions", "findings_waves")}
    rows = found["findings_waves"]
    figures = {(r.code, r.basis): Figures(r.n_mentions, r.n_cases, r.n_asked, r.n_cases_asked) for r in rows[rows["wave"] == wave].itertuples()}
    known = found["documents"]
    docs = set(known.loc[known["wave"] == ("" if wave == UNKNOWN else wave), "doc"]) & _docs(found)
    return _side(folder, _("Erhebung {wave}").format(wave=wave), WAVE, study, found, figures, docs)


def _docs(found: Mapping[str, pd.DataFrame]) -> set[str]:
    documents = found["documents"]
    return set(documents.loc[documents["status"] == "ok", "doc"]) & set(found["cases"]["doc"])


def _side(folder: Path, name: str, kind: str, study: str, found: Mapping[str, pd.DataFrame], figures: Mapping[tuple[str, str], Figures], docs: set[str]) -> Side:
    documents, cases = found["documents"], found["cases"]
    mine = cases[cases["doc"].isin(docs)]
    variables = [column for column in cases.columns if column not in _FIXED]
    sample = {(r["variable"], r["value"]): r["n_cases"] for r in samples({name: docs}, documents, mine, variables)}
    asked = found["questions"]
    asked = asked[(asked["kind"] == "asked") & asked["doc"].isin(docs) & (asked["question"] != "")]
    known = Proposals({**{t: table(folder, t) for t in _QUALITY}, "codes": found["codes"]})
    codes = codes_of(found["codes"].to_dict("records"))
    return Side(
        name, kind, study, codes, figures, sample, asked.groupby("question")["doc"].nunique().to_dict(), frozenset(mine["case"]), len(docs),
        frozenset(code for code in codes if known.withheld(code)),
    )  # fmt: skip


def codes_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Code]:
    """Category -> what it is called, in the codebook's order."""
    return {r["code"]: Code(r["code"], r["label"], r["parent"], tuple(filter(None, str(r["was"]).split("+")))) for r in rows}


def of_version(material: Material, book: Codebook, name: str, study: str) -> Side:
    """What the rules of a codebook find in today's material: proposals, whatever people read since."""
    from pipeline.coders.rule import assign
    from pipeline.coders.rule import row as coded

    many: Counter[str] = Counter()
    people: dict[str, set[str]] = defaultdict(set)
    for one in assign(material, book):
        if not one.reason:
            row = coded(material, one, 1.0)
            many[one.code] += 1
            people[one.code].add(row["case"])
    rows = [{"code": c.id, "label": c.entry.label, "parent": c.id.rpartition(".")[0], "was": "+".join(c.entry.was)} for c in book.codes]
    figures = {(code, PROPOSED): Figures(n, len(people[code] - {""})) for code, n in many.items()}
    return Side(name, VERSION, study, codes_of(rows), figures, people=frozenset(turn.case for turn in material.turns) - {""}, docs=len({turn.doc for turn in material.turns}))
