"""The map of practices: where each stands, in which room it works, with evidence."""
