"""For which categories a passage counts as read: those of the codebook under which it was read."""
