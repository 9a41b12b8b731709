"""The door: which requests reach the desk, and with which headers does every answer leave it?

In this order: is the request for this desk and from a page of it; who sends it; is its body within bounds; and, where
it may change something, does it carry the form token of who sends it. Nothing behind the door has to ask again.
"""

import hmac
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.web.safety.bodies import TOO_LARGE, TOO_SLOW, Replay, limit, whole
from detente.web.safety.forms import is_genuine, sent_token
from detente.web.safety.headers import hardened
from detente.web.safety.hosts import SAFE_METHODS, from_here, hosts, refused, value
from detente.web.safety.refusals import Refusals
from detente.web.safety.visitors import Visitor, Visitors
from detente.web.settings import Settings

LOG_IN = "/log-in"
OPEN = ("/static/", LOG_IN)
BEARER = "Bearer "
SAYS = {
    "host": (421, "This desk does not answer under that name. Open the address that `detente serve` printed."),
    "origin": (403, "This came from another site, and was not done."),
    "site": (403, "This came from another site, and was not done."),
    "unknown visitor": (401, "Open the address that `detente serve` printed: it carries the token of this desk."),
    "wrong token": (401, "That token is not the one of this desk. Open the address that `detente serve` printed."),
    "form token": (403, "This form is not, or no longer, one of this desk. Load the page again, and repeat it."),
    "body": (400, "What was sent cannot be read. Load the page again, and repeat it."),
    "too large": (TOO_LARGE, "What was sent is too large. Send less, or use the command line."),
    "too slow": (TOO_SLOW, "What was sent took too long. Try it again."),
}
OF_STATUS = {TOO_LARGE: "too large", TOO_SLOW: "too slow"}


class _Out:
    """Sends an answer with the headers that every answer has."""

    __slots__ = ("_secure", "_send", "_static")

    def __init__(self, send: Send, *, static: bool, secure: bool) -> None:
        self._send, self._static, self._secure = send, static, secure

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = hardened(message.get("headers", ()), static=self._static, secure=self._secure)
            message = {**message, "headers": headers}
        await self._send(message)


@dataclass(frozen=True, slots=True)
class Guard:
    """An application behind a door."""

    app: ASGIApp
    settings: Settings
    visitors: Visitors
    refusals: Refusals
    known: frozenset[str] = field(default_factory=frozenset)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        out = _Out(send, static=scope["path"].startswith("/static/"), secure=self.settings.secure)
        answer = self._turned_away(scope) or self._entering(scope)
        if answer is None:
            answer = await self._let_in(scope, receive, out)
        if answer is not None:
            await answer(scope, receive, out)

    def _turned_away(self, scope: Scope) -> Response | None:
        known = self.known or hosts(self.settings.origins)
        why = refused(scope["method"], scope["headers"], origins=self.settings.origins, known=known)
        return self._refuse(scope, why) if why else None

    def _entering(self, scope: Scope) -> Response | None:
        """Set the cookie of a first visit, and lead on to the page without the token in its address."""
        if scope["path"] != "/" or scope["method"] != "GET" or b"token=" not in scope["query_string"]:
            return None
        try:
            asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=50)
        except ValueError:
            return self._refuse(scope, "body")
        given = asked.pop("token", [""])[0]
        if self.settings.accounts is not None or not is_genuine(given, self.settings.token):
            return self._refuse(scope, "wrong token")
        rest = urlencode(asked, doseq=True)
        response = RedirectResponse(f"/?{rest}" if rest else "/", status_code=303)
        self.settle(response, self.visitors.enter(self.settings.by))
        return response

    def settle(self, response: Response, visitor: Visitor) -> None:
        """Set the cookie of somebody who entered."""
        response.set_cookie(
            self.settings.cookie, visitor.id, httponly=True, samesite="strict", secure=self.settings.secure, path="/"
        )

    async def _let_in(self, scope: Scope, receive: Receive, out: Send) -> Response | None:
        """Hand a request on; where it is refused, return the refusal."""
        visitor = self._visitor(scope)
        if visitor is None and not scope["path"].startswith(OPEN):
            return self._ask_to_enter(scope)
        scope.setdefault("state", {})["visitor"] = visitor
        if scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, out)
            return None
        body = await whole(receive, most=limit(scope["path"]), announced=value(scope["headers"], "content-length"))
        if isinstance(body, int):
            return self._refuse(scope, OF_STATUS.get(body, "body"))
        if not self._is_ours(scope, body, visitor):
            return self._refuse(scope, "form token")
        await self.app(scope, Replay(body, receive), out)
        return None

    def _is_ours(self, scope: Scope, body: bytes, visitor: Visitor | None) -> bool:
        if visitor is None:  # logging in: there is no session yet whose token the form could carry
            return from_here(scope["headers"], origins=self.settings.origins)
        # A program that names the token in a header was not sent by a page: browsers never add that header.
        return visitor.id == "" or is_genuine(sent_token(scope["headers"], body), visitor.form_token)

    def _visitor(self, scope: Scope) -> Visitor | None:
        given = value(scope["headers"], "authorization")
        if given.startswith(BEARER) and self.settings.accounts is None:
            told = given.removeprefix(BEARER)
            same = hmac.compare_digest(told.encode("utf-8", "replace"), self.settings.token.encode())
            return Visitor("", self.settings.by, "") if same else None
        try:
            jar = SimpleCookie("; ".join(v.decode("latin-1") for n, v in scope["headers"] if n == b"cookie"))
        except CookieError:
            return None
        named = jar.get(self.settings.cookie)
        return self.visitors.known(named.value) if named is not None else None

    def _ask_to_enter(self, scope: Scope) -> Response:
        headers = scope["headers"]
        if value(headers, "hx-request"):
            response = self._refuse(scope, "unknown visitor")
            response.headers["HX-Refresh"] = "true"
            return response
        if self.settings.accounts is not None and scope["method"] == "GET" and not scope["path"].startswith("/api/"):
            return RedirectResponse(LOG_IN, status_code=303)
        return self._refuse(scope, "unknown visitor")

    def _refuse(self, scope: Scope, reason: str) -> Response:
        status, says = SAYS[reason]
        self.refusals.note(status, reason, method=scope["method"], path=scope["path"])
        return PlainTextResponse(says + "\n", status_code=status)
