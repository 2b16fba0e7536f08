"""Building a site from checked editions."""
