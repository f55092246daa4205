"""All candidates for labels of a text, grouped by label, and how much speaks for each group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.labels import words
from pipeline.labels.frames import is_note
from pipeline.labels.lexicon import base, fold, header_key, is_action, is_kin, is_name, lookup
from pipeline.labels.shapes import STRONG, Candidate, loose, parse
from pipeline.reading import TEXT
from pipeline.speakers.lines import Line, Source

ACCEPT, NEVER = 3, -9  # scores from which on a label is believed, at which it never is
QUOTES = ("„", "“", '"', "»", "«", "‚", "'")
SIGILS = ("#", "@", "{")  # with which QualCoder's users mark speakers
SMALL = 0.5  # share of turns that begin small, from which on small letters say nothing
CLOSING = ')]“”«»"‘'  # with which a remark behind a label closes

Place = tuple[int, Candidate]  # number of a line, and the candidate there


@dataclass
class Group:
    """All candidates with one label."""

    names: Counter[str] = field(default_factory=Counter)
    at: list[Place] = field(default_factory=list)
    quoted: int = 0  # how often a quotation follows: the respondent tells what somebody said
    small: int = 0  # how often the text goes on in small letters, as within a sentence
    sure: int = 0  # how often its form speaks for itself

    @property
    def name(self) -> str:
        return self.names.most_common(1)[0][0]

    def strong(self) -> int:
        return self.sure

    def sort(self) -> None:
        """Put the candidates in the order of their lines, after some were added out of it."""
        self.at.sort(key=lambda place: place[0])

    def drop(self, lines: Collection[int]) -> None:
        """Forget the candidates on some lines."""
        self.at = [(number, candidate) for number, candidate in self.at if number not in lines]
        self.sure = sum(candidate.shape in STRONG for _, candidate in self.at)

    def listed(self) -> bool:
        return all(candidate.listed for _, candidate in self.at)

    def put(self, number: int, candidate: Candidate) -> None:
        self.names[candidate.name] += 1
        self.at.append((number, candidate))
        self.sure += candidate.shape in STRONG

    def add(self, number: int, candidate: Candidate, after: str) -> None:
        """Count a candidate; `after` is the text behind it."""
        self.put(number, candidate)
        self.quoted += after[:1] in QUOTES
        self.small += after[:1].islower()


@dataclass(frozen=True)
class Manner:
    """How a file is written: whether turns begin `small`, and whether its labels stand in a numbered list (`listed`)."""

    small: bool
    listed: bool


def collect(source: Source, skip: frozenset[int]) -> tuple[dict[str, Group], list[Place]]:
    """Candidates by folded label, and those of forms that only a whole file can carry."""
    found: dict[str, Group] = defaultdict(Group)
    further: list[Place] = []
    for number, line in enumerate(source.lines):
        if line.kind != TEXT or number in skip:
            continue
        text = source.text[line.start : line.end]
        candidate = parse(text)
        if candidate:
            found[fold(candidate.name)].add(number, candidate, after(source, line, candidate))
        plain = (
            candidate is not None and candidate.shape in STRONG and (not candidate.remark or enclosed(candidate.name))
        )
        other = None if plain else loose(text)
        further += [(number, other)] if other else []
    return _merged(source, dict(found)), further


def after(source: Source, line: Line, candidate: Candidate) -> str:
    """The first signs of what follows a candidate on its line."""
    return source.text[line.start + candidate.body : min(line.end, line.start + candidate.body + 40)].lstrip()


def _merged(source: Source, groups: dict[str, Group]) -> dict[str, Group]:
    """`B2 (kommt herein)` is B2. `B (m, 61)` is the B that also stands bare, unless several B are told apart that way."""
    variants: dict[str, list[str]] = defaultdict(list)
    for key, group in groups.items():
        first = group.at[0][1]
        if first.remark and not is_kin(first.remark):
            variants[fold(first.head)].append(key)
    for head, keys in variants.items():
        acting = [key for key in keys if is_action(groups[key].at[0][1].remark)]
        telling = [key for key in keys if key not in acting]
        bare = head in groups and (lookup(groups[head].name) is not None or groups[head].strong() > 1)
        for key in acting + (telling if len(telling) == 1 and bare else []):
            for number, candidate in groups.pop(key).at:
                line = source.lines[number]
                whole = replace(candidate, name=candidate.head)
                groups.setdefault(head, Group()).add(number, whole, after(source, line, candidate))
        if head in groups:
            groups[head].sort()
    return groups


def manner(groups: Mapping[str, Group]) -> Manner:
    """How the labels that are likely ones go on, and whether they are numbered."""
    likely = [g for g in groups.values() if ((e := lookup(g.name)) and e.strong) or g.strong() > 2]
    count = sum(len(g.at) for g in likely) or 1
    small = sum(g.small for g in likely)
    return Manner(small >= SMALL * count, sum(c.listed for g in likely for _, c in g.at) >= SMALL * count)


def named(group: Group) -> bool:
    """Whether a label looks like a name; behind a comma or dash must stand a name or a number as well."""
    first = group.at[0][1]
    if not first.remark or first.name == first.head:
        return is_name(group.name)
    return is_name(first.head) and (enclosed(group.name) or first.remark[0].isdigit() or is_name(first.remark))


def enclosed(name: str) -> bool:
    """Whether a label's remark has brackets or quotation marks around it: `B (m, 61)`, `B1 „Ayşe“`."""
    return name.rstrip()[-1:] in CLOSING


def score(
    key: str, group: Group, given: Collection[str], groups: Mapping[str, Group], extra: dict[str, str], how: Manner
) -> int:
    """How much speaks for a label."""
    name, entry, count = group.name, lookup(group.name), len(group.at)
    if key in given:
        return ACCEPT + 3
    strong = entry is not None and entry.strong
    if _never(key, strong, groups, name, extra) or _in_a_sentence(group, strong, how):
        return NEVER
    total = 0
    if base(name) in given or strong:
        total += 3
    elif entry:
        total += 1
    elif not named(group):
        total -= 3
    total += 2 if count >= 3 else count - 1
    total += name[:1] in SIGILS
    total += len((group.at[0][1].head or name).split()) <= 3
    total -= 2 * name.lstrip("[")[:1].islower()
    total -= 2 * (group.quoted == count and entry is None)
    return total + _by_form(candidate for _, candidate in group.at)


def _by_form(candidates: Iterable[Candidate]) -> int:
    seen = {(candidate.shape, bool(candidate.time)) for candidate in candidates}
    shapes = {shape for shape, _ in seen}
    return (
        3 if "tier" in shapes else 2 if "clock" in shapes else 1 if "time" in shapes or ("colon", True) in seen else 0
    )


def _in_a_sentence(group: Group, strong: bool, how: Manner) -> bool:
    """What a list or a sentence of the respondent's brings along: `2. Wohnung: …`, `Mutter: war streng`, `Tja, Pech: …`."""
    if strong or len(group.name) == 1:
        return False
    first = group.at[0][1]
    single = len(group.at) < 2 and bool(first.remark) and first.name != first.head and not enclosed(group.name)
    goes_on = group.small == len(group.at) <= 2 and not how.small
    return single or goes_on or (group.listed() and not how.listed)


def _never(key: str, strong: bool, groups: Mapping[str, Group], name: str, extra: dict[str, str]) -> bool:
    pair = {"frage": "antwort", "antwort": "frage"}.get(key)
    if pair and pair in groups and len(groups[key].at) > 1:
        return False
    told = key.split(" ")[0] in words.NEVER or bool(header_key(name.strip("[] "), extra))
    return not strong and (told or is_note(f"{name}:", False))
