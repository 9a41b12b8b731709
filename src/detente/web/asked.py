"""What does one request ask: of which dossier, in which view, by whom; and how is it answered with a page?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from detente.desk.session import Session
from detente.errors import DetenteError
from detente.web.desk import Desk
from detente.web.page import Page
from detente.web.safety.visitors import Visitor

View = Literal["completed", "text"]
THEMES = ("auto", "light", "dark")
KEPT = ("dossier", "view")  # what every link of a page carries on
LONGEST_BACK = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, understood."""

    request: Request
    desk: Desk

    @property
    def visitor(self) -> Visitor | None:
        """Who asks; None on the page to log in."""
        found: Visitor | None = getattr(self.request.state, "visitor", None)
        return found

    @property
    def by(self) -> str:
        """The name under which a change is signed."""
        return self.visitor.name if self.visitor else ""

    @property
    def session(self) -> Session:
        """The dossier that is asked about.

        Raises UsageError where the address names none that there is.
        """
        return self.desk.shelf.session(self.request.query_params.get("dossier"))

    @property
    def title(self) -> str:
        """What the dispute is called that is asked about, empty where that cannot be said."""
        try:
            return self.session.now().situation.title
        except DetenteError:
            return ""

    @property
    def view(self) -> View:
        """Whether answers count what the program supplied."""
        return "text" if self.request.query_params.get("view") == "text" else "completed"

    @property
    def into_drawer(self) -> bool:
        """Whether the answer goes into the drawer of a page that is open already."""
        return self.request.headers.get("hx-target", "").endswith("#drawer")

    @property
    def by_script(self) -> bool:
        """Whether the page's script asks, rather than the browser itself."""
        return self.request.headers.get("hx-request") == "true"

    def to(self, path: str, **parameters: str | Sequence[str] | None) -> str:
        """Return an address of the desk that keeps the dossier and the view of this one; None leaves one out.

        Of a parameter that takes several values each stands there by itself.
        """
        kept: dict[str, str | Sequence[str] | None] = {k: self.request.query_params.get(k) for k in KEPT}
        query = {k: v for k, v in {**kept, **parameters}.items() if v}
        return quote(path, safe="/") + (f"?{urlencode(query, doseq=True)}" if query else "")

    def here(self, **parameters: str | Sequence[str] | None) -> str:
        """Return the address of this very page, with some parameters changed; what answers a form has none."""
        if self.request.method != "GET":
            return "/"
        told = self.request.query_params
        query: dict[str, str | Sequence[str] | None] = {**{k: told.getlist(k) for k in told}, **parameters}
        kept = {k: v for k, v in query.items() if v and v != [""]}
        return quote(self.request.url.path, safe="/") + (f"?{urlencode(kept, doseq=True)}" if kept else "")

    def page(self, template: str, *, of: Page | None = None, status: int = 200, **content: object) -> HTMLResponse:
        """Answer with a page: the template, with what every page has."""
        theme = self.request.cookies.get("theme")
        written = self.desk.templates.get_template(template).render(
            asked=self,
            to=self.to,
            of=of,
            csrf=self.visitor.form_token if self.visitor else "",
            theme=theme if theme in THEMES else "auto",
            accounts=self.desk.settings.accounts is not None,
            **content,
        )
        return HTMLResponse(written, status_code=status)

    @staticmethod
    def as_message(answer: HTMLResponse) -> HTMLResponse:
        """Show an answer to the page's script as a message above the page, which stays as it is."""
        answer.headers.update({"HX-Retarget": "#message", "HX-Reswap": "innerHTML", "HX-Reselect": "#said"})
        return answer

    def came_from(self) -> str:
        """Return the address of the page that is open in the browser, which may be another than the one asked for."""
        told = urlsplit(self.request.headers.get("hx-current-url", ""))
        return local(told.path + (f"?{told.query}" if told.query else "")) if told.path else self.here()

    def back(self, address: str, *, say: str) -> RedirectResponse:
        """Lead back to the page that a form stood on, which says what was done."""
        if self.visitor is not None:
            self.desk.say(self.visitor.id, say)
        return RedirectResponse(local(address), status_code=303)

    def said(self) -> str:
        """Return what the last change did, once."""
        return self.desk.said(self.visitor.id) if self.visitor is not None else ""


def local(address: str) -> str:
    """Return an address of this desk; what leads anywhere else leads to the first page.

    >>> local("/situation?view=text"), local("//evil.example"), local("/\\\\evil.example"), local("https://evil.example")
    ('/situation?view=text', '/', '/', '/')
    """
    plain = address.isascii() and address.isprintable() and "\\" not in address and len(address) <= LONGEST_BACK
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"


def understood(request: Request) -> Asked:
    """Return what a request asks."""
    return Asked(request, request.app.state.desk)


Ask = Annotated[Asked, Depends(understood)]
