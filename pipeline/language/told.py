"""What machines noted in the tables, told in another language: tables hold their reasons in German, as `pipeline.coders` writes them.

A note is one or several of the sentences below, parted by semicolons; what a language model wrote in its own words is none and stays.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.language import GERMAN, N_, _, current

# With places for what differs: words of interviews, rules, ids, numbers.
NOTES = (
    N_("ähnlich wie »{words}«"), N_("danach fragt {question}"), N_("Regel »{rule}«"),
    N_("{word}: enthält »{part}«"), N_("{word}: Form von »{lemma}«"), N_("{word}: steht für »{norm}«"),
    N_("verneint durch »{word}«"), N_("gedacht wegen »{word}«"), N_("berichtet wegen »{word}«"), N_("von früher wegen »{word}«"),
    N_("vielleicht ironisch wegen »{word}«"), N_("verneint"), N_("nur gedacht oder gewünscht"), N_("nur berichtet"), N_("nur von früher"), N_("nicht verneint"),
    N_("vielleicht ironisch"), N_("zu schwach ({weight} von {needs})"), N_("Vorrang für {code}"), N_("nicht sicher genug (Rang {rank})"),
    N_("das Modell enthält sich: erst mit {n} Kategorien wäre die richtige wohl dabei"), N_("gelesen und nicht vergeben ({who})"),
    N_("bloße Zustimmung zu einer Frage, die die Antwort nahelegt"),
    N_("eine Kategorie, die die Regel voraussetzt oder ausschließt, fehlt oder steht schon da"),
    N_("Die Kategorie {code} steht nicht im Codebuch."), N_("Der Redebeitrag hat sich geändert oder fehlt."),
    N_("raw_start und raw_end liegen nicht im Redebeitrag, oder die Stelle ist im Lesetext leer."),
    N_("Der Redebeitrag hat sich geändert"), N_("die Stelle ist wohl die genannte, aber nicht sicher."),
    N_("Aus der Kategorie {code} wurden {which}"), N_("bitte neu entscheiden."),
)  # fmt: skip
_APART = re.compile(r"; (?![^»«]*«)")  # not inside quoted words


def told(note: str) -> str:
    """A note in the language that holds here.

    >>> told("ähnlich wie »Da macht keiner auf.«; danach fragt L4")
    'ähnlich wie »Da macht keiner auf.«; danach fragt L4'
    """
    return note if current() == GERMAN else "; ".join(_part(part, current()) for part in _APART.split(note))


@cache
def _part(part: str, language: str) -> str:
    for pattern, note in _patterns():
        if found := pattern.fullmatch(part):
            return _(note).format(**found.groupdict())
    return part


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    pieces = ((note, re.split(r"\{(\w+)\}", note)) for note in NOTES)
    return [(re.compile("".join(f"(?P<{p}>.+)" if n % 2 else re.escape(p) for n, p in enumerate(parts)), re.DOTALL), note) for note, parts in pieces]
