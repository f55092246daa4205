"""Tables of the council's questions: which apply, what answers them, what speaks against it, and what the answers lack.

Where a row counts: `basis` is reviewed or proposed, never both; mentions and cases stand beside those who were asked.
"""

from __future__ import annotations

from pipeline.contract.table import PUBLIC, WORK, Table
from pipeline.contract.table import table as _table

ANSWERS: dict[str, Table] = {
    "causes": _table(
        "causes", WORK, "doc turn cause_start effect_start",
        "doc turn:int start:int end:int cause_start:int cause_end:int effect_start:int effect_end:int sign_start:int sign_end:int sign kind",
        "Wo jemand einen Grund und eine Folge nennt"),
    "findings_scope": _table(
        "scope", PUBLIC, "family code", "family code given", "Welche Kategorien zu welcher Frage des Rates gehören"),
    "findings_applies": _table(
        "scope", PUBLIC, "question", "question order:int applies reason detail", "Welche Fragen des Rates dieses Material beantworten kann"),
    "findings_limits": _table(
        "scope", PUBLIC, "limit", "limit order:int question kind subject value n:int", "Was den Angaben fehlt"),
    # what is there, what is lacking (1, 4, 8)
    "findings_potentials": _table(
        "potentials", PUBLIC, "code by value basis", "code by value basis n_mentions:int n_cases:int n_asked:int n_group:int n_cases_own:int n_named:int",
        "Potenziale nach Art, Gruppe und Sozialraum"),
    "findings_bridges": _table(
        "potentials", PUBLIC, "bridge", "bridge mention doc turn:int start:int end:int case basis bridge_role found_in does side_a side_b",
        "Brückenpersonen: Rolle, und wen sie verbinden"),
    "findings_needs": _table(
        "potentials", PUBLIC, "code district basis",
        "code district basis n_mentions:int n_cases:int n_asked:int n_group:int n_cases_own:int n_named:int n_offers:int n_offers_proposed:int state", "Bedarfe je Sozialraum neben dem Bestand"),
    "findings_offers": _table(
        "potentials", PUBLIC, "mention district", "mention doc turn:int start:int end:int case code basis district placed lasting beside", "Was es in den Sozialräumen gibt"),
    "findings_places": _table("potentials", PUBLIC, "mention district", "mention district placed", "Von welchem Sozialraum eine Stelle handelt, und woran das zu sehen ist"),
    "findings_welcome": _table(
        "potentials", PUBLIC, "theme case basis", "theme case basis good:int bad:int good_others:int bad_others:int experience asked:int", "Willkommen und Zusammenleben je befragter Person"),
    "findings_stories": _table(
        "potentials", PUBLIC, "story",
        "story theme doc turn:int start:int end:int case basis before_start:int before_end:int after_start:int after_end:int sign direction", "Geschichten: früher und heute"),
    # engagement (2)
    "findings_inventory": _table(
        "engagement", PUBLIC, "entry",
        "entry order:int doc turn:int start:int end:int case district basis codes mentions who what whom place_name since often note same_as engagement hidden state edited quote",
        "Bestand des Engagements"),
    "findings_capacity": _table(
        "engagement", PUBLIC, "mention kind", "mention kind doc turn:int start:int end:int case basis codes whose", "Was das Engagement begrenzt"),
    # reasons (3)
    "findings_reasons": _table(
        "reasons", PUBLIC, "statement",
        "statement doc turn:int start:int end:int cause_start:int cause_end:int effect_start:int effect_end:int sign_start:int sign_end:int sign kind case "
        "question prompt about holder type cause_codes effect_codes either_codes basis stance", "Genannte Gründe: einzelne Aussagen von Ursache und Folge"),
    "findings_reason_codes": _table(
        "reasons", PUBLIC, "code basis",
        "code basis n_mentions:int n_cases:int n_asked:int n_cases_asked:int n_spontaneous:int n_prompted:int n_leading:int n_statements:int n_cases_self:int n_cases_others:int "
        "n_cases_institution:int n_cases_unclear:int n_preference:int n_restriction:int n_reaction:int attribution largest_case largest_case_share:float", "Genannte Gründe: wer sie nennt, über wen"),
    "findings_counter": _table(
        "reasons", PUBLIC, "place kind code", "place kind code doc turn:int start:int end:int case basis", "Wer keine Trennung sieht oder einem Grund widerspricht"),
    "findings_reason_notes": _table(
        "reasons", PUBLIC, "mention note", "mention note value cue", "Genannte Gründe: woran eine Stelle als Vorliebe, Zwang oder Folge erkannt ist, wer ein Deutungswort zuerst gebrauchte"),
    # actors (5)
    "actors": _table(
        "actors", PUBLIC, "actor", "actor label kind source is_role forms n_mentions:int n_cases:int n_docs:int n_links:int n_links_proposed:int n_missing:int n_missing_proposed:int note", "Einrichtungen und Rollen"),
    "actor_mentions": _table(
        "actors", PUBLIC, "doc turn start actor", "doc turn:int start:int end:int actor case form", "Wo Einrichtungen und Rollen vorkommen"),
    "findings_links": _table(
        "actors", PUBLIC, "link", "link doc turn:int start:int end:int case actor_a actor_b kind sign basis doubt", "Aussagen darüber, wer mit wem arbeitet, und wer fehlt"),
    "findings_network": _table(
        "actors", PUBLIC, "actor_a actor_b kind", "actor_a actor_b kind n_reviewed:int n_cases_reviewed:int n_proposed:int n_cases_proposed:int", "Wer mit wem, nach Aussagen"),
    "findings_speaks_of": _table(
        "actors", PUBLIC, "group actor", "group actor n_mentions:int n_cases:int n_group:int", "Wer von welchen Einrichtungen spricht"),
    # wishes and indicators (6, 9)
    "findings_wishes": _table(
        "wishes", PUBLIC, "code variable value basis", "code variable value basis n_mentions:int n_cases:int n_asked:int n_cases_asked:int n_group:int",
        "Wünsche und Bedarfe nach Gruppen; ohne Merkmal: alle Befragten"),
    "findings_measures": _table(
        "wishes", PUBLIC, "measure",
        "measure order:int kind code label need need_code need_turns:int need_hint groups groups_silent n_mentions:int n_cases:int n_asked:int n_cases_asked:int "
        "n_proposed:int n_cases_proposed:int evidence costs n_costs_proposed:int goal indicator responsible date note gone state edited",
        "Vorlage für Maßnahmen"),
    "findings_indicators": _table(
        "wishes", PUBLIC, "indicator",
        "indicator order:int family code label source value date direction responsible note n_mentions:int n_cases:int n_asked:int n_cases_asked:int "
        "n_proposed:int n_cases_proposed:int doubts gone state edited", "Blatt der Indikatoren"),
    "findings_waves": _table(
        "wishes", PUBLIC, "code wave basis", "code wave basis order:int n_mentions:int n_cases:int n_asked:int n_cases_asked:int n_group:int",
        "Erhebungen nebeneinander, als zwei Auswahlen"),
    "findings_wave_samples": _table(
        "wishes", PUBLIC, "variable value wave", "variable value wave order:int n_cases:int n_docs:int", "Wen die Erhebungen befragt haben und wie"),
    # common denominator, evidence (7)
    "findings_common": _table(
        "common", PUBLIC, "code basis",
        "code basis aspect field reason n_groups:int n_groups_asked:int n_groups_voiced:int n_groups_denied:int n_cases:int n_asked:int n_asked_voiced:int lowest:float balanced:float",
        "Gemeinsamer Nenner: vier Felder"),
    "findings_common_groups": _table(
        "common", PUBLIC, "code basis group",
        "code basis group status n_mentions:int n_cases:int n_asked:int n_asked_voiced:int n_group:int n_cases_self:int n_cases_others:int n_cases_denied:int n_evaded:int n_unread:int mention against",
        "Gemeinsamer Nenner: jede Gruppe"),
    "findings_quotes": _table(
        "evidence", PUBLIC, "code rank", "code rank:int mention case score:float typical:float pinned", "Reihenfolge der Belegstellen"),
    "findings_evidence": _table(
        "evidence", PUBLIC, "code",
        "code n_mentions:int n_cases:int n_asked:int n_against:int n_cases_against:int n_proposed:int n_against_proposed:int largest_case largest_case_share:float",
        "Was für und was gegen eine Aussage spricht"),
    "findings_against": _table(
        "evidence", PUBLIC, "code rank", "code rank:int place kind other doc turn:int start:int end:int case basis about", "Gegenbelege"),
    "findings_tests": _table(
        "evidence", PUBLIC, "code variable", "code variable n:int n_said:int groups:int p:float p_all:float method", "Exakte Tests auf Wunsch, über Befragte, keine Umfrage"),
    # whom we have not heard, question by question, what nobody asked (10, 11, 12)
    "findings_sample": _table(
        "unheard", PUBLIC, "variable value beside beside_value",
        "variable value beside beside_value order:int n_cases:int n_known:int n_town:float n_base:float share_town:float source expected:float state", "Befragte neben der Stadt; mit zweitem Merkmal: wo beides zusammentrifft"),
    "findings_access": _table("unheard", PUBLIC, "part value", "part value n_cases:int n_docs:int", "Wie Befragte erreicht wurden und in welcher Sprache"),
    "findings_subthemes": _table(
        "unheard", PUBLIC, "source subtheme", "source subtheme label code first_case first_doc first_order:int n_cases:int", "Neue Unterthemen und wo sie zuerst vorkamen"),
    "findings_saturation": _table(
        "unheard", PUBLIC, "source group order", "source group order:int case doc date access n_new:int n_known:int n_told:int n_all:int new_labels share_new:float state", "Sättigung: neue Unterthemen je Gespräch"),
    "findings_answers": _table(
        "unheard", PUBLIC, "question",
        "question order:int n_cases:int n_asked:int n_answered:int n_evaded:int n_refused:int n_silent:int n_leading:int words_low:float words:float words_high:float", "Antworten je Leitfrage"),
    "findings_answer_codes": _table(
        "unheard", PUBLIC, "question code basis", "question code basis expected n_mentions:int n_cases:int n_asked:int", "Womit Fragen beantwortet wurden"),
    "findings_grid": _table("unheard", PUBLIC, "question case", "question case status words:int codes proposed mention", "Frage und Fall auf einen Blick"),
    "findings_unasked": _table(
        "unheard", PUBLIC, "topic", "topic kind n_segments:int n_cases:int n_proposed:int n_cases_proposed:int unasked:float covered:float best_code echo:float firm", "Themen, nach denen niemand fragte"),
    # cases
    "findings_summaries": _table("summaries", PUBLIC, "case", "case words:int n_codes:int scaffold summary moved state edited", "Fallzusammenfassungen"),
    "findings_points": _table(
        "summaries", PUBLIC, "case rank", "case rank:int code mention doc turn:int start:int end:int basis", "Kernsätze je Fall"),
    "findings_matrix": _table(
        "summaries", PUBLIC, "case code", "case code n_mentions:int n_proposed:int passages paraphrase subthemes moved gone state edited", "Themenmatrix: Fall und Hauptkategorie"),
    "findings_alike": _table("summaries", PUBLIC, "case", "case basis x:float y:float nearest likeness:float n_codes:int", "Ähnlichkeit der Fälle, als Denkanstoß"),
    # the first page, pictures
    "findings_statements": _table(
        "statements", PUBLIC, "statement part",
        "statement part:int order:int line:int kind section block:int form text claim found verdict reason code address place mention doc turn:int start:int end:int",
        "Kernaussagen, die Menschen schrieben, mit ihren geprüften Zahlen und Belegen"),
    "pictures": _table("pictures", WORK, "picture", "picture order:int title caption alt spec svg headings rows", "Bilder des Berichts"),
}  # fmt: skip
