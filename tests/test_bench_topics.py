"""The measuring of topic models: figures worked out by hand, and two subjects that every model must tell apart."""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import topic_corpora as corpora
import topic_measures as measures
import topic_rivals as rivals
import topics

from pipeline.topicmodels.words import Sentence, material

BAKING, RIDING = ("Brot", "Teig", "Ofen", "Mehl", "Hefe", "Kruste"), ("Rad", "Kette", "Sattel", "Pedal", "Speiche", "Klingel")


def labels(*given: str) -> list[frozenset[str]]:
    return [frozenset(one.split()) for one in given]


@pytest.fixture(scope="module")
def two_subjects() -> corpora.Corpus:
    """Forty texts of two sentences, one subject each; words and vectors agree with it."""
    chance = random.Random(1)
    sentences, vectors = [], []
    for n in range(80):
        words = (BAKING, RIDING)[n // 2 % 2]
        sentences.append(Sentence(f"d{n // 2:02d}.{n % 2}", f"d{n // 2:02d}", 1, "", "", n // 2, tuple(chance.sample(words, 3))))
        vectors.append([1.0, 0.1 * chance.random()] if words is BAKING else [0.1 * chance.random(), 1.0])
    docs = [s.doc for s in sentences]
    given = labels(*("baking" if set(s.lemmas) & set(BAKING) else "riding" for s in sentences))
    return corpora.Corpus("two", "made up", sentences, np.array(vectors), {"subject": given}, np.array(docs), corpora.folded(docs, 4))


# figures by hand


def test_coherence_is_that_of_pairs_worked_out_by_hand() -> None:
    together = [{"a", "b"}, {"a", "b"}, {"a"}, {"c"}]
    pair = math.log(0.5 / (0.75 * 0.5)) / -math.log(0.5)  # p(a) 3/4, p(b) 2/4, both 2/4
    assert measures.npmi([("a", "b")], together) == pytest.approx(pair) == pytest.approx(0.415, abs=0.001)
    assert measures.npmi([("a", "c")], together) == -1  # never together
    assert measures.npmi([("a", "b", "c")], together) == pytest.approx((pair - 2) / 3)
    assert measures.npmi([("a", "b"), ("a", "c"), ("b",)], together) == pytest.approx((pair - 1) / 2)  # one word alone says nothing
    assert measures.npmi([("x", "y")], [{"x", "y"}]) == 1
    assert math.isnan(measures.npmi([], together))


def test_words_that_always_come_alone_together_are_perfectly_coherent() -> None:
    assert measures.npmi([("a", "b")], [{"a", "b"}, {"c"}, {"d"}]) == pytest.approx(1)
    independent = [{"a", "b"}, {"a"}, {"b"}, set[str]()]
    assert measures.npmi([("a", "b")], independent) == pytest.approx(0)


def test_topics_are_paired_so_that_the_sum_is_greatest() -> None:
    one = [("a", "b", "c"), ("a", "b", "d")]
    other = [("a", "b", "c", "d"), ("a", "b", "c")]
    # Greedy by order would pair the first with the first: 3/4 + 2/4. The best is 3/3 + 3/4.
    assert measures.matched(one, other) == pytest.approx((1 + 3 / 4) / 2)
    assert measures.matched(one, one[::-1]) == 1
    assert measures.matched(one, [("a", "b", "c")]) == pytest.approx(1 / 2)  # the second has no partner
    assert measures.matched(one, []) == 0


def test_best_f1_of_several_labels_by_hand() -> None:
    topics_of = np.array([0, 0, 1, 1, measures.NOWHERE])
    given = labels("bus", "bus rad", "rad", "", "rad")
    # bus: topic 0 has both, nothing else: 1. rad (three units): topic 0 one of two, topic 1 one of two: 2*1/(3+2).
    assert measures.best_f1(topics_of, given) == pytest.approx((1 + 2 / 5) / 2)
    assert math.isnan(measures.best_f1(topics_of, labels("", "", "", "", "")))
    assert measures.best_f1(np.full(5, measures.NOWHERE), given) == 0


def test_agreement_is_of_units_with_exactly_one_label() -> None:
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    topics_of = np.array([0, 0, 1, 1, 1, 0])
    given = labels("a", "a", "b", "a", "", "a b")
    truth, found = ["a", "a", "b", "a"], [0, 0, 1, 1]
    assert measures.agreement(topics_of, given) == pytest.approx(
        (normalized_mutual_info_score(truth, found), adjusted_rand_score(truth, found))
    )
    assert measures.agreement(np.array([1, 1, 0]), labels("a", "a", "b")) == pytest.approx((1, 1))
    assert all(map(math.isnan, measures.agreement(topics_of, labels("", "", "", "", "", "a b"))))


def test_top_words_have_weight_and_a_fixed_order() -> None:
    assert measures.top_words(np.array([[0.5, 0.5, 0, 0.9]]), ["a", "b", "c", "d"]) == [("d", "a", "b")]
    assert measures.top_words(np.array([[0.5, 0.5, 0, 0.9]]), ["a", "b", "c", "d"], 1) == [("d",)]


# corpora


def test_folders_are_labels_and_pages_lose_what_leads_through_them(tmp_path: Path) -> None:
    for label in ("brot", "rad"):
        (tmp_path / label / "tief").mkdir(parents=True)
    said = " ".join(["Das Brot geht auf."] * 8)
    page = f"<html><body><header><p>Menü</p></header><h1>Backen</h1><p>{said}</p><script>x()</script><nav><p>weiter</p></nav></body></html>"
    (tmp_path / "brot" / "tief" / "eins.html").write_text(page, "utf-8")
    (tmp_path / "rad" / "zwei.txt").write_text("Die Kette ist ölig. " * 8, "utf-8")
    (tmp_path / "rad" / "kurz.txt").write_text("Zu kurz.", "utf-8")
    found = corpora.in_folders(tmp_path)
    assert [(t.labels, t.odd) for t in found] == [(frozenset({"brot"}), False), (frozenset({"rad"}), True)]
    assert found[0].text == f"Backen.\n{said}"
    assert [t.doc for t in corpora.wanted(found, "develop")] == ["d00001"]
    assert [t.doc for t in corpora.wanted(found, "measure")] == ["d00002"]
    assert corpora.wanted(found, "all") == found


def test_citizens_texts_keep_all_their_topics(tmp_path: Path) -> None:
    head = "document_id,title,text,url,cycling,walking\n"
    (tmp_path / "stadt.csv").write_text(head + 'X12,Mehr Platz,"Für Räder, bitte.",u,1,1\nX13,Bank,Zum Sitzen.,u,0,0\n', "utf-8")
    found = corpora.citizens(tmp_path)
    assert [(t.doc, t.text, t.labels, t.odd) for t in found] == [
        ("X12", "Mehr Platz. Für Räder, bitte.", frozenset({"cycling", "walking"}), False),
        ("X13", "Bank. Zum Sitzen.", frozenset(), True),
    ]


def test_sentences_become_whole_texts_or_segments_of_so_many_words() -> None:
    import pandas as pd

    text = "Eins zwei drei. Vier fünf. Sechs sieben."
    spans = [(0, 15), (16, 26), (27, 40)]
    segs = [f"d.0001.00{n}" for n in (1, 2, 3)]
    tables = {
        "turns": pd.DataFrame([{"doc": "d", "turn": 1, "text": text}]),
        "segments": pd.DataFrame([{"seg": s, "doc": "d", "turn": 1, "start": a, "end": b} for s, (a, b) in zip(segs, spans, strict=True)]),
        "tokens": pd.DataFrame({"seg": segs}),
        "vectors": pd.DataFrame({"seg": segs}),
    }
    whole, parts = corpora.in_units(tables, 0), corpora.in_units(tables, 4)
    assert whole["segments"][["start", "end"]].values.tolist() == [[0, 40]]
    assert set(whole["tokens"]["seg"]) == {"d.001"}
    assert parts["segments"][["start", "end"]].values.tolist() == [[0, 26], [27, 40]]  # three words are too few, five will do
    assert parts["vectors"]["seg"].tolist() == ["d.001", "d.001", "d.002"]


def test_interviews_are_left_out_whole() -> None:
    assert corpora.folded(["b", "a", "b"], sys.maxsize).tolist() == [1, 0, 1]
    assert topics.spread(range(58), 20)[-1] == 55
    assert len(set(topics.spread(range(58), 20))) == 20


# models


def test_two_subjects_are_told_apart_and_stay(two_subjects: corpora.Corpus) -> None:
    from joblib import parallel_config

    with parallel_config(backend="sequential"):
        found = list(topics.measure(two_subjects, ["nmf", "joint", rivals.MANY, rivals.BASE], seeds=2, folds=2))
    assert [m.model for m in found] == ["nmf", "joint", rivals.MANY, rivals.BASE]
    for m in found:
        assert m.labelled["subject"][:2] == pytest.approx((1, 1)), m.model
        assert min(m.left_out, m.seeds) > 0.8, m.model  # NMF leaves specks of the other subject's words behind the six of its own
        assert m.placed == 1, m.model
        assert m.npmi > 0, m.model
        assert m.seconds > 0
    text = topics.table(two_subjects, found)
    assert "| model | NMI subject | ARI subject | NPMI |" in text
    assert "| plain NMF | 1.000 | 1.000 |" in text
    told = list(topics.rows([(two_subjects, found)]))
    assert told[0] == ("topics, two: joint, subject (NMI)", "1.000", "–", "plain NMF 1.000; tomotopy is not installed")
    assert told[-1][0] == "topics, two: consensus"


def test_what_is_left_out_leaves_no_word_behind(two_subjects: corpora.Corpus) -> None:
    odd = [s._replace(lemmas=("Anker", "Boje")) if s.doc in ("d00", "d04") else s for s in two_subjects.sentences]
    data = two_subjects._replace(sentences=odd)  # both texts that say these words are in one part
    assert {"Anker", "Boje"} <= set(topics.prepared(data, np.arange(80)).terms)
    words, placed = topics.alone(data, np.flatnonzero(data.folds != data.folds[0]), ["nmf"])["nmf"]
    assert words
    assert len(placed) == (data.folds != data.folds[0]).sum()
    assert not {"Anker", "Boje"} & {w for topic in words for w in topic}


def test_a_corpus_is_parted_in_halves_that_share_no_part(two_subjects: corpora.Corpus) -> None:
    left, halves = topics.parted(two_subjects, 3)
    assert [len({*two_subjects.folds[rows]}) for rows in left] == [len({*two_subjects.folds}) - 1] * 3
    for first, second in zip(halves[::2], halves[1::2], strict=True):
        assert not {*two_subjects.folds[first]} & {*two_subjects.folds[second]}
        assert len(first) + len(second) == len(two_subjects.folds)


def test_units_that_stay_are_those_both_fits_place_alike() -> None:
    whole, rows = np.array([0, 0, 1, 1, -1]), np.array([0, 1, 2, 4])
    assert topics.same_units(whole, rows, np.array([5, 5, 3, 3])) == pytest.approx(1.0)
    assert topics.same_units(whole, rows, np.array([5, 3, -1, 3])) == pytest.approx(0.0)


def test_units_without_words_fit_nowhere_in_the_rival(two_subjects: corpora.Corpus) -> None:
    pytest.importorskip("tomotopy")
    silent = [s._replace(lemmas=()) if n == 0 else s for n, s in enumerate(two_subjects.sentences)]
    fit = rivals.tomotopy_lda(material(silent, two_subjects.vectors, 0.5), 2, 1)
    assert measures.assigned(fit.weights)[0] == measures.NOWHERE
    assert measures.agreement(measures.assigned(fit.weights), two_subjects.labels["subject"])[0] > 0.8


def test_goals_are_told_beside_what_was_reached(two_subjects: corpora.Corpus) -> None:
    def made(name: str, nmi: float, left_out: float, seconds: float) -> topics.Measured:
        return topics.Measured(name, {"subject": (nmi, 0.3, float("nan"))}, 0.1, left_out, 0.9, 0.4, 1.0, seconds, 1.0)

    found = [
        made("joint", 0.5, 0.8, 0.1),
        made("consensus", 0.52, 0.9, 6.0),
        made(rivals.BASE, 0.4, 0.6, 0.1),
        made(rivals.RIVAL, 0.45, 0.5, 0.7),
    ]
    assert list(topics.rows([(two_subjects, found)])) == [
        ("topics, two: joint, subject (NMI)", "0.500", ">= 0.490", "tomotopy LDA 0.450; plain NMF 0.400"),
        ("topics, two: joint, stability", "0.800", ">= 0.750", "plain NMF 0.600; a part left out, top ten words"),
        ("topics, two: one fit of joint", "1/7.0 of tomotopy's CPU", "<= 1/5", "0.10 s CPU a fit; tomotopy LDA 0.70 s"),
        ("topics, two: consensus, subject (NMI)", "0.520", ">= 0.490", "tomotopy LDA 0.450; plain NMF 0.400"),
        ("topics, two: consensus, stability", "0.900", ">= 0.750", "plain NMF 0.600; a part left out, top ten words"),
        ("topics, two: consensus", "6.00 s CPU", "<= 10 s", "80 units"),
    ]
