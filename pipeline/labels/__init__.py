"""How speaker labels and time marks look: words, spellings, forms. Facts and patterns; no judgement on a whole file."""
