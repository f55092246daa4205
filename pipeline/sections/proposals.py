"""What is said beside proposals: how often they are right, how common a category is, where the model is weak, what it is silent about."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.wording import capital, interval, number

if TYPE_CHECKING:
    import pandas as pd

ENOUGH = 10  # read proposals of a category from which on its own share of right ones is told
NOT_MEASURED = (
    "noch nicht gemessen: Dafür müssen Redebeiträge für alle Kategorien gelesen werden (reviewed.csv), am besten zufällig gezogene"
)


class Proposals:
    """Everything about proposals that stands beside figures, by category."""

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        self.codes = {r.code: r for r in tables["quality_codes"].itertuples()}
        self.shares = {r.code: r for r in tables["quality_prevalence"].itertuples()}
        self.model = {r.code: r for r in tables["model_codes"].itertuples()}
        self.coded = set(tables["codes"].loc[tables["codes"]["coded"] == "yes", "code"])
        pooled = tables["quality"]
        pooled = pooled[(pooled["measure"] == "precision") & (pooled["unit"] == "sentence") & (pooled["part"] == "all")]
        self.pooled: Any = next(pooled.dropna(subset=["low", "high"]).itertuples(), None)
        fairness = tables["quality_fairness"]
        self.gaps = fairness[fairness["told"] != ""]

    def overall(self) -> str:
        """How often proposals are right over all categories, as the end of a sentence that begins "Vorschläge"."""
        if self.pooled is None:
            return f"Wie oft Vorschläge zutreffen, ist {NOT_MEASURED}."
        return f"Von den Vorschlägen treffen {self._pooled()} zu (an {self.pooled.n} gelesenen Vorschlägen gemessen)."

    def _pooled(self) -> str:
        return interval(*careful(self.pooled.estimate, self.pooled.low, self.pooled.high, self.pooled.n))

    def right(self, code: str) -> str:
        """How often proposals of this category are right: measured for it, else over all categories, else not yet."""
        if self.pooled is None:
            return f"Wie oft solche Vorschläge zutreffen, ist {NOT_MEASURED}."
        own, all_ = self.codes.get(code), f"über alle Kategorien treffen {self._pooled()} zu"
        if own is None:
            return capital(f"{all_}.")
        if own.n_proposed >= ENOUGH and own.precision_low == own.precision_low:
            return (
                f"Von solchen Vorschlägen treffen {interval(*careful(own.precision, own.precision_low, own.precision_high, own.n_proposed))} zu "
                f"({own.n_both} von {own.n_proposed} gelesenen)."
            )
        if not own.n_proposed:
            return f"Von solchen Vorschlägen ist noch keiner gelesen; {all_}."
        verb = "ist einer" if own.n_proposed == 1 else f"sind {number(own.n_proposed)}"
        good = "keiner traf zu" if not own.n_both else "einer traf zu" if own.n_both == 1 else f"{number(own.n_both)} trafen zu"
        return f"Von solchen Vorschlägen {verb} gelesen, {good}: zu wenige für eine Angabe; {all_}."

    def common(self, code: str) -> str:
        """In which share of sentences a category occurs, or why that is not told; empty for what is never coded itself."""
        own = self.shares.get(code)
        if own is None:
            return ""
        if own.reason or own.low != own.low:
            return "" if self.same_reason else f"Wie häufig das gesagt wird, lässt sich nicht angeben. {own.reason}".strip()
        return f"Gesagt wird es in {interval(own.low, own.high)} der Sätze (geschätzt aus {own.n_reviewed} gelesenen Sätzen)."

    @property
    def same_reason(self) -> str:
        """Why no category's share can be told, where the reason is the same for all; then it is said once."""
        reasons = {own.reason for own in self.shares.values()}
        return reasons.pop() if len(reasons) == 1 else ""

    def weak(self, code: str) -> str:
        """What to know of the model's learning of a category; empty where there is nothing to say."""
        own = self.model.get(code)
        if own is None:
            return ""
        if own.served != "yes":
            return f"Zu dieser Kategorie schlägt das Modell nichts vor{f' ({own.note})' if own.note else ''}; was gesagt wurde, finden hier nur Menschen und Regeln."
        return f"{capital(own.note)}." if own.note else ""

    def withheld(self, code: str) -> bool:
        """Whether proposals of a category are kept out of comparisons of groups: the model is not equally good in every way of speaking."""
        parts = {one for part in self.gaps["part"] for one in part.removesuffix(" @5").split("/")}
        return bool(parts) and (not parts <= self._categories() or code in parts or code.split(".")[0] in parts)

    def _categories(self) -> set[str]:
        return {code for known in self.model for code in (known, known.split(".")[0])}

    def why_withheld(self, codes: Iterable[str] = ()) -> list[str]:
        """The sentences of `quality_fairness` that say so, those of all contents first; of those on single categories only what
        concerns these, where some are given."""
        rows = self.gaps.assign(first=[not part.startswith("all") for part in self.gaps["part"]])
        heads = {head for code in codes for head in (code, code.split(".")[0])}
        if heads:
            parts = [set(part.removesuffix(" @5").split("/")) for part in rows["part"]]
            rows = rows[[not part <= self._categories() or bool(part & heads) for part in parts]]
        return list(dict.fromkeys(rows.sort_values(["first", "gap"], ascending=[True, False], kind="stable")["told"]))


def careful(estimate: float, low: float, high: float, n: int) -> tuple[float, float]:
    """Bounds of a share of n that are never narrower than if all n were independent (Wilson, 95 of 100): from a few interviews
    that happen to agree, drawing interviews anew makes intervals that are far too narrow.

    >>> [round(x, 2) for x in careful(0.38, 0.378, 0.385, 71)], careful(1.0, 1.0, 1.0, 1)[1]
    ([0.28, 0.5], 1.0)
    """
    if n < 1 or estimate != estimate:
        return low, high
    z = 1.96
    middle, spread = estimate + z * z / (2 * n), z * (estimate * (1 - estimate) / n + z * z / (4 * n * n)) ** 0.5
    bounds = (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)
    return min(max(0.0, bounds[0]), low), max(min(1.0, bounds[1]), high)


def unshown(rows: pd.DataFrame, known: Proposals) -> pd.DataFrame:
    """Group figures without those proposals that must not be compared."""
    import pandas as pd

    hide = [basis == "proposed" and known.withheld(code) for basis, code in zip(rows["basis"], rows["code"], strict=True)]
    return rows[~pd.Series(hide, index=rows.index, dtype=bool)]


def outside(settings: SimpleNamespace) -> str:
    """Which other machine received texts; empty where none did."""
    used: Any = settings.llm
    return str(used.host) if used.use and used.host else ""
