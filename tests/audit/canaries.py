"""Words made up for one kind of place each, planted everywhere that only staff may read."""

from __future__ import annotations

from pathlib import Path

from tests.audit.planted import chunk, exif, jpeg, png, png_packed_text, png_text, png_world_text, segment, webp, xmp

# Where a test may put seven words that stand nowhere else, and that audits have to find again.
PHRASES = [
    "summary",
    "position",
    "bodytext",
    "heading",
    "linktext",
    "linktitle",
    "alternative",
    "tablecell",
    "codeblock",
    "inlinecode",
    "attribute",
    "footnote",
    "quotation",
    "definition",
    "admonition",
    "listitem",
    "block",
    "inlineblock",
    "elsebranch",
    "figurenote",
    "observation",
    "caption",
    "actiontitle",
    "actionstate",
    "statenote",
    "eventdetail",
    "risktext",
    "mitigation",
    "bodyabout",
    "termmeaning",
    "sourceabout",
    "outline",
    "unused",
    "svgtitle",
    "csvcell",
    "pngtext",
    "pngpacked",
    "pngworld",
    "pngexif",
    "jpegcomment",
    "jpegexif",
    "jpegxmp",
    "webpxmp",
]
# And where a single made-up word has to be enough: names, ids and paths.
WORDS = [
    "title",
    "alias",
    "headingid",
    "pagename",
    "foldername",
    "filename",
    "section",
    "termname",
    "termalias",
    "abbreviation",
    "bodyname",
    "figuretitle",
    "figurealias",
    "figureid",
    "eventtitle",
    "sourcetitle",
    "surname",
    "personid",
    "oldaddress",
    "linkaddress",
]


# A sentence with marks that may be spelled in many ways.
SENTENCE = "The panel's \"red\" rating wasn't shared outside the room."


def phrase(name: str) -> str:
    return " ".join(f"zq{name}{letter}" for letter in "abcdefg")


def word(name: str) -> str:
    return f"zq{name}"


def plant(root: Path) -> None:
    """Puts every canary into the example handbook at `root`. It stays a valid one."""
    for path, data in _files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    for path, text in _pages().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    for path, text in _records().items():
        (root / path).write_text((root / path).read_text("utf-8") + text, "utf-8")
    for path, find, put in _edits():
        text = (root / path).read_text("utf-8")
        assert find in text, find
        (root / path).write_text(text.replace(find, put, 1), "utf-8")


def _files() -> dict[str, bytes]:
    folder = f"docs/internal/{word('foldername')}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{phrase("svgtitle")}</title></svg>'
    return {
        f"{folder}/{word('filename')}.png": png(
            png_text(phrase("pngtext")),
            png_packed_text(phrase("pngpacked")),
            png_world_text(phrase("pngworld")),
            chunk(b"eXIf", exif(phrase("pngexif"))),
        ),
        f"{folder}/picture.jpg": jpeg(
            segment(0xE1, b"Exif\0\0" + exif(phrase("jpegexif"))),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(phrase("jpegxmp"))),
            segment(0xFE, phrase("jpegcomment").encode()),
        ),
        f"{folder}/picture.webp": webp((b"XMP ", xmp(phrase("webpxmp")))),
        f"{folder}/drawing.svg": svg.encode(),
        f"{folder}/table.csv": f'year,remark\n2021,"{phrase("csvcell")}"\n'.encode(),
    }


def _pages() -> dict[str, str]:
    folder = word("foldername")
    page = f"docs/internal/{folder}/{word('pagename')}.md"
    return {
        page: f"""---
title: {word("title").capitalize()}
summary: {phrase("summary")}
audience: internal
order: 1
position:
  text: {phrase("position")}
  source: report-2021
  locator: paragraph 1
sources:
  - report-2021
aliases:
  - {word("alias")}
redirect_from:
  - internal/{word("oldaddress")}.md
---

{{{{ as_reported() }}}}

{phrase("bodytext").replace("zqbodytextc", "**zqbodytextc**")}[^1]

## {phrase("heading")}

### Short {{: #{word("headingid")} }}

[{phrase("linktext")}](https://www.example.org/{word("linkaddress")} "{phrase("linktitle")}")

![{phrase("alternative")}]({word("filename")}.png) ![A picture](picture.jpg) ![A picture](picture.webp)
![A drawing](drawing.svg) [A table](table.csv)

| Year | Remark |
| --- | --- |
| One | {phrase("tablecell")} |

```text
{phrase("codeblock")}
```

Type `{phrase("inlinecode")}`.

<p title="{phrase("attribute")}">Look.</p>

{SENTENCE}

> {phrase("quotation")}

Word
:   {phrase("definition")}

!!! note
    {phrase("admonition")}

- {phrase("listitem")}

{{{{ headline("{word("figureid")}") }}}}

{{{{ bodies("council") }}}}

{{{{ bodies("team") }}}}

{{{{ actions("neglect") }}}}

{{{{ timeline() }}}}

{{{{ glossary() }}}}

[^1]: {phrase("footnote")}
""",
    }


