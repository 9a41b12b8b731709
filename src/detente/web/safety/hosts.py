"""Is a request for this desk, and does it come from a page of this desk?

A name that an attacker owns can be made to point at this machine: such a request carries that name as its host, and is
refused. A page of another site can send a form here: such a request carries that site as its origin, and is refused.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

Headers = Iterable[tuple[bytes, bytes]]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PORTS = {"http": 80, "https": 443}


def values(headers: Headers, name: str) -> list[str]:
    """Return every value of a header.

    >>> values([(b"host", b"a"), (b"Host", b"b")], "host")
    ['a', 'b']
    """
    wanted = name.lower().encode()
    return [value.decode("latin-1") for key, value in headers if key.lower() == wanted]


def value(headers: Headers, name: str) -> str:
    """Return a header that is there once, empty where it is not there or there twice."""
    found = values(headers, name)
    return found[0] if len(found) == 1 else ""


def hosts(origins: Iterable[str]) -> frozenset[str]:
    """Return what may stand in the host header.

    >>> sorted(hosts(["https://desk.example.org"]))
    ['desk.example.org', 'desk.example.org:443']
    """
    found: set[str] = set()
    for origin in origins:
        parts = urlsplit(origin)
        found.add(parts.netloc.lower())
        if parts.port is None:
            found.add(f"{parts.netloc.lower()}:{PORTS[parts.scheme]}")
        elif parts.port == PORTS[parts.scheme]:
            found.add(parts.netloc.lower().rpartition(":")[0])
    return frozenset(found)


def refused(method: str, headers: Headers, *, origins: tuple[str, ...], known: frozenset[str]) -> str | None:
    """Say why a request is not one for this desk from this desk, None where it is.

    >>> refused("GET", [(b"host", b"evil.example")], origins=("http://127.0.0.1:1",), known=frozenset())
    'host'
    """
    given = list(headers)
    host = values(given, "host")
    if len(host) != 1 or host[0].lower() not in known:
        return "host"
    if any(one not in origins for one in values(given, "origin")):
        return "origin"
    site, mode = value(given, "sec-fetch-site"), value(given, "sec-fetch-mode")
    foreign = site in ("cross-site", "same-site")
    if foreign and (method not in SAFE_METHODS or mode != "navigate"):
        return "site"
    return None


def from_here(headers: Headers, *, origins: tuple[str, ...]) -> bool:
    """Whether a request says itself that a page of this desk sent it; asked where there is no form token yet."""
    given = list(headers)
    return value(given, "origin") in origins or value(given, "sec-fetch-site") == "same-origin"
