"""Core statements that people wrote in `statements.md`: read, and their figures and evidence checked."""
