"""What does an endpoint answer to one request, however often it has to be sent?

The standard library's client, and nothing between: no redirect is followed and no proxy used, so that the key and the
text go to the address that the user gave and to no other.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import gaierror
from urllib.parse import urlsplit

from detente.errors import ModelError
from detente.read.llm.settings import Model

Sleep = Callable[[float], None]

_CALL = "/chat/completions"
_MOST_BYTES = 8_000_000
_PIECE = 65_536
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 300.0
_PASSING = {408, 425, 429, 500, 502, 503, 504, 529}
_KEPT = "Answers so far are kept: the same command goes on where this one stopped"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the body, and how long the endpoint asks to wait (in seconds), if it does?"""

    status: int
    body: bytes
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why did nothing come back, what helps, and might the next attempt fare better?"""

    why: str
    cure: str
    passing: bool


def send(model: Model, body: bytes, *, sleep: Sleep = time.sleep) -> Reply:
    """What does the endpoint answer, once what passes has passed: a status of its own, and a body?

    Busy and broken endpoints, and those that take too long, are asked again after 1, 2, 4 ... seconds, or when they
    themselves say (Retry-After).

    Raises: ModelError where the endpoint cannot be reached, stays busy, or asks for too long a wait.
    """
    last = "never answered"
    for attempt in range(1, model.attempts + 1):
        found = exchange(model, body)
        if isinstance(found, Reply) and found.status not in _PASSING:
            return found
        if isinstance(found, Fault) and not found.passing:
            raise ModelError(f"'{model.endpoint}' {found.why}. {found.cure}")
        last = found.why if isinstance(found, Fault) else f"answered with status {found.status}"
        wait = _FIRST_WAIT * 2 ** (attempt - 1)
        if isinstance(found, Reply) and found.wait is not None:
            wait = found.wait
        if wait > _LONGEST_WAIT:
            raise ModelError(f"'{model.endpoint}' asks to wait {wait:,.0f} seconds. {_KEPT}, so run it again then.")
        if attempt < model.attempts:
            sleep(wait)
    raise ModelError(
        f"'{model.endpoint}' {last}, {model.attempts} times in a row. "
        f"{_KEPT}; run it again later, or give the model more time with --model-timeout."
    )


def exchange(model: Model, body: bytes) -> Reply | Fault:
    """What comes back for one request, or why does nothing?"""
    address = urlsplit(model.endpoint)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    end = time.monotonic() + model.timeout
    with closing(kind(address.hostname or "", address.port, timeout=model.timeout)) as line:
        try:
            line.request("POST", f"{_base(address.path)}{_CALL}", body=body, headers=_headers(model))
            with closing(line.getresponse()) as reply:
                return Reply(reply.status, _body(reply, end), _wait(reply.getheader("Retry-After")))
        except TimeoutError:
            return Fault(f"did not answer within {model.timeout:g} seconds", "", True)
        except ConnectionRefusedError:
            return Fault("is not there: nothing listens", "Start the server, or correct --endpoint.", False)
        except gaierror:
            return Fault("is not known by that name", "Correct --endpoint, or check the connection.", False)
        except ssl.SSLError as fault:
            why = fault.reason or "no common protocol"
            return Fault(f"offers no connection that can be trusted ({why})", "Correct --endpoint.", False)
        except (OSError, HTTPException) as fault:
            return Fault(f"broke off ({type(fault).__name__})", "", True)


def _base(path: str) -> str:
    """The path of an endpoint, also where the whole address of the call was given."""
    return path.rstrip("/").removesuffix(_CALL)


def _headers(model: Model) -> dict[str, str]:
    own = {"Authorization": f"Bearer {model.key}"} if model.key else {}
    return {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "detente", **own}


def _body(reply: HTTPResponse, end: float) -> bytes:
    """Read within the time that was given for all of it: an endpoint may send a byte a minute for ever."""
    found = bytearray()
    while piece := reply.read1(_PIECE):
        found += piece
        if time.monotonic() > end:
            raise TimeoutError
        if len(found) > _MOST_BYTES:
            raise HTTPException("too long")
    return bytes(found)


def _wait(header: str | None) -> float | None:
    """How many seconds does Retry-After name, as a number or as a date?"""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return None
    when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
