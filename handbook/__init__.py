"""The handbook engine: from pages and records to a checked, published site. Nothing in it belongs to one council."""
