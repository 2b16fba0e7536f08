"""What a change does to readers: two versions of a handbook, compared."""
