"""What `make check` finds in a codebook beside its shape: examples it misses, rules that are idle, doubled, or often wrong."""
