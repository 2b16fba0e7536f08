"""Commands that an editor needs: change a figure, and find what shows it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from handbook.model.problems import ContentError


def add_commands(commands: Any) -> None:
    """Adds these commands to the parser."""
    change = commands.add_parser(
        "set",
        help="add the latest number to a figure",
        epilog='Example: handbook set gcp2-trained 850 --qualifier over --period 2022-03 --source cabinet-2021-12-21 --locator "paragraph 18"',
    )
    change.add_argument("figure", metavar="FIGURE", help="the figure's id, as in gcp2-trained")
    change.add_argument("value", metavar="VALUE", nargs="?", help="the number; leave it out for a range")
    change.filling = _add_keys
    change.set_defaults(run=_set)

    where = commands.add_parser(
        "where",
        help="list each page and line that shows, cites or names a record",
        epilog='Example: handbook where gcp2-trained\n         handbook where cabinet-2021-12-21 "paragraph 18"',
    )
    where.add_argument("id", metavar="ID", help="the record's id: of a figure, a source, a body, or any other")
    where.add_argument("passage", metavar="PASSAGE", nargs="?", default="", help="for a source: one passage of it")
    where.set_defaults(run=_where)

    due = commands.add_parser(
        "due",
        help="list pages to review and figures without their next number, by lead",
        epilog="Example: handbook due --on 2022-06-30",
    )
    due.add_argument("--on", metavar="DAY", help="the day to look from (the day that the handbook speaks for)")
    due.set_defaults(run=_due)


def _add_keys(change: argparse.ArgumentParser) -> None:
    """Adds a flag for each key of an observation, which its model knows."""
    from handbook.editing.field_forms import entries
    from handbook.model.figures import Observation

    for entry in entries(Observation):
        if entry.key != "value":
            more: dict[str, Any] = {"action": "append"} if entry.many else {}
            change.add_argument(
                entry.flag, required=entry.required, metavar="TEXT", help=help_of(entry.question), **more
            )


def help_of(question: str) -> str:
    """A question as argparse takes it, which reads % as a mark of its own."""
    return question.replace("%", "%%").rstrip(".")


def told(work: Callable[[], str]) -> int:
    """Prints what the work says, and gives its exit code. What stops it is told in sentences."""
    from handbook.editing.refusal import EditRefused

    try:
        print(work())
        return 0
    except EditRefused as error:
        print(f"Nothing was written. {error}", file=sys.stderr)
    except ContentError as error:
        print(f"Nothing was written. A check would say:\n{error}", file=sys.stderr)
    return 1


def _set(root: Path, options: argparse.Namespace) -> int:
    from handbook.editing import messages as telling
    from handbook.editing.new_observation import plan
    from handbook.editing.saving import save
    from handbook.model.figures import Observation

    given = {key: value for key in Observation.model_fields if (value := getattr(options, key, None)) is not None}

    def work() -> str:
        planned = plan(root, options.figure, given)
        if planned.insertion is None or planned.draft is None:
            return telling.change(planned)
        save(root, planned.insertion.shown, planned.insertion.before, planned.insertion.after)
        return "\n".join([telling.change(planned), *telling.notes(planned.draft.warnings, planned.draft.earlier)])

    return told(work)


def _where(root: Path, options: argparse.Namespace) -> int:
    from handbook.editing import messages as telling
    from handbook.editing import usages as where

    try:
        handbook, record = where.find(root, options.id, options.passage)
    except (ContentError, where.NotFound) as error:
        print(error, file=sys.stderr)
        return 1
    written = where.written(handbook)
    shown, named = where.shown(written, record, options.passage), where.named(handbook, record, options.passage)
    print(telling.where(record, options.passage, shown, named))
    return 0


def _due(root: Path, options: argparse.Namespace) -> int:
    from handbook.editing import messages as telling
    from handbook.loading.handbook import read_handbook
    from handbook.model.periods import parse_day
    from handbook.rules import due

    try:
        handbook, _ = read_handbook(root)
        on = parse_day(options.on) if options.on else handbook.settings.as_at
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    except ValueError as error:
        reason = f": {error}" if str(error) else ""
        print(f"--on: Not a day (found {options.on}{reason}). Write it as 2021-12-21.", file=sys.stderr)
        return 1
    print(telling.due(due.due(handbook, on), due.without_next(handbook), on))
    return 0
