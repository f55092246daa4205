"""Addresses inside the report, in one place: they stay the same from run to run, and can be sent to a colleague.

`#belege?code=SEG.wohnen&basis=reviewed&gruppe=verein` shows just these quotes, `#zitat-m12ab…` one quote, `#I003-14` a turn in its
transcript, `#I003` the transcript. Keys of a filter: code, basis, case, doc, question, prompt, stance, about, side, coder, topic, wave,
`mention`, every case variable by its name, `q` for words, `label` for what the filter is called; several values are parted by `|`.
"""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

QUOTES = "belege"  # id of the section with all quotes


def to_quotes(label: str = "", /, **wanted: str) -> str:
    """The address of the quotes that fit all of `wanted` (key -> value); empty values ask for nothing.

    >>> to_quotes("Wohnen, gelesen", code="SEG.wohnen", basis="reviewed")
    '#belege?code=SEG.wohnen&basis=reviewed&label=Wohnen%2C+gelesen'
    """
    named = {**wanted, "label": label.unescape() if isinstance(label, Markup) else label}  # put together in a template it is escaped already
    pairs = {key: value for key, value in named.items() if value}
    return f"#{QUOTES}?{urlencode(pairs)}" if pairs else f"#{QUOTES}"


def to_quote(mention: str) -> str:
    """The address of one quote."""
    return f"#zitat-{mention}"


def to_turn(doc: str, turn: int) -> str:
    """The address of a turn in its transcript."""
    return f"#{doc}-{turn}"


def to_part(anchor: str) -> str:
    """The address of any other part of the page by its id: a topic, a case, the statements behind an arrow."""
    return f"#{anchor}"
