"""Decisions of people found again where the words of their turn changed: by quote and context."""
