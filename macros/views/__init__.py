"""How it is shown: records to Markdown. A view is given a store, so it sees what its edition may."""
