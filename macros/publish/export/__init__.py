"""An edition taken elsewhere, as plain Markdown."""
