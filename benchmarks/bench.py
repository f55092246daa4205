"""How fast it is: the codebook engine against regular expressions, the main job from a first run to one edited rule, the learner.

    make bench                       50 interviews of 10,000 words, made of text that ships
    make bench TEXT=folder:folder    made of other German text (real interviews, for instance)
    make bench INTERVIEWS=10 WORDS=5000
    make bench WRITE=ja              also writes the table in docs/benchmarks.md and a line of benchmarks/history.jsonl

Times are seconds of processor on this machine; ratios are taken in one run, because machines vary. How well the learner does on
citizens' texts and how topic models do (CORPUS=folder: on more texts, docs/themen.md) come last, where the texts are there. It is no
test: it only prints.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

REPO = Path(__file__).parent.parent
sys.path[:0] = [str(REPO), str(Path(__file__).parent)]

import browser  # noqa: E402
import corpus  # noqa: E402
import engine  # noqa: E402
import learner_speed  # noqa: E402
import learning  # noqa: E402
import reviewing  # noqa: E402
import topics  # noqa: E402

from pipeline import codebook  # noqa: E402

Row = tuple[str, str, str, str]  # work, what it was, goal, remark
GUIDE = "questions:\n" + "".join(f"  - id: L{n}\n    text: {text}\n" for n, text in enumerate(corpus.QUESTIONS, 1))


def timed(folder: Path) -> tuple[float, float, float]:
    """(wall, processor, peak memory in MB) of one `analyze` as a process of its own."""
    names = {"TRANSCRIPTS": "t", "CODEBOOKS": "c", "OUTPUTS": "o", "PRIVATE": "p"}
    places = {"STUDY": "bench", **{name: str(folder / short) for name, short in names.items()}}
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pipeline", "analyze"]
    done = subprocess.run(command, cwd=REPO, env={**os.environ, **places}, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - started, used, after.ru_maxrss / 1024


def lay_out(folder: Path, interviews: list[list[tuple[str, str]]], book: Path) -> None:
    (folder / "t").mkdir()
    (folder / "c").mkdir()
    for number, turns in enumerate(interviews, 1):
        (folder / "t" / f"interview {number:03d}.txt").write_text("\n\n".join(f"{who}: {text}" for who, text in turns) + "\n", "utf-8")
    shutil.copy(book, folder / "c" / "codebook.yaml")
    (folder / "c" / "guide.yaml").write_text(GUIDE, "utf-8")


def whole_process(interviews: list[list[tuple[str, str]]], book: Path) -> list[Row]:
    """A first run, nothing to do, one rule edited, one interview more, with the demo's codebook: each as its own process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, interviews[:-1], book)
        first = timed(folder)
        rows = [("make analyze, first run", f"{first[0]:.1f} s ({first[1]:.1f} s CPU, {first[2]:.0f} MB)", "–", f"{len(interviews) - 1} interviews")]
        nothing = timed(folder)
        rows.append(("… nothing changed", f"{nothing[0]:.2f} s", "<= 1.0 s", f"{nothing[1] / first[1]:.2%} of the first run's CPU"))
        rows += browser.rows(folder)
        timed(folder)
        path = folder / "c" / "codebook.yaml"
        path.write_text(path.read_text("utf-8").replace("- term: [", "- term: ['neueswort*', ", 1), "utf-8")
        edited = timed(folder)
        rows.append(("… one rule edited", f"{edited[0]:.2f} s", "<= 2.5 s", f"{edited[1] / first[1]:.2%} of the first run's CPU"))
        text = "\n\n".join(f"{who}: {text}" for who, text in interviews[-1])
        (folder / "t" / "interview neu.txt").write_text(text, "utf-8")
        more = timed(folder)
        goal = first[0] / (len(interviews) - 1) + 2.5
        return [*rows, ("… one interview more", f"{more[0]:.2f} s", f"<= {goal:.1f} s", "first run per interview + 2.5 s")]


