"""Small rules of our own, for what ruff, mypy and import-linter cannot say."""
