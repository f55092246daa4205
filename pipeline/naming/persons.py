"""Persons in an interview: by title, by relation, by given name, by what introduces them, and by what was heard before."""

from __future__ import annotations

from pipeline.naming.base import SURE, SUSPECTED, Found, Talk
from pipeline.naming.dictionary import compound, noun, ordinary
from pipeline.naming.facts import fold, folded, is_name, words
from pipeline.naming.heard import again
from pipeline.naming.lexicon import place
from pipeline.naming.runs import Run, particle, run_at
from pipeline.naming.scan import Line, collieries, scan
from pipeline.naming.shapes import is_title, may_be_place, shape

_PREPOSITIONS = frozenset("von mit bei für ohne zu und oder wie als gegen an auf über durch um wegen neben zwischen sowie ob dass wenn weil dann da".split())
_POSSESSIVE = ("mein", "dein", "sein", "ihr", "unser", "euer", "eure", "kein", "eine", "einer", "jede", "diese", "alte", "junge")
_FEMININE = frozenset({"die", "de", "d'"})
_PLACES = frozenset("in aus nach im inne".split())
# Nouns whose article would fit the name as well: "die Heide" may be the heath.
_GENDER = {"die": frozenset("mark heide linde rose aura gala gnade mira hoffnung".split()),
           "der": frozenset("august roman wolf engel kaiser jasmin mai juni bay merlin kader sultan pastor parker tag mann held stern".split())}  # fmt: skip
_MONTHS = frozenset("august mai juni april märz silvester sonntag montag freitag".split())


def find(talk: Talk) -> list[list[Found]]:
    """Mentions of persons, one list a text, in order; names learnt in one text are found in all."""
    lines = scan(talk)
    mines = collieries(lines)
    found = [[m for m in _first(line) if not (fold(m.core) in mines and _mined(line, m))] for line in lines]
    return again(lines, found, mines)


def _mined(line: Line, mention: Found) -> bool:
    """auf Eleonore, Zeche Eleonore: the colliery of that name, which the interview tells of."""
    before = line.text[: mention.start].split()
    return bool(before) and fold(before[-1]) in ("auf", "zeche", "schacht", "von", "bergwerk", "grube", "nach")


def _first(line: Line) -> list[Found]:
    """What a line shows by itself."""
    found: list[Found] = []
    i = 0
    while i < len(line.tokens):
        run = _at(line, i) if line.tokens[i].word else None
        if run is None:
            i += 1
            continue
        found.append(_mention(line, run))
        i = run.stop
    return found


def _mention(line: Line, run: Run) -> Found:
    start, end = line.tokens[run.start].start, line.tokens[run.stop - 1].end
    if run.cut:
        end = line.tokens[run.start].start + run.cut
    surface = line.span(run.start, run.stop) if not run.cut else line.word(run.start)[: run.cut]
    return Found(start, end, "person", surface, run.core, run.certainty, run.rule, run.sex, run.culture, run.title)


def _at(line: Line, i: int) -> Run | None:
    """The mention that begins at this word, by the first rule that holds."""
    word = line.word(i)
    if is_title(word) or (line.lower and fold(word) in folded("frau-like")):
        return _titled(line, i)
    if word in words("kin"):
        return _kin(line, i)
    if line.capital(i) and fold(line.word(i + 1)) in ("genannt", "gerufen", "getauft") and not is_title(word):
        return Run(i, i + 1, word, SURE if shape(word).given or fold(line.word(i - 1)) in ("mich", "ihn", "uns", "sie", "nur") else SUSPECTED, "called", shape(word).sex, shape(word).culture)
    if fold(word) in folded("name cue") and not line.capital(i + 1) and not line.lower:
        cue = _introduced(line, i)
        if cue:
            return cue
    return _bare(line, i)


def _possessed(line: Line, i: int) -> bool:
    return fold(line.word(i - 1)).startswith(_POSSESSIVE)


