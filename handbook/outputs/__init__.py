"""What a site holds beside its pages: search index, open data, feed, plain text."""
