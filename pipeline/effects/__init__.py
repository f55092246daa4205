"""What an edit of the codebook does: the last different codebook and today's, both applied to today's material."""
