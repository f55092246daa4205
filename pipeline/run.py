"""One run's working memory and what it reports: shared by the runner and by the end of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.places import Places
from pipeline.registry import Doc
from pipeline.stages import writer
from pipeline.tables import concat, from_parquet

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.study import Study

Progress = Callable[[str, int, int], None]  # title of the stage, done, total


@dataclass
class Outcome:
    """What a run did: stages that worked (name -> seconds), or nothing; unreadable files; how long it took."""

    fresh: bool = False
    worked: dict[str, float] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)
    documents: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    effect: list[str] = field(default_factory=list)  # what the last edit of the codebook did
    seconds: float = 0.0


@dataclass
class Run:
    """One run's working memory."""

    places: Places
    study: Study
    docs: list[Doc]
    progress: Progress
    extra: tuple[str, ...]
    keys: dict[str, dict[str, str]] = field(default_factory=dict)  # stage -> doc -> key
    shas: dict[str, dict[str, str]] = field(default_factory=dict)  # table -> doc ("" = corpus) -> content hash
    state: dict[str, Any] = field(default_factory=dict)
    loaded: dict[str, Any] = field(default_factory=dict)
    pending: dict[str, bytes] = field(default_factory=dict)  # files of outputs/ that wait for the end of the run
    spare: list[Path] = field(default_factory=list)  # pieces that no table holds and the next run wants
    chance: list[str] = field(default_factory=list)  # interviews whose reading failed by chance

    def table(self, name: str) -> pd.DataFrame:
        """A table of this run, read once; stages get copies so that none changes what the next one sees."""
        if name not in self.loaded:
            if name in writer(name).each:
                keys = self.keys[writer(name).name]
                pieces = [from_parquet(store.piece_path(self.places, name, d.doc, keys[d.doc])) for d in self.docs]
                self.loaded[name] = concat(name, [p for p in pieces if len(p)], self.extra)
            else:
                self.loaded[name] = from_parquet(store.whole_path(self.places, name))
        return self.loaded[name].copy(deep=False)
