"""axe-core, which finds in a page what keeps people out of it. It is vendored, so it needs neither Node.js nor a network."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "vendor/axe.min.js"

# Every rule that axe applies by itself, good practice too, and the size of targets (WCAG 2.2), which it leaves out.
_RUN = """async () => {
  const found = await axe.run(document, {
    rules: {"target-size": {enabled: true}}, resultTypes: ["violations"], preload: false, elementRef: false,
  })
  return found.violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) =>
    `${id}: ${html.slice(0, 160)}: ${failureSummary.replace(/\\s+/g, " ")}`))
}"""


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands: the rule, the element and why."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(SCRIPT.read_text("utf-8"))
    return page.evaluate(_RUN)
