"""About whom something is said, for every word of a turn: who does, has, wants, suffers or is it in the speaker's telling.

Every clause is about one: the one whom a verb of treatment or lack happens to (`uns wurde gekündigt`), otherwise its subject, otherwise
the one for whom or with whom it is (`bei uns`, `für die Alten`), otherwise whoever the clauses around are about. `die`, `er`, `sie` mean
the last person or body named; `man` and `du` the speaker, his group, a body or everybody, by what stands around. Where several groups
are summed up (`bei den Reichen wie bei den Armen`), everybody. A noun that belongs to somebody (`unsere Räume`, `deren Kinder`) is
about him, whoever the subject is.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stances.words import Word
from pipeline.whom.clauses import read_clause
from pipeline.whom.mentions import Mention
from pipeline.whom.nouns import refine
from pipeline.whom.reading import NO_ONE, reading_of
from pipeline.whom.settling import settle
from pipeline.whom.words import BODY, NOBODY, OWN, SELF, role_of


def about(sentences: Sequence[Sequence[Word]], before: Sequence[Sequence[Word]] = ()) -> list[int]:
    """For every word of the turn a number in `pipeline.tables.ABOUT`, or -1 where nothing tells.

    `before` are the last sentences of what was said just before, the interviewer's question included.
    """
    reading = reading_of(sentences)
    if before:
        reading.known, reading.addressed = _heard(before)
    for whole in reading.places:
        reading.values[whole] = read_clause(reading, whole)
    nobodys = {whole for whole, value in reading.values.items() if value == NO_ONE}
    values = settle(reading)
    told = [values[reading.clauses[n].whole] for n in reading.number]
    refine(reading, told, nobodys)
    return told


_POLITE = frozenset({"sie", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "se"})
_FAMILIAR = frozenset({"du", "dir", "dich", "dein", "deine", "deiner", "deinem", "deinen"})
_PLURAL = frozenset({"euch", "euer", "eure", "eurem", "euren", "eurer", "eich"})


def _heard(before: Sequence[Sequence[Word]]) -> tuple[list[Mention], int]:
    """Persons and bodies named before, and whether the respondent was asked of himself (self), of his own (own group) or neither."""
    reading = reading_of(before)
    for named in reading.named.values():
        for m in named:
            if m.sort in ("third", "some") and m.who == BODY:
                m.sort = "body"  # `einer von der Stadt`
    known = [
        m
        for named in reading.named.values()
        for m in named
        if m.sort in ("person", "body", "name", "thing") and m.of < 0
    ]
    for m in known:
        m.place = -1  # not a word of the turn
    addressed = NOBODY
    flat = [word for sentence in before for word in sentence]
    for i, word in enumerate(flat):
        for low in (word.norm or word.form).lower().split():
            if low in _PLURAL:
                addressed = OWN
            elif low in _FAMILIAR or (low in _POLITE and word.form[:1].isupper()):
                club = low.startswith("ihre") and any(_is_club(flat, k) for k in (i + 1, i + 2))
                addressed = OWN if club else max(addressed, SELF)
            elif low in ("wir", "uns", "unser"):
                addressed = max(addressed, OWN)
    return known, addressed


def _is_club(flat: Sequence[Word], i: int) -> bool:
    role = role_of(flat[i]) if i < len(flat) else None
    return role is not None and role.club
