"""The record: an append-only, verifiable log of every decision, one per organisation."""
