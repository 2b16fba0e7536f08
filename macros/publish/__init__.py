"""What goes out: an edition written, checked, built and published."""
