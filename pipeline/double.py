"""The verb `double`: a sample that several people code independently, and what came of it."""

from __future__ import annotations

from datetime import date

from pipeline.places import Places


def double(places: Places, coders: str = "", share: str = "", today: date | None = None) -> list[str]:
    """Draw a sample for these coders, or say how far the open ones are and how far people agree in those that are complete.

    Raises `Stop` for what cannot be drawn so, and where nothing was run yet.
    """
    from pipeline.sampling.rounds import told

    if not coders.strip() and not share.strip():
        return told(places)
    return _drawn(places, coders, share, (today or date.today()).isoformat())


def _drawn(places: Places, coders: str, share: str, day: str) -> list[str]:
    from pipeline.ledgers.writing import locked
    from pipeline.sampling import asked
    from pipeline.sampling.corpus import corpus
    from pipeline.sampling.current import brought_up
    from pipeline.sampling.keeping import keep, named
    from pipeline.sampling.several import draw

    who, part = asked.coders(coders), asked.share(share)
    before = brought_up(places)
    with locked(places):
        found = corpus(places)
        orders, lines = draw(found, who, part)
        name = named(places, f"double-{day}", [queue.name for queue in found.queues])
        path = keep(places, name, "double", day, orders)
    lines += [f"Liste: {path}", *(f"Weiter: make review CODER={coder} und dort die Auswahl »{name}«." for coder in who)]
    return [*before, *lines, "»make double« sagt, wie weit alle sind, und danach, wie weit sie übereinstimmen."]
