"""`detente serve`: the desk in the browser."""

import ipaddress
import secrets
import socket
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click
import uvicorn

from detente.desk.review import reviewer
from detente.errors import UsageError
from detente.web.app import make_app
from detente.web.safety.accounts import Accounts, add_account, read_accounts
from detente.web.safety.guard import Guard
from detente.web.settings import Settings

LAST_PORT = 65535
NEEDS = (
    "An address that others can reach needs accounts (--accounts FILE) and either a certificate (--tls-cert and "
    "--tls-key) or a proxy that encrypts (--behind-proxy https://NAME)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """To whom a desk answers, as it was asked for."""

    host: str = "127.0.0.1"
    accounts: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    behind_proxy: str | None = None


@click.command(name="serve")
@click.argument("dossier", type=click.Path(path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, LAST_PORT), default=0, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer at.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option("--by", metavar="NAME", help="Who signs what is changed, where there are no accounts.")
@click.option("--accounts", type=click.Path(path_type=Path), metavar="FILE", help="Who may log in.")
@click.option("--add-account", metavar="NAME", help="Ask for a password, write the account into FILE, and end.")
@click.option("--tls-cert", type=click.Path(path_type=Path), metavar="FILE", help="Certificate, as PEM.")
@click.option("--tls-key", type=click.Path(path_type=Path), metavar="FILE", help="Its key, as PEM.")
@click.option("--behind-proxy", metavar="ORIGIN", help="Address of the encrypting proxy, such as https://desk.example.")
def command(
    dossier: Path,
    port: int,
    host: str,
    no_open: bool,
    by: str | None,
    accounts: Path | None,
    add_account: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    behind_proxy: str | None,
) -> None:
    """Open DOSSIER, or a folder of dossiers, as pages in the browser; it ends with Ctrl-C.

    Only this machine can reach the pages, and only with the token in the address that is printed.
    """
    if add_account is not None:
        _add(accounts, add_account)
        return
    asked = Exposure(host=host, accounts=accounts, tls_cert=tls_cert, tls_key=tls_key, behind_proxy=behind_proxy)
    known = require_guarded(asked)
    with bound(host, port) as listening:
        settings = Settings(
            place=dossier,
            origins=origins(asked, int(listening.getsockname()[1])),
            token=secrets.token_urlsafe(32),
            accounts=known,
            proxied=behind_proxy is not None,
            by=reviewer(by),
            tell=_tell,
            eager=True,
        )
        guard = make_app(settings)
        address = settings.origins[0] + ("/" if known else f"/?token={settings.token}")
        click.echo(f"The desk is open at {address}")
        click.echo("Ctrl-C ends it. What was acknowledged is saved.")
        if not no_open:
            webbrowser.open(address)
        uvicorn.Server(_served(guard, asked)).run(sockets=[listening])


def _served(guard: Guard, asked: Exposure) -> uvicorn.Config:
    return uvicorn.Config(
        guard,
        access_log=False,
        log_level="error",
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        limit_concurrency=256,
        timeout_graceful_shutdown=5,
        ssl_certfile=asked.tls_cert,
        ssl_keyfile=asked.tls_key,
    )


def require_guarded(asked: Exposure) -> Accounts | None:
    """Refuse an address that others can reach without accounts and encryption; return the accounts.

    Raises UsageError.
    """
    if (asked.tls_cert is None) != (asked.tls_key is None):
        raise UsageError("A certificate and its key belong together. Give both --tls-cert and --tls-key.")
    if (missing := next((f for f in (asked.tls_cert, asked.tls_key) if f and not f.is_file()), None)) is not None:
        raise UsageError(f"There is no file '{missing}'. Check its name.")
    known = read_accounts(asked.accounts) if asked.accounts is not None else None
    if asked.behind_proxy is not None:
        _require_origin(asked.behind_proxy)
    encrypted = asked.tls_cert is not None or asked.behind_proxy is not None
    public = not _is_loopback(asked.host) or asked.behind_proxy is not None
    if public and (known is None or not encrypted):
        raise UsageError(f"'{asked.host}' is refused. {NEEDS}")
    if asked.host in ("0.0.0.0", "::", "") and asked.behind_proxy is None:
        raise UsageError(f"'{asked.host}' names no machine that a browser could ask for. Give its name or address.")
    return known


def origins(asked: Exposure, port: int) -> tuple[str, ...]:
    """Return the addresses under which a desk is asked for, its own first.

    >>> origins(Exposure(), 8000)
    ('http://127.0.0.1:8000', 'http://localhost:8000')
    """
    if asked.behind_proxy is not None:
        return (asked.behind_proxy.rstrip("/").lower(),)
    scheme = "https" if asked.tls_cert is not None else "http"
    host = f"[{asked.host}]" if ":" in asked.host else asked.host.lower()
    named = (f"{scheme}://{host}:{port}",)
    local = (f"{scheme}://localhost:{port}",) if _is_loopback(asked.host) and host != "localhost" else ()
    return named + local


def bound(host: str, port: int) -> socket.socket:
    """Take the port, so that its number is known before anything is served.

    Raises UsageError where it cannot be taken.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as fault:
        raise UsageError(f"{host}:{port} cannot be used: {fault.strerror}. Give another --port or --host.") from None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _require_origin(told: str) -> None:
    parts = urlsplit(told)
    if parts.scheme != "https" or not parts.netloc or parts.path.strip("/") or parts.query or "@" in parts.netloc:
        raise UsageError(f"'{told}' is no encrypted origin. Write --behind-proxy https://NAME, without a path.")


def _add(file: Path | None, name: str) -> None:
    if file is None:
        raise UsageError("An account is written into a file. Name it: --accounts FILE --add-account NAME.")
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    add_account(file, name, password)
    click.echo(f"'{name}' may log in with {file}.")


def _tell(line: str) -> None:
    click.echo(line, err=True)
