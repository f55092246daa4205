"""The signs that tell transcription systems apart. Data only; the counting is done in `vote.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass

DP, K, G, T, H, J = "dresing-pehl", "kuckartz", "gat2", "tiq", "hiat", "jefferson"
NAMES = {DP: "Dresing/Pehl", K: "Kuckartz", G: "GAT 2", T: "TiQ", H: "HIAT", J: "Jefferson"}
SYSTEMS = tuple(NAMES)
_L = r"[^\W\d_]"


@dataclass(frozen=True)
class Tell:
    """A kind of sign, in German for people, and the systems that have it.

    Only a `telling` one counts when two systems are compared: time marks come from programs, double brackets from habit.
    """

    name: str
    pattern: re.Pattern[str]
    systems: tuple[str, ...]
    telling: bool = True
    least: int = 1  # fewer than these are no sign at all: one `(3)` is a footnote


def _tell(name: str, pattern: str, *systems: str, telling: bool = True, least: int = 1) -> Tell:
    return Tell(name, re.compile(pattern), systems, telling, least)


TELLS: tuple[Tell, ...] = (
    _tell("Zeitmarken #", r"#\d{1,2}:\d{2}:\d{2}(?:[-.]\d{1,3})?#", DP, K, telling=False),
    _tell("(unv.)", r"\(unv(?:\.|erständlich)[^()\n]{0,40}\)(?!\))", DP, K),
    _tell(
        "(lacht)",
        r"(?<!\()\((?:lacht|lachen|seufzt|weint|hustet|räuspert sich|zögert|nickt|lächelt|schmunzelt|grinst|stöhnt)[^()\n]{0,30}\)",
        DP, K,
    ),
    _tell("Pausen (...)", r"(?<![@(])\((?:\.\.|\.\.\.|…)\)", DP, K),
    _tell("Pausen (.)", r"(?<![@(])\(\.\)", DP, K, G, T, J),
    _tell("Pausen (3)", r"(?<![@(])\(\d{1,2}\)", DP, K, T, least=2),
    _tell("Abbrüche /", rf"(?<={_L})/(?=[ \n]|$)|(?<= )/(?= )", DP, K, H),
    _tell("(Wort?)", rf"\((?:{_L}{{1,30}} ){{0,3}}{_L}{{1,30}}\?\)", DP, K),
    _tell("//mhm//", r"(?<!:)//\s?(?:[A-Z]\d?:\s)?(?i:mhm|hm|aha|ja|genau|okay)\.?,?\s?//", DP, T),
    _tell("(mhm)", r"(?<!\()\((?i:mhm|hm|aha|hmhm)\.?\)", K),
    _tell("(B: ja)", r"\((?:I|B|M|IP|S)\d{0,2}:\s?[^()\n]{1,80}\)", K),
    _tell("((lacht))", r"\(\([^()\n]{1,60}\)\)", K, G, T, H, J, telling=False),
    _tell("Atem °h", r"(?<![\w°])°h{1,4}(?!\w)|(?<!\w)h{1,4}°(?!\w)", G),
    _tell("<<lachend> …>", r"<<[^<>\n]{1,40}>", G),
    _tell("Pausen (-)", r"\(-{1,3}\)", G),
    _tell("Pausen (0.8)", r"(?<!\()\(\d{1,2}\.\d{1,2}\)", G, J),
    _tell(
        "Akzente akZENT",
        r"(?<![\w-])(?:[a-zäöüß]{1,20}[A-ZÄÖÜ]{2,10}[a-zäöüß]{0,20}|[A-ZÄÖÜ]{2,10}[a-zäöüß]{2,20}|!?[a-zäöü]{0,20}![A-ZÄÖÜ]{2,10}!)(?![\w-])",
        G, least=2,
    ),
    _tell("is_n", r"(?<![\w_])[a-zäöüß]{1,20}_[a-zäöüß]{1,20}(?![\w_])", G, H, telling=False),
    _tell("Dehnungen ::", rf"{_L}:{{2,6}}|[aeiouäöü]:(?!in)[bcdfghklmnpqrstvwxzß]{{1,4}}(?!\w)", G, T, J),
    _tell("Anschlüsse =", r"[^\W\d_]=[^\W\d_]|(?m:^=\S|[\w.,;?]=$)", G, T, J),
    _tell("Überlappungen [", r"\[\s?[a-zäöüß]{1,20}[^\[\]\n]{0,60}\]", G, J, telling=False),
    _tell("+++", r"(?<![\w+])\+{3}(?![\w+])|\(x{2,4}(?: x{2,4}){0,9}\)", G),
    _tell("Haken └", "[└┘⌊⌋]", T),
    _tell("Lachen @(.)@", r"@\((?:\.|\d{1,2})\)@?", T),
    _tell("lachend @…@", r"(?<![\w@])@(?=[^\s@(])[^@\n]{1,200}(?<=\S)@(?!\w)", T),
    _tell("leise °…°", r"(?<![\d°])(?<!\d )°(?=[^\sh°])(?![CF]\b)[^°\n]{1,200}(?<=\S)°(?!\w)", T, J),
    _tell("Sprecher Af, Bm", r"(?m:^(?:[A-Z][fm]|Y\d|\?[fm]|me): ?)", T, least=2),
    _tell("Abbrüche -", rf"(?<![\w-]){_L}{{1,20}}-(?= (?!und\b|oder\b|bzw|bis\b|sowie\b|als\b|noch\b)[a-zäöüß])", T, J, telling=False),
    _tell("Pausen •", r"(?<=\S)[^\S\n]?•", H),
    _tell("˙", "˙", H),
    _tell("((1,5s))", r"\(\(\d{1,2}(?:,\d{1,2})?\s?s(?:ek\.?)?\)\)", H),
    _tell("Bögen ‿", "‿", H),
    _tell("Töne Hm̌", "(?i:h?m|ja|na|ah|oh|ach)[\u0300\u0301\u0302\u0304\u030c]|(?<!\\w)(?i:j[àáǎâā]|n[àáǎâā]|[àáǎâā]h?|[òóǒôō]h)(?!\\w)", H),
    _tell("↑ ↓", "[↑↓]", G, J),
    _tell("Atem .hh", r"(?<![\w.])\.h{1,5}(?!\w)", J),
    _tell("schnell >…<", r"(?<![<>-])>(?=[^\s<>])[^<>\n]{1,200}<(?![<\w])", J),
    _tell("lächelnd £…£", r"(?<![\w£])£(?=[^\s\d£])[^£\n]{1,200}£", J),
    _tell("lachend (h)", rf"{_L}\(h{{1,3}}\){_L}", J),
)  # fmt: skip

# How a text names its rules, and before it that rules are the matter: `Regeln: …`, `transkribiert nach …`.
NAMED = {
    DP: r"Dresing\s?(?:&|/|und|u\.|,|-)\s?Pehl|(?i:f4[- ]Regeln)|einfaches Transkriptionssystem|erweitertes Transkriptionssystem",
    K: r"Kuckartz",
    G: r"GAT[\s-]?2|cGAT|(?:Minimal|Basis|Fein)transkript|Gesprächsanalytisches? Transkriptionssystem",
    T: r"TiQ|Talk in Qualitative|Bohnsack",
    H: r"HIAT|Halbinterpretative",
    J: r"Jefferson",
}
OF_RULES = r"(?i:regel|transkri|notation|konvention|legende|nach|gemäß|anlehnung|system|orientiert)"
