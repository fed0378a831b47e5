"""Template tags of the languages room."""
