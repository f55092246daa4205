"""Topics: planted themes are found, the same every time, and none are invented where there is too little."""

from __future__ import annotations

import random
from types import SimpleNamespace

import numpy as np

from pipeline import tables
from pipeline.study import Topics
from pipeline.topics import whole

THEMES = {
    "Garten": "Garten Beet Schlauch Zaun Laube Hecke".split(),
    "Schule": "Schule Lehrer Klasse Zeugnis Pause Heft".split(),
    "Amt": "Amt Formular Bescheid Schalter Antrag Stempel".split(),
    "Sport": "Platz Trikot Trainer Tor Spiel Ball".split(),
}


def corpus(sentences: int = 240, docs: int = 6) -> dict:
    dice = random.Random(5)
    words = sorted({w for theme in THEMES.values() for w in theme})
    ids = {w: n for n, w in enumerate(words)}
    turns, segments, tokens = [], [], []
    for n in range(sentences):
        doc, theme = f"I{n % docs:03d}", list(THEMES.values())[(n // docs) % 4]
        turn, seg = n // docs + 1, f"s{n:04d}"
        turns.append({"doc": doc, "turn": turn, "role": "respondent", "case": doc, "text": "x"})
        segments.append({"seg": seg, "doc": doc, "turn": turn, "start": 0, "end": 1})
        tokens += [
            {"doc": doc, "turn": turn, "seg": seg, "i": i, "start": i, "end": i + 1, "type": ids[dice.choice(theme)]}
            for i in range(5)
        ]
    types = [{"type": i, "form": w, "norm": w, "lemma": w, "pos": "NOUN", "tag": "NN"} for w, i in ids.items()]
    rows = {"turns": turns, "segments": segments, "tokens": tokens, "types": types}
    return {name: tables.frame(name, data) for name, data in rows.items()}


def settings(**changes: int) -> SimpleNamespace:
    return SimpleNamespace(topics=Topics(**{"neighbours": 0.0, **changes}))


def test_planted_themes_are_found() -> None:
    made = whole(**corpus(), settings=settings(number=4))
    for topic in made["topics"]:
        terms = {t["term"] for t in made["topic_terms"] if t["topic"] == topic["topic"] and t["rank"] <= 5}
        assert any(terms <= set(theme) for theme in THEMES.values()), terms
        assert topic["stability"] > 0.3
        assert topic["n_cases"] == 6
    assert sum(t["n_segments"] for t in made["topics"]) == len(made["segment_topics"]) > 200


def test_the_same_answer_every_time() -> None:
    assert whole(**corpus(), settings=settings(number=4)) == whole(**corpus(), settings=settings(number=4))


def test_too_little_material_gives_no_topics() -> None:
    made = whole(**corpus(40), settings=settings())
    assert made == {"topics": [], "topic_terms": [], "segment_topics": []}


def test_interviewers_words_are_left_out() -> None:
    data = corpus()
    data["turns"]["role"] = np.where(data["turns"]["doc"] == "I000", "interviewer", "respondent")
    made = whole(**data, settings=settings(number=4))
    used = {s["seg"] for s in made["segment_topics"]}
    assert not used & set(data["segments"][data["segments"]["doc"] == "I000"]["seg"])
