"""Which neighbourhood a passage speaks of: the one it names, else the one its turn named before, else the speaker's own."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.measures.lens import known

if TYPE_CHECKING:
    import pandas as pd

NOWHERE = ""  # neither named nor known of the speaker
PASSAGE, TURN, SPEAKER = "passage", "turn", "speaker"
_SHORTEST = 3  # letters of a name that is looked for in the text
_FROM = re.compile(r"\b(?:aus|von|vom|ausm|aus'm|ausse|ausser|ausn|ausem|aussem)(?:\s+(?:der|dem|den|unserer|unserem))?\s+$", re.IGNORECASE)


def order(declared: Mapping[str, str], own: Mapping[str, str]) -> list[str]:
    """All districts as columns: the declared ones, then those that only people's data have, then »nowhere«.

    >>> order({"Süd": "Südstadt", "Nord": "Nord"}, {"c1": "Nord", "c2": "West", "c3": "unbekannt"})
    ['Süd', 'Nord', 'West', '']
    """
    more = {district for district in own.values() if known(district)} - set(declared)
    return [*declared, *sorted(more), NOWHERE]


def placed(
    mentions: pd.DataFrame, turns: pd.DataFrame, declared: Mapping[str, str], own: Mapping[str, str], office: Container[str] = (), origins: bool = True,
) -> dict[str, list[tuple[str, str]]]:  # fmt: skip
    """Mention -> its districts, each with how it was found: passage, turn, speaker, or '' where there is none.

    `own`: case -> its district; of those who speak in `office` it does not count: they sit somewhere and speak of the whole town. A passage that names several belongs to each. Of its turn only what was named before the passage counts, the last
    name, and never where it says where somebody is from (`ein Vater aus der Altstadt`); with `origins` off the passage's own do not count either.
    """
    districts = order(declared, own)[:-1]
    every = {form: district for district in districts for form in (declared.get(district, ""), district)}
    forms = {form: district for form, district in every.items() if len(form) >= _SHORTEST and not form.isdigit()}
    words = _pattern(forms)
    text = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["text"], strict=True))
    named = {key: _named(text.get(key, ""), words, forms) for key in set(zip(mentions["doc"], mentions["turn"], strict=True))}
    result = {}
    for mention, doc, turn, start, end, case in zip(*(mentions[c] for c in ("mention", "doc", "turn", "start", "end", "case")), strict=True):
        here = named[doc, turn]
        inside = list(dict.fromkeys(d for at, d, is_from in here if start <= at < end and (origins or not is_from)))
        before = [d for at, d, is_from in here if at < start and not is_from]
        home = NOWHERE if case in office else own.get(case, NOWHERE)
        if inside:
            result[mention] = [(district, PASSAGE) for district in inside]
        elif before:
            result[mention] = [(before[-1], TURN)]
        else:
            result[mention] = [(home, SPEAKER)] if home and known(home) else [(NOWHERE, "")]
    return result


def _named(text: str, words: re.Pattern[str] | None, forms: Mapping[str, str]) -> list[tuple[int, str, bool]]:
    """Names of districts in a text as (place, district, whether it says where somebody is from)."""
    hits = words.finditer(text) if words else ()
    return [(hit.start(), forms[hit.group(1)], bool(_FROM.search(text[: hit.start()]))) for hit in hits]


def _pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?:s|er)?(?!\w)") if longest else None
