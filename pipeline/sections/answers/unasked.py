"""Chapter: unasked."""

from __future__ import annotations

from types import SimpleNamespace

from pipeline.sections.answers.desk import Desk


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/unasked.html.j2` shows, as plain values."""
    return SimpleNamespace()
