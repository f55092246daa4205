"""A tiny study of which every figure on questions, silence and the sample is known by hand; and the chapters' pages over it.

p1, p2, p3 are interviews, w1 and w2 a workshop. L1: p1, p2, w1 answer (10, 20, 40 words), w2 says nothing, p3 is not asked.
L2: p1 (in a leading wording) refuses, p2 evades, p3 answers. L3 is never put.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from pipeline import pages, unheard, wording
from pipeline.guide import load
from pipeline.measures.counts import coverage
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names
from pipeline.study import Study
from pipeline.tables import TABLES, check, frame

VARIABLES = {"gruppe": {"label": "Gruppe", "values": {"a": "Amt", "b": "Verein", "c": "Runde", "d": "Jugend"}}, "ort": {"label": "Ort", "values": {"nord": "Nord", "süd": "Süd"}}, "alter": {"label": "Alter"}}
CODES = frame("codes", [
    {"order": n, "code": c, "parent": p, "level": int(bool(p)), "label": f"Wort {c}", "coded": "yes", "through": "yes", "since": "1"}
    for n, (c, p) in enumerate([("E", ""), ("E.a", "E"), ("S", ""), ("W", ""), ("X", ""), ("Y", "")])
])  # fmt: skip
GUIDE = """questions:
  - {id: L1, label: Engagement, text: "Was tun Sie?", expects: [E]}
  - {id: L2, label: Gründe, text: "Warum nicht miteinander?", leading: ja, expects: [S]}
  - {id: L3, label: Wünsche, text: "Was wünschen Sie?", expects: [W]}
