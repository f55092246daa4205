"""Lists in codebooks/<study>/ that the program writes for people while they work: appended to, safe against crashes, one writer at a time."""
