"""What is taken away from a finished edition: zip, PDF, plain Markdown, the report for Word."""
