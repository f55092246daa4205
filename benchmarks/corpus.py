"""Reference corpora: interviews made of real German sentences, and a codebook of their words; the same bytes every time.

Sentences come from files that are passed in (`TEXT=folder:folder`) or else from what ships (the demo study's transcripts, guide
and codebook, the handbook). Where there are fewer than the corpus needs they come again in another order.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).parent.parent
SEED = 20260401
_SHIPPED = ("transcripts/demo", "codebooks/demo", "docs")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÄÖÜ„»])")
QUESTIONS = (
    "Wie leben die Menschen hier in Ihrem Viertel zusammen?",
    "Was macht Ihre Einrichtung schon?",
    "Warum leben Gruppen hier eher nebeneinander als miteinander?",
    "Und was würden Sie sich wünschen?",
    "Können Sie das noch etwas genauer erzählen?",
)


def sentences(folders: list[Path]) -> list[str]:
    """Distinct German sentences of four to forty words, in a fixed order."""
    found: dict[str, None] = {}
    for path in sorted(p for folder in folders for p in ([folder] if folder.is_file() else folder.rglob("*")) if p.is_file()):
        for text in _texts(path):
            for sentence in _SENTENCE.split(" ".join(text.split())):
                clean = re.sub(r"https?://\S+|[|#*_`<>{}\[\]]+", " ", sentence).strip()
                clean = " ".join(clean.split())
                if 4 <= len(clean.split()) <= 40 and _usable(clean):
                    found[clean] = None
    return list(found)


def _texts(path: Path) -> Iterator[str]:
    if path.suffix in (".tsv", ".csv"):
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t" if path.suffix == ".tsv" else ","):
                yield max((value for value in row.values() if isinstance(value, str)), key=len, default="")
    elif path.suffix in (".txt", ".md", ".yaml"):
        yield from re.split(r"\n\s*\n", path.read_text("utf-8-sig", errors="replace"))
    elif path.suffix in (".docx", ".odt", ".pdf"):
        from pipeline.problems import Stop
        from pipeline.readers import read_file

        try:
            yield from (block.text for block in read_file(path).blocks)
        except Stop:
            return


def _usable(text: str) -> bool:
    # Speaker labels, headers and people with titles are no sentences to make interviews of: names in odd places would stop a run.
    if ":" in text or re.search(r"\b(?:Frau|Herrn?|Prof\w*|Dr)\b", text):
        return False
    words = set(re.findall(r"\w+", text.lower()))
    return len(words & {"der", "die", "das", "und", "ist", "nicht", "ich", "wir", "zu", "in", "den", "es", "ein", "eine", "auch", "mit", "für"}) >= 2


def interviews(known: list[str], number: int, words: int) -> list[list[tuple[str, str]]]:
    """`number` interviews of about `words` words: turns as (I or B, text)."""
    chance = random.Random(SEED)
    order: list[str] = []
    made = []
    for _ in range(number):
        turns: list[tuple[str, str]] = []
        count = 0
        while count < words:
            turns.append(("I", chance.choice(QUESTIONS)))
            answer = []
            for _ in range(chance.randint(3, 9)):
                if not order:
                    order = chance.sample(known, len(known))
                answer.append(order.pop())
            turns.append(("B", " ".join(answer)))
            count += sum(len(sentence.split()) for sentence in answer)
        made.append(turns)
    return made


def shipped() -> list[Path]:
    return [REPO / name for name in _SHIPPED]
