"""Commands of the search, by file."""
