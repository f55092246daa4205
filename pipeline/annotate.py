"""Stage 4, annotate: turns -> sentences (segments), tokens and types. All offsets are code points in `turns.text`.

A type is a (form, normal form, tag, lemma) with what follows from it; its id is a hash of these, so that interviews can
be worked on apart and their types put together afterwards.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@lru_cache(maxsize=1)
def _language(model: str, region: str) -> Any:
    from pipeline.german import load

    return load(model, region)


def each(turns: pd.DataFrame, settings: SimpleNamespace) -> dict[str, list[dict[str, Any]]]:
    """One interview's segments, tokens and types."""
    from pipeline.german import analyse

    results: dict[str, list[dict[str, Any]]] = {"segments": [], "tokens": [], "types": []}
    types: dict[int, dict[str, Any]] = {}
    for row in turns.itertuples():
        if not row.text.strip():
            continue
        analysis = analyse(_language(settings.annotate.model, settings.annotate.region), row.text)
        names = [f"{row.doc}.{row.turn:04d}.{number:03d}" for number in range(1, len(analysis.sentences) + 1)]
        results["segments"] += [
            {"seg": name, "doc": row.doc, "turn": row.turn, "start": start, "end": end}
            for name, (start, end) in zip(names, analysis.sentences, strict=True)
        ]
        for number, token in enumerate(analysis.tokens):
            identity = type_id(token.form, token.norm, token.tag, token.lemma, token.pos)
            if identity not in types:
                types[identity] = {
                    "type": identity, "form": token.form, "norm": token.norm, "tag": token.tag, "lemma": token.lemma,
                    "pos": token.pos, "head": token.head, "parts": "|".join(token.parts),
                }  # fmt: skip
            results["tokens"].append(
                {
                    "doc": row.doc, "turn": row.turn, "seg": names[token.sentence], "i": number, "start": token.start,
                    "end": token.end, "type": identity,
                }
            )  # fmt: skip
    results["types"] = list(types.values())
    return results


def type_id(*parts: str) -> int:
    """A positive 63-bit number for a type; two of a million types share one with a chance of 1 in 20 million."""
    return int.from_bytes(hashlib.blake2b("\t".join(parts).encode(), digest_size=8).digest(), "big") >> 1
