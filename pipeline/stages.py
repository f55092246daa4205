"""The table of contents: every stage in order, what it reads and writes.

A stage is a module with plain functions. `each(...)` works on one interview, `whole(...)` over the corpus; both take
tables by name, researchers' files by name (as paths), and `settings` with just the sections declared here; both return
tables by name. A stage with `outputs` has `render(...)`, one with `products` has `products(...)`; both return files as bytes.
The runner owns files, order, progress and parallelism; stages never call each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.shown import METHOD, METHOD_SETTINGS, REVIEW, SHOWN, SHOWN_SETTINGS
from pipeline.tables import TABLES


@dataclass(frozen=True)
class Stage:
    """One step of the way. `files` lie in codebooks/<study>/, `secrets` in private/<study>/ (parameter -> file name).

    A name that ends with a stroke is a folder: its CSV files count.
    """

    name: str
    title: str
    reads: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    ledgers: tuple[str, ...] = ()  # files in private/<study>/ that the stage writes and people edit: inputs once written
    outputs: tuple[str, ...] = ()
    products: tuple[str, ...] = ()  # files under work/ that are no tables
    uses: Mapping[str, str] = field(default_factory=dict)  # parameter -> an earlier stage's product, given as a path
    remembers: tuple[str, ...] = ()  # own tables whose last content is given as `<table>_before`: work to save, never another result
    data: tuple[str, ...] = ()  # folders below the package that hold files the stage uses
    transcripts: bool = False  # the interview's own file is an input
    heavy: bool = False  # worth distributing over processors

    @property
    def module(self) -> str:
        return f"pipeline.{self.name}"

    @property
    def writes(self) -> tuple[str, ...]:
        return self.each + self.whole

STAGES: tuple[Stage, ...] = (
    Stage(
        "ingest", "Transkripte einlesen", transcripts=True, heavy=True,
        each=("sources", "labels", "turns_raw", "cues", "signs"), settings=("ingest", "variables"),
    ),
    Stage(
        "clean", "Bereinigen", reads=("sources", "turns_raw", "cues", "signs"),
        each=("turns_clean", "changes", "annotations"), settings=("clean",),
    ),
    Stage(
        "names", "Namen finden", reads=("sources", "labels", "turns_clean"), each=("found",),
        whole=("entities", "plan", "aliases", "suspects"), settings=("pseudonymise", "variables", "answers.district"),
        files={"cases_file": "cases.csv", "population_file": "population.csv"}, secrets={"key_file": "pseudonyms.csv"},
        ledgers=("pseudonyms.csv", "arbeitsliste.xlsx"),
    ),
    Stage(
        "pseudonymise", "Pseudonymisieren",
        reads=("sources", "labels", "turns_raw", "turns_clean", "cues", "changes", "annotations", "plan", "aliases", "suspects"),
        each=("documents", "speakers", "cases", "turns", "replacements", "moments", "asides", "cleaning"), whole=("notes",),
        settings=("pseudonymise", "variables"), files={"cases_file": "cases.csv"}, secrets={"consent_file": "consent.csv"},
    ),
    Stage(
        "annotate", "Sätze und Wörter bestimmen", reads=("turns",), each=("segments", "tokens", "types"),
        settings=("annotate",), heavy=True,
    ),
    Stage(
        "questions", "Leitfadenfragen erkennen", reads=("turns",), each=("questions",), settings=("questions",),
        files={"guide_file": "guide.yaml"},
    ),
    Stage(
        "stance", "Haltungen bestimmen", reads=("turns", "segments", "tokens", "types"), each=("scopes",), heavy=True,
    ),
    Stage(
        "index", "Wortindex aufbauen", reads=("turns", "segments", "tokens", "types", "scopes"), products=("index.bin",),
    ),
    Stage(
        "embed", "Sätze nach Sinn ordnen", reads=("turns", "segments"), each=("vectors",), settings=("model.encoder",), heavy=True,
    ),
    Stage(
        "anchors", "Ankersätze aufbereiten", whole=("anchors", "scheme"), settings=("model.encoder", "annotate"),
        files={"codebook_file": "codebook.yaml", "guide_file": "guide.yaml", "anchors_folder": "anchors/"}, remembers=("anchors",),
    ),
    Stage(
        "lessons", "Gelesenes wiederfinden", reads=("turns", "segments", "changes", "replacements", "questions", "vectors", "scheme"),
        whole=("lessons",), uses={"index_file": "index.bin"}, files={"learned_file": "learned.csv"},
    ),
    Stage(
        "fit", "Aus Beispielen lernen", reads=("anchors", "scheme", "lessons"), whole=("model_codes", "outside"), settings=("model.use", "model.encoder"),
        files={"guide_file": "guide.yaml"}, products=("model.bin",),
    ),
    Stage(
        "score", "Kategorien vorschlagen", reads=("turns", "segments", "tokens", "types", "questions", "vectors"), each=("scores",),
        uses={"model_file": "model.bin"}, files={"guide_file": "guide.yaml"}, heavy=True,
    ),
    Stage(
        "fairness", "Sprechweisen vergleichen", whole=("quality_fairness", "fair_sentences"), settings=("model", "annotate"),
        uses={"model_file": "model.bin"}, files={"guide_file": "guide.yaml", "fairness_file": "fairness.csv"}, remembers=("fair_sentences",),
    ),
    Stage(
        "llm", "Sprachmodell befragen", reads=("turns", "segments", "questions"), each=("llm_codings",), settings=("llm",),
        files={"codebook_file": "codebook.yaml"},
    ),
    Stage(
        "coding", "Codebuch anwenden",
        reads=("entities", "turns", "cases", "changes", "replacements", "questions", "anchors", "scores", "llm_codings"),
        whole=("codes", "rules", "codings", "suggestions", "chances", "decisions", "reviewed", "unplaced"), settings=("variables", "model"),
        uses={"index_file": "index.bin", "model_file": "model.bin"},
        files={
            "codebook_file": "codebook.yaml", "guide_file": "guide.yaml", "decisions_file": "decisions.csv", "versions_file": "codebook_versions.csv",
            "reviewed_file": "reviewed.csv", "handcoded_folder": "handcoded/", "queues_folder": "queues/",
        },
    ),
    Stage(
        "quality", "Vorschläge prüfen",
        reads=("turns", "segments", "cases", "questions", "scheme", "codings", "decisions", "reviewed", "chances", "outside", "model_codes", "lessons"),
        whole=("quality", "quality_codes", "quality_calibration", "quality_prevalence"),
        settings=("variables", "findings", "model"), uses={"model_file": "model.bin"}, files={"guide_file": "guide.yaml"},
    ),
    Stage(
        "cycle", "Notizen und Entscheidungen zusammenstellen",
        reads=("turns", "changes", "replacements", "entities", "codes", "decisions", "reviewed"),
        whole=("memos", "cycle_log", "cycle_versions", "cycle_negative", "cycle_inductive", "cycle_minutes", "cycle_sampling", "review_open"),
        files={
            "codebook_file": "codebook.yaml", "memos_file": "memos.csv", "log_file": "codebook_log.csv", "versions_file": "codebook_versions.csv",
            "negative_file": "negative_cases.csv", "inductive_file": "inductive.csv", "minutes_file": "minutes.csv", "sampling_file": "sampling.csv",
            "decisions_file": "decisions.csv", "handcoded_folder": "handcoded/", "reviewed_file": "reviewed.csv", "queues_folder": "queues/",
        },
    ),
    Stage(
        "agreement", "Übereinstimmung messen",
        reads=("turns", "segments", "codes", "codings", "suggestions", "decisions", "reviewed", "outside", "model_codes"),
        whole=("agreement", "disagreements", "confusions"), settings=("review", "model"), uses={"model_file": "model.bin"},
        files={"queues_folder": "queues/"},
    ),
    Stage(
        "discover", "Themen suchen", reads=("turns", "segments", "tokens", "types", "questions", "vectors"),
        whole=("themes", "theme_terms", "segment_themes", "topic_models", "topic_numbers", "topic_notes"),
        settings=("topics.model", "topics.number", "topics.min_segments", "topics.min_interviews", "topics.neighbours"),
    ),
    Stage(
        "topics", "Themen benennen", reads=("turns", "segments", "tokens", "types", "speakers", "themes", "theme_terms", "segment_themes"),
        whole=("topics", "topic_terms", "segment_topics", "topic_phrases", "topic_quotes", "topic_edits"), settings=("topics.terms",),
        files={"topics_file": "topics.yaml"},
    ),
    Stage(
        "crosswalk", "Themen und Kategorien vergleichen",
        reads=(
            "documents", "cases", "turns", "speakers", "segments", "codes", "codings", "reviewed", "chances", "model_codes", "segment_themes", "topics",
            "topic_terms", "segment_topics",
        ),
        whole=("topic_codes", "topic_new", "code_topics", "topic_groups"), settings=("variables", "findings", "report.counts"),
    ),
    Stage(
        "editable", "Dateien zum Bearbeiten schreiben", reads=("topics", "topic_terms", "topic_edits", "topic_new"), files={"topics_file": "topics.yaml"},
        outputs=("editable/topics.yaml", "editable/new_codes.yaml"),
    ),
    Stage(
        "findings", "Auswerten",
        reads=(
            "speakers", "cases", "turns", "changes", "replacements", "segments", "questions", "codes", "codings", "suggestions",
        ),
        whole=(
            "findings_mentions", "findings_denials", "findings_codes", "findings_groups", "findings_cases", "findings_cooccurrence", "findings_coverage",
            "findings_classes", "findings_disclosure", "findings_suppression", "quote_decisions", "findings_release",
        ),
        settings=("findings", "variables", "report"), files={"guide_file": "guide.yaml", "quotes_file": "quotes.csv"},
    ),
    Stage(
        "causes", "Gründe und Folgen suchen", reads=("turns", "segments", "tokens", "types", "scopes"), each=("causes",), heavy=True,
    ),
    Stage(
        "scope", "Fragen des Rates zuordnen",
        reads=("documents", "cases", "notes", "turns", "questions", "codes", "reviewed", "findings_mentions", "findings_coverage"),
        whole=("findings_scope", "findings_applies", "findings_limits"), settings=("variables", "findings", "answers"), files={"guide_file": "guide.yaml"},
    ),
    Stage(
        "evidence", "Belege und Gegenbelege ordnen",
        reads=(
            "cases", "turns", "segments", "questions", "vectors", "codes", "suggestions", "reviewed", "quote_decisions", "findings_scope", "findings_mentions",
            "findings_denials", "findings_codes",
        ),
        whole=("findings_quotes", "findings_evidence", "findings_against", "findings_tests"), settings=("variables", "findings", "answers"),
        files={"guide_file": "guide.yaml"},
    ),
    Stage(
        "potentials", "Potenziale und Bedarfe",
        reads=("cases", "speakers", "turns", "segments", "tokens", "types", "questions", "codes", "findings_scope", "findings_mentions", "findings_denials"),
        whole=("findings_potentials", "findings_bridges", "findings_needs", "findings_offers", "findings_places", "findings_welcome", "findings_stories"),
        settings=("variables", "answers"), files={"guide_file": "guide.yaml"},
    ),
    Stage(
        "engagement", "Engagement erfassen",
        reads=("cases", "speakers", "turns", "changes", "replacements", "segments", "tokens", "types", "codes", "findings_scope", "findings_mentions"),
        whole=("findings_inventory", "findings_capacity"), settings=("variables", "answers"), files={"inventory_file": "inventory.csv"},
    ),
    Stage(
        "reasons", "Genannte Gründe",
        reads=("cases", "turns", "questions", "scopes", "codes", "codings", "suggestions", "causes", "findings_scope", "findings_mentions", "findings_against"),
        whole=("findings_reasons", "findings_reason_codes", "findings_counter", "findings_reason_notes"), settings=("variables", "answers", "report.counts"),
        files={"guide_file": "guide.yaml"},
    ),
    Stage(
        "actors", "Akteure und Zusammenarbeit",
        reads=("entities", "plan", "cases", "speakers", "turns", "segments", "tokens", "types", "scopes", "codes", "findings_scope", "findings_mentions"),
        whole=("actors", "actor_mentions", "findings_links", "findings_network", "findings_speaks_of"), settings=("variables", "pseudonymise", "answers"),
        files={"actors_file": "actors.yaml"},
    ),
    Stage(
        "wishes", "Wünsche, Maßnahmen, Indikatoren",
        reads=("documents", "cases", "questions", "codes", "findings_scope", "findings_mentions", "findings_quotes"),
        whole=("findings_wishes", "findings_measures", "findings_indicators", "findings_waves", "findings_wave_samples"), settings=("variables", "answers"),
        files={"guide_file": "guide.yaml", "measures_file": "measures.csv", "indicators_file": "indicators.csv"},
    ),
    Stage(
        "common", "Gemeinsamer Nenner",
        reads=(
            "cases", "turns", "segments", "questions", "codes", "reviewed", "findings_scope", "findings_mentions", "findings_coverage", "findings_quotes",
            "findings_against",
        ),
        whole=("findings_common", "findings_common_groups"), settings=("variables", "answers"), files={"guide_file": "guide.yaml"},
    ),
    Stage(
        "unheard", "Wer fehlt, was offen blieb",
        reads=(
            "documents", "cases", "turns", "segments", "questions", "codes", "reviewed", "topics", "segment_topics", "topic_new", "topic_codes",
            "findings_mentions", "findings_coverage", "findings_quotes",
        ),
        whole=(
            "findings_sample", "findings_access", "findings_subthemes", "findings_saturation", "findings_answers", "findings_answer_codes", "findings_grid",
            "findings_unasked",
        ),
        settings=("variables", "findings", "answers"),
        files={"guide_file": "guide.yaml", "population_file": "population.csv", "matrix_file": "matrix.csv"},
    ),
    Stage(
        "summaries", "Fälle zusammenfassen",
        reads=("cases", "speakers", "turns", "codes", "findings_mentions", "findings_quotes"),
        whole=("findings_summaries", "findings_points", "findings_matrix", "findings_alike"),
        files={"summaries_file": "summaries.csv", "matrix_file": "matrix.csv"},
    ),
    Stage(
        "statements", "Kernaussagen prüfen",
        reads=(
            "documents", "cases", "speakers", "turns", "codes", "quote_decisions", "findings_mentions", "findings_codes", "findings_groups", "findings_cases", "findings_quotes",
            "findings_evidence", "findings_against", "findings_common",
        ),
        whole=("findings_statements",), settings=("title", "language", "variables", "answers", "findings"),
        files={"statements_file": "statements.md"}, outputs=("editable/statements.md",),
    ),
    Stage(
        "worksheets", "Arbeitsblätter schreiben",
        reads=(
            "documents", "speakers", "cases", "turns", "codes", "actors", "findings_mentions", "findings_points", "findings_inventory", "findings_measures",
            "findings_indicators", "findings_summaries", "findings_matrix",
        ),
        settings=("title", "variables", "answers"),
        outputs=("editable/inventory.xlsx", "editable/measures.xlsx", "editable/indicators.xlsx", "editable/cases.xlsx"),
    ),
    Stage("bundle", "Zeichenprogramm bereitlegen", products=("vega.js",)),
    Stage(
        "pictures", "Bilder zeichnen", reads=SHOWN, whole=("pictures",), settings=SHOWN_SETTINGS, files={"guide_file": "guide.yaml"}, remembers=("pictures",), data=("language",),
    ),
    Stage(
        "report", "Bericht schreiben", reads=(*SHOWN, *REVIEW, *METHOD, "asides", "pictures"), settings=(*SHOWN_SETTINGS, *METHOD_SETTINGS),
        files={"codebook_file": "codebook.yaml", "guide_file": "guide.yaml", "method_file": "method.yaml"},
        uses={"bundle_file": "vega.js"}, outputs=("report.html", "editable/method.yaml"), data=("templates", "language", "locks"),
    ),
    Stage(
        "document", "Word-Dokument schreiben", reads=(*SHOWN, *REVIEW, *METHOD, "pictures"), settings=(*SHOWN_SETTINGS, *METHOD_SETTINGS),
        files={"codebook_file": "codebook.yaml", "guide_file": "guide.yaml", "method_file": "method.yaml"}, outputs=("report.docx",), data=("language", "locks"),
    ),
    Stage(
        "workbook", "Arbeitsmappe schreiben", reads=(*SHOWN, *REVIEW), settings=SHOWN_SETTINGS, files={"guide_file": "guide.yaml"}, outputs=("tables.xlsx",), data=("language",),
    ),
)  # fmt: skip

BY_NAME: Mapping[str, Stage] = {stage.name: stage for stage in STAGES}


def producer(product: str) -> Stage:
    """The one stage that makes a file under work/ that is no table.

    >>> producer("index.bin").name
    'index'
    """
    return next(stage for stage in STAGES if product in stage.products)


def writer(table: str) -> Stage:
    """The one stage that writes a table.

    >>> writer("turns").name
    'pseudonymise'
    """
    return BY_NAME[TABLES[table].writer]
