"""A report's page as a paper in the council's shape: for Word, for print, as a page of its own, or as plain Markdown."""
