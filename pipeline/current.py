"""Whether finished results are those of today's files, and whether consents still allow to look into them."""

from __future__ import annotations

from pipeline import freshness, inputs, study
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.stages import STAGES
from pipeline.status import blocked, status

# From here on results rest on the codebook. Stages behind it that do not read it rest on tables of those before it and on files that
# `_late` looks at; what of them follows from the codebook alone is no news for those who apply it themselves.
_READ_IT = next(n for n, stage in enumerate(STAGES) if "codebook.yaml" in stage.files.values())


def stale(places: Places, codebook: bool = True) -> list[str]:
    """One line where the results are not those of today's files, none where they are.

    `codebook` is false for those who apply today's codebook themselves: its edits make nothing out of date for them.
    Raises `Stop` where a consent forbids to show results.
    """
    try:
        files = inputs.transcripts(places)
    except Stop as stop:
        return [f"Achtung: Die Ergebnisse sind nicht aktuell. {stop.problems[0]}"]
    if forbidden := blocked(places, files):
        raise Stop(forbidden)
    if inputs.read_state(places).get("fingerprint") == freshness.fingerprint(places, STAGES, files):
        return []
    try:
        late = _late(places, codebook)
        if not late:
            seen = status(places, files)
            late = [stage.title for stage, why in (seen if codebook else seen[:_READ_IT]) if why]
    except Stop as stop:
        return [f"Achtung: Die Ergebnisse sind nicht aktuell. {stop.problems[0]}"]
    return [f"Achtung: Die Ergebnisse sind nicht aktuell ({', '.join(late)}). »make analyze« bringt sie auf den Stand."] if late else []


def _late(places: Places, codebook: bool) -> list[str]:
    """Stages whose program, settings or lists changed since the last run: told without reading the codebook, in no time."""
    sections = study.load(places.codebooks / "study.yaml").model_dump(mode="json")
    then = inputs.read_state(places).get("stages", {})
    found = []
    for stage in STAGES:
        old, now = then.get(stage.name, {}).get("signature"), freshness.signature(stage, places, sections)
        if old is not None and not codebook:
            old, now = (_without_codebook(mark) for mark in (old, now))
        if freshness.reasons(old, now):
            found.append(stage.title)
    return found


def _without_codebook(mark: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """A stage's signature but for the codebook and its word lists (files with a folder before their name; a name that ends with a
    stroke is a folder of the study, such as `handcoded/`)."""
    files = {name: sha for name, sha in mark.get("files", {}).items() if name.startswith("private/") or name.endswith("/") or ("/" not in name and name != "codebook.yaml")}
    return {**mark, "files": files}
