"""Commands for what an editor's own program needs: schema."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    """Adds these commands to the parser."""
    schema = commands.add_parser(
        "schema",
        help="write what an editing program needs to complete and explain each key",
        epilog="Example: handbook schema --check",
    )
    schema.add_argument("--check", action="store_true", help="write nothing; fail if anything is out of date")
    schema.set_defaults(run=_schema)


def _schema(root: Path, options: argparse.Namespace) -> int:
    from handbook.editing.json_schema import FOLDER, out_of_date, write_schemas

    if options.check:
        found = out_of_date(root)
        for path in found:
            print(f"{path}:1: Not what the models say. Run handbook schema.")
        print(f"{len(found)} out of date." if found else f"The schemas in {FOLDER} are up to date.")
        return 1 if found else 0
    try:
        changed = write_schemas(root)
    except OSError as error:
        print(f"The schemas could not be written ({error.strerror}: {error.filename}).", file=sys.stderr)
        return 1
    for path in changed:
        print(path)
    print(f"{len(changed)} written." if changed else f"The schemas in {FOLDER} are up to date.")
    return 0
