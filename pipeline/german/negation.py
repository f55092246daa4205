"""Words that negate, as data; how far a negation reaches is not decided here.

Everything is in lower case and in the normal form (`norm` of a token turns nich, net, nix, keen and nee into these).
`LEMMAS` are compared with lemmas, `FORMS` with normal forms, `PHRASES` with sequences of normal forms.
"""

from __future__ import annotations

from pipeline.german.facts import facts

# Negates the clause or what follows: nicht mehr, kein Geld, nie.
LEMMAS: frozenset[str] = frozenset({"kein", "niemand", "nicht", "nichts", "nie", "niemals", "nirgends", "nirgendwo", "nirgendwohin",
                                    "keinerlei", "keineswegs", "keinesfalls", "mitnichten", "nimmer", "nirgendwoher"})  # fmt: skip
# Negates the noun phrase or clause that it opens.
OPENERS: frozenset[str] = frozenset({"ohne", "weder", "anstatt", "statt", "außer"})
# Weaker than a negation, but a statement with it is not to be read as an affirmation.
NEAR: frozenset[str] = frozenset({"kaum", "selten", "schwerlich", "wenig"})
# Verbs and adjectives that deny what depends on them.
DENYING: frozenset[str] = frozenset({"fehlen", "verweigern", "verhindern", "vermissen", "ablehnen", "bezweifeln", "bestreiten", "leugnen",
                                     "verneinen", "mangeln", "unmöglich", "undenkbar"})  # fmt: skip
# An answer that says no. A negation only as an answer: "nein" inside a sentence repairs ("1987, nein, 1988").
ANSWERS: frozenset[str] = frozenset({"nein", "nee", "nö", "mm-mm", "m-m", "keineswegs", "niemals", "nie"})
PHRASES: tuple[tuple[str, ...], ...] = (
    ("auf", "keinen", "fall"), ("in", "keiner", "weise"), ("ganz", "und", "gar", "nicht"), ("gar", "nicht"),
    ("überhaupt", "nicht"), ("noch", "nie"), ("weder", "noch"), ("nicht", "mehr"), ("nicht", "mal"), ("nicht", "einmal"),
    ("von", "wegen"),
)  # fmt: skip
# These hold a word of negation and negate nothing: a tag question, "not only", "why don't we", "nothing but".
NOT_NEGATING: tuple[tuple[str, ...], ...] = (
    ("nicht", "nur"), ("nicht", "wahr"), ("nicht", "zuletzt"), ("nichts", "als"), ("nicht", "bloß"), ("nicht", "allein"),
    ("ohne", "weiteres"), ("kein", "wunder"), ("nicht", "umsonst"), ("ohne", "zweifel"),
)  # fmt: skip
FORMS: frozenset[str] = facts("negating forms")
