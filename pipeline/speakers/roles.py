"""Which role a label has: by settings, the file's legend, the lexicon, or the look of its turns; never silently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.labels.lexicon import base, fold, joint, lookup

MIN_TURNS = 4  # in a file, below which no role is inferred from the way of speaking
MARGIN = 0.5  # by which the likeliest interviewer must lead
MIN_MORE = 0.2  # by which that share must be above everybody else's
MIN_QUESTIONS = 0.3  # share of turns with a question that an interviewer has at least


@dataclass(frozen=True)
class SpeakerRole:
    """A label's role with `confidence` (0..1), German `evidence`, and how many `turns` and `words` it has."""

    label: str
    role: str
    confidence: float
    evidence: str
    turns: int
    words: int


@dataclass(frozen=True)
class Talk:
    """How a label speaks: `turns`, `words`, turns with a question (`asking`), number of its first turn (`first`)."""

    turns: int
    words: int
    asking: int
    first: int

    @property
    def asks(self) -> float:
        return self.asking / self.turns if self.turns else 0.0

    @property
    def length(self) -> float:
        return self.words / self.turns if self.turns else 0.0


Verdict = tuple[str, float, str]  # role, confidence, evidence


def talk(turns: list[tuple[str, str]]) -> dict[str, Talk]:
    """How each label speaks, from (label, text) of all turns in order."""
    found: dict[str, Talk] = {}
    for number, (label, text) in enumerate(turns):
        old = found.get(label, Talk(0, 0, 0, number))
        count = sum(any(sign.isalnum() for sign in word) for word in text.split())
        found[label] = Talk(old.turns + 1, old.words + count, old.asking + ("?" in text), old.first)
    return found


def assign(
    talks: Mapping[str, Talk], given: Mapping[str, str], legend: Mapping[str, str], styled: Mapping[str, str]
) -> list[SpeakerRole]:
    """The role of every label, in order of first turn. `styled`: labels that were made from bold or italic print."""
    settings, legend = _folded(given), _folded(legend)
    verdicts: dict[str, Verdict] = {}
    keys = {fold(label) for label in talks}
    lettered = {"a", "b"} <= keys and "i" not in keys  # speakers A, B, C: there B is no Befragte
    for label in talks:
        verdict = _told(label, settings, legend, styled) or _joined(label, keys)
        if verdict and not (lettered and fold(label) == "b" and verdict[2] == "Kürzel"):
            verdicts[label] = verdict
    _uncertain(talks, verdicts)
    _inferred(talks, verdicts)
    none: Verdict = ("unknown", 0.0, "kein Hinweis")
    order = sorted(talks, key=lambda label: talks[label].first)
    return [SpeakerRole(x, *verdicts.get(x, none), talks[x].turns, talks[x].words) for x in order]


def _folded(roles: Mapping[str, str]) -> dict[str, str]:
    return {fold(label): role for label, role in roles.items()}


def _told(label: str, settings: dict[str, str], legend: dict[str, str], styled: Mapping[str, str]) -> Verdict | None:
    key, stem = fold(label), base(label)
    for form in (key, stem):
        if form in settings:
            return settings[form], 1.0, "Einstellung"
    if label in styled:
        return styled[label], 0.7, "Schriftbild"
    for form in (key, stem):
        if form in legend:
            return legend[form], 0.95, "Legende"
    entry = lookup(label)
    return (entry.role, 0.9 if entry.role != "unknown" else 0.0, "Kürzel") if entry and entry.certain else None


def _joined(label: str, keys: set[str]) -> Verdict | None:
    """`B1 + B2` beside B1 and B2: nobody single speaks, so that nothing of it belongs to a person's interview."""
    parts = joint(label)
    return ("none", 0.9, "gemeinsam") if parts and all(fold(part) in keys for part in parts) else None


