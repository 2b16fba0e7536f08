"""What is true: the records in `data/`, the pages in `docs/`, and the faults found in reading them."""
