"""The handbook on other engines than MkDocs, each in an environment of its own."""
