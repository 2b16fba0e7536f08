"""The records of the made-up handbook beside its figures: of every other kind that the real handbook has.

Every second one is internal. Peers have no such records; what pages show of them is plain words there.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from .corpus import (
    ACTIONS,
    AREAS,
    BODIES,
    EVENTS,
    FIGURES,
    PEOPLE,
    RISKS,
    SOURCES,
    TERMS,
    abbreviation,
    area_name,
    body_name,
    sentence,
    slug,
    term_name,
)

_QUOTED = json.dumps  # a text as YAML
BODY_TYPES = ("council", "scrutiny", "partner", "national", "role", "team")
_EVENT_TYPES = ("inspection", "visit", "meeting", "milestone")
_STATES = ("done", "continuing", "planned")


def source_id(source: int) -> str:
    return f"report-{source + 1}"


def area_id(area: int) -> str:
    return slug(area_name(area))


def body_id(body: int) -> str:
    return f"body-{body:03}"


def term_id(term: int) -> str:
    return f"term-{term:03}"


def other_records() -> dict[str, str]:
    """The records as YAML, by the file below data/."""
    kinds: dict[str, tuple[int, Callable[[int], str]]] = {
        "bodies": (BODIES, _body),
        "glossary": (TERMS, _term),
        "actions": (ACTIONS, _action),
        "events": (EVENTS, _event),
        "risks": (RISKS, _risk),
        "people": (PEOPLE, _person),
    }
    return {f"{kind}.yml": "".join(map(write, range(count))) for kind, (count, write) in kinds.items()}


def _body(number: int) -> str:
    kind = "role" if number < PEOPLE else BODY_TYPES[number % len(BODY_TYPES)]
    return (
        f"{body_id(number)}:\n  name: {body_name(number)}\n  type: {kind}\n"
        f"  about: {sentence('body', number, 9)}\n{_passage(number)}{_audience(number)}"
    )


def _term(number: int) -> str:
    short = abbreviation(number)
    given = f"  abbreviation: {short}\n" if short else ""
    return (
        f"{term_id(number)}:\n  name: {term_name(number)}\n{given}"
        f"  meaning: {sentence('term', number, 12)}\n{_passage(number)}{_audience(number)}"
    )


def _action(number: int) -> str:
    state = _STATES[number // 2 % len(_STATES)]
    return (
        f"action-{number:03}:\n  title: {sentence('action', number, 7)[:-1]}\n  workstream: {area_id(number % AREAS)}\n"
        f"  who:\n    - {body_id(number % (BODIES // 2) * 2)}\n{_audience(number)}"
        f"  states:\n    - state: {state}\n{_passage(number, '      ')}"
    )


def _event(number: int) -> str:
    return (
        f"event-{number:03}:\n  title: {sentence('event', number, 7)[:-1]}\n"
        f"  type: {_EVENT_TYPES[number % len(_EVENT_TYPES)]}\n  when: {_QUOTED(f'{2018 + number * 4 // EVENTS}-{number % 9 + 1:02}')}\n"
        f"  workstream: {area_id(number % AREAS)}\n{_passage(number)}{_audience(number)}"
    )


def _risk(number: int) -> str:
    mitigations = "".join(
        f"    - text: {sentence('mitigation', number * 3 + each, 10)}\n{_passage(number + each, '      ')}"
        for each in range(3)
    )
    return (
        f"risk-{number:03}:\n  title: {sentence('risk', number, 5)[:-1]}\n  text: {sentence('risk text', number, 14)}\n"
        f"  workstreams:\n    - {area_id(number % AREAS)}\n{_passage(number)}{_audience(number)}  mitigations:\n{mitigations}"
    )


def _person(number: int) -> str:
    given, family = sentence("person", number, 2)[:-1].split()
    return f"person-{number:03}:\n  name: {given} {family.capitalize()}\n  role: {body_id(number)}\n{_passage(number)}"


def _passage(number: int, margin: str = "  ") -> str:
    """A place in a source. Those for partners rest on the same sources as all others."""
    source, paragraph = number % SOURCES, number % (FIGURES // SOURCES) + 1
    return f"{margin}source: {source_id(source)}\n{margin}locator: paragraph {paragraph}\n"


def _audience(number: int) -> str:
    return "" if number % 2 else "  audience: partner\n"
