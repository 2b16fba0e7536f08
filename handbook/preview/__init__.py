"""The preview: an edition served from memory on this machine, and built again when a file changes."""
