"""The chapter on topics: words that claim no more than is known, pictures that are tables as well, nobody quoted who did not agree."""

from __future__ import annotations

import io
import re
import time
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import pages, tables, wording, workbook
from pipeline.addresses import to_quotes
from pipeline.charts import layout as pictures
from pipeline.charts import topic_map
from pipeline.excel.build import JOINED, build
from pipeline.excel.headings import HEADINGS, OWN, SHEETS
from pipeline.excel.sheets import labelled, sheets, topic_sentences
from pipeline.guide import Guide, Question
from pipeline.sections import topics
from pipeline.sections.material import Names
from pipeline.study import Findings, Report, Topics, Variable

CASES = ("I001", "I002", "I003", "I004")
SAID = ("Wir trinken Kaffee nach dem Freitagsgebet.", "Die Bäckerei hat auf.", "Am Zaun reden wir.", "Das Beet ist trocken.")
QUESTIONS = Guide(questions=(Question(id="L3", text="Wo begegnet man sich?", label="Orte"),))
Rows = dict[str, list[dict[str, Any]]]


def rows() -> Rows:
    """Four interviews; T01 without a category, T02 an echo, T03 covered, T04 hidden. The person of I004 may not be quoted."""
    turns, segments, mine = [], [], []
    for n, case in enumerate(CASES):
        turns.append({"doc": case, "turn": 1, "speaker": "B", "case": case, "role": "respondent", "t_start": 60.0, "text": " ".join(SAID)})
        at = 0
        for k, text in enumerate(SAID):
            seg = f"{case}.{k}"
            segments.append({"seg": seg, "doc": case, "turn": 1, "start": at, "end": at + len(text)})
            if k < 3:
                mine.append({"seg": seg, "topic": f"T0{k + 1}", "weight": 1 - n / 10, "rank": n + 1})
            at += len(text) + 1
    spans = {s["seg"]: s for s in segments}

    def quote(topic: str, kind: str, rank: int, seg: str) -> dict[str, Any]:
        return {"topic": topic, "kind": kind, "rank": rank, "case": spans[seg]["doc"], **spans[seg]}

    def topic(n: int, label: str, **more: Any) -> dict[str, Any]:
        return {
            "topic": f"T0{n}", "label": label, "words": label, "named": "no", "hidden": "no", "stability": 0.72, "steady": 0.8, "halves": 0.45, "firm": "yes", "worded": 0.75, "coherence": 0.21, "n_segments": 4,
            "n_cases": 4, "n_docs": 4, "share": 0.25, "largest_case": "I001", "largest_case_share": 0.25, "echo": 0.0, "x": n / 5, "y": 0.5, **more,
        }  # fmt: skip

    return {
        "documents": [{"doc": c, "status": "ok", "words": 1, "turns": 1} for c in CASES],
        "speakers": [{"doc": c, "speaker": "B", "turns": 1, "words": 9, "quotable": "yes" if c != "I004" else ""} for c in CASES],
        "cases": [{"case": c, "doc": c, "speaker": "B", "ort": "Nord" if c < "I003" else "Süd"} for c in CASES],
        "turns": turns, "segments": segments, "moments": [], "segment_topics": mine,
        "codes": [
            {"order": n, "code": c, "parent": "", "level": level, "label": f"Kategorie {c}", "coded": "yes"}
            for n, (c, level) in enumerate([("POT", 0), ("POT.netz", 1), ("SEG", 0), ("SEG.ort", 1)])
        ],
        "topics": [
            topic(1, "Kaffee nach dem Gebet", named="yes", memo="Mit dem Verein besprechen.", largest_case_share=0.75), topic(2, "Bäckerei · Brot", echo=0.8, echo_question="L3"),
            topic(3, "Zaun · Laube", n_cases=1, stability=0.31), topic(4, "Verborgenes", hidden="yes"),
        ],
        "topic_terms": [{"topic": f"T0{n}", "rank": r, "term": f"Wort{n}{r}", "weight": 1 / r} for n in (1, 2, 3, 4) for r in (1, 2, 4)],
        "topic_phrases": [{"topic": "T01", "rank": 1, "phrase": "Kaffee danach", "n_segments": 3, "n_cases": 2}, {"topic": "T01", "rank": 2, "phrase": "nur einer sagt es", "n_segments": 2, "n_cases": 1}],
        "topic_quotes": [
            quote("T01", "typical", 1, "I001.0"), quote("T01", "typical", 2, "I004.0"), quote("T01", "atypical", 1, "I002.1"), quote("T04", "typical", 1, "I001.3"),
        ],
        "topic_edits": [
            {"entry": 1, "line": 2, "name": "Kaffee nach dem Gebet", "action": "rename+memo", "topic": "T01", "likeness": 0.9, "status": "found", "terms": "Kaffee"},
            {"entry": 2, "line": 9, "name": "Fußball", "action": "rename", "topic": "T03", "likeness": 0.1, "status": "lost", "terms": "Tor, Ball"},
            {"entry": 3, "line": 15, "name": "Unberührt", "action": "none", "topic": "T02", "likeness": 1.0, "status": "found", "terms": "Brot"},
        ],
        "topic_codes": [
            {"topic": "T03", "code": "POT.netz", "basis": "reviewed", "n_segments": 3, "n_cases": 2, "share_topic": 0.5, "share_code": 0.4, "lift": 3.2},
            {"topic": "T03", "code": "SEG.ort", "basis": "proposed", "n_segments": 3, "n_cases": 2, "share_topic": 0.25, "share_code": 0.1, "lift": 2.0},
        ],
        "topic_new": [{
            "topic": "T01", "covered": 0.08, "best_code": "POT.netz", "best_share": 0.05, "n_cases": 4, "id": "NEU.kaffee", "label": "Kaffee", "terms": "Kaffee\nTee",
            "anchors": "I001:1:0-42 | I002:1:0-42", "snippet": "- id: NEU.kaffee\n  label: <Kaffee>\n",
        }],
        "code_topics": [{"code": "SEG.ort", "basis": "proposed", "n_segments": 9, "n_topics": 5, "spread": 0.9, "main_topic": "T02", "main_share": 0.3, "outside": 0.2, "scattered": "yes"}],
        "topic_groups": [
            group("T01", "ort", "Nord", 0.12, 0.04, "deutlicher Unterschied"), group("T01", "ort", "Süd", 0.04, 0.12, "nicht vom Zufall zu unterscheiden"),
            group("T02", "question", "L3", 0.2, 0.1, "vielleicht"), group("T02", "ort", "West", float("nan"), float("nan"), "zu wenige Befragte"),
            group("T04", "ort", "Nord", 0.9, 0.1, "deutlicher Unterschied"),
        ],
        "topic_models": [
            {"model": m, "used": "yes" if m == "joint" else "no", "number": 4, "coherence": 0.2, "stability": 0.7, "outside": 0.25, "agreement": 0.6} for m in ("lda", "joint")
        ],
        "topic_numbers": [{"number": n, "stability": s, "coherence": 0.1, "score": s, "chosen": "yes" if n == 4 else "no"} for n, s in ((3, 0.6), (4, 0.72), (6, 0.5))],
        "topic_notes": [],
    }  # fmt: skip


