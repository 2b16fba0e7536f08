"""Reading HTML: one tree, its text, and its plain Markdown."""
