"""The search's index: what a reader's browser looks things up in."""
