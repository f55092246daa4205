"""What is known about tags beyond HanTa: signs, particles of spoken German, and verbs at the end of their clause."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.german.facts import facts
from pipeline.german.fillers import is_interjection
from pipeline.german.stts import FINITE

_STOPS = frozenset({",", ".", "?", "!", "…", "...", ":", ";", "–", "-", '"', "„", "“", "”", "»", "«"})
_OPENS = frozenset({"KOUS", "PRELS", "PRELAT", "PWAV", "PWS", "PWAT"})
_NO_NOUN_PHRASE = FINITE | {"APPR", "APPRART", "PPER", "PRF", "$.", "$,", "KON", "PTKNEG", "PTKZU"}
_NOT_FINITE = frozenset({"VVPP", "VVINF", "VAPP", "VAINF", "VMINF"})
_ALWAYS = {
    "nein": "PTKANT", "nee": "PTKANT", "nicht": "PTKNEG", "mal": "ADV", "sozusagen": "ADV", "quasi": "ADV",
    "irgendwie": "ADV", "gar": "ADV", "drum": "PROAV", "bisschen": "PIS", "obwohl": "KOUS", "dass": "KOUS", "weil": "KOUS",
    "ok": "ADJD", "okay": "ADJD", "eh": "ADV", "trotzdem": "PROAV", "lieber": "ADV", "gerne": "ADV", "bitte": "ADV",
    "danke": "PTKANT", "eigentlich": "ADV", "natürlich": "ADV", "z.B.": "ADV", "d.h.": "ADV", "usw.": "ADV", "bzw.": "KON",
    "etc.": "ADV", "ca.": "ADV", "evtl.": "ADV", "ggf.": "ADV", "sowas": "PIS",
}  # fmt: skip
_DEGREES = facts("degrees")
_NEGATED = facts("negated")
_INTENSE = frozenset({"ganz", "sehr", "so", "nicht", "zu", "relativ", "ziemlich", "wie", "ist", "war", "wäre", "sind"})


def known_tag(words: Sequence[str], i: int) -> str:
    """The STTS tag of the i-th word (normal forms, fillers left out) where rules know it, or nothing."""
    word = words[i]
    if not any(map(str.isalnum, word)):
        return _sign(word)
    low = word.lower()
    before, after = (words[i - 1].lower() if i else ","), (words[i + 1].lower() if i + 1 < len(words) else ".")
    if low in _CONTEXT:
        return _CONTEXT[low](before, after)
    if is_interjection(words, i):
        return "ITJ"
    if word[0].isupper() and before not in _STOPS:
        return ""
    return _ALWAYS.get(low, "")


def _sign(word: str) -> str:
    if word in {".", "!", "?", ";", ":"}:
        return "$."
    return "$," if word == "," else "$("


def _doch(before: str, after: str) -> str:
    if before in _STOPS:
        return "PTKANT" if after in _STOPS else ""
    return "ADV"


_CONTEXT = {
    "ja": lambda before, after: "PTKANT" if before in _STOPS or after == "." else "ADV",
    "aber": lambda before, after: "KON" if before in _STOPS else "ADV",
    "doch": _doch,
    "halt": lambda before, after: "ADV" if before not in _STOPS and before != "der" else "",
    "eben": lambda before, after: "ADV",
    "einfach": lambda before, after: "" if before in _INTENSE or after in _STOPS else "ADV",
    "früher": lambda before, after: "" if after == "als" or before in {"viel", "etwas", "noch", "je", "als"} else "ADV",
    "zu": lambda before, after: "PTKA" if after in _DEGREES else "",
    "meine": lambda before, after: "VVFIN" if before == "ich" or after == "ich" else "",
    "mehr": lambda before, after: "ADV" if before in _NEGATED else "",
    "weniger": lambda before, after: "ADV" if after.endswith("en") and after.islower() else "",
}


def mend(words: Sequence[str], tags: list[str], likely: Sequence[Collection[str]]) -> None:
    """Correct verb tags in place, clause by clause; `likely[i]` holds the tags that the word may have at all.

    A clause has one finite verb: after an auxiliary or modal a second one is a participle or infinitive, and a clause
    behind a conjunction or relative pronoun that seems to have none ends with it.
    """
    begin = 0
    for i, tag in enumerate([*tags, "$."]):
        if tag not in ("$.", "$,", "KON", "KOUS") and i < len(tags):
            continue
        _one_finite(words, tags, likely, begin, i)
        _last_finite(words, tags, likely, begin, i, closed=tag in ("$.", "$,", "KOUS"))
        begin = i if tag == "KOUS" else i + 1
    _articles(words, tags)


def _articles(words: Sequence[str], tags: list[str]) -> None:
    for i in range(len(tags) - 1):
        if tags[i] == "ART" and words[i].lower() in {"der", "die", "das", "den", "dem"} and tags[i + 1] in _NO_NOUN_PHRASE:
            tags[i] = "PRELS" if i and tags[i - 1] == "$," else "PDS"


def _one_finite(words: Sequence[str], tags: list[str], likely: Sequence[Collection[str]], begin: int, end: int) -> None:
    first = next((i for i in range(begin, end) if tags[i] in ("VAFIN", "VMFIN")), -1)
    if first < 0:
        return
    others = [i for i in range(first + 1, end) if tags[i] in _NOT_FINITE]
    if words[first].lower().startswith(("hab", "hat", "hät")) and [tags[i] for i in others] == ["VVINF"]:
        # "haben ... bekommen": haben takes a participle, and no infinitive without "zu"
        if "VVPP" in likely[others[0]] and tags[others[0] - 1] != "PTKZU":
            tags[others[0]] = "VVPP"
    elif not others:
        for i in range(first + 1, end):
            if tags[i] == "VVFIN" and not any(tag in _OPENS for tag in tags[first:i]):
                wanted = ("VVINF", "VVPP") if tags[first] == "VMFIN" else ("VVPP", "VVINF")
                tags[i] = next((tag for tag in wanted if tag in likely[i]), tags[i])


def _last_finite(
    words: Sequence[str], tags: list[str], likely: Sequence[Collection[str]], begin: int, end: int, closed: bool
) -> None:
    if not closed or end - begin < 3 or any(tag in FINITE for tag in tags[begin:end]):
        return
    opener = next((i for i in range(end - 1, begin - 1, -1) if tags[i] in _OPENS), -1)
    if opener < 0 and words[begin].lower() == "wie" and begin:
        opener = begin  # "ich weiß, wie sie das verstehen": no comparison after all
    if opener < 0 or tags[end - 1] not in ("VVINF", "VVPP", "VAINF", "VMINF") or end - 1 == opener + 1:
        return
    wanted = tags[end - 1][:2] + "FIN"
    # every infinitive in -n is a finite plural as well, seen in HanTa's text or not
    plural = tags[end - 1].endswith("INF") and words[end - 1].endswith("n")
    if tags[end - 2] != "PTKZU" and (plural or wanted in likely[end - 1]):
        tags[end - 1] = wanted
