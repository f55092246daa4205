"""Coded interviews as material for measuring: written as transcripts, run through the pipeline, their codes laid on its sentences.

An interview is a JSON file: `doc`, `group`, `variety`, `turns`; a respondent's turn has `sentences` with `t` (text), `codes` and
`extra` (codes that came later). Who wrote which is said in docs/coding.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))


def load(folder: Path) -> list[dict[str, Any]]:
    """All interviews of a folder, in the order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def write(interviews: Iterable[dict[str, Any]], folder: Path) -> None:
    """Each interview as a plain transcript, `I:` and `B:`."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in interviews:
        lines = [f"{'I' if t['role'] == 'I' else 'B'}: {said(t)}" for t in one["turns"]]
        (folder / f"{one['doc']}.txt").write_text("\n\n".join(lines) + "\n", "utf-8")


def said(turn: dict[str, Any]) -> str:
    return turn["text"] if turn["role"] == "I" else " ".join(s["t"] for s in turn["sentences"])


def truth(interviews: Iterable[dict[str, Any]], tables: Any) -> dict[str, set[str]]:
    """Segment -> codes of the sentences it overlaps, for respondents' segments. `tables(name)` gives a run's table.

    The reader may have cleaned a text (a filler dropped), so places are found by the share of the turn's letters.
    """
    files = {Path(f).stem: doc for doc, f in zip(tables("documents")["doc"], tables("documents")["file"], strict=True)}
    turns = {doc: t[t["role"] != "none"].reset_index(drop=True) for doc, t in tables("turns").groupby("doc")}
    segments = dict(iter(tables("segments").groupby(["doc", "turn"])))
    found: dict[str, set[str]] = {}
    for one in interviews:
        doc = files[one["doc"]]
        read = turns[doc]
        if len(read) != len(one["turns"]):
            raise ValueError(f"{one['doc']}: {len(read)} turns read of {len(one['turns'])}")
        for row, turn in zip(read.itertuples(), one["turns"], strict=True):
            if turn["role"] == "I":
                continue
            for s in segments[doc, row.turn].itertuples():
                found[s.seg] = set()
            _lay(row.text, turn["sentences"], segments[doc, row.turn], found)
    return found


def _lay(text: str, sentences: list[dict[str, Any]], segments: Any, found: dict[str, set[str]]) -> None:
    """Codes of a turn's sentences on its segments: each sentence on that segment which holds its middle, and on all it covers."""
    at = 0
    for sentence in sentences:
        words = sentence["t"]
        start = text.find(words, at)
        start = start if start >= 0 else min(at, len(text) - 1)
        end = start + len(words)
        at = min(end, len(text))
        for s in segments.itertuples():
            shared = min(end, s.end) - max(start, s.start)
            if shared > 0.5 * min(len(words), s.end - s.start):
                found[s.seg] |= set(sentence["codes"]) | set(sentence.get("extra", ()))


def run(folder: Path, work: Path, codebooks: Path, only: str = "") -> Any:
    """The pipeline on a folder of interviews; returns a function that gives a table by name."""
    import pandas as pd

    from pipeline import inputs, publish, runner, store
    from pipeline.places import find
    from pipeline.tables import TABLES

    write(load(folder), work / "transcripts")
    overrides = {"TRANSCRIPTS": work / "transcripts", "CODEBOOKS": codebooks, "OUTPUTS": work / "outputs", "PRIVATE": work / "private"}
    places = find(ROOT, {"STUDY": "messung", **{k: str(v) for k, v in overrides.items()}})
    # Nothing of these fictional people's names is shown to anybody, and nothing of the folder stays.
    with mock.patch.object(publish, "_checked", return_value={}):
        runner.analyze(places, lambda *_: None, only)
    stages = inputs.read_state(places)["stages"]

    def table(name: str) -> pd.DataFrame:
        whole = store.whole_path(places, name)
        if whole.is_file():
            return pd.read_parquet(whole)
        keys = stages[TABLES[name].writer]["docs"]
        return pd.concat([pd.read_parquet(store.piece_path(places, name, doc, key)) for doc, key in sorted(keys.items())], ignore_index=True)

    return table
