"""How topics came about: the number of topics, the models compared, and what became of people's edits."""

from __future__ import annotations

from math import ceil, floor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import pictures
from pipeline.topic_words import ACTIONS, MODELS, STATES
from pipeline.wording import capital, number

if TYPE_CHECKING:
    import pandas as pd


def making(tables: dict[str, pd.DataFrame], items: list[SimpleNamespace]) -> SimpleNamespace:
    """Curves, stability by topic, models and edits; lists are empty where there is nothing."""
    shown = {t.topic: t.short for t in items}
    rows = list(tables["topic_numbers"].itertuples())
    chosen = next((r.number for r in rows if r.chosen == "yes"), 0)
    fixed = next((int(r.value) for r in tables["topic_notes"].itertuples() if r.note == "set"), 0)
    models = [
        SimpleNamespace(
            name=MODELS.get(r.model, r.model), used=r.used == "yes", number=r.number, coherence=r.coherence, stability=r.stability,
            outside=f"{r.outside * 100:.0f}" if r.outside == r.outside else "–", agreement=r.agreement,
        )
        for r in tables["topic_models"].itertuples()
    ]  # fmt: skip
    return SimpleNamespace(
        numbers=rows, chosen=chosen, chosen_words=_themes(chosen), set=fixed, set_words=_themes(fixed), curves=_curves(rows, chosen), models=sorted(models, key=lambda m: not m.used),
        stable=sorted(items, key=lambda t: (-t.stability if t.stability == t.stability else 9, t.topic)),
        edits=[_edit(e, shown) for e in tables["topic_edits"].itertuples() if e.action != "none"],
    )  # fmt: skip


def _themes(n: int) -> str:
    return "" if not n else "ein Thema" if n == 1 else f"{number(n)} Themen"


def _curves(rows: list[Any], chosen: int) -> list[SimpleNamespace]:
    """Stability and coherence over the number of topics, each on a scale of its own; none where one number alone was looked at."""
    if len(rows) < 2:
        return []
    kinds = [("Übereinstimmung zweier Hälften", [(r.number, r.stability) for r in rows], True), ("Zusammenhang der Wörter", [(r.number, r.coherence) for r in rows], False)]
    found = []
    for title, values, from_zero in kinds:
        known = [v for _, v in values if v == v]
        if known:
            low, high = (0.0, 1.0) if from_zero else (floor(min(known) * 10) / 10, ceil(max(known) * 10) / 10)
            drawn = pictures.line(values, low, high if high > low else low + 0.1)
            at = next((x for x, _, n in drawn.points if n == chosen), None)
            found.append(SimpleNamespace(title=title, line=drawn, at=at, values=dict(values)))
    return found


def _edit(e: Any, shown: dict[str, str]) -> SimpleNamespace:
    """An entry of topics.yaml, what became of it, and what to do."""
    hints = {
        "found": "",
        "weak": "Bitte die Zitate ansehen, ob noch dasselbe gemeint ist. Wenn ja: die Wörter (terms) aus der neuen editable/topics.yaml übernehmen."
        + (" Oder ein Teil unter split fand keinen Satz: bitte andere Wörter für ihn wählen." if "split" in e.action else ""),
        "lost": "Das Thema gibt es in diesem Lauf nicht mehr; der Eintrag ändert nichts. Bitte einem heutigen Thema zuordnen (dessen Wörter unter terms eintragen) oder streichen.",
    }
    return SimpleNamespace(
        line=e.line, name=e.name or "(ohne Namen)", action=", ".join(ACTIONS.get(a, a) for a in e.action.split("+")), topic=e.topic if e.topic in shown else "",
        label=shown.get(e.topic, ""), likeness=e.likeness, status=capital(STATES.get(e.status, e.status)), lost=e.status == "lost", weak=e.status == "weak",
        hint=hints.get(e.status, ""), terms=e.terms.replace("\n", ", "),
    )  # fmt: skip
