"""The run itself and its table: what is told, and what is left when someone stops it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.measure import Cost
from benchmarks.measured import Measured, spread, wall
from benchmarks.report import report
from benchmarks.targets import TARGETS
from tests.conftest import ROOT


def measured(pages: int, ours: float) -> Measured:
    """A run in which each build of ours takes `ours` seconds, pruned MkDocs 10 and 20, and Hugo 1."""
    result = Measured(pages, html={"ours": 900.0, "pruned": 1000.0, "hugo": 500.0})
    for step in ("cold", "unchanged", "page", "figure"):
        for tool, seconds in (("ours", ours), ("pruned", 10.0), ("hugo", 1.0), ("ours", ours), ("pruned", 20.0)):
            result.add(step, tool, Cost(seconds, seconds, 100.0, 5.0))
    return result


def test_ratios_are_taken_round_by_round() -> None:
    one = measured(1000, 5.0)
    assert one.ratios("cold", "ours", "pruned", wall) == [0.5, 0.25]
    assert one.ratios("cold", "ours", "plain", wall) == []
    assert spread([0.5, 0.25]) == "0.38 (0.25 to 0.50)"


def test_the_table_tells_what_was_measured_and_no_more() -> None:
    text = report([measured(1000, 5.0)])
    assert "## 1,000 pages, 2 rounds" in text and "3,000" not in text
    assert "| cold | this project | 5.00 (5.00 to 5.00) |" in text
    assert "| this project | 900 bytes | 0.90 |" in text
    assert "removed" not in text


@pytest.mark.parametrize(("seconds", "met"), [(0.4, True), (40.0, False)])
def test_every_target_can_be_met_and_missed(seconds: float, met: bool) -> None:
    """All of them are told in a whole run; with slow builds, all that are about time are missed."""
    large = measured(3000, seconds * (2 if met else 4))
    text = report([measured(1000, seconds), large])
    told = dict(re.findall(r"^\| (.+) \| [\d.]+ \| [\d.]+(?: \(.+?\))? \| (yes|no) \|$", text, re.MULTILINE))
    assert set(told) == {target.name for target in TARGETS}
    timed = [told[target.name] for target in TARGETS if "memory" not in target.name and "HTML" not in target.name]
    assert set(timed) == {"yes" if met else "no"}


@pytest.mark.long
def test_a_run_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    results = ROOT / "benchmarks/results.md"
    before = results.read_bytes() if results.exists() else None
    command = [sys.executable, "-m", "benchmarks.bench", "--pages", "20", "--only", "ours", "--save"]
    started = subprocess.Popen([*command, "--scratch", str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert started.stderr and "round 1, cold" in started.stderr.readline()
    time.sleep(0.5)
    started.send_signal(signal.SIGINT)
    _, told = started.communicate(timeout=30)
    assert started.returncode == 130 and "Nothing was kept" in told
    assert list(tmp_path.iterdir()) == []
    assert (results.read_bytes() if results.exists() else None) == before
