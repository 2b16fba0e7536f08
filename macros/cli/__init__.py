"""The door for people: the `handbook` command. A module for each group of commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from macros.cli import checking, editor, publishing
from macros.content.records import SETTINGS_FILE

_DESCRIPTION = "Check, build and preview the handbook in this folder or the one named with --root."

# Each adds its commands to the parser. A command sets `run`, which takes the root and the options.
_GROUPS = (checking, editor, publishing)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code: 0 when all is well, 1 when something must be mended."""
    options = parser().parse_args(arguments)
    root = options.root.resolve()
    if not (root / SETTINGS_FILE).is_file():
        print(
            f"{root} is not a handbook: it has no {SETTINGS_FILE}. Run this in the handbook's folder.", file=sys.stderr
        )
        return 1
    try:
        return int(options.run(root, options))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # A fault of ours. An editor needs a sentence; HANDBOOK_DEBUG=1 shows where it was.
        if os.environ.get("HANDBOOK_DEBUG"):
            raise
        print(
            f"Something went wrong that is no mistake of yours ({type(error).__name__}: {error}). What readers see is "
            "as it was. Please tell whoever keeps the handbook's code what you changed.",
            file=sys.stderr,
        )
        return 1


def parser() -> argparse.ArgumentParser:
    """The parser of every command, for `main` and for the tests that read its help."""
    made = argparse.ArgumentParser(prog="handbook", description=_DESCRIPTION)
    made.add_argument("--root", type=Path, default=Path(), help="the handbook's folder (this one if left out)")
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    for group in _GROUPS:
        group.add_commands(commands)
    return made
