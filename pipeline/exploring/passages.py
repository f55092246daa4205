"""Sentences that bear no category: what a codebook has no words for, and what stands near a category's examples."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.exploring.material import Material
from pipeline.exploring.meaning import Reader, nearest
from pipeline.exploring.part import Column, Key, Part

SHORTEST = 5  # words of a sentence that can be a passage
MOST = 2_000
COMPARED = 3_000  # sentences compared by meaning for one category
ANCHORS = 300  # examples and coded sentences that they are compared with
NEAR, SHOWN = 0.35, 200  # likeness from which a sentence is shown, and how many are


def open_sentences(material: Material, coded: np.ndarray) -> np.ndarray:
    """Numbers of respondents' sentences without a category (`coded`: bool a sentence) that are long enough to say something.

    The richest first: most different words of content, then the longest.
    """
    words, rich = _sizes(material)
    chosen = np.flatnonzero(material.said & ~coded & (words >= SHORTEST))
    return chosen[np.lexsort((chosen, -words[chosen], -rich[chosen]))]


def _sizes(material: Material) -> tuple[np.ndarray, np.ndarray]:
    """(words, different words of content) of every sentence."""
    index, size = material.index, len(material.index.seg_turn)
    words = np.bincount(index.segment[material.word], minlength=size)
    pairs = np.unique(index.segment[material.content].astype(np.int64) * max(1, len(material.lemmas)) + material.lemma[material.content])
    return words, np.bincount(pairs // max(1, len(material.lemmas)), minlength=size)


def uncoded(
    material: Material, coded: np.ndarray, examples: Sequence[tuple[str, str]], labels: dict[str, str], reader: Reader
) -> Part:  # fmt: skip
    """The richest sentences without a category, by question and person; `examples` are (code, text)."""
    every = open_sentences(material, coded)
    chosen = every[:MOST]
    words, rich = _sizes(material)
    place, like = nearest(reader.sentences(material, chosen), reader.texts([text for _, text in examples])) if examples else (None, None)
    index, rows, keys = material.index, [], []
    rank = {int(segment): n for n, segment in enumerate(chosen)}
    order = sorted(rank, key=lambda s: (*map(_natural, _where(material, s)), rank[s]))
    for segment in order:
        turn, n = int(index.seg_turn[segment]), rank[segment]
        code = examples[int(place[n])][0] if place is not None else ""
        likeness = float(like[n]) if like is not None else None
        rows.append(
            (
                *_where(material, segment), material.docs[turn], material.numbers[turn], int(words[segment]), int(rich[segment]), code,
                labels.get(code, ""), likeness, material.sentence(segment),
            )
        )  # fmt: skip
        keys.append(Key("passage", material.key(turn, int(index.seg_start[segment])), material.docs[turn]))
    columns = (
        Column("Frage", 5), Column("Fall", 8), Column("Interview"), Column("Beitrag", 7), Column("Wörter", 6), Column("Inhalt", 6),
        Column("nächste Kategorie", 17), Column("Bezeichnung"), Column("ähnlich", 7, digits=2), Column("Satz", 40),
    )  # fmt: skip
    cut = f" Gezeigt sind die {MOST} gehaltvollsten." if len(every) > MOST else ""
    notes = (
        f"{len(every)} Sätze der Befragten mit mindestens {SHORTEST} Wörtern tragen keine Kategorie.{cut} Nach Frage und Fall, darin die "
        "mit den meisten verschiedenen Inhaltswörtern (»Inhalt«) zuerst. »Nächste Kategorie«: die, deren Beispiele dem Sinn nach am ähnlichsten sind; "
        "ein Hinweis der Maschine, keine Codierung.",
    )
    return Part("Stellen ohne Kategorie", columns, rows, keys, notes)


def _where(material: Material, segment: int) -> tuple[str, str]:
    turn = int(material.index.seg_turn[segment])
    return material.questions[turn], material.cases[int(material.case[turn])]


def _natural(name: str) -> tuple[bool, list[tuple[int, str]]]:
    """An order in which L2 stands before L10, and what has no name last.

    >>> sorted(["L10", "", "L2"], key=_natural)
    ['L2', 'L10', '']
    """
    return not name, [(int(part) if part.isdecimal() else -1, part) for part in re.findall(r"\d+|\D+", name)]


def shares(material: Material, coded: np.ndarray) -> Part:
    """How much of each interview bears no category, in words."""
    index = material.index
    docs = sorted(set(material.docs))
    place = {doc: n for n, doc in enumerate(docs)}
    of_turn = np.array([place[doc] for doc in material.docs], dtype=np.int64)
    of_token = of_turn[index.turn]
    total = np.bincount(of_token[material.word], minlength=len(docs))
    bare = material.word & ~coded[index.segment]
    without = np.bincount(of_token[bare], minlength=len(docs))
    crowd = [len(set(material.case[(of_turn == n) & material.spoken].tolist())) for n in range(len(docs))]
    order = sorted((n for n in range(len(docs)) if total[n]), key=lambda n: (-without[n] / total[n], docs[n]))
    rows = [(docs[n], crowd[n], int(total[n]), int(without[n]), round(100 * float(without[n] / total[n]), 1)) for n in order]
    columns = (
        Column("Interview", 12), Column("Befragte", 8), Column("Wörter", 8), Column("ohne Kategorie", 14),
        Column("Prozent der Wörter", 18, digits=1),
    )  # fmt: skip
    keys = [Key("passage", f"{docs[n]}.0.0", docs[n]) for n in order]
    note = "Wörter der Befragten in Sätzen ohne Kategorie. Viel davon ist üblich: Nicht jeder Satz gehört zum Thema."
    return Part("Anteil je Interview", columns, rows, keys, (note,))


def near(material: Material, anything: np.ndarray, coded: np.ndarray, examples: Sequence[str], reader: Reader) -> Part:
    """Sentences without any category that are like a category's examples or its coded sentences."""
    index = material.index
    every = open_sentences(material, anything)
    chosen = every[:COMPARED]
    # Short sentences (»Nie.«, »Die kenn ich nicht.«) are like anything.
    words, rich = _sizes(material)
    inside = np.flatnonzero(coded & material.said & (words >= SHORTEST))
    inside = inside[np.lexsort((inside, -rich[inside]))]
    examples = examples[:ANCHORS]
    inside = inside[: ANCHORS - len(examples)]
    columns = (
        Column("ähnlich", 7, digits=2), Column("Interview", 9), Column("Beitrag", 7), Column("Fall", 8), Column("Frage", 5),
        Column("Satz", 38), Column("ähnlich zu", 24),
    )  # fmt: skip
    if not len(examples) + len(inside):
        return Part("Ähnliche Stellen", columns, (), (), ("Die Kategorie hat weder Beispiele noch Fundstellen.",))
    anchors = [part for part in (reader.texts(examples), reader.sentences(material, inside)) if len(part)]
    place, like = nearest(reader.sentences(material, chosen), np.concatenate(anchors))
    order = [n for n in np.lexsort((chosen, -like)).tolist() if like[n] >= NEAR][:SHOWN]
    rows, keys = [], []
    for n in order:
        segment, at = int(chosen[n]), int(place[n])
        turn = int(index.seg_turn[segment])
        like_what = examples[at] if at < len(examples) else material.sentence(int(inside[at - len(examples)]))
        rows.append(
            (float(like[n]), material.docs[turn], material.numbers[turn], _where(material, segment)[1], material.questions[turn],
             material.sentence(segment), like_what)
        )  # fmt: skip
        keys.append(Key("passage", material.key(turn, int(index.seg_start[segment])), material.docs[turn]))
    cut = f" Verglichen wurden die {COMPARED} gehaltvollsten von {len(every)} Sätzen." if len(every) > COMPARED else ""
    notes = (
        f"Sätze ohne jede Kategorie, die den Beispielen oder Fundstellen dem Sinn nach ähneln (ab {str(NEAR).replace('.', ',')}).{cut} "
        "Ein Hinweis der Maschine: Ähnliche Wörter können anderes meinen.",
    )
    return Part("Ähnliche Stellen", columns, rows, keys, notes)
