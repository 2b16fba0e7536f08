"""JSON Schemas of the handbook's own files, made from the models, for editors that complete and explain as one types.

One for each kind of record, one for the settings, one for front matter. The models say everything
once; what is made here is their description, examples and bad examples in the form editors read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import NullableSchema, WithDefaultSchema

from handbook.loading.settings import SETTINGS_FILE
from handbook.model.examples import WRONG
from handbook.model.fields import ID_PATTERN
from handbook.model.front_matter import FrontMatter
from handbook.model.record_kinds import KINDS
from handbook.model.settings import Settings

FOLDER = ".vscode/schemas"
# They come from a record's place in its file, and are not keys.
_NOT_KEYS = ("id", "place")
# The last draft that every editor's YAML support reads.
_DRAFT = "http://json-schema.org/draft-07/schema#"


class _Plain(GenerateJsonSchema):
    """As the strict reader sees the models: a key may be left out, and never holds nothing."""

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    made = {f"{kind.name}.json": _of_records(kind.name, kind.model) for kind in KINDS.values()}
    made["settings.json"] = _of_keys(Settings, "The settings of the handbook")
    made["page.json"] = _of_keys(FrontMatter, "The front matter of a page")
    return made


def files_of() -> dict[str, list[str]]:
    """For each schema of a YAML file, the files that it is of, as patterns from the project's folder."""
    found = {f"{kind.name}.json": [f"data/{pattern}" for pattern in kind.files] for kind in KINDS.values()}
    return found | {"settings.json": [SETTINGS_FILE]}


def out_of_date(root: Path) -> list[str]:
    """The files of schemas that are not what the models say: changed, missing, or of no model any more."""
    made = {name: _text(schema) for name, schema in schemas().items()}
    there = {path.name: path.read_text("utf-8") for path in (root / FOLDER).glob("*.json")}
    return sorted(f"{FOLDER}/{name}" for name in made.keys() | there.keys() if made.get(name) != there.get(name))


def write_schemas(root: Path) -> list[str]:
    """Writes the schemas that are out of date, deletes those of no model, and gives their paths."""
    made = schemas()
    changed = out_of_date(root)
    for shown in changed:
        path = root / shown
        if path.name not in made:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(made[path.name]), "utf-8", newline="\n")
    return changed


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _of_records(name: str, model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a file that has records of one kind, each under its id."""
    record = _schema(model)
    parts = record.pop("$defs", {})
    return {
        "$schema": _DRAFT,
        "title": f"Records of the kind {name}",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {
            "pattern": f"^(?:{ID_PATTERN.pattern})$",
            "patternErrorMessage": "An id has small letters, digits and single hyphens, as in staff-trained.",
        },
        "additionalProperties": record,
        "$defs": parts,
    }


def _of_keys(model: type[BaseModel], title: str) -> dict[str, Any]:
    """The schema of a file, or of front matter, that is the keys of one model."""
    return {"$schema": _DRAFT} | _schema(model) | {"title": title}


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    made = model.model_json_schema(schema_generator=_Plain)
    explained: dict[str, Any] = _explained(made)
    return explained


def _explained(part: Any) -> Any:
    """A part of a schema without what is no key, and with its bad examples where people can read them."""
    if isinstance(part, list):
        return [_explained(item) for item in part]
    if not isinstance(part, dict):
        return part
    found = {key: _explained(value) for key, value in part.items() if key != WRONG}
    if isinstance(found.get("properties"), dict):
        for key in _NOT_KEYS:
            found["properties"].pop(key, None)
        found["required"] = [key for key in found.get("required", ()) if key not in _NOT_KEYS]
        if "Place" in found.get("$defs", {}):
            del found["$defs"]["Place"]
    if "description" in part and (WRONG in part or part.get("type") == "array"):
        found["markdownDescription"] = _in_words(part)
    return found


def _in_words(field: dict[str, Any]) -> str:
    """What an editor shows beside a key: what it is, and what the check says of wrong values."""
    words = [field["description"]]
    if field.get("type") == "array":
        words.append("A list: each item on its own line, after two spaces and a hyphen.")
    words += [f"Not `{bad['typed']}`. The check says: {bad['said']}." for bad in field.get(WRONG, ())]
    return "\n\n".join(words)
