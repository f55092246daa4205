"""The tag set: STTS names as the literature writes them, and what each is in Universal Dependencies."""

from __future__ import annotations

UPOS = {
    "ADJA": "ADJ", "ADJD": "ADJ", "ADV": "ADV", "APPO": "ADP", "APPR": "ADP", "APPRART": "ADP", "APZR": "ADP",
    "ART": "DET", "CARD": "NUM", "FM": "X", "ITJ": "INTJ", "KOKOM": "CCONJ", "KON": "CCONJ", "KOUI": "SCONJ",
    "KOUS": "SCONJ", "NE": "PROPN", "NN": "NOUN", "PDAT": "DET", "PDS": "PRON", "PIAT": "DET", "PIS": "PRON",
    "PPER": "PRON", "PPOSAT": "DET", "PPOSS": "PRON", "PRELAT": "DET", "PRELS": "PRON", "PRF": "PRON",
    "PROAV": "ADV", "PTKA": "PART", "PTKANT": "PART", "PTKNEG": "PART", "PTKVZ": "ADP", "PTKZU": "PART",
    "PWAT": "DET", "PWAV": "ADV", "PWS": "PRON", "TRUNC": "X", "VAFIN": "AUX", "VAIMP": "AUX", "VAINF": "AUX",
    "VAPP": "AUX", "VMFIN": "AUX", "VMINF": "AUX", "VMPP": "AUX", "VVFIN": "VERB", "VVIMP": "VERB",
    "VVINF": "VERB", "VVIZU": "VERB", "VVPP": "VERB", "XY": "X", "$(": "PUNCT", "$,": "PUNCT", "$.": "PUNCT",
}  # fmt: skip

FINITE = frozenset({"VVFIN", "VAFIN", "VMFIN", "VVIMP", "VAIMP"})
PARTICIPLE = frozenset({"VVPP", "VAPP", "VMPP"})
INFINITIVE = frozenset({"VVINF", "VAINF", "VMINF", "VVIZU"})
VERBAL = FINITE | PARTICIPLE | INFINITIVE


def stts(name: str) -> str:
    """HanTa's tag name in STTS; nominalised adjectives and infinitives, which STTS has not, are nouns.

    >>> [stts(name) for name in ("VV(FIN)", "ADJ(D)", "NNI", "$,")]
    ['VVFIN', 'ADJD', 'NN', '$,']
    """
    if name in ("NNA", "NNI"):
        return "NN"
    return name if name == "$(" else name.replace("(", "").replace(")", "")
