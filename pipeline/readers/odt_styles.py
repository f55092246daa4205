"""Styles of OpenDocument (which print text has, by its style and those that this builds on), and its properties."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.readers.zipped import Element

CHAIN = 12  # styles that build on one another; a longer chain goes round in circles

ABOUT = {"title": "titel", "initial-creator": "autor", "creator": "zuletzt bearbeitet von"}


@dataclass(frozen=True)
class Print:
    """How text is set."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class _Style:
    """`name`: what people call it, `` for what the program made up for one place. `on`: only what the style says."""

    name: str
    base: str
    on: tuple[tuple[str, bool], ...]


class Styles:
    """All styles of a document, by family (paragraph, text) and name. Later roots win."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._known: dict[tuple[str, str, Print], Print] = {}
        for root in roots:
            for element in root.iter("{*}style"):
                parent = element.getparent()
                automatic = parent is not None and local(parent) == "automatic-styles"
                name = value(element, "name")
                shown = "" if automatic else value(element, "display-name") or name.replace("_20_", " ")
                style = _Style(shown, value(element, "parent-style-name"), _said(element))
                self._styles[(value(element, "family"), name)] = style

    def print(self, family: str, name: str, base: Print = Print()) -> Print:
        """The print of a style on top of another one."""
        key = (family, name, base)
        if key not in self._known:
            on: dict[str, bool] = {}
            for style in self._chain(family, name):
                on = {**dict(style.on), **on}
            self._known[key] = replace(base, **on)
        return self._known[key]

    def shown(self, name: str) -> str:
        """What people call a paragraph's style."""
        return next((style.name for style in self._chain("paragraph", name) if style.name), "")

    def _chain(self, family: str, name: str) -> list[_Style]:
        chain: list[_Style] = []
        while (family, name) in self._styles and len(chain) < CHAIN:
            chain.append(self._styles[(family, name)])
            name = chain[-1].base
        return chain


def _said(element: Element) -> tuple[tuple[str, bool], ...]:
    on = {}
    for child in element:
        if local(child) == "text-properties":
            weight, slant, display = (value(child, key) for key in ("font-weight", "font-style", "display"))
            on.update({"bold": weight == "bold" or weight in ("600", "700", "800", "900")} if weight else {})
            on.update({"italic": slant in ("italic", "oblique")} if slant else {})
            on.update({"hidden": display == "none"} if display else {})
    return tuple(on.items())


def local(element: Element | None) -> str:
    """An element's name without its namespace; `` for comments and the like."""
    tag = None if element is None else element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element, name: str) -> str:
    """An attribute by its local name."""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def about(roots: list[Element]) -> dict[str, str]:
    """Title and authors as the document keeps them."""
    meta: dict[str, str] = {}
    for element in (e for root in roots for parent in root.iter("{*}meta") for e in parent):
        key, text = ABOUT.get(local(element), ""), " ".join((element.text or "").split())
        meta.update({key: text} if key and text else {})
    return meta
