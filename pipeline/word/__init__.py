"""`report.docx`: the report for Word."""
