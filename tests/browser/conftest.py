"""A real browser, and each built edition served to it on this machine."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from handbook.model.editions import Edition
from tests.conftest import ROOT

# What the web server says with every answer, the content policy among it.
HEADERS = re.findall(
    r'^add_header (\S+) "(.+)" always;$', (ROOT / "deploy/nginx/handbook/headers.conf").read_text("utf-8"), re.MULTILINE
)
# What the policy refuses is an error like any other.
REFUSED = """document.addEventListener("securitypolicyviolation",
  event => console.error(`the policy refused ${event.violatedDirective} ${event.blockedURI}`))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Quiet(SimpleHTTPRequestHandler):
    """Serves plain files with the headers of the real web server, and says nothing."""

    def end_headers(self) -> None:
        for name, value in HEADERS:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serves a folder from this machine, and gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def served(built: Callable[[Edition], Path]) -> Iterator[Callable[[Edition], str]]:
    """The address of each edition, served from this machine as plain files."""
    with ExitStack() as stack:
        addresses: dict[Edition, str] = {}

        def serve(edition: Edition) -> str:
            if edition not in addresses:
                addresses[edition] = stack.enter_context(serving(built(edition)))
            return addresses[edition]

        yield serve


class Visit:
    """A browser window that notes what goes wrong in it, and every request to another host."""

    def __init__(self, context: BrowserContext, address: str):
        self.address = address
        self.page: Page = context.new_page()
        self.page.add_init_script(REFUSED)
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("request", lambda request: self._note(request.url))

    def open(self, path: str) -> Page:
        """The page at `path`, loaded. Fails unless the server has it."""
        answer = self.page.goto(f"{self.address}/{path}")
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
        return self.page

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(url)


def given(page: Page, style: str) -> None:
    """Gives the page a style as a reader's own would be. The policy does not rule over what the browser is told."""
    page.evaluate(
        "style => { const s = new CSSStyleSheet(); s.replaceSync(style); document.adoptedStyleSheets = [s] }", style
    )


@pytest.fixture
def visit(browser: Browser, served: Callable[[Edition], str]) -> Iterator[Callable[..., Visit]]:
    """Opens a window on an edition at a width and in a colour scheme."""
    contexts: list[BrowserContext] = []

    def start(
        edition: Edition = Edition.INTERNAL, width: int = 1280, scheme: str = "light", **options: object
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        return Visit(context, served(edition))

    yield start
    for context in contexts:
        context.close()
