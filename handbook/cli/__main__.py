"""Lets `python -m handbook.cli` do what `handbook` does."""

from handbook.cli import command

command()
