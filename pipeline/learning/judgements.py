"""What people judged, sentence by sentence: readings and decisions of several coders put together into what is learnt."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Judgement:
    """A sentence: who read it for all codes, in which modes it was judged, and what each coder says of single codes.

    `added`: code -> coders who gave it of their own; `decided`: code -> coder -> whether the last decision on a proposal accepted it.
    """

    readers: set[str] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    added: dict[str, set[str]] = field(default_factory=dict)
    decided: dict[str, dict[str, bool]] = field(default_factory=dict)

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


def given(one: Judgement) -> list[str]:
    """Codes that at least half of those gave who read the sentence or decided on the code.

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
        voters = one.readers | givers | set(decided)
        if givers and 2 * len(givers) >= len(voters):
            found.append(code)
    return found
