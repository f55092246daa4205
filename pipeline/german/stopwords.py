"""Placeholder until the real list is in place."""

STOPWORDS = frozenset("der die das und ich du er sie es wir ihr ein eine in auf mit zu ist sind war nicht".split())