def rules(one: engine.Made, folder: Path) -> tuple[list[Row], dict[str, Any]]:
    """The engine against one regular expression a code, at this size and ten times; one rule edited."""
    book = engine.reference_codebook(one, folder)
    small = engine.compare(one, book, folder)
    large = engine.compare(engine.times(one, 10), book, folder)
    rows = []
    for figures, goal in ((small, 120), (large, 450)):
        remark = f"{figures['engine'] * 1000:.0f} ms against {figures['expressions']:.1f} s; {figures['hits']} hits, counts equal"
        rows.append((f"40 codes x 15 entries over {figures['tokens']:,} words ({figures['megabytes']:.1f} MB)", f"{figures['ratio']:.0f} x", f">= {goal} x", remark))
    edits = f"{small['edit'] * 1000:.2f} ms; ten times the text {large['edit'] * 1000:.2f} ms"
    rows.append(("one rule edited, in process", edits, "<= 5 ms", f"median of 40 rules; slowest {max(small['edit_max'], large['edit_max']) * 1000:.2f} ms"))
    rows.append(("ten times the text, same codebook", f"{large['engine'] / small['engine']:.1f} x", "<= 3 x", "vocabulary engine"))
    demo = codebook.load(REPO / "codebooks" / "demo" / "codebook.yaml")
    seconds, found = engine.spent(lambda: engine.by_engine(one.corpus, demo, {}))
    kinds = len({rule.kind for rule in demo.rules()})
    hits = sum(len(hits) for hits in found.values())
    rows.append(("the demo's codebook on the same words", f"{seconds * 1000:.0f} ms", "–", f"{len(demo.rules())} rules of {kinds} kinds, {hits} hits with stance"))
    return rows, {"engine": small, "engine_ten": large}


def table(rows: list[Row]) -> str:
    head = "| work | measured | to reach | |\n|---|---|---|---|\n"
    return head + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def main() -> None:
    number, words = int(os.environ.get("INTERVIEWS") or 50), int(os.environ.get("WORDS") or 10_000)
    folders = [Path(p) for p in os.environ.get("TEXT", "").split(":") if p] or corpus.shipped()
    known = corpus.sentences(folders)
    print(f"{len(known):,} distinct sentences, {sum(len(s.split()) for s in known):,} words; {number} interviews of {words:,} words", flush=True)
    made = engine.made(known, number, words)
    rows: list[Row] = [("first annotation", f"{made.annotated:.0f} s CPU", "<= 80 s for 500,000 words", f"{len(made.corpus.index):,} words")]
    rows.append(("stance, about whom", f"{made.stance:.0f} s CPU", "–", f"{made.stance / len(made.corpus.index) * 1e6:.0f} microseconds a word"))
    print(table(rows), flush=True)
    with tempfile.TemporaryDirectory() as name:
        more, figures = rules(made, Path(name))
        print(table(more), flush=True)
        whole = whole_process(corpus.interviews(known, number, words), REPO / "codebooks" / "demo" / "codebook.yaml")
        print(table(whole), flush=True)
    learnt = learner_speed.speed(known, number, words)
    print(table(learnt), flush=True)
    read = reviewing.rows()
    print(table(read), flush=True)
    told = list(learning.quality(learning.DATA))
    print(table(told), flush=True)
    found = list(topics.results(topics.there()))
    print("\n".join(topics.table(*one) for one in found), flush=True)
    themes = list(topics.rows(found))
    print(table(themes), flush=True)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    if os.environ.get("WRITE"):
        source = "real German text passed in" if os.environ.get("TEXT") else "text that ships"
        write(f"{date.today().isoformat()}, {machine}, {number} interviews of {words:,} words made of {source}", [*rows, *more, *whole, *learnt, *read, *told, *themes])
        with (REPO / "benchmarks" / "history.jsonl").open("a", encoding="utf-8") as handle:
            handle.write(json.dumps({"date": date.today().isoformat(), "machine": machine, **figures, "rows": [*rows, *more, *whole, *learnt, *read, *told, *themes]}, ensure_ascii=False) + "\n")


def write(heading: str, rows: list[Row]) -> None:
    """The table between the marks in docs/benchmarks.md; what people wrote around it stays."""
    path = REPO / "docs" / "benchmarks.md"
    before, _, rest = path.read_text("utf-8").partition("<!-- table -->\n")
    after = rest.partition("<!-- end -->")[2]
    path.write_text(f"{before}<!-- table -->\n{heading}\n\n{table(rows)}<!-- end -->{after}", "utf-8")


if __name__ == "__main__":
    main()
