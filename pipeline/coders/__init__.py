"""Who assigns codes: rules, a model that learns, a language model on this machine, people. One interface, one shape of codings.

A coder is `code(material, codebook) -> list of rows` in the shape of the codings table, without `coding` ids; rows with
a `reason` are suggestions, which never count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.codebook import Codebook
from pipeline.coders import human, llm, model, rule
from pipeline.coders.material import Material

Coder = Callable[[Material, Codebook], list[dict[str, Any]]]

CODERS: Mapping[str, Coder] = {"rule": rule.code, "model": model.code, "llm": llm.code, "human": human.code}


def coding_id(row: Mapping[str, Any]) -> str:
    """A stable id of a coding: the same passage, code and coder give the same id in every run."""
    parts = (row["doc"], row["turn"], row["start"], row["end"], row["code"], row["coder"], row.get("reason", ""))
    return "c" + hashlib.blake2b("\t".join(map(str, parts)).encode(), digest_size=6).hexdigest()
