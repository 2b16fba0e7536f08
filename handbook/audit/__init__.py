"""Reading a built site as partners could, for anything that only staff may read."""
