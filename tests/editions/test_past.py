"""The past: an edition as it stood on an earlier day, and a second report that is data alone."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from difflib import ndiff
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handbook.audit.site_audit import audit
from handbook.build.mkdocs.build import build
from handbook.editions.check import check
from handbook.editions.navigation import navigation
from handbook.editions.redirects import redirects
from handbook.editions.renderer import write
from handbook.loading.handbook import Handbook, read_handbook
from handbook.model.editions import Edition
from handbook.model.figures import Figure
from handbook.outputs.search.index import FOLDER
from tests.conftest import TWO_REPORTS, copy_with_reports, run
from tests.editions.test_non_interference import difference, files_in

FIRST, BETWEEN, SECOND = date(2021, 12, 21), date(2022, 2, 1), date(2022, 4, 26)
SECOND_PAGE = "reports/2022.md"
# What each partner page has for link previews, and no page of the past.
PREVIEWS = ["title", "description", "type", "site_name", "locale"]
CHANGES_PAGE = "reports/what-has-changed.md"


@pytest.fixture(scope="module")
def sites(
    tmp_path_factory: pytest.TempPathFactory, one_report: Path, two_reports: Path
) -> dict[tuple[str, Edition], Path]:
    """The editions of both trees by plain MkDocs, and those of the past."""
    made = {}
    for name, root, as_at in (("one", one_report, None), ("two", two_reports, None), ("past", two_reports, FIRST)):
        for edition in Edition:
            folder = tmp_path_factory.mktemp(name) / edition
            made[name, edition] = build(root, edition, folder, as_at)
    return made


def read(site: Path, page: str) -> str:
    return (site / page.replace(".md", ".html")).read_text("utf-8")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# A second report is data


def test_a_second_report_is_data(two_reports: Path, one_report: Path) -> None:
    """Every file of the first is as it was, or has lines more; two settings alone have changed; one page is new."""
    assert not check(two_reports).problems
    pages = [
        {path.relative_to(root / "docs") for path in (root / "docs").rglob("*.md")}
        for root in (one_report, two_reports)
    ]
    assert pages[1] - pages[0] == {Path(SECOND_PAGE)}
    for path in sorted((TWO_REPORTS / "second").rglob("*.*")):
        before = one_report / path.relative_to(TWO_REPORTS / "second")
        if before.is_file():
            changed = ["as_at: 2021-12-21", "report: report-2021"] if path.name == "handbook.yml" else []
            assert lost(before, path) == changed, path


def lost(before: Path, after: Path) -> list[str]:
    """The lines of one file that another does not have, or has in another order."""
    old, new = (path.read_text("utf-8").splitlines() for path in (before, after))
    return [line[2:] for line in ndiff(old, new) if line.startswith("- ")]


def test_pages_show_the_new_values_and_the_first_report_keeps_its_own(sites: dict[tuple[str, Edition], Path]) -> None:
    for edition in Edition:
        home = words(read(sites["two", edition], "index.md"))
        assert "over 850 people" in home
        assert "over 700 people" not in home
        first, before = (read(sites[name, edition], "reports/2021.md") for name in ("two", "one"))
        assert '<span class="figure-note-value">over 700 people</span>' in first
        assert '<span class="figure-note-value">19.60%</span>' in first
        assert "Corrected to 19.80%. The first report left out one team." in first
        assert "Corrected" not in before
        for page in (first, before):
            assert "down 7.40 percentage points" in page.partition("<h2")[2].partition("<table")[0]


def test_what_changed_is_there_when_there_are_two_reports(sites: dict[tuple[str, Edition], Path]) -> None:
    for edition in Edition:
        assert (sites["two", edition] / "reports/what-has-changed.html").is_file()
        for name in ("one", "past"):
            assert not (sites[name, edition] / "reports/what-has-changed.html").exists()
            assert "what-has-changed" not in read(sites[name, edition], "index.md")


def test_a_link_to_the_page_before_its_time_is_told(tmp_path: Path) -> None:
    root = copy_with_reports(tmp_path / "handbook", 1)
    page = root / "docs/reports/2021.md"
    page.write_text(page.read_text("utf-8") + "\nSee [what has changed](what-has-changed.md).\n", "utf-8")
    assert [str(problem) for problem in check(root).problems] == [
        "docs/reports/2021.md:19: A link to a page that is left out until there is a second report "
        "(found what-has-changed.md). Take the link away; the menu has the page from then on."
    ]


# Small numbers


def test_a_small_number_is_a_mark_wherever_partners_read_it(sites: dict[tuple[str, Edition], Path]) -> None:
    site = sites["two", Edition.PARTNER]
    for page in (SECOND_PAGE, "figures.md", CHANGES_PAGE):
        assert "c (small number, not shown)" in words(read(site, page))
    index = "".join(path.read_text("utf-8") for path in (site / FOLDER).iterdir())
    assert "c (small number, not shown), March 2022" in index
    assert "4 children" not in index
    assert "Two of them" not in "".join(path.read_text("utf-8", "replace") for path in site.rglob("*.*"))
    assert "<strong>4 children</strong>" in read(sites["two", Edition.INTERNAL], "figures.md")


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ('value: "4"', 'value: "2"'),
        ('value: "4"', 'low: "1"\n      high: "4"'),
        ('value: "4"', 'value: "4"\n      qualifier: nearly'),
        ('value: "4"', 'value: "4"\n      words: a handful'),
        ("Two of them in one family.", "Nobody may know this."),
    ],
)
def test_the_partner_site_does_not_depend_on_a_number_kept_from_partners(
    find: str, put: str, sites: dict[tuple[str, Edition], Path], tmp_path: Path
) -> None:
    root = copy_with_reports(tmp_path / "handbook", 2)
    path = root / "data/figures/neglect.yml"
    assert find in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(find, put), "utf-8")
    assert not check(root).problems
    same = build(root, Edition.PARTNER, tmp_path / "partner")
    assert not difference(files_in(sites["two", Edition.PARTNER]), files_in(same))
    staff = build(root, Edition.INTERNAL, tmp_path / "internal")
    assert difference(files_in(sites["two", Edition.INTERNAL]), files_in(staff)), "staff do not see it either"
    assert not audit(root, same)
    assert audit(root, staff), "the audit finds nothing in the internal site"


# The past


def test_the_past_is_what_was_built_then_but_for_its_banner(sites: dict[tuple[str, Edition], Path]) -> None:
    """The bytes of the past do not depend on the second report, and differ from the first's own only in saying so."""
    for edition in Edition:
        then, past = files_in(sites["one", edition]), files_in(sites["past", edition])
        assert then.keys() == past.keys()
        for path, content in then.items():
            text, again = content.decode("utf-8", "replace"), past[path].decode("utf-8", "replace")
            if path.endswith(".html"):
                assert "As they were known on" not in text
                again, count = re.subn(r'\n*<p class="edition edition-past">.*?</p>\n', "", again, flags=re.DOTALL)
                assert count == 1, path
                assert "og:" not in again, path
                previews = PREVIEWS if edition is Edition.PARTNER and path != "404.html" else []
                assert re.findall(r'<meta property="og:(\w+)"', text) == previews, path
                text = re.sub(r'<meta property="og:\w+" content="[^"<>]*">', "", text)
                again = again.replace('<meta name="robots" content="noindex">', "")
                text = text.replace('<meta name="robots" content="noindex">', "")
            if path != "build.json":
                assert text.split() == again.split(), path


