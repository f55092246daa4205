"""Changes of the codebook that nobody has explained yet: what came, went, became something else, between the versions under which people worked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.covered import listed


class Version(NamedTuple):
    """A version of the codebook: its hash, its day (empty: not noted yet), the categories that it codes."""

    version: str
    date: str
    codes: tuple[str, ...]


class Change(NamedTuple):
    """`what` is one of `lists.LOG_KINDS`; `codes` those that changed, the old ones first."""

    what: str
    codes: tuple[str, ...]
    version: str
    date: str


def versions(rows: Iterable[Mapping[str, str]], today: Version) -> list[Version]:
    """The versions that were noted, in their order, and today's where it is another one."""
    found = [Version(row["version"], row["date"], tuple(listed(row["codes"]))) for row in rows]
    return found if today.version in {one.version for one in found} else [*found, today]


def changes(known: Sequence[Version], was: Mapping[str, Sequence[str]]) -> list[Change]:
    """What changed from each version to the next. `was`: category of today -> former ids that it names."""
    found = []
    for before, after in pairwise(known):
        added = [code for code in after.codes if code not in before.codes]
        gone = [code for code in before.codes if code not in after.codes]
        found += [Change(what, codes, after.version, after.date) for what, codes in _of(added, gone, was)]
    return found


def _of(added: Sequence[str], gone: Sequence[str], was: Mapping[str, Sequence[str]]) -> list[tuple[str, tuple[str, ...]]]:
    heirs = {old: [new for new, names in was.items() if old in names] for old in gone}
    made: list[tuple[str, tuple[str, ...]]] = []
    told: set[str] = set()
    for old in gone:
        new = heirs[old]
        if old in told:
            continue
        if len(new) > 1:
            made.append(("split", (old, *new)))
        elif new:
            merged = [one for one in gone if heirs[one] == new]
            kind = "renamed" if len(merged) == 1 and new[0] in added else "merged"
            made.append((kind, (*merged, *new)))
            told.update(merged)
        else:
            made.append(("dropped", (old,)))
        told.update((old, *new))
    return made + [("new", (code,)) for code in added if code not in told]


def unexplained(found: Iterable[Change], log: Iterable[Mapping[str, str]]) -> list[Change]:
    """Changes that no entry of the log speaks of: one that names a category of it, and its version or its kind or no version at all."""
    said = [(set(listed(row["code"])), row["version"], row["what"]) for row in log]

    def explained(change: Change) -> bool:
        return any(
            codes.intersection(change.codes) and (not version or change.version.startswith(version) or what == change.what) for codes, version, what in said
        )

    return [change for change in found if not explained(change)]


def defined(before: Mapping[str, object], after: Mapping[str, object], version: str) -> list[Change]:
    """Categories of both codebooks whose words (whatever the values are) differ."""
    return [Change("defined", (code,), version, "") for code in after if code in before and before[code] != after[code]]
