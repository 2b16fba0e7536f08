"""The handbook measured beside other generators, on made-up pages with the same words."""
