"""The MkDocs adapter: the one package that imports MkDocs."""
