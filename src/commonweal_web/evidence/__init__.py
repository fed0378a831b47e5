"""Files, links and notes that people attach to what they speak about."""
