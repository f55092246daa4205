"""Tables from the transcripts to the counts: material, annotation, questions, codings, quality, topics, counts."""

from __future__ import annotations

from pipeline.contract.table import PRIVATE, PUBLIC, WORK, Table
from pipeline.contract.table import table as _table

# Columns that stage 6 fills for a coding; suggestions have the same and a reason.
_CODING = {
    "coding": "str", "doc": "str", "turn": "int", "start": "int", "end": "int", "code": "str", "coder": "str",
    "quote": "str", "rule": "str", "stance": "str", "about": "str", "prompt": "str", "score": "float", "unasked": "str", "status": "str",
    "case": "str", "question": "str", "seg": "str", "matched": "str", "evidence": "str", "cue": "str",
}  # fmt: skip

_MENTION = (
    "mention doc turn:int start:int end:int code case question prompt unasked stance about basis score:float coder rule matched evidence "
    "cue codings"
)

MATERIAL: dict[str, Table] = {
    "sources": _table(
        "ingest", PRIVATE, "doc",
        "doc file sha256 format tool notation notation_confidence:float notation_evidence encoding fillers status code "
        "reason advice warnings meta date wave mode words:int turns:int speakers:int timed text_sha256",
        "Gelesene Dateien mit wirklichem Namen"),
    "labels": _table(
        "ingest", PRIVATE, "doc label", "doc label role confidence:float evidence turns:int words:int",
        "Sprecherkürzel und Rollen, wie sie in den Dateien stehen"),
    "turns_raw": _table(
        "ingest", PRIVATE, "doc turn",
        "doc turn:int speaker role t_start:float t_end:float t_source overlaps source_ref offset:int text raw_sha256",
        "Redebeiträge, wie gelesen"),
    "cues": _table(
        "ingest", PRIVATE, "doc turn cue",
        "doc turn:int cue:int start:int end:int t_start:float t_end:float t_source ref confidence:float doubt",
        "Stücke, in denen das Format die Rede gibt, mit Ort im Rohtext und Zeit"),
    "signs": _table(
        "ingest", PRIVATE, "doc turn start end type value", "doc turn:int type value start:int end:int",
        "Zeichen neben den Wörtern, die das Format selbst kennt, mit Ort im Rohtext"),
    "turns_clean": _table("clean", PRIVATE, "doc turn", "doc turn:int text", "Redebeiträge, bereinigt"),
    "changes": _table(
        "clean", PRIVATE, "doc turn raw_start raw_end rule",
        "doc turn:int rule raw_start:int raw_end:int clean_start:int clean_end:int before after",
        "Was die Bereinigung geändert hat"),
    "annotations": _table(
        "clean", PRIVATE, "doc turn raw_start raw_end type",
        "doc turn:int type value raw_start:int raw_end:int clean_start:int clean_end:int",
        "Pausen, Lachen, Unverständliches und anderes neben dem Text"),
    "documents": _table(
        "pseudonymise", PUBLIC, "doc",
        "doc file sha256 format tool notation notation_confidence:float notation_evidence encoding fillers status reason "
        "date wave mode words:int turns:int advice warnings",
        "Dateien: gelesen oder nicht, und warum"),
    "speakers": _table(
        "pseudonymise", PUBLIC, "doc speaker",
        "doc speaker role confidence:float evidence turns:int words:int case quotable", "Sprecherkürzel, Rollen und Fälle"),
    "cases": _table(
        "pseudonymise", PUBLIC, "case doc speaker", "case doc speaker voice access language interviewer",
        "Fälle: die Befragten und ihre Merkmale", extra=True),
    "found": _table(
        "names", PRIVATE, "doc turn start end kind",
        "doc turn:int start:int end:int kind surface core certainty rule sex culture title",
        "Fundstellen von Namen, Orten, Nummern im bereinigten Text (Beitrag 0: Kopf, Dateiname, Kürzel)"),
    "entities": _table(
        "names", PRIVATE, "entity",
        "entity kind name forms status level replacement sex culture docs count:int wordlike everywhere note",
        "Personen, Orte, Einrichtungen: was sie im Ergebnis heißen"),
    "plan": _table(
        "names", PRIVATE, "doc turn start",
        "doc turn:int start:int end:int entity kind before after", "Was in jedem Beitrag ersetzt wird"),
    "aliases": _table(
        "names", PRIVATE, "doc form", "doc form replacement kind", "Was in Kopf und Dateiname eines Interviews ersetzt wird"),
    "suspects": _table(
        "names", PRIVATE, "doc turn start",
        "doc turn:int start:int end:int entity kind surface rule risk:float context", "Verdächtige Stellen, die nicht ersetzt sind"),
    "notes": _table(
        "pseudonymise",
        PUBLIC,
        "source place text",
        "source place text",
        "Was in Angaben zu den Befragten nicht zusammenpasst",
    ),
    "turns": _table(
        "pseudonymise", PUBLIC, "doc turn",
        "doc turn:int speaker case role t_start:float t_end:float t_source overlaps source_ref text raw_sha256", "Redebeiträge"),
    "moments": _table(
        "pseudonymise", PUBLIC, "doc turn start", "doc turn:int start:int t_start:float",
        "Von welcher Stelle eines Beitrags an welche Sekunde der Aufnahme gilt"),
    "asides": _table(
        "pseudonymise", PUBLIC, "doc turn start end kind", "doc turn:int start:int end:int kind",
        "Wo im Text ein Ersatz steht und wo eine Pause, ein Lachen oder Unverständliches vermerkt ist; ohne Wortlaut"),
    "replacements": _table(
        "pseudonymise", PRIVATE, "doc turn clean_start",
        "doc turn:int kind clean_start:int clean_end:int start:int end:int before after", "Ersetzte Angaben"),
    "cleaning": _table(
        "pseudonymise", PUBLIC, "doc step kind", "doc step kind n:int",
        "Was Bereinigung und Pseudonymisierung taten, gezählt: nach Art, ohne Wortlaut"),
    "segments": _table("annotate", PUBLIC, "seg", "seg doc turn:int start:int end:int", "Sätze"),
    "tokens": _table(
        "annotate", WORK, "doc turn start", "doc turn:int seg i:int start:int end:int type:int", "Wörter im Text"),
    "types": _table(
        "annotate", WORK, "type", "type:int form norm tag lemma pos head parts", "Wortformen mit Grundform und Wortart"),
    "questions": _table(
        "questions", PUBLIC, "doc turn", "doc turn:int question kind leading confidence:float answer",
        "Welche Leitfadenfrage ein Beitrag beantwortet"),
    "scopes": _table(
        "stance", WORK, "doc turn start",
        "doc turn:int start:int clause:int negated:int hypothetical:int reported:int past:int doubt:int about:int",
        "Welches Wort ein Wort verneint, zum Gedanken macht …, und über wen gesprochen wird"),
    "vectors": _table("embed", WORK, "doc turn seg", "doc turn:int seg vector", "Sätze und Fragen als Vektoren"),
    "anchors": _table(
        "anchors", WORK, "anchor", "anchor:int kind codes under text variety file line:int used why words vector",
        "Sätze, aus denen das Modell lernt"),
    "scheme": _table("anchors", WORK, "order", "order:int code parent since coded was", "Kategorien, wie das Modell sie braucht"),
    "lessons": _table(
        "lessons", WORK, "doc turn seg", "doc turn:int seg words vector question codes rules known",
        "Sätze der Interviews, aus denen das Modell lernt, mit allem darum herum"),
    "model_codes": _table(
        "fit", PUBLIC, "order", "order:int code served n_anchors:int n_reviewed:int n_varieties:int note version encoder",
        "Aus wie vielen Sätzen das Modell jede Kategorie gelernt hat"),
    "scores": _table(
        "score", WORK, "doc turn seg", "doc turn:int seg logits free near", "Wie das Modell jeden Satz mit jeder Kategorie einschätzt"),
    "outside": _table(
        "fit", WORK, "doc turn seg", "doc turn:int seg chances free",
        "Wie ein Modell, das das Gespräch nicht kennt, die gelesenen Sätze einschätzt"),
    "chances": _table(
        "coding", WORK, "doc turn seg", "doc turn:int seg chances free", "Wie wahrscheinlich jede Kategorie für jeden Satz ist, Regeln eingerechnet"),
    "quality": _table(
        "quality", PUBLIC, "measure unit part value", "measure unit part value n:int estimate:float low:float high:float",
        "Wie gut die Vorschläge sind, an Gelesenem gemessen"),
    "quality_codes": _table(
        "quality", PUBLIC, "order",
        "order:int code n_sentences:int n_true:int n_proposed:int n_both:int precision:float precision_low:float precision_high:float "
        "recall:float recall_low:float recall_high:float f1:float ap:float",
        "Wie gut die Vorschläge je Kategorie sind"),
    "quality_calibration": _table(
        "quality", PUBLIC, "bin", "bin:int low:float n:int score:float true:float", "Ob Vorschläge so oft zutreffen, wie das Modell sagt"),
    "quality_prevalence": _table(
        "quality", PUBLIC, "order", "order:int code n_reviewed:int estimate:float low:float high:float method reason",
        "In welchem Anteil der Sätze eine Kategorie vorkommt, mit Spanne"),
    "quality_fairness": _table(
        "fairness", PUBLIC, "part variety", "part variety n:int recall:float gap:float told",
        "Ob das Modell Inhalte in jeder Sprechweise gleich gut findet"),
    "fair_sentences": _table("fairness", WORK, "text", "text words vector", "Die Prüfsätze der Sprechweisen, aufbereitet"),
    "llm_codings": _table(
        "llm", WORK, "doc turn start code", "doc turn:int start:int end:int code quote why",
        "Was ein Sprachmodell auf diesem Rechner vorschlägt"),
    "codings": _table("coding", PUBLIC, "doc turn start end code coder rule coding", _CODING, "Codierungen"),
    "suggestions": _table(
        "coding", PUBLIC, "doc turn start end code coder rule coding", {**_CODING, "reason": "str"},
        "Treffer, die nicht zählen, mit Grund"),
    "codes": _table(
        "coding", PUBLIC, "order", "order:int code parent level:int label definition coded through color since was lack",
        "Kategorien des Codebuchs"),
    "rules": _table(
        "coding", PUBLIC, "rule", "rule code kind pattern line:int hits:int counted:int",
        "Regeln des Codebuchs und ihre Treffer"),
    "unplaced": _table(
        "coding", PUBLIC, "decision",
        "decision coder action mode code doc quote raw_sha256 raw_start:int raw_end:int reason kind likely_turn:int likely_start:int likely_end:int likeness:float",
        "Entscheidungen, deren Stelle nicht wiedergefunden wurde"),
    "decisions": _table(
        "coding", PUBLIC, "decision",
        "decision order:int date coder mode action code doc turn:int start:int end:int raw_sha256 raw_start:int raw_end:int "
        "codebook memo time place", "Entscheidungen von Menschen, ohne zurückgenommene; später zählt mehr"),
    "reviewed": _table(
        "coding", PUBLIC, "doc turn start end coder mode codes",
        "doc turn:int start:int end:int coder mode codes lacks date codebook raw_sha256 raw_start:int raw_end:int place",
        "Von Menschen gelesene Stellen"),
    "themes": _table(
        "discover", WORK, "theme",
        "theme n_segments:int stability:float steady:float halves:float firm worded:float coherence:float echo:float echo_question x:float y:float",
        "Themen, wie das Modell sie findet, bevor Menschen sie benennen"),
    "theme_terms": _table("discover", WORK, "theme rank", "theme rank:int term weight:float", "Wörter der gefundenen Themen"),
    "segment_themes": _table(
        "discover", WORK, "doc turn seg", "doc turn:int seg case question theme weight:float second second_weight:float",
        "Welchem gefundenen Thema ein Satz am nächsten steht; leer: keinem"),
    "topic_models": _table(
        "discover", PUBLIC, "model", "model used number:int coherence:float stability:float outside:float agreement:float",
        "Themenmodelle im Vergleich"),
    "topic_numbers": _table(
        "discover", PUBLIC, "number", "number:int stability:float coherence:float score:float chosen", "Wie viele Themen das Material trägt"),
    "topic_notes": _table(
        "discover", PUBLIC, "note", "note value:float text", "Was zu den Themen zu sagen ist: Umfang des Materials, Gründe, keine zu zeigen"),
    "topics": _table(
        "topics", PUBLIC, "topic",
        "topic label words phrase named hidden memo stability:float steady:float halves:float firm worded:float coherence:float n_segments:int n_cases:int n_docs:int share:float "
        "largest_case largest_case_share:float echo:float echo_question x:float y:float",
        "Themen aus dem Themenmodell"),
    "topic_terms": _table("topics", PUBLIC, "topic rank", "topic rank:int term weight:float", "Wörter der Themen"),
    "segment_topics": _table(
        "topics", PUBLIC, "seg topic", "seg topic weight:float rank:int", "Zu welchem Thema ein Satz gehört"),
    "topic_phrases": _table(
        "topics", PUBLIC, "topic rank", "topic rank:int phrase n_segments:int n_cases:int", "Wendungen, die einem Thema eigen sind"),
    "topic_quotes": _table(
        "topics", PUBLIC, "topic kind rank", "topic kind rank:int seg doc turn:int start:int end:int case",
        "Typische Sätze eines Themas und einer, der abweicht"),
    "topic_edits": _table(
        "topics", PUBLIC, "entry", "entry:int line:int name action topic likeness:float status terms",
        "Was Menschen an den Themen geändert haben und ob es wiedergefunden wurde"),
    "topic_codes": _table(
        "crosswalk", PUBLIC, "topic code basis",
        "topic code basis n_segments:int n_cases:int share_topic:float share_code:float lift:float", "Themen und Kategorien"),
    "topic_new": _table(
        "crosswalk", PUBLIC, "topic", "topic covered:float best_code best_share:float n_cases:int id label terms anchors snippet",
        "Themen ohne Kategorie: Vorschläge für neue Kategorien"),
    "code_topics": _table(
        "crosswalk", PUBLIC, "code basis", "code basis n_segments:int n_topics:int spread:float main_topic main_share:float outside:float scattered",
        "Kategorien, die sich über viele Themen verteilen"),
    "topic_groups": _table(
        "crosswalk", PUBLIC, "topic variable value",
        "topic variable value n_cases:int n_group:int share:float others:float difference:float low:float high:float p:float p_all:float verdict",
        "Themen nach Merkmalen, Fragen und Wellen, als Unterschiede mit Spanne"),
    "findings_mentions": _table("findings", PUBLIC, "doc turn start end code", _MENTION, "Nennungen: zusammenhängende Stellen einer Kategorie"),
    "findings_denials": _table(
        "findings", PUBLIC, "doc turn start end code", _MENTION, "Stellen, an denen Menschen codierten, dass jemand eine Kategorie verneint; sie zählen nicht für sie"),
    "findings_codes": _table(
        "findings", PUBLIC, "order",
        "order:int code n_mentions:int n_cases:int n_asked:int n_cases_asked:int n_spontaneous:int n_leading:int "
        "n_about_self:int n_about_others:int n_proposed:int n_cases_proposed:int n_spontaneous_proposed:int n_about_self_proposed:int "
        "n_about_others_proposed:int n_suggested:int largest_case_share:float", "Kategorien: Nennungen, Befragte, Gefragte"),
    "findings_groups": _table(
        "findings", PUBLIC, "variable value code basis",
        "variable value code basis n_mentions:int n_cases:int n_asked:int n_group:int", "Kategorien nach Merkmalen"),
    "findings_cases": _table(
        "findings", PUBLIC, "case code basis", "case code basis n_mentions:int n_asked:int", "Kategorien nach Befragten"),
    "findings_cooccurrence": _table(
        "findings", PUBLIC, "code_a code_b", "code_a code_b n_segments:int n_turns:int n_cases:int n_proposed:int",
        "Kategorien, die zusammen vorkommen"),
    "findings_coverage": _table(
        "findings", PUBLIC, "question case", "question case status asked:int words:int turns:int", "Wem welche Frage gestellt wurde"),
    "findings_classes": _table(
        "findings", PUBLIC, "case", "case traits n_alike:int below", "Befragte mit gleichen Merkmalen"),
    "findings_disclosure": _table(
        "findings", PUBLIC, "step variable",
        "step:int variable n_values:int n_classes:int n_unique:int n_below:int n_gain:int chosen",
        "Was es hülfe, Merkmale zu vergröbern"),
    "findings_suppression": _table(
        "findings", PUBLIC, "code variable value", "variable value code n_cases:int n_group:int suppressed",
        "Zellen, die eine Ausgabe zum Weitergeben verbirgt"),
    "quote_decisions": _table(
        "findings", PUBLIC, "line",
        "line:int doc turn:int start:int end:int release unique_ok pin coder date note quote state",
        "Was Menschen über Zitate entschieden haben: Weitergabe, Auswahl"),
    "findings_release": _table(
        "findings", PUBLIC, "mention", "mention n_alike:int unique release unique_ok consent released why",
        "Welche Zitate weitergegeben werden dürfen"),
}  # fmt: skip
