"""The forms of the systems room."""
