"""Decisions of two copies of a project put together, conflicts shown."""
