"""Names that are doubtful by themselves: whether one stands where only a person stands, or where its word may stand."""

from __future__ import annotations

from pipeline.naming.dictionary import noun
from pipeline.naming.facts import fold, folded, is_name, words
from pipeline.naming.net import BEFORE_NOUN, name_shaped, verb
from pipeline.naming.runs import Run
from pipeline.naming.scan import Line
from pipeline.naming.shapes import may_be_place, shape

_PLACES = frozenset("in aus nach im inne".split())
_PREPOSITIONS = frozenset(
    "von mit bei für ohne zu und oder wie als gegen an auf über durch um wegen neben zwischen sowie ob dass wenn weil dann da".split()
)
# Nouns whose article would fit the name as well: "die Heide" may be the heath.
_GENDER = {"die": frozenset("mark heide linde rose aura gala gnade mira hoffnung".split()),
           "der": frozenset("august roman wolf engel kaiser jasmin mai juni bay merlin kader sultan pastor parker tag mann held stern".split())}  # fmt: skip
_MONTHS = frozenset("august mai juni april märz silvester sonntag montag freitag".split())


def article_before(line: Line, i: int) -> str:
    """The article before token i, small, also with an adjective between (der dicke Basti), or nothing."""
    if line.word(i - 1) in words("article"):
        return fold(line.word(i - 1))
    adjective = fold(line.word(i - 1)) in folded("before a name")
    return fold(line.word(i - 2)) if adjective and line.word(i - 2) in words("article") else ""


def strange_person(line: Line, run: Run, article: str) -> bool:
    """Whether a word of no dictionary stands where persons do: der Efosa hat, mit Efosa, Ali und Efosa, Efosas Mutter."""
    i, before, after = run.start, fold(line.word(run.start - 1)), fold(line.word(run.stop))
    word = line.word(i)
    if (
        word.isupper()
        or len(word) < 3
        or may_be_place(word)
        or (line.tokens[i].first and word[:1].isupper() and not verb(line.word(run.stop)))
    ):
        return False
    if word.endswith("s") and line.word(run.stop) in words("kin"):
        return True
    for other in (i - 2 if before in ("und", "oder") else -1, run.stop + 1 if after in ("und", "oder") else -1):
        if other >= 0 and line.capital(other) and shape(line.word(other)).plain and shape(line.word(other)).given:
            return True
    shaped = name_shaped(word)
    if after in words("doing") or (shaped and verb(line.word(run.stop))):
        return bool(article) or line.tokens[i].first or before in ("und", "aber", "dass", "wenn", "weil", "als", ",")
    if article:
        return False
    return before in ("mit", "ohne", "neben", "wegen", "lieber", "liebe") or (
        shaped and not BEFORE_NOUN.fullmatch(before) and not line.tokens[i].first
    )


def fits(article: str, core: str, sex: str, line: Line) -> bool:
    """Whether article and word may be a common noun's as well; without capitals they always may."""
    if line.lower or fold(core) in _GENDER.get("die" if article == "die" else "der", ()):
        return True
    return (article == "die" and sex == "m") or (article in ("der", "das") and sex == "f")


def acts(line: Line, run: Run) -> bool:
    """Whether a name that is a word stands where only a person stands: subject of a verb, without article."""
    before, after = fold(line.word(run.start - 1)), fold(line.word(run.stop))
    core = fold(line.word(run.start))
    first = line.tokens[run.start].first
    if core in _MONTHS or before in _PLACES or before in ("im", "am", "ein", "einen", "einem"):
        return False
    beside = {fold(line.word(run.stop + 1))} if after == "und" else set()
    partner = any(shape(word.capitalize()).given and shape(word.capitalize()).plain for word in beside)
    partner = partner or (
        before in ("und", ",") and shape(line.word(run.start - 2)).given and shape(line.word(run.start - 2)).plain
    )
    if (
        partner
        or after in words("saying") - {"und", "ist", "war"}
        or (verb(line.word(run.stop)) and not noun(line.word(run.start)))
        or (after in ("ist", "war") and first)
    ):
        return first or before in _PREPOSITIONS or before in ("", ",")
    if before in ("mit", "von", "bei", "für") and not noun(line.word(run.start)):
        return True
    return before in _PREPOSITIONS and core in ("rosa", "can", "ernst", "urban", "lila", "till")


def talked_about(line: Line, run: Run) -> bool:
    """Deniz heißt auf Deutsch Meer: the word and not the person."""
    near = [fold(line.word(run.stop + n)) for n in range(4)]
    return "heisst" in near[:1] and "auf" in near and line.word(run.start - 1) not in words("article")


def stands_out(line: Line, run: Run) -> bool:
    """Whether a surname that is a word stands where the word hardly would: Lang inside a sentence, der Vogel, …"""
    i, article = run.start, article_before(line, run.start)
    if noun(line.word(i)):
        after = fold(line.word(run.stop))
        return (
            is_name(line.word(i))
            and article in ("der", "die", "dem", "den")
            and (after == "," or after in words("saying"))
        )
    before = fold(line.word(i - 1))
    return (
        not line.tokens[i].first
        and not article
        and before not in ("alles", "nichts", "etwas", "was", "viel", "wenig", "im", "am", "ins")
    )
