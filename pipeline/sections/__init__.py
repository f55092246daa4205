"""Parts of the report: tables in, plain values for the templates out."""
