"""Copies of an edition to take away: the whole site in one zip, and every page in one PDF."""
