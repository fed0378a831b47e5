"""Running an installation: here, the sample organisation that the demo shows."""
