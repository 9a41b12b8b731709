"""Under which addresses does the desk answer, to whom, and about which folder?"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from detente.web.safety.accounts import Accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is settled before the first request.

    place     a dossier, or a folder of dossiers
    origins   the addresses under which the desk may be asked, such as "http://127.0.0.1:8000"; the first is its own
    token     who knows it may enter; with accounts it opens nothing
    accounts  who may log in; None where the desk is one person's, on the machine it runs on
    proxied   whether requests come through a proxy that says from whom
    by        who signs what is changed, where there are no accounts
    tell      takes one line about each refused request
    eager     whether what reads documents is loaded once somebody looks at them, rather than with the first document
    """

    place: Path
    origins: tuple[str, ...]
    token: str
    accounts: Accounts | None = None
    proxied: bool = False
    by: str = "an analyst"
    tell: Callable[[str], None] = lambda _: None
    eager: bool = False

    @property
    def secure(self) -> bool:
        """Whether cookies may only travel encrypted."""
        return self.origins[0].startswith("https://")

    @property
    def cookie(self) -> str:
        """The name of the cookie: desks on several ports of one machine share a jar, so each has its own."""
        port = self.origins[0].rpartition(":")[2]
        return f"detente-{port}" if port.isdigit() else "detente"