def group(topic: str, variable: str, value: str, share: float, others: float, verdict: str) -> dict[str, Any]:
    return {
        "topic": topic, "variable": variable, "value": value, "n_cases": 7, "n_group": 3, "share": share, "others": others, "difference": share - others,
        "low": share - others - 0.03, "high": share - others + 0.03, "p": 0.01, "p_all": 0.02, "verdict": verdict,
    }  # fmt: skip


def page(made: Rows | None = None, counts: str = "proposals", small: int = 3) -> str:
    """The chapter as HTML."""
    made = made or rows()
    extra = {"cases": ("ort",)}
    frames = {name: tables.frame(name, data, extra.get(name, ())) for name, data in made.items()}
    settings: Any = SimpleNamespace(
        variables={"ort": Variable(label="Ort")}, findings=Findings(groups=("ort",), small=small), report=Report(counts=counts), topics=Topics(),  # type: ignore[arg-type]
    )  # fmt: skip
    env = pages.environment()
    env.filters["capitalfirst"] = wording.capital
    values = topics.chapter(frames, Names(settings, frames["cases"], frames["documents"]), settings, QUESTIONS)
    ui = env.get_template("macros.html.j2").make_module({"study": SimpleNamespace(language="de"), "pictures": {}})
    return env.get_template("topics.html.j2").render(**values, study=settings, ui=ui)