def _titled(line: Line, i: int) -> Run | None:
    """Frau Dr. Petra Isenbügel; Onkel Ferhat; herr wolf."""
    title, j = line.word(i), i + 1
    while is_title(line.word(j)) or (line.lower and fold(line.word(j)) in folded("frau-like")):
        title, j = line.word(j) if title in ("der", "die") else title, j + 1
    if not line.tokens[j : j + 1] or not line.tokens[j].word:
        return _kin(line, i) if line.word(i) in words("kin") else None
    strict = fold(title) in ("frau", "herr", "herrn", "hr", "fr", "familie", "dr", "doktor", "prof", "professor", "eheleute", "ehepaar", "pastor", "pfarrer", "richter", "imam", "diakon")
    loose = strict and not (_possessed(line, i) and fold(title) == "frau")
    run = run_at(line, j, "loose" if loose else "title")
    if run and not loose and _possessed(line, i) and ordinary(line.word(j)) and run.stop == j + 1:
        run = run._replace(certainty=SUSPECTED)  # mein Onkel Schneider
    if run is None:
        return _kin(line, i) if line.word(i) in words("kin") else None
    sex = run.sex or ("f" if title.capitalize() in words("feminine") else "m" if title.capitalize() in words("masculine") else "")
    return run._replace(certainty=SURE if run.certainty != SUSPECTED else SUSPECTED, rule="title", sex=sex, title=title.capitalize() if line.lower else title)


def _kin(line: Line, i: int) -> Run | None:
    """Meine Tochter Elif; unsere Sozialarbeiterin, Mariama Diallo; mein Schwager, der Rıza."""
    j = i + 1
    if line.word(j) == ",":
        j += 1
        if line.word(j) in ("der", "die", "das", "dem", "den"):
            j += 1
    run = run_at(line, j, "kin" if j == i + 1 else "apposition")
    if line.word(i) in words("frau-like") and _possessed(line, i) and run and not run.stop - run.start > 1 and ordinary(line.word(j)):
        run = run._replace(certainty=SUSPECTED)
    return run._replace(rule="kin") if run and (run.certainty == SURE or j == i + 1) else None


def _introduced(line: Line, i: int) -> Run | None:
    """Ich heiße …, mein Name ist …, alle nennen mich …"""
    j = i + 1
    while j < i + 5 and fold(line.word(j)) in ("ist", "mich", "er", "sie", "der", "die", "das", "ja", "also", "eigentlich", "von", "ihn", "mir", "bin", "ich", "war", "wir"):
        j += 1
    run = run_at(line, j, "kin")
    return run._replace(rule="introduced") if run and j > i else None


def _bare(line: Line, i: int) -> Run | None:
    """A name without a title: known given names, surnames after an article, names of unknown words."""
    word = line.word(i)
    arabic = fold(word).partition("-")[0] in ("el", "al", "abu")
    if not line.capital(i) and not line.lower and not arabic:
        return None
    if fold(word) in folded("not a name") or is_title(word) or (line.lower and word in words("particles") and not arabic):
        return None
    if fold(line.word(i - 1)) == "auf" and _mine(line, i):
        return None
    run = run_at(line, i + 1, "") if arabic and "-" not in word else run_at(line, i, "")
    if run and arabic and "-" not in word:
        run = run._replace(start=i, core=f"{word} {run.core}", certainty=SURE, culture="ar")
    if run is None:
        return _compound(line, i)
    if _talked_about(line, run):
        return run._replace(certainty=SUSPECTED, rule="word")
    if run.certainty == SURE:
        return run
    return _by_article(line, run)


def _mine(line: Line, i: int) -> bool:
    """auf Auguste Victoria: a colliery and not a person."""
    return any(place("-".join(line.word(i + n) for n in range(size))) == "mine" for size in (2, 3))


def _article(line: Line, i: int) -> str:
    """The article before token i, small, also with an adjective between (der dicke Basti), or nothing."""
    if line.word(i - 1) in words("article"):
        return fold(line.word(i - 1))
    adjective = fold(line.word(i - 1)) in folded("before a name")
    return fold(line.word(i - 2)) if adjective and line.word(i - 2) in words("article") else ""


