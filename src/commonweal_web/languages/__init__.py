"""What people typed, in the languages of those who read it."""