def drawn(made: Rows | None = None) -> Any:
    """The topic map."""
    frames = {name: tables.frame(name, data, ("ort",) if name == "cases" else ()) for name, data in (made or rows()).items()}
    desk = SimpleNamespace(tables=frames, rows=lambda name: list(frames[name].itertuples()), names=SimpleNamespace(cases=dict.fromkeys(CASES)))
    return topic_map.picture(desk)


def without_topics(note: str, value: float) -> Rows:
    made = {name: [] if name.startswith(("topic", "segment_topics", "code_topics")) else data for name, data in rows().items()}
    made["topic_notes"] = [{"note": note, "value": value, "text": ""}]
    return made


def article(text: str, name: str) -> str:
    found = re.search(rf'(?s)<article class="code" id="{name}">.*?</article>', text)
    assert found, name
    return found.group()


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.styles: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            elif name == "href":
                self.links.append(str(value))
            elif name == "style" or name.startswith("on"):
                self.styles.append(str(value))


def test_too_little_material_says_so_and_what_would_help() -> None:
    for note, value, words in (
        ("too_little", 84, "erst ab 300 Sätzen der Befragten mit Inhaltswörtern, hier sind es 84"), ("too_few", 6, "erst ab acht Gesprächen mit zehn solchen Sätzen, hier sind es sechs"),
        ("too_few", 1, "hier ist es eines"), ("nothing_holds", float("nan"), "zwei Hälften der Gespräche, getrennt durchsucht, fanden es nicht sicherer"),
    ):  # fmt: skip
        text = page(without_topics(note, value))
        assert words in text
        assert "Was hilft" in text
        assert "study.yaml" in text
        assert "<svg" not in text
        assert "<article" not in text
        assert "Themen bearbeiten" not in text


def test_no_topics_and_no_reason_is_still_a_chapter() -> None:
    made = without_topics("too_little", 3)
    made["topic_notes"] = []
    assert "Lieber keine als erfundene" in page(made)


def test_edits_are_told_even_where_there_are_no_topics() -> None:
    made = without_topics("too_little", 84)
    made["topic_edits"] = [{**rows()["topic_edits"][1], "topic": ""}]
    assert "Nicht wiedergefunden" in page(made)


def test_what_fits_nowhere_is_named() -> None:
    assert "4 der 16 Sätze passen in kein Thema (25 von 100)." in page()


def test_what_the_words_of_a_topic_tell_is_counted() -> None:
    made = rows()
    made["topics"][0] |= {"n_segments": 212, "worded": 34 / 212}
    made["topics"][1]["worded"] = float("nan")
    text = page(made)
    # The fixture's topics have three words.
    assert '<span class="caution">Eines der drei Wörter steht in 34 der 212 Sätze; die übrigen liegen dem Sinn nach nahe.' in article(text, "thema-T01")
    assert "Eines der" not in article(text, "thema-T02")
    assert '<p class="definition">Eines der drei Wörter steht in 3 der 4 Sätze; die übrigen liegen dem Sinn nach nahe.<br>' in article(text, "thema-T03")
    assert "sprechen davon" not in text


def test_a_part_of_a_topic_has_no_count_of_words_that_nobody_made() -> None:
    made = rows()
    same = {name: made["topics"][0][name] for name in ("stability", "steady", "halves", "coherence", "x", "y")}
    made["topics"][1] |= same
    text = page(made)
    assert "Teil eines geteilten Themas" in article(text, "thema-T01")
    assert "Eines der drei Wörter" not in article(text, "thema-T01") + article(text, "thema-T02")
    assert "Eines der drei Wörter" in article(text, "thema-T03")


