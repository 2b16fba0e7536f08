"""Persistent cache of what earlier checks and builds computed, invalidated by dependency fingerprints."""
