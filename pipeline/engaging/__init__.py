"""Reads what respondents tell of engagement: who does what, for whom, where, since when, how often; and what limits it."""
