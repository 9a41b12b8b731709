"""What does the application hold from its start to its end?"""

from collections import OrderedDict
from dataclasses import dataclass, field

from jinja2 import Environment

from detente.desk.intake import Intake
from detente.desk.shelf import Shelf
from detente.web.safety.attempts import Attempts
from detente.web.safety.guard import Guard
from detente.web.safety.refusals import Refusals
from detente.web.safety.visitors import MOST, Visitors
from detente.web.settings import Settings
from detente.web.turns import Turns


@dataclass(slots=True)
class Desk:
    """The dossiers that can be opened, who has entered, how pages are written, and who reads what is sent in.

    `guard` is the door before it; `long` lets one long answer at a time be worked out.
    """

    settings: Settings
    shelf: Shelf
    templates: Environment
    visitors: Visitors
    attempts: Attempts
    refusals: Refusals
    intake: Intake
    guard: Guard | None = None
    messages: OrderedDict[str, str] = field(default_factory=OrderedDict)
    long: Turns = field(default_factory=Turns)

    def say(self, visitor: str, message: str) -> None:
        """Leave a message for the next page of somebody."""
        self.messages[visitor] = message
        while len(self.messages) > MOST:
            self.messages.popitem(last=False)

    def said(self, visitor: str) -> str:
        """Take the message that was left for somebody, empty where there is none."""
        return self.messages.pop(visitor, "")