def _records() -> dict[str, str]:
    rests = "  source: report-2021\n  locator: paragraph 1\n"
    return {
        "data/figures/staff.yml": f"""
{word("figureid")}:
  title: {word("figuretitle").capitalize()}
  caption: {phrase("caption")}
  workstream: neglect
  unit: people
  aliases:
    - {word("figurealias")}
  observations:
    - value: "81"
      period: 2021-10
      note: {phrase("figurenote")}
      source: report-2021
      locator: paragraph 2
""",
        "data/figures/neglect.yml": f"""    - value: "912"
      period: 2021-11
      note: {phrase("observation")}
      audience: internal
      source: report-2021
      locator: paragraph 1
""",
        "data/actions.yml": f"""
internal-action:
  title: {phrase("actiontitle")}
  workstream: neglect
  states:
    - state: continuing
      note: {phrase("actionstate")}
      source: report-2021
      locator: paragraph 1
partner-action:
  title: Look again each year
  workstream: neglect
  audience: partner
  states:
    - state: planned
      source: report-2021
      locator: paragraph 1
    - state: continuing
      audience: internal
      note: {phrase("statenote")}
      source: report-2021
      locator: paragraph 1
""",
        "data/events.yml": f"""
internal-event:
  title: {word("eventtitle").capitalize()}
  type: meeting
  when: 2021-10
  detail: {phrase("eventdetail")}
{rests}""",
        "data/risks.yml": f"""    - text: {phrase("mitigation")}
      audience: internal
      source: report-2021
      locator: risk 1
internal-risk:
  title: A risk
  text: {phrase("risktext")}
  workstreams:
    - neglect
{rests}  mitigations:
    - text: Nothing yet.
      source: report-2021
      locator: risk 1
""",
        "data/bodies.yml": f"internal-team:\n  name: {word('bodyname')}\n  type: team\n  about: {phrase('bodyabout')}\n{rests}",
        "data/glossary.yml": f"""internal-term:
  name: {word("termname")}
  abbreviation: {word("abbreviation")}
  aliases:
    - {word("termalias")}
  meaning: {phrase("termmeaning")}
{rests}""",
        "data/sources.yml": f"""report-2020:
  title: {word("sourcetitle").capitalize()}
  short: Other report
  published: 2020-12-21
  about: {phrase("sourceabout")}
""",
        "data/people.yml": f"{word('personid')}:\n  name: Jo {word('surname').capitalize()}\n  role: director\n{rests}",
        "data/sources/report-2021.yml": f"    - locator: paragraph 3\n      heading: {phrase('outline')}\n"
        f"      unused: {phrase('unused')}\n",
    }


def _edits() -> list[tuple[str, str, str]]:
    """Canaries inside pages and settings that are there already."""
    block = f"{{% if internal %}}\n{phrase('block')}\n\n{{% endif %}}\n## Sources"
    inline = f"## Workstreams\n\nIt is so{{% if internal %}} {phrase('inlineblock')}{{% else %}} for all{{% endif %}}."
    other = f"{{% if internal %}}\n- {phrase('elsebranch')}\n{{% else %}}\n- Nothing more\n{{% endif %}}\n\nRead about"
    section = f"sections:\n  - folder: internal/{word('foldername')}\n    title: {word('section').capitalize()}"
    return [
        ("docs/workstreams/neglect.md", "## Sources", block),
        ("docs/index.md", "## Workstreams", inline),
        ("docs/index.md", "Read about", other),
        ("data/handbook.yml", "sections:", section),
    ]
