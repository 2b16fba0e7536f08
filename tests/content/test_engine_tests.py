"""The engine's tests know nothing of this handbook: they name none of its records, and read none of its files."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from handbook.loading.handbook import Handbook, read_handbook
from handbook.model.record_kinds import Person, Term
from tests.conftest import EXAMPLE, FULL_EXAMPLE, ROOT, TWO_REPORTS

TESTS = ROOT / "tests"
CONTENT = TESTS / "content"
READABLE = (".py", ".yml", ".yaml", ".md", ".json", ".csv", ".txt", ".xml", ".html")
ENGINE_TESTS = sorted(
    path
    for path in TESTS.rglob("*")
    if path.suffix in READABLE and CONTENT not in path.parents and "vendor" not in path.parts
)
# Engine tests of messages in which the engine itself names records of this handbook as its examples.
QUOTING = {f"tests/{name}.yml" for name in ("editing/golden/set-without-keys",)}
# Words of a council's name that say nothing of which council it is.
_OF_ANY_COUNCIL = {"county", "council", "city", "borough", "district", "london", "of", "the", "and", "royal"}
# What reads a whole handbook, by the name of the function.
_READS_A_HANDBOOK = {"read_handbook", "read_docs", "check", "read", "build", "audit", "export", "make", "site"}


@cache
def telling_words() -> re.Pattern[str]:
    """What only a handbook like this one has: its council's name, its people, and the ids and abbreviations of its records.

    A single word in plain letters tells nothing if it is very short or the engine uses it too, and nothing does that
    an example has.
    """
    handbook, _ = read_handbook(ROOT)
    engine = {
        word for path in (ROOT / "handbook").rglob("*.py") for word in re.findall(r"[a-z]+", path.read_text("utf-8"))
    }
    words = {
        word for word in names_in(handbook) if not re.fullmatch("[a-z]+", word) or len(word) > 3 and word not in engine
    }
    words = {word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", _examples())}
    words |= {word.lower() for word in handbook.settings.council.split() if word.lower() not in _OF_ANY_COUNCIL}
    assert len(words) > 50
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w-])", re.IGNORECASE)


def names_in(handbook: Handbook) -> set[str]:
    """The ids of a handbook's records and of its areas of work, the names of its people, and its longer abbreviations."""
    records = handbook.records.values()
    names = {record.id for record in records}
    names |= {page.header.workstream for page in handbook.docs.pages.values() if page.header.workstream}
    names |= {record.name.lower() for record in records if isinstance(record, Person)}
    terms = (record.abbreviation for record in records if isinstance(record, Term))
    return names | {word.lower() for word in terms if word and len(word) > 3}


def _examples() -> str:
    """All that the examples say, which are made up."""
    roots = (EXAMPLE, FULL_EXAMPLE, TWO_REPORTS)
    files = (path for root in roots for path in sorted(root.rglob("*")) if path.suffix in (".md", ".yml"))
    return "\n".join(path.read_text("utf-8").lower() for path in files)


def readings(text: str) -> list[str]:
    """The places in a test's code that read pages or records at the root, or a whole handbook there."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and node.left.id == "ROOT":
            path = node.right.value if isinstance(node.right, ast.Constant) else ""
            if re.match(r"(?:docs|data)(?:/|$)", str(path)):
                found.append(f"line {node.lineno}: ROOT / {path!r}")
        elif isinstance(node, ast.Call):
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0] if node.args else None
            if function in _READS_A_HANDBOOK and isinstance(first, ast.Name) and first.id == "ROOT":
                found.append(f"line {node.lineno}: {function}(ROOT)")
    return found


@pytest.mark.parametrize("path", ENGINE_TESTS, ids=lambda path: path.relative_to(TESTS).as_posix())
def test_an_engine_test_names_nothing_of_this_handbook(path: Path) -> None:
    named = telling_words().findall(path.read_text("utf-8"))
    if path.relative_to(ROOT).as_posix() in QUOTING:
        assert named, "it quotes nothing any more: take it out of QUOTING"
    else:
        assert not named


@pytest.mark.parametrize(
    "path", [path for path in ENGINE_TESTS if path.suffix == ".py"], ids=lambda path: path.relative_to(TESTS).as_posix()
)
def test_an_engine_test_reads_no_page_and_no_record_of_this_handbook(path: Path) -> None:
    assert not readings(path.read_text("utf-8"))


def test_a_name_of_this_handbook_is_found() -> None:
    handbook, _ = read_handbook(ROOT)
    for planted in (handbook.settings.council, handbook.settings.report, f'figure("{handbook.settings.report}")'):
        assert telling_words().search(f"The test says {planted} here.")
    assert not telling_words().search("The test says that turnover fell.")


@pytest.mark.parametrize(
    "planted",
    [
        'PAGES = ROOT / "docs/editing"',
        'list((ROOT / "data").rglob("*.yml"))',
        "handbook, _ = read_handbook(ROOT)",
        "checking.check(ROOT, [edition])",
    ],
)
def test_a_reading_of_this_handbook_is_found(planted: str) -> None:
    assert readings(planted)
    assert not readings('(ROOT / "Makefile").read_text("utf-8")\ncheck(root)')
