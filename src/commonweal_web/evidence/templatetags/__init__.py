"""Template tags of the layout room."""
