"""Which word makes what is told at each place the words or thoughts of others.

A verb of saying or thinking whose subject is not the speaker reports the clauses that depend on it, a main clause
behind it and the one before `sagt er`; beside these stand Konjunktiv I, hearsay (`angeblich`, `soll … gewesen sein`),
sources (`laut`) and quotations.
"""

from __future__ import annotations

from pipeline.stances.following import TURNS, main_clauses
from pipeline.stances.namings import named_as, spoken_of
from pipeline.stances.quotations import quotations
from pipeline.stances.saying import SELF, evidential, negated, says
from pipeline.stances.subjects import subject
from pipeline.stances.turn import Turn

_THAT = frozenset({"dass", "das", "dat", "ob", "wenn"})
_TELLING = frozenset({"erzählen", "berichten", "schildern"})
_INDICATIVE = frozenset("habe werde gebe brauche gehe komme mache bleibe".split())


def mark(turn: Turn) -> list[int]:
    """For every word of the turn the place of what makes it reported, or -1."""
    marks = [-1] * len(turn.kinds)
    triggers: dict[int, int] = {}
    for whole in turn.stretches:
        _inside(turn, whole, triggers)
    for whole in turn.stretches:
        place = says(turn, whole)
        if place >= 0:
            _complement(turn, whole, place, triggers)
    for start, end in turn.found.get("reported", ()):
        _behind(turn, end - 1, start, triggers)
    _announced(turn, triggers)
    for whole in turn.stretches:
        clause = turn.clauses[whole]
        if whole not in triggers and clause.matrix in triggers and clause.opener != triggers[clause.matrix]:
            triggers[whole] = triggers[clause.matrix]
    for number, clause in enumerate(
        turn.clauses
    ):  # `…, der Lohn aber gut`: a clause without its verb goes on with what is said
        if number and clause.kind == "fragment" and clause.joined in triggers and clause.end - clause.start > 3:
            triggers.setdefault(clause.whole, triggers[clause.joined])
    for whole, place in triggers.items():
        for i in turn.places(whole):
            marks[i] = place
    quotations(turn, marks)
    spoken_of(turn, marks)
    named_as(turn, marks)
    return marks


def _inside(turn: Turn, whole: int, triggers: dict[int, int]) -> None:
    """What a clause says of itself: hearsay, a source, Konjunktiv I."""
    kinds = turn.kinds
    places = turn.places(whole)
    place = evidential(turn, places)
    for i in places:
        if "hearsay" in kinds[i].cues or ("source" in kinds[i].cues and _names_source(turn, i)):
            place = i
    finite = turn.clauses[whole].finite
    if place < 0 and finite >= 0 and "reportive" in kinds[finite].cues and _third_person(turn, whole, finite):
        place = finite
    if place < 0 and kinds[places[0]].low == "für" and finite >= 0 and kinds[finite].low in ("bin", "sind"):
        about_us = kinds[min(finite + 1, len(kinds) - 1)].low in SELF
        place = places[0] if about_us else -1  # `für die sind wir nur Ausländer`
    if place >= 0:
        triggers[whole] = place


def _names_source(turn: Turn, i: int) -> bool:
    """`laut der Stadt`, `der Stadt zufolge`; but `wir sind zu laut`."""
    kinds = turn.kinds
    if kinds[i].low == "zufolge":
        return True
    return (
        i + 1 < len(kinds)
        and kinds[i + 1].tag in ("NN", "NE", "ART", "PPOSAT", "PDAT", "ADJA")
        and (i == 0 or kinds[i - 1].low not in ("zu", "so", "sehr"))
    )


def _third_person(turn: Turn, whole: int, finite: int) -> bool:
    """Whether a Konjunktiv I may be one: with `ich` its form is the indicative, at the beginning an imperative."""
    if finite == turn.clauses[whole].start:
        return False
    return turn.kinds[finite].low not in _INDICATIVE or not turn.holds(whole, _FIRST)


_FIRST = frozenset({"ich"})


