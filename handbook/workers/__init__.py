"""Parallel and background work in forked processes."""