"""
PEOPLE = {"p1": ("I1", "a", "nord"), "p2": ("I2", "b", "süd"), "p3": ("I3", "b", "nord"), "w1": ("I4", "c", "nord"), "w2": ("I4", "c", "")}
# doc, turn, case ('' the interviewer), question, kind, leading, answer, words
SPOKEN = [
    ("I1", 1, "", "L1", "asked", "no", "", 5), ("I1", 2, "p1", "L1", "asked", "no", "answered", 10), ("I1", 3, "", "L2", "asked", "yes", "", 6), ("I1", 4, "p1", "L2", "asked", "yes", "refused", 3),
    ("I2", 1, "", "L1", "asked", "no", "", 5), ("I2", 2, "p2", "L1", "asked", "no", "answered", 20), ("I2", 3, "", "L2", "asked", "no", "", 6), ("I2", 4, "p2", "L2", "asked", "no", "evaded", 2),
    ("I3", 3, "", "L2", "asked", "no", "", 6), ("I3", 4, "p3", "L2", "asked", "no", "answered", 30),
    ("I4", 1, "", "L1", "asked", "no", "", 5), ("I4", 2, "w1", "L1", "asked", "no", "answered", 40),
]  # fmt: skip


def mention(case: str, turn: int, code: str, basis: str = "reviewed", unasked: str = "yes", question: str = "L1", start: int = 0) -> dict[str, Any]:
    return {
        "mention": f"m{case}{turn}{code}{basis}{start}", "doc": PEOPLE[case][0], "turn": turn, "start": start, "end": start + 8, "code": code, "case": case, "basis": basis,
        "question": question, "prompt": "asked", "unasked": unasked, "stance": "affirmed", "coder": "mk",
    }  # fmt: skip


SAID = [
    mention("p1", 2, "E.a"), mention("p1", 2, "E"), mention("p2", 2, "E.a", "proposed"), mention("p2", 2, "E", "proposed"),
    mention("p2", 2, "S", "proposed", unasked="no", start=10), mention("w1", 2, "X"), mention("p3", 4, "S", question="L2"), mention("p3", 4, "Y", "proposed", question="L2", start=12),
]  # fmt: skip


def settings(**more: Any) -> SimpleNamespace:
    study = Study.model_validate({"variables": VARIABLES, "answers": {"group": "gruppe", "district": "ort"}, **more})
    return SimpleNamespace(variables=study.variables, answers=study.answers, findings=study.findings, report=study.report)


def study(
    folder: Path, said: list[dict[str, Any]] | None = None, town: str = "", guide: str = GUIDE, people: Mapping[str, tuple[str, str, str]] = PEOPLE,
    knobs: SimpleNamespace | None = None, **tables: pd.DataFrame,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The stage over the tiny study; its tables checked against the contract, with what it was given."""
    if guide:
        (folder / "guide.yaml").write_text(guide)
    if town:
        (folder / "population.csv").write_text(town)
    knobs = knobs or settings()
    rows = said if said is not None else SAID
    given = {name: frame(name, [], knobs.variables) for name in TABLES}
    given |= {
        "documents": frame("documents", [{"doc": d, "status": "ok", "date": "", "mode": "workshop" if d == "I4" else "telefon", "words": 9, "turns": 4} for d in sorted({d for d, _, _ in people.values()})]),
        "cases": frame("cases", [{"case": c, "doc": d, "speaker": f"B{c}", "access": "Schneeball (privat)", "language": "Deutsch", "gruppe": g, "ort": o} for c, (d, g, o) in people.items()], knobs.variables),
        "turns": frame("turns", [{"doc": d, "turn": t, "speaker": f"B{c}" if c else "I", "case": c, "role": "respondent" if c else "interviewer", "text": " ".join(f"wort{n}" for n in range(words))} for d, t, c, *_, words in SPOKEN]),
        "questions": frame("questions", [{"doc": d, "turn": t, "question": q if guide else "", "kind": k if guide else "none", "leading": lead, "answer": a} for d, t, _, q, k, lead, a, _ in SPOKEN]),
        "codes": CODES, "findings_mentions": frame("findings_mentions", rows),
        "findings_quotes": frame("findings_quotes", [{"code": r["code"], "rank": n, "mention": r["mention"], "case": r["case"]} for n, r in enumerate(rows, 1)]),
        **tables,
    }  # fmt: skip
    given["findings_coverage"] = frame("findings_coverage", coverage(given["cases"], given["turns"], given["questions"], [q.id for q in load(folder / "guide.yaml").questions]))
    from pipeline.stages import BY_NAME

    reads = {name: given[name] for name in BY_NAME["unheard"].reads}
    made = {name: frame(name, found) for name, found in unheard.whole(**reads, settings=knobs, **{p: folder / f for p, f in BY_NAME["unheard"].files.items()}).items()}
    assert not [fault for name, found in made.items() for fault in check(name, found)]
    return {**given, **made}


def desk(tables: dict[str, pd.DataFrame], folder: Path, hidden: str = "", **more: Any) -> Desk:
    """A desk over these tables; `hidden`: a case that may not be quoted."""
    knobs = settings(**more)
    said = tables["findings_mentions"]
    every = tables | {
        "speakers": frame("speakers", [{"doc": d, "speaker": f"B{c}", "role": "respondent", "case": c, "turns": 1, "words": 1, "quotable": "no" if c == hidden else "yes"} for c, (d, _, _) in PEOPLE.items()]),
        "findings_release": frame("findings_release", [{"mention": m, "n_alike": 1, "unique": "no", "consent": "no" if c == hidden else "yes"} for m, c in zip(said["mention"], said["case"], strict=True)]),
    }  # fmt: skip
    return Desk(every, knobs, Names(knobs, every["cases"], every["documents"]), load(folder / "guide.yaml"))


def page(chapter: Any, name: str, at: Desk) -> str:
    """The chapter's page as text with plain blanks."""
    env = pages.environment()
    env.filters["capitalfirst"] = wording.capital
    ui = env.get_template("macros.html.j2").make_module({"study": SimpleNamespace(language="de"), "pictures": {}})
    return " ".join(env.get_template(f"answers/{name}.html.j2").render(c=chapter(at), ui=ui, with_proposals=at.with_proposals).split())
