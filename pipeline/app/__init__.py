"""The local web app: one server on the loopback address, for watching and later for review."""
