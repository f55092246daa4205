"""The local app: one server on this machine's own address, for the report while somebody edits, with room for further pages."""
