"""A dossier made once, a copy of it for every test that changes it, a desk started as a user starts it, a browser."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from tests.web.entering import ROOT, Visit, as_dossier, entered, guarded

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what looks through a real browser: it takes minutes, and is run by `make test-browser`."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of the founding example. Not to be changed."""
    return as_dossier(tmp_path_factory.mktemp("desk") / "gulf")


@pytest.fixture
def gulf(made_once: Path, tmp_path: Path) -> Path:
    """A copy of the dossier."""
    return shutil.copytree(made_once, tmp_path / "gulf")


@pytest.fixture(scope="session")
def looking(made_once: Path) -> Iterator[Visit]:
    """Somebody who only looks, at a dossier that nobody changes."""
    with entered(guarded(made_once)) as visit:
        yield visit


@pytest.fixture
def visit(gulf: Path) -> Iterator[Visit]:
    """Somebody who may change a dossier of their own."""
    with entered(guarded(gulf)) as found:
        yield found


@pytest.fixture(scope="package")
def served(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk that was started as a user starts it, over a copy of the dossier of its own."""
    folder = shutil.copytree(made_once, tmp_path_factory.mktemp("served") / "gulf")
    with started(folder) as (_, address):
        yield address


class started:  # noqa: N801
    """A desk in a process of its own: `with started(folder) as (process, address)`."""

    def __init__(self, folder: Path, *options: str) -> None:
        words = ("serve", str(folder), "--port", "0", "--no-open", "--by", "A. Tester", *options)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "detente", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT / "src")},
        )

    def __enter__(self) -> tuple[subprocess.Popen[str], str]:
        assert self.process.stdout is not None
        found = re.search(r"https?://\S+", self.process.stdout.readline())
        assert found is not None, "the desk did not start"
        return self.process, found[0]

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, as this system has it."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium on this machine: `make browser` installs it on Debian and Ubuntu, as root")
        pytest.skip("no Chromium on this machine: `make browser` installs it on Debian and Ubuntu, as root")
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=found, args=list(QUIET))
        yield made
        made.close()


class Elsewhere:
    """What a page asked of other machines, and what it complained about."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []

    def watch(self, context: BrowserContext, home: str) -> None:
        """Let nothing out but to the desk, and write down what would have gone."""
        context.route(lambda url: urlsplit(url).netloc != home, self._stop)
        context.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda said: self.complaints.append(str(said.error)))

    def _stop(self, route: Route) -> None:
        if not route.request.url.startswith(("data:", "blob:")):
            self.asked.append(route.request.url)
        route.abort()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """Whatever a test does in the browser, nothing leaves the machine and no page complains."""
    watched = Elsewhere()
    yield watched
    assert watched.asked == [], "a page asked for something of another machine"
    assert [c for c in watched.complaints if "the server responded with a status of 4" not in c] == [], (
        "a page complained"
    )


@pytest.fixture
def page(browser: Browser, served: str, elsewhere: Elsewhere) -> Iterator[Page]:
    """A browser window that has entered the desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    elsewhere.watch(context, urlsplit(served).netloc)
    made = context.new_page()
    made.goto(served)
    yield made
    context.close()