def test_a_topic_of_people_who_may_not_be_quoted_says_so() -> None:
    made = rows()
    for s in made["speakers"][:3]:
        s["quotable"] = ""
    made["topic_quotes"] = []
    assert "dürfen nicht zitiert werden" in article(page(made), "thema-T03")
    made["speakers"][0]["quotable"] = "yes"
    assert "dürfen nicht zitiert werden" not in article(page(made), "thema-T03")


def test_that_all_topics_are_hidden_is_said() -> None:
    made = rows()
    for t in made["topics"]:
        t["hidden"] = "yes"
    text = page(made)
    assert "Alle vier Themen sind ausgeblendet (topics.yaml, hide); zu zeigen ist keines." in text
    assert "<article" not in text
    assert "Probe stand" not in text  # of topics that are not there
    made["topics"][0]["hidden"] = made["topics"][1]["hidden"] = "no"
    assert "Zwei Themen sind ausgeblendet (topics.yaml, hide); ihre Sätze zählen weiter mit." in page(made)


def test_only_topics_that_were_compared_with_the_codebook_have_its_verdict() -> None:
    made = rows()
    made["topics"][2]["firm"] = "no"
    kinds = {line[0]["text"]: line[2] for line in drawn(made).table}
    assert kinds == {"T01": "vom Codebuch wenig erfasst", "T02": "Wortlaut einer Frage", "T03": "nicht mit dem Codebuch verglichen"}
    assert {line[2] for line in drawn().table} == {"vom Codebuch wenig erfasst", "Wortlaut einer Frage", "nicht deutlich weniger codiert als andere"}
    assert "von Kategorien erfasst" not in page() + page(made)


def test_a_number_that_was_set_is_not_called_chosen_and_nothing_is_carried_by_chance() -> None:
    made = rows()
    made["topic_notes"] = [{"note": n, "value": v, "text": ""} for n, v in (("set", 6), ("firm", 2), ("limit", 0.3))]
    text = page(made).split('id="themen-entstanden"')[1]
    assert "von sich aus trüge das Material vier Themen" in text
    assert [len(re.findall(word, text)) for word in ("gewählt", ", von sich aus<", ", festgelegt<", "<td>von sich aus<", "<td>festgelegt<")] == [0, 2, 2, 1, 1]
    made["topic_notes"][1]["value"], made["topic_notes"][2]["value"] = 0, 0.8
    for t in made["topics"]:
        t["firm"] = "no"
    made["topic_numbers"][0]["stability"] = 0.79
    text = page(made).split('id="themen-entstanden"')[1]
    assert "trüge" not in text
    assert "von sich aus<" not in text
    assert "Bei keiner der versuchten Zahlen stimmen die Hälften im Mittel mehr überein, als der Zufall erklärt (bis 0,80)" in text
    assert "bei drei, der kleinsten Zahl, die versucht wurde." in text
    made["topic_notes"][2]["value"] = 0.7  # the curve goes beyond it
    assert "Bei keiner der versuchten Zahlen" not in page(made)
    assert "trüge" not in page(made)


def test_why_the_model_of_words_and_meaning_is_used_is_said_where_others_look_steadier() -> None:
    made = rows()
    assert "sehen hier stabiler aus" not in page(made)
    made["topic_models"][0]["stability"] = 0.9
    text = page(made)
    assert text.count("sehen hier stabiler aus") == 1
    assert '<th scope="col" class="n">Stabilität eines einzelnen Laufs</th>' in text


def test_links_lead_to_places_in_the_page() -> None:
    found = Links(page())
    elsewhere = {f"{c}-1" for c in CASES} | {to_quotes(f"Kategorie {c}", code=c)[1:] for c in ("POT", "POT.netz", "SEG", "SEG.ort")}
    assert {link[1:] for link in found.links} <= set(found.ids) | elsewhere
    assert all(link.startswith("#") for link in found.links)
    assert len(found.ids) == len(set(found.ids))
    assert {"#I001-1", "#thema-T01", "#thema-neu-T01", "#themen-bearbeiten"} <= set(found.links)
    assert not found.styles  # the page's policy allows neither


def test_hidden_topics_are_only_counted() -> None:
    text = page()
    assert "Verborgenes" not in text
    assert "T04" not in text
    assert "Wort41" not in text
    assert "Ein Thema ist ausgeblendet (topics.yaml, hide); seine Sätze zählen weiter mit." in text


