"""From files to the model: YAML, front matter, macro calls, pages, references."""
