"""How long the main job takes: first run, nothing to do, one rule edited, one interview added; and the rule engine.

    make bench            the demo study
    make bench COPIES=5   the demo's interviews five times over

Times are seconds of wall clock and of processor on this machine; ratios are taken in one run, because machines vary.
It is no test: nothing fails, it only prints.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPO = Path(__file__).parent.parent


def timed(places: dict[str, str]) -> tuple[float, float, float]:
    """(wall, processor, peak memory in MB) of one `analyze` as a process of its own."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "analyze"],
        cwd=REPO,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - started, used, after.ru_maxrss / 1024


def whole_process(copies: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "t").mkdir()
        for copy in range(copies):
            for path in (REPO / "transcripts" / "demo").iterdir():
                target = root / "t" / f"{copy} {path.name}"
                shutil.copy(path, target)
                if copy and path.suffix in (".txt", ".md"):
                    data = path.read_bytes()
                    code = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-8"
                    # The same words would be taken for a duplicate.
                    target.write_bytes(data + f"\nUnd noch etwas, zum {'x' * copy}.\n".encode(code))
        shutil.copytree(REPO / "codebooks" / "demo", root / "c")
        places = {
            "STUDY": "demo",
            "TRANSCRIPTS": str(root / "t"),
            "CODEBOOKS": str(root / "c"),
            "OUTPUTS": str(root / "o"),
            "PRIVATE": str(root / "p"),
        }
        first = timed(places)
        print(f"{'first run':<24} {first[0]:7.2f} s wall {first[1]:7.2f} s cpu {first[2]:7.0f} MB")
        for what, change in (
            ("nothing to do", nothing),
            ("one rule edited", edit_rule),
            ("one interview added", add_interview),
        ):
            change(root)
            wall, used, _ = timed(places)
            print(f"{what:<24} {wall:7.2f} s wall {used:7.2f} s cpu   {used / first[1]:6.1%} of the first run")


def nothing(root: Path) -> None:
    pass


def edit_rule(root: Path) -> None:
    path = root / "c" / "codebook.yaml"
    path.write_text(path.read_text("utf-8").replace("- term: [", "- term: [neueswort, ", 1), "utf-8")


def add_interview(root: Path) -> None:
    (root / "t" / "neu.txt").write_text(
        "I: Wie lebt man hier?\n\nB: Gut. Die Nachbarn helfen einander.\n" * 40, "utf-8"
    )


def rule_engine(copies: int) -> None:
    """The codebook's terms over an index against one regular expression a code over the same text."""
    from types import SimpleNamespace

    from pipeline import codebook, tables
    from pipeline.annotate import each
    from pipeline.coders.material import gather
    from pipeline.coders.rule import find
    from pipeline.readers import discover, read_file
    from pipeline.study import Study

    folder = REPO / "transcripts" / "demo"
    texts = [b.text for name in discover(folder) for b in read_file(folder / name).blocks if b.text.strip()] * copies
    turns = tables.frame(
        "turns", [{"doc": "x", "turn": n, "role": "respondent", "text": t} for n, t in enumerate(texts, 1)]
    )
    made = each(turns, SimpleNamespace(annotate=Study().annotate))
    segments, tokens, types = (tables.frame(name, made[name]) for name in ("segments", "tokens", "types"))
    empty = {name: tables.frame(name, []) for name in ("questions", "changes", "replacements")}
    material = gather(
        turns, segments, tokens, types, **empty, expected={}, decisions=[], roles=("respondent",), reach=6
    )
    book = codebook.load(REPO / "codebooks" / "demo" / "codebook.yaml")
    started = time.process_time()
    found = find(material, book)
    ours = time.process_time() - started
    joined = "\n".join(texts)
    started = time.process_time()
    for code in book.codes:
        terms = [
            re.escape(r.pattern).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\ ", r"\s+") for r in code.rules
        ]
        if terms:
            sum(1 for _ in re.finditer(rf"(?i)\b(?:{'|'.join(terms)})\b", joined))
    other = time.process_time() - started
    print(
        f"{'rules over the index':<24} {ours:7.2f} s cpu for {len(book.rules())} rules, {len(material.index)} words, {sum(map(len, found.values()))} hits"
    )
    print(
        f"{'re, one pattern a code':<24} {other:7.2f} s cpu, without lemmas, compounds, gaps and stance: {other / ours:.1f} x"
    )


if __name__ == "__main__":
    number = int(os.environ.get("COPIES", "1"))
    whole_process(number)
    rule_engine(number)
