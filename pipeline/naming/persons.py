"""Persons in an interview: by title, by relation, by given name, by what introduces them, and by what was heard before."""

from __future__ import annotations

from pipeline.naming.announced import introduced, related, titled
from pipeline.naming.base import SURE, SUSPECTED, Found, Talk
from pipeline.naming.dictionary import compound, ordinary
from pipeline.naming.doubts import acts, article_before, fits, stands_out, strange_person, talked_about
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.glances import odd
from pipeline.naming.heard import again
from pipeline.naming.lexicon import given, place, surname
from pipeline.naming.net import cast, may_be_org, name_shaped, unlisted, verb
from pipeline.naming.runs import Run, particle, run_at
from pipeline.naming.scan import Line, collieries, scan
from pipeline.naming.shapes import is_title, may_be_place, shape

_PLACES = frozenset("in aus nach im inne".split())


def find(talk: Talk) -> list[list[Found]]:
    """Mentions of persons, one list a text, in order; names learnt in one text are found in all."""
    lines = scan(talk)
    mines = collieries(lines)
    found = [[m for m in _first(line) if not (fold(m.core) in mines and _mined(line, m))] for line in lines]
    known = again(lines, found, mines)
    return [
        sorted([*own, *cast(line, own, odd)], key=lambda m: m.start) for line, own in zip(lines, known, strict=True)
    ]


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
        if run.certainty == SURE and not run.cut and _surname_like(line, run):
            token = line.tokens[i]
            certainty = SURE if unlisted(token.text) and not may_be_org(token.text) else SUSPECTED
            found.append(Found(token.start, token.end, "person", token.text, token.text, certainty, "after given"))
            i += 1
    return found


def _surname_like(line: Line, run: Run) -> bool:
    """Ingo Sprengel: a noun right behind a given name may be the surname, where a person was announced."""
    i = run.stop
    last = shape(line.word(i - 1))
    if line.word(i - 1).endswith(("'", "’")):
        return False
    if (
        line.lower
        or not line.capital(i)
        or not last.given
        or last.ending
        or fold(line.word(i)) in folded("not in a body's name", "not a name")
    ):
        return False
    if line.word(i) in words("after a name") or is_title(line.word(i)):
        return False
    if not last.surname and unlisted(line.word(i)) and not may_be_org(line.word(i)):
        return True
    before = fold(line.word(run.start - 1))
    announced = (
        run.title
        or run.rule == "kin"
        or before in ("von", "gewisser", "gewissen", "gewisse", "heisst", "heisse", "hiess")
        or line.tokens[run.start].first
    )
    return bool(announced) and line.word(i) not in words("after a name") and not is_title(line.word(i))


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
        return titled(line, i)
    if word in words("kin"):
        return related(line, i)
    if line.capital(i) and fold(line.word(i + 1)) in ("genannt", "gerufen", "getauft") and not is_title(word):
        return Run(
            i,
            i + 1,
            word,
            SURE if shape(word).given or fold(line.word(i - 1)) in ("mich", "ihn", "uns", "sie", "nur") else SUSPECTED,
            "called",
            shape(word).sex,
            shape(word).culture,
        )
    if fold(word) in folded("name cue") and not line.capital(i + 1) and not line.lower:
        cue = introduced(line, i)
        if cue:
            return cue
    return _bare(line, i)


def _bare(line: Line, i: int) -> Run | None:
    """A name without a title: known given names, surnames after an article, names of unknown words."""
    word = line.word(i)
    arabic = fold(word).partition("-")[0] in ("el", "al", "abu", "umm", "oum")
    if not line.capital(i) and not line.lower and not arabic:
        return None
    if (
        fold(word) in folded("not a name")
        or is_title(word)
        or (line.lower and word in words("particles") and not arabic)
    ):
        return None
    if fold(line.word(i - 1)) == "auf" and _mine(line, i):
        return None
    if fold(line.word(i - 2)) in ("schliessung", "stilllegung") and place(word) == "mine":
        return None
    run = run_at(line, i + 1, "") if arabic and "-" not in word else run_at(line, i, "")
    if run and arabic and "-" not in word:
        run = run._replace(start=i, core=f"{word} {run.core}", certainty=SURE, culture="ar")
    family = _family(line, i)
    if family:
        return family
    if run is None:
        return _compound(line, i)
    if talked_about(line, run):
        return run._replace(certainty=SUSPECTED, rule="meaning")
    if run.certainty == SURE:
        return run
    return _by_article(line, run)


def _family(line: Line, i: int) -> Run | None:
    """Püttmanns Willi, Fuchsens Manni: a surname in the genitive before a given name."""
    word, after = line.word(i), shape(line.word(i + 1), line.lower)
    core = word[:-3] if word.endswith("ens") else word[:-1]
    if (
        line.lower
        or not word.endswith("s")
        or len(core) < 4
        or not line.capital(i + 1)
        or not (after.given and after.plain)
    ):
        return None
    if not (surname(core) or unlisted(core)) or given(word) or shape(word).given:
        return None
    return Run(i, i + 2, f"{core} {after.core}", SURE, "family", after.sex, after.culture)


def _mine(line: Line, i: int) -> bool:
    """auf Auguste Victoria: a colliery and not a person."""
    return any(place("-".join(line.word(i + n) for n in range(size))) == "mine" for size in (2, 3))


def _by_article(line: Line, run: Run) -> Run | None:
    """What an article, a following title or a verb of saying says of a doubtful name."""
    i, j = run.start, run.stop
    before, article = fold(line.word(i - 1)), article_before(line, i)
    known = shape(line.word(i), line.lower)
    if line.word(j) in words("after a name") and (known.given or known.new):
        return run._replace(certainty=SURE, rule="title", title=line.word(j))
    if before in _PLACES and (known.new or may_be_place(line.word(i))):
        return None
    if known.new and before == "das" and line.word(i).endswith(("chen", "lein")):
        return run._replace(certainty=SURE, rule="article")
    if article and (
        known.given or (known.surname and known.plain) or (known.surname and known.ending and article in ("die", "den"))
    ):
        sure = known.plain or known.ending or (known.given and not fits(article, known.core, known.sex, line))
        return run._replace(certainty=SURE if sure else SUSPECTED, rule="article")
    if known.new and not line.lower and strange_person(line, run, article):
        return run._replace(certainty=SURE, rule="strange")
    if known.new and article and name_shaped(line.word(i)) and (not line.lower or verb(line.word(j))):
        return run._replace(certainty=SURE, rule="strange")
    if known.new and article:
        return run._replace(rule="unknown")
    if known.given and not line.lower and not article:
        return run._replace(certainty=SURE if acts(line, run) else SUSPECTED, rule="word")
    if line.lower and not known.given and not (known.surname and known.plain):
        return None
    if known.surname and not known.given and not known.plain and not stands_out(line, run):
        return None
    return run._replace(certainty=SUSPECTED)


def _compound(line: Line, i: int) -> Run | None:
    """Kaya-Familie, Manni-Clique: the name in front of an ordinary word."""
    front, hyphen, last = line.word(i).rpartition("-")
    if not hyphen or not front or particle(front):
        return None
    known = shape(front, line.lower)
    if (
        not (known.given or known.surname)
        or shape(last, line.lower).plain
        or not (ordinary(last) or compound(last.lower()))
    ):
        return None
    certainty = SURE if known.plain and known.culture != "en" else SUSPECTED
    if may_be_place(front) or fold(last) in folded("no person's"):
        return None
    return Run(i, i + 1, known.core, certainty, "compound", known.sex, known.culture, "", len(front))
