"""Words that researchers use as values of case variables: districts and categories, which name a place or a kind and stay readable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from pipeline.naming.base import SURE, Found
from pipeline.naming.shapes import is_title, shape

SHORTEST = 3  # signs; `w` and `m` are values, and nobody's name
_WORD = re.compile(r"[^\W\d_]+")


def declared(settings: SimpleNamespace) -> frozenset[str]:
    """What study.yaml itself says stays, small: values of variables, their words in the report, and `keep`."""
    words = [*settings.pseudonymise.keep]
    for variable in settings.variables.values():
        words += [*variable.values, *variable.values.values()]
    return frozenset(word.casefold() for word in words if len(word) >= SHORTEST)


def offered(
    settings: SimpleNamespace, sources: Iterable[Mapping[str, Any]], listed: Iterable[Mapping[str, str]],
    town: Iterable[Mapping[str, str]], look: Callable[[str], list[Found]],
) -> frozenset[str]:  # fmt: skip
    """Values (small) of the district and of variables with values, as headers, cases.csv and population.csv give them.

    They are words for a place or a kind, unless `look` (the mentions in a text) or lists of names find somebody in them.
    """
    district = settings.answers.district
    keys = {
        key.casefold()
        for name, variable in settings.variables.items() if variable.values or name == district
        for key in (name, *variable.aliases)
    }  # fmt: skip
    found = set(_values(keys, sources, listed, town))
    return frozenset(value.casefold() for value in sorted(found) if len(value) >= SHORTEST and _nobody(value, look(value)))


def _values(
    keys: set[str], sources: Iterable[Mapping[str, Any]], listed: Iterable[Mapping[str, str]], town: Iterable[Mapping[str, str]]
) -> Iterator[str]:
    headers = [{**source, **(json.loads(source["meta"]) if source["meta"] else {})} for source in sources]
    for row in (*headers, *listed):
        yield from (str(value).strip() for key, value in row.items() if key.casefold() in keys and value)
    yield from (row["value"] for row in town if row["variable"].casefold() in keys)


def _nobody(value: str, found: Iterable[Found]) -> bool:
    """Whether no person, body, street or number is recognised in a value by itself."""
    if any(mention.certainty == SURE and mention.kind != "place" for mention in found):
        return False
    shapes = [shape(word) for word in _WORD.findall(value)]
    return not any(known.given or (known.surname and known.plain) for known in shapes) and not any(map(is_title, value.split()))
