"""Running a command and telling what it cost, with everything that it started."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05  # seconds between two looks at the memory
_BLOCK = 512  # bytes, by which the system counts what is written


class Failed(Exception):
    """A command did not do what it was measured for."""


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds on the clock, seconds of processor, megabytes at the peak and written."""

    wall: float
    cpu: float
    memory: float
    written: float


def measure(command: Sequence[str | Path], folder: Path) -> Cost:
    """Runs a command in a folder. Raises Failed with its last words where it does not end well.

    Memory is what all its processes hold at once, a shared page counted once; it is looked at as Linux tells it,
    many times a second. (The system's own peak for a child counts what its parent held.) What is written counts
    pages of files that were made or changed, before they reach the disk.
    """
    with (folder / ".measured.log").open("w+") as log:
        began = time.perf_counter()
        started = subprocess.Popen(
            command, cwd=folder, env=_environment(), stdout=log, stderr=log, start_new_session=True
        )
        try:
            peak, status, used = _watch(started.pid)
        except BaseException:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()
            raise
        wall = time.perf_counter() - began
        started.returncode = os.waitstatus_to_exitcode(status)
        if started.returncode:
            log.seek(0)
            raise Failed(f"{' '.join(map(str, command))} ended with {started.returncode}:\n{log.read()[-2000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, peak, used.ru_oublock * _BLOCK / 1e6)


def _environment() -> dict[str, str]:
    """The environment of an ordinary user, whose Python keeps code compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _watch(process: int) -> tuple[float, int, os.struct_rusage]:
    """The peak of memory until the process ends, its status, and what it used with its children."""
    peak, looked = 0.0, 0.0
    while True:
        ended, status, used = os.wait4(process, os.WNOHANG)
        if ended:
            return peak, status, used
        if time.perf_counter() - looked > _EVERY:
            looked = time.perf_counter()
            peak = max(peak, sum(map(_memory, _with_children(process))))
        time.sleep(0.002)


def _with_children(process: int) -> list[int]:
    found = [process]
    for number in found:
        for path in Path(f"/proc/{number}/task").glob("*/children"):
            found += map(int, _read(path).split())
    return found


def _memory(process: int) -> float:
    """The megabytes that a process holds, its share of what it shares."""
    match = re.search(r"^Pss:\s+(\d+) kB", _read(Path(f"/proc/{process}/smaps_rollup")), re.MULTILINE)
    return int(match[1]) / 1024 if match else 0


def _read(path: Path) -> str:
    """A file of a process, or nothing when it has just ended."""
    try:
        return path.read_text()
    except OSError:
        return ""
