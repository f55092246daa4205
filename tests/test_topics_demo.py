"""Names that people gave stay with their topics when an interview comes, on the demo: renamed, adopted, one interview added."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import carry, run

from pipeline.adopt import adopt
from pipeline.places import Places
from pipeline.tables import from_csv

SHARED_TURNS = 0.5  # of a topic's sentences must stay for it to be the same topic


@pytest.fixture
def own(demo: Places, tmp_path: Path) -> Places:
    """The demo in folders of its own, as its run left it."""
    places = Places("demo", *(tmp_path / kind for kind in ("transcripts", "codebooks", "outputs", "private")))
    shutil.copytree(demo.transcripts, places.transcripts)
    shutil.copytree(demo.codebooks, places.codebooks)
    return carry(demo, places)


def topics(places: Places) -> dict[str, tuple[str, set[str]]]:
    """Topic -> (its label, its sentences' ids)"""
    rows = from_csv(places.outputs / "tables" / "topics.csv")
    members = from_csv(places.outputs / "tables" / "segment_topics.csv")
    return {t.topic: (t.label, set(members[members["topic"] == t.topic]["seg"])) for t in rows.itertuples()}


@pytest.mark.long
def test_a_renamed_topic_keeps_its_name_when_an_interview_is_added(own: Places) -> None:
    before = topics(own)
    steady = from_csv(own.outputs / "tables" / "topics.csv").sort_values("steady")["topic"].iloc[-1]
    file = own.outputs / "editable" / "topics.yaml"
    blocks = re.split(r"(?m)^(?=  - name:)", file.read_text("utf-8"))
    at = next(n for n, block in enumerate(blocks) if f"# {steady} " in blocks[n - 1])
    blocks[at] = re.sub(r"- name:.*", "- name: Was uns »wirklich« bewegt", blocks[at], count=1)
    file.write_text("".join(blocks), "utf-8")
    adopt(own, str(file))
    (own.transcripts / "13 Neues Interview.md").write_text(INTERVIEW, "utf-8")

    run(own, "editable")

    after = topics(own)
    assert len({seg for _, mine in after.values() for seg in mine if seg.startswith("I013")}) >= 3
    named = [(topic, mine) for topic, (label, mine) in after.items() if label == "Was uns »wirklich« bewegt"]
    assert len(named) == 1
    (topic, mine), old = named[0], before[steady][1]
    assert len(mine & old) / len(old) >= SHARED_TURNS, (topic, len(mine), len(old), len(mine & old))
    others = {other: len(found & old) for other, (_, found) in after.items() if other != topic}
    assert len(mine & old) > max(others.values())


INTERVIEW = """\
Gruppe: bewohner
Datum: 2026-03-02

I: Wie leben die Menschen hier in Ihrem Viertel zusammen?

B: Bei uns im Haus kennt man sich vom Treppenhaus. Der Hausmeister stellt die Pakete in den Keller, und wer Zeit hat, trägt sie hoch.
Der Aufzug ist seit November kaputt, da hilft man den alten Leuten mit den Taschen. Auf der Straße sagt man Guten Morgen.

I: Wo begegnen sich Menschen verschiedener Herkunft?

B: Am Kiosk morgens, da trinken alle ihren Kaffee. Auf dem Spielplatz sitzen die Mütter auf einer Bank, und die Kinder spielen sowieso zusammen.
In der Kleingartenanlage tauschen sie Tomaten über den Zaun. Beim Amt trifft man sich auch, da haben alle einen Zettel in der Hand.

I: Was sollte sich ändern?

B: Der Bus müsste abends fahren. Und ein Raum, wo man den Kuchen hinstellen kann, ohne vorher drei Anträge zu schreiben.
"""