def test_quotes_stand_with_their_place_and_only_of_people_who_agreed() -> None:
    own = article(page(), "thema-T01")
    assert own.count(SAID[0]) == 1  # the second is of I004
    assert wording.NOT_QUOTABLE in own
    assert '<a href="#I001-1">Interview 1, Beitrag 1, 00:01:00</a>' in own
    assert re.search(r"Bäckerei hat auf\.“</p>\s*<p class=\"source\"><a href=\"#I002-1\">.*?am Rand des Themas", own)


def test_a_snippet_with_the_words_of_somebody_who_must_not_be_quoted_is_kept_back() -> None:
    made = rows()
    made["segments"][12] |= {"start": 0}
    made["turns"][3]["text"] = "Niemals zitieren, bitte, das hier." + " " * 90
    made["segments"][12]["end"] = 34
    made["topic_new"][0]["snippet"] = '- id: NEU\n  examples:\n    - text: "Niemals zitieren,\n        bitte, das hier."\n'
    text = page(made)
    assert "Niemals zitieren" not in text
    assert "Keine Vorlage" in text


def test_an_anchor_of_somebody_who_must_not_be_quoted_has_no_words() -> None:
    made = rows()
    made["topic_new"][0]["anchors"] = "I001:1:0-42 | I004:1:0-42"
    own = article(page(made), "thema-neu-T01")
    assert own.count(SAID[0]) == own.count(wording.NOT_QUOTABLE) == 1
    assert "Keine Vorlage" in own


def test_marks_say_what_weakens_a_topic() -> None:
    text = page()
    assert "Mehr als die Hälfte der Sätze stammt von einer Person." in article(text, "thema-T01")
    assert "Dieses Thema gibt vor allem den Wortlaut der Frage L3 (»Orte«) wieder." in article(text, "thema-T02")
    third = article(text, "thema-T03")
    assert "Alle Sätze stammen von einer Person." in third
    assert "Vier Sätze von einer der vier Befragten, 25 von 100." in third
    assert "Stabilität (0,31): Lässt man je ein Interview weg, bleiben von den zehn Wörtern im Mittel 3,1 und 80 von 100 Sätzen gleich." in third
    assert "Kein Satz dieses Themas eignet sich als Zitat." in third
    assert "von Menschen benannt" in article(text, "thema-T01")
    assert "von Menschen benannt" not in third
    assert "Mit dem Verein besprechen." in text


def test_read_and_proposed_categories_stay_apart() -> None:
    own = article(page(), "thema-T03")
    read, open_ = own.split('<p class="proposal">')
    assert "Kategorie POT.netz</a> (drei von sechs gelesenen Sätzen, 3,2-mal so oft wie sonst)" in read
    assert "SEG.ort" not in read
    assert "Kategorie SEG.ort</a> (drei von zwölf, 2-mal so oft wie sonst)" in open_.split("</p>")[0]
    alone = page(counts="reviewed")
    assert "Kategorie POT.netz" in alone
    assert "SEG.ort" not in alone
    assert "proposal" not in alone


def test_what_one_person_said_goes_with_nothing() -> None:
    made = rows()
    made["topic_codes"][0]["n_cases"], made["topic_codes"][1]["n_segments"] = 1, 2
    made["topic_codes"].append({**made["topic_codes"][0], "code": "POT", "n_cases": 4} | {"code": "SEG.ort", "lift": 1.04})  # no oftener than elsewhere
    own = article(page(made), "thema-T03")
    assert "stellen-" not in own
    assert "Kategorie POT.netz" in page(made)


def test_categories_stand_in_the_codebooks_order_under_their_heading() -> None:
    table = page().split('id="themen-kategorien"')[1].split("</table>")[0]
    assert re.findall(r"#belege\?code=([\w.]+)", table) == ["POT", "POT.netz", "SEG", "SEG.ort"]
    assert table.index('<td class="h5"><span class="figures" title="drei von sechs gelesenen Sätzen">50</span>') < table.index('<span class="open" title="Vorschläge, ungelesen">25</span>')


