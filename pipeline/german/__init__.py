"""German of interviews: tokens, sentences, tags, lemmas, normal forms, compounds. Everything works without a network.

>>> nlp = load()
>>> [(token.form, token.norm, token.lemma) for token in analyse(nlp, "Haste dat gehört?").tokens][:2]
[('Haste', 'Hast du', 'haben'), ('dat', 'das', 'der')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.problems import Problem, Stop

if TYPE_CHECKING:
    from spacy.language import Language


class TokenInfo(NamedTuple):
    """One token. `start` and `end` are code points of the text, `sentence` counts from 0."""

    sentence: int
    start: int
    end: int
    form: str
    norm: str
    tag: str
    lemma: str
    pos: str
    head: str
    parts: tuple[str, ...]
    filler: bool


class Analysis(NamedTuple):
    """Sentences as (start, end) code points, without white space at their borders, and the tokens in order."""

    sentences: list[tuple[int, int]]
    tokens: list[TokenInfo]


def load(model: str = "", region: str = "") -> Language:
    """A spaCy pipeline for spoken German.

    `model` is empty for what the package brings itself, or the name or path of an installed spaCy pipeline, which is
    never downloaded. `region` (ruhr, rhein, berlin, nord, bairisch, alemannisch) reads ambiguous dialect forms as that
    region does. Raises `Stop` where model or region is unknown.
    """
    from pipeline.german.colloquial import REGIONS

    if region and region not in REGIONS:
        raise Stop(Problem("", 0, f"Die Region »{region}« ist unbekannt.", f"Bekannt sind: {', '.join(REGIONS)}."))
    import spacy

    import pipeline.german.component  # noqa: F401  registers the components

    if model:
        try:
            nlp = spacy.load(model)
        except OSError as error:
            what = f"Das Sprachmodell »{model}« ist nicht installiert."
            hint = "Bitte das Modell installieren oder die Angabe leer lassen; es wird nichts von selbst geladen."
            raise Stop(Problem("", 0, what, hint)) from error
        if not any({"doc.sents", "token.is_sent_start"} & set(nlp.get_pipe_meta(name).assigns) for name in nlp.pipe_names):
            nlp.add_pipe("interview_sentences", first=True)
        nlp.add_pipe("interview_german", config={"region": region, "tag": False}, last=True)
        return nlp
    from pipeline.german.tagger import tagger
    from pipeline.german.tokens import Tokenizer
    from pipeline.german.words import dictionary

    nlp = spacy.blank("de")
    nlp.tokenizer = Tokenizer(nlp.vocab)
    nlp.max_length = 100_000_000  # the limit guards parsers, of which there is none
    nlp.add_pipe("interview_sentences")
    nlp.add_pipe("interview_german", config={"region": region})
    tagger()
    dictionary()
    return nlp


def analyse(nlp: Language, text: str) -> Analysis:
    """Sentences and tokens of one text; `text[token.start:token.end] == token.form` for each of them."""
    borders: list[tuple[int, int]] = []
    tokens: list[TokenInfo] = []
    for token in nlp(text):
        if token.is_space:
            continue
        start, end = token.idx, token.idx + len(token.text)
        if token.is_sent_start or not borders:
            borders.append((start, end))
        borders[-1] = (borders[-1][0], end)
        more = token._
        tokens.append(
            TokenInfo(
                len(borders) - 1, start, end, token.text, token.norm_, token.tag_, token.lemma_, token.pos_,
                more.head_part, more.parts, more.filler,
            )
        )  # fmt: skip
    return Analysis(borders, tokens)
