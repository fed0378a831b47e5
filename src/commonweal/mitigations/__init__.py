"""Risks to people: how grave, in which order, what is done about them, and who accepted that."""
