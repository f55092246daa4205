"""The main clauses behind a verb of saying that are what is said."""

from __future__ import annotations

from pipeline.stances.clauses import Clause
from pipeline.stances.subjects import subject
from pipeline.stances.turn import Turn

# With these the speaker has the word again.
TURNS = frozenset({"aber", "doch", "und", "dabei", "obwohl", "trotzdem", "sondern", "denn"})


def main_clauses(turn: Turn, whole: int, last: int, place: int, triggers: dict[int, int]) -> None:
    """The main clauses behind the verb that are what is said, as long as they have the same subject."""
    kinds = turn.kinds
    sentence = turn.clauses[whole].sentence
    colon = kinds[turn.clauses[last].end - 1].low == ":"
    first = ""
    for number in range(last + 1, len(turn.clauses)):
        after = turn.clauses[number]
        if after.sentence != sentence or after.kind not in ("main", "fragment"):
            if after.sentence != sentence or after.matrix == after.whole:
                break
            continue
        if after.kind == "fragment" and not colon and number == last + 1 and not _speech_like(turn, number):
            break
        who = subject(kinds, after)
        name = kinds[who].low if who >= 0 else ""
        if (
            number > last + 1
            and not colon
            and first
            and (kinds[after.start].low in TURNS or name != first or name == "ich")
            and not _indirect(turn, after)
        ):
            break
        if kinds[after.start].low in (TURNS if not first else TURNS - {"und"}) and not colon:
            break
        triggers.setdefault(after.whole, place)
        first = first or name or "-"


def _indirect(turn: Turn, clause: Clause) -> bool:
    """`…, die Wohnung sei zu klein und wir hätten zu viele Kinder`: the subjunctive goes on with what is said."""
    return clause.finite >= 0 and bool(turn.kinds[clause.finite].cues & {"subjunctive", "reportive"})


def _speech_like(turn: Turn, number: int) -> bool:
    """A fragment that may be said: `hat gesagt, kein Problem`; not an afterthought such as `ne`."""
    clause = turn.clauses[number]
    return clause.end - clause.start > 2
