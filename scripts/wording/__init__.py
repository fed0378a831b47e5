"""Taking every text for people out of the code, and holding its translations to it."""
