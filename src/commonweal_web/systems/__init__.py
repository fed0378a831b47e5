"""AI systems and their uses: what each is, where it stands, and what it needs to go on."""
