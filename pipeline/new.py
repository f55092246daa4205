"""`make new STUDY=…`: the four folders of a study, with the demo's category system, guide and training sentences to start from."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from pipeline import lists, store
from pipeline.places import DEMO, Places
from pipeline.problems import Problem, Stop

_COPIED = ("study.yaml", "codebook.yaml", "guide.yaml")


def lay_out(root: Path, places: Places) -> list[str]:
    """Create what is missing and leave alone what is there; returns what was done, in German lines."""
    if places.study == DEMO:
        raise Stop(Problem("", 0, "Bitte einen Namen nennen.", "Etwa: make new STUDY=musterstadt"))
    source = root / "codebooks" / DEMO
    lines = []
    for folder in (places.transcripts, places.codebooks, places.outputs, places.private):
        if not folder.is_dir():
            folder.mkdir(parents=True)
            lines.append(f"Ordner angelegt: {places.show(folder)}")
    places.private.chmod(0o700)
    contents = {places.codebooks / name: _adapted(source / name) for name in _COPIED if (source / name).is_file()}
    if not (places.codebooks / "codebook.yaml").exists():
        # Training sentences of the demo's categories: another codebook does not know their codes.
        told = (path for path in (*sorted((source / "anchors").glob("*.csv")), source / "fairness.csv") if path.is_file())
        contents |= {places.codebooks / path.relative_to(source): path.read_bytes() for path in told}
    for path, columns, separator in (
        (places.codebooks / "cases.csv", lists.CASES, ";"), (places.private / "pseudonyms.csv", lists.PSEUDONYMS, ";"),
        # In the form in which `make review` writes them, so that its first row does not make a file anew.
        (places.codebooks / "decisions.csv", (*lists.DECISIONS, *lists.MORE_DECISIONS), ","), (places.codebooks / "reviewed.csv", (*lists.REVIEWED, *lists.MORE_REVIEWED), ","),
    ):  # fmt: skip
        contents[path] = separator.join(columns).encode("utf-8-sig") + b"\n"
    for path, content in contents.items():
        if not path.exists():
            store.write(path, content)
            lines.append(f"Datei angelegt:  {places.show(path)}")
    lines = lines or ["Alles ist schon da."]
    return [
        *lines,
        "",
        f"Nächster Schritt: Transkripte nach {places.show(places.transcripts)} legen, dann »make analyze STUDY={shlex.quote(places.study)}«.",
    ]


def _adapted(path: Path) -> bytes:
    text = path.read_text("utf-8")
    if path.name == "study.yaml":
        # A new study is not fictional and has its own title; everything else is a start to be changed.
        text = re.sub(r"(?m)^fictional:.*$", "fictional: nein", text)
        text = re.sub(r"(?m)^title:.*$", 'title: "Auswertung der Interviews"', text)
        text = re.sub(r"(?m)^(topics:(?:\n  .*)*?\n  number:) \d+( +#[^\n(]*).*$", r"\1 0\2", text)
        text = re.sub(r"(?m)^  subtitle:.*$", '  subtitle: ""', text)
    return text.encode()
