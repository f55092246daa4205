"""Two runs, waves or codebooks beside each other, as a page of differences."""