def _by_article(line: Line, run: Run) -> Run | None:
    """What an article, a following title or a verb of saying says of a doubtful name."""
    i, j = run.start, run.stop
    before, article = fold(line.word(i - 1)), _article(line, i)
    known = shape(line.word(i), line.lower)
    if line.word(j) in words("after a name") and (known.given or known.new):
        return run._replace(certainty=SURE, rule="title", title=line.word(j))
    if before in _PLACES and (known.new or may_be_place(line.word(i))):
        return None
    if known.new and before == "das" and line.word(i).endswith(("chen", "lein")):
        return run._replace(certainty=SURE, rule="article")
    if article and (known.given or (known.surname and known.plain) or (known.surname and known.ending and article in ("die", "den"))):
        sure = known.plain or known.ending or (known.given and not _fits(article, known.core, known.sex, line))
        return run._replace(certainty=SURE if sure else SUSPECTED, rule="article")
    if known.new and article and line.word(j) not in ("von", "vom", "des"):
        sure = article in ("der", "dem", "den", "dr") and fold(line.word(j)) in words("saying")
        return run._replace(certainty=SURE if sure else SUSPECTED, rule="unknown")
    if known.given and not line.lower and not article:
        return run._replace(certainty=SURE if _acts(line, run) else SUSPECTED, rule="word")
    if line.lower and not known.given and not (known.surname and known.plain):
        return None
    if known.surname and not known.given and not known.plain and not _stands_out(line, run):
        return None
    return run._replace(certainty=SUSPECTED)


def _stands_out(line: Line, run: Run) -> bool:
    """Whether a surname that is a word stands where the word hardly would: Lang inside a sentence, der Vogel, …"""
    i, article = run.start, _article(line, run.start)
    if noun(line.word(i)):
        after = fold(line.word(run.stop))
        return is_name(line.word(i)) and article in ("der", "die", "dem", "den") and (after == "," or after in words("saying"))
    before = fold(line.word(i - 1))
    return not line.tokens[i].first and not article and before not in ("alles", "nichts", "etwas", "was", "viel", "wenig", "im", "am", "ins")


def _fits(article: str, core: str, sex: str, line: Line) -> bool:
    """Whether article and word may be a common noun's as well; without capitals they always may."""
    if line.lower or fold(core) in _GENDER.get("die" if article == "die" else "der", ()):
        return True
    return (article == "die" and sex == "m") or (article in ("der", "das") and sex == "f")


def _acts(line: Line, run: Run) -> bool:
    """Whether a name that is a word stands where only a person stands: subject of a verb, without article."""
    before, after = fold(line.word(run.start - 1)), fold(line.word(run.stop))
    core = fold(line.word(run.start))
    first = line.tokens[run.start].first
    if core in _MONTHS or before in _PLACES or before in ("im", "am", "ein", "einen", "einem"):
        return False
    beside = {fold(line.word(run.stop + 1))} if after == "und" else set()
    partner = any(shape(word.capitalize()).given and shape(word.capitalize()).plain for word in beside)
    partner = partner or (before in ("und", ",") and shape(line.word(run.start - 2)).given and shape(line.word(run.start - 2)).plain)
    if partner or after in words("saying") - {"und", "ist", "war"} or (after in ("ist", "war") and first):
        return first or before in _PREPOSITIONS or before in ("", ",")
    return before in _PREPOSITIONS and core in ("rosa", "can", "ernst", "urban", "lila", "till")


def _talked_about(line: Line, run: Run) -> bool:
    """Deniz heißt auf Deutsch Meer: the word and not the person."""
    near = [fold(line.word(run.stop + n)) for n in range(4)]
    return "heisst" in near[:1] and "auf" in near and line.word(run.start - 1) not in words("article")


def _compound(line: Line, i: int) -> Run | None:
    """Kaya-Familie, Manni-Clique: the name in front of an ordinary word."""
    front, hyphen, last = line.word(i).rpartition("-")
    if not hyphen or not front or particle(front):
        return None
    known = shape(front, line.lower)
    if not (known.given or known.surname) or shape(last, line.lower).plain or not (ordinary(last) or compound(last.lower())):
        return None
    certainty = SURE if known.plain and known.culture != "en" else SUSPECTED
    if may_be_place(front) or fold(last) in folded("no person's"):
        return None
    return Run(i, i + 1, known.core, certainty, "compound", known.sex, known.culture, "", len(front))
