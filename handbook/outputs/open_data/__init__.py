"""The files in which an edition gives its records away."""
