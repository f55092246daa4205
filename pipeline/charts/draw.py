"""From a picture to what the page holds: the description that is drawn live, and the drawing for print, both safe where they stand."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pipeline.charts import sheets
from pipeline.charts.picture import Picture
from pipeline.charts.style import FONT, config

if TYPE_CHECKING:
    from lxml.etree import _Element

VERSION = 4  # of what is done to a drawing here; another one draws all anew
_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset(
    "svg g path rect line circle ellipse polygon polyline text tspan defs clipPath linearGradient radialGradient stop pattern marker".split()
)
_GIVEN = frozenset(
    """d x y x1 y1 x2 y2 cx cy r rx ry dx dy points width height viewBox transform fill stroke opacity fill-opacity stroke-opacity stroke-width
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit font-family font-size font-weight font-style text-anchor
    dominant-baseline clip-path id offset stop-color stop-opacity gradientUnits patternUnits patternTransform marker-end marker-start orient
    refX refY markerWidth markerHeight""".split()
)

_PLACES = frozenset("d x y x1 y1 x2 y2 cx cy r width height transform points".split())
_INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-style", "text-anchor")
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")  # numbers more exact than anybody sees
_LEVEL = re.compile(r"M(-?[\d.]+),(-?[\d.]+)L(-?[\d.]+),\2(?![\d.])")


def packed(data: Any) -> str:
    """JSON that may stand between script tags; letters stay as they are, so that a search for names sees them.

    >>> packed({"a": "</script>", "b": 1})
    '{"a":"\\\\u003c/script\\\\u003e","b":1}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    for sign in "&<>\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def row(name: str, order: int, picture: Picture, before: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """The row of the table `pictures`; `before`: id -> (description, drawing) of the last run, whose drawing is kept where the description is the same."""
    spec = described(name, picture)
    text = packed(spec)
    old = before.get(name)
    return {
        "picture": name, "order": order, "title": picture.title, "caption": picture.caption, "alt": picture.alt, "spec": text,
        "svg": old[1] if old and old[0] == text else drawn(name, picture.alt, spec),
        "headings": packed(list(picture.headings)), "rows": packed([list(line) for line in picture.table]),
    }  # fmt: skip


def described(name: str, picture: Picture) -> dict[str, Any]:
    """A picture as Vega-Lite takes it, data included."""
    spec: dict[str, Any] = picture.chart if isinstance(picture.chart, dict) else picture.chart.to_dict(validate=False)
    own = {key: value for key, value in spec.get("config", {}).items() if key not in ("view",)}
    # The address of the schema says nothing that the shape does not, and bears a name that people have as well.
    return {key: value for key, value in spec.items() if key != "$schema"} | {
        "config": config() | own,
        "datasets": {"rows": list(picture.rows), **{key: list(rows) for key, rows in picture.more.items()}},
        "description": picture.alt,
        "usermeta": {"picture": name, "count": picture.count, "words": dict(picture.words), "fold": picture.fold, "first": sheets.first(picture.more.get("lines", ())), "drawn": f"{version('vl-convert-python')}/{VERSION}"},
    }


def drawn(name: str, alt: str, spec: dict[str, Any]) -> str:
    """The drawing, cleaned: shapes and letters only; several, one a line, where a page cannot hold one."""
    import vl_convert

    found: list[str] = []
    for high in sheets.by_lines(spec):
        whole = vl_convert.vegalite_to_svg(high)
        parts = sheets.by_columns(high, _wide(whole))
        for part in [whole] if len(parts) == 1 else map(vl_convert.vegalite_to_svg, parts):
            found.append(cleaned(part, f"{name}-{len(found) + 1}" if found else name, alt))
    return "\n".join(found)


def parts(svg: str) -> list[str]:
    """The drawings of a picture, each an SVG of its own.

    >>> parts("<svg>a</svg>\\n<svg>b</svg>")
    ['<svg>a</svg>', '<svg>b</svg>']
    """
    return re.split(r"(?<=</svg>)\n(?=<svg)", svg)


def _wide(svg: str) -> float:
    found = re.search(r'<svg[^>]*?\swidth="([\d.]+)', svg)
    return float(found.group(1)) if found else 0.0


def cleaned(svg: str, name: str, title: str) -> str:
    """An SVG that may stand in the page: known shapes with known attributes, ids that begin with the picture's, one title, no style, no link.

    >>> cleaned('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><a href="#"><path id="c" style="a" d="M0"/></a></svg>', "b", "T")
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" font-family="Arial, Liberation Sans, Helvetica, sans-serif"><title>T</title><path id="b-c" d="M0"/></svg>'
    """
    from lxml import etree

    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True))
    _clean(root, name)
    root.set("role", "img")
    root.set("font-family", FONT)
    first = etree.Element(f"{{{_SVG}}}title")
    first.text = title
    root.insert(0, first)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _clean(element: _Element, name: str) -> None:
    for child in list(element):
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        _clean(child, name)
        if tag == "a" or (tag == "g" and not len(child)):
            # A link's content stays where it was; a group without content is nothing.
            at = element.index(child)
            for part in list(child):
                element.insert(at, part)
                at += 1
            element.remove(child)
        elif tag not in _SHAPES or _nothing(tag, child):
            element.remove(child)
    for key, value in [(str(key), str(value)) for key, value in element.attrib.items()]:
        if key not in _GIVEN or (key, value) in (("opacity", "1"), ("font-family", FONT), ("transform", "translate(0,0)")):
            del element.attrib[key]
        elif key in _PLACES:
            element.set(key, _LONG.sub(_short, value))
        elif key == "id":
            element.set(key, f"{name}-{value}")
        elif "url(" in value:
            if value.startswith("url(#"):
                element.set(key, value.replace("url(#", f"url(#{name}-"))
            else:
                del element.attrib[key]
    _join(element)
    _gather(element)


def _join(element: _Element) -> None:
    """Lines alike that follow each other are one path: a picture of a long interview has hundreds."""
    before: _Element | None = None
    for child in list(element):
        rest = {key: value for key, value in child.attrib.items() if key != "d"}
        line = child.tag == f"{{{_SVG}}}path" and "stroke" in rest and not rest.keys() & {"fill", "transform", "opacity", "stroke-opacity", "id"}
        if line:
            child.set("d", _LEVEL.sub(r"M\1,\2H\3", child.get("d", "")))
        if line and before is not None and rest == {key: value for key, value in before.attrib.items() if key != "d"}:
            before.set("d", before.get("d", "") + child.get("d", ""))
            element.remove(child)
        else:
            before = child if line else None


def _gather(element: _Element) -> None:
    """What all parts of a group have in common is said once, at the group."""
    parts = list(element)
    if len(parts) < 3 or not str(element.tag).endswith("}g"):
        return
    for key in _INHERITED:
        values = {part.get(key) for part in parts}
        if len(values) == 1 and (value := values.pop()) is not None:
            element.set(key, str(value))
            for part in parts:
                del part.attrib[key]


def _short(number: re.Match[str]) -> str:
    return f"{round(float(number.group()), 2) + 0.0:g}"


def _nothing(tag: str, element: _Element) -> bool:
    """Whether an element draws nothing: the boxes around groups, texts without letters."""
    if tag == "text":
        return not "".join(map(str, element.itertext())).strip()
    if tag not in ("path", "rect"):
        return False
    hidden = all(element.get(key, "none") in ("none", "transparent") for key in ("fill", "stroke")) and "fill" in element.attrib
    return hidden or (tag == "path" and not element.get("d"))
