"""Who reads: the name that `make review` is given, looked at before anything begins."""

from __future__ import annotations

from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.reviewing import asked, files
from pipeline.sampling.queues import queues
from pipeline.tables import CONSENSUS_CODER


def reader(places: Places, coder: str) -> str:
    """The reader's short name. Raises `Stop` where none is given or it is none, and says which are known."""
    known = readers(places)
    if not coder.strip():
        told = f"Bisher lasen oder sollen lesen: {', '.join(known)}." if known else "Das Kürzel ist frei wählbar, etwa die Anfangsbuchstaben."
        raise Stop(Problem("", 0, "Wer liest? Bitte ein Kürzel nennen: make review CODER=mk", told))
    given = asked.coder(coder.strip())
    near = [name for name in known if name.casefold() == given.casefold() and name != given]
    if near and given not in known:
        raise Stop(Problem("", 0, f"Das Kürzel »{near[0]}« gibt es schon, anders geschrieben als »{given}«.", f"Bitte make review CODER={near[0]}, oder ein anderes Kürzel wählen."))
    return given


def readers(places: Places) -> list[str]:
    """Everybody who decided or read something, or is to read in a queue; nobody where lists cannot be read (the run says what is wrong)."""
    try:
        found = files.load(places)
        names = {row["coder"] for row in (*found.decided, *found.read)} | {row["coder"] for row in found.notes if row["kind"] == "reading"}
        names |= {name for queue in queues(places.codebooks / files.QUEUES, found.read) for name in queue.items}
    except Stop:
        return []
    return sorted(name for name in names if name and name != CONSENSUS_CODER)
