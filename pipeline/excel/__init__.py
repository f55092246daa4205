"""`tables.xlsx`: the tables for people; `sheets` words them, `build` writes the file."""
