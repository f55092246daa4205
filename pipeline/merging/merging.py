"""Another copy of the project merged into this one, from its files to the lines that tell what came of it."""

from __future__ import annotations

from pipeline.ledgers.versions import note_version
from pipeline.ledgers.writing import locked
from pipeline.merging.applying import applied
from pipeline.merging.contradictions import contradictions
from pipeline.merging.plans import plans
from pipeline.merging.source import opened
from pipeline.merging.telling import came, contradicted, left_alone, unfitting
from pipeline.places import Places
from pipeline.problems import Problem, Stop


def merged(places: Places, file: str) -> list[str]:
    """See `pipeline.merge.merge`."""
    if not places.codebooks.is_dir():
        raise Stop(Problem(places.show(places.codebooks), 0, "Diese Studie gibt es hier nicht.", "Bitte STUDY= prüfen."))
    with opened(places, file) as other, locked(places):
        found = plans(places, other)
        conflicts = contradictions(found)
        told = [*unfitting(places, other, found), *left_alone(places, other)]
        kept = [*applied(places, found, conflicts), *_note_version(places)]
    if not found:
        return [f"In {other.shown} steht nichts, was sich übernehmen ließe: keine Entscheidungen, keine Lesungen, keine Notizen.", *told]
    lines = [f"Aus {other.shown}:", *came(found), *contradicted(places, conflicts), *told, *kept]
    return [*lines, "Weiter mit »make analyze«."] if any(plan.changed for plan in found) else [*lines, "Es war alles schon da; geändert ist nichts."]


def _note_version(places: Places) -> list[str]:
    """Enter today's codebook among the versions that people read under; what keeps it from that, as lines: the lists are merged already."""
    try:
        note_version(places)
    except Stop as stop:
        return [str(problem) for problem in stop.problems]
    return []
