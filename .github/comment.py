"""Posts the comment that a pull request's preview left behind, which a stranger may have made.

It reads two files out of an archive, by name and up to a size, and runs neither. The number has to be
that of an open pull request at the commit that was built. Whatever could act in a comment is made inert.
Only Python's own library is used, so that nothing has to be installed beside a token that can write.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import urllib.error
import urllib.request
import zipfile
from typing import Any

_MARK = "<!-- what-changed -->"
_OPENING = (
    f"{_MARK}\n_Written by the code of this pull request, and as true as that code is. "
    "Before and after, side by side, are in `changes.html` of the preview._\n\n"
)
_AUTHOR = "github-actions[bot]"
# Bytes. GitHub takes 65,536 characters of a comment.
_MOST_PACKED = 1_000_000
_MOST_COMMENT = 200_000
_MOST_SHOWN = 64_000

_JOINER = "\u2060"
# The characters that `handbook diff` writes as entities. Any other entity could stand for one that calls someone.
_ENTITIES = "|".join(str(ord(character)) for character in "\\`*_{}[]<>|~^$&!-+=.)")
_INERT = (
    (re.compile(r"[\x00-\x08\x0b-\x1f\x7f]"), ""),
    (re.compile(rf"&(?!#(?:{_ENTITIES});)"), "&amp;"),
    (re.compile("<"), "&lt;"),
    (re.compile(rf"@{_JOINER}?"), f"@{_JOINER}"),
    (re.compile(rf"(?<!&)#{_JOINER}?(?=\d)"), f"#{_JOINER}"),
    (re.compile(rf"(?i)\b(gh){_JOINER}?(?=-\d)"), rf"\g<1>{_JOINER}"),
    (re.compile(rf"(?i)(www){_JOINER}?(?=\.)"), rf"\g<1>{_JOINER}"),
    (re.compile(rf":{_JOINER}?(?=//)"), f":{_JOINER}"),
    # No link, no picture, no address for either at the foot.
    (re.compile(r"\](?=[(\[:])"), f"]{_JOINER}"),
)


class Refused(Exception):
    """What was left behind is not what a preview leaves."""


def main() -> int:
    """Posts the comment, or says why not. Gives 1 where what was left behind is refused."""
    repository = f"/repos/{os.environ['GITHUB_REPOSITORY']}"
    try:
        number, comment = _left_behind(repository, os.environ["RUN"])
        pull = _ask(f"{repository}/pulls/{number}")
        if pull["state"] != "open" or pull["head"]["sha"] != os.environ["COMMIT"]:
            raise Refused(f"Pull request {number} is not open at the commit that was built")
        _post(repository, number, _OPENING + inert(comment))
    except (Refused, urllib.error.HTTPError) as error:
        print(f"Nothing was posted. {error}.", file=sys.stderr)
        return 1
    return 0


def inert(comment: str) -> str:
    """The comment with nothing in it that calls a person, leads elsewhere or loads a picture. What `handbook diff` wrote stays as it was."""
    for pattern, put in _INERT:
        comment = pattern.sub(put, comment)
    if len(comment) > _MOST_SHOWN:
        return "There is more than fits in a comment. See `changes.html` in the preview.\n"
    return comment


def _left_behind(repository: str, run: str) -> tuple[int, str]:
    """The number and the comment that a run left behind. Raises Refused."""
    found = _ask(f"{repository}/actions/runs/{int(run)}/artifacts?name=comment")["artifacts"]
    if len(found) != 1 or found[0]["size_in_bytes"] > _MOST_PACKED:
        raise Refused("There is not one comment of a fair size")
    packed = _fetch(f"{repository}/actions/artifacts/{int(found[0]['id'])}/zip", most=_MOST_PACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            number, comment = (
                _read(archive, name, most) for name, most in (("number", 20), ("comment.md", _MOST_COMMENT))
            )
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, UnicodeDecodeError, EOFError) as error:
        raise Refused(f"The files cannot be read ({type(error).__name__})") from None
    if not re.fullmatch(r"[1-9][0-9]{0,6}", number.strip(), re.ASCII):
        raise Refused("The number is not one")
    return int(number), comment


def _read(archive: zipfile.ZipFile, name: str, most: int) -> str:
    """A file of the archive as text, unpacked no further than it may be long."""
    with archive.open(name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Refused(f"{name} is too long")
    return content.decode("utf-8")


def _post(repository: str, number: int, body: str) -> None:
    """Puts the comment in the place of the one before it, or adds it."""
    page, mine = 1, None
    while mine is None and (comments := _ask(f"{repository}/issues/{number}/comments?per_page=100&page={page}")):
        mine = next((c for c in comments if c["user"]["login"] == _AUTHOR and c["body"].startswith(_MARK)), None)
        page += 1
    if mine:
        _ask(f"{repository}/issues/comments/{int(mine['id'])}", "PATCH", {"body": body})
    else:
        _ask(f"{repository}/issues/{number}/comments", "POST", {"body": body})


def _ask(path: str, method: str = "GET", given: dict[str, str] | None = None) -> Any:
    return json.loads(_fetch(path, method, given))


def _fetch(path: str, method: str = "GET", given: dict[str, str] | None = None, most: int = 20_000_000) -> bytes:
    """What GitHub answers, up to `most` bytes. The token does not follow to where an archive is kept."""
    request = urllib.request.Request(os.environ["GITHUB_API_URL"] + path, method=method)
    request.add_unredirected_header("Authorization", f"Bearer {os.environ['TOKEN']}")
    request.add_header("Accept", "application/vnd.github+json")
    if given is not None:
        request.data = json.dumps(given).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        content: bytes = answer.read(most + 1)
    if len(content) > most:
        raise Refused("An answer is too long")
    return content


if __name__ == "__main__":
    sys.exit(main())
