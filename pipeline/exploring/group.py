"""Which turns are meant by GROUP=: a case variable, a question of the guide or an interview."""

from __future__ import annotations

import numpy as np

from pipeline.exploring.keyness import against_german, against_rest
from pipeline.exploring.material import Material
from pipeline.exploring.part import Key, Part
from pipeline.matchers.vocabulary import fold
from pipeline.problems import Problem, Stop, did_you_mean

EXAMPLE = "Etwa: make explore GROUP=gruppe:verwaltung, GROUP=question:L4 oder GROUP=doc:I003"
_FACTS = {"question": "Frage", "doc": "Interview"}


def turns_of(material: Material, wanted: str) -> tuple[np.ndarray, str, str, str]:
    """(bool a turn, variable, value, in words) of `variable:value`. Raises `Stop` for what is not in the material."""
    name, colon, value = (word.strip() for word in wanted.partition(":"))
    columns = {**material.values, "question": material.questions, "doc": material.docs}
    labels = {**_FACTS, **{v.name: v.label for v in material.groups}}
    names = {fold(name): name for name in columns} | {fold(label): name for name, label in labels.items()}
    if not colon or fold(name) not in names:
        what = f"»{name}« ist kein Merkmal." if colon else f"»{wanted}« nennt kein Merkmal mit seinem Wert."
        raise Stop(Problem("", 0, f"{what} {did_you_mean(name, sorted(columns))}".strip(), EXAMPLE))
    name = names[fold(name)]
    there = sorted({v for v, spoken in zip(columns[name], material.spoken.tolist(), strict=True) if spoken and v})
    word = next((v.word for v in material.groups if v.name == name), str)
    known = {fold(word(v)): v for v in there} | {fold(v): v for v in there}
    if fold(value) not in known:
        raise Stop(Problem("", 0, f"»{value}« kommt bei »{name}« nicht vor.", did_you_mean(value, there) or f"Es gibt: {', '.join(there[:20])}."))
    value = known[fold(value)]
    mask = np.array([v == value for v in columns[name]], dtype=bool) & material.spoken
    return mask, name, value, f"{labels.get(name, name)}: {word(value)}"


def parts(material: Material, wanted: str) -> tuple[str, str, list[Part]]:
    """(stable name, name in words, the two comparisons) of a group."""
    turns, name, value, words = turns_of(material, wanted)
    here = material.word & turns[material.index.turn]
    there = material.word & ~turns[material.index.turn]

    def key(lemma: str) -> Key:
        return Key("group", f"{name}:{value}:{lemma}", value if name == "doc" else "")

    rest = against_rest(material, here, there, key, (words, "alle anderen Wörter der Befragten"), test=True)
    return f"{name}:{value}", words, [rest, against_german(material, here, key, words)]
