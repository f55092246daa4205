"""What the last whole run left, held in memory so that an edited rule costs only itself: material, hits by turn, mentions, figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline import decided, guide, store
from pipeline.app.draft import Draft, whole
from pipeline.app.quotes import Shown, shown
from pipeline.app.tally import (
    FIGURES,
    RESTS,
    Kept,
    Key,
    Mentions,
    by_turn,
    columns_of,
    counted_by_turn,
    mentions_by_turn,
)
from pipeline.coders.hits import find
from pipeline.coders.judging import judged
from pipeline.coders.material import Material, gather
from pipeline.coders.placing import People, people
from pipeline.coders.rule import Given, usable
from pipeline.coders.themes import Themes, themes
from pipeline.effective import uncounted
from pipeline.effects import versions
from pipeline.inputs import read_state
from pipeline.leaking.originals import masking
from pipeline.lists import LISTS, read_list
from pipeline.matchers.index import load
from pipeline.measures import counts
from pipeline.measures.mentions import ancestors, asked_about
from pipeline.places import Places
from pipeline.registry import Doc
from pipeline.run import Run
from pipeline.sampling.queues import FOLDER
from pipeline.sampling.withheld import counting
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.codebook import Codebook
    from pipeline.study import Study


@dataclass
class Held:
    """`hits` by number of a turn; `codes_at` the codes that stand in a turn by any coder, counted or not; `rows` the codings of a turn;
    `mentions` by code; `hinted` how many hits of a code do not count; `figures` the rows of `findings_codes` by code; `lacks` codes of which a
    denial is a saying; `order` and `lines` (itself and codes above) of a code."""

    study: Study
    draft: Draft
    material: Material
    themes: Themes
    hits: dict[int, Given]
    codes_at: dict[int, set[str]]
    reviewed: list[dict[str, str]]
    segments: pd.DataFrame
    rows_of: Mapping[Key, np.ndarray]
    codes: pd.DataFrame
    asked: dict[str, set[str]]
    rows: dict[Key, Kept]
    lacks: set[str]
    order: dict[str, int]
    lines: dict[str, list[str]]
    borders: tuple[list[int], list[int]]  # first and last code point of every sentence, as `segments` has them
    mentions: Mentions
    hinted: dict[str, dict[Key, int]]
    figures: dict[str, dict[str, Any]]
    placed: list[dict[str, Any]]  # what people decided, as placed in today's turns
    page: Shown
    inputs: str  # names the tables that all this was made of

    def spans(self, key: Key) -> list[tuple[int, int]]:
        """Borders of a turn's sentences, in order."""
        start, end = self.borders
        return sorted((start[n], end[n]) for n in self.rows_of.get(key, ()))


def inputs_mark(places: Places) -> str:
    """Changes with every table that coding rests on, but not with the rules of the codebook."""
    ran = read_state(places).get("stages", {})
    names = ("names", "pseudonymise", "annotate", "questions", "stance", "index", "fit", "score", "llm")
    keys = [(name, ran.get(name, {}).get("docs") or ran.get(name, {}).get("key")) for name in names]
    files = {n: sha for n, sha in ran.get("coding", {}).get("signature", {}).get("files", {}).items() if n != "codebook.yaml"}
    settings = [ran.get(name, {}).get("signature", {}).get("settings") for name in ("coding", "findings", "report")]
    return repr((keys, sorted(files.items()), settings))


def load_held(places: Places, study: Study) -> Held:
    """From the tables of a run that ended. Raises `Stop` where the codebook it used is not kept, or lists cannot be read."""
    state = read_state(places)
    version = state.get("effect", {}).get("version", "")
    run = opened(places, study, state)
    versions.read(places, version)
    draft = whole(versions.file_of(places, version))
    said = _people(places, study, run, draft.book)
    material = said.material
    asked = themes(material, draft.book)
    codes, segments, codings, hinted = (run.table(name) for name in ("codes", "segments", "codings", "suggestions"))
    questions = guide.load(places.codebooks / "guide.yaml")
    found = run.table("findings_mentions")
    return Held(
        study, draft, material, asked, hits_by_turn(material, draft.book), _codes_at(material, codings, hinted),
        said.reviewed, segments, {key: np.asarray(rows) for key, rows in segments.groupby(["doc", "turn"]).indices.items()}, codes,
        asked_about(run.table("cases"), run.table("questions"), questions.expected(), codes), by_turn(columns_of(codings, ("doc", "turn", "code", *RESTS))),
        set(codes.loc[codes["lack"] == "yes", "code"]), dict(zip(codes["code"], codes["order"].tolist(), strict=True)), ancestors(codes),
        (segments["start"].tolist(), segments["end"].tolist()), mentions_by_turn(columns_of(found, ("doc", "turn", "code", "mention", *counts.Said._fields))),
        counted_by_turn(columns_of(uncounted(hinted), ("doc", "turn", "code"))), {row["code"]: row for row in run.table(FIGURES).to_dict("records")},
        run.table("decisions").to_dict("records"), shown(study, questions, run), inputs_mark(places),
    )  # fmt: skip


def opened(places: Places, study: Study, state: Mapping[str, Any]) -> Run:
    """The last run's tables, to be read."""
    keys = {name: stage.get("docs", {}) for name, stage in state["stages"].items()}
    docs = [Doc(doc, "", "") for doc in keys.get("ingest", {})]
    return Run(places, study, docs, lambda title, done, total: None, tuple(study.variables), keys=keys)


def _people(places: Places, study: Study, run: Run, book: Codebook) -> People:
    """The material and what people decided and read, as the stage coding gathers it."""
    index = load(store.product_path(places, "index", "index.bin"))
    tables = {name: run.table(name) for name in ("turns", "questions", "cases", "changes", "replacements")}
    expected = guide.load(places.codebooks / "guide.yaml").expected()
    made = gather(index, **tables, expected=expected, decisions=[], roles=CODED_ROLES, variables=tuple(study.variables))
    acts = decided.acts(places.codebooks / "decisions.csv", places.codebooks / decided.FOLDER)
    read, versions = (read_list(places.codebooks / name, LISTS[name]) for name in ("reviewed.csv", "codebook_versions.csv"))
    heard = counting(places.codebooks / FOLDER, acts, read, made.by_hash)
    said = people(made, book, heard.acts, heard.reviewed, versions)
    settings = SimpleNamespace(model=study.model)
    opinion = judged(index, run.table("scores"), run.table("anchors"), store.product_path(places, "fit", "model.bin"), settings)
    material = replace(said.material, judged=opinion, heard=run.table("llm_codings").to_dict("records"), mask=masking(run.table("entities")))
    return said._replace(material=material)


def hits_by_turn(material: Material, book: Codebook) -> dict[int, Given]:
    """Number of a turn -> its units and codes with hits, in the order of the codebook's rules."""
    found = find(material.corpus, book.rules(), material.hits)
    by_turn: dict[int, Given] = defaultdict(lambda: defaultdict(list))
    for rule in book.rules():
        for unit, hit in usable(material, book, rule, found[rule.query]):
            by_turn[int(material.index.turn[hit.words[0]])][unit, hit.code].append(hit)
    return by_turn


def _codes_at(material: Material, *tables: pd.DataFrame) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for data in tables:
        for doc, turn, code in zip(*columns_of(data, ("doc", "turn", "code")).values(), strict=True):
            found[material.by_key[doc, turn].number].add(code)
    return found
