"""Stage pictures: every picture of the report as data, as a drawing for print, and as a description that the page draws live."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import guide
from pipeline.charts import draw
from pipeline.charts.gallery import PICTURES
from pipeline.charts.picture import Picture
from pipeline.language import spoken
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names

if TYPE_CHECKING:
    import pandas as pd


def whole(
    settings: SimpleNamespace, guide_file: Path, pictures_before: pd.DataFrame | None, **tables: pd.DataFrame
) -> dict[str, list[dict[str, Any]]]:
    """The table `pictures`; a drawing of the last run is kept where its description is the same."""
    before = {} if pictures_before is None else {r.picture: (r.spec, r.svg) for r in pictures_before.itertuples()}
    from altair.utils.schemapi import debug_mode

    # Altair holds every part of every chart against the whole schema, which takes longer than all drawing; the tests do that.
    with spoken(settings.language), debug_mode(False):
        desk = Desk(tables, settings, Names(settings, tables["cases"], tables["documents"]), guide.load(guide_file))
        return {"pictures": [draw.row(name, order, picture, before) for order, (name, picture) in enumerate(gallery(desk).items())]}


def gallery(desk: Desk) -> dict[str, Picture]:
    """Id -> picture, of all that this material has something to show for."""
    found: dict[str, Picture] = {}
    for name, drawer in PICTURES.items():
        one = drawer(desk)
        if isinstance(one, Picture):
            found[name] = one
        elif one:
            found |= {f"{name}_{key}": picture for key, picture in one.items()}
    return found
