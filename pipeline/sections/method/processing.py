"""Facts on what became of the recordings' words: transcription rules found, cleaning, names. Figures come from the public table `cleaning`."""

from __future__ import annotations

from collections import Counter

from pipeline.language import N_, _, ngettext
from pipeline.sections.method.evidence import NOTHING, Evidence, Grid, Told, in_conversations, listed, sentences
from pipeline.wording import decimal, number, thousands

NOTATIONS = {
    "dresing-pehl": "Dresing & Pehl", "kuckartz": "Kuckartz", "gat2": "GAT 2", "tiq": "TiQ", "hiat": "HIAT", "jefferson": "Jefferson", "unknown": N_("nicht bestimmt"),
    "": N_("nicht bestimmt"),
}  # fmt: skip
FILLERS = {"verbatim": N_("»äh« mitgeschrieben"), "smoothed": N_("»äh« geglättet"), "machine": N_("»äh« vom Programm ausgelassen")}
SIGNS = {
    "pause": N_("Pausen"), "event": N_("Lachen, Geräusche und andere Ereignisse"), "time": N_("Zeitmarken"), "abort": N_("Abbrüche"), "filler": N_("Füllwörter (äh, ähm)"),
    "repetition": N_("Wiederholungen"), "backchannel": N_("Hörersignale (mhm)"), "emphasis": N_("Betonungen"), "accent": N_("Akzente"), "gap": N_("unverständliche Stellen"),
    "uncertain": N_("unsicher gehörte Stellen"), "overlap": N_("Überlappungen"), "omission": N_("ausgelassene Stellen"), "mask": N_("Platzhalter, die schon im Transkript standen"),
    "reported_speech": N_("wörtliche Rede in der Rede"), "lengthening": N_("Dehnungen"), "intonation": N_("Tonhöhen"), "manner": N_("Sprechweisen"),
    "cliticised": N_("verschliffene Wörter"), "language": N_("Wechsel der Sprache"), "asr_hallucination": N_("vom Spracherkenner erfundene Sätze"),
    "asr_loop": N_("Schleifen des Spracherkenners"),
}  # fmt: skip
KINDS = {
    "person": N_("Menschen"), "place": N_("Orte"), "org": N_("Einrichtungen"), "street": N_("Straßen"), "office": N_("Ämter, an denen jemand zu erkennen ist"),
    "phone": N_("Telefonnummern"), "email": N_("E-Mail-Adressen"), "url": N_("Internetadressen"), "handle": N_("Namen in sozialen Netzen"), "id": N_("Kennnummern"),
    "birthdate": N_("Geburtsdaten"),
}  # fmt: skip
TIDYING = frozenset({"blank", "comma", "stop"})  # changes that only close up what dropped signs left behind


def counted(e: Evidence, step: str) -> dict[str, int]:
    """Kind -> how often a step met it, over all conversations, most frequent first."""
    found: Counter[str] = Counter()
    for row in e.desk.rows("cleaning"):
        if row.step == step:
            found[row.kind] += row.n
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def notations(e: Evidence) -> Told:
    """By which rules the transcripts are written, as far as their signs tell, how surely, and what people say they meant."""
    if not e.read:
        return NOTHING
    found = Counter(_(NOTATIONS.get(row.notation, row.notation)) for row in e.read)
    told = _("Transkriptionsregeln, an den Zeichen erkannt: {which}.").format(which=listed((name, in_conversations(n)) for name, n in found.most_common()))
    sure = [row.notation_confidence for row in e.read if row.notation not in ("", "unknown") and row.notation_confidence == row.notation_confidence]
    if sure:
        told += " " + _("Sicherheit der Erkennung: {low} bis {high} (1 ist sicher).").format(low=decimal(min(sure)), high=decimal(max(sure)))
    fillers = Counter(_(FILLERS[row.fillers]) for row in e.read if row.fillers in FILLERS)
    if fillers:
        told += " " + _("Füllwörter: {which}.").format(which=listed((name, in_conversations(n)) for name, n in fillers.most_common()))
    rules = e.file.transcription.rules
    return Told(sentences(told, _("Vereinbart war: {rules}").format(rules=rules) if rules else ""), all(row.notation not in ("", "unknown") for row in e.read))


