"""Words of a mere assent: what stands for yes, what speaks only about what was said, what adds something. Data only, German.

All in lower case and, unless said otherwise, with umlauts in two letters and without apostrophes.
"""

from __future__ import annotations

# Yes in all its forms, also as dialects and young people have it; each grants what was said.
YES = frozenset(
    """ja jaja jo joo jou joh joa jau jap jep jupp jup yes yo mhm hmhm hm hmm genau jenau ganau genauso richtig richtich stimmt stemmp stimmp stemmt
    korrekt klar sicher sicherlich natuerlich natürlich logisch logo absolut definitiv freilich freili freilig doch eben exakt unbedingt durchaus gewiss
    zweifellos wahrscheinlich vermutlich vielleicht leider voellig völlig vollkommen hundertprozentig safe isso isset isses jawohl jawoll
    sowieso tatsaechlich tatsächlich wahr bestimmt okay ok sozusagen""".split()
)
# These speak about what was said, that it is right or well put, and never about the thing itself.
ABOUT_WHAT_WAS_SAID = frozenset(
    """sagen sagt sagst sag sage sagn sach sachse sachste sagse gesagt gesacht sagten meinen meine meint meinst mein gemeint nennen nennt nennst genannt
    verstehe verstehen verstanden formuliert ausgedrueckt ausdruecken erfasst erkannt zugehoert gehoert gelesen beobachtet getroffen trifft treffen zusammengefasst zusammenfassen
    bestaetigen bestaetige bestaetigt zustimmen zustimme stimme zugestimmt unterschreiben unterschreibe widersprechen widerspreche beipflichten pflichte recht
    hinzufuegen hinzuzufuegen ergaenzen entgegenhalten entgegenzusetzen meinung ansicht eindruck gefuehl teile teilen geteilt bild wort worte punkt sinne
    wiederholen wiederhole aufschreiben schreiben schreibt schreib notieren stehen stehenlassen lassen gedacht nachgedacht drueber denke denk glaube glaub glauben schaetze annehmen
    nehme vermute finde find finden wuesste weiss weisst wissen genau recht gut gute gutes guter schoen schoenes wohl hand weisen dran wahres wahr sehe seh sehen sieht zugeben zugegeben gebe geb
    frau herr junge dame fraeulein erzaehlt richtig falsch belassen dabei muss soll sollen wollen willst will machen macht machn erinnern einig einverstanden schwoer schwoere ehrlich
    nachvollziehen sicher bestimmt so mund koennte kann koennen haette waere wuerde selbst besser kurz danke danke schoen frage fragen bei ihnen dir laut laessig frueher her""".split()
)
# Beginnings of words of a clause that is only about what was said: its truth, its wording, its effect on the hearer.
SPEAKING = tuple(
    """sag sach gesag gesach unterschreib unterschrieb bestaetig zustimm beipflicht anschliess schliesse$ umschreib hinschreib formulier ausdrueck ausdruck ausgedrueck zusammenfass
    lesart passt deutung deute$ deuten$ einschaetz ueberblick beurteil seele$ mund$ munde$ wort$ worte$ worten$ fakt tatsach wahrheit antwort frage fuerchte$ schade traurig bedauerlich klingt$ klang$ punkt
    vorstell meinen meint mein[est]?$ gemeint nennen$ nenne$ nennt$ bezeichn sicht sinn$ sinne$ erfahrungsgem offensicht eindruck auffass meinung ansicht einverstand einig$ zugeb zugegeb zugesteh einraeum anerkenn
    richtig goldrichtig wahr$ volltreffer prozent unstrittig unbestritten treffend beschreibung klar$ eindeutig bekraeftig springende nick finger wunde laeuft gedacht notier aufschreib stimmt nachvollzieh naheliegend bringen kern$ nagel$ hundertpro ehrlich glaub$ glaube$ denk$ denke$ schaetz vermut annehm sehen seh$ sehe$ befuerchte$ leider""".split()
)
# Of these a no grants what was said, and without it they object.
DENYING = tuple(
    """leugn abstreit bestreit abgestritt widersprech widersprich kleinred wegred schoenred schoenrede ausred wegdiskut korrigier berichtig verkehrt falsch daneben dagegen degege gegenan
    anders andres anderes vormach ueberred einwend einzuwend entgegen abstritt hinzufueg hinzuzufueg ergaenz verneinen verneine zweifel bezweif luegen uebertrieb verhehl verschweig irren irre$ taeusch geheimnis ruetteln deuteln""".split()
)
# So do these, but only beside a word of the others (`besser kann man es nicht sagen`, not `besser wird das nicht`).
COMPARING = frozenset({"besser", "schoener", "treffender", "genauer", "deutlicher", "klarer"})
# What such a clause may hold besides.
BOUNDS = frozenset("kopf hinaus dran daran drauf darauf legen legst haben trifft treffen geben gibt gebe notieren richtung schlecht können dürfen wenn aber ausser nur immer alle weil kaum schwer laesst lassen laeßt gross lange mich uns darf man brauch brauche brauchen meh kannze gar lieg liegen liegst liegt verkehrt".split())
# With these it tells that the speaker does not know, or when and for whom it holds.
EVADING = frozenset("frueher damals heute einige manche viele teilweise teils selten manchmal oft obwohl trotzdem sondern weiss wees andere anderen".split())
# Small words, mostly of dialects, beside the list of stopwords.
SMALL = frozenset(
    """de dä dat datt det des dös et it itt s d n m i a o oa an en ene dr der die das däm dem den dene se sie s'e wer wir mer mir ma mo wa wat wo wia wie do da no
    nee nä nit ned net nich nid nix nemme nimmer nimma mehr hi hin ond un und oder is isch isset ist sin san send hend ham han hab hamse hasse haste hast kannste biste tun tut tu tuen duen dun tot
    aa ah ach och oh jetz jetzt getz na naja ne nun so son soa esu su wenn ebbes epper ois ooch auch aach au ooh us uns mingem minge mei meim mein sei dei ihrer ihrem ihre eure euer ander
    eher ungefaehr etwa moeglich schon scho schu voll ha mei gell gelle eh allerdings zwar dann dahin hierhin dorthin hier dort denn drum drom beim aufm inner inne mitm vonne voll ma mal emol amoi halt hoid hald eba ebn oiso also äh ähm immer immr winnich vill fei gar so'n nem ner irgendwie
    recht rääch meist meistens eigentlich leider alle alles älle koa koan keen kein keine keiner keinen kenner einzige einziges einziger """.split()
)
# These bring something that was not said: a limit, a contrast, a reason, how often, how many, when.
ADDS = frozenset(
    """aber aevver aba nur bloss ausser sondern obwohl wobei weil sogar trotzdem jedoch zumindest wenigstens teils teilweise manchmal erst seit seitdem
    besonders erstens zweitens oft oefter selten meistens meist frueher damals inzwischen mittlerweile heute heutzutage neulich letztens immer alle allem jeder viele
    einige manche fast beide wenn einmal zweimal dreimal mehrmals""".split()
)
LIMITS = r"\b(?:bei|für|von) (?:uns|mir|mich|denen|manchen|vielen|einigen)\b|\b(?:die|der|das) (?:nicht|schon)\b|^\W*auch\b"
# Whoever says these does not agree, whatever else is said; looked for after the phrases that grant were taken away.
DISAGREES = (
    r"\b(?:glaub|glaube|denk|denke|find|finde|würd|würde|seh|sehe|kann|könnte|meine|stimmt|wahr|richtig|sagen|sicher|klar|unbedingt|genau)\b(?: \w+){0,3} (?:nicht|nich|net|ned|nit|anders)\b|"
    r"\banders\b|\bgegenteil\b|\bvon wegen\b|\bquatsch\b|\bunsinn\b|\bja und nein\b|\bjein\b|\bach was\b"
)
# With these no clause about what was said agrees.
OBJECTS = (
    r"\bander\w* (?:meinung|ansicht|auffassung)\b|\bansichtssache\b|\b(?:ihre|deine) (?:meinung|sicht|ansicht)\b(?! teil)|\b(?:so und so|so oder so|mal so,? mal so)\b|\bhalbe? wahrheit\b|\bteil der wahrheit\b|\bschwer zu sagen\b|\b(?:andere|jemand anders) fragen\b|\bzu kurz gegriffen\b|\bgerücht\b|\bmir neu\b|\b(?:haben|hast|ham) (?:sie|se|du) (?:\w+ )?(?:nicht|nich) recht\b|\bnicht,? dass ich wüsste\b"
)  # fmt: skip
# True of another time or of a part only.
PARTLY = r"\b(?:war|waren|is|ist|sind|stimmt|stimmte) (?:das |dat |des |es )?(?:\w+ )?(?:früher|damals|mal|teilweise|teils|manchmal|selten|zum teil|nicht (?:immer|überall|ganz))\b|\bfrüher (?:war|stimmte|ja|schon|vielleicht)\b"
# A claim granted in part; to a claim that holds a no itself it may be the no that grants.
WEAKENS = r"\b(?:nicht|nich|net|ned|nit|weniger) (?:\w+ )?(?:ganz|wirklich|unbedingt|immer|alle|nur|sagen|jeder|überall)\b"
NOES = frozenset("nein nee naa noe ne noi".split())
# Lacking, too, may be granted with a no (`Räume fehlen? - Nee, gibt keine Räume`), but only beside the interviewer's own words.
LACKS = frozenset("ohne wenig weniger winnich fehlt fehlen fehlten fehle schlecht".split())
# Whole phrases that grant a claim (regular expressions over the text as it stands, umlauts included).
GRANTS = (
    r"(?:ganz )?ohne wenn und aber", r"(?:pfeifen )?(?:die |de )?spatzen(?: \w+)? (?:von|vonne|vom) (?:\w+ )?d\w+", r"wüsste (?:ich )?(?:auch )?nicht,? was (?:da)?gegen \w+", r"daran (?:wird|wird's|dürfte|muss|könnte|kann) (?:\w+ ){0,3}liegen", r"(?:so )?in (?:der|die|dieser?) richtung", r"in die wunde", r"auf den punkt", r"hundert ?pro(?:zent)?", r"drehen und wenden,? wie man will", r"(?:sie|du) (?:treffen|triffst) (?:es|et|das)", r"(?:das|dat|es) kommt (?:\w+ )?hin", r"(?:was|wer|wen|wo|wie|woran|wat) (?:denn )?sonst", r"wem (?:sagen|sagst) (?:sie|du) (?:das|dat)",
    r"(?:sprechen|sprichst|spricht|nehmen|nimmst|nimmt|reden|redest) (?:sie |se |du |ihr )?(?:mir |einem |uns )(?:\w+ ){0,2}(?:aus der seele|(?:aus dem|vom|ausm) (?:mund|herzen?|maul))",
    r"(?:rennen|rennst|laufen) (?:\w+ ){1,4}offene türen ein", r"(?:da )?(?:liegen|liegst) (?:sie|se|du)(?: da)? (?:\w+ )?(?:goldrichtig|richtig|nich(?:t)? (?:\w+ )?(?:falsch|verkehrt|daneben))", r"davon (?:können|kannst|dürfen|gehe|geh) (?:\w+ ){1,2}aus(?:gehen)?",
    r"(?:steht|ist|is|das|dat) (?:\w+ )?(?:außer frage|keine frage|nicht von der hand zu weisen|nicht zu übersehen|unbestritten)", r"(?:gar )?keine frage", r"(?:ohne|außer) (?:frage|zweifel)", r"^(?:\W*)(?:un|und|on|ond) (?:wie|ob)(?= *[.,!]|$)", r"aber hallo", r"ei (?:ja|sicher|freilich)(?: dat| das)?",
    r"(?:is|ist) (?:gar |noch )?kein ausdruck", r"beißt (?:\S+ ){1,3}(?:maus|keiner) (?:\w+ )?fad\w*(?: \w+)? ab", r"kann(?:st|ste|ze)? (?:du |man )?laut sagen", r"(?:dem |da )?(?:schließ|schließe|würde?) ich mich (?:\w+ ){0,4}an(?:schließen)?",
    r"(?:lässt|läßt) sich (?:das |dat |schon |so |durchaus |wohl |gut )+(?:sagen|umschreiben|beschreiben|zusammenfassen|ausdrücken|festhalten)", r"(?:so|genau|genauso) (?:muss|darf|kann|könnte|würde?) (?:man|ich|mer) (?:\w+ ){0,3}(?:sehen|sagen|sehn|nennen|ausdrücken|beschreiben)",
    r"(?:das|dat|des|den \w+) (?:muss|darf|kann|könnte|mag) (?:man|mr|mer|ma|ich) (?:\w+ ){0,3}(?:sagen|hinschreiben|kriegen|bekommen|sehen|meinen|stehen lassen)", r"(?:um es )?mit (?:ihren|deinen|einem|anderen) worte?n?(?: zu sagen| gesagt)?", r"warum (?:auch |denn )?nicht", r"im (?:großen und ganzen|grunde(?: genommen)?|wesentlichen|prinzip)",
    r"möchte man (?:\w+ )?meinen", r"(?:die|der) (?:ehrliche|richtige|traurige) (?:antwort|wahrheit)", r"(?:brauch\w*|muss) (?:ich|i|man|mer|ma) (?:\w+ ){0,2}(?:nichts?|nix) (?:\w+ ){0,2}(?:sagen?|hinzufügen)", r"(?:wat|was|wos) soll(?:'s| es| et| das)? (?:sonst|denn sonst|auch sonst) sein", r"(?:nix|nichts|kein) (?:schlechtes|falsches|verkehrtes|anderes) sagen", r"spricht (?:einiges|viel|vieles|alles) dafür(?=[,.])",
    r"(?:das|dat|des|dem|da|es|et) (?:kann|könnte|muss|will|würde|würd|darf) (?:ich|man|isch|i|mer|ma) (?:\w+ ){0,4}(?:bestätigen|zustimmen|unterschreiben|beipflichten|sagen|nennen|sehen|stehen lassen|zusammenfassen)",
    r"kann (?:man|mer|ma|ich) (?:\w+ ){0,3}(?:sagen|nennen|bestätigen|unterschreiben)", r"(?:da|do)? ?(?:haben|ham|hend|hast|hasse|haste|häs|hams|hamse|habt|geb|gebe) ?(?:sie|se|s|s'|du|de|ihr|ich ihnen|ich dir)?['’]? ?(?:\w+ ){0,3}(?:recht|rääch|rescht|recht)",
    r"(?:wird|dürfte|könnte|kann|mag|müsste) (?:\w+ ){0,3}(?:sein|stimmen|hinkommen|zutreffen)", r"(?:so|genauso|genau so|halt so|wirklich so) (?:is|ist|isses|isset|war|sieht|wird|isch|kann|könnte)(?: es| das| dat| et|'s)?", r"(?:is|ist|isch|war|is'|ischt)(?: das| dat| es| et)? (?:\w+ ){0,2}(?:so|wahr|richtig)",
    r"(?:wie|wia|wo) (?:sie|se|du|du's|ihr) (?:\w+ ){0,3}(?:sagen|sagst|sagn|sagt|nennen|meinen|beschreiben)", r"wenn (?:sie|du) (?:\w+ ){0,2}(?:nennen|sagen|wollen|sehen|meinen)",
    r"(?:da|do) (?:sagen|sagst|sagse|sachse|sachste|sagt) (?:\w+ )?(?:was|wat|wos|eppes)", r"(?:bin|geh|gehe) ich (?:\w+ ){0,2}(?:bei ihnen|bei dir|ihrer meinung|deiner meinung|mit|d'accord)", r"bin i ganz ihrer meinung",
    r"(?:nichts?|nix) (?:mehr )?(?:hinzuzufügen|hinzufügen|zu ergänzen|entgegenzusetzen)", r"nicht (?:\w+ )?(?:widersprechen|von der hand zu weisen|besser sagen|bestreiten|leugnen)", r"(?:hätte?|könnte?) (?:ich|isch) (?:\w+ ){0,3}nicht (?:besser )?(?:sagen|ausdrücken|formulieren)",
    r"(?:haben|hast|ham|habt|hat|verstehen|verstehst)(?:'s)? ?(?:sie|se|du|ihr|der|die|mich)?(?:'s)? (?:\w+ ){0,3}(?:verstanden|erkannt|gesagt|formuliert|gehört|zugehört|erfasst|gelesen|beobachtet|zusammengefasst|getroffen|erzählt|richtig)", r"sie haben'?s (?:erfasst|erkannt)",
    r"trifft(?:'s| es| das)? (?:\w+ ){0,2}(?:zu|gut|genau|so)", r"(?:is|ist) (?:was|wat|etwas|viel) (?:\w+ )?dran", r"(?:stimme|stimm) ich (?:\w+ ){0,2}zu", r"(?:das|dat|des) (?:mein|meine|sag|sage|sach|denk|denke|glaub|glaube|find|finde|teile|bestätige) (?:ich|isch|i)(?: (?:auch|ja|schon|immer|doch|genauso|mir|selber|selbst))*", r"den eindruck teile ich",
    r"(?:glaube?|denke?|schätze?|meine?|finde?) ich (?:\w+ )?(?:auch|schon|so)", r"ich (?:glaube?|denke?|finde?) (?:auch|schon)(?: so)?", r"(?:genau|eben|exakt) (?:das|dat|des|so|dies)", r"(?:das|dat|des) (?:ist|is|isch) (?:es|et|ein gutes bild|gut gesagt|schön gesagt)", r"jenau(?: esu)?", r"so sieht'?s? (?:es )?aus", r"wat wahr is,? is wahr",
    r"(?:ich )?weiß (?:ich )?(?:es |das )?(?:auch )?nicht (?:so )?genau", r"(?:da|do) (?:hab|habe|han) (?:ich|isch|i) (?:[\w]+ ){0,5}(?:drüber|darüber) nachgedacht", r"(?:aber|na) (?:doch|ja|klar|sicher|gut)", r"(?:wat|was|wos) (?:soll|sollen|will|wellet|willste|wollen) (?:\w+ ){0,3}(?:machen|macha|sagen|macht|tun)",
    r"(?:würde?|seh|sehe|sag|sage) ich (?:\w+ )?(?:auch|genauso)(?: \w+)?(?: sagen| sehen| unterschreiben)?", r"(?:sie|du) (?:sagen|sagst) (?:es|et|'s)", r"(?:das|dat|des) (?:tun|tut|haben|sind|ist|is|machen|wollen|war|waren|stimmt|kann) (?:sie|se|er|es|die|man|wir|ich)", r"^(?:na ja|naja|ja|doch|joa|och)[, ]+(?:schon|doch|eigentlich schon)[.!]*$", r"so (?:ungefähr|in etwa|in der art)", r"gut möglich",
    r"(?:können|könnense|kannst|kannste|kann)(?: sie| se| du| man)? (?:\w+ )?laut sagen",
    r"geht (?:mir|uns) (?:auch |genau|ganz )*so", r"auf jeden(?: fall)?", r"in der tat",
)  # fmt: skip
NEGATES = frozenset(
    """nicht nich nit ned net nid nix nichts kein keine keinen keiner keinem koi koin koane kee koa koan koine keen kenner nie niemals niemand nirgends nirgendwo nimmer nemme kaum
    weder nein nee naa noe noi""".split()
)
