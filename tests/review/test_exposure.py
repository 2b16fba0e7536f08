"""What partners would be shown for the first time is listed, and someone who did not write it has to agree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook import cli
from handbook.review.exposure import compare_with
from tests.conftest import copy_example
from tests.review.repository import AUTHOR, Repository

SECRET = "The board will be told in March that the money runs out before the summer holidays."


def found(work: Repository, revision: str = "main") -> list[str]:
    return list(map(str, compare_with(work.root, revision).found))


def page_made_partner(work: Repository) -> None:
    work.page("docs/plans.md", "internal", "Plans.")
    work.on_main()
    work.edit("docs/plans.md", "internal", "partner")


def record_made_partner(work: Repository) -> None:
    work.edit("data/risks.yml", "  audience: partner\n", "")
    work.on_main()
    work.edit("data/risks.yml", "  locator: risk 1\n  mit", "  locator: risk 1\n  audience: partner\n  mit")


def record_that_said_so(work: Repository) -> None:
    work.edit("data/risks.yml", "audience: partner", "audience: internal")
    work.on_main()
    work.edit("data/risks.yml", "audience: internal", "audience: partner")


HIDDEN_PART = "    - text: Agency staff fill the gaps.\n      audience: internal\n      source: report-2021\n      locator: risk 1\n"


def part_made_partner(work: Repository) -> None:
    work.add("data/risks.yml", HIDDEN_PART)
    work.on_main()
    work.edit("data/risks.yml", "      audience: internal\n", "")


def part_made_partner_and_moved(work: Repository) -> None:
    """It takes the place of a part that partners had, which goes."""
    work.add("data/risks.yml", HIDDEN_PART)
    work.on_main()
    work.edit("data/risks.yml", "Pay is looked at each year.", "Agency staff fill the gaps.")
    work.edit("data/risks.yml", HIDDEN_PART, "")


def small_number_shown(work: Repository) -> None:
    work.edit("data/figures/neglect.yml", "qualifier: over", "suppressed: partners")
    work.on_main()
    work.edit("data/figures/neglect.yml", "      suppressed: partners\n", "")


def small_number_shown_and_changed(work: Repository) -> None:
    small_number_shown(work)
    work.edit("data/figures/neglect.yml", '"700"', '"701"')


def new_part(work: Repository) -> None:
    work.add("data/risks.yml", HIDDEN_PART.replace("      audience: internal\n", ""))


def new_part_in_front(work: Repository) -> None:
    seen = '    - value: "650"\n      period: 2021-06\n      source: report-2021\n      locator: paragraph 1\n'
    work.edit("data/figures/neglect.yml", "observations:\n", f"observations:\n{seen}")


def new_page(work: Repository) -> None:
    work.page("docs/plans.md", "partner", "Plans.")


def new_record(work: Repository) -> None:
    work.add(
        "data/actions.yml",
        "\nask-staff:\n  title: Ask staff\n  workstream: neglect\n  audience: partner\n"
        "  states:\n    - state: planned\n      source: report-2021\n      locator: paragraph 1\n",
    )


def block_opened(work: Repository) -> None:
    """What stood between two tags in a page for partners stands in the open. It has fewer than six words."""
    work.edit(
        "docs/risks.md",
        "{{ risk_register() }}",
        "{{ risk_register() }}\n\n{% if internal %}\nNot safe yet.\n{% endif %}",
    )
    work.on_main()
    work.edit("docs/risks.md", "{% if internal %}\nNot safe yet.\n{% endif %}", "Not safe yet.")


def text_moved(work: Repository) -> None:
    work.add("docs/internal/notes.md", f"\n{SECRET}\n")
    work.on_main()
    work.edit(
        "docs/risks.md", "{{ risk_register() }}", f"It is known that {SECRET.lower()}\n\n{{{{ risk_register() }}}}"
    )


def text_moved_to_a_record(work: Repository) -> None:
    work.add("docs/internal/notes.md", f"\n{SECRET}\n")
    work.on_main()
    work.edit("data/risks.yml", "Staff leave, and children meet new people again and again.", SECRET)


def file_shown(work: Repository) -> None:
    (work.root / "docs/internal/plan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(30))
    work.add("docs/internal/notes.md", "\n![The plan](plan.png)\n")
    work.on_main()
    work.edit("docs/risks.md", "{{ risk_register() }}", "{{ risk_register() }}\n\n![The plan](internal/plan.png)")


WIDER = {
    page_made_partner: ["docs/plans.md:4: The page Page is for partners, and was internal."],
    new_page: ["docs/plans.md:4: The page Page is for partners, and is new."],
    record_made_partner: ["data/risks.yml:8: The risk staff-leave is for partners, and was internal."],
    record_that_said_so: ["data/risks.yml:8: The risk staff-leave is for partners, and was internal."],
    new_record: ["data/actions.yml:15: The action ask-staff is for partners, and is new."],
    part_made_partner: [
        "data/risks.yml:13: Item 2 of mitigations in the risk staff-leave is for partners, and was internal."
    ],
    part_made_partner_and_moved: [
        "data/risks.yml:10: Item 1 of mitigations in the risk staff-leave is for partners, and was internal."
    ],
    new_part: ["data/risks.yml:13: Item 2 of mitigations in the risk staff-leave is for partners, and is new."],
    new_part_in_front: [
        "data/figures/neglect.yml:12: The number 650 people, June 2021, in the figure trained is for partners, and is new."
    ],
    small_number_shown: [
        "data/figures/neglect.yml:12: The number 700 people, October 2021, in the figure trained is for partners, and was internal."
    ],
    small_number_shown_and_changed: [
        "data/figures/neglect.yml:12: The number 701 people, October 2021, in the figure trained is for partners, and is new."
    ],
    block_opened: ["docs/risks.md:11: Words for partners were internal (found not safe yet)."],
    text_moved: [
        "docs/risks.md:9: Words for partners were internal "
        "(found it is known that the board will be told in march that)."
    ],
    text_moved_to_a_record: [
        "data/risks.yml:3: Words for partners were internal "
        "(found the board will be told in march that the money runs out)."
    ],
    file_shown: ["docs/internal/plan.png:1: The file is on a page for partners, and was internal."],
}


@pytest.mark.parametrize("change", WIDER, ids=lambda change: change.__name__)
def test_what_partners_would_see_for_the_first_time_is_listed(
    change: Callable[[Repository], None], work: Repository
) -> None:
    change(work)
    assert found(work) == WIDER[change]
    work.commit("Done")
    assert found(work) == WIDER[change]


def nothing(work: Repository) -> None:
    pass


def narrowed(work: Repository) -> None:
    work.edit("data/risks.yml", "audience: partner", "audience: internal")
    work.edit("docs/risks.md", "audience: partner", "audience: internal")


def new_but_internal(work: Repository) -> None:
    work.page("docs/internal/plans.md", "internal", SECRET)
    work.edit(
        "docs/risks.md",
        "{{ risk_register() }}",
        "{{ risk_register() }}\n\n{% if internal %}\nNot safe yet.\n{% endif %}",
    )
    work.add("data/risks.yml", HIDDEN_PART)


def edited(work: Repository) -> None:
    """A change to what partners read already: their own words, and a part in its place."""
    work.edit("docs/workstreams/neglect.md", "Staff learn to see", "Every member of staff learns to see")
    work.edit("data/risks.yml", "Pay is looked at each year.", "Pay is looked at every single year by the council.")
    work.edit("data/figures/neglect.yml", '"700"', '"750"')


def moved_about(work: Repository) -> None:
    work.edit(
        "data/risks.yml",
        "Pay is",
        "Work is looked at each year.\n      source: report-2021\n      locator: risk 1\n    - text: Pay is",
    )
    work.on_main()
    work.edit("data/risks.yml", "Work is", "Time is")
    work.edit("data/risks.yml", "Pay is", "Work is")
    work.edit("data/risks.yml", "Time is", "Pay is")


@pytest.mark.parametrize("change", [nothing, narrowed, new_but_internal, edited, moved_about])
def test_what_is_no_wider_is_not_listed(change: Callable[[Repository], None], work: Repository) -> None:
    change(work)
    work.commit("Done")
    assert found(work) == []


def test_what_main_did_meanwhile_is_not_laid_to_the_work(work: Repository) -> None:
    """Main takes a page back after the work parted from it."""
    work.git("checkout", "--quiet", "main")
    work.edit("docs/risks.md", "audience: partner", "audience: internal")
    work.commit("Taken back")
    work.git("checkout", "--quiet", "work")
    assert found(work) == []
    work.git("merge", "--quiet", "--no-edit", "main")
    assert found(work) == []
    work.edit("docs/risks.md", "audience: internal", "audience: partner")
    assert len(found(work)) == 1


def test_what_cannot_be_read_in_the_earlier_handbook_is_new(work: Repository) -> None:
    work.edit("docs/risks.md", "audience: partner", "audience: everyone")
    work.edit("data/risks.yml", "audience: partner", "audience: everyone")
    work.on_main()
    for path in ("docs/risks.md", "data/risks.yml"):
        work.edit(path, "everyone", "partner")
    assert [line.partition(":")[0] for line in found(work)] == ["data/risks.yml", "docs/risks.md"]
    (work.root / "mkdocs.yml").write_text("nothing")
    work.on_main()
    work.git("checkout", "main~1", "--", "mkdocs.yml")
    assert len(found(work)) > 10


def test_a_handbook_in_a_folder_of_a_repository(work: Repository, tmp_path: Path) -> None:
    outer = Repository(tmp_path / "outer")
    (outer.root / "part").mkdir()
    outer.git("mv", "docs", "data", "macros", "mkdocs.yml", "mkdocs.partner.yml", "part")
    outer.on_main()
    outer.edit("part/docs/internal/notes.md", "audience: internal", "# Still so.\naudience: internal")
    assert list(map(str, compare_with(outer.root / "part", "main").found)) == []
    outer.page("part/docs/plans.md", "partner", "Plans.")
    assert len(compare_with(outer.root / "part", "main").found) == 1


def ask(work: Repository, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    code = cli.main(["--root", str(work.root), "widened", "main", *options])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_command_lists_and_only_fails_when_a_reviewer_is_required(
    work: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing_new = "Partners would be shown nothing that they were not shown before.\n"
    assert ask(work, capsys, "--require-reviewer") == (0, nothing_new)
    page_made_partner(work)
    work.commit("Wider")
    code, said = ask(work, capsys)
    assert code == 0
    assert said.startswith("docs/plans.md:4: The page Page is for partners, and was internal.\n")
    assert "1 thing would be shown to partners for the first time." in said
    code, again = ask(work, capsys, "--require-reviewer")
    assert (code, again) == (1, said)
    assert 'git commit --allow-empty -m "Read for partners" -m "Audience-reviewed-by: Their Name"' in said


def test_check_lists_it_too(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    page_made_partner(work)
    work.commit("Wider")
    assert cli.main(["--root", str(work.root), "check", "--since", "main"]) == 0
    assert capsys.readouterr().out == (
        "docs/plans.md:4: warning: The page Page is for partners, and was internal. "
        "Have a second person read it and say so.\n1 warning found.\n"
    )
    assert cli.main(["--root", str(work.root), "check", "--since", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "author", "enough"),
    [
        ("Robin Reader", "Robin Reader", True),
        ("Robin Reader <robin@example.invalid>", AUTHOR, True),
        (AUTHOR, AUTHOR, False),
        ("alex  AUTHOR", "Robin Reader", False),
        (f"{AUTHOR} <alex@example.invalid>", AUTHOR, False),
        ("<robin@example.invalid>", "Robin Reader", False),
        (" ", "Robin Reader", False),
    ],
)
def test_someone_else_has_to_agree(
    name: str, author: str, enough: bool, work: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    page_made_partner(work)
    work.commit("Wider")
    work.review(name, author)
    code, said = ask(work, capsys, "--require-reviewer")
    assert code == (0 if enough else 1)
    assert ("Agreed to by Robin Reader." in said) is enough
    assert "example.invalid" not in said


def test_everyone_who_wrote_it_is_an_author(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    new_page(work)
    work.commit("Wider", "Co-authored-by: Robin Reader <robin@example.invalid>")
    work.edit("docs/plans.md", "Plans.", "Our plans.")
    work.commit("Better", author="Sam Second")
    for name in ("Robin Reader", "Sam Second", AUTHOR):
        work.review(name)
        assert ask(work, capsys, "--require-reviewer")[0] == 1
    work.review("Kim Keen")
    assert ask(work, capsys, "--require-reviewer")[0] == 0


def test_agreement_holds_for_what_was_there_and_not_for_more(
    work: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    new_page(work)
    work.commit("Wider")
    work.review("Robin Reader")
    work.edit("docs/plans.md", "Plans.", "Our plans.")
    work.commit("A better word")
    assert ask(work, capsys, "--require-reviewer")[0] == 0
    new_record(work)
    work.commit("And more")
    code, said = ask(work, capsys, "--require-reviewer")
    assert code == 1
    assert "docs/plans.md:4: The page Page is for partners, and is new. Agreed to.\n" in said
    assert "data/actions.yml:15: The action ask-staff is for partners, and is new.\n" in said
    work.review("Kim Keen")
    code, said = ask(work, capsys, "--require-reviewer")
    assert code == 0 and "Agreed to by Kim Keen." in said


def test_agreement_on_main_is_for_what_was_there(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    work.review("Robin Reader")
    work.on_main()
    new_page(work)
    work.commit("Wider")
    assert ask(work, capsys, "--require-reviewer")[0] == 1


def test_what_cannot_be_compared_says_why(work: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(root: Path, revision: str) -> str:
        assert cli.main(["--root", str(root), "widened", revision]) == 1
        said = capsys.readouterr()
        assert not said.out and "Traceback" not in said.err
        return said.err

    assert "Git knows no revision nowhere." in told(work.root, "nowhere")
    assert "is not in a git repository" in told(copy_example(tmp_path / "bare"), "main")
    work.git("checkout", "--quiet", "--orphan", "alone")
    work.commit("Alone")
    assert "share no history" in told(work.root, "main")
    work.edit("docs/risks.md", "audience: partner", "audience: everyone")
    assert "docs/risks.md:4: Not a value that audience can have" in told(work.root, "work")