def tools(e: Evidence) -> Told:
    """Formats of the files and the programs that wrote them, as far as the files tell."""
    if not e.read:
        return NOTHING
    formats = Counter(row.format for row in e.read)
    programs = Counter(row.tool for row in e.read if row.tool)
    told = _("Formate der Dateien: {which}.").format(which=listed((name, number(n)) for name, n in sorted(formats.items(), key=lambda p: (-p[1], p[0]))))
    if not programs:
        return Told(sentences(told, _("Mit welchem Programm transkribiert wurde, sagen die Dateien nicht.")), False)
    more = _("Programm, an der Datei erkannt: {which}.").format(which=listed((name, in_conversations(n)) for name, n in sorted(programs.items(), key=lambda p: (-p[1], p[0]))))
    return Told(sentences(told, more), sum(programs.values()) == len(e.read))


def gaps(e: Evidence) -> Told:
    """What of the recordings is not in the text: passages not understood, doubtful or left out."""
    signs = counted(e, "sign")
    if not e.read:
        return NOTHING
    found = [(_(SIGNS[kind]), thousands(signs[kind])) for kind in ("gap", "uncertain", "omission") if signs.get(kind)]
    if not found:
        return Told(_("Unverständliche oder ausgelassene Stellen sind in den Transkripten nicht gekennzeichnet."))
    return Told(_("In den Transkripten gekennzeichnet: {which}.").format(which=listed(found)))


def cleaning(e: Evidence) -> Told:
    """What cleaning found and changed."""
    signs, changes = counted(e, "sign"), counted(e, "change")
    if not e.read:
        return NOTHING
    total = sum(n for kind, n in changes.items() if not set(kind.split("+")) <= TIDYING)
    told = _("Die Bereinigung hat {signs} Zeichen der Transkription erkannt und den Lesetext an {changes} Stellen geändert.")
    kept = _("Die Rohfassung bleibt erhalten; jede Änderung lässt sich bis zu ihr zurückverfolgen.")
    clean = e.desk.settings.clean
    fillers = _("Füllwörter sind im Lesetext weggelassen.") if clean.fillers == "drop" else _("Füllwörter stehen im Lesetext.")
    again = _("Unmittelbare Wiederholungen sind zusammengezogen.") if clean.repetitions == "drop" else _("Unmittelbare Wiederholungen stehen im Lesetext.")
    return Told(sentences(told.format(signs=thousands(sum(signs.values())), changes=thousands(total)), fillers, again, kept))


def signs_grid(e: Evidence) -> Grid:
    rows = [(_(SIGNS.get(kind, kind)), thousands(n), thousands(_docs(e, "sign", kind))) for kind, n in counted(e, "sign").items()]
    return Grid(_("Zeichen der Transkription, die erkannt wurden"), (_("Zeichen"), _("Stellen"), _("Gespräche")), rows)


def _docs(e: Evidence, step: str, kind: str) -> int:
    return len({row.doc for row in e.desk.rows("cleaning") if row.step == step and row.kind == kind})


def names(e: Evidence) -> Told:
    """What was replaced, and what is only suspected."""
    if not e.read:
        return NOTHING
    replaced, suspected = counted(e, "replacement"), counted(e, "suspect")
    masks = counted(e, "sign").get("mask", 0)
    if not replaced:
        told = _("Ersetzt wurde in den Redebeiträgen nichts: Das Programm fand keine Namen, Orte oder Nummern.")
    else:
        which = listed((_(KINDS.get(kind, kind)), thousands(n)) for kind, n in replaced.items())
        told = _("In den Redebeiträgen ersetzt, nach Fundstellen: {which}. Dieselbe Person oder Einrichtung heißt in allen Gesprächen gleich.").format(which=which)
    open_ = ngettext(
        "Eine Stelle ist nur verdächtig und nicht ersetzt; sie steht in der Arbeitsliste.", "{n} Stellen sind nur verdächtig und nicht ersetzt; sie stehen in der Arbeitsliste.",
        sum(suspected.values()),
    ).format(n=thousands(sum(suspected.values())))  # fmt: skip
    before = ngettext("Ein Platzhalter stand schon im Transkript.", "{n} Platzhalter standen schon im Transkript.", masks).format(n=thousands(masks))
    return Told(sentences(told, before if masks else "", open_ if suspected else ""))


def names_grid(e: Evidence) -> Grid:
    replaced, suspected = counted(e, "replacement"), counted(e, "suspect")
    kinds = [*replaced, *(kind for kind in suspected if kind not in replaced)]
    rows = [(_(KINDS.get(kind, kind)), thousands(replaced.get(kind, 0)), thousands(suspected.get(kind, 0))) for kind in kinds]
    return Grid(_("Ersetzte und verdächtige Stellen nach Art"), (_("Art"), _("ersetzt"), _("nur verdächtig, nicht ersetzt")), rows)


def processing(e: Evidence) -> Told:
    """From transcript to reading text, all together."""
    return Told(sentences(notations(e).text, cleaning(e).text, names(e).text))
