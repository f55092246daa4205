"""The spaCy component that does the work: sentences, tags, lemmas, normal forms, compound parts, fillers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.german.colloquial import normal_form
from pipeline.german.compounds import parts
from pipeline.german.fillers import is_filler
from pipeline.german.lemmas import lemma
from pipeline.german.repair import known_tag, mend
from pipeline.german.sentences import LONG, cuts, starts
from pipeline.german.stts import UPOS, stts
from pipeline.german.tagger import tagger
from pipeline.german.verbs import auxiliary_pos, clauses, particles

if TYPE_CHECKING:
    from collections.abc import Iterator

for _name, _default in (("parts", ()), ("head_part", ""), ("filler", False)):
    Token.set_extension(_name, default=_default, force=True)


@Language.factory("interview_sentences")
def interview_sentences(nlp: Language, name: str) -> Any:
    """Sentence borders by punctuation and lines; see `pipeline.german.sentences.starts`."""
    return mark_sentences


@Language.factory("interview_german", default_config={"region": "", "tag": True})
def interview_german(nlp: Language, name: str, region: str, tag: bool) -> InterviewGerman:
    """Everything about words. With `tag` false only normal forms, fillers and compound parts (another model tags)."""
    return InterviewGerman(region, tag)


def mark_sentences(doc: Doc) -> Doc:
    words: list[str] = []
    gaps: list[str] = []
    places: list[int] = []
    gap = ""
    for token in doc:
        if token.is_space:
            gap += token.text
            continue
        words.append(token.text)
        gaps.append(gap)
        places.append(token.i)
        gap = token.whitespace_
    # All at once: setting a token's `is_sent_start` looks through the whole document each time.
    begins = np.full((len(doc), 1), -1, dtype="int64")
    for place, first in zip(places, starts(words, gaps), strict=True):
        begins[place, 0] = 1 if first else -1
    return doc.from_array([SENT_START], begins.astype("uint64"))  # type: ignore[arg-type]


def sentences(doc: Doc) -> Iterator[list[Token]]:
    """The tokens of each sentence without white space."""
    for span in doc.sents:
        found = [token for token in span if not token.is_space]
        if found:
            yield found


class InterviewGerman:
    """Callable on a Doc with sentence borders; fills tag_, pos_, lemma_, norm_ and the extension attributes."""

    def __init__(self, region: str = "", tag: bool = True) -> None:
        self.region = region
        self.tag = tag

    def __call__(self, doc: Doc) -> Doc:
        further: list[int] = []
        for sentence in list(sentences(doc)):
            words = [token.text for token in sentence]
            normal = [normal_form(words, i, self.region) for i in range(len(words))]
            for i, token in enumerate(sentence):
                token.norm_ = normal[i] or words[i]
                if is_filler(words, i):
                    token._.filler = True
                    token.tag_, token.pos_, token.lemma_ = "ITJ", "INTJ", words[i].lower()
            if self.tag:
                further += self._tag(sentence, words, normal)
            for token in sentence:
                _set_parts(token)
        if further:
            begins = doc.to_array([SENT_START]).astype("int64").reshape(len(doc), 1)
            begins[further, 0] = 1
            doc.from_array([SENT_START], begins.astype("uint64"))  # type: ignore[arg-type]
        return doc

    def _tag(self, sentence: list[Token], words: list[str], normal: list[str]) -> list[int]:
        """Fill tags and lemmas; returns the tokens (places in the doc) at which a long sentence is cut."""
        tags, lemmas = _tags_and_lemmas(words, normal)
        plain = [stts(tag) for tag in tags]
        heads = [part.split()[0] if part else word for part, word in zip(normal, words, strict=True)]
        for verb, particle, joined in particles(heads, plain, lemmas):
            lemmas[verb], lemmas[particle], plain[particle] = joined, heads[particle].lower(), "PTKVZ"
        clause = clauses(plain)
        for i, token in enumerate(sentence):
            token.tag_ = plain[i]
            token.lemma_ = lemmas[i]
            token.pos_ = UPOS.get(plain[i], "X")
            if plain[i].startswith("VA"):
                token.pos_ = auxiliary_pos(plain, lemmas, clause, i)
            elif plain[i] == "VVFIN" and lemmas[i] == "sein":
                token.pos_ = "AUX"
        return [sentence[place].i for place in cuts(words, plain)] if len(sentence) > LONG else []


def _tags_and_lemmas(words: list[str], normal: list[str]) -> tuple[list[str], list[str]]:
    """HanTa's tags and lemmas of a sentence; hesitations are left out of what the tagger sees."""
    tags, lemmas = ["ITJ"] * len(words), [word.lower() for word in words]
    seen: list[str] = []
    owner: list[int] = []
    for i, word in enumerate(words):
        if is_filler(words, i):
            continue
        for part in (normal[i] or word).split():
            seen.append(part)
            owner.append(i)
    found = _tag_words(seen)
    groups: dict[int, list[int]] = {}
    for place, i in enumerate(owner):
        groups.setdefault(i, []).append(place)
    for i, places in groups.items():
        tags[i], chosen = _choose([seen[p] for p in places], [found[p] for p in places])
        lemmas[i] = lemma(chosen, tags[i])
    return tags, lemmas


def _tag_words(words: list[str]) -> list[str]:
    """HanTa's tags with what rules know; HanTa's finer noun tags are kept where nothing was mended."""
    begun = False
    cased = []
    for word in words:
        cased.append(begun)
        begun = begun or word[0].isalpha()
    model = tagger()
    found = model.tag(words, [known_tag(words, i) for i in range(len(words))], cased)
    plain = [stts(tag) for tag in found]
    mended = list(plain)
    mend(words, mended, [model.possible(word, case) for word, case in zip(words, cased, strict=True)])
    return [old if tag == was else model.name(tag) for old, was, tag in zip(found, plain, mended, strict=True)]


def _choose(words: Sequence[str], tags: Sequence[str]) -> tuple[str, str]:
    """The tag and the word that stand for a normal form of several words: its verb, or else its first word."""
    if len(words) == 1:
        return tags[0], words[0]
    for tag, word in zip(tags, words, strict=True):
        if tag.startswith("V"):
            return tag, word
    if tags[0] == "APPR" and tags[1] in ("ART", "PIAT"):
        return "APPRART", words[0]
    return (tags[1], words[1]) if words[0].lower() == "so" else (tags[0], words[0])


def _set_parts(token: Token) -> None:
    if token.pos_ == "NOUN":
        found = parts(token.lemma_)
        if found:
            token._.parts = found
            token._.head_part = found[-1]
