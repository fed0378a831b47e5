"""The forms of an assessment."""
