"""Placeholder until the real list is in place."""

NEGATORS = frozenset("nicht kein nie niemals niemand nirgends ohne weder kaum nichts".split())
