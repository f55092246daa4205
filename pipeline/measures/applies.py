"""Which of the council's questions a study can answer: it needs categories for it, and for some a variable or a guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# Question -> (families of which one at least is needed, what else is needed). Q7 and the cases take any category.
NEEDS: dict[str, tuple[tuple[str, ...], str]] = {
    "Q1": (("potentials", "bridges"), ""), "Q2": (("engagement",), ""), "Q3": (("reasons",), ""), "Q4": (("needs",), "district"),
    "Q5": ((), ""), "Q6": (("wishes", "needs"), ""), "Q7": ((), "group"), "Q8": (("welcome", "unwelcome", "together", "conflict"), ""),
    "Q9": ((), ""), "Q10": ((), ""), "Q11": ((), "guide"), "Q12": ((), ""), "cases": ((), ""),
}  # fmt: skip
# Family -> the question whose answer lacks a part where the codebook has none of its categories.
ANSWERED = {
    "potentials": "Q1", "bridges": "Q1", "engagement": "Q2", "limits": "Q2", "reasons": "Q3", "withdrawal": "Q3", "rejection": "Q3", "restriction": "Q3",
    "no_separation": "Q3", "frames": "Q3", "needs": "Q4", "offers": "Q4", "cooperation": "Q5", "missing": "Q5", "wishes": "Q6", "goals": "Q7", "costs": "Q7",
    "affected": "Q7", "welcome": "Q8", "unwelcome": "Q8", "together": "Q8", "conflict": "Q8",
}  # fmt: skip
_NO_FAMILY = ("group", "district", "opposites")


def named(answers: Any) -> dict[str, tuple[str, ...]]:
    """Family -> the codes that study.yaml names for it."""
    return {name: tuple(getattr(answers, name)) for name in vars(answers) if name not in _NO_FAMILY}


def rows(
    families: Mapping[str, set[str]], answers: Any, variables: Sequence[str], cases: pd.DataFrame, guide: Sequence[str], mentions: pd.DataFrame,
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_applies`. `reason` says why a question cannot be answered: codes (`detail`: the families that lack categories), variable
    (`detail`: its name), setting (`detail`: which of study.yaml's answers names none), values (nobody has a value of it), guide, or mentions (nothing is coded or proposed at all)."""
    found = []
    for order, (question, (wanted, more)) in enumerate(NEEDS.items(), 1):
        reason, detail = "", ""
        if wanted and not any(families.get(family) for family in wanted):
            reason, detail = "codes", "+".join(wanted)
        elif more in ("group", "district"):
            name = getattr(answers, more)
            if name not in variables or name not in cases.columns:
                reason, detail = ("variable", name) if name else ("setting", more)
            elif not (cases[name] != "").any():
                reason, detail = "values", name
        elif more == "guide" and not guide:
            reason = "guide"
        if not reason and not len(mentions) and question not in ("Q5", "Q9", "Q10", "Q11", "Q12"):
            reason = "mentions"
        found.append({"question": question, "order": order, "applies": "no" if reason else "yes", "reason": reason, "detail": detail})
    return found
