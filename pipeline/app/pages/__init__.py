"""The pages of the local app on which people read, decide and write, a module for each room."""