def test_nothing_of_the_second_report_is_in_the_past(sites: dict[tuple[str, Edition], Path]) -> None:
    for edition in Edition:
        site = sites["past", edition]
        assert not (site / SECOND_PAGE.replace(".md", ".html")).exists()
        text = "".join(path.read_text("utf-8", "replace") for path in site.rglob("*.*") if path.is_file())
        for later in ("850", "report-2022", "Second", "19.80", "Independent Visitors", "old-letter", "Training ended"):
            assert later not in text


def test_the_past_before_the_second_report_is_the_same_from_both_trees(
    one_report: Path, two_reports: Path, tmp_path: Path
) -> None:
    for edition in Edition:
        made = [
            build(root, edition, tmp_path / edition / root.parent.name, FIRST) for root in (one_report, two_reports)
        ]
        assert not difference(*map(files_in, made))


def second_report() -> st.SearchStrategy[dict[str, dict[str, object]]]:
    """Records of a second report, by the file that they are added to."""
    number = st.integers(0, 99).map(str)
    audience = st.sampled_from(["partner", "internal"])
    text = st.text("abcdefgh XYZ&<*_'", min_size=1, max_size=30).map(str.strip).filter(bool)
    part = {"source": st.just("report-2022"), "locator": st.sampled_from(["paragraph 1", "paragraph 2", "paragraph 3"])}
    observation = st.fixed_dictionaries(
        {"value": number, "period": st.sampled_from(["2021-11", "2022-01", "2022-04"]), **part},
        optional={"qualifier": st.sampled_from(["over", "about"]), "note": text, "audience": st.just("internal")},
    )
    record = {"title": text, "audience": audience}
    figure = st.fixed_dictionaries(
        {**record, "unit": text, "observations": st.lists(observation, min_size=1, max_size=1)}
    )
    event = st.fixed_dictionaries({**record, "type": st.just("visit"), "when": st.just("2021-10"), **part})
    state = st.fixed_dictionaries({"state": st.sampled_from(["done", "planned"]), **part})
    action = st.fixed_dictionaries(
        {**record, "workstream": st.just("neglect"), "states": st.lists(state, min_size=1, max_size=2)}
    )
    term = st.fixed_dictionaries({"name": text, "meaning": text, "audience": audience, **part})
    body = st.fixed_dictionaries(
        {"name": text, "type": st.sampled_from(["scrutiny", "partner"]), "about": text, "audience": audience, **part}
    )
    risk = st.fixed_dictionaries(
        {**record, "text": text, "workstreams": st.just(["neglect"]), **part,
         "mitigations": st.lists(st.fixed_dictionaries({"text": text, **part}), min_size=1, max_size=2)}
    )  # fmt: skip
    kinds = {"figures/more.yml": figure, "events.yml": event, "actions.yml": action, "glossary.yml": term,
             "bodies.yml": body, "risks.yml": risk}  # fmt: skip
    return st.fixed_dictionaries(
        {
            file: st.lists(kind, max_size=2).map(
                lambda made, file=file: {f"zq-{file[:4]}-{number}": record for number, record in enumerate(made)}
            )
            for file, kind in kinds.items()
        }
    )


