"""How soon does the desk in the browser answer: one person who moves a slider, and fifty who do so at once?

    python benchmarks/web.py

The desk is started as a user starts it, over a copy of the example, and asked over the loopback alone. One person is a
real Chromium: from the key that moves a slider to the picture that shows the new numbers (the frame after they are in
the page). Fifty are connections of their own from this process, on the same cores: each moves a slider to a value that
nobody had before every two seconds, first for that answer alone, then with all that a page asks for once a slider
rests, which a page gives up when it moves on. Elapsed times throughout.
"""

import asyncio
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from _measure import EXAMPLE, ROOT, Row, machine, seconds, show, skip, times

from detente import dossier

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError:  # a browser is measured where one can be steered
    sync_playwright = None  # type: ignore[assignment]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PAGE = "/what-if?iran.enrichment.position=20&iran.enrichment.hardness=0,0.5,1&iran.sanctions.position=0,25,50"
MOVES, READY = 60, 7
REST, STILL = 0.25, 0.4  # seconds after which a page asks for the whole answer, and then for who blocks
USERS, EVERY, LASTING = 50, 2.0, 30.0
# Recorded on a machine of the same kind, with a small model of their own behind the slider: medians, and page ready.
PEERS = (("htmx 4 with server-made SVG", 0.031), ("Streamlit 1.67", 0.133))
MEDIAN, NINETIETH, READY_AIM, CROWD, SERVER = 0.050, 0.100, 0.5, 0.500, 0.015  # seconds: the aims
# To the frame after the new numbers: the callback of a frame runs before that is painted, and a message after it.
WATCH = """() => {
  const told = [];
  let pressed = 0;
  document.addEventListener("keydown", () => { pressed = performance.now(); }, true);
  const after = (then) => requestAnimationFrame(() => {
    const frame = new MessageChannel();
    frame.port1.onmessage = then;
    frame.port2.postMessage(0);
  });
  new MutationObserver(() => {
    if (!pressed || !document.querySelector("#answer.first")) return;
    const begun = pressed;
    pressed = 0;
    after(() => told.push(performance.now() - begun));
  }).observe(document.querySelector(".answers"), { childList: true, subtree: true });
  window.told = told;
}"""
TOLD = """(many) => new Promise((done) => {
  const begun = performance.now();
  const look = setInterval(() => {
    if (window.told.length > many || performance.now() - begun > 5000) { clearInterval(look); done(window.told); }
  }, 10);
})"""


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Start a desk over a copy of the example; its address with the token, and its process."""
    with tempfile.TemporaryDirectory(prefix="detente-bench-") as folder:
        place = Path(folder) / "gulf"
        shutil.copytree(EXAMPLE, place)
        dossier.adopt(place)
        words = [sys.executable, "-m", "detente", "serve", str(place), "--no-open", "--by", "A. Bench"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=_environment()) as desk:
            try:
                found = re.search(r"https?://\S+", desk.stdout.readline() if desk.stdout else "")
                if found is None:
                    raise SystemExit("the desk did not start")
                yield found[0], desk.pid
            finally:
                desk.terminate()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT / "src")}


@dataclass(frozen=True, slots=True)
class Person:
    """What one person met: how long the page took to be ready, cold and then, and every move of the slider."""

    cold: float
    ready: float
    moves: tuple[float, ...]


def one_person(address: str, browser: "Browser") -> Person:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    home = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    ready = [_opened(page, home + PAGE) for _ in range(READY)]
    page.wait_for_timeout(4000)  # what follows at rest, once
    page.evaluate(WATCH)
    page.locator(".handles input").first.focus()
    told: list[float] = []
    for k in range(MOVES):
        page.keyboard.press("ArrowRight" if k % 3 else "ArrowLeft")
        told = page.evaluate(TOLD, k)
        page.wait_for_timeout(60)
    return Person(ready[0], statistics.median(ready[1:]), tuple(one / 1e3 for one in told))


def _opened(page: "Page", address: str) -> float:
    """Open a page; how long until it is drawn and everything it names is loaded."""
    page.goto(address, wait_until="load")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return float(page.evaluate("() => performance.now()")) / 1e3


@dataclass(slots=True)
class Crowd:
    """What many met: every first answer, how many whole ones were asked for and came before the next move, errors."""

    first: list[float] = field(default_factory=list)
    asked: int = 0
    whole: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def crowd(address: str, *, at_rest: bool) -> Crowd:
    found = Crowd()
    begun = time.perf_counter()
    await asyncio.gather(*(_user(address, k, begun, (found, at_rest)) for k in range(USERS)))
    return found


async def _user(address: str, number: int, begun: float, about: tuple[Crowd, bool]) -> None:
    found, at_rest = about
    await asyncio.sleep(number * EVERY / USERS)
    rest: asyncio.Task[None] | None = None
    for k in range(int(LASTING / EVERY)):
        value = f"{(number + USERS * k) * 97 % 5000 / 50:g}"
        query = f"iran.enrichment.position={value}&iran.enrichment.hardness=0,0.5,1&iran.sanctions.position=0,25,50"
        if rest is not None:
            rest.cancel()
        try:
            found.first.append(await _got(address, f"/what-if/answer?{query}"))
        except (OSError, ValueError, asyncio.IncompleteReadError) as fault:
            found.errors.append(repr(fault))
        rest = asyncio.create_task(_resting(address, query, found)) if at_rest else None
        due = begun + number * EVERY / USERS + (k + 1) * EVERY
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
    if rest is not None:
        rest.cancel()


async def _resting(address: str, query: str, found: Crowd) -> None:
    """Ask for what follows once a slider rests; given up where it moves on."""
    await asyncio.sleep(REST)
    found.asked += 1
    try:
        found.whole.append(await _got(address, f"/what-if/whole?{query}"))
        await asyncio.sleep(STILL)
        await _got(address, f"/what-if/stands?{query}")
    except (OSError, ValueError, asyncio.IncompleteReadError) as fault:
        found.errors.append(repr(fault))


async def _got(address: str, path: str) -> float:
    """Ask for a part of a page; how long it took, with all of its bytes.

    Raises ValueError for an answer that is none.
    """
    place = urlsplit(address)
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        head = f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nHX-Request: true\r\nConnection: close\r\n"
        writer.write(f"{head}Authorization: Bearer {place.query.removeprefix('token=')}\r\n\r\n".encode())
        answer = await reader.read()
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
    if not answer.startswith(b"HTTP/1.1 200") or b"</" not in answer:
        raise ValueError(answer[:80])
    return time.perf_counter() - begun


def processor(process: int) -> float:
    """Return the processor time of a process so far, in seconds; 0 where this system does not tell."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def at(share: float, values: Sequence[float]) -> float:
    """Return a quantile.

    >>> at(0.9, [1.0, 2.0, 3.0])
    3.0
    """
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def person_rows(found: Person) -> list[Row]:
    median, worst = statistics.median(found.moves), at(0.9, found.moves)
    beside = "; ".join(f"{name} {seconds(recorded)}, {times(recorded, median)}" for name, recorded in PEERS)
    return [
        Row("page ready, first of the desk", seconds(found.cold), "the dossier is opened and drawn"),
        Row("page ready, after that", seconds(found.ready), f"aim {seconds(READY_AIM)}"),
        Row(f"key to picture, median of {len(found.moves)}", seconds(median), f"aim {seconds(MEDIAN)}"),
        Row("", "", beside),
        Row("key to picture, p90", seconds(worst), f"aim {seconds(NINETIETH)}; slowest {seconds(max(found.moves))}"),
    ]


