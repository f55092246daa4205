"""Gemeinsamer Nenner: from German interview transcripts to a report in which every figure leads to its quotes."""

__version__ = "0.1.0"
