"""From files to the model: strict YAML, front matter, macro calls, pages, records, references."""
