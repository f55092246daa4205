"""`make learn`: what people read and decided becomes training sentences of the model, and what that changed is told.

`codebooks/<study>/learned.csv` holds them, a sentence a row, anchored in the raw text: with it a version of the model is
learnt again from nothing. `models.csv` keeps a row of figures a version.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import codebook, decided, fit, guide, lessons, store, study
from pipeline.backups import refuse_links
from pipeline.coders.material import Judged, Material, gather
from pipeline.coders.model import rules_on
from pipeline.coders.placing import people
from pipeline.covered import is_full
from pipeline.learning import comparing, frozen, refit
from pipeline.learning.comparing import Compared
from pipeline.learning.frozen import Frozen
from pipeline.learning.judgements import Judgement, given, unknown
from pipeline.learning.measured import INSIDE
from pipeline.learning.refit import Lesson
from pipeline.learning.telling import counted, told_of
from pipeline.learning.threads import one_thread
from pipeline.learning.training import SEPARATOR
from pipeline.lists import LEARNED, LISTS, MODELS, read_list
from pipeline.matchers.index import load
from pipeline.offsets import through
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.runner import analyze
from pipeline.sampling.queues import FOLDER
from pipeline.sampling.withheld import counting
from pipeline.tables import CODED_ROLES, MACHINES, from_csv, from_parquet

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("doc", "raw_sha256", "raw_start", "raw_end", "codes", "rules", "full", "unknown", "mode", "coders")
FIGURES = ("version", "date", "interviews", "sentences", "anchors", "codebook", "f1_sentence", "f1_turn", "r_at_5", "former")
Progress = Callable[[str, int, int], None]


def learn(places: Places, progress: Progress, today: date | None = None) -> list[str]:
    """Write what is to be learnt, learn it, and say in German lines what that changed. Raises `Stop` for what people must mend."""
    analyze(places, progress)
    acts = decided.acts(places.codebooks / "decisions.csv", places.codebooks / decided.FOLDER)
    rows = judged_sentences(_material(places), codebook.load(places.codebooks / "codebook.yaml"), acts, places)
    path = places.codebooks / LEARNED.name
    refuse_links(places.codebooks, path)
    # Only where a category came after something was read is there something to say of that.
    columns = COLUMNS if any(row["unknown"] for row in rows) else [name for name in COLUMNS if name != "unknown"]
    raw, content = path.read_bytes() if path.is_file() else None, _csv(columns, rows)
    former, before = frozen.read(_model(places)), _table(places, "lessons")
    notes = decided.notes(acts)
    if raw is None and not rows:
        return [*notes, "Es gibt noch nichts zu lernen: Niemand hat eine Stelle codiert, angenommen oder gelesen.", *_how(0)]
    fresh = raw != content
    if fresh:
        _renew(places, path, raw, content, progress)
    now = frozen.read(_model(places))
    if now is None:
        return [*notes, *counted(rows), "Das Modell ist abgeschaltet (study.yaml: model: use) oder hat keine Ankersätze; gelernt wird nichts."]
    kept = read_list(places.codebooks / MODELS.name, MODELS)
    if not fresh and kept and kept[-1]["version"] == now.version:
        return [*notes, *counted(rows), f"Nichts Neues: Fassung {now.version} hat das alles schon gelernt. Keine Datei wurde geändert."]
    known = now.learnt["sentences"]
    found = _compared(places, before, progress) if known >= fit.ENOUGH else None
    _enter(places, now, former.version if former and former.version != now.version else "", found, today or date.today())
    lines = told_of(found, now.version, former.version if former else "", started=raw is not None, interviews=len({row["doc"] for row in rows if row["full"] == "yes"}))
    written = [places.show(p) for p in (path, places.codebooks / MODELS.name)] if fresh else [places.show(places.codebooks / MODELS.name)]
    kept_as = f" Die bisherige Fassung liegt daneben als {path.name}.bak." if fresh and raw is not None else ""
    return [*notes, *counted(rows), *lines, *(_how(known) if found is None else []), f"Geschrieben: {', '.join(written)}.{kept_as}"]


def _how(known: int) -> list[str]:
    return [
        f"Vollständig gelesen sind {known} Sätze; ab {fit.ENOUGH} lernt das Modell auch, wie sicher es sein darf, und lässt sich messen.",
        "Dazu einzelne Beiträge oder ein ganzes Gespräch für alle Kategorien lesen, in decisions.csv oder handcoded/ eintragen, was vergeben",
        "wird, und das Gelesene in reviewed.csv vermerken (mode: random oder interview, auch wo nichts zu vergeben war). Dann: make learn",
    ]


def judged_sentences(material: Material, book: codebook.Codebook, acts: list[dict[str, str]], places: Places) -> list[dict[str, Any]]:
    """Rows of `learned.csv`: every sentence that people read for all codes, or of which they gave a code; of one that was read before a
    code came into the codebook, nothing is known of that code (`unknown`)."""
    reviewed, versions = (read_list(places.codebooks / name, LISTS[name]) for name in ("reviewed.csv", "codebook_versions.csv"))
    heard = counting(places.codebooks / FOLDER, acts, reviewed, material.by_hash)
    material, read, _ = people(material, book, heard.acts, heard.reviewed, versions)
    found: dict[str, Judgement] = {}
    for row in read:
        if row["coder"] not in MACHINES:
            for seg in _read(material, row):
                one = found.setdefault(seg, Judgement())
                one.read(row)
                one.modes |= {row["mode"]} if is_full(row) else set()
    for row in material.decisions:
        if row["coder"] not in MACHINES:
            for seg in lessons.sentences(material, row):
                one = found.setdefault(seg, Judgement())
                one.say(row["code"], row["coder"], row["action"])
                one.modes |= set() if one.readers else {row["mode"]}
    rules = _rules(material, book)
    index = material.index
    rows = []
    for n, seg in enumerate(index.seg_ids):
        turn = material.turns[int(index.seg_turn[n])]
        one = found.get(seg, Judgement())
        codes = given(one)
        if (one.readers or codes) and material.coded[turn.number]:
            start, end = through(material.steps.get((turn.doc, turn.turn), []), int(index.seg_start[n]), int(index.seg_end[n]))
            made = {
                "doc": turn.doc, "raw_sha256": turn.raw_sha256, "raw_start": start, "raw_end": end, "codes": SEPARATOR.join(codes),
                "rules": SEPARATOR.join(rules.get(n, ())), "full": "yes" if one.readers else "no", "unknown": SEPARATOR.join(unknown(one)),
                "mode": SEPARATOR.join(sorted(one.modes - {""})), "coders": SEPARATOR.join(one.coders()),
            }  # fmt: skip
            # What would not be found again teaches nothing, or something of another sentence.
            rows += [made] if lessons.sentences(material, {k: str(v) for k, v in made.items()}) == [seg] else []
    return rows


def _read(material: Material, row: dict[str, str]) -> list[str]:
    """Ids of the sentences that lie in a passage that somebody read."""
    return [seg for seg, shared, own, _ in lessons.touched(material, row) if shared >= INSIDE * own]


def _rules(material: Material, book: codebook.Codebook) -> dict[int, list[str]]:
    """Number of a sentence -> codes that a rule gives it, whatever the model or people make of that."""
    import numpy as np

    codes = tuple(code.id for code in book.codes if code.coded)
    nothing = np.zeros((len(material.index.seg_ids), len(codes)), dtype=bool)
    hits = rules_on(material, book, Judged(codes, nothing, nothing, nothing, nothing, {}, {}, {}, None, "", 0, 0)).hits
    found: dict[int, list[str]] = {}
    for n, k in np.argwhere(hits).tolist():
        found.setdefault(n, []).append(codes[k])
    return found


def _material(places: Places) -> Material:
    """The corpus of the last run with the way back to the raw text."""
    settings = study.load(places.codebooks / "study.yaml")
    found = {name: _table(places, name) for name in ("turns", "questions", "cases", "changes", "replacements")}
    expected = guide.load(places.codebooks / "guide.yaml").expected()
    index = load(store.product_path(places, "index", "index.bin"))
    return gather(index, **found, expected=expected, decisions=[], roles=CODED_ROLES, variables=tuple(settings.variables))


def _table(places: Places, name: str) -> pd.DataFrame:
    path = store.whole_path(places, name)
    csv_path = store.csv_path(places, name)
    return from_parquet(path) if path.is_file() or csv_path is None else from_csv(csv_path)


def _model(places: Places) -> Path:
    return store.product_path(places, "fit", "model.bin")


def _renew(places: Places, path: Path, raw: bytes | None, content: bytes, progress: Progress) -> None:
    """Write the new lessons and learn them; where that does not work out, the former ones stay."""
    with store.lock(places):
        if raw is not None:
            store.write(path.with_name(f"{path.name}.bak"), raw)
        store.write(path, content)
    try:
        analyze(places, progress)
    except BaseException:
        with contextlib.suppress(Stop, OSError):
            if raw is None:
                path.unlink(missing_ok=True)
            else:
                store.write(path, raw)
        raise


def _compared(places: Places, before: pd.DataFrame, progress: Progress) -> Compared:
    """The version of today's lessons beside that of the former ones (`before`), both with today's codebook and anchors."""
    import numpy as np

    settings = study.load(places.codebooks / "study.yaml").model
    anchors, scheme, after = (_table(places, name) for name in ("anchors", "scheme", "lessons"))
    file = places.codebooks / "guide.yaml"
    book, parents = guide.load(file), dict(zip(scheme["code"], scheme["parent"], strict=True))
    start, sure = frozen.default_pairs(), frozen.default_certainty()
    progress("Fassungen vergleichen", 0, 2)
    cells = fit.fitted(anchors, scheme, after, file).cells
    assert cells is not None  # there are enough sentences
    all_known = np.ones(len(cells.doc), dtype=bool)
    new = comparing.told(cells, fit.served(anchors, after, scheme), cells.truth, all_known, start, sure, fit.ENOUGH, settings.threshold)
    progress("Fassungen vergleichen", 1, 2)
    codes = fit.served(anchors, before, scheme)
    asked, old = (fit.lessons_of(one, book, codes) for one in (after, before))
    if codes:
        make = partial(fit.trained, anchors, scheme, book, codes)
        with one_thread():
            others = refit.outside(asked, lambda rest: make(_of_others(old, asked, rest), *start), parents)
        former = comparing.told(others, codes, *comparing.taught(others, old, codes, parents), start, sure, fit.ENOUGH, settings.threshold)
    else:
        former = comparing.nothing(len(cells.doc))
    turns = {one.doc: one.interview.turns for one in asked}
    turn = np.array([turns[doc][place] for doc, place in zip(cells.doc.tolist(), cells.place.tolist(), strict=True)])
    progress("Fassungen vergleichen", 2, 2)
    return comparing.compare(new, former, cells.truth, cells.doc, turn, study.SEED)


def _of_others(old: Sequence[Lesson], asked: Sequence[Lesson], rest: Sequence[Lesson]) -> list[Lesson]:
    """What the former version had learnt, without the interviews that it is asked about (those of `asked` that are not in `rest`)."""
    left_out = {one.doc for one in asked} - {one.doc for one in rest}
    return [one for one in old if one.doc not in left_out]


def _enter(places: Places, now: Frozen, former: str, found: Compared | None, today: date) -> None:
    """Add the version to `models.csv`: numbers alone, no text of anybody."""
    path = places.codebooks / MODELS.name
    refuse_links(places.codebooks, path)
    figures = ("f1_sentence", "f1_turn", "r_at_5")
    row: dict[str, Any] = {
        "version": now.version, "date": today.isoformat(), **now.learnt, "former": former,
        "codebook": codebook.load(places.codebooks / "codebook.yaml").version,
        **({name: f"{getattr(found, name):.3f}" for name in figures} if found else {}),
    }  # fmt: skip
    with store.lock(places):
        kept = read_list(path, MODELS)
        store.write(path, _csv(FIGURES, [*kept, row]))


def _csv(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
