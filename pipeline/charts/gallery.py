"""All pictures, in the order in which the report shows them."""

from __future__ import annotations

from pipeline.charts import (
    cases_map,
    causal,
    cooccurrence,
    coverage,
    flow,
    matrix,
    needs,
    network,
    portrait,
    potentials,
    saturation,
    topic_map,
    waves,
)
from pipeline.charts.picture import Drawer

PICTURES: dict[str, Drawer] = {
    "code_group": matrix.by_group,
    "code_case": matrix.by_case,
    "cooccurrence": cooccurrence.picture,
    "coverage": coverage.picture,
    "saturation": saturation.pictures,
    "potentials": potentials.pictures,
    "needs_districts": needs.picture,
    "waves": waves.picture,
    "causal_map": causal.picture,
    "actor_network": network.picture,
    "topic_map": topic_map.picture,
    "question_flow": flow.picture,
    "cases_map": cases_map.picture,
    "portrait": portrait.picture,
}
