"""Families of measures, one file each. Every measure takes what counts and gives rows of a findings table."""
