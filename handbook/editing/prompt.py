"""Asking a person at a terminal, a question at a time, each answer checked before the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handbook.editing.questions import Question, missing
from handbook.editing.refusal import EditRefused
from handbook.model.problems import choose

Ask = Callable[[str], str]
Say = Callable[[str], None]


def ask_for(
    asked: list[Question],
    given: Mapping[str, str | list[str]],
    ids: Mapping[str, list[str]],
    ask: Ask,
    say: Say,
) -> dict[str, str | list[str]]:
    """The answers to what is needed and not yet given, and to whatever else the person wants to add.

    `ids` holds the ids of each kind of record, so that a wrong one is told at once.
    """
    answers = dict(given)
    while left := missing(asked, answers):
        _answer(left[0], answers, ids, ask, say, left[0].needed)
    more = {question.name: question for question in asked if question.name not in answers}
    while more:
        say(f"\nYou can add: {', '.join(more)}.")
        name = ask("Which one? Press Enter when there is no more: ").strip()
        if not name:
            break
        if name in more:
            _answer(more.pop(name), answers, ids, ask, say, False)
        else:
            say(f"{choose(name, more, 'type one of the names above')}.")
    return answers


def _answer(
    question: Question,
    answers: dict[str, str | list[str]],
    ids: Mapping[str, list[str]],
    ask: Ask,
    say: Say,
    needed: bool,
) -> None:
    """Asks until there is an answer that can be, or none where none is needed."""
    entry = question.entry
    say(f"\n{entry.question}")
    if entry.choices:
        say(f"  One of: {', '.join(entry.choices)}")
    elif entry.example:
        say(f"  For example: {entry.example}")
    found: list[str] = []
    while True:
        text = ask(f"{question.name}{' (another, or Enter)' if found else ''}: ").strip()
        if not text and (found or not needed):
            break
        said = _fault(question, text, answers, ids) if text else "This one is needed."
        if said:
            say(said)
        elif not entry.many:
            answers[question.name] = text
            return
        else:
            found.append(text)
    if found:
        answers[question.name] = found


def _fault(question: Question, text: str, answers: Mapping[str, str | list[str]], ids: Mapping[str, list[str]]) -> str:
    """What is wrong with an answer, and the cure. Empty for one that can be."""
    entry = question.entry
    try:
        text = question.kept(text, answers)
    except EditRefused as error:
        return str(error)
    if fault := entry.fault(text):
        return fault
    known = ids.get(entry.names or "", [])
    if entry.names and text not in known:
        return f"No {entry.names} has this id (found {text}). {choose(text, known, 'add it first')}."
    return ""


def again(name: str, asked: Iterable[Question], answers: Mapping[str, str | list[str]]) -> list[str]:
    """The command that gives all the answers at once."""
    words = ["handbook", "new", name]
    for question in asked:
        answer = answers.get(question.name, [])
        for text in [answer] if isinstance(answer, str) else answer:
            words += [question.flag, text]
    return words
