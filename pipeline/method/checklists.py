"""Checklists and criteria for qualitative studies, as data in `checklists/*.yaml`: wording of our own in German and English, source named in full."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.problems import read_yaml
from pipeline.schema import Strict, YesNo, build

FOLDER = Path(__file__).parent / "checklists"
ORDER = ("coreq", "srqr", "steinke", "mayring", "kuckartz", "struebing")


class Both(Strict):
    """The same in German and English."""

    de: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.de


class Item(Strict):
    """One item. `fact` names what of a run answers it (`sections.method.facts`), wholly or, with `partly`, as a help for people;
    `said` a key of method.yaml that answers it."""

    number: str
    part: Both | None = None  # heading that begins at this item
    de: str
    en: str
    fact: str = ""
    partly: YesNo = False
    said: str = ""

    def wording(self, language: str) -> str:
        return self.en if language == "en" else self.de


class Checklist(Strict):
    id: str
    title: Both
    source: tuple[str, ...]
    note: Both | None = None
    items: tuple[Item, ...]


@cache
def load() -> tuple[Checklist, ...]:
    """All checklists, in order."""
    return tuple(build(Checklist, read_yaml(FOLDER / f"{name}.yaml")) for name in ORDER)
