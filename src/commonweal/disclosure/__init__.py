"""The public commitment: what must be disclosed, to whom, since when, and what changed."""
