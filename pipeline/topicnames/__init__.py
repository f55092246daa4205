"""What people and the machine call topics: researchers' `topics.yaml`, words, phrases and quotes."""
