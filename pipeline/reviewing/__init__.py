"""What somebody sees who reads and decides, and what becomes of it: the desk, acts as rows, progress. Knows nothing of the web."""
