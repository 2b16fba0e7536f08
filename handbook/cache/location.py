"""Where what is kept stands, below the handbook's folder. Git ignores it, and it can be deleted at any time."""

FOLDER = ".cache/handbook"
