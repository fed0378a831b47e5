"""Commands of the installation, by file."""
