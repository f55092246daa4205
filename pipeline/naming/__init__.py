"""Finding what identifies people in speech, and what it is called instead."""