def _uncertain(talks: Mapping[str, Talk], verdicts: dict[str, Verdict]) -> None:
    """Labels such as `S1`, `E`, `M`: what they usually mean, where the other roles are known."""
    sure = {role for role, _, _ in verdicts.values()}
    needed = {"interviewer": {"respondent"}, "respondent": {"interviewer"}, "third": {"interviewer", "respondent"}}
    for label in talks:
        entry = lookup(label)
        if label in verdicts or entry is None or not entry.role or not needed.get(entry.role, {""}) <= sure:
            continue
        if entry.role == "interviewer" and "interviewer" in sure:
            continue
        verdicts[label] = (entry.role, 0.7, "Kürzel")


def _inferred(talks: Mapping[str, Talk], verdicts: dict[str, Verdict]) -> None:
    open_labels = [label for label in talks if label not in verdicts and label]
    roles = {role for role, _, _ in verdicts.values()}
    if not open_labels or sum(t.turns for t in talks.values()) < MIN_TURNS:
        return
    if "interviewer" in roles:
        if "respondent" not in roles:
            _beside_interviewer(talks, verdicts, open_labels)
        return
    if len(talks) < 2:
        return
    longest = max(t.length for t in talks.values()) or 1.0
    scores = {x: 2 * talks[x].asks + 1 - talks[x].length / longest + 0.5 * (talks[x].first == 0) for x in talks}
    best = max(open_labels, key=lambda label: scores[label])
    rivals = [score for label, score in scores.items() if label != best]
    lead = scores[best] - max(rivals)
    asks = max(talk.asks for label, talk in talks.items() if label != best) + MIN_MORE
    if lead < MARGIN or talks[best].asks < max(MIN_QUESTIONS, asks):
        return
    confidence = round(min(0.85, 0.5 + lead / 8), 2)
    verdicts[best] = ("interviewer", confidence, "Fragenanteil, Länge")
    if "respondent" not in roles:
        for label in open_labels:
            if label != best:
                verdicts[label] = ("respondent", round(confidence - 0.05, 2), "antwortet")


def _beside_interviewer(talks: Mapping[str, Talk], verdicts: dict[str, Verdict], labels: list[str]) -> None:
    """With the interviewer known, whoever answers at length and asks little is a respondent."""
    asking = [talks[label] for label, (role, _, _) in verdicts.items() if role == "interviewer"]
    questions = sum(t.asking for t in asking) / sum(t.turns for t in asking)
    for label in labels:
        if talks[label].asks < max(questions, 0.5) and talks[label].turns > 1:
            verdicts[label] = ("respondent", 0.6, "neben Interviewer")


def renamed(labels: list[str]) -> int:
    """How many labels end where the same with a 1 begins: `B` up to here, `B1` from here on (labels of turns in order).

    >>> renamed(["I", "B", "I", "B1", "B2", "B1"]), renamed(["I", "B", "B1", "B"]), renamed(["I", "B", "B2"])
    (1, 0, 0)
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for number, label in enumerate(labels):
        key = fold(label)
        first.setdefault(key, number)
        last[key] = number
    ones = ((key, first[form]) for key in last for form in (f"{key}1", f"{key} 1", f"{key}01") if form in first)
    return sum(last[key] < begins for key, begins in ones)


def contradictions(roles: list[SpeakerRole], talks: Mapping[str, Talk]) -> bool:
    """Whether the interviewer speaks much longer and asks less than the respondents: swapped labels, perhaps."""
    interviewers = [talks[r.label] for r in roles if r.role == "interviewer"]
    respondents = [talks[r.label] for r in roles if r.role == "respondent"]
    if not interviewers or not respondents or sum(r.turns for r in roles) < 10:
        return False
    asks = [sum(t.asking for t in side) / sum(t.turns for t in side) for side in (interviewers, respondents)]
    length = [sum(t.words for t in side) / sum(t.turns for t in side) for side in (interviewers, respondents)]
    return asks[0] + 0.2 < asks[1] and length[0] > 2 * length[1]