def test_only_clear_differences_are_told_first_and_bold() -> None:
    text = page().split('id="themen-gruppen"')[1].split('id="themen-neu"')[0]
    told = re.findall(r"(?s)<li>(.*?)</li>", text)
    assert len(told) == 1
    plain = re.sub(r"<[^>]+>", "", told[0])
    assert plain == (
        "Bei Befragten (Ort: Nord) kam »Kaffee nach dem Gebet« öfter vor: im Mittel in 12 von 100 Sätzen, bei den übrigen in 4 "
        "(Spanne des Unterschieds: +5 bis +11): drei Befragte gegenüber vier."
    )
    assert re.findall(r"<b[^>]*>([^<]*)</b>", text.split("</ul>")[1]) == ["fett", "12", "deutlicher Unterschied", "fett"]
    assert "<td>vielleicht</td>" in text
    assert "−11 bis −5" in text  # not on hovering alone
    assert "L3 Orte" in text
    assert "Zu wenige Befragte oder Gespräche, um sie zu vergleichen: West (3)." in text
    assert "zwischen den Befragten" in text


def test_a_topic_that_is_not_firm_has_no_clear_difference() -> None:
    made = rows()
    made["topics"][0]["firm"] = "no"
    text = page(made).split('id="themen-gruppen"')[1].split('id="themen-neu"')[0]
    assert "<li>" not in text
    assert "Kein Unterschied bei einem Thema, das der Probe standhält, ist deutlich." in text
    assert re.findall(r"<b[^>]*>([^<]*)</b>", text.split('class="heat"')[1]) == ["fett"]  # of the next legend
    assert "<td>deutlicher Unterschied, aber das Thema hält der Probe nicht stand</td>" in text


def test_without_a_clear_difference_that_is_said() -> None:
    made = rows()
    made["topic_groups"] = [r for r in made["topic_groups"] if not r["verdict"].startswith("deutlich")]
    assert "Kein Unterschied ist deutlich." in page(made)


def test_groups_below_the_small_number_show_no_figures() -> None:
    text = page(small=4)
    assert "Zu wenige Befragte oder Gespräche, um sie zu vergleichen: Nord (3), Süd (3), West (3)." in text
    assert "+5 bis +11" not in text


def test_every_picture_has_its_table() -> None:
    text = page()
    shown = drawn()
    assert [line[0]["to"] for line in shown.table] == ["#thema-T01", "#thema-T02", "#thema-T03"]  # T04 is hidden
    assert {row["to"] for row in shown.rows if "to" in row} == {line[0]["to"] for line in shown.table}
    for line in shown.table:
        assert all(f'id="{line[0]["to"][1:]}"' in text for line in shown.table)
        assert any(line[1] in row["words"] and line[2] in row["words"] for row in shown.rows if row.get("to") == line[0]["to"])
    assert shown.table[0][1:] == ["Kaffee nach dem Gebet", "vom Codebuch wenig erfasst", "4 von 4", 4, "25", "0,72", "0,20; 0,50"]
    numbers = text.split("Die Zahlen dazu")[1].split("</table>")[0]
    assert re.findall(r'<th scope="row" class="n">(\d+)</th><td class="n">([\d,]+)', numbers) == [("3", "0,60"), ("4", "0,72"), ("6", "0,50")]
    assert numbers.count("gewählt") == 1
    assert text.count('<svg class="bar"') == text.count('aria-hidden="true"><rect') == 3 * 3 + 2 * 3  # each beside its figure


def test_candidates_can_be_copied_and_stay_text() -> None:
    own = article(page(), "thema-neu-T01")
    assert "- id: NEU.kaffee\n  label: &lt;Kaffee&gt;\n</pre>" in own
    assert 'class="copyable"' in own
    assert "fielen geschätzt 8 von 100 Sätzen unter eine Kategorie" in own
    assert "Wörter: Kaffee, Tee" in own
    script = (pages.TEMPLATES / "js/10_page.js").read_text("utf-8")
    assert "pre.copyable" in script


