"""How far coders agree: coefficients after the published definitions, units of text, intervals, confusions."""
