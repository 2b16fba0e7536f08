"""A handbook's own macros, as the example has two: they work as the engine's do, see no more, and are audited.

What is said of macros that cannot be registered or that fail is in `tests/cases/own-macros/`.
"""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from handbook.audit.site_audit import audit
from handbook.build.mkdocs.build import build
from handbook.build.mkdocs.configuration import configuration
from handbook.editions.check import check, read
from handbook.loading.macro_package import load_macros
from handbook.model.editions import Edition
from tests.build.test_build import fingerprint
from tests.conftest import ROOT, run

OWN = ("mitigations", "card")
PAGE = "own.md"
LIST = "<li>Pay is looked at each year. "
CARD = '<p class="card"><strong>Staff trained to see neglect</strong>: <span class="figure"><strong>over 700 '


@pytest.fixture
def root(example: Path) -> Path:
    """The example with a page that calls both of its own macros."""
    write(example, '{{ mitigations("staff-leave") }}\n\n{{ card("trained") }}')
    return example


def write(root: Path, body: str) -> None:
    header = "title: Own\nsummary: Macros of the example's own.\naudience: partner\nsources:\n  - report-2021\n"
    (root / "docs" / PAGE).write_text(f"---\n{header}---\n\n{body}\n", "utf-8")


def edit(path: Path, find: str, put: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(find) == 1
    path.write_text(text.replace(find, put), "utf-8")


def html(folder: Path) -> str:
    return (folder / "own.html").read_text("utf-8")


@pytest.mark.parametrize("edition", Edition)
def test_a_page_shows_what_they_write(root: Path, edition: Edition) -> None:
    """One writes Markdown, and is given another name; the other writes HTML."""
    page = html(build(root, edition))
    assert LIST in page
    assert CARD in page


@pytest.mark.parametrize("edition", Edition)
def test_mkdocs_knows_them_and_builds_the_same_bytes(root: Path, edition: Edition) -> None:
    config = "mkdocs.yml" if edition is Edition.INTERNAL else "mkdocs.partner.yml"
    done = run("mkdocs", "build", "--strict", "-f", config, "-d", "plain", cwd=root)
    assert done.returncode == 0, done.stderr
    [listed] = [line for line in done.stderr.splitlines() if "Config macros:" in line]
    assert all(f"'{name}'" in listed for name in OWN)
    assert fingerprint(root / "plain") == fingerprint(build(root, edition))


def test_pages_call_what_the_plugin_registered(root: Path) -> None:
    """A function that define_env makes is another each time it is run: this one is the plugin's."""
    config = configuration(root, Edition.PARTNER)
    config.plugins.on_startup(command="build", dirty=False)
    config.plugins.on_config(config)
    used = config.plugins["handbook"].builder.edition.handbook.macros
    assert used["card"].function is config.plugins["macros"].macros["card"]
    assert not {"now", "context", "macros_info", "fix_url"} & set(used)


def test_they_are_loaded_by_their_place(root: Path, tmp_path: Path) -> None:
    """The tests run where this project is installed, whose package has the same name."""
    assert set(load_macros(root)) - set(load_macros(ROOT)) == set(OWN)
    other = shutil.copytree(root, tmp_path / "other", symlinks=True)
    edit(other / "macros/mitigations.py", '"""What is done about a risk, as a list in Markdown."""', '"""Another."""')
    assert load_macros(other)["mitigations"].description == "Another."
    assert load_macros(root)["mitigations"].description == "What is done about a risk, as a list in Markdown."


def test_the_example_and_this_project_register_the_same_of_the_engine(unchanged: Path) -> None:
    assert set(load_macros(unchanged)) - set(OWN) == set(load_macros(ROOT))
    assert all(macro.is_engine is (name not in OWN) for name, macro in load_macros(unchanged).items())


def test_a_change_of_a_module_builds_its_pages_again(root: Path) -> None:
    build(root, Edition.PARTNER)
    edit(root / "macros/mitigations.py", "- {escape", "- Now: {escape")
    page = html(build(root, Edition.PARTNER))
    assert "<li>Now: Pay is looked at" in page


def test_a_change_of_a_record_that_one_reads_builds_its_pages_again(root: Path) -> None:
    build(root, Edition.PARTNER)
    edit(root / "data/risks.yml", "Pay is looked at each year.", "Pay rises each year.")
    folder = build(root, Edition.PARTNER)
    assert "<li>Pay rises each year. " in html(folder)
    assert fingerprint(folder) == fingerprint(build(root, Edition.PARTNER, root / "afresh", use_cache=False))


def test_what_one_draws_on_is_what_the_page_draws_on(root: Path) -> None:
    write(root, '{{ mitigations("staff-leave") }}\n\n{{ drawn_from() }}')
    assert ": risk 1.</li>" in html(build(root, Edition.PARTNER)).partition('class="drawn-from"')[2]
    assert audit(root, root / "build/partner") == []


def test_in_the_past_what_was_not_known_is_not_yet_reported(root: Path) -> None:
    write(root, '{{ card("trained") }}')
    page = html(build(root, Edition.PARTNER, as_at=date(2021, 12, 21)))
    assert CARD in page


# Where a macro finds the file in which the internal figure overspend is written.
LEAKS = {
    "from the current folder": 'Path("data/figures/staff.yml")',
    "from the folder of the handbook": 'Path(__file__).parents[1] / "data/figures/staff.yml"',
    "where the file is there": 'next(Path().glob("data/figures/staff.yml"), Path(__file__))',
}


@pytest.mark.parametrize("leak", LEAKS)
def test_the_audit_finds_what_one_reads_past_its_view(root: Path, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "{{ leak() }}")
    module = root / "macros/leak.py"
    module.write_text(
        "from pathlib import Path\n\nfrom handbook.macros import View\n\n\n"
        f"def leak(view: View) -> str:\n    path = {LEAKS[leak]}\n"
        '    return "".join(line[9:] for line in path.read_text().splitlines() if line.endswith(" overspend"))\n',
        "utf-8",
    )
    edit(
        root / "macros/__init__.py", "from macros.mitigations", "from macros.leak import leak\nfrom macros.mitigations"
    )
    edit(root / "macros/__init__.py", "    env.macro(what", "    env.macro(leak)\n    env.macro(what")
    monkeypatch.chdir(root)
    folder = build(root, Edition.PARTNER)
    assert "Forecast overspend" in html(folder)
    found = {each.found: each.what for each in audit(root, folder) if each.path == "own.html"}
    assert found["forecast overspend"] == "Title of the figure overspend"
    assert Path.cwd() == root


def test_the_audit_finds_nothing_in_what_they_write_of_their_view(root: Path) -> None:
    assert audit(root, build(root, Edition.PARTNER)) == []


def test_a_folder_that_is_missing_is_told(root: Path) -> None:
    shutil.rmtree(root / "macros")
    assert list(map(str, check(root).problems)) == [
        "macros:1: The folder is missing. "
        "Put it back: define_env in macros/__init__.py lists the macros that pages may call."
    ]


@pytest.mark.parametrize(
    "command",
    [("handbook.cli", "check"), ("handbook.cli", "build", "partner"), ("mkdocs", "build")],
    ids=lambda command: command[0].partition(".")[0] + "-" + command[1],
)
def test_a_fault_stops_every_command_without_a_traceback(root: Path, command: tuple[str, ...]) -> None:
    edit(root / "macros/mitigations.py", "record = view", "record = = view")
    done = run(*command, cwd=root)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "macros/mitigations.py:13: Python cannot read this line (invalid syntax). Mend it." in said
    assert "Traceback" not in said
    assert not (root / "build").exists()


def test_an_earlier_revision_is_read_by_the_macros_at_hand(root: Path, tmp_path: Path) -> None:
    """Its own code is never run, whatever it did then."""
    now = check(root)
    earlier = shutil.copytree(root, tmp_path / "earlier", symlinks=True)
    (earlier / "macros/__init__.py").write_text("raise SystemExit('run')\n", "utf-8")
    before = read(earlier, macros=now.macros)
    assert not before.problems
    assert before.editions[Edition.PARTNER].markdown(PAGE) == now.editions[Edition.PARTNER].markdown(PAGE)
    for command in ("init -q -b main", "add .", "-c user.name=E -c user.email=e@example.org commit -q -m Start"):
        subprocess.run(["git", *command.split()], cwd=earlier, check=True)
    shutil.copytree(root / "macros", earlier / "macros", dirs_exist_ok=True)
    done = run("handbook.cli", "widened", "main", cwd=earlier)
    assert (done.returncode, done.stderr) == (0, "")
