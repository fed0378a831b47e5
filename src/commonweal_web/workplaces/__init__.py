"""Where people work, in which groups, and who speaks for them."""
