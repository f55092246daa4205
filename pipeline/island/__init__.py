"""What the report holds as data for its own script: texts cut into pieces, and quotes that point at pieces.

JavaScript counts UTF-16 units and Python code points, so the page never cuts a text. Every turn is cut here, once, at all borders of
sentences and passages (`pieces.cuts`); its pieces stand in one string parted by the invisible sign `pieces.JOINT`, which the search for
names does not see, so that a name is found across a border too. A passage is (doc, turn, first piece, last piece).

Texts, one script element an interview, `id="text-I003"`, parsed when needed (`texts.interview`):
    {"turns": [[turn, speaker, role, seconds or -1, place in the file, question, text with JOINT between pieces], ...]}

Quotes, one script element, `id="zitate"` (`quotes.pack`). All columns have one value a row:
    mention   id of the mention, or of the coding for hits that do not count
    turn, first, last    first and last piece of the turn; -1, -1 where the words may not be shown
    hidden    0, or 1 + number of the sentence in `hidden_words` that stands for the words
    again     1 where a parent category only repeats what a category below it says (left out unless a category is asked for)
    rank      place in the order of the codebook, then of `findings_quotes`; typical: thousandths, higher is more typical
    second    second of the recording or -1; chance: per cent or -1
    why       list of numbers in `texts`; hits: number of a list of words in `words`, marked where they stand as words
    tags      list of numbers in `texts`: what is said of stance and of whom the passage speaks
and
    facets    list of {"key", "label", "values": [[value, words, level], ...], "combos": [[value number, ...], ...], "rows": [combo number a row]}
              "rows" may be the key of another filter whose rows are the same (a variable of the case has those of "case");
              keys as in `pipeline.addresses`: code basis case, every case variable, question prompt stance about side coder topic doc wave
    docs      interview -> [name, name to cite]; cases: case -> who that is; texts, words, hidden_words: shared lists

The page's script offers `window.nenner.quotes`:
    replace(codes, packed)   takes all rows of the categories `codes` out and puts the rows of `packed` in (the same format, with shared lists
                             and facets of its own; values are matched by name, not by number), then refreshes list, filters and every link
                             whose text is a bare number and that has `data-n="people"` or `data-n="places"`
    count(filter)            filter as in an address without "#belege?" -> {places, people}
`packed` for some categories is `quotes.pack(tables, names, cut, codes={...})`, where `cut` are the cuts of the texts as the page holds them
(`pieces.cuts` of the tables the page was made from); borders that are no cut there are moved outward to the next one.
"""
