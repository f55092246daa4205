"""Two runs, waves or codebooks beside each other: who was asked first, then what was said. Nothing is computed from one to the other."""
