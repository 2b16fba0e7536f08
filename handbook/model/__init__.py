"""What is true: record kinds, figures and observations, periods, progress, front matter, settings, problems."""
