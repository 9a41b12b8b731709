"""The command: at which addresses it answers, what reaches it by a bare socket, and what a kill leaves."""

import http.client
import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from tests.web.conftest import started
from tests.web.entering import ROOT

from detente.cli import main
from detente.desk.session import Session
from detente.errors import UsageError
from detente.web.safety.accounts import add_account
from detente.web.serve import Exposure, origins, require_guarded


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.toml"
    add_account(file, "A. Analyst", "a long enough password")
    return file


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    file = tmp_path / "desk.pem"
    file.write_text("as if")
    return file


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example", "", "127.0.0.1.evil.example"])
def test_a_public_address_is_refused(host: str, people: Path, pem: Path) -> None:
    for half in (
        Exposure(host=host),
        Exposure(host=host, accounts=people),
        Exposure(host=host, tls_cert=pem, tls_key=pem),
        Exposure(host=host, behind_proxy="https://desk.example"),
    ):
        with pytest.raises(UsageError, match="accounts"):
            require_guarded(half)


def test_a_public_address_is_used_with_accounts_and_encryption(people: Path, pem: Path) -> None:
    require_guarded(Exposure(host="desk.example", accounts=people, tls_cert=pem, tls_key=pem))
    require_guarded(Exposure(accounts=people, behind_proxy="https://desk.example"))
    with pytest.raises(UsageError, match="names no machine"):
        require_guarded(Exposure(host="0.0.0.0", accounts=people, tls_cert=pem, tls_key=pem))


@pytest.mark.parametrize("origin", ["http://desk.example", "desk.example", "https://", "https://a/b", "https://u@a"])
def test_a_proxy_that_does_not_encrypt_is_refused(origin: str, people: Path) -> None:
    with pytest.raises(UsageError, match="https://NAME"):
        require_guarded(Exposure(accounts=people, behind_proxy=origin))


def test_half_a_certificate_and_a_missing_one_are_refused(pem: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Give both"):
        require_guarded(Exposure(tls_cert=pem))
    with pytest.raises(UsageError, match="no file"):
        require_guarded(Exposure(tls_cert=pem, tls_key=tmp_path / "none.pem"))


def test_a_desk_is_asked_for_by_its_own_names() -> None:
    assert origins(Exposure(host="::1"), 81) == ("http://[::1]:81", "http://localhost:81")
    assert origins(Exposure(behind_proxy="https://Desk.example/"), 81) == ("https://desk.example",)


@pytest.mark.parametrize("place", ["nothing-here", "situation.yaml"])
def test_what_is_no_folder_is_refused(place: str, gulf: Path) -> None:
    done = CliRunner().invoke(main, ["serve", str(gulf / place), "--no-open"])
    assert done.exit_code == 2
    assert "Give a dossier" in done.output


def test_the_web_is_imported_by_its_own_command_alone() -> None:
    code = "import sys; from detente.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "sys.exit(bool({'fastapi', 'starlette', 'uvicorn', 'detente.web'} & set(sys.modules)))"
    run = [sys.executable, "-c", code]
    env = {"PYTHONPATH": str(ROOT / "src")}
    assert subprocess.run(run, env=env, capture_output=True, check=False).returncode == 0


def raw(address: str, request: bytes) -> bytes:
    """Send bytes that no client would send, and return how the answer begins."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as wire:
        wire.sendall(request)
        return wire.recv(4096)


def test_what_a_bare_socket_sends_is_turned_away(served: str) -> None:
    host = urlsplit(served).netloc.encode()
    token = served.partition("token=")[2].encode()
    ok = raw(served, b"GET /?token=" + token + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
    assert ok.startswith(b"HTTP/1.1 303")
    refused = {
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n": (b"400", b"421"),
        b"GET / HTTP/1.0\r\n\r\n": (b"421",),
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n": (b"400", b"421"),
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n": (b"400", b"421"),
        b"GET /static/../app.py HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n": (b"404",),
        b"GET /static/%2e%2e/app.py HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n": (b"404",),
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n": (b"401",),
        b"POST /edit HTTP/1.1\r\nHost: " + host + b"\r\nContent-Length: 99999999\r\n\r\nx": (b"401",),
        b"nonsense\r\n\r\n": (b"400",),
        b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nX: " + b"a" * 200_000 + b"\r\n\r\n": (b"400", b"431"),
    }
    for request, codes in refused.items():
        assert raw(served, request).partition(b" ")[2][:3] in codes, request[:60]


def test_a_kill_in_mid_edit_loses_no_change_that_was_acknowledged(gulf: Path) -> None:
    before = 0
    for asleep in (0.0, 0.011):
        with started(gulf) as (process, address):
            kept: list[str] = []
            writing = threading.Thread(target=written_until_it_ends, args=(address, kept))
            writing.start()
            while len(kept) < 3 and writing.is_alive():
                time.sleep(0.001)
            time.sleep(asleep)  # the next change is under way, at one moment or another
            process.kill()
            writing.join()
        left = Session(gulf)
        made = left.edits()[before:]
        assert len(kept) >= 3
        assert [e.after for e in made[: len(kept)]] == kept
        assert len(made) <= len(kept) + 1, "the one that was under way stands, or does not"
        assert made[-1].after == left.now().hash
        before += len(made)


def written_until_it_ends(address: str, kept: list[str]) -> None:
    """Change one value after the other, and note each that was acknowledged."""
    try:
        known = asked(address, "inputs")["hash"]
        for value in range(1, 100):
            known = asked(address, "edits", hash=known, path="iran.missiles.salience", value=str(value))["hash"]
            kept.append(known)
    except (OSError, http.client.HTTPException):
        return


def asked(address: str, route: str, **sent: str) -> dict[str, str]:
    """Ask the interface as a program does; with fields, send them."""
    place, _, token = address.partition("?token=")
    told = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    put = urllib.request.Request(f"{place}api/{route}", data=json.dumps(sent).encode() if sent else None, headers=told)
    with urllib.request.urlopen(put, timeout=20) as answer:
        found: dict[str, str] = json.loads(answer.read())
    return found
