"""Stage report: everything known about the material as one offline HTML file.

The page is one file without network: style and script stand in it under a content security policy with their hashes.
All text is data and escaped. The browser of quotes, unread sentences and transcripts are drawn by the script from data in the page (`island`),
in which every text is cut already, here, by code points.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import __version__, codebook, guide, wording
from pipeline.island.held import held
from pipeline.language import _, spoken
from pipeline.pages import early, environment, policy_hash, print_frame, script, style
from pipeline.sections import (
    agreement,
    categories,
    compare,
    cycle,
    material,
    method,
    open_readings,
    quality,
    quotes,
    rulebook,
    topics,
)
from pipeline.sections import disclosure as protection
from pipeline.sections.answers import chapters as answers
from pipeline.sections.answers import limits
from pipeline.sections.answers.desk import Desk
from pipeline.sections.contents import contents
from pipeline.sections.counter import counter
from pipeline.sections.drawings import drawings
from pipeline.sections.front import front
from pipeline.sections.proposals import Proposals, outside

if TYPE_CHECKING:
    import pandas as pd


def render(
    settings: SimpleNamespace, codebook_file: Path, guide_file: Path, method_file: Path, bundle_file: Path, **tables: pd.DataFrame
) -> dict[str, bytes]:
    """The report `report.html`, and `editable/method.yaml` with what people have still to say of the method."""
    with spoken(settings.language):
        book, questions = codebook.load(codebook_file), guide.load(guide_file)
        values = context(settings, book, questions, method_file, tables)
        return {"report.html": _page(values, bundle_file.read_text("utf-8")).encode(), "editable/method.yaml": values["method"].scaffold.encode()}


def context(
    settings: SimpleNamespace, book: codebook.Codebook, questions: guide.Guide, method_file: Path, tables: dict[str, pd.DataFrame]
) -> dict[str, Any]:
    """Everything the templates show, as plain values: all wording and counting is done before the page is made."""
    names = material.Names(settings, tables["cases"], tables["documents"])
    views = quotes.views(tables, names)
    known = Proposals(tables)
    counting = material.counting(tables, settings)
    desk = Desk(tables, settings, names, questions)
    figures = {r.code: r for r in tables["findings_codes"].itertuples()}
    asked = answers(desk)
    questions_of_council, case_chapters = [c for c in asked if c.number], [c for c in asked if not c.number]
    chapters = categories.chapters(book, figures, views, known, counter(desk), open_readings.checked(tables))
    entries = rulebook.entries(book, tables["rules"])
    return {
        "study": settings,
        "version": __version__,
        "codebook_version": book.version,
        "annotator": _("das spaCy-Modell {name}").format(name=settings.annotate.model)
        if settings.annotate.model
        else _("eigene Werkzeuge mit HanTa und simplemma"),
        "front": front(desk),
        "answers": questions_of_council,
        "case_chapters": case_chapters,
        "contents": contents(questions_of_council, chapters, case_chapters, [e for e in entries if e.level == 0]),
        "pictures": drawings(tables["pictures"]),
        "data_limits": limits.every(desk),
        "chapters": chapters,
        "facts": material.facts(tables, counting),
        "with_proposals": settings.report.counts == "proposals",
        "overall": known.overall(),
        "other_host": outside(settings),
        "codebook": entries,
        "dead_rules": int((tables["rules"]["hits"] == 0).sum()),
        "all_rules": len(tables["rules"]),
        **method.chapter(desk, book, method_file),
        **material.origin(tables, names),
        **compare.groups_and_cases(tables, names, settings, known),
        **quality.chapter(tables, names, settings, known),
        **agreement.chapter(desk),
        **cycle.chapter(desk),
        **held(tables, names, settings, questions),
        **topics.chapter(tables, names, settings, questions),
        "pairs": compare.pairs(tables),
        "disclosure": protection.disclosure(tables, names, settings.findings.small),
    }


def _page(values: dict[str, Any], bundle: str) -> str:
    from markupsafe import Markup

    pages = environment()
    pages.filters["capitalfirst"] = wording.capital
    frame = print_frame(values["study"].title, _("Interne Ausgabe, nicht zur Weitergabe"), _("Seite {page} von {pages}"))
    own = {"early": early(), "style": style(), "frame": frame, "script": script(), "bundle": bundle}
    values |= {f"{name}_hash": policy_hash(text) for name, text in own.items()}
    # Our own style and scripts are the only text that is not escaped, beside data that `island.packing` and `sections.drawings` made safe for its place.
    values |= {name: Markup(text) for name, text in own.items()}
    return pages.get_template("report.html.j2").render(**values)
