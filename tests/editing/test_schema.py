"""The schemas that editors get: up to date, true to what the check accepts, and full of examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import example as also
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel
from yaml import YAMLError

from handbook.cli import main
from handbook.editing.json_schema import FOLDER, files_of, schemas
from handbook.loading.strict_yaml import parse_yaml
from handbook.loading.validation import validate
from handbook.model.examples import BadExample, as_typed
from handbook.model.front_matter import FrontMatter
from handbook.model.problems import ContentError, Place
from handbook.model.record_kinds import KINDS
from handbook.model.settings import Settings
from tests.conftest import EXAMPLE, FULL_EXAMPLE, ROOT
from tests.editing.yaml12 import read

SCHEMAS = schemas()
VALIDATORS = {name: Draft7Validator(schema) for name, schema in SCHEMAS.items()}
MODELS = {f"{kind.name}.json": kind.model for kind in KINDS.values()} | {
    "settings.json": Settings,
    "page.json": FrontMatter,
}

# What a schema cannot see: it knows a key's form, and neither the calendar nor the other keys. To an
# editor that reads YAML 1.2, no and yes are text.
BEYOND_A_SCHEMA = {"no", "2021-02-30", "2021-13", "2021-09/2021-06"}


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in models_of(field.annotation):
            yield from models_in(inner)


def models_of(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in models_of(inner)]


def is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple


FIELDS = {
    f"{model.__name__}.{key}": (name, model, key)
    for name, top in MODELS.items()
    for model in models_in(top)
    for key in model.model_fields
    if key not in ("id", "place")
}


def wrongs(annotation: Any, metadata: list[Any]) -> list[BadExample]:
    """The bad examples of a field: its own, and those of its kind of value."""
    found = [mark for mark in metadata if isinstance(mark, BadExample)]
    inner = [] if is_list(annotation) else get_args(annotation)
    return found + [
        mark for kind in inner for mark in wrongs(kind, [*getattr(kind, "__metadata__", ())]) if kind is not type(None)
    ]


def all_wrongs(model: type[BaseModel], key: str) -> list[BadExample]:
    field = model.model_fields[key]
    return wrongs(field.annotation, field.metadata)


def typed_field(model: type[BaseModel], key: str) -> str:
    """A good value of a field, as YAML in one line: its first example, or the keys of its own model."""
    field = model.model_fields[key]
    if field.examples:
        return as_typed(field.examples[0])
    (inner,) = models_of(field.annotation)[-1:]
    keys = "{" + ", ".join(f"{name}: {value}" for name, value in needed(inner).items()) + "}"
    if key == "editions":
        return f"{{internal: {keys}, partner: {keys}}}"
    return f"[{keys}]" if is_list(field.annotation) else keys


def needed(model: type[BaseModel]) -> dict[str, str]:
    """The keys that a model cannot do without, each with a good value."""
    found = {
        key: typed_field(model, key)
        for key, field in model.model_fields.items()
        if field.is_required() and key not in ("id", "place")
    }
    return found | ({"value": '"19.65"'} if "qualifier" in model.model_fields else {})


def said(model: type[BaseModel], key: str, typed: str) -> list[str]:
    """What the check says of a model whose `key` has the value `typed`, all else being well."""
    lines = {**needed(model), key: typed}
    text = "\n".join(f"{name}: {value}" for name, value in lines.items())
    given = {"id": "an-id", "place": Place("x.yml", 1)} if "place" in model.model_fields else {}
    document = parse_yaml(text, "x.yml")
    at = document.line((key,))
    problems = validate(model, document, (), "It", given)[1]
    return [problem.what for problem in problems if problem.line == at]


def schema_of(name: str, model: type[BaseModel]) -> Draft7Validator:
    """The schema of one model inside the schema `name`."""
    whole = SCHEMAS[name]
    if model is MODELS[name]:
        return Draft7Validator(
            {**whole["additionalProperties"], "$defs": whole["$defs"]} if name in files_of_records() else whole
        )
    return Draft7Validator({**whole["$defs"][model.__name__], "$defs": whole["$defs"]})


def files_of_records() -> set[str]:
    return {f"{kind}.json" for kind in KINDS}


def fits(name: str, model: type[BaseModel], key: str, typed: str) -> bool:
    text = "\n".join(f"{each}: {value}" for each, value in {**needed(model), key: typed}.items())
    return bool(schema_of(name, model).is_valid(read(text)))


def test_the_schemas_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(ROOT), "schema", "--check"]) == 0, capsys.readouterr().out


def test_schema_writes_what_is_out_of_date_and_takes_away_what_is_of_no_model(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--root", str(example), "schema"]
    assert main([*command, "--check"]) == 1
    assert not (example / FOLDER).exists()
    assert main(command) == 0
    assert main([*command, "--check"]) == 0
    (example / FOLDER / "figure.json").write_text("{}", "utf-8")
    (example / FOLDER / "blog.json").write_text("{}", "utf-8")
    capsys.readouterr()
    assert main([*command, "--check"]) == 1
    assert re.findall(r"schemas/(\w+)", capsys.readouterr().out) == ["blog", "figure"]
    assert main(command) == 0
    assert not (example / FOLDER / "blog.json").exists()


@pytest.mark.parametrize("name", VALIDATORS)
def test_a_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_has_a_description_and_examples(field: str) -> None:
    _, model, key = FIELDS[field]
    info = model.model_fields[key]
    assert info.description and info.description.endswith(".")
    assert info.examples or models_of(info.annotation)
    assert all_wrongs(model, key) or is_list(info.annotation) or key == "editions"


@pytest.mark.parametrize("field", FIELDS)
def test_good_examples_are_accepted(field: str) -> None:
    name, model, key = FIELDS[field]
    for good in [typed_field(model, key), *map(as_typed, model.model_fields[key].examples or ())]:
        assert said(model, key, good) == []
        assert fits(name, model, key, good)


@pytest.mark.parametrize("field", FIELDS)
def test_bad_examples_are_refused_in_the_words_they_give(field: str) -> None:
    name, model, key = FIELDS[field]
    bad = all_wrongs(model, key)
    if is_list(model.model_fields[key].annotation):
        bad.append(BadExample("some text", f"{key} is a list (found some text)"))
    for wrong in bad:
        assert any(what.startswith(wrong.said) for what in said(model, key, wrong.typed))
        assert fits(name, model, key, wrong.typed) == (wrong.typed in BEYOND_A_SCHEMA)


@pytest.mark.parametrize("root", [EXAMPLE, FULL_EXAMPLE], ids=["example", "full example"])
def test_a_handbooks_files_fit_their_schemas(root: Path) -> None:
    files_fit(root)


def files_fit(root: Path) -> None:
    """Hold every record and every page's front matter in `root` against its schema."""
    seen = 0
    for name, patterns in files_of().items():
        for path in (found for pattern in patterns for found in root.glob(pattern)):
            faults = list(VALIDATORS[name].iter_errors(read(path.read_text("utf-8"))))
            assert not faults, f"{path}: {faults[0].message}"
            seen += 1
    assert seen >= 10
    for path in (root / "docs").rglob("*.md"):
        faults = list(VALIDATORS["page.json"].iter_errors(read(path.read_text("utf-8").split("---\n")[1])))
        assert not faults, f"{path}: {faults[0].message}"


