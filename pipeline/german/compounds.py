"""Parts of compound nouns: Mieterhöhung -> Miete, Erhöhung. Cached per lemma."""

from __future__ import annotations

from functools import lru_cache

from pipeline.german.tagger import tagger


@lru_cache(maxsize=100_000)
def parts(lemma: str) -> tuple[str, ...]:
    """The parts of a compound noun as lemmas, in order; empty for a simple noun."""
    roots = [part for part, tag in tagger().morphemes(lemma) if tag.startswith("NN")]
    return tuple(part[:1].upper() + part[1:] for part in roots) if len(roots) > 1 else ()
