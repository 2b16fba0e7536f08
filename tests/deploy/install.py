"""Finding what the tests of deploy/ run for real, nginx and rsync, and installing it where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess

# Where Debian puts servers. It is not on every user's PATH.
_PLACES = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))


def needed(name: str) -> str:
    """The path of the program `name`, which is installed by apt if need be. Fails, and says how, where it cannot be."""
    found = find(name) or install(name)
    assert found, (
        f"The tests of deploy/ need {name}, and it could not be installed. "
        f"Install it: sudo apt-get install {name} (Debian and Ubuntu), or brew install {name} (macOS)"
    )
    return found


def find(name: str) -> str | None:
    """The path of a program on this machine."""
    return shutil.which(name, path=_PLACES)


def install(name: str) -> str | None:
    """Installs a program by apt, as root, without starting it, and gives its path."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", name]):
            subprocess.run(["apt-get", "-qq", *command], check=False, env=environment, timeout=600)
    return find(name)
