"""Facts by name: what items of checklists may point to. A fact is a function of the run that returns words, or nothing where it knows nothing."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.sections.method import agreed, coding, processing, results, sample, versions
from pipeline.sections.method.evidence import Evidence, Told

FACTS: dict[str, Callable[[Evidence], Told]] = {
    "people": sample.people_asked, "groups": sample.groups, "dates": sample.dates, "access": sample.access, "languages": sample.languages,
    "interviewers": sample.interviewers, "modes": sample.modes, "collection": sample.collection, "repeats": sample.repeats, "thirds": sample.thirds,
    "times": sample.times, "duration": sample.duration, "consent": sample.consent, "guide": sample.guide,
    "notations": processing.notations, "tools": processing.tools, "gaps": processing.gaps, "cleaning": processing.cleaning, "names": processing.names,
    "processing": processing.processing,
    "codebook": coding.codebook, "definitions": coding.definitions, "rules": coding.rules, "coders": coding.coders, "mentions": coding.mentions, "reading": coding.reading,
    "double": agreed.double, "first": agreed.first, "cycle": agreed.cycle, "derivation": coding.derivation, "proposals": coding.proposals, "analysis": coding.analysis,
    "topics": results.topics, "saturation": results.saturation, "counter": results.counter, "quotations": results.quotations, "traceable": results.traceable,
    "chapters": results.chapters, "grounding": results.grounding, "limits": results.limits, "title": results.title, "approach": results.approach,
    "software": versions.software,
}  # fmt: skip


def every(e: Evidence) -> dict[str, Told]:
    """All facts of a run, in the language that holds here."""
    return {name: fact(e) for name, fact in FACTS.items()}