def test_lost_edits_tell_what_to_do() -> None:
    table = page().split("Was aus Ihren Änderungen geworden ist")[1].split("</table>")[0]
    lines = table.split("<tr>")[2:]
    assert len(lines) == 2  # who changed nothing is not told
    assert "umbenannt, Notiz" in lines[0]
    assert "caution" not in lines[0]
    assert "Nicht wiedergefunden." in lines[1]
    assert "oder streichen" in lines[1]
    assert "am ähnlichsten" in lines[1]
    assert "Tor, Ball" in lines[1]


def test_hostile_words_stay_words() -> None:
    made = rows()
    bad = '<script>alert(1)</script>"\'>{{ 7*7 }}'
    for name in ("label", "words", "memo"):
        made["topics"][0][name] = bad
    made["topics"][0]["named"] = "no"
    made["topic_terms"][0]["term"] = made["topic_phrases"][0]["phrase"] = made["topic_new"][0]["snippet"] = made["topic_edits"][0]["name"] = bad
    made["topic_groups"][0]["value"] = bad
    text = page(made)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "{{ 7*7 }}" in text
    assert not Links(text).styles


def test_the_same_page_every_time_and_in_any_order_of_rows() -> None:
    first = page()
    assert page() == first
    assert page({name: data[::-1] for name, data in rows().items()}) == first


def test_no_word_of_the_program_is_shown() -> None:
    words = re.sub(r"(?s)<pre.*?</pre>|<code>.*?</code>|<[^>]+>", " ", page())
    words = re.sub(r"\(topics\.\w+\)|topics\.\w+|\(\w+(: ja)?\)", " ", words)
    assert not re.findall(r"\b(?:yes|no|found|weak|lost|rename|none|reviewed|proposed|joint|lda|question|nan)\b", words)
    assert "nur Wörter, nach Wahrscheinlichkeit (LDA)" in page()
    assert not re.search(r"\d\.\d", words.replace("00:01:00", ""))  # decimals have a comma


@pytest.mark.parametrize("n", [1, 2, 10, 24])
def test_nothing_on_the_map_lies_on_anything_else(n: int) -> None:
    points = [(f"T{k:02d}", 0.5 if k % 3 else (k * 0.37) % 1, (k * 0.61) % 1 if k % 3 else 0.5, 3 + k % 5, "Freitagsgebet · Kaffee · Tee") for k in range(n)]
    found, height = pictures.bubbles(points)
    assert pictures.bubbles(points)[0] == found
    for at, a in enumerate(found):
        assert a.r <= a.x <= pictures.WIDTH - a.r
        assert a.r <= a.y <= height - a.r
        for b in found[at + 1 :]:
            assert ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 > a.r + b.r
    boxes = []
    for b in found:
        if b.label:
            wide = len(b.label) * pictures.LETTER
            left = b.at[0] - {"start": 0, "middle": wide / 2, "end": wide}[b.anchor]
            boxes.append((left, b.at[1] - 12, left + wide, b.at[1] + 3))
    assert len(boxes) >= min(n, 20)
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= pictures.WIDTH
        assert not [o for o in boxes[at + 1 :] if left < o[2] and o[0] < right and top < o[3] and o[1] < bottom]
        for b in found:
            near_x, near_y = min(max(b.x, left), right), min(max(b.y, top), bottom)
            assert ((b.x - near_x) ** 2 + (b.y - near_y) ** 2) ** 0.5 >= b.r


def test_the_area_of_a_bubble_is_as_the_number_of_people() -> None:
    (small, large), _ = pictures.bubbles([("A", 0.1, 0.1, 4, "a"), ("B", 0.9, 0.9, 16, "b")])
    assert large.r**2 / small.r**2 == pytest.approx(4, rel=0.01)


def test_the_workbook_has_german_words_for_every_column() -> None:
    for name in SHEETS:
        if name.startswith(("topic", "code_topics")):
            columns = JOINED[name] if name in JOINED else tables.TABLES[name].columns
            assert not [c for c in columns if c not in HEADINGS and c not in OWN.get(name, {})], name


