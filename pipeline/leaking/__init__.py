"""Seeing whether a name stands in a file: its spellings, the forms looked for, the text of files, and telling it masked."""
