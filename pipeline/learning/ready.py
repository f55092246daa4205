"""Texts made ready for the model as the sentences of interviews are: their words and their vector."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.encoders import vector
from pipeline.encoders.kept import to_text
from pipeline.learning.features import bag

SHIPPED = Path(__file__).parent / "shipped.parquet"
REGION = "ruhr"  # the setting of the demo, with which the shipped texts were made
PARALLEL = 1000  # texts from which on further processes pay


def prepared(texts: Sequence[str], encoder: str, annotate: Any) -> list[tuple[str, str]]:
    """(words, vector as text) of each text; on all processors where there are many.

    `annotate`: the study's section with `model` and `region`. What ships with the program is taken as it was made.
    """
    known = _shipped() if (encoder, annotate.model, annotate.region) == ("", "", REGION) else {}
    missing = [text for text in texts if digest(text) not in known]
    made = dict(zip(missing, _made(missing, encoder, annotate), strict=True))
    return [made[text] if text in made else known[digest(text)] for text in texts]


def digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=1)
def _shipped() -> dict[str, tuple[str, str]]:
    """Texts of the shipped anchors, by digest: a test holds them against what would be made today."""
    import pandas as pd

    if not SHIPPED.is_file():
        return {}
    data = pd.read_parquet(SHIPPED)
    return dict(zip(data["text"], zip(data["words"], data["vector"], strict=True), strict=True))


def to_ship(texts: Sequence[str], annotate: Any) -> bytes:
    """The file of texts that ship; texts in the order of their digests."""
    import pandas as pd

    from pipeline.tables import to_parquet

    unique = sorted(set(texts), key=digest)
    made = _made(unique, "", annotate)
    columns = {"text": [digest(text) for text in unique], "words": [one[0] for one in made], "vector": [one[1] for one in made]}
    return to_parquet(pd.DataFrame(columns))


def _made(texts: Sequence[str], encoder: str, annotate: Any) -> list[tuple[str, str]]:
    work: Callable[..., list[tuple[str, str]]] = _prepared
    if len(texts) < PARALLEL:
        return work(texts, encoder, annotate)
    from joblib import Parallel, cpu_count, delayed

    size = -(-len(texts) // cpu_count())
    parts = Parallel(n_jobs=-1)(delayed(work)(texts[at : at + size], encoder, annotate) for at in range(0, len(texts), size))
    return [one for part in parts for one in part]


def _prepared(texts: Sequence[str], encoder: str, annotate: Any) -> list[tuple[str, str]]:
    from pipeline.german import analyse, load

    if not texts:
        return []
    nlp = load(annotate.model, annotate.region)
    found = []
    for text in texts:
        tokens = analyse(nlp, text).tokens
        words = bag([t.lemma for t in tokens], ["|".join(t.parts) for t in tokens], [t.pos for t in tokens])
        found.append((" ".join(w.replace(" ", "_") for w in words), to_text(vector(text, encoder))))
    return found