# Mistakes that an editor with the schema underlines while they are typed, each in a file of figures.
CAUGHT = {
    "a key misspelt": ("qualifier: over", "qualifer: over"),
    "a number without quotes": ('value: "700"', "value: 700"),
    "a comma": ('value: "700"', 'value: "1,700"'),
    "a percent sign": ('value: "700"', 'value: "70%"'),
    "words": ('value: "700"', 'value: "over 700"'),
    "a qualifier that is none": ("qualifier: over", "qualifier: more"),
    "a date with the day first": ("period: 2021-10", "period: 21/10/2021"),
    "a time": ("period: 2021-10", "period: 12:30"),
    "no unit": ("  unit: people\n", ""),
    "no source": ("      source: report-2021\n", ""),
    "an audience with a capital": ("audience: partner", "audience: Partner"),
    "an id with a capital": ("trained:", "Trained:"),
    "a direction that is none": ("better: up", "better: higher"),
    "text for a list": ("aliases:\n    - licences", "aliases: licences"),
    "a list for text": ("unit: people", "unit:\n    - people"),
    "nothing": ("unit: people", "unit:"),
    "no observations": ("observations:\n", "observations: []\n#"),
}


@pytest.mark.parametrize("name", CAUGHT)
def test_a_mistake_that_the_schema_catches(name: str) -> None:
    text = (EXAMPLE / "data/figures/neglect.yml").read_text("utf-8")
    find, put = CAUGHT[name]
    assert find in text
    broken = text.replace(find, put, 1)
    if name == "no observations":
        broken = broken.split("#")[0]
    assert VALIDATORS["figure.json"].is_valid(read(text))
    assert not VALIDATORS["figure.json"].is_valid(read(broken))


_SCALARS = st.one_of(
    st.from_regex(r"[-+]?[0-9]{0,5}(\.[0-9]{0,3})?([eE][0-9])?", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}[-/:][0-9]{1,2}([-/:][0-9]{1,2})?", fullmatch=True),
    st.sampled_from(["", "~", "null", "no", "yes", "on", "true", "True", "0x1f", "0o17", "0123", "1_0", ".inf", ".5"]),
    st.sampled_from(["2021-spring", "2021-06/2021-09", "٧٠٠", "neglect", "partner", "over", "- 3", "[]", "[a, 1]"]),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12),
)


@settings(deadline=None)
@given(field=st.sampled_from(sorted(FIELDS)), text=_SCALARS, quoted=st.booleans())
@also(field="Observation.value", text="٧٠٠", quoted=True)
@also(field="Figure.title", text="1e3", quoted=False)
@also(field="Figure.workstream", text="2021", quoted=False)
@also(field="Observation.period", text="٢٠٢١", quoted=False)
@also(field="FrontMatter.order", text="3", quoted=True)
def test_what_the_check_accepts_fits_the_schema(field: str, text: str, quoted: bool) -> None:
    """An editor must never see a mark under what is right."""
    name, model, key = FIELDS[field]
    typed = json.dumps(text, ensure_ascii=False) if quoted else text
    try:
        accepted = not said(model, key, typed)
        fitting = fits(name, model, key, typed)
    except (ContentError, YAMLError):  # No file at all: the check says so, and so does the editor.
        return
    assert fitting or not accepted
