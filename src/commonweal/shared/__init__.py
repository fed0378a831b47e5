"""Values that more than one room of the domain uses. Kept small."""
