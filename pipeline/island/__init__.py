"""What the report holds as data for its own script: texts cut into pieces, and quotes that point at pieces."""
