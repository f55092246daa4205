"""How well the slots of the engagement inventory are filled, on labelled passages.

    python benchmarks/engagement.py develop        the set to develop on
    python benchmarks/engagement.py develop -v     and every error of it
    python benchmarks/engagement.py measure        the set to measure on; its errors are never listed

A slot is right if it shares at least half of its words (articles and prepositions apart) with one of the accepted answers; filling
one that must stay empty is wrong. Precision: right of those filled. Recall: right of those that have an answer.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

REPO = Path(__file__).parent.parent
sys.path.insert(0, str(REPO))

from pipeline.engaging.reading import Passage, passage  # noqa: E402
from pipeline.engaging.slots import Slots, slots  # noqa: E402
from pipeline.german import analyse, load  # noqa: E402
from pipeline.stances import Word  # noqa: E402

CASES = REPO / "tests" / "cases" / "engagement"
SLOTS = ("who", "what", "whom", "place_name", "since", "often")
DISTRICTS = ("Nordkolonie", "Schachtviertel", "Altmarkt", "Lohesiedlung")
_SMALL = frozenset("der die das den dem des ein eine einen einem einer für mit in im an am auf bei beim zu zum zur und um aus".split())


@lru_cache(maxsize=1)
def language() -> Any:
    return load("", "ruhr")


def passage_of(text: str) -> Passage:
    """A text read by itself."""
    analysis = analyse(language(), text)
    sentences: list[list[tuple[int, int, Word]]] = [[] for _ in analysis.sentences]
    for t in analysis.tokens:
        sentences[t.sentence].append((t.start, t.end, Word(t.form, t.norm, t.tag, t.lemma, t.pos)))
    return passage(text, sentences)


def given(found: Slots) -> dict[str, str]:
    who = {"me": "ich", "us": "wir", "name": "eine Person", "": ""}.get(found.kind, found.who)
    return {"who": who, "what": found.what, "whom": found.whom, "place_name": found.place, "since": found.since, "often": found.often}


def bag(text: str) -> frozenset[str]:
    low = frozenset(w for w in "".join(c if c.isalnum() else " " for c in text.lower()).split())
    return low - _SMALL or low


def right(said: str, accepted: list[str]) -> bool:
    """Whether what was filled in is one of the accepted answers ('' accepts an empty slot).

    >>> right("den Kindern aus dem Haus", ["den Kindern"]), right("", [""]), right("Kaffee", [""])
    (True, True, False)
    """
    if not said:
        return "" in accepted
    mine = bag(said)
    return any(len(mine & bag(a)) >= len(mine | bag(a)) / 2 for a in accepted if a)


def figures(name: str) -> tuple[dict[str, tuple[float, float, int]], list[str]]:
    """Slot -> (precision, recall, answers there are), and the errors in words."""
    counts = {slot: [0, 0, 0, 0] for slot in SLOTS}  # right, filled, wanted, found
    errors = []
    for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")):
        got = given(slots(passage_of(case["text"]), DISTRICTS))
        for slot in SLOTS:
            said, accepted = got[slot], case[slot]
            ok = right(said, accepted)
            own = counts[slot]
            own[0] += bool(said) and ok
            own[1] += bool(said)
            own[2] += "" not in accepted
            own[3] += "" not in accepted and ok
            if not ok:
                errors.append(f"{slot}: »{said}« statt {accepted}\n      {case['text']}")
    return {slot: (a / b if b else 1.0, d / c if c else 1.0, c) for slot, (a, b, c, d) in counts.items()}, errors


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else "develop"
    told, errors = figures(name)
    print(f"{'slot':<12}{'precision':>10}{'recall':>10}{'answers':>9}")
    for slot, (precision, recall, n) in told.items():
        print(f"{slot:<12}{precision:>10.2f}{recall:>10.2f}{n:>9}")
    if "-v" in sys.argv and name.startswith("develop"):
        print("\n".join(errors))


if __name__ == "__main__":
    main()
