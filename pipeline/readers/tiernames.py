"""What names of tiers say: who speaks, what a tier holds, and whether it can be speech. Shared by ELAN and Praat."""

from __future__ import annotations

import re

PARTS = re.compile(r"[\s_\-:/.@\"'()\[\]]+")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDS = _set("word words wort wörter woerter tok token tokens ort orthography mau")
# Parts that only say how speech was written down or cut.
LEVELS = WORDS | _set(
    """phone phones phon phons phoneme phonemes phonem laut laute sound segment segments segs syllable syllables
    silbe silben phrase phrases satz sätze sentence sentences utterance utterances utt äußerung äußerungen turn turns
    kan kas trn sampa ipa orth ortho orthographie orthographisch mas trs trl transcript transcription transkript transkription
    transkriptionen transcriptions verbatim text speech rede spr"""
)
# Parts that name a translation; the tier is speech where no other one of that person is.
LANGUAGES = _set(
    "en eng english englisch fr französisch tr türkisch es spanisch it ru russisch pl polnisch ar arabisch de deutsch"
)
# Parts that tell of something beside speech.
BESIDE = _set(
    """translation translations übersetzung übersetzungen uebersetzung uebersetzungen en english englisch
    gloss glosse glossen glosses pos lemma lemmata lemmas norm morph morpheme wortart wortarten tag tags annotation
    annotationen comment comments kommentar kommentare anmerkung anmerkungen bemerkung bemerkungen note notes notiz
    notizen memo memos pitch f0 tobi tones ton töne intonation prosodie prosody akzente pause pausen pauses silence silences
    stille noise noises geräusch geräusche geraeusch geraeusche störung störungen lachen laughter atmen breath
    gestik geste gesten gesture gestures mimik blick blicke gaze körper haltung handlung handlungen action actions nonverbal
    bewegung code codes coding codings codierung codierungen kodierung kodierungen kategorie kategorien category categories
    thema themen topic topics inhalt inhalte stichwort stichworte stichwörter schlagwort schlagworte keyword keywords
    sequenz sequenzen sequence sequences abschnitt abschnitte section sections phase phasen szene szenen episode episoden
    paraphrase paraphrasen zusammenfassung summary interpretation analyse marker markierung markierungen bild video kamera
    qualität überlappung overlap overlaps ereignis ereignisse event events"""
)


def parts(name: str) -> list[str]:
    """The parts of a tier's name in small letters."""
    return [part for part in PARTS.split(name.lower()) if part]


def beside(name: str) -> bool:
    """Whether a name tells of something beside speech.

    >>> beside("Themen"), beside("B_en"), beside("Gestik B"), beside("Frau Kaya")
    (True, True, True, False)
    """
    return not BESIDE.isdisjoint(parts(name))


def whose(name: str) -> str:
    """A tier's name without what only says what it holds; the name as it stands where nothing of it does.

    >>> whose("A - words"), whose("ORT-MAU"), whose("Frau Kaya"), whose("B_en"), whose("Transkript I")
    ('A', '', 'Frau Kaya', 'B', 'I')
    """
    found = [part for part in PARTS.split(name) if part]
    kept = [part for part in found if part.lower() not in LEVELS | BESIDE]
    return name.strip() if len(kept) == len(found) else " ".join(kept)


def translates(name: str, names: set[str]) -> bool:
    """Whether a name is that of another tier with a language behind it.

    >>> translates("B_tr", {"B", "B_tr"}), translates("B_tr", {"I_tr", "B_tr"})
    (True, False)
    """
    found = [part for part in PARTS.split(name) if part]
    if len(found) < 2 or found[-1].lower() not in LANGUAGES:
        return False
    return any(other != name and whose(other).lower() == " ".join(found[:-1]).lower() for other in names)
