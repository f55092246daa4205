"""Which tables and settings page, Word document and workbook show; several stages declare them alike."""

from __future__ import annotations

# What the forms of the report show: page, Word document, workbook.
SHOWN = (
    "documents", "speakers", "cases", "notes", "turns", "segments", "questions", "codes", "rules", "codings", "suggestions",
    "reviewed", "unplaced", "topics", "topic_terms", "segment_topics", "topic_phrases", "topic_quotes", "topic_edits", "topic_codes",
    "topic_new", "code_topics", "topic_groups", "topic_models", "topic_numbers", "topic_notes", "findings_mentions", "findings_codes", "findings_groups",
    "findings_cases", "findings_cooccurrence", "findings_coverage", "findings_quotes", "findings_classes", "findings_disclosure",
    "findings_suppression", "quote_decisions", "findings_release", "moments", "model_codes", "quality", "quality_codes",
    "quality_calibration", "quality_prevalence", "quality_fairness", "findings_scope", "findings_applies", "findings_limits", "findings_potentials",
    "findings_bridges", "findings_needs", "findings_offers", "findings_places", "findings_welcome", "findings_stories", "findings_inventory", "findings_capacity",
    "findings_reasons", "findings_reason_codes", "findings_counter", "findings_reason_notes", "actors", "actor_mentions", "findings_links", "findings_network", "findings_speaks_of",
    "findings_wishes", "findings_measures", "findings_indicators", "findings_waves", "findings_wave_samples", "findings_common", "findings_common_groups", "findings_evidence",
    "findings_against", "findings_tests", "findings_sample", "findings_access", "findings_subthemes", "findings_saturation", "findings_answers",
    "findings_answer_codes", "findings_grid", "findings_unasked", "findings_summaries", "findings_points", "findings_matrix", "findings_alike", "findings_statements",
)  # fmt: skip
SHOWN_SETTINGS = (
    "title", "language", "fictional", "variables", "answers", "annotate", "model", "llm", "topics.min_segments", "topics.min_interviews", "findings", "report",
)

# Beside what is shown: what the chapter on method tells; what people noted, decided and compared, which no picture shows.
METHOD = ("cleaning",)
REVIEW = ("agreement", "disagreements", "confusions", "memos", "cycle_log", "cycle_versions", "cycle_negative", "cycle_inductive", "cycle_minutes", "cycle_sampling", "review_open")
METHOD_SETTINGS = (
    "ingest.notation", "clean", "pseudonymise.phones", "pseudonymise.emails", "questions", "topics.model", "topics.number", "topics.neighbours", "review",
)
