"""What a stage is given beside tables: paths of people's files and of earlier products, and the settings that it declared."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.places import Places
from pipeline.stages import Stage, producer

if TYPE_CHECKING:
    from pipeline.study import Study


def files(stage: Stage, places: Places) -> dict[str, Path]:
    """Parameter -> path of the lists and other files that a stage reads."""
    found = {parameter: places.codebooks / name for parameter, name in stage.files.items()}
    return found | {parameter: places.private / name for parameter, name in stage.secrets.items()}


def products(stage: Stage, places: Places) -> dict[str, Path]:
    """Parameter -> path of the earlier stages' products that a stage uses."""
    return {p: store.product_path(places, producer(name).name, name) for p, name in stage.uses.items()}


def settings(stage: Stage, study: Study) -> SimpleNamespace:
    """Only what the stage declares: reading anything else must fail, or freshness would miss a change."""
    found: dict[str, Any] = {}
    for section, _, key in (name.partition(".") for name in stage.settings):
        if key:
            setattr(found.setdefault(section, SimpleNamespace()), key, getattr(getattr(study, section), key))
        else:
            found[section] = getattr(study, section)
    return SimpleNamespace(**found)
