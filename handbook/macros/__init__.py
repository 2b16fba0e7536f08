"""What pages can call, and how records are shown."""
