"""Which of a study's settings bear on the results and are not what the program sets by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

from pipeline.study import Study

# Single values that bear on results; none of them can hold the name of a person, a file or a machine.
KEYS = (
    "ingest.notation", "clean.machine_text", "clean.fillers", "clean.repetitions", "pseudonymise.phones", "pseudonymise.emails", "annotate.model",
    "annotate.region", "questions.embeddings", "questions.threshold", "model.use", "model.encoder", "model.suggestions", "model.threshold", "llm.use",
    "llm.model", "topics.model", "topics.number", "topics.min_segments", "topics.min_interviews", "topics.neighbours", "findings.small", "findings.tests",
    "report.counts", "review.first_reading", "review.tolerance",
)  # fmt: skip


class Setting(NamedTuple):
    """A setting with its value here and by default."""

    key: str
    value: Any
    default: Any


def differing(settings: SimpleNamespace) -> list[Setting]:
    """Settings of `KEYS` that are not the default, in their order."""
    usual = Study()
    found = []
    for key in KEYS:
        section, _, name = key.partition(".")
        value, default = getattr(getattr(settings, section), name), getattr(getattr(usual, section), name)
        if value != default:
            found.append(Setting(key, value, default))
    return found
