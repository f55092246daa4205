"""How a folded lemma is written for people: as it stands in the transcripts, umlauts and capitals included."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np

from pipeline.exploring.material import Material
from pipeline.matchers.vocabulary import fold

_SAMPLE = 5  # places of a type that are looked at: its spellings differ by capitals only
_LOWER = frozenset({"VERB", "AUX", "ADJ", "ADV", "ADP", "PRON", "DET", "SCONJ", "CCONJ", "PART", "INTJ", "NUM"})
_PREFIXES = {"ueber": "über", "zurueck": "zurück", "fuer": "für", "hinueber": "hinüber", "rueber": "rüber", "herueber": "herüber"}


def surfaces(material: Material, lemmas: Iterable[int]) -> dict[int, str]:
    """Number of a lemma -> how it is written; the most frequent spelling of the lemma itself, or else of its forms."""
    return {lemma: best(str(material.lemmas[lemma]), forms) for lemma, forms in spellings(material, lemmas).items()}


def spellings(material: Material, lemmas: Iterable[int]) -> dict[int, Counter[str]]:
    """Number of a lemma -> spellings of all its forms as respondents say them, with how often."""
    wanted = np.zeros(len(material.lemmas), dtype=bool)
    numbers = sorted({int(n) for n in lemmas})
    wanted[numbers] = True
    index = material.index
    positions, tags = index.order, index.vocabulary["pos"]
    found: dict[int, Counter[str]] = defaultdict(Counter, {n: Counter() for n in numbers})
    for kind in np.flatnonzero(wanted[material.lemma_of_kind]).tolist():
        places = positions[index.firsts[kind] : index.firsts[kind + 1]]
        places = places[material.word[places]]
        sample = places[:_SAMPLE].tolist()
        for at in sample:
            text = material.texts[int(index.turn[at])][index.start[at] : index.end[at]]
            text = text.lower() if tags[kind] in _LOWER else text
            found[int(material.lemma_of_kind[kind])][text] += len(places) / len(sample)  # type: ignore[assignment]
    return dict(found)


def best(lemma: str, forms: Counter[str]) -> str:
    """
    >>> best("raum", Counter({"Räume": 7, "Raum": 2})), best("aufhaengen", Counter({"hängt": 3})), best("muehe", Counter({"Mühen": 1}))
    ('Raum', 'aufhaengen', 'Mühen')
    >>> best("vordraengeln", Counter({"drängeln": 1}))
    'vordrängeln'
    """
    ordered = sorted(forms.items(), key=lambda pair: (-pair[1], pair[0]))
    for text, _ in ordered:
        if fold(text) == lemma:
            return text
    for text, _ in ordered:  # a separated verb whose infinitive is heard elsewhere
        if lemma.endswith(fold(text)) and len(text) > 3:
            prefix = lemma[: len(lemma) - len(fold(text))]
            return _PREFIXES.get(prefix, prefix) + text.lower()
    # A form that begins otherwise (`hängt` for aufhängen, `war` for sein) would be taken for another word.
    near = [text for text, _ in ordered if fold(text)[:2] == lemma[:2]]
    return near[0] if near else lemma