def _complement(turn: Turn, whole: int, place: int, triggers: dict[int, int]) -> None:
    """The clauses that are said: those that depend on the verb, a main clause behind it, one before `sagt er`."""
    kinds, clause = turn.kinds, turn.clauses[whole]
    last = max(turn.stretches[whole])
    behind = turn.clauses[last + 1] if last + 1 < len(turn.clauses) else None
    below = _that_clauses(turn, whole, place, triggers)
    if "complaint" in kinds[place].cues or (_takes_object(turn, whole, place) and _object(turn, whole)):
        return
    if _complete(turn, whole, place) or clause.kind == "infinitive" or _led_by(turn, clause.opener, _WITHOUT):
        return
    if clause.opener > 2 and kinds[clause.opener].low == "was" and kinds[clause.opener - 3].low == "nach":
        triggers.setdefault(clause.matrix, place)  # `nach dem, was die Nachbarn erzählen, …`
        return
    if _inquit(turn, whole, place):
        triggers.setdefault(turn.clauses[whole - 1].whole, place)
        if behind is not None and behind.start == behind.finite:
            triggers.setdefault(behind.whole, place)  # `Das Kopftuch, sagen sie, stört`
        return
    opener = kinds[clause.opener].low if clause.opener >= 0 else ""
    if opener == "wenn" and clause.matrix >= 0 and _listens(turn, whole, place):
        triggers.setdefault(clause.matrix, place)
        return
    if opener == "was" and clause.matrix >= 0 and turn.holds(clause.matrix, _IS):
        for number in turn.below(clause.matrix):  # `was die meisten denken, ist, dass …`
            if turn.opener(number) in ("dass", "das"):
                triggers.setdefault(number, place)
    if opener in _QUESTIONS:
        if opener == "wie" and behind is not None:  # `wie mein Vater berichtet, …`
            triggers.setdefault(behind.whole, place)
        return
    denied = opener and clause.matrix >= 0 and negated(turn, turn.places(clause.matrix))
    if not below and not denied:
        main_clauses(turn, whole, last, place, triggers)


def _led_by(turn: Turn, opener: int, words: frozenset[str]) -> bool:
    """Whether one of the words stands before the conjunction: `ohne dass es einer gesagt hätte, …`."""
    return opener > 0 and turn.kinds[opener - 1].low in words


_WITHOUT = frozenset({"ohne", "statt", "anstatt"})


def _listens(turn: Turn, whole: int, place: int) -> bool:
    """`wenn man denen so zuhört, …`, `wenn du die Alten fragst, …`: what follows is what one is told."""
    return turn.kinds[place].lemma in _LISTENING and turn.holds(whole, _ANYBODY) and not turn.holds(whole, _ME)


_IS = frozenset({"ist", "war"})
_LISTENING = frozenset({"hören", "zuhören", "fragen", "glauben"})
_ANYBODY = frozenset({"man", "du"})
_ME = frozenset({"mich", "mir", "uns"})
_QUESTIONS = frozenset({"was", "wie", "warum", "wer"})


_CONDITIONS = frozenset({"wenn", "falls", "sobald", "solange"})


def _that_clauses(turn: Turn, whole: int, place: int, triggers: dict[int, int]) -> bool:
    """Marks what depends on the verb; tells whether any clause does behind it, so that no main clause will."""
    kinds = turn.kinds
    any_behind = False
    for number in turn.below(whole):
        clause = turn.clauses[number]
        condition = clause.opener >= 0 and kinds[clause.opener].low in _CONDITIONS  # `hat gesagt, wenn …, dann …`
        any_behind = any_behind or (clause.start > place and clause.kind == "subordinate" and not condition)
        if clause.kind == "infinitive":
            told = "promised" in kinds[place].cues
        else:
            opener = turn.opener(number) if clause.opener != place else ""
            told = opener in _THAT or (opener == "wie" and kinds[place].lemma in _TELLING)
            if opener == "wenn" and kinds[clause.start].low in TURNS:
                told = False  # `…, sagt sie immer, und wenn ich das höre, …`
        if told:
            triggers.setdefault(number, place)
    return any_behind


