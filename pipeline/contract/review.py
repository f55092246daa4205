"""Tables of what people do with codings: how far they agree, what they noted, which readings a newer category leaves open."""

from __future__ import annotations

from pipeline.contract.table import PUBLIC, Table
from pipeline.contract.table import table as _table

REVIEW: dict[str, Table] = {
    # what people write about their work: forms of the local app, and columns of lists
    "memos": _table(
        "cycle", PUBLIC, "memo", "memo kind key doc turn:int start:int end:int code coder date text source",
        "Notizen zu Kategorien, Stellen, Fällen, Gesprächen, Projekt und Methode"),
    "cycle_log": _table(
        "cycle", PUBLIC, "entry", "entry date coder code what why alternative version", "Entscheidungen über das Codebuch: wer, wann, warum, was sonst"),
    "cycle_versions": _table(
        "cycle", PUBLIC, "order", "order:int version date n_codes:int added gone current logged", "Fassungen des Codebuchs, unter denen gelesen wurde"),
    "cycle_negative": _table(
        "cycle", PUBLIC, "entry", "entry date coder code doc turn:int start:int end:int quote why consequence placed", "Gesammelte Gegenfälle"),
    "cycle_inductive": _table(
        "cycle", PUBLIC, "entry", "entry date coder doc turn:int start:int end:int quote paraphrase generalisation reduction note placed",
        "Aus dem Material gebildete Kategorien: Paraphrase, Generalisierung, Reduktion"),
    "cycle_minutes": _table(
        "cycle", PUBLIC, "entry", "entry date coder present passages readings agreed open", "Protokolle der Interpretationsgruppe"),
    "cycle_sampling": _table(
        "cycle", PUBLIC, "entry", "entry date coder whom contrast why status note", "Wen wir warum als Nächstes befragen"),
    "review_open": _table(
        "cycle", PUBLIC, "doc turn start end code coder mode", "doc turn:int start:int end:int code coder mode codebook reason",
        "Gelesene Stellen, die für eine später gekommene Kategorie noch offen sind"),
    # Agreement. `scope`: people (a, b coders; both "alle" for all together), machine (a coder or "menschen", b "maschine"), rule_model. `part`:
    # all, doc, month (of the later reading). `unit`: sentence, coded (sentences to which one of the group gave any category), turn, passage,
    # continuum. `code`: empty for all categories (pooled). `n`: units compared; of passages and the continuum, passages marked. `prevalence`: share
    # of ratings that give the category, of the continuum the share of the text. `note`: sentences of `agreeing.notes`, joined by "; ".
    "agreement": _table(
        "agreement", PUBLIC, "order",
        "order:int scope a b part value unit code measure state n:int n_cases:int estimate:float low:float high:float prevalence:float note",
        "Wie weit Codierende übereinstimmen"),
    # `resolved`: which of the categories in dispute consensus gave, "–" where none of them, empty where it has not spoken. `round`: a queue.
    "disagreements": _table(
        "agreement", PUBLIC, "doc turn start end a b",
        "doc turn:int start:int end:int seg case a b codes_a codes_b memo_a memo_b only_a only_b round resolved resolved_memo",
        "Sätze, die zwei verschieden codierten"),
    # Sentences to which a gave code_a, not b, and b code_b, not a; an empty code: nothing of their own. `n_a`: all to which a gave code_a.
    "confusions": _table(
        "agreement", PUBLIC, "a b code_a code_b", "a b code_a code_b n:int n_cases:int n_a:int n_b:int share:float example hint",
        "Welche Kategorien verwechselt werden"),
}  # fmt: skip