def sheet(made: Rows, name: str) -> list[tuple[Any, ...]]:
    """A sheet of the workbook as rows of cells (openpyxl)."""
    import openpyxl

    frames = {key: tables.frame(key, data, {"cases": ("ort",)}.get(key, ())) for key, data in made.items()}
    frames |= {name: tables.frame(name, []) for name in ("findings_groups", "findings_wishes", "findings_wave_samples")}
    settings: Any = SimpleNamespace(variables={"ort": Variable(label="Wohnort", values={"Nord": "Nordstadt"})})
    book = openpyxl.load_workbook(io.BytesIO(build(labelled(sheets(frames, settings, QUESTIONS)), "Probe", [])))
    return list(book[name].iter_rows())


def test_all_sentences_of_visible_topics_stand_in_the_workbook() -> None:
    found = [[c.value for c in row] for row in sheet(rows(), "Themensätze")]
    assert found[0] == ["Thema", "Bezeichnung", "Rang", "Interview", "Redebeitrag", "Fall", "Satz", "Gewicht"]
    assert len(found) == 1 + 3 * 4
    assert found[1] == ["T01", "Kaffee nach dem Gebet", 1, "I001", 1, "I001", SAID[0], 1]
    assert [row[6] for row in found if row[5] == "I004"] == [wording.NOT_QUOTABLE] * 3
    made = rows()
    made["topics"][0]["hidden"] = "yes"
    assert "T01" not in {row[0].value for row in sheet(made, "Themensätze")}
    assert "tables.xlsx" in page()


def test_sheets_on_topics_have_names_words_and_two_places() -> None:
    head, *lines = [[c.value for c in row] for row in sheet(rows(), "Themen nach Merkmalen")]
    assert head[:4] == ["Thema", "Name des Themas", "Merkmal", "Wert"]
    assert ["T01", "Kaffee nach dem Gebet", "Wohnort", "Nordstadt"] in [line[:4] for line in lines]
    assert ["T02", "Bäckerei · Brot", "Leitfadenfrage", "L3 Orte"] in [line[:4] for line in lines]
    codes = [[c.value for c in row] for row in sheet(rows(), "Themen und Kategorien")]
    assert codes[1][:4] == ["T03", "Zaun · Laube", "POT.netz", "Kategorie POT.netz"]
    assert sheet(rows(), "Themenwörter")[1][1].value == "Kaffee nach dem Gebet"
    people = [[c.value for c in row] for row in sheet(rows(), "Befragte")]
    assert (people[0][-1], people[1][-1], people[4][-1]) == ("Wohnort", "Nordstadt", "Süd")
    formats = {c.number_format for row in sheet(rows(), "Themen nach Merkmalen")[1:] for c in row if isinstance(c.value, float)}
    assert formats == {"0.00", "0.000"}
    assert "reviewed" not in " ".join(workbook._NOTES)
    assert "Themen sind Vorschläge, keine Befunde" in " ".join(workbook._NOTES)


def test_fifty_thousand_sentences_are_joined_quickly() -> None:
    n = 50_000
    seg = [f"s{k:05}" for k in range(n)]
    frames = {
        "topics": tables.frame("topics", rows()["topics"]), "speakers": tables.frame("speakers", rows()["speakers"]),
        "segments": tables.frame("segments", [{"seg": s, "doc": "I001", "turn": k, "start": 0, "end": 4} for k, s in enumerate(seg)]),
        "turns": tables.frame("turns", [{"doc": "I001", "turn": k, "speaker": "B", "case": "I001", "role": "respondent", "text": "Satz."} for k in range(n)]),
        "segment_topics": tables.frame("segment_topics", [{"seg": s, "topic": "T01", "weight": 1.0, "rank": k + 1} for k, s in enumerate(seg)]),
    }  # fmt: skip
    began = time.process_time()
    made = topic_sentences(frames)
    assert time.process_time() - began < 5
    assert len(made) == n
    assert set(made["text"]) == {"Satz"}


def test_style_has_both_colour_schemes_for_the_map() -> None:
    style = pages.style()
    for line in re.findall(r"(?m)^\.(?:bubble|map)[^\n]*", style):
        assert not re.search(r"#[0-9a-f]{3,6}\b", line)  # colours come from the variables, which both schemes set
