"""Search over what rooms offer, by what each reader may see."""
