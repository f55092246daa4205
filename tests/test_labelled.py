"""The labelled sets of stance, about whom and prompt: large enough, well-formed, apart; and floors under the development sets.

Floors hold what was reached while developing; how well the rules do on speech that nobody developed on is measured with
`benchmarks/stances.py heldout` and told in docs/haltung.md.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.tables import ABOUT, PROMPTS, STANCES

HERE = Path(__file__).parent
CASES = HERE / "cases"
SETS = {part: [*sorted(CASES.glob(f"{part}_dev*.json")), CASES / f"{part}_heldout.json"] for part in ("stance", "about", "prompt")}
FILES = [(part, path) for part, paths in SETS.items() for path in paths]


def items(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]


def words(item: dict[str, Any]) -> str:
    return str(item.get("text") or item.get("answer"))


@pytest.mark.parametrize(("part", "path"), FILES, ids=lambda v: v.stem if isinstance(v, Path) else "")
def test_sets_are_large_and_well_formed(part: str, path: Path) -> None:
    found = items(path)
    assert len(found) >= 300
    assert len({words(item) for item in found}) == len(found)
    for item in found:
        assert re.fullmatch(r"[^\[\]]*(\[\[[^\[\]]+\]\][^\[\]]*){1,2}", words(item)), words(item)[:40]
        if part == "stance":
            names = set(item["stance"].split("+"))
            assert names <= set(STANCES)
            assert len(names & {"affirmed", "negated"}) == 1
        else:
            assert item[part] in (ABOUT if part == "about" else PROMPTS)


@pytest.mark.parametrize(("part", "path"), FILES, ids=lambda v: v.stem if isinstance(v, Path) else "")
def test_every_class_is_there_often_enough(part: str, path: Path) -> None:
    counts: dict[str, int] = {}
    for item in items(path):
        for name in str(item[part]).split("+"):
            counts[name] = counts.get(name, 0) + 1
    assert min(counts[name] for name in {"stance": STANCES, "about": ABOUT, "prompt": PROMPTS}[part]) >= 40


@pytest.mark.parametrize("part", SETS)
def test_no_sentence_is_developed_on_and_measured_on(part: str) -> None:
    seen: dict[str, str] = {}
    for path in SETS[part]:
        for item in items(path):
            assert seen.setdefault(words(item), path.stem) == path.stem


FLOORS = {"stance": 0.90, "about": 0.88, "prompt": 0.88}


@pytest.mark.parametrize("part", FLOORS)
def test_the_rules_keep_what_they_reached_on_the_sets_they_were_made_with(part: str) -> None:
    sys.path.insert(0, str(HERE.parent / "benchmarks"))
    import stances

    lines = stances.PARTS[part](items(CASES / f"{part}_dev.json"), False)
    line = next(line for line in lines if line.startswith(("sets exactly right:", "right:")))
    assert float(line.split(":")[1].split()[0]) >= FLOORS[part], line
