"""What a change does to readers: two trees of the handbook, compared."""
