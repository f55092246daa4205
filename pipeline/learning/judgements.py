"""What people judged, sentence by sentence: readings and decisions of several coders put together into what is learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.covered import is_full, listed
from pipeline.tables import CONSENSUS_CODER, QUEUE


@dataclass
class Judgement:
    """A sentence: who read it for all codes, in which modes it was judged, and what each coder says of single codes.

    `added`: code -> coders who gave it of their own; `decided`: code -> coder -> whether the last decision on a proposal accepted it;
    `lacks`: coder -> codes that came into the codebook after they read it; `only`: code -> coders who read it for that code.
    """

    readers: set[str] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    added: dict[str, set[str]] = field(default_factory=dict)
    decided: dict[str, dict[str, bool]] = field(default_factory=dict)
    lacks: dict[str, frozenset[str]] = field(default_factory=dict)
    only: dict[str, set[str]] = field(default_factory=dict)

    def read(self, row: Mapping[str, Any]) -> None:
        """Enter a reading (a row with `coder`, `mode`, `codes` and `lacks`); who looked at proposals alone read nothing."""
        coder, lacks = row["coder"], frozenset(listed(row.get("lacks", "")))
        if is_full(row):
            self.lacks[coder] = self.lacks[coder] & lacks if coder in self.readers and coder in self.lacks else lacks
            self.readers.add(coder)
        elif row["mode"] != QUEUE:
            for code in listed(row["codes"]):
                self.only.setdefault(code, set()).add(coder)

    def say(self, code: str, coder: str, action: str) -> None:
        """Enter a decision; later ones of the same coder on a proposal count instead of earlier ones."""
        if action == "add":
            self.added.setdefault(code, set()).add(coder)
        else:
            self.decided.setdefault(code, {})[coder] = action == "accept"

    def coders(self) -> list[str]:
        """All who judged the sentence."""
        told = {coder for by in (self.added, self.decided) for coders in by.values() for coder in coders}
        return sorted(self.readers | told)

    def looked(self, code: str) -> set[str]:
        """Those who read the sentence and looked for a code."""
        return {coder for coder in self.readers if code not in self.lacks.get(coder, ())} | self.only.get(code, set())


def given(one: Judgement) -> list[str]:
    """Codes that at least half of those gave who read the sentence for it or decided on the code; where a meeting settled it, what
    was settled.

    >>> one = Judgement(readers={"ab", "cd", "ef"})
    >>> for code, coder in (("A", "ab"), ("B", "ab"), ("B", "cd")):
    ...     one.say(code, coder, "add")
    >>> given(one)
    ['B']
    """
    found = []
    for code in sorted({*one.added, *one.decided}):
        decided = one.decided.get(code, {})
        givers = one.added.get(code, set()) | {coder for coder, yes in decided.items() if yes}
        if CONSENSUS_CODER in one.added.get(code, ()) or CONSENSUS_CODER in decided:
            found += [code] if CONSENSUS_CODER in givers else []
            continue
        voters = (one.looked(code) - {CONSENSUS_CODER}) | givers | set(decided)
        if givers and 2 * len(givers) >= len(voters):
            found.append(code)
    return found


def unknown(one: Judgement) -> list[str]:
    """Codes of which nothing is known of a sentence, though it was read: they came later, and nobody read it again for them."""
    every = {code for lacks in one.lacks.values() for code in lacks}
    return sorted(code for code in every if not one.looked(code) and code not in one.added and code not in one.decided)
