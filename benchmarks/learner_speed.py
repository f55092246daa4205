"""How fast the learner is: vectors, a large corpus, the demo, one training sentence more. `python benchmarks/learning.py speed`.

Seconds are of the processor, user and system, in one process with one thread.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

REPO = Path(__file__).parent.parent
sys.path[:0] = [str(REPO), str(Path(__file__).parent)]

import corpus  # noqa: E402

Row = tuple[str, str, str, str]  # work, what it was, goal, remark
SHOWN = {"anchors": "Ankersätze aufbereiten", "fit": "Aus Beispielen lernen", "score": "Kategorien vorschlagen", "coding": "Codebuch anwenden"}
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LOKY_MAX_CPU_COUNT"), "1")


def spent() -> float:
    """Seconds of processor of this process so far, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def stages(folder: Path, only: str) -> dict[str, float]:
    """Seconds of processor by stage title of one run up to the stage `only`, in this process; `""`: before the first stage."""
    from pipeline import runner
    from pipeline.places import find

    found: dict[str, float] = {}
    at, since = "", 0.0

    def progress(title: str, done: int, total: int) -> None:
        nonlocal at, since
        if title != at:
            found[at] = found.get(at, 0.0) + spent() - since
            at, since = title, spent()

    runner.analyze(find(REPO, places(folder)), progress, only)
    found[at] = found.get(at, 0.0) + spent() - since
    return found


def places(folder: Path) -> dict[str, str]:
    names = {"TRANSCRIPTS": "t", "CODEBOOKS": "c", "OUTPUTS": "o", "PRIVATE": "p"}
    return {"STUDY": "bench", **{name: str(folder / short) for name, short in names.items()}}


def apart(folder: Path, only: str, env: dict[str, str] = ONE_THREAD) -> dict[str, float]:
    """`stages` in a fresh process with one thread: loading libraries and language data counts."""
    command = [sys.executable, str(Path(__file__)), str(folder), only]
    done = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def one_anchor_more(folder: Path) -> None:
    """A sentence that was not there, for a code of an anchor file."""
    path = sorted((folder / "c" / "anchors").glob("*.csv"))[0]
    with path.open(encoding="utf-8-sig", newline="") as handle:
        head, first = list(csv.reader(handle))[:2]
    row = dict(zip(head, first, strict=True)) | {"text": "Gestern erst hat mir der Vetter wieder beim Tapezieren geholfen."}
    with path.open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, head, lineterminator="\n").writerow(row)


def coded(name: str, folder: Path, goals: tuple[str, str]) -> list[Row]:
    """A corpus that is laid out in `folder` (t, c), coded by the model after embedding, then again after one anchor more."""
    apart(folder, "embed", {})
    first = apart(folder, "coding")
    one_anchor_more(folder)
    again = apart(folder, "coding")
    part = {short: first.get(title, 0.0) for short, title in SHOWN.items()}
    rows = [
        (f"{name}: judged by the model and coded, rules included", f"{part['score'] + part['coding']:.1f} s CPU", goals[0], f"judged {part['score']:.1f} s, coding {part['coding']:.1f} s"),
        (f"{name}: learning alone", f"{part['fit']:.1f} s CPU", "–", f"{anchors(folder):,} training sentences; made ready (words, vectors) {part['anchors']:.1f} s"),
    ]  # fmt: skip
    told = ", ".join(f"{short} {again.get(title, 0.0):.1f} s" for short, title in SHOWN.items())
    total = sum(again.get(title, 0.0) for title in SHOWN.values())
    rows.append((f"{name}: one training sentence more, coded again", f"{total:.1f} s CPU", goals[1], f"{told}; starting and looking what changed {sum(again.values()) - total:.1f} s"))
    return rows


def anchors(folder: Path) -> int:
    """Training sentences of the files."""
    return sum(len(list(csv.reader(path.open(encoding="utf-8-sig", newline="")))) - 1 for path in (folder / "c" / "anchors").glob("*.csv"))


def embedding(known: Sequence[str], number: int = 1000) -> Row:
    """Distinct sentences as vectors with the bundled encoder, which is loaded before."""
    from pipeline.encoders import encoder, vectors

    chosen = random.Random(corpus.SEED).sample(list(known), min(number, len(known)))
    began = spent()
    encoder("")("Los geht es.")
    loaded = spent()
    vectors(chosen)
    seconds = (spent() - loaded) * 1000 / len(chosen)
    words = sum(len(s.split()) for s in chosen) / len(chosen)
    return "sentences as vectors, per 1,000", f"{seconds:.2f} s CPU", "<= 2 s", f"{words:.0f} words each; loading the encoder {loaded - began:.1f} s"


def speed(known: Sequence[str], number: int, words: int) -> list[Row]:
    """Rows of the table: vectors, the large corpus, the demo."""
    rows = [embedding(known)]
    demo = {kind: REPO / kind / "demo" for kind in ("codebooks", "transcripts")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "t").mkdir()
        for at, turns in enumerate(corpus.interviews(list(known), number, words), 1):
            (folder / "t" / f"interview {at:03d}.txt").write_text("\n\n".join(f"{who}: {text}" for who, text in turns) + "\n", "utf-8")
        (folder / "c").mkdir()
        shutil.copytree(demo["codebooks"] / "anchors", folder / "c" / "anchors")
        for file in ("codebook.yaml", "guide.yaml"):
            shutil.copy(demo["codebooks"] / file, folder / "c" / file)
        rows += coded(f"{number * words:,} words", folder, ("<= 60 s", "–"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(demo["transcripts"], folder / "t")
        shutil.copytree(demo["codebooks"], folder / "c")
        rows += coded("the demo", folder, ("–", "<= 5 s"))
    return rows


if __name__ == "__main__":  # by `apart`
    print(json.dumps(stages(Path(sys.argv[1]), sys.argv[2])))
