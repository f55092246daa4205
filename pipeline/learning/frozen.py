"""A model as one file, and what ships with the program: weights for pairs that serve every study until people have reviewed."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline.learning.cells import Known
from pipeline.learning.classifier import Weights
from pipeline.learning.features import Words
from pipeline.learning.model import Group, Model
from pipeline.learning.pairs import Pairs
from pipeline.matchers.mapped import pack, unpack

SHIPPED = Path(__file__).parent / "shipped.json"
ARRAYS = ("mean", "definitions", "asked_mean", "wordings", "owners", "wants", "anchors", "bears", "free", "rarity")


class Certainty(NamedTuple):
    """How sure a proposal must be, and how sure a figure is: thresholds on chances before Platt's step (with and without the
    question), Platt's two numbers, and the least chance (after it) of a code in a set that covers 90 %."""

    threshold: float
    free_threshold: float
    slope: float
    offset: float
    covers: float


class Frozen(NamedTuple):
    """A model with its certainty, and what it learnt from: counts by kind of training sentence, and a name that is their hash."""

    model: Model
    certainty: Certainty
    encoder: str
    version: str
    learnt: dict[str, Any]


@lru_cache(maxsize=1)
def shipped() -> dict[str, Any]:
    """Weights, thresholds and certainty that were learnt on the project's own coded interviews; `docs/coding.md` says how."""
    found: dict[str, Any] = json.loads(SHIPPED.read_text("utf-8"))
    return found


def default_pairs() -> tuple[Pairs, Pairs]:
    """Weights of pairs with and without the question's features, as they ship."""
    both = shipped()["pairs"], shipped()["free"]
    with_question, without = (Pairs({k: v for k, v in one.items() if k != "base"}, one["base"]) for one in both)
    return with_question, without


def default_certainty() -> Certainty:
    return Certainty(**shipped()["certainty"])


def to_bytes(frozen: Frozen) -> bytes:
    """The file of a model; equal models give equal bytes."""
    m = frozen.model
    arrays = {
        "mean": m.mean, "definitions": m.known.definitions, "asked_mean": m.known.asked_mean, "wordings": m.known.wordings,
        "owners": m.known.owners.astype(np.int32), "wants": m.known.wants.astype(np.uint8), "anchors": m.known.anchors, "bears": m.known.bears.astype(np.uint8), "free": m.known.free.astype(np.uint8), "rarity": m.words.rarity,
    }  # fmt: skip
    arrays = {name: data.astype(np.float32) if data.dtype == np.float64 else data for name, data in arrays.items()}
    for n, group in enumerate(m.groups):
        arrays[f"{n}.codes"] = group.codes.astype(np.int32)
        arrays |= {f"{n}.{name}": data.astype(np.float32) for name, data in group.weights._asdict().items()}
    head = {
        "codes": m.codes, "groups": len(m.groups), "words": m.words.names, "pairs": [dict(m.pairs.weights), m.pairs.base],
        "free": [dict(m.free.weights), m.free.base], "certainty": frozen.certainty._asdict(),
        "later": m.later, "encoder": frozen.encoder, "version": frozen.version, "learnt": frozen.learnt,
    }  # fmt: skip
    arrays["head"] = np.frombuffer(json.dumps(head, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8)
    return pack(arrays)


def read(path: Path) -> Frozen | None:
    """A kept model; None where the file says that nothing can be learnt. Raises `ValueError` where it is none of ours."""
    arrays = unpack(path)
    head = json.loads(arrays["head"].tobytes().decode())
    if not head["codes"]:
        return None
    wide = {name: np.asarray(arrays[name], dtype=np.float64) for name in ARRAYS}
    groups = tuple(
        Group(np.asarray(arrays[f"{n}.codes"]), Weights(*(np.asarray(arrays[f"{n}.{part}"], dtype=np.float64) for part in Weights._fields)))
        for n in range(head["groups"])
    )
    wide |= {name: wide[name].astype(int if name == "owners" else bool) for name in ("owners", "wants", "bears", "free")}
    known = Known(*(wide[name] for name in Known._fields))
    pairs, free = (Pairs(weights, base) for weights, base in (head["pairs"], head["free"]))
    model = Model(tuple(head["codes"]), groups, Words(tuple(head["words"]), wide["rarity"]), wide["mean"], known, pairs, free, head["later"])
    return Frozen(model, Certainty(**head["certainty"]), head["encoder"], head["version"], head["learnt"])


def nothing(learnt: dict[str, Any]) -> bytes:
    """The file that says: there is nothing to learn from."""
    head = {"codes": [], "learnt": learnt}
    return pack({"head": np.frombuffer(json.dumps(head, sort_keys=True).encode(), dtype=np.uint8)})


def version_of(parts: Any) -> str:
    """A name for a version: hash of all it was learnt from."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:12]