def made_of(handbook: Handbook, edition: Edition, as_at: date | None) -> list[object]:
    """What an edition is made of: its pages, menu, files and redirects."""
    written, problems = write(handbook, edition, as_at)
    assert not problems
    return [{path: written.markdown(path).markdown for path in written.pages}, navigation(written), written.files(),
            redirects(written).keys()]  # fmt: skip


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(added=second_report())
def test_the_past_does_not_depend_on_a_later_report(
    added: dict[str, dict[str, object]], two_reports: Path, one_report: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("later") / "handbook"
    shutil.copytree(two_reports, root, symlinks=True)
    for file, records in added.items():
        path = root / "data" / file
        if records:
            before = path.read_text("utf-8") if path.is_file() else ""
            path.write_text(before + as_yaml(records), "utf-8")
    now, problems = read_handbook(root)
    assert not problems, problems
    then, _ = read_handbook(one_report)
    for edition in Edition:
        assert made_of(now, edition, FIRST) == made_of(then, edition, FIRST)
        if any(added.values()) and edition is Edition.INTERNAL:
            assert made_of(now, edition, None) != made_of(then, edition, None)
    shutil.rmtree(root.parent)


def as_yaml(records: dict[str, object]) -> str:
    """Records a line each: what JSON writes is YAML."""
    return "".join(f"{id}: {json.dumps(record)}\n" for id, record in records.items())


def test_a_corrected_number_is_shown_wrong_until_it_was_corrected(tmp_path: Path) -> None:
    """The correction is seen in the present at once, and in the past from its day on."""
    root = copy_with_reports(tmp_path / "handbook", 2)
    path = root / "data/figures/neglect.yml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(
            "homes:\n",
            '    - value: "710"\n      period: 2021-10\n      source: report-2021\n      locator: paragraph 1\n'
            "      correction: It was typed wrongly.\n      corrected_on: 2022-02-01\nhomes:\n",
        ),
        "utf-8",
    )
    handbook = check(root).handbook
    assert handbook
    shown = {}
    for day in (FIRST, date(2022, 1, 31), BETWEEN, None):
        figure = write(handbook, Edition.PARTNER, day)[0].store.get(Figure, "trained")
        shown[day] = str(next(seen for seen in figure.standing if seen.period.text == "2021-10").value)
    assert shown == {FIRST: "700", date(2022, 1, 31): "700", BETWEEN: "710", None: "710"}


