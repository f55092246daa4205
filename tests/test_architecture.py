"""The drawing of the house: which room may import which. The dict is the drawing; a new arrow is a decision."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipeline.stages import STAGES
from pipeline.tables import TABLES

PACKAGE = Path(__file__).parent.parent / "pipeline"

BASE = {"problems"}
READS = BASE | {"schema", "tables"}
# room (module or sub-package) -> rooms it may import
ARROWS: dict[str, set[str]] = {
    "__main__": {"check", "editor_schema", "explore", "forget", "formats", "inputs", "language", "new", "places", "problems", "review", "run", "runner", "stages", "status", "store", "verbs", "watch"},
    "verbs": set(),
    "language": set(),
    "addresses": set(),
    "problems": set(),
    "schema": BASE,
    "contract": set(),
    "tables": {"contract"},
    "places": BASE,
    "offsets": set(),
    "effective": {"tables"},
    "registry": BASE,
    "shown": set(),
    "cycle_words": {"language"},
    "stages": {"shown", "tables"},
    "given": {"places", "stages", "store", "study"},
    "study": READS,
    "codebook": READS | {"places"},
    "guide": BASE | {"schema"},
    "lists": BASE | {"places", "tables"},
    "decided": BASE | {"lists", "places", "tables"},
    "freshness": {"places", "stages"},
    "store": BASE | {"places", "stages", "tables", "freshness"},
    "record": {"places", "tables", "study"},
    "inputs": BASE
    | {"acting", "decided", "forms", "freshness", "learning", "naming", "registry", "store", "places", "stages", "study", "codebook", "guide", "lists", "method", "readers", "topicnames"},
    "leaks": {"leaking"},
    "leaking": {"german", "naming", "pages"},
    "publish": BASE | {"claims", "forms", "leaking", "leaks", "freshness", "inputs", "method", "places", "store", "stages", "tables", "topicnames", "record", "run", "written"},
    "written": {"freshness", "places"},
    "run": {"freshness", "places", "registry", "stages", "store", "tables", "study"},
    "runner": BASE | {"consent", "effect", "explore", "freshness", "given", "inputs", "ledgers", "places", "publish", "registry", "run", "sandbox", "stages", "store", "study", "tables"},
    "status": BASE | {"consent", "freshness", "inputs", "registry", "store", "places", "stages"},
    "new": BASE | {"lists", "store", "places"},
    "check": BASE | {"checking", "codebook", "consent", "covered", "current", "decided", "forms", "inputs", "lists", "passages", "places", "readers", "registry", "store", "study"},
    "checking": BASE | {"claims", "codebook", "coders", "learning", "matchers", "passages", "study"},
    "effect": BASE | {"codebook", "current", "effects", "inputs", "passages", "places", "store"},
    "effects": BASE | {"pages", "codebook", "coders", "language", "places", "wording"},
    "why": BASE | {"codebook", "coders", "current", "inputs", "opinion", "passages", "places", "study", "tables", "wording"},
    "opinion": BASE | {"codebook", "coders", "encoders", "leaking", "learning", "lessons", "passages", "places", "store", "study", "tables"},
    "passages": BASE | {"measures", "annotate", "coders", "guide", "index", "matchers", "places", "stance", "store", "study", "tables"},
    "current": BASE | {"freshness", "inputs", "places", "stages", "status", "study"},
    "adopt": BASE | {"adopt_sheets", "backups", "claims", "forms", "method", "places", "store", "codebook", "sheets", "topicnames"},
    "adopt_sheets": BASE | {"backups", "codebook", "forms", "leaking", "leaks", "places", "store", "study", "tables", "written"},
    "backups": BASE | {"places", "store"},
    "sheets": BASE | {"codebook", "tables"},
    "editor_schema": {"acting", "codebook", "guide", "method", "store", "study"},
    "explore": BASE
    | {
        "codebook", "current", "exploring", "index", "inputs", "leaking", "lists", "places", "store", "study", "tables",
    },
    "exploring": BASE | {"codebook", "encoders", "evaluating", "german", "learning", "lists", "matchers", "tables", "wording"},
    # stages and their rooms
    "ingest": {"readers", "sandbox", "registry"},
    "sandbox": BASE | {"intake"},
    "formats": {"ingest", "readers", "registry", "sandbox", "study"},
    "intake": {"readers", "reading", "speakers", "labels", "notation"},
    "reading": set(),
    "labels": set(),
    "speakers": {"reading", "labels"},
    "readers": BASE | {"reading", "labels"},
    "clean": {"notation", "offsets"},
    "notation": {"german"},
    "names": {"lists", "naming", "persons", "readers"},
    "naming": {"german", "problems"},
    "pseudonymise": {"conflicts", "consent", "lists", "offsets", "persons", "registry"},
    "consent": BASE | {"lists", "places", "registry"},
    "cuts": set(),
    "traces": {"matchers", "sandbox"},
    "key_rows": {"cuts"},
    "rows_of": BASE | {"cuts", "forms", "inputs", "key_rows", "lists", "persons_gone", "places", "registry", "traces", "wording"},
    "persons_gone": {"leaking"},
    "forget": BASE | {"backups", "inputs", "ledgers", "places", "rows_of", "runner", "stages", "store", "traces"},
    "persons": {"registry", "tables"},
    "conflicts": {"persons", "tables"},
    "annotate": {"german"},
    "german": BASE,
    "questions": {"asking", "guide"},
    "asking": {"encoders", "guide", "german"},
    "encoders": BASE,
    "embed": {"encoders", "tables"},
    "anchors": {"codebook", "guide", "learning"},
    "lessons": {"coders", "learning", "lists", "matchers", "tables"},
    "learning": BASE | {"codebook", "covered", "encoders", "evaluating", "german", "guide", "lists", "matchers", "places", "tables"},
    "evaluating": set(),
    "fit": {"encoders", "evaluating", "guide", "learning"},
    "score": {"guide", "learning"},
    "covered": {"tables"},
    "anchoring": {"offsets", "tables"},
    "ledgers": BASE | {"backups", "codebook", "covered", "cycle_words", "language", "lists", "places", "sheets", "store", "tables"},
    "cycle": {"anchoring", "codebook", "coders", "covered", "decided", "leaking", "lists", "sampling"},
    "agreement": {"agreeing", "learning", "lists", "places", "study", "tables"},
    "agreeing": {"covered", "evaluating", "language", "learning", "tables"},
    "sampling": BASE | {"agreeing", "anchoring", "coders", "covered", "decided", "encoders", "inputs", "learning", "ledgers", "lists", "places", "registry", "run", "runner", "stages", "status", "store", "study", "tables", "wording"},
    "sample": {"ledgers", "places", "sampling"},
    "double": {"ledgers", "places", "sampling"},
    "merge": {"merging", "places"},
    "merging": BASE | {"backups", "codebook", "coders", "covered", "decided", "ledgers", "lists", "places"},
    "review": {"app", "places"},
    "reviewing": BASE | {"anchoring", "codebook", "coders", "covered", "decided", "effective", "inputs", "language", "ledgers", "lists", "offsets", "places", "sections", "stages", "store", "study", "tables", "wording"},
    "llm": BASE | {"chat", "codebook", "study", "tables"},
    "chat": BASE | {"codebook"},
    "quality": {"covered", "evaluating", "guide", "learning", "study", "tables"},
    "fairness": {"encoders", "guide", "learning"},
    "learn": BASE | {"sampling", "backups", "codebook", "coders", "covered", "decided", "fit", "guide", "learning", "lessons", "lists", "matchers", "offsets", "places", "runner", "store", "study", "tables"},
    "evaluate": {"places", "runner", "study", "tables"},
    "stance": {"stances", "tables", "whom"},
    "stances": {"german"},
    "whom": {"german", "stances", "tables"},
    "index": {"matchers", "tables"},
    "coding": {"codebook", "coders", "decided", "guide", "leaking", "lists", "matchers", "sampling", "tables"},
    "coders": BASE | {"anchoring", "codebook", "covered", "evaluating", "learning", "matchers", "offsets", "tables"},
    "matchers": {"codebook"},
    "discover": {"encoders", "learning", "study", "topicmodels"},
    "topicmodels": {"encoders", "german", "tables"},
    "topics": {"topicnames"},
    "topicnames": BASE | {"evaluating", "german", "schema", "tables", "topic_words"},
    "crosswalk": {"crossing", "study"},
    "crossing": {"covered", "effective", "evaluating", "german", "language", "learning", "measures", "sheets", "tables", "topic_words"},
    "editable": {"topic_words", "topicnames"},
    "causes": {"causing", "tables"},
    "causing": {"stances"},
    "scope": {"guide", "measures", "tables"},
    "evidence": {"encoders", "guide", "measures", "tables"},
    "potentials": {"guide", "measures"},
    "engagement": {"engaging", "forms", "measures", "offsets", "stances", "tables", "wording"},
    "engaging": {"german", "measures", "offsets", "stances", "whom"},
    "reasons": {"effective", "guide", "measures"},
    "actors": {"acting", "measures", "tables"},
    "acting": {"measures", "problems", "schema"},
    "wishes": BASE | {"forms", "guide", "measures"},
    "common": {"guide", "measures", "tables"},
    "unheard": {"forms", "guide", "lists", "measures"},
    "summaries": {"forms", "measures", "tables"},
    "worksheets": {"forms", "tables", "wording"},
    "forms": BASE | {"lists", "measures", "offsets", "places", "sheets", "tables"},
    "findings": {"effective", "guide", "lists", "measures", "tables"},
    "measures": {"anchoring", "covered", "effective", "stances", "tables", "whom", "wording"},
    "pages": {"addresses", "language"},
    "statements": {"claims", "language"},
    "claims": BASE | {"addresses", "language", "measures", "tables", "wording"},
    "bundle": set(),
    "pictures": {"charts", "guide", "language", "sections"},
    "document": {"codebook", "guide", "language", "sections", "word"},
    "word": {"charts", "effective", "language", "sections", "wording"},
    "workbook": {"excel", "guide", "language", "sections"},
    "excel": {"cycle_words", "guide", "language", "sections", "tables", "topic_words", "wording"},
    "island": {"covered", "effective", "guide", "language", "sections", "tables", "wording"},
    "pdf": BASE | {"places", "store"},
    "compare": BASE | {"codebook", "comparing", "current", "effects", "guide", "inputs", "language", "passages", "places", "store", "study"},
    "comparing": BASE | {"codebook", "coders", "language", "measures", "pages", "sections", "tables", "wording"},
    "watch": {"app", "places"},
    "app": BASE | {"addresses", "agreeing", "backups", "codebook", "coders", "coding", "decided", "effective", "effects", "guide", "inputs", "island", "language", "leaking", "ledgers", "lists", "matchers", "measures", "naming", "pages", "places", "registry", "reviewing", "run", "runner", "sampling", "schema", "sections", "stages", "store", "study", "tables", "wording"},
    "report": {"codebook", "guide", "island", "language", "pages", "sections", "wording"},
    "sections": BASE | {"addresses", "charts", "codebook", "covered", "cycle_words", "effective", "guide", "language", "method", "schema", "tables", "topic_words", "wording"},
    "method": BASE | {"schema", "study"},
    "charts": {"addresses", "language", "tables", "topic_words", "wording"},
    "topic_words": {"language", "wording"},
    "wording": {"language"},
}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline"):
            found |= {room(node.module)} if "." in node.module else {alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {room(alias.name) for alias in node.names if alias.name.startswith("pipeline.")}
    return found - {"", "__version__"}


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", files(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_follow_the_drawing(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here == "__init__":
        return
    assert imports(path) - {here} <= ARROWS[here]


def test_every_room_is_in_the_drawing() -> None:
    rooms = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in files()} - {"__init__"}
    assert rooms == set(ARROWS)


def test_every_arrow_is_needed() -> None:
    used: dict[str, set[str]] = {}
    for path in files():
        here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        used.setdefault(here, set()).update(imports(path) - {here})
    assert not {here: unused for here, arrows in ARROWS.items() if (unused := arrows - used[here])}


def test_stages_never_import_each_other() -> None:
    names = {stage.name for stage in STAGES}
    for name in names:
        assert not (imports(PACKAGE / f"{name}.py") & names - {name})


def test_every_table_has_one_writer_that_declares_it() -> None:
    declared = [table for stage in STAGES for table in stage.writes]
    assert sorted(declared) == sorted(TABLES)
    for stage in STAGES:
        for table in stage.writes:
            assert TABLES[table].writer == stage.name


def test_stages_read_only_what_earlier_ones_wrote() -> None:
    written: set[str] = set()
    for stage in STAGES:
        assert set(stage.reads) <= written, stage.name
        written |= set(stage.writes)


def test_only_the_door_prints_and_exits() -> None:
    for path in files():
        tree = ast.parse(path.read_text("utf-8"))
        calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        if path.name != "__main__.py":
            assert not calls & {"print", "exit", "quit"}, path


def test_modules_stay_readable() -> None:
    sizes = {p.relative_to(PACKAGE).as_posix(): len(p.read_text("utf-8").splitlines()) for p in files()}
    assert max(sizes.values()) <= 330, sizes
    assert sum(n > 250 for n in sizes.values()) <= len(sizes) * 0.1
    assert not [name for name in sizes if "utils" in name]


def test_the_door_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, pipeline.__main__, pipeline.runner; print([m for m in ('numpy','pandas','spacy','sklearn','pydantic','lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.strip() == "[]"
