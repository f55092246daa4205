"""Words for what the tables on topics hold, in German, to be translated where they are shown: models, edits and what became of them, comparisons; and
shares of hundred sentences."""

from __future__ import annotations

from pipeline.language import N_, _
from pipeline.wording import decimal

MODELS = {
    "joint": N_("Wörter und Sinn der Sätze zusammen"), "embedding": N_("nur der Sinn der Sätze (Satzvektoren)"),
    "lsa": N_("nur Wörter, verwandte zusammengezogen (LSA)"), "nmf": N_("nur Wörter, die zusammen auftreten (NMF)"),
    "lda": N_("nur Wörter, nach Wahrscheinlichkeit (LDA)"),
}  # fmt: skip
SURE = 0.5  # likeness from which on an entry of topics.yaml surely means its topic
ACTIONS = {
    "rename": N_("umbenannt"), "merge": N_("zusammengelegt"), "split": N_("geteilt"), "hide": N_("ausgeblendet"), "memo": N_("Notiz"),
    "none": N_("nichts geändert"),
}  # fmt: skip
STATES = {"found": N_("wiedergefunden"), "weak": N_("unsicher wiedergefunden"), "lost": N_("nicht wiedergefunden")}
BY = {"question": N_("Leitfadenfrage"), "welle": N_("Welle"), "language": N_("Sprache"), "voice": N_("Rolle im Gespräch")}  # beside the study's variables

ECHO = 0.5  # from which share of a question's own words on a topic counts as that question's echo


def hundred(share: float) -> str:
    """A share as a number of hundred, without a word behind it.

    >>> hundred(0.124), hundred(0.002), hundred(0), hundred(float("nan"))
    ('12', 'unter 1', '0', '–')
    """
    if share != share:
        return "–"
    return _("unter {share}").format(share=1) if 0 < share < 0.005 else f"{share * 100:.0f}"


def signed(difference: float) -> str:
    """A difference of shares in points of hundred.

    >>> signed(0.08), signed(-0.034), signed(0.001)
    ('+8', '−3', '0')
    """
    rounded = "–" if difference != difference else f"{difference * 100:+.0f}"
    return "0" if rounded in ("+0", "-0") else rounded.replace("-", "\u2212")


def comma(value: float, places: int = 2) -> str:
    """
    >>> comma(0.421), comma(float("nan")), comma(-0.05)
    ('0,42', '–', '−0,05')
    """
    return "–" if value != value else decimal(value, places).replace("-", "\u2212")
