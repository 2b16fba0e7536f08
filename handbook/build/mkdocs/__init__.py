"""The MkDocs adapter: the one package that imports MkDocs. It reads MkDocs' configuration, and gives MkDocs a finished site."""
