"""How editors change the handbook, and ask about it: commands that write or read its own files."""
