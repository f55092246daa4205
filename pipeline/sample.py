"""The verb `sample`: a queue of passages for one person, to learn, to estimate or to control."""

from __future__ import annotations

from datetime import date

from pipeline.places import Places


def sample(places: Places, coder: str = "", mode: str = "", n: str = "", today: date | None = None) -> list[str]:
    """Draw a queue and say in German lines what it holds.

    Results that are not those of today's files are brought up to date first. Raises `Stop` for what cannot be drawn so, where nothing
    was run yet, and where nothing is left.
    """
    from pipeline.ledgers.writing import locked
    from pipeline.sampling import asked
    from pipeline.sampling.corpus import corpus
    from pipeline.sampling.current import brought_up
    from pipeline.sampling.keeping import keep, named
    from pipeline.sampling.single import draw

    who, how, many = asked.coder(coder), asked.mode(mode), asked.number(n)
    before = brought_up(places)
    day = (today or date.today()).isoformat()
    with locked(places):
        found = corpus(places)
        drawn, lines = draw(found, who, how, many)
        name = named(places, f"{how}-{who}-{day}", [queue.name for queue in found.queues])
        path = keep(places, name, how, day, {who: drawn})
    return [*before, *lines, f"Liste: {path}", f"Weiter: make review CODER={who} und dort die Auswahl »{name}«."]
