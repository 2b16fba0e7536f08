"""Every tool that is measured is given the same words, and shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import steps
from benchmarks.measure import Failed, measure
from benchmarks.tools import missing, tools
from tests.visible import visible_words

PAGES = 20
AT_HAND = [name for name in tools() if name not in missing() and name != "both"]
PEERS = [name for name in AT_HAND if name != "ours"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The tree of each tool that is at hand, built after the last edit but one."""
    folders = {name: tmp_path_factory.mktemp(name) for name in AT_HAND}
    for name, folder in folders.items():
        tool, corpus = tools()[name], steps(PAGES)["added"]
        tool.write(corpus, folder)
        measure(tool.build(), folder)
        tool.check(folder, corpus)
    return folders


@pytest.mark.long
@pytest.mark.skipif(not PEERS, reason="no peer is at hand: make .venvs/peers/ready")
def test_peers_show_the_same_words(built: dict[str, Path]) -> None:
    ours = tools()["ours"]
    for page in range(PAGES + 1):
        words = visible_words(ours.read(built["ours"], page))
        assert len(words) > 400
        for name in PEERS:
            assert visible_words(tools()[name].read(built[name], page)) == words, name


def test_a_stale_site_is_not_measured(built: dict[str, Path]) -> None:
    """A tool that leaves out an edit fails, whichever edit it is."""
    ours = tools()["ours"]
    start, *edited = steps(PAGES).values()
    ours.clean(built["ours"])
    ours.write(start, built["ours"])
    measure(ours.build(), built["ours"])
    ours.check(built["ours"], start)
    for corpus in edited:
        with pytest.raises(Failed):
            ours.check(built["ours"], corpus)


def test_a_command_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="ended with 3"):
        measure(("sh", "-c", "echo so it goes; exit 3"), tmp_path)


def test_what_children_use_is_counted(tmp_path: Path) -> None:
    child = "import time; held = bytearray(60_000_000); open('out', 'wb').write(held[:8_000_000]); time.sleep(0.3)"
    cost = measure(("sh", "-c", f'python3 -c "{child}"; true'), tmp_path)
    assert cost.wall > 0.3 and 0 < cost.cpu < cost.wall
    assert 60 < cost.memory < 120
    assert 7 < cost.written < 10
