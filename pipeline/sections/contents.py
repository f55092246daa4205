"""The report's list of contents: parts that fold, each with its chapters, in the order of the page."""

from __future__ import annotations

from types import SimpleNamespace

from pipeline.addresses import QUOTES
from pipeline.language import N_, _

_COMPARED = (("gruppen", N_("Nach Gruppen")), ("faelle", N_("Nach Befragten")), ("zusammen", N_("Zusammen genannt")), ("themen", N_("Themen, ohne Codebuch gesucht")))
_METHOD = (
    ("methode", N_("Methode")), ("checklisten", N_("Checklisten")), ("positionalitaet", N_("Positionalität")), ("zitieren", N_("Zitieren")),
    ("material", N_("Material")), ("datenschutz", N_("Datenschutz")), ("guete", N_("Wie gut die Vorschläge sind")),
    ("einigkeit", N_("Wie einig sich Codierende sind")), ("zyklus", N_("Kategorienzyklus")), ("grenzen", N_("Grenzen")),
)  # fmt: skip
_APPENDIX = ((QUOTES, N_("Alle Belegstellen")), ("ungelesen", N_("Ungelesene Sätze")), ("transkripte", N_("Transkripte")))


def contents(
    questions: list[SimpleNamespace], categories: list[SimpleNamespace], cases: list[SimpleNamespace], sections: list[SimpleNamespace]
) -> list[SimpleNamespace]:
    """Parts as (title, entries); an entry is (anchor, label, number, german). The first part has no title: it stands above all.

    `sections`: chapters of the codebook, an entry for each top-level category.
    """
    return [
        _part("", [_entry("ueberblick", _("Überblick")), _entry("kernaussagen", _("Kernaussagen")), _entry("lesen", _("So ist dieser Bericht zu lesen"))]),
        _part(_("Die Fragen des Rates"), [_entry(c.anchor, c.short, c.number) for c in questions]),
        _part(_("Nach Kategorien"), [_entry(f"kapitel-{c.code}", c.label, german=True) for c in categories]),
        _part(_("Vergleichen"), _fixed(_COMPARED)),
        _part(_("Fälle"), [_entry(c.anchor, c.short) for c in cases]),
        _part(_("Codebuch"), [_entry("codebuch", _("Codebuch")), *(_entry(f"codebuch-{c.id}", c.entry.label, german=True) for c in sections)]),
        _part(_("Methode und Güte"), _fixed(_METHOD)),
        _part(_("Anhang: nachlesen"), _fixed(_APPENDIX)),
    ]


def _part(title: str, entries: list[SimpleNamespace]) -> SimpleNamespace:
    return SimpleNamespace(title=title, entries=entries)


def _fixed(entries: tuple[tuple[str, str], ...]) -> list[SimpleNamespace]:
    return [_entry(anchor, _(label)) for anchor, label in entries]


def _entry(anchor: str, label: str, number: str = "", german: bool = False) -> SimpleNamespace:
    return SimpleNamespace(anchor=anchor, label=label, number=number, german=german)
