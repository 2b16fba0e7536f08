"""Python-Markdown as handbooks use it: extensions, the document tree, and faster processors."""
