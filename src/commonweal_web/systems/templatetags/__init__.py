"""Template tags of the systems room."""
