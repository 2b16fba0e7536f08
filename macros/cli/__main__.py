"""Lets `python -m macros.cli` do what `handbook` does."""

from macros.cli import command

command()
