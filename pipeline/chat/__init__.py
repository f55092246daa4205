"""A language model on this machine, asked for codings: address, requests, prompt, and what of its answers counts."""
