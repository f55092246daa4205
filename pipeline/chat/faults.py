"""What went wrong between this program and the language model, in words for those who can mend it."""

from __future__ import annotations

from pipeline.chat.address import Server
from pipeline.chat.client import Fault
from pipeline.problems import Problem, Stop

_LESS = "Oder »use: nein« unter »llm« in study.yaml: Dann läuft alles andere ohne Sprachmodell."

# kind of fault -> what happened, what to do
WORDS: dict[str, tuple[str, str]] = {
    "unreachable": ("ist nicht zu erreichen.", "Läuft er? Ollama startet mit »ollama serve«. Stimmt »url« unter »llm« in study.yaml?"),
    "timeout": (
        "hat nicht rechtzeitig geantwortet.",
        "Bitte »timeout« unter »llm« in study.yaml erhöhen (Sekunden) oder ein kleineres Modell nehmen.",
    ),
    "broken": ("hat das Gespräch abgebrochen.", "Reicht der Arbeitsspeicher für das Modell? Näheres steht in der Ausgabe des Servers."),
    "busy": (
        "ist überlastet oder gestört (Antwort {status}).",
        "Vielleicht lädt er das Modell noch. Bitte später noch einmal; Näheres steht in seiner Ausgabe.",
    ),
    "json": ("antwortet mit etwas, das kein JSON ist.", "Führt »url« unter »llm« in study.yaml wirklich zu einem Sprachmodell?"),
    "shape": (
        "antwortet nicht in der verlangten Form.",
        "Das Modell »{model}« hält sich nicht an Vorgaben; bitte ein anderes wählen oder den Server erneuern.",
    ),
    "cut": (
        "bricht seine Antwort ab, bevor sie fertig ist.",
        "Das Modell »{model}« redet zu lange; bitte eines wählen, das nicht erst »nachdenkt«, oder ein größeres.",
    ),
    "large": ("schickt mehr als 2 MB als Antwort; das wird nicht gelesen.", "Bitte ein anderes Modell als »{model}« wählen."),
    "redirect": (
        "verweist an eine andere Adresse (Antwort {status}); dem wird nicht gefolgt.",
        "Bitte die richtige Adresse selbst unter »url« eintragen.",
    ),
    "missing": (
        "kennt das Modell »{model}« nicht, oder die Adresse stimmt nicht (Antwort 404).",
        "Ist das Modell da? »ollama pull {model}« holt es, »ollama list« zeigt alle. »url« endet meist auf /v1.",
    ),
    "key": ("verlangt einen Schlüssel (Antwort {status}); das ist hier nicht vorgesehen.", "Bitte einen Server ohne Anmeldung nehmen."),
    "form": ("weist die Anfrage zurück (Antwort {status}).", "Stimmt »model« unter »llm« in study.yaml? Näheres steht in der Ausgabe des Servers."),
    "status": ("antwortet mit {status} statt mit einer Codierung.", "Führt »url« unter »llm« in study.yaml zu einem Sprachmodell?"),
    "certificate": ("weist sich nicht mit einem gültigen Zertifikat aus.", "Bitte die Leute fragen, die den Server betreiben."),
    "window": (
        "nimmt weniger Text auf, als das Codebuch mit einem Redebeitrag lang ist ({chars} Zeichen, ungefähr {tokens} Wortstücke).",
        "Bitte mit mehr Platz starten: »OLLAMA_CONTEXT_LENGTH={context} ollama serve«, bei llama.cpp »-c {context}«, bei vLLM »--max-model-len {context}«.",
    ),
}  # fmt: skip


def stop(fault: Fault, server: Server, model: str, chars: int) -> Stop:
    """The fault as what people read; it names the server and never holds what was sent or answered."""
    what, hint = WORDS[fault.kind]
    tokens = chars // 3
    room = 4096
    while room < tokens + 6000:
        room *= 2
    facts = {"status": fault.status, "model": model, "chars": chars, "tokens": tokens, "context": room}
    problem = f"Der Server des Sprachmodells ({server.shown}) {what.format(**facts)}"
    return Stop(Problem("", 0, problem, f"{hint.format(**facts)} {_LESS}"))
