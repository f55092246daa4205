"""How pictures look: the colours, letters and sizes that all of them share.

Every role has one colour of its own, and nothing else is ever drawn: so the page's style can name the theme's colour for each
(`css/50_pictures.css`). Scales are ordinal or have thresholds, since blended colours would be none of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

INK, SOFT, LINE, PAPER, PANEL = "#1d2733", "#4d5b69", "#d8dee4", "#fcfcfa", "#f1f4f7"
ACCENT, WARM = "#0b5c6b", "#854707"
STEPS = ("#eef1f3", "#e3f0f2", "#bfdfe4", "#8fc6ce", "#4f9fab", "#12707f")  # nobody, then a fifth each
ON_STEPS = (SOFT, INK, INK, INK, "#07272c", "#ffffff")  # letters on them
# Those of the bars beside the conversations (--f0 to --f11); the second six are also drawn as double lines, for those who do not see all colours.
FAMILIES = ("#127080", "#b35806", "#5e4fa2", "#7a7a00", "#c2185b", "#2f6db3", "#6b3a0e", "#5a5a5a", "#2e7d32", "#a04fc0", "#d1301f", "#102a6b")
DOUBLE = frozenset(FAMILIES[6:])
COLOURS = frozenset((INK, SOFT, LINE, PAPER, PANEL, ACCENT, WARM, *STEPS, *ON_STEPS, *FAMILIES))

# Metric-compatible with each other: widths measured when drawn hold wherever the page is read.
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
SIZE = 13  # of letters, in px
STEP = 30  # height of a row and width of a column, in px
LABEL = 330  # longest label beside rows, in px
WIDTH = 640  # of pictures with an axis of numbers, in px
DASH = [3, 2]  # the edge of everything that is a proposal
HOLLOW: dict[str, Any] = {"fill": PAPER, "stroke": SOFT, "strokeDash": DASH, "strokeWidth": 1.2}  # a proposal's mark


def named(name: str = "rows") -> Any:
    """The picture's rows as an Altair data set."""
    import altair as alt

    return alt.NamedData(name)


def family_colours(codes: Iterable[str]) -> dict[str, str]:
    """Family (the part of a code before its first point) -> its colour, in the order of `codes`; the thirteenth begins anew.

    >>> family_colours(["POT", "POT.netz", "ENG"])
    {'POT': '#127080', 'ENG': '#b35806'}
    """
    families = dict.fromkeys(code.split(".")[0] for code in codes)
    return {family: FAMILIES[n % len(FAMILIES)] for n, family in enumerate(families)}


def cut(text: str, most: int = 46) -> str:
    """A label short enough to stand beside a row; the table behind has it whole.

    >>> cut("kurz"), cut("Bedarf: Unterstützung Engagierter und Räume für alle", 24)
    ('kurz', 'Bedarf: Unterstützung…')
    """
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,·:") + "…" if " " in text[: most - 1] else text[: most - 1] + "…"


def config() -> dict[str, Any]:
    """Vega-Lite's settings for all pictures. `aria` is off: the drawing is one image with a title, and the table behind says the rest."""
    axis = {
        "labelColor": INK, "titleColor": SOFT, "domainColor": LINE, "tickColor": LINE, "gridColor": LINE, "labelFontSize": SIZE, "titleFontSize": SIZE,
        "titleFontWeight": "normal", "labelLimit": LABEL, "titleLimit": WIDTH, "labelPadding": 6, "titlePadding": 10,
    }  # fmt: skip
    return {
        "aria": False, "background": "transparent", "font": FONT, "axis": axis, "view": {"stroke": None, "fill": None},
        "legend": {
            "labelColor": INK, "titleColor": SOFT, "labelFontSize": SIZE, "titleFontSize": SIZE, "titleFontWeight": "normal", "labelLimit": LABEL,
            "orient": "top", "direction": "horizontal", "symbolStrokeColor": LINE,
        },
        "header": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": SIZE, "titleFontSize": SIZE, "labelLimit": LABEL},
        "title": {"color": INK, "fontSize": SIZE, "anchor": "start", "subtitleColor": SOFT},
        "text": {"color": INK, "fontSize": SIZE}, "mark": {"color": ACCENT}, "rule": {"color": SOFT}, "line": {"color": ACCENT},
        "range": {"category": list(FAMILIES), "ordinal": list(STEPS[1:]), "heatmap": list(STEPS[1:]), "ramp": list(STEPS[1:])},
    }  # fmt: skip
