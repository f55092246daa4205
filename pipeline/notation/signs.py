"""Facts about signs in German transcripts: words for sounds, masks, fillers. Data only."""

# Words in brackets that tell of a sound or gesture, not of speech.
NONVERBAL = frozenset(
    """lacht lachen lachend lächelt schmunzelt grinst kichert seufzt seufzend stöhnt hustet räuspert niest schnauft atmet
    ausatmen einatmen pfeift klatscht klopft weint schluchzt gähnt nickt schüttelt zuckt zeigt deutet flüstert flüsternd
    leise laut ironisch zögert zögernd überlegt überlegend trinkt schnalzt schluckt winkt steht geht kommt telefon
    telefonklingeln handy handyklingeln klingelt klingeln klingelton türklingel tür geräusch geräusche hintergrundgeräusche
    störung unterbrechung pause husten räuspern seufzen nicken kopfschütteln handygeräusch applaus gelächter lautes leises
    durcheinander gleichzeitig schweigt schweigen singt summt""".split()
)
# What transcribers write for words that could not be understood.
UNINTELLIGIBLE = ("unv", "unverständlich", "unverstaendlich", "inaudible", "nicht verständlich", "akustisch unverständlich")
# Words in square brackets that stand for something left out to protect people.
MASKS = frozenset(
    """name vorname nachname ort stadt stadtteil straße strasse adresse firma betrieb schule verein einrichtung beruf
    alter datum land herkunftsland telefonnummer email e-mail-adresse anonymisiert person kind sohn tochter mann frau
    organisation träger moschee gemeinde kirche arzt krankenhaus kollege kollegin ortsname""".split()
)
# Sounds of hesitation; dropped inside a turn, kept where they are the whole turn (a hesitation can be the answer).
HESITATION = ("äh", "ähm", "ähh", "ähhh", "ähmm", "öh", "öhm", "ehm", "hm", "hmm", "mhm", "mh", "mmh", "ahm", "äähm", "ääh")
# Words whose doubling is a stumble. Not der, die, das, sehr, ja, nein, so: their doubling is German or means something.
STUMBLES = frozenset(
    """ich wir er man es und oder aber weil dass wenn in im mit auf von zu für bei nach aus an am um vor ist war hat
    haben sind also dann mein meine ein eine einen""".split()
)
# Upper-case words that are abbreviations, not emphasis, even where a small word of that spelling exists.
ABBREVIATIONS = frozenset("AWO DRK SPD CDU FDP AfD GRÜNE KIM VHS DAAD ÖPNV LKW PKW USA EU AG GmbH BAMF ARGE WM EM TV OB DIN BIC".split())
