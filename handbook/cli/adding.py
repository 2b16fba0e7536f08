"""The command that adds something: new."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import Any

from handbook.cli.editing import help_of, told
from handbook.model.problems import ContentError


def add_commands(commands: Any) -> None:
    """Adds this command to the parser, with what it can add."""
    new = commands.add_parser(
        "new",
        help="add a page or a record: it asks what is needed",
        epilog="Example: handbook new page\n         handbook new event --help",
    )
    new.filling = _add_things


def _add_things(new: argparse.ArgumentParser) -> None:
    """Adds what can be added, each with what is asked of it, which the models know."""
    from handbook.editing.creation import forms

    things = new.add_subparsers(metavar="WHAT", required=True)
    for form in forms().values():
        thing = things.add_parser(
            form.name,
            help=form.about,
            description=f"Adds this: {form.about}. At a terminal it asks for what is not given here.",
        )
        for question in form.asked:
            more: dict[str, Any] = {"action": "append"} if question.entry.many else {}
            thing.add_argument(
                question.flag,
                dest=question.name,
                metavar="TEXT",
                help=help_of(question.entry.question) + ("" if question.needed else " (can be left out)"),
                **more,
            )
        thing.set_defaults(run=_new, form=form)


def _new(root: Path, options: argparse.Namespace) -> int:
    from handbook.editing import messages as telling
    from handbook.editing.creation import added
    from handbook.editing.prompt import again
    from handbook.editing.refusal import EditRefused
    from handbook.editing.saving import save

    form = options.form
    answers = {question.name: text for question in form.asked if (text := getattr(options, question.name)) is not None}
    try:
        answers, was_asked = _answers(root, form, answers)
    except (EditRefused, ContentError) as error:
        print(f"Nothing was written. {error}", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt) as error:
        print("\nStopped. Nothing was written.", file=sys.stderr)
        return 130 if isinstance(error, KeyboardInterrupt) else 1

    def work() -> str:
        plan = form.plan(root, answers)
        save(root, plan.shown, plan.before, plan.after)
        return telling.addition(plan, added(plan))

    code = told(work)
    if code and was_asked:
        command = shlex.join(again(form.name, form.asked, answers))
        print(f"\nYour answers, to mend and run again:\n{command}", file=sys.stderr)
    return code


def _answers(root: Path, form: Any, given: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The answers, and whether a person was asked. Raises Refused where there is nobody to ask, and EOFError."""
    from handbook.editing.prompt import ask_for
    from handbook.editing.questions import missing
    from handbook.editing.refusal import EditRefused
    from handbook.loading.handbook import read_handbook

    left = missing(form.asked, given)
    if not left:
        return given, False
    if not (sys.stdin and sys.stdin.isatty()):
        flags = ", ".join(question.flag for question in left)
        raise EditRefused(f"There is no terminal to ask at, so give these too: {flags}.")
    handbook, _ = read_handbook(root)
    ids: dict[str, list[str]] = {}
    for record in handbook.records.values():
        ids.setdefault(record.kind, []).append(record.id)
    return ask_for(form.asked, given, ids, _ask, print), True


def _ask(words: str) -> str:
    """What a person types. What is no text in their terminal's own letters is asked for again."""
    while True:
        try:
            return input(words)
        except UnicodeDecodeError:
            print("That cannot be read as text. Type it again.")
