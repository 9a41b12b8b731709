"""What may a page load and run? Nothing but the files of this desk, and nothing that stands in the page itself."""

from collections.abc import Iterable

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# With no-referrer a browser would send forms with the origin "null"; this one tells other sites as little.
ALWAYS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
LASTING = (b"strict-transport-security", b"max-age=31536000")


def hardened(
    headers: Iterable[tuple[bytes, bytes]], *, static: bool, secure: bool = False
) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer with those that every answer has; what was said of the same is replaced.

    >>> dict(hardened([], static=False))[b"cache-control"]
    b'no-store'
    """
    ours = [*ALWAYS, (b"cache-control", b"no-cache" if static else b"no-store")]
    ours += [LASTING] if secure else []
    names = {name for name, _ in ours} | {b"server"}
    return [*((n, v) for n, v in headers if n.lower() not in names), *ours]