def crowd_rows(what: str, found: Crowd) -> list[Row]:
    told = (
        f"aim {seconds(CROWD)}; median {seconds(statistics.median(found.first))}, slowest {seconds(max(found.first))}"
    )
    rows = [
        Row(f"{what}: first answer, p95", seconds(at(0.95, found.first)), told),
        Row(f"{what}: errors", str(len(found.errors)), f"aim 0; {len(found.first):,} answers"),
    ]
    if found.asked:
        share = f"{len(found.whole):,} of {found.asked:,}"
        slow = f"p95 {seconds(at(0.95, found.whole))}" if found.whole else ""
        rows.append(Row(f"{what}: whole answers before the next move", share, slow))
    return rows


def browser_at(path: str, address: str) -> Person:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            return one_person(address, browser)
        finally:
            browser.close()


def main() -> None:
    print(machine())
    chromium = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with served() as (address, desk):
        if sync_playwright is None or chromium is None:
            skip("One person", "it needs Playwright and a Chromium: scripts/setup browser")
        else:
            show("One person, elapsed", person_rows(browser_at(chromium, address)))
        asyncio.run(_got(address, f"/what-if/answer{PAGE.removeprefix('/what-if')}"))  # what is drawn only once
        busy = processor(desk)
        alone = asyncio.run(crowd(address, at_rest=False))
        spent = (processor(desk) - busy) / max(1, len(alone.first))
        rows = [Row("the desk's processor time for a first answer", seconds(spent), f"aim {seconds(SERVER)}")]
        rows += crowd_rows("answers alone", alone)
        rows += crowd_rows("with what follows at rest", asyncio.run(crowd(address, at_rest=True)))
    show(f"{USERS} people, a move each every {EVERY:g} s for {LASTING:g} s, elapsed", rows)


if __name__ == "__main__":
    main()
