"""Clauses whose subject or topic stands in another clause: parted by an inserted clause, or asked for by the clause before."""

from __future__ import annotations

from pipeline.stances.clauses import Clause
from pipeline.whom.mentions import Mention
from pipeline.whom.reading import Reading
from pipeline.whom.subjects import NO_PERSON, resolve
from pipeline.whom.words import NOBODY, OTHER


def resumed(reading: Reading, clause: Clause, subject: Mention | None) -> Mention | None:
    """Whom an inserted clause has parted from its verb: `und wir, die da wohnen, | kamen nur als Zeugen vor`."""
    at = reading.number[clause.start] - 1
    named_here = subject is not None and subject.sort not in NO_PERSON
    if named_here or clause.finite != clause.start or clause.kind != "main" or at < 0:
        return None
    inserted = reading.clauses[at]
    if inserted.sentence != clause.sentence:
        return None
    if inserted.kind != "relative" or inserted.opener < 2:
        return _topic(reading, clause) if inserted.kind == "subordinate" and subject is None else None
    heads = reading.named[reading.clauses[reading.number[inserted.opener - 1]].whole]
    if not any(m.place == inserted.opener - 2 for m in heads):
        return None  # `und jetzt, wo ich Zeit hätte, | fehlt mir die Kraft`
    head = next((m for m in reversed(heads) if m.place < inserted.opener and m.of < 0), None)
    if head is None or head.sort in NO_PERSON or head.prep not in ("", "von", "vom", "bei"):
        return None
    resolve(reading, clause, head)
    if head.sort == "thing":
        head.sort, head.who = "person", OTHER  # a pronoun before a relative clause means somebody
    return head


def _topic(reading: Reading, clause: Clause) -> Mention | None:
    """`Die Jugendlichen, das will ich mal sagen, ohne dass …, | sind höflich`: named before a remark of the speaker's."""
    remark = reading.clauses[clause.joined] if clause.joined >= 0 else clause
    named = reading.named[remark.whole]
    if not any(m.sort == "speaker" and m.case == "n" and m.place > remark.finite for m in named):
        return None
    return next(
        (m for m in named if m.sort in ("person", "body") and not m.prep and m.of < 0 and m.place < remark.finite), None
    )


def cleft(reading: Reading, clause: Clause) -> int:
    """The value of the clause before in `was wir brauchen, ist ein Schlüssel`, `was die machen, das ist Schikane`, or -1."""
    at, start = reading.number[clause.start] - 1, clause.start
    start += reading.kinds[start].low in ("das", "dat", "des")
    if at < 0 or clause.finite != start or reading.kinds[clause.finite].lemma not in ("sein", "wirken"):
        return NOBODY
    before = reading.clauses[at]
    what = before.sentence == clause.sentence and any(
        reading.kinds[i].low in ("was", "wat", "wos", "wie")
        for i in range(before.start, min(before.start + 2, before.end))
    )
    thought = reading.tells(before.whole, "opinion") or before.kind == "main"
    return reading.values.get(before.whole, NOBODY) if what and not thought else NOBODY
