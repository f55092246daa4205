"""Chapter: actors."""

from __future__ import annotations

from types import SimpleNamespace

from pipeline.sections.answers.desk import Desk


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/actors.html.j2` shows, as plain values."""
    return SimpleNamespace()
