"""Markdown extensions of the engine, named in mkdocs.yml."""
