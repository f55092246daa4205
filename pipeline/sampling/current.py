"""Results of today's files, before anything is drawn from them: turns that changed since would not be found again."""

from __future__ import annotations

from pipeline import inputs
from pipeline.ledgers.versions import note_version
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.runner import analyze
from pipeline.sampling.corpus import last_run
from pipeline.stages import BY_NAME
from pipeline.status import blocked, status


def brought_up(places: Places, to: str = "coding") -> list[str]:
    """Note the version of the codebook under which is read from now on, and run what is out of date up to a stage; says so in a line if it did.

    A queue alone makes nothing out of date that is drawn from. Raises `Stop` where there was no run at all, where consents forbid it, or
    where lists must be mended first.
    """
    last_run(places)
    note_version(places)
    files = inputs.transcripts(places)
    if forbidden := blocked(places, files):
        raise Stop(forbidden)
    upto = list(BY_NAME).index(to) + 1
    if not any(why for _, why in status(places, files)[:upto]):
        return []
    analyze(places, lambda title, done, total: None, to)
    return ["Ergebnisse, aus denen gezogen wird, waren nicht aktuell und sind erst auf den Stand gebracht."]
