"""Mutated transcripts through the real reading process: bits flipped, ends cut off, pieces swapped, wrong extensions.

    make fuzz               10,000 files
    make fuzz FILES=500     fewer

Seeds are the containers that the tests write and, where they lie beside the project, the sample files. A file counts as
failed where the child had to be ended, died, or a reader raised what it should not. Prints figures; `--write` puts them
into docs/fuzzing.md as well.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

REPO = Path(__file__).parent.parent
sys.path[:0] = [str(REPO), str(REPO / "tests")]

from pipeline import sandbox  # noqa: E402

SEED = 20260401
EXTENSIONS = (
    "txt", "md", "docx", "odt", "rtf", "pdf", "html", "vtt", "srt", "sbv", "tsv", "json", "otr", "exb", "eaf", "xml", "flk",
    "textgrid", "doc", "",
)  # fmt: skip
MAX_SEED = 400_000  # bytes; larger seeds would only make the run slower
WANTED = {"roles": {}, "extra_keys": [], "max_mb": 20, "root": "", "notation": "auto", "read": "auto"}


def seeds() -> list[tuple[str, bytes]]:
    """(extension, bytes) of every file to start from."""
    from test_containers import CONTAINERS

    found = [(name.rpartition(".")[2], make()) for name, make in CONTAINERS.items()]
    for folder in (REPO.parent / "shared" / "samples", REPO / "transcripts" / "demo"):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and path.stat().st_size <= MAX_SEED:
                found.append((path.suffix.lstrip("."), path.read_bytes()))
    return found


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """One to three mutations of a seed."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        if not out:
            return bytes(out)
        at = chance.randrange(len(out))
        kind = chance.randrange(7)
        if kind == 0:
            for _ in range(chance.randint(1, 40)):
                out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del out[at:]
        elif kind == 2:
            out[at:at] = out[at : at + chance.randint(1, 3000)] * chance.randint(1, 40)
        elif kind == 3 and other:
            start = chance.randrange(len(other))
            out[at : at + 50] = other[start : start + chance.randint(1, 2000)]
        elif kind == 4:
            out[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 60)))
        elif kind == 5:
            sign = chance.choice([b"<", b"{", b"[", b"(", b"\\", b"\x00", b"\n", b":", b"\xff", b'"'])
            out[at:at] = sign * chance.randint(1, 5000)
        else:
            del out[at : at + chance.randint(1, 500)]
    return bytes(out)


def listing(*folders: Path) -> set[str]:
    return {str(p) for folder in folders for p in folder.rglob("*") if "__pycache__" not in p.parts}


def main() -> int:
    count = int(os.environ.get("FILES") or 10_000)
    chance, start = random.Random(SEED), seeds()
    outcome: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    bad: list[str] = []
    before = listing(REPO / "pipeline", REPO / "tests")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            extension, data = chance.choice(start)
            data = mutated(data, chance.choice(start)[1], chance)
            if chance.random() < 0.15:
                extension = chance.choice(EXTENSIONS)
            path = Path(folder, f"f{number}.{extension}" if extension else f"f{number}")
            path.write_bytes(data)
            clock = time.perf_counter()
            found = sandbox.read(path, WANTED, 30, 1000)
            took = time.perf_counter() - clock
            refusal = found.get("refused")
            outcome["read" if refusal is None else f"{refusal['status']}: {refusal['code']}"] += 1
            slowest = sorted([*slowest, (took, extension)], reverse=True)[:3]
            if refusal and refusal["code"] in ("error", "time", "memory"):
                bad.append(f"{number} .{extension} {refusal['reason']}")
                Path(tempfile.gettempdir(), f"fuzz-{number}.{extension or 'none'}").write_bytes(data)
            path.unlink()
            if sys.stderr.isatty() and number % 100 == 0:
                print(f"\r{number}/{count}", end="", file=sys.stderr)
        strays = sorted(path.name for path in Path(folder).iterdir())
    strays += sorted(listing(REPO / "pipeline", REPO / "tests") - before)
    sandbox.stop()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    report = [
        f"{count:,} mutated files from {len(start)} seeds (seed {SEED}) in {time.perf_counter() - started:.0f} s.", "",
        "| outcome | files |", "|---|---|", *(f"| {name} | {n:,} |" for name, n in sorted(outcome.items())), "",
        f"Readers that stumbled, ran out of time or memory: {len(bad)}. Files written elsewhere: {len(strays)}.",
        f"Slowest: {', '.join(f'{took:.2f} s (.{kind})' for took, kind in slowest)}. Peak memory of the child: {peak:.0f} MB.",
    ]  # fmt: skip
    print("\n".join([*report, *bad[:40], *strays[:10]]))
    if "--write" in sys.argv:
        head = "# Fuzzing\n\nWhat `make fuzz` printed last; see `benchmarks/fuzz.py` for how the files are made.\n\n"
        (REPO / "docs" / "fuzzing.md").write_text(head + "\n".join(report) + "\n", "utf-8")
    return 1 if bad or strays else 0


if __name__ == "__main__":
    sys.exit(main())
