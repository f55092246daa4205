"""How good is machine coding, how sure are its scores, and how common is a code: pure statistics, no files and no tables."""
