"""What does the lexicon know of each party, person, office and issue?"""

import datetime
import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

PartyKind = Literal["state", "entity", "organisation", "bloc", "armed_group", "ngo", "office", "movement"]
RoleClass = Literal["person", "body", "group", "country", "bloc"]
IssueKind = Literal["file", "conduct", "process"]
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


def _partial_date(value: object) -> object:
    """YAML reads a full date as a date and a year as a number; both are meant as text here."""
    if isinstance(value, datetime.date | int):
        value = str(value)
    if isinstance(value, str) and not _PARTIAL.match(value):
        raise ValueError("a date is written 2025, 2025-01 or 2025-01-20")
    return value


PartialDate = Annotated[str, BeforeValidator(_partial_date)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Person(_Entry):
    """Who held which office of which party, and when?

    A person with several terms or offices has one entry for each. An unknown beginning or end is left open.
    """

    party: str = ""
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    surname: str | None = None
    office: str | None = None
    since: PartialDate | None = Field(default=None, alias="from")
    until: PartialDate | None = Field(default=None, alias="to")
    woman: bool = False

    def holds(self, when: datetime.date | None) -> bool:
        """Is this the person's office on that day? An undated question asks about today's holders.

        >>> Person(name="A", until="2015").holds(datetime.date(2015, 7, 1)), Person(name="A", until="2015").holds(None)
        (True, False)
        """
        if when is None:
            return self.until is None
        day = when.isoformat()
        after = self.since is None or day >= self.since
        return after and (self.until is None or day[: len(self.until)] <= self.until)


class PartyEntry(_Entry):
    """What is a party called, where does it sit, who speaks for it?

    aliases    other names, as written (an alias all in capitals is found in capitals only)
    demonyms   adjectives and names of its people
    capitals   cities that stand for its government when they act, and are places otherwise
    metonyms   seats of power, ministries, forces and agencies that are this party
    shy        names counted only where the party (or its home) is named in another way, too
    places     towns and regions in it: always places, never the party
    """

    id: str = ""
    name: str = Field(min_length=1)
    kind: PartyKind = "entity"
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    shy: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    patron: str | None = None
    home: str | None = None
    members: tuple[str, ...] = ()
    since: PartialDate | None = Field(default=None, alias="from")
    until: PartialDate | None = Field(default=None, alias="to")
    replace: bool = False


class PlaceRow(_Entry):
    """Which towns and regions lie in a party's land?"""

    party: str
    names: tuple[str, ...]


class RoleRow(_Entry):
    """Which nouns stand for somebody who acts for a party: persons, bodies, groups, the country itself?"""

    of: RoleClass
    sector: str
    words: tuple[str, ...]


class IssueEntry(_Entry):
    """What is a matter in dispute called, and what does its scale run from and to?

    aliases      phrases that are this issue wherever they stand
    weak         phrases that only point to it (marked so on every hit)
    not_in       phrases in which an alias means something else
    owned        the bare noun says little: whose it is matters ("missiles")
    kind         file: a matter to settle; conduct: an act, an issue only when somebody takes a stand on it;
                 process: how and where to talk
    scale_note   what low and high mean on the default scale of a situation
    """

    id: str = ""
    name: str = Field(min_length=1)
    kind: IssueKind = "file"
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    owned: bool = False
    scale_note: str = ""
    replace: bool = False


class LexiconFile(_Entry):
    """What may a file of the lexicon hold? Every part may be left out."""

    parties: tuple[PartyEntry, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[PlaceRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    not_parties: tuple[str, ...] = ()
    issues: tuple[IssueEntry, ...] = ()
