"""The door for people: the `handbook` command. A module for each group of commands."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from handbook.cli import adding, checking, comparing, editing, exporting, publishing, reporting
from handbook.cli import schemas as editor
from handbook.model.locations import SETTINGS_FILE
from handbook.model.problems import choose

_DESCRIPTION = "Usage: handbook COMMAND. Here is what each command does, with an example."
_MORE = (
    "handbook COMMAND --help says what else a command takes.",
    "handbook --root FOLDER COMMAND works on the handbook in another folder than this one.",
)

# The groups of the help, each with its modules. A module adds its commands to the parser, and a command sets
# `run`, which takes the root and the options.
_GROUPS = {
    "Edit": (editing, adding, editor),
    "Check": (checking, comparing),
    "Preview and publish": (publishing, exporting, reporting),
}


def command() -> NoReturn:
    """Runs the command, and ends the process with its exit code."""
    code = main()
    # The system takes a process's memory back at once. Python would go through it thing by thing first,
    # which for a large handbook takes as long as a part of the build.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code: 0 when all is well, 1 when something must be mended."""
    # A command is over before much memory can be lost, and looking for what could be freed takes a part of its time.
    gc.set_threshold(1_000_000, 50, 50)
    options = parser().parse_args(arguments)
    root = options.root.resolve()
    if not (root / SETTINGS_FILE).is_file():
        print(
            f"{root} is not a handbook: it has no {SETTINGS_FILE}. Run this in the handbook's folder.", file=sys.stderr
        )
        return 1
    try:
        code = int(options.run(root, options))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read what we print has had enough, as head does. Nothing more is printed at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
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


class _Page(argparse.ArgumentParser):
    """The parser of all commands, whose help is a page: the commands by group, each with its example."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.groups: dict[str, list[tuple[str, str, str]]] = {}

    def format_help(self) -> str:
        lines = [_DESCRIPTION]
        width = max(len(name) for group in self.groups.values() for name, _, _ in group) + 2
        for title, commands in self.groups.items():
            lines += ["", title]
            for name, about, example in commands:
                lines += [f"  {name.ljust(width)}{about}", f"  {' ' * width}{example}"]
        return "\n".join([*lines, "", *_MORE, ""])

    def error(self, message: str) -> NoReturn:
        if found := re.search("COMMAND: invalid choice: '(.*?)'", message):
            names = [name for group in self.groups.values() for name, _, _ in group]
            cure = choose(found[1], names, "see handbook --help for all of them")
            print(f"No command has this name (found {found[1]}). {cure}.", file=sys.stderr)
            sys.exit(2)
        super().error(message)


class _Command(argparse.ArgumentParser):
    """The parser of a command. `filling` adds what the command takes, where that is dear to know, once it is wanted."""

    filling: Callable[[argparse.ArgumentParser], None] | None = None

    def parse_known_args(self, *given: Any, **more: Any) -> Any:
        self.fill()
        return super().parse_known_args(*given, **more)

    def format_help(self) -> str:
        self.fill()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        if found := re.fullmatch("the following arguments are required: (.*)", message):
            print(f"Nothing was done. This is missing: {found[1]}.\n{self.epilog}", file=sys.stderr)
            sys.exit(2)
        super().error(message)

    def fill(self) -> None:
        """Adds what the command takes."""
        filling, self.filling = self.filling, None
        if filling:
            filling(self)


class _Listed:
    """The commands of one group as they are added, each with what it does and its example in short."""

    def __init__(self, commands: Any):
        self.commands = commands
        self.lines: list[tuple[str, str, str]] = []

    def add_parser(self, name: str, *, help: str, epilog: str) -> _Command:
        """The parser of a command. `help` is what it does in a line, `epilog` its example."""
        self.lines.append((name, help, epilog.removeprefix("Example: ").split("\n")[0]))
        made: _Command = self.commands.add_parser(
            name,
            help=help,
            description=f"{help[0].upper()}{help[1:]}.",
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        return made


def parser() -> argparse.ArgumentParser:
    """The parser of every command, for `main` and for the tests that read its help."""
    made = _Page(prog="handbook")
    made.add_argument("--root", type=Path, default=Path())
    commands = made.add_subparsers(metavar="COMMAND", required=True, parser_class=_Command)
    for title, modules in _GROUPS.items():
        listed = _Listed(commands)
        for module in modules:
            module.add_commands(listed)
        made.groups[title] = listed.lines
    return made
