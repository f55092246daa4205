"""One run's working memory and what it reports: shared by the runner and by the end of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.freshness import digest_of
from pipeline.places import Places
from pipeline.registry import Doc
from pipeline.stages import writer
from pipeline.tables import concat, from_parquet

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.study import Study

JOINED = "alle"  # stands for an interview's id in the name of a file with the rows of all
MANY = 12  # interviews from which on joining pays

Progress = Callable[[str, int, int], None]  # title of the stage, done, total


@dataclass
class Outcome:
    """What a run did: stages that worked (name -> seconds), or nothing; unreadable files; how long it took."""

    fresh: bool = False
    worked: dict[str, float] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)
    documents: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what happened to files that people edited
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
                self.loaded[name] = self._joined(name)
            else:
                self.loaded[name] = from_parquet(store.whole_path(self.places, name))
        return self.loaded[name].copy(deep=False)

    def joined_path(self, name: str) -> Path:
        """Where the pieces of all interviews lie as one file: reading many small files is what costs an edit its time."""
        return store.piece_path(self.places, name, JOINED, digest_of(sorted(self.shas[name].items())))

    def _joined(self, name: str) -> pd.DataFrame:
        path = self.joined_path(name) if name in self.shas else None
        if path is not None and path.is_file():
            return from_parquet(path)
        keys = self.keys[writer(name).name]
        pieces = [from_parquet(store.piece_path(self.places, name, d.doc, keys[d.doc])) for d in self.docs]
        data = concat(name, [p for p in pieces if len(p)], self.extra)
        if path is not None and len(self.docs) >= MANY:
            store.write_frame(path, data)
        return data
