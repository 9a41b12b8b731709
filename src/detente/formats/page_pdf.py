"""How does a page become a PDF: what a browser on this machine prints, with no way to any other?

A browser is the one program that lays a page out as it was written, so the one that is there is asked. It gets a folder
of its own that is gone afterwards, no name of a host resolves in it, and its process ends with the call.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from detente.errors import UsageError

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "brave-browser",
)
PATIENCE = 120.0  # seconds for one page
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",  # the port that discards: an address in digits leads nowhere, either
)
_CURE = "Install Chromium so that 'chromium' is on the PATH, or write .html and print that from any browser."


def browser() -> str:
    """Return the browser on the PATH that prints.

    Raises UsageError where there is none.
    """
    found = next((path for name in BROWSERS if (path := shutil.which(name)) is not None), None)
    if found is None:
        raise UsageError(f"A PDF is printed by Chromium or one of its kin, and none is on the PATH. {_CURE}")
    return found


def pdf(page: bytes, *, patience: float = PATIENCE) -> bytes:
    """Return a page as PDF.

    Raises UsageError where there is no browser, or it does not print within so many seconds.
    """
    program = browser()
    with tempfile.TemporaryDirectory(prefix="detente-print-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / "page.html").write_bytes(page)
        made = folder / "page.pdf"
        # A browser keeps no sandbox where the administrator runs it; the page's own policy lets nothing load or run.
        alone = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        place_of_its_own = f"--user-data-dir={folder / 'profile'}"
        asked = [*QUIET, *alone, place_of_its_own, f"--print-to-pdf={made}", (folder / "page.html").as_uri()]
        said = _run([program, *asked], patience)
        if not made.is_file() or not made.stat().st_size:
            raise UsageError(f"'{Path(program).name}' printed nothing{said}. {_CURE}")
        return made.read_bytes()


def _run(command: list[str], patience: float) -> str:
    """Run a program to its end, and whatever it began with it; return the last line that it complained in."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as run:
        try:
            _, complaint = run.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            raise UsageError(
                f"'{Path(command[0]).name}' did not print within {patience:g} seconds. Try again, or write .html."
            ) from None
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(run.pid, signal.SIGKILL)
    lines = complaint.decode(errors="replace").strip().splitlines()
    return f": {lines[-1][:200]}" if lines else ""
