"""The verbs of the door: what each does in a line, and the variables that they take."""

from __future__ import annotations

VARIABLES = (
    "STUDY", "TRANSCRIPTS", "CODEBOOKS", "OUTPUTS", "PRIVATE", "NAME", "DOC", "WORD", "PART", "SORT", "CODE", "GROUP", "NONE", "FILE",
    "OLD", "QUOTE", "LIKE", "A", "B", "PORT", "CODER", "CODERS", "SHARE", "MODE", "N",
)  # fmt: skip
HELP = {
    "analyze": "alles auswerten, was neu oder geändert ist, und den Bericht schreiben",
    "status": "zeigen, welche Schritte nicht aktuell sind, und warum",
    "stage": "nur bis zu einem Schritt auswerten: make stage NAME=clean",
    "formats": "zeigen, als was die Dateien eines Ordners gelesen werden: make formats TRANSCRIPTS=…",
    "new": "eine neue Studie anlegen: make new STUDY=meine_studie",
    "check": "Codebuch, Leitfaden und Listen prüfen, auch Beispiele gegen Regeln",
    "explore": "im Material suchen, ohne Angabe erklärt: make explore WORD=…, CODE=…, GROUP=…, LIKE=… oder NONE=ja",
    "why": "erklären, welche Kategorien eine Stelle bekam und welche fast: make why QUOTE=…",
    "diff": "die Wirkung zweier Fassungen des Codebuchs vergleichen: make diff OLD=…",
    "watch": "den Bericht im Browser zeigen und bei jedem Speichern auffrischen; beenden mit Strg+C",
    "review": "im Browser lesen und entscheiden: Vorschläge annehmen, verwerfen, ändern, Eigenes codieren: make review CODER=mk",
    "sample": "Stellen zum Lesen ziehen: make sample CODER=mk MODE=learning (unsichere), random (zum Schätzen, ohne Vorschläge) oder control (seltene)",
    "double": "doppelt codieren: make double CODERS=mk,ab SHARE=0.15 zieht eine Stichprobe; ohne Angabe: Stand und Übereinstimmung",
    "merge": "Entscheidungen einer anderen Kopie des Projekts übernehmen: make merge FILE=…",
    "compare": "zwei Erhebungen, Studien oder Fassungen des Codebuchs vergleichen, ohne Angabe erklärt: make compare A=… B=…",
    "pdf": "den Bericht als PDF drucken (braucht Chromium, Chrome oder Edge)",
    "learn": "aus Ihren Entscheidungen lernen und sagen, was besser und schlechter wurde",
    "evaluate": "messen, wie gut die Vorschläge sind, an dem, was Menschen gelesen haben",
    "codebook": "das Codebuch als Tabelle für Excel schreiben",
    "adopt": "Bearbeitetes übernehmen: Codebuch als Tabelle, Arbeitsblatt, fremde Codeliste, Themen, Kernaussagen, Methode: make adopt FILE=…",
    "forget": "ein Gespräch mit allem löschen, was daraus entstand: make forget DOC=I003",
    "fresh": "Zwischenergebnisse löschen (Transkripte, Codebuch und Schlüssel bleiben)",
    "help": "diese Übersicht",
}
# Verb -> module, function, and the variables that it takes; a single one may stand behind it without its name.
PLAIN: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "why": ("pipeline.why", "why", ("QUOTE",)), "diff": ("pipeline.effect", "against", ("OLD",)), "codebook": ("pipeline.adopt", "export", ()),
    "adopt": ("pipeline.adopt", "adopt", ("FILE",)),
    "compare": ("pipeline.compare", "compare", ("A", "B")), "pdf": ("pipeline.pdf", "pdf", ()),
    "sample": ("pipeline.sample", "sample", ("CODER", "MODE", "N")), "double": ("pipeline.double", "double", ("CODERS", "SHARE")),
    "merge": ("pipeline.merge", "merge", ("FILE",)),
}  # fmt: skip
