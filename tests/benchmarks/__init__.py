"""The corpus that the handbook is measured on, and the trees made of it."""
