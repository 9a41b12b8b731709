"""What the tests of the desk share: a dossier to look at, a desk over it, and somebody who has entered."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.testclient import TestClient

from detente import dossier
from detente.web.app import make_app
from detente.web.safety.accounts import Accounts
from detente.web.safety.guard import Guard
from detente.web.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "us-iran-2026"
ORIGIN = "http://127.0.0.1:8000"
TOKEN = "the-token-of-the-tests"
MISSILES = "us-iran.agenda.missiles"


def as_dossier(target: Path) -> Path:
    """Make a dossier of the example."""
    shutil.copytree(EXAMPLE, target)
    dossier.adopt(target)
    return target


def guarded(place: Path, *, accounts: Accounts | None = None, told: list[str] | None = None) -> Guard:
    """Return a desk over a place."""
    tell = told.append if told is not None else lambda _: None
    return make_app(Settings(place=place, origins=(ORIGIN,), token=TOKEN, by="A. Tester", accounts=accounts, tell=tell))


@dataclass(frozen=True)
class Visit:
    """Somebody who has entered, and the token of their forms."""

    client: TestClient
    csrf: str

    def post(self, address: str, **fields: str) -> tuple[int, str]:
        """Send a form as a page would."""
        sent = self.client.post(address, data={"csrf": self.csrf, **fields}, headers={"origin": ORIGIN})
        return sent.status_code, sent.text


@contextmanager
def entered(guard: Guard) -> Iterator[Visit]:
    """Enter a desk by the address that it prints."""
    with TestClient(guard, base_url=ORIGIN, raise_server_exceptions=False) as client:
        assert client.get(f"/?token={TOKEN}", follow_redirects=False).status_code == 303
        # Any page carries the token of its forms; this one opens no dossier.
        yield Visit(client, token_in(client.get("/nothing").text))


def token_in(page: str) -> str:
    """Return the form token of a page."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def hash_in(page: str) -> str:
    """Return the hash of the situation that a page shows."""
    found = re.search(r'name="hash" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]