def test_links_to_what_was_not_yet_there_are_words(tmp_path: Path) -> None:
    """Prose is of today: a link in it may lead to a later page or heading, and the site still has no dead link."""
    root = copy_with_reports(tmp_path / "handbook", 2)
    page = root / "docs/index.md"
    page.write_text(
        page.read_text("utf-8")
        + "\nSee [the *second* report](reports/2022.md), [homes](figures.md#homes), [turnover](figures.md#turnover) "
        'and [a note][n].\n\n[n]: reports/2022.md "Later"\n\n{{ figure("homes", start=true) }} had moved '
        '{{ cite("paragraph 3", source="report-2022") }}, and {{ body("visitors") }} came.\n\n{{ history("homes") }}\n',
        "utf-8",
    )
    done = run("handbook.cli", "--root", root, "build", "all", "--as-at", str(FIRST), cwd=root)
    assert done.returncode == 0, done.stderr
    html = read(root / f"build/internal-as-at-{FIRST}", "index.md")
    paragraph = re.search(r"<p>See .*?</p>", html, re.DOTALL)
    assert paragraph
    assert "<span>the <em>second</em> report</span>" in paragraph[0]
    assert '<a href="figures.html">homes</a>' in paragraph[0]
    assert '<a href="figures.html#turnover">turnover</a>' in paragraph[0]
    assert '<span title="Later">a note</span>' in paragraph[0]
    assert words(html).count("not yet reported at 21 December 2021") == 3
    assert words(html).count("Not yet reported at 21 December 2021") == 1


def test_handbook_build_as_at_publishes_nothing_and_is_what_mkdocs_builds(two_reports: Path, tmp_path: Path) -> None:
    root = copy_with_reports(tmp_path / "handbook", 2)
    assert run("handbook.cli", "--root", root, "build", "all", cwd=root).returncode == 0
    live = {path: path.readlink() for path in (root / "site").iterdir() if path.is_symlink()}
    before = {edition: files_in(root / "build" / edition) for edition in Edition}
    done = run("handbook.cli", "--root", root, "build", "all", "--as-at", str(BETWEEN), cwd=root)
    assert done.returncode == 0, done.stderr
    assert "is in build/partner-as-at-2022-02-01. Nothing was published." in done.stdout
    assert live == {path: path.readlink() for path in (root / "site").iterdir() if path.is_symlink()}
    assert before == {edition: files_in(root / "build" / edition) for edition in Edition}
    (root / "mkdocs.past.yml").write_text(
        f"INHERIT: mkdocs.partner.yml\nsite_dir: build/by-mkdocs\nplugins:\n  handbook:\n    as_at: {BETWEEN}\n",
        "utf-8",
    )
    done = run("mkdocs", "build", "--strict", "-f", "mkdocs.past.yml", cwd=root)
    assert done.returncode == 0, done.stderr
    assert not difference(files_in(root / "build/by-mkdocs"), files_in(root / f"build/partner-as-at-{BETWEEN}"))
    done = run("mkdocs", "build", "-f", "mkdocs.past.yml", "-d", "build/partner", cwd=root)
    assert "is for the partner edition as it is now, and not as it stood on 2022-02-01" in done.stderr
    assert before[Edition.PARTNER] == files_in(root / "build/partner")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("check", "--as-at", "2022-04-27"), "data/handbook.yml:5: The past cannot be later than the day that the handbook speaks for (found 2022-04-27, after 26 April 2022). Choose that day or an earlier one."),
        (("build", "--as-at", "2021-12-20"), "data/handbook.yml:5: The handbook has nothing to say of a day before its first report (found 2021-12-20, before 21 December 2021). Choose that day or a later one."),
        (("serve", "--as-at", "21/12/2021", "--port", "0"), "argument --as-at: not a day (found 21/12/2021: the year comes first, as in 2021-12-21). Write it as 2021-12-21"),
        (("build", "--as-at", "2021-12-21", "--retire", "index.html"), "--retire is for publishing, and --as-at publishes nothing. Leave one of them out."),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_shown_is_told(command: tuple[str, ...], says: str, two_reports: Path) -> None:
    done = run("handbook.cli", "--root", two_reports, *command, cwd=two_reports)
    assert done.returncode in (1, 2)
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_leak_of_the_later_report_is_found(
    one_report: Path, two_reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison fires when the store forgets the day."""
    monkeypatch.setattr("handbook.model.store._known_on", lambda *_: True)
    handbooks = [read_handbook(root)[0] for root in (one_report, two_reports)]
    assert made_of(handbooks[0], Edition.PARTNER, FIRST) != made_of(handbooks[1], Edition.PARTNER, FIRST)
