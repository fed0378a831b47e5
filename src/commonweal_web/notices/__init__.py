"""Telling people: what waits for them, what is new for them, mail, and a private calendar."""
