"""How work is shared among processes, and what they hand to each other."""
