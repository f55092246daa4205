"""What is typed behind LIKE=: a category, a sentence by its place, or free text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.exploring import coded
from pipeline.exploring.material import Material, one_line
from pipeline.exploring.screen import printable
from pipeline.problems import Problem, Stop, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

CODE, PLACE, TEXT = "code", "place", "text"
LONGEST = 1_000  # letters of a text
EXAMPLE = 'Etwa: make explore LIKE="keiner sagt einem, wo man hin muss", LIKE=I003.14.2 oder LIKE=SEG.information'
_PLACE = re.compile(r"([A-Za-zÄÖÜäöü]+[0-9]+)\.([0-9]{1,9})(?:\.([0-9]{1,9}))?")
_CODE = re.compile(r"\w+(?:\.\w+)+")


class Wanted(NamedTuple):
    """`text` is the category's id, or the text; `segment` the sentence's number in the index."""

    kind: str
    text: str
    segment: int = -1


def wanted(given: str, codes: pd.DataFrame, material: Material) -> Wanted:
    """Raises `Stop` for a category or place that is not there, and for a text without any word."""
    text = printable(given)
    known = set(codes["code"])
    if text in known:
        return Wanted(CODE, text)
    if place := _PLACE.fullmatch(text):
        return Wanted(PLACE, text, _segment(material, place[1].upper(), int(place[2]), place[3]))
    capital = text.isupper() and text.isalpha() and "Meinten" in did_you_mean(text, known)
    if _CODE.fullmatch(text) or capital:
        return Wanted(CODE, coded.checked(text, codes))
    if not re.search(r"[^\W\d_]", text):
        raise Stop(Problem("", 0, f"»{text[:60]}« enthält kein Wort.", EXAMPLE))
    if len(text) > LONGEST:
        raise Stop(Problem("", 0, f"Der Text hat {len(text)} Zeichen; verglichen werden höchstens {LONGEST}.", "Ein oder zwei Sätze genügen."))
    return Wanted(TEXT, text)


def _segment(material: Material, doc: str, turn: int, sentence: str | None) -> int:
    """The sentence's number in the index. Places are written as in segments.csv, with or without leading noughts."""
    index = material.index
    if doc not in material.docs:
        raise Stop(Problem("", 0, f"Das Interview »{doc}« gibt es nicht.", did_you_mean(doc, sorted(set(material.docs)))))
    number = {key: n for n, key in enumerate(index.turn_keys)}.get((doc, turn))
    if number is None:
        last = max(n for d, n in index.turn_keys if d == doc)
        raise Stop(Problem("", 0, f"{doc} hat keinen Beitrag {turn}.", f"Der letzte ist {last}."))
    if not material.spoken[number]:
        raise Stop(Problem("", 0, f"In {doc}, Beitrag {turn}, spricht niemand der Befragten.", "Gesucht wird nur unter Sätzen der Befragten."))
    low, high = np.searchsorted(index.seg_turn, [number, number + 1]).tolist()
    if sentence is None and high - low == 1:
        return int(low)
    ids = {int(index.seg_ids[n].rpartition(".")[2]): n for n in range(low, high)}
    if sentence is None or int(sentence) not in ids:
        what = f"{doc}.{turn} nennt noch keinen Satz." if sentence is None else f"{doc}, Beitrag {turn}, hat keinen Satz {int(sentence)}."
        raise Stop(Problem("", 0, what, f"Es gibt {min(ids)} bis {max(ids)}, etwa LIKE={doc}.{turn}.{min(ids)}" if ids else ""))
    return int(ids[int(sentence)])


def short_place(seg: str) -> str:
    """A sentence's id as people type it.

    >>> short_place("I003.0014.002")
    'I003.14.2'
    """
    doc, turn, sentence = seg.rsplit(".", 2)
    return f"{doc}.{int(turn)}.{int(sentence)}"


def shown(material: Material, segment: int) -> str:
    """A sentence with its place, or its place alone where it may not be quoted."""
    return one_line(f"{short_place(material.index.seg_ids[segment])} (»{material.sentence(segment)}«)")
