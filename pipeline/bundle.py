"""Stage bundle: Vega, Vega-Lite and Vega-Embed as one script for the report, made once for an installation.

It rests on nothing but the version of the package that carries it, so every report takes it from the cache.
"""

from __future__ import annotations

from types import SimpleNamespace

_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def products(settings: SimpleNamespace) -> dict[str, bytes]:
    """`vega.js`: may stand between script tags, and evaluates no text as program when used with `ast`."""
    import vl_convert

    script = vl_convert.javascript_bundle(snippet=_SNIPPET)
    if "</script" in script.lower():
        raise AssertionError("the bundle ends its own script tag")
    return {"vega.js": script.encode()}
