"""Words that say nothing about a topic, for topic models and word lists: our own list, with what speech is full of.

Forms and lemmas in lower case. Modal particles, fillers, backchannels, words of transcripts and the colloquial forms are
in; words of negation are in too, as topic models count words and not statements. Never use it for coding.
"""

from __future__ import annotations

_ARTICLES_AND_PRONOUNS = """
    der die das dem den des ein eine einen einem einer eines eins ich du er sie es wir ihr mich dich sich uns euch mir dir
    ihm ihn ihnen mein meine meinen meinem meiner meines dein deine deinen deinem deiner deines sein seine seinen seinem
    seiner seines ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer unseres euer eure euren eurem eurer
    dieser diese dieses diesen diesem dies jener jene jenes jenen jenem jeder jede jedes jeden jedem alle alles allen allem
    aller mancher manche manches manchen manchem welcher welche welches welchen welchem solcher solche solches solchen
    solchem wer wen wem wessen was man jemand jemanden jemandem irgendjemand irgendwer irgendwas irgendetwas irgendein
    irgendeine irgendeinen irgendeinem irgendwelche irgendwelcher etwas einige einigen einiger beide beiden beides mehrere
    mehreren viel viele vielen vieles wenig wenige wenigen ander andere anderen anderer anderes anderem denen deren dessen
    derselbe dieselbe dasselbe selbst selber einander sowas
"""
_VERBS = """
    sein bin bist ist sind seid war warst waren wart gewesen wäre wären sei seien haben habe hast hat habt hatte hatten
    hattest gehabt hätte hätten werden werde wirst wird werdet wurde wurden worden geworden würde würden können kann kannst
    könnt konnte konnten könnte könnten gekonnt müssen muss musst müsst musste mussten müsste müssten sollen soll sollst
    sollt sollte sollten wollen will willst wollt wollte wollten dürfen darf darfst dürft durfte durften dürfte dürften
    mögen mag magst mögt mochte mochten möchte möchten möchtest lassen lässt ließ tun tue tut tat getan machen mache macht
    machst gemacht gehen gehe geht ging gegangen kommen komme kommt kam gekommen sagen sage sagt sagte gesagt meinen meine
    meint gemeint glauben glaube glaubt wissen weiß weißt wusste geben gibt gab gegeben denken denke denkt dachte gedacht
    finden finde findet fand gefunden heißen heißt hieß schauen schau gucken guck
"""
_SMALL_WORDS = """
    ab als am an ans auf aufs aus außer außerdem bei beim bevor bis da dabei dadurch dafür dagegen daher dahin damals damit
    danach daneben dann daran darauf daraus darin darüber darum darunter dass davon davor dazu denn dennoch deshalb deswegen
    doch dort draußen drin durch durchs eben ehe entweder etwa falls für fürs gegen gegenüber gleich her hier hierher hin
    hinter im immer in indem innen ins inzwischen irgend ja je jedoch jetzt kaum links mal mehr meist meistens mit nach
    nachdem nachher neben noch nun nur ob oben obwohl oder oft ohne rechts schon seit seitdem so sobald sodass sofern sogar
    solange sondern sonst soviel soweit sowie sowieso statt trotz trotzdem über überhaupt um ums und unten unter vom von vor
    vorher während wann warum weder weg wegen weil weiter wenn wie wieder wieso wo wobei wodurch wofür woher wohin womit
    woran worauf worüber wozu zu zum zur zurück zwar zwischen sehr ganz gar recht ziemlich zuerst zuletzt zusammen einmal
    zweimal heute gestern morgen damals manchmal vielleicht wohl bereits besonders bisher dauernd ebenfalls ebenso endlich
    fast gern gerne genauso gerade insgesamt jedenfalls jeweils keinesfalls mindestens möglich neulich nämlich plötzlich
    soundso spät später früh früher ungefähr völlig wirklich zumindest zunächst ziemlich
"""
_NEGATION = "nicht nichts nie niemals niemand niemanden niemandem nirgends nirgendwo nein kein keine keinen keinem keiner keines keins"
_SPOKEN = """
    halt eben also genau sozusagen quasi irgendwie irgendwo irgendwann irgendwohin eigentlich einfach natürlich mal halt ne
    nä gell gelle gä gel woll wonnich wa oder äh ähm öh öhm ehm eh hm hmm mh mhm mmh hmhm aha ach oh oha och ah naja na tja
    okay ok gut joa jo ja jaja nee nö ey hey puh boah pff bitte danke stimmt klar eh echt voll total krass bisschen bissel
    bissken ding dinge dings dingens sache sachen art weise keine ahnung beziehungsweise bzw usw etc zb und so weiter weißte
    weißt verstehste verstehst siehste hömma kumma guck sag sagen wir sage mein ungefähr letztlich letztendlich
    grundsätzlich tatsächlich praktisch relativ absolut wahrscheinlich anscheinend offenbar allerdings trotzdem überhaupt
    digga wallah vallah yani şey abi lan moin hallo tschüss
"""
_COLLOQUIAL = """
    nich nix net ned nit is isset hab ham hamse hamwa haste biste kannste musste willste gibts gehts isses wars wat dat datt
    et dit ditt icke ick ik isch mer wa des nen nem ner son sone so'n so'ne aufm inner inne mitm ausm übern vonner anner
    jetz getz nochma schomma erstma grad grade drauf dran drin rum raus rein rauf runter rüber rausgehen ma nu och ooch uff
"""
_TRANSCRIPT = """
    lacht lachen lachend lächelt seufzt räuspert pause unv unverständlich schweigt stöhnt hustet zögert betont leise laut
    interviewer interviewerin befragte befragter befragten interview transkript aufnahme minute minuten uhr
    i b s1 s2 speaker sprecher teilnehmer
"""

STOPWORDS: frozenset[str] = frozenset(
    " ".join(
        (_ARTICLES_AND_PRONOUNS, _VERBS, _SMALL_WORDS, _NEGATION, _SPOKEN, _COLLOQUIAL, _TRANSCRIPT)
    ).split()
)  # fmt: skip
