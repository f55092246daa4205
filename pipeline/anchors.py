"""Stage 10, anchors: training sentences that people wrote, made ready for learning: their words and their vectors."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import codebook as codebooks
from pipeline.encoders import vector
from pipeline.encoders.kept import to_text
from pipeline.learning import training
from pipeline.learning.features import bag
from pipeline.naming.dictionary import strange

if TYPE_CHECKING:
    import pandas as pd

_CAPITAL = re.compile(r"\b[A-ZÄÖÜ]\w+")
_TITLED = re.compile(r"\b(Frau|Herrn?|Familie|Dr\.|Pastor|Pfarrer|Imam|Hodscha|Onkel|Tante|Oma|Opa|Bruder|Schwester)((?: (?:[A-ZÄÖÜ][\w-]*|Dr\.))+)")
PARALLEL = 1000  # new texts from which on further processes pay


def whole(settings: SimpleNamespace, codebook_file: Path, anchors_folder: Path, anchors_before: pd.DataFrame | None) -> dict[str, list[dict[str, Any]]]:
    """A row a training text. What was worked out for the same text before is taken over."""
    book = codebooks.load(codebook_file)
    found = training.gather(book, anchors_folder)
    before = {}
    if anchors_before is not None:
        before = dict(zip(anchors_before["text"], zip(anchors_before["words"], anchors_before["vector"], strict=True), strict=True))
    new = list(dict.fromkeys(one.text for one in found if one.text not in before))
    made = before | dict(zip(new, prepared(new, settings.model.encoder, settings.annotate), strict=True))
    return {
        "anchors": [
            {
                "anchor": number, "kind": one.kind, "codes": training.SEPARATOR.join(one.codes), "text": one.text, "shown": without_names(one.text), "variety": one.variety,
                "source": one.source, "file": one.file, "line": one.line, "used": "no" if one.why else "yes", "why": one.why,
                "words": made[one.text][0], "vector": made[one.text][1],
            }
            for number, one in enumerate(found)
        ],
        "scheme": [
            {"order": number, "code": c.id, "parent": c.parent, "since": c.entry.since, "coded": "yes" if c.coded else "no"}
            for number, c in enumerate(book.codes)
        ],
    }  # fmt: skip


def without_names(text: str) -> str:
    """A training sentence as it may be quoted: it may name somebody who bears the name of a person interviewed.

    >>> without_names("Der Heinz hat mir den Keller leergeräumt.")
    'Der … hat mir den Keller leergeräumt.'
    >>> without_names("Der Hund von Frau Dreher bellt.")
    'Der Hund von Frau … bellt.'
    """
    return _TITLED.sub(r"\1 …", _CAPITAL.sub(lambda m: "…" if strange(m[0]) else m[0], text))


def prepared(texts: Sequence[str], encoder: str, annotate: Any) -> list[tuple[str, str]]:
    """(words, vector as text) of each text; on all processors where there are many."""
    work: Callable[..., list[tuple[str, str]]] = _prepared
    if len(texts) < PARALLEL:
        return work(texts, encoder, annotate)
    from joblib import Parallel, cpu_count, delayed

    size = -(-len(texts) // cpu_count())
    parts = Parallel(n_jobs=-1)(delayed(work)(texts[at : at + size], encoder, annotate) for at in range(0, len(texts), size))
    return [one for part in parts for one in part]


def _prepared(texts: Sequence[str], encoder: str, annotate: Any) -> list[tuple[str, str]]:
    from pipeline.german import analyse, load

    nlp = load(annotate.model, annotate.region)
    found = []
    for text in texts:
        tokens = analyse(nlp, text).tokens
        words = bag([t.lemma for t in tokens], ["|".join(t.parts) for t in tokens], [t.pos for t in tokens])
        found.append((" ".join(w.replace(" ", "_") for w in words), to_text(vector(text, encoder))))
    return found
