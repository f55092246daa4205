"""What is said beside proposals: how often they are right, how common a category is, where the model is weak, what it is silent about."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.language import N_, _, ngettext
from pipeline.wording import capital, interval, number

if TYPE_CHECKING:
    import pandas as pd

ENOUGH = 10  # read proposals of a category from which on its own share of right ones is told
# What the stage fit notes of a category in `model_codes`.
NOTES = (
    N_("das Modell ist abgeschaltet"), N_("zu wenige Ankersätze: das Modell schlägt diese Kategorie nicht vor"), N_("wenige Ankersätze ({n}): Vorschläge sind unsicher"),
)  # fmt: skip


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
            return _(
                "Wie oft Vorschläge zutreffen, ist noch nicht gemessen: Dafür müssen Redebeiträge für alle Kategorien gelesen werden (reviewed.csv), am besten zufällig gezogene."
            )
        told = _("Von den Vorschlägen treffen {share} zu (an {n} gelesenen Vorschlägen gemessen).")
        return told.format(share=self._pooled(), n=self.pooled.n)

    def _pooled(self) -> str:
        return interval(*careful(self.pooled.estimate, self.pooled.low, self.pooled.high, self.pooled.n))

    def right(self, code: str) -> str:
        """How often proposals of this category are right: measured for it, else over all categories, else not yet."""
        if self.pooled is None:
            return _(
                "Wie oft solche Vorschläge zutreffen, ist noch nicht gemessen: Dafür müssen Redebeiträge für alle Kategorien gelesen werden (reviewed.csv), "
                "am besten zufällig gezogene."
            )
        own, all_ = self.codes.get(code), _("über alle Kategorien treffen {share} zu").format(share=self._pooled())
        if own is None:
            return capital(f"{all_}.")
        if own.n_proposed >= ENOUGH and own.precision_low == own.precision_low:
            share = interval(*careful(own.precision, own.precision_low, own.precision_high, own.n_proposed))
            return _("Von solchen Vorschlägen treffen {share} zu ({n} von {of} gelesenen).").format(share=share, n=own.n_both, of=own.n_proposed)
        if not own.n_proposed:
            return _("Von solchen Vorschlägen ist noch keiner gelesen; {all}.").format(all=all_)
        told = ngettext(
            "Von solchen Vorschlägen ist einer gelesen, {good}: zu wenige für eine Angabe; {all}.",
            "Von solchen Vorschlägen sind {n} gelesen, {good}: zu wenige für eine Angabe; {all}.", own.n_proposed,
        )  # fmt: skip
        return told.format(n=number(own.n_proposed), good=_good(own.n_both), all=all_)

    def common(self, code: str) -> str:
        """In which share of sentences a category occurs, or why that is not told; empty for what is never coded itself."""
        own = self.shares.get(code)
        if own is None:
            return ""
        if own.reason or own.low != own.low:
            told = _("Wie häufig das gesagt wird, lässt sich nicht angeben. {reason}").format(reason=own.reason).strip()
            return "" if self.same_reason else told
        return _("Gesagt wird es in {share} der Sätze (geschätzt aus {n} gelesenen Sätzen).").format(share=interval(own.low, own.high), n=own.n_reviewed)

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
        note = note_words(own)
        if own.served == "yes":
            return f"{capital(note)}." if note else ""
        if note:
            return _("Zu dieser Kategorie schlägt das Modell nichts vor ({note}); was gesagt wurde, finden hier nur Menschen und Regeln.").format(note=note)
        return _("Zu dieser Kategorie schlägt das Modell nichts vor; was gesagt wurde, finden hier nur Menschen und Regeln.")

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


def note_words(row: Any) -> str:
    """What is noted of a row of `model_codes`, in the language of the report."""
    return next((_(note).format(n=row.n_anchors) for note in NOTES if note.format(n=row.n_anchors) == row.note), str(row.note))


def _good(n: int) -> str:
    """How many of a few proposals that people read were right."""
    return ngettext("einer traf zu", "{n} trafen zu", n).format(n=number(n)) if n else _("keiner traf zu")


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
