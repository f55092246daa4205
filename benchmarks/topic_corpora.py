"""Corpora with known labels for topic models, read by the pipeline's own stages: citizens' texts, texts in folders, coded interviews.

Every corpus comes in two parts: `develop`, by which models may be tuned, and `measure`, which is only measured.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

REPO = Path(__file__).parent.parent
sys.path[:0] = [str(REPO), str(Path(__file__).parent)]

import interviews as coded  # noqa: E402

from pipeline.encoders import unit  # noqa: E402
from pipeline.encoders.kept import to_matrix  # noqa: E402
from pipeline.study import Study  # noqa: E402
from pipeline.topicmodels.prepare import sentences_of  # noqa: E402
from pipeline.topicmodels.words import Sentence  # noqa: E402

DEVELOPED = "PQRST"  # writers of the interviews that are developed on
FOLDS = 20
WORDS = 60  # of a segment, at least


class Corpus(NamedTuple):
    """n units with their words (`sentences`) and vectors (n x width). `labels`: what is labelled -> labels of each unit (none is
    possible). `windows`: (n) in which text a unit stands, for words that occur together. `folds`: (n) with which part it is left out."""

    name: str
    told: str
    sentences: list[Sentence]
    vectors: np.ndarray
    labels: dict[str, list[frozenset[str]]]
    windows: np.ndarray
    folds: np.ndarray

    @property
    def number(self) -> int:
        """As many topics as there are labels (of the finest kind)."""
        return max(len({name for label in labels for name in label}) for labels in self.labels.values())

    @property
    def lent(self) -> bool:
        """Whether units have neighbours."""
        return len({s.stretch for s in self.sentences}) < len(self.sentences)


class Text(NamedTuple):
    """A labelled text; `odd` ones are only measured."""

    doc: str
    text: str
    labels: frozenset[str]
    odd: bool


# reading, kept between runs


def stamp(*parts: str) -> str:
    """Changes with what the annotation and the encoder are."""
    found = hashlib.sha256("\t".join(parts).encode())
    package = REPO / "pipeline"
    rooms = [path for room in ("german", "encoders") for path in (package / room).rglob("*") if path.suffix in (".py", ".txt", ".tsv")]
    for path in sorted([*rooms, *(package / f"{stage}.py" for stage in ("annotate", "embed", "questions"))]):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def kept(work: Path, mark: str, make: Any) -> Any:
    """What `make()` gives, from a file in `work` if it was made before."""
    import joblib

    path = work / f"{mark}.joblib"
    if not path.is_file():
        work.mkdir(parents=True, exist_ok=True)
        joblib.dump(make(), path, compress=3)
    return joblib.load(path)


def annotated(texts: Sequence[Text]) -> dict[str, Any]:
    """Tables of texts, each read as one person's turn: turns, segments, tokens, types, vectors."""
    import pandas as pd
    from joblib import Parallel, cpu_count, delayed

    size = -(-len(texts) // (4 * cpu_count()))
    parts = Parallel(n_jobs=-1)(delayed(_annotated)(texts[at : at + size]) for at in range(0, len(texts), size))
    return {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}


def _annotated(texts: Sequence[Text]) -> dict[str, Any]:
    import pandas as pd

    from pipeline import annotate, embed

    settings: Any = Study()
    turns = pd.DataFrame([{"doc": t.doc, "turn": 1, "case": t.doc, "role": "respondent", "text": t.text} for t in texts])
    tables = {name: pd.DataFrame(rows) for name, rows in annotate.each(turns, settings).items()}
    found = {"turns": turns, **tables}
    vectors = []
    for doc, rows in turns.groupby("doc"):
        vectors += embed.each(rows, tables["segments"][tables["segments"]["doc"] == doc], settings)["vectors"]
    return {**found, "vectors": pd.DataFrame(vectors)}


def in_units(tables: dict[str, Any], words: int) -> dict[str, Any]:
    """The same tables with units in place of sentences: whole texts (`words` 0), or sentences put together until they hold so many words."""
    spoken = {(t.doc, t.turn): t.text for t in tables["turns"].itertuples()}
    names: dict[str, str] = {}
    doc, number, count = "", 0, 0
    for s in tables["segments"].itertuples():
        if s.doc != doc or (words and count >= words):
            number, count = (1 if s.doc != doc else number + 1), 0
        doc, count = s.doc, count + len(spoken[s.doc, s.turn][s.start : s.end].split())
        names[s.seg] = f"{s.doc}.{number:03d}"
    segments = tables["segments"].assign(seg=tables["segments"]["seg"].map(names))
    segments = segments.groupby("seg", sort=False, as_index=False).agg({"doc": "first", "turn": "first", "start": "min", "end": "max"})
    told = tables["vectors"]
    return {
        **tables, "segments": segments, "tokens": tables["tokens"].assign(seg=tables["tokens"]["seg"].map(names)),
        "vectors": told.assign(seg=told["seg"].map(names)),
    }  # fmt: skip


def folded(docs: Sequence[str], most: int) -> np.ndarray:
    """With which part each unit is left out: every document alone, or where there are more than `most` in as many groups.

    >>> folded(["b", "a", "b", "c"], 2).tolist()
    [1, 0, 1, 0]
    """
    place = {doc: n % most for n, doc in enumerate(sorted(set(docs)))}
    return np.array([place[doc] for doc in docs])


def corpus(name: str, told: str, tables: dict[str, Any], labels: dict[str, dict[str, frozenset[str]]], spoken: bool = False) -> Corpus:
    """Tables -> corpus; `labels`: what is labelled -> unit or document -> labels."""
    types = tables["types"].drop_duplicates("type")
    sentences = sentences_of(tables["turns"], tables["segments"], tables["tokens"], types, tables["questions"])
    rows: dict[str, list[int]] = {}
    for n, seg in enumerate(tables["vectors"]["seg"]):
        rows.setdefault(seg, []).append(n)
    each = to_matrix(list(tables["vectors"]["vector"]))
    vectors = unit(np.array([each[rows[s.seg]].mean(axis=0) for s in sentences]))
    given = {what: [found.get(s.seg, found.get(s.doc, frozenset())) for s in sentences] for what, found in labels.items()}
    windows = np.array([f"{s.doc}.{s.turn}" if spoken else s.doc for s in sentences])
    told = f"{told}; {len(sentences):,} units of {len({s.doc for s in sentences})} texts"
    return Corpus(name, told, sentences, vectors, given, windows, folded([s.doc for s in sentences], sys.maxsize if spoken else FOLDS))


def of_texts(name: str, texts: Sequence[Text], work: Path, what: str, told: str, words: int = 0) -> Corpus:
    """A corpus of texts, whole ones or in segments of `words` words."""
    import pandas as pd

    tables = kept(work, stamp(*(f"{t.doc}\n{t.text}" for t in texts)), lambda: annotated(texts))
    tables["questions"] = pd.DataFrame({"doc": [], "turn": [], "question": []})
    return corpus(name, told, in_units(tables, words), {what: {t.doc: t.labels for t in texts}})


# where the texts come from


def wanted(texts: Sequence[Text], part: str) -> list[Text]:
    return [t for t in texts if part == "all" or t.odd == (part == "measure")]


def citizens(folder: Path) -> list[Text]:
    """Contributions with up to twelve topics each (../shared/data/cimt-thematic); those with odd numbers are only measured."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.DictReader(handle):
                labels = frozenset(k for k, v in row.items() if k not in ("document_id", "title", "text", "url") and float(v or 0))
                odd = int(re.sub(r"\D", "", row["document_id"])) % 2 == 1
                found.append(Text(row["document_id"], f"{row['title']}. {row['text']}", labels, odd))
    return found


def in_folders(folder: Path) -> list[Text]:
    """One folder a label with .txt or .html files at any depth; every other text is only measured. Texts under 30 words are left out."""
    found = []
    for label in sorted(p.name for p in folder.iterdir() if p.is_dir()):
        for path in sorted(p for p in (folder / label).rglob("*") if p.suffix in (".txt", ".html")):
            text = path.read_text("utf-8-sig", errors="replace")
            text = "\n".join(_paragraphs(text)) if path.suffix == ".html" else text
            if len(text.split()) >= 30:
                found.append(Text(f"d{len(found) + 1:05d}", text, frozenset({label}), len(found) % 2 == 1))
    return found


def _paragraphs(page: str) -> Iterator[str]:
    """What a page says, without what leads through it."""
    from lxml import html

    beside = "ancestor::header or ancestor::nav or ancestor::aside or ancestor::footer"
    root = html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    for node in root.xpath(f"//*[self::p or self::h1 or self::h2 or self::h3][not({beside})]"):
        if text := " ".join(node.text_content().split()):
            yield text if text[-1] in ".!?:" else text + "."


def conversations(folder: Path, work: Path, part: str) -> Corpus:
    """Constructed interviews, sentence by sentence: under which question each was said, and its main category where it has just one."""
    tables = kept(work, stamp(*(p.read_text("utf-8") for p in sorted(folder.glob("*.json")))), lambda: _told(folder, work))
    files = {doc: Path(f).stem for doc, f in zip(tables["documents"]["doc"], tables["documents"]["file"], strict=True)}
    docs = {doc for doc, stem in files.items() if part == "all" or (stem[0] in DEVELOPED) == (part == "develop")}
    found = {name: t[t["doc"].isin(docs)].reset_index(drop=True) if "doc" in t else t for name, t in tables.items()}
    chosen = [one for one in coded.load(folder) if one["doc"] in {files[doc] for doc in docs}]
    codes = coded.truth(chosen, found.__getitem__)
    groups = {seg: frozenset(c.partition(".")[0] for c in given) for seg, given in codes.items()}
    asked = dict(_asked(chosen, found, {stem: doc for doc, stem in files.items()}))
    questions = {s.seg: frozenset({asked[s.doc, s.turn]} - {""}) for s in found["segments"].itertuples() if (s.doc, s.turn) in asked}
    found["vectors"] = found["vectors"][found["vectors"]["seg"] != ""]
    single = {seg: given for seg, given in groups.items() if len(given) == 1}
    return corpus("interviews", "constructed", found, {"question": questions, "category": single}, spoken=True)


def _told(folder: Path, work: Path) -> dict[str, Any]:
    table = coded.run(folder, work / "interviews", REPO / "codebooks" / "demo", "embed")
    return {name: table(name) for name in ("documents", "turns", "segments", "tokens", "types", "questions", "vectors")}


def _asked(interviews: list[dict[str, Any]], tables: dict[str, Any], docs: dict[str, str]) -> Iterator[tuple[tuple[str, int], str]]:
    """((doc, turn), question of the guide that the interviewer asked last), for turns of respondents."""
    turns = tables["turns"][tables["turns"]["role"] != "none"]
    for one in interviews:
        question = ""
        for number, turn in zip(turns[turns["doc"] == docs[one["doc"]]]["turn"], one["turns"], strict=True):
            if turn["role"] == "I":
                question = turn.get("question", "")
            else:
                yield (docs[one["doc"]], number), question