def _takes_object(turn: Turn, whole: int, place: int) -> bool:
    """Verbs with which a noun is what is heard or promised, so that no clause is: `ich höre Musik, …`."""
    cues = turn.kinds[place].cues
    return "promised" in cues or ("heard" in cues and turn.holds(whole, SELF) and turn.kinds[place].verbal == "f")


def _object(turn: Turn, whole: int) -> bool:
    """Whether the verb has its object in its own clause: `ich höre Musik, …`, `haben uns den Raum versprochen, …`."""
    who = subject(turn.kinds, turn.clauses[whole])
    if any(turn.kinds[i].low in ("das", "dat", "sowas") and turn.kinds[i].tag == "PDS" for i in turn.places(whole)):
        return turn.kinds[turn.places(whole)[-1]].low != ":"
    return any(turn.kinds[i].tag == "NN" and i != who for i in turn.places(whole))


def _complete(turn: Turn, whole: int, place: int) -> bool:
    """`die behaupten viel, wir …`, `alle finden es wichtig, wir …`, `das Klischee hält sich, wir …`: no clause is to
    follow.
    """
    kinds, clause = turn.kinds, turn.clauses[whole]
    places = [i for i in turn.places(whole) if kinds[i].tag[0] != "$"]
    if kinds[turn.places(whole)[-1]].low == ":":
        return False
    if kinds[place].lemma == "finden":
        return kinds[places[-1]].tag in ("ADJD", "ADV", "PTKVZ") and any(kinds[i].low in _OBJECTS for i in places)
    if "opinion" in kinds[place].cues and clause.finite >= 0 and kinds[place].tag == "NN":
        return place != places[-1] and kinds[clause.finite].lemma not in _PRESENTING
    return kinds[places[-1]].low in _MUCH and kinds[places[-1]].tag != "PTKVZ" and places[-1] == place + 1


_OBJECTS = frozenset("es das uns mich dich sie ihn die".split())
_PRESENTING = frozenset(
    "sein haben geben kommen kriegen bekommen herrschen kursieren gehen umgehen lauten heißen".split()
)
_MUCH = frozenset("viel vieles alles nichts einiges allerhand manches".split())


def _inquit(turn: Turn, whole: int, place: int) -> bool:
    """`…, sagen die Leute`: verb first, behind a clause of the same sentence, its subject behind it."""
    clause = turn.clauses[whole]
    if whole == 0 or clause.start != place or turn.kinds[place].verbal != "f":
        return False
    before = turn.clauses[whole - 1]
    return before.sentence == clause.sentence and turn.kinds[clause.start - 1].low != ":" and clause.joined >= 0


def _behind(turn: Turn, place: int, trigger: int, triggers: dict[int, int]) -> None:
    """The clause of an expression and the next one it announces."""
    number = turn.number[place]
    triggers.setdefault(turn.clauses[number].whole, trigger)
    if number + 1 < len(turn.clauses) and turn.clauses[number].sentence == turn.clauses[number + 1].sentence:
        announces = turn.kinds[turn.clauses[number].end - 1].low in (":", ",") and place + 2 >= turn.clauses[number].end
        if announces or turn.clauses[number].kind == "subordinate":
            triggers.setdefault(turn.clauses[number + 1].whole, trigger)


def _announced(turn: Turn, triggers: dict[int, int]) -> None:
    """`Der Lehrer so: …`, `dann kommt gleich: …`: what stands behind the colon, where the speaker does not name himself."""
    kinds = turn.kinds
    for number, clause in enumerate(turn.clauses[:-1]):
        if kinds[clause.end - 1].low != ":" or clause.end - clause.start < 3 or turn.holds(clause.whole, SELF):
            continue
        place = clause.end - 2
        comes = clause.finite >= 0 and kinds[clause.finite].lemma in ("kommen", "gehen")
        if comes or (clause.finite < 0 and kinds[place].low == "so"):
            place = clause.finite if comes else place
            for n in range(number + 1, len(turn.clauses)):
                if turn.clauses[n].sentence == clause.sentence:
                    triggers.setdefault(turn.clauses[n].whole, place)
