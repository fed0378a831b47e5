"""Rosters: reading who works where, and what a new list changes."""
