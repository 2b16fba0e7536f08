"""Text as the audit compares it: every spelling undone, then words.

The same text may stand in a site as entities, percent codes, escapes of JSON, JavaScript or CSS,
in other letters' shapes, or with tags inside its words. All of these come to the same words here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote

# No run of words goes across this. It is from the private use area, so that no page can hold it.
GAP = "\ue000"

Words = tuple[str, ...]

# Text inside JSON inside an attribute is escaped three times; nothing that we write goes deeper.
_ROUNDS = 4
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<braces>[0-9a-fA-F]{1,6})\}|u(?P<json>[0-9a-fA-F]{4})|x(?P<hex>[0-9a-fA-F]{2})"
    r"|(?P<css>[0-9a-fA-F]{2,6})[ \t\n]?|(?P<space>[nrt\n])|(?P<other>[^\w\s]))"
)
_WORD = re.compile(rf"[^\W_]+|{GAP}")
# The sign comes first, since few texts have one and looking back is slow.
_APOSTROPHE = re.compile(r"['\u2018\u2019\u02bc\uff07](?<=[^\W_].)(?=[^\W_])")
_PERCENT_CODE = re.compile(r"%[0-9a-fA-F]{2}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_HALF = re.compile("[\ud800-\udfff]")
# Soft hyphens, marks of direction, characters of no width, and choices of a letter's form.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_DASHES = {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"}
_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)[^<>]*>|<[!?][^<>]*>")
# Tags inside a sentence, and inside a word. Word cuts its text into w:r and w:t as it likes.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tspan",
        "u",
        "var",
        "wbr",
        "w:r",
        "w:t",
        "w:rpr",
        "w:prooferr",
        "w:lang",
        "w:b",
        "w:i",
        "w:color",
        "w:sz",
        "w:szcs",
        "w:bookmarkstart",
        "w:bookmarkend",
        "w:hyperlink",
    ]
)


def spelled_out(text: str) -> str:
    """The text with entities, percent codes and backslash escapes undone, as often as they are nested."""
    for _ in range(_ROUNDS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if _PERCENT_CODE.search(text):
            text = unquote(text, errors="replace")
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        if text == before:
            break
    if _HALF.search(text):
        # Two escapes of JSON may be the halves of one character.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _unescaped(match: re.Match[str]) -> str:
    code = match["braces"] or match["json"] or match["hex"] or match["css"]
    if code is None:
        return match["other"] or " "
    return chr(number) if (number := int(code, 16)) < 0x110000 else " "


def without_tags(text: str) -> str:
    """The text between the tags of HTML or XML, without comments. Only a tag of a block parts two words."""
    kept = []
    for position, piece in enumerate(text.split("<!--")):
        kept.append(piece if not position else piece.partition("-->")[2])
    return _TAG.sub(lambda tag: "" if (tag[1] or "!").lower() in INLINE else " ", "".join(kept))


def between_tags(text: str) -> str:
    """The text with a gap at each end of each tag, so that no run of words goes into a tag or out of it."""
    return text.replace("<", f"{GAP}<").replace(">", f">{GAP}")


def folded(text: str) -> str:
    """The text in one case and one form of each letter and dash, without characters that cannot be seen."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = _BEYOND_ASCII.sub(lambda found: _seen(found[0]), text)
    return text.casefold()


@cache
def _seen(character: str) -> str:
    """A character as it is compared: a dash as a hyphen, and nothing for what cannot be seen."""
    return "" if unicodedata.category(character) == "Cf" else character.translate(_DASHES)


def words_of(folded_text: str) -> list[str]:
    """The words of a text that is folded already. An apostrophe is no part of its word."""
    return _WORD.findall(_APOSTROPHE.sub("", folded_text))


def words(text: str) -> list[str]:
    """The words of a text, however it is spelled."""
    return words_of(folded(spelled_out(text)))


def runs(of: list[str], length: int) -> Iterator[Words]:
    """Every run of `length` words that stand side by side, in order."""
    return zip(*(of[start:] for start in range(length)), strict=False)


def spans(parts: list[str], lengths: Iterable[int]) -> Iterator[tuple[int, Words]]:
    """Every run of parts of one of these lengths, with its start."""
    for length in lengths:
        for start in range(len(parts) - length + 1):
            yield start, tuple(parts[start : start + length])


def legible(data: bytes) -> list[str]:
    """Every way of reading bytes as text. What is no text gives words that nobody wrote."""
    ways = [data.decode("utf-8", "replace")]
    if b"\0" in data:
        ways += [data.decode(code, "replace") for code in ("utf-16-le", "utf-16-be")]
    return ways
