"""Which language model is asked, where, with which key, and what do its tokens cost?"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from detente.errors import UsageError

KEY_VARIABLE = "DETENTE_MODEL_KEY"
TIMEOUT = 120.0
_NOT_SHOWN = "[key]"
_SUCH_AS = "such as http://localhost:11434/v1"


@dataclass(frozen=True, slots=True)
class Prices:
    """What do a million tokens cost, those sent and those answered, in whatever currency the user thinks in?"""

    sent: float
    answered: float

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """What do so many tokens cost?

        >>> Prices(2.0, 10.0).cost(500_000, 100_000)
        2.0
        """
        return (tokens_in * self.sent + tokens_out * self.answered) / 1e6


@dataclass(frozen=True, slots=True)
class Model:
    """Which model, at which OpenAI-compatible endpoint, and how patiently?

    endpoint  the address before `/chat/completions`
    key       sent to the endpoint and nowhere else; never shown, logged or written
    cache     the folder in which answers are kept
    timeout   seconds that one answer may take
    attempts  how often a request is sent before a passing fault counts as lasting

    Raises UsageError where the endpoint is no web address, or would carry the key where others can read it.
    """

    name: str
    endpoint: str
    key: str = field(default="", repr=False)
    cache: Path | None = None
    prices: Prices | None = None
    timeout: float = TIMEOUT
    attempts: int = 5

    def __post_init__(self) -> None:
        """Refuse what could not be asked."""
        if not self.name.strip():
            raise UsageError("The name of the model is empty. Give the name that the endpoint knows it by.")
        if not (math.isfinite(self.timeout) and self.timeout > 0):
            raise UsageError(f"A model cannot be waited for {self.timeout:g} seconds. Give a number such as 120.")
        parts = _address(self.endpoint)
        if not self.key:
            return
        if not (self.key.isascii() and self.key.isprintable() and " " not in self.key):
            raise UsageError(
                f"{KEY_VARIABLE} holds white space or characters that no key has. Set it to the key alone."
            )
        if parts.scheme == "http" and not _here(parts.hostname or ""):
            raise UsageError(
                f"The key in {KEY_VARIABLE} would travel to '{parts.hostname}' unencrypted. "
                f"Use an endpoint with https, or unset {KEY_VARIABLE} if this endpoint needs no key."
            )

    def without_key(self, text: str) -> str:
        """How does a text read that may repeat the key, with the key taken out?"""
        return text.replace(self.key, _NOT_SHOWN) if self.key else text


def default_cache() -> Path:
    """Where are answers kept unless the user says otherwise: with the user's other caches."""
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "detente" / "model"


def prices_of(given: str) -> Prices:
    """Which prices are written `SENT/ANSWERED`, each for a million tokens?

    Raises UsageError where they are not two numbers.

    >>> prices_of("0.5/2")
    Prices(sent=0.5, answered=2.0)
    """
    try:
        sent, answered = (float(part) for part in given.split("/"))
    except ValueError:
        sent = answered = -1.0
    if not (math.isfinite(sent) and math.isfinite(answered) and sent >= 0 and answered >= 0):
        raise UsageError(
            f"'{given}' is no pair of prices. Write what a million tokens cost, sent and answered, such as 0.5/2."
        )
    return Prices(sent, answered)


def _address(endpoint: str) -> SplitResult:
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise UsageError(f"The endpoint holds white space or characters that no address has. Give one {_SUCH_AS}.")
    try:
        parts = urlsplit(endpoint)
        _ = parts.port
    except ValueError:
        raise UsageError(f"The endpoint is not an address. Give one {_SUCH_AS}.") from None
    # Not repeated in any message before it is known to hold no password.
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            "The endpoint holds a password, or something behind ? or #. Leave only the address, "
            f"{_SUCH_AS}, and put a key in {KEY_VARIABLE}."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"The endpoint '{endpoint}' is not a web address. Give one {_SUCH_AS}.")
    return parts


def _here(host: str) -> bool:
    """Does a host name this very machine?"""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
