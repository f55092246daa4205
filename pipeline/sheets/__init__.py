"""The codebook as tables for Excel and back: what a sheet says is merged into the YAML, and every untouched line stays."""
