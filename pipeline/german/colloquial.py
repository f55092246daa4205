"""Normal forms of colloquial and regional words, as an annotation beside the text: haste -> hast du, nich -> nicht.

The words stand in `colloquial.tsv`. Its column `when` is empty (always), or lists conditions: `klein` (a capital only at
the beginning of a sentence), `nur-klein` (never with a capital), `kontext` (a rule below decides) and regions, of which
one must be the region of the study.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.german.facts import facts
from pipeline.german.fillers import is_filler
from pipeline.german.words import listed

REGIONS = ("alemannisch", "bairisch", "berlin", "nord", "rhein", "ruhr")
_STOPS = frozenset(",.?!…:;–")
_PREPOSITIONS = frozenset({"auf", "in", "an", "für", "durch", "um", "über", "unter", "vor", "hinter", "aus", "bei"})
_VERBS = facts("clitic verbs")
_PLURAL = facts("plural verbs")
_FIRST = facts("first persons")


class Entry(NamedTuple):
    normal: str
    when: frozenset[str]
    note: str


@lru_cache(maxsize=1)
def entries() -> dict[str, list[Entry]]:
    """Every form of the list, in lower case and with a straight apostrophe, with what it may stand for."""
    found: dict[str, list[Entry]] = {}
    lines = Path(__file__).with_name("colloquial.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        form, normal, when, note = line.split("\t")
        conditions = frozenset(filter(None, when.split(",")))
        found.setdefault(form, []).append(Entry(normal.split("|")[0], conditions, note))
    return found


def normal_form(words: Sequence[str], i: int, region: str = "") -> str:
    """The normal form of the i-th word of a sentence, of one or more words, or nothing where the word is one itself.

    >>> normal_form(["Haste", "dat", "gesehn", "?"], 0), normal_form(["Das", "Haus"], 1)
    ('Hast du', '')
    """
    form = words[i]
    key = form.lower().replace("’", "'").replace("‘", "'")
    if is_filler(words, i) or (form.isupper() and 1 < len(form) < 4):
        return ""  # UN, IS, ET are names
    readings = entries().get(key) or entries().get(key[0] + key[1:].replace("'", "")) or []  # auf'm as aufm
    normal = next((e.normal for e in readings if _applies(e, words, i, region)), "")
    if not normal and key in _RULES and (form[:1].islower() or _begins(words, i)):
        normal = _RULES[key]([word.lower() for word in words], i, region)
    normal = normal or _first_person(words, i, key) or _apostrophe(words, i, key, region)
    return normal[:1].upper() + normal[1:] if form[:1].isupper() else normal


def _applies(entry: Entry, words: Sequence[str], i: int, region: str) -> bool:
    regions = entry.when.intersection(REGIONS)
    if "kontext" in entry.when or (regions and region not in regions):
        return False
    if words[i][:1].isupper():
        return "nur-klein" not in entry.when and ("klein" not in entry.when or _begins(words, i))
    return True


def _begins(words: Sequence[str], i: int) -> bool:
    return i == 0 or not words[i - 1][0].isalnum()


def _first_person(words: Sequence[str], i: int, key: str) -> str:
    stem = key.rstrip("'")
    if stem not in _FIRST:
        return ""
    after = i + 1 < len(words) and words[i + 1].lower() in {"ich", "ick", "icke"}
    before = i > 0 and words[i - 1].lower() in {"ich", "ick", "icke"} and stem != "arbeit"
    if stem == "mein" and i + 1 < len(words) and words[i + 1] not in _STOPS:
        before = False  # "hab ich mein Geld": the possessive
    return stem + "e" if after or before or key.endswith("'") else ""


def _apostrophe(words: Sequence[str], i: int, key: str, region: str) -> str:
    """geht's -> geht es, auf's -> auf das; only where the stem may be followed by a clitic."""
    if key.endswith("'") and len(key) > 2:
        stem = key[:-1]
        return normal_form([*words[:i], stem, *words[i + 1 :]], i, region) or (stem if stem in _VERBS else "")
    if not key.endswith("'s") or len(key) < 4:
        return _with_du(key)
    stem = key[:-2]
    if stem in _PREPOSITIONS:
        return stem + " das"
    if words[i][:1].isupper() and i and words[i - 1][0].isalnum():
        return ""  # a name: Anna's
    return (normal_form([*words[:i], stem, *words[i + 1 :]], i, region) or stem) + " es"


def _with_du(key: str) -> str:
    """rufste -> rufst du, for any verb; a word that is known as it is (beste, kostete) stays."""
    if not key.endswith("ste") or len(key) < 6 or listed(key) or listed(key.capitalize()):
        return ""
    verb = listed(key[:-1])
    return f"{key[:-1]} du" if verb.islower() and verb.endswith("n") else ""


def _ne(words: Sequence[str], i: int, region: str) -> str:
    if i + 1 == len(words) or words[i + 1] in _STOPS:
        return "nein"
    return "eine" if words[i] == "ne" else ""


def _ma(words: Sequence[str], i: int, region: str) -> str:
    before = words[i - 1] if i else ""
    return "mal" if region == "ruhr" or before in facts("before mal") else ""


def _wa(words: Sequence[str], i: int, region: str) -> str:
    before = words[i - 1] if i else ""
    return "wir" if region in {"ruhr", "berlin"} and (before.endswith("n") or before in {"ham", "dass", "wenn"}) else ""


def _mer(words: Sequence[str], i: int, region: str) -> str:
    if region not in {"rhein", "alemannisch", "bairisch"}:
        return ""
    near = {words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""}
    return "man" if near & {"kann", "muss", "hat", "soll", "darf", "will", "weiß"} else "wir"


def _des(words: Sequence[str], i: int, region: str) -> str:
    after = words[i + 1] if i + 1 < len(words) else "."
    if after in _VERBS or after in _STOPS:
        return "das"
    southern = region in {"bairisch", "alemannisch"}
    return "das" if southern and not after.endswith(("s", "en")) else ""


def _isch(words: Sequence[str], i: int, region: str) -> str:
    if region in {"alemannisch", "rhein"}:
        return "ist" if region == "alemannisch" else "ich"
    before, after = words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
    if before in {"das", "des", "es", "er", "sie", "was", "wie", "so", "da"}:
        return "ist"
    return "ich" if before in {"", ",", "hab", "bin", "weil", "dass", "wenn", "und"} or after in _VERBS else ""


def _mir(words: Sequence[str], i: int, region: str) -> str:
    after = words[i + 1] if i + 1 < len(words) else ""
    if after in {"ham", "san", "hend", "hamm"}:
        return "wir"
    initial = i == 0 or words[i - 1] in {",", "und", "aber"}
    return "wir" if region in {"bairisch", "alemannisch"} and initial and after in _PLURAL else ""


def _subjunctive(words: Sequence[str], i: int, region: str) -> str:
    return "" if "ihr" in words[max(0, i - 2) : i + 3] else words[i] + "e"


def _musste(words: Sequence[str], i: int, region: str) -> str:
    before, after = words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
    open_before = not before or before in {",", "da", "dann", "jetzt", "hier", "dat", "das", "und"}
    return "musst du" if open_before and after in facts("after musst du") else ""


def _sacht(words: Sequence[str], i: int, region: str) -> str:
    after = words[i + 1] if i + 1 < len(words) else "."
    return "sagt" if i and (after in _STOPS or after in facts("after sagt")) else ""


def _sach(words: Sequence[str], i: int, region: str) -> str:
    after = words[i + 1] if i + 1 < len(words) else "."
    return "sag" if after in {"mal", "ma", "ich", "doch", "bloß"} or (i and words[i - 1] == "ich") else ""


def _grad(words: Sequence[str], i: int, region: str) -> str:
    return "" if i and (words[i - 1][-1:].isdigit() or words[i - 1] in {"null", "minus", "plus"}) else "gerade"


_RULES: dict[str, Callable[[Sequence[str], int, str], str]] = {
    "grad": _grad, "sacht": _sacht, "sach": _sach, "ne": _ne, "nä": _ne, "ma": _ma, "wa": _wa, "mer": _mer, "des": _des, "isch": _isch, "mir": _mir, "musste": _musste,
    "könnt": _subjunctive, "müsst": _subjunctive, "sollt": _subjunctive, "wollt": _subjunctive, "dürft": _subjunctive,
}  # fmt: skip
