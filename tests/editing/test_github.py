"""What GitHub shows to people who report or propose something: in the form that it documents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.conftest import ROOT

FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")

_WORDS = {"type": "string", "minLength": 1}
_CHOICES = {"type": "array", "minItems": 1, "uniqueItems": True}
# The attributes of each kind of element, and those it cannot do without.
_ELEMENTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "markdown": ({"value": _WORDS}, ["value"]),
    "input": ({"label": _WORDS, "description": _WORDS, "placeholder": _WORDS, "value": _WORDS}, ["label"]),
    "textarea": ({"label": _WORDS, "description": _WORDS, "placeholder": _WORDS, "value": _WORDS}, ["label"]),
    "dropdown": (
        {"label": _WORDS, "description": _WORDS, "options": {**_CHOICES, "items": _WORDS}},
        ["label", "options"],
    ),
    "checkboxes": (
        {
            "label": _WORDS,
            "description": _WORDS,
            "options": {
                **_CHOICES,
                "items": {
                    "properties": {"label": _WORDS, "required": {"type": "boolean"}},
                    "required": ["label"],
                    "additionalProperties": False,
                },
            },
        },
        ["label", "options"],
    ),
}
FORM = Draft7Validator(
    {
        "type": "object",
        "required": ["name", "description", "body"],
        "additionalProperties": False,
        "properties": {
            "name": _WORDS,
            "description": _WORDS,
            "title": _WORDS,
            "body": {
                "type": "array",
                "minItems": 1,
                "contains": {"properties": {"type": {"not": {"const": "markdown"}}}},
                "items": {
                    "oneOf": [
                        {
                            "type": "object",
                            "required": ["type", "attributes"] + ([] if kind == "markdown" else ["id"]),
                            "additionalProperties": False,
                            "properties": {
                                "type": {"const": kind},
                                "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
                                "attributes": {
                                    "type": "object",
                                    "properties": attributes,
                                    "required": needed,
                                    "additionalProperties": False,
                                },
                                "validations": {
                                    "type": "object",
                                    "properties": {"required": {"type": "boolean"}},
                                    "additionalProperties": False,
                                },
                            },
                        }
                        for kind, (attributes, needed) in _ELEMENTS.items()
                    ]
                },
            },
        },
    }
)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_is_one(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert not [fault.message for fault in FORM.iter_errors(form)]
    for key in ("id", "label"):
        found = [part.get("id") if key == "id" else part["attributes"].get("label") for part in form["body"][1:]]
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_starts_with_the_warning(path: Path) -> None:
    first = yaml.safe_load(path.read_text("utf-8"))["body"][0]
    assert "nothing from which a child or a family could be recognised" in first["attributes"]["value"]


def test_no_form_is_without_the_warning() -> None:
    config = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/config.yml").read_text("utf-8"))
    assert config == {"blank_issues_enabled": False}
    assert len({yaml.safe_load(path.read_text("utf-8"))["name"] for path in FORMS}) == len(FORMS) == 2


@pytest.mark.parametrize(
    "fault",
    [
        "{type: text}",
        "{type: input, id: a b, attributes: {label: x}}",
        "{type: dropdown, id: a, attributes: {label: x}}",
    ],
)
def test_a_form_that_github_would_refuse_is_found(fault: str) -> None:
    form = {"name": "x", "description": "x", "body": [yaml.safe_load(fault)]}
    assert list(FORM.iter_errors(form))


def test_a_pull_request_starts_with_who_will_see_it() -> None:
    first = (ROOT / ".github/pull_request_template.md").read_text("utf-8").split("\n")[0]
    assert first.startswith("**Will partners see this?**")


def test_code_owners_name_places_that_are_there_and_nobody() -> None:
    """Whose they are is for those who run the handbook. A line in force would name an account that may not exist."""
    lines = (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    assert all(line.startswith("#") or not line for line in lines)
    places = [match[1] for line in lines if (match := re.match(r"# /(\S+)\s+<", line))]
    assert len(places) > 8
    assert not [place for place in places if not (ROOT / place).exists()]
