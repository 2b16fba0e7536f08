"""The preview: an edition served from memory on this machine, and made again when a file changes."""
