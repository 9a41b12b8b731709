"""The nouns of a dispute: who, about what, at which table, under which threats.

Plain frozen data: tuples of records, no arrays, no files. Pydantic checks shape; `check()` checks meaning. Ids are
readable slugs; an input is addressed by its path, such as `iran.missiles.red_line` (see `detente.situation.paths`).
"""

import datetime as dt
from typing import Literal, TypeVar

from pydantic import Field

from detente.situation.questions import Question
from detente.situation.values import Noun, Range, Record, Slug

Mode = Literal["in", "option", "precondition", "later", "elsewhere", "declaratory", "refused"]
World = Literal["drift", "squeeze", "force"]


class Document(Record):
    """Where something was reported: when it was published, and when it could first be known."""

    id: Slug
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: dt.date | None = None
    reported: dt.date | None = None
    sha256: str | None = None
    note: str | None = None


class Evidence(Record):
    """One quote at its place: `text[start:end] == quote` in the document it names; `grade` is an Admiralty code."""

    id: str
    document: Slug
    sentence: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    item: str | None = None
    speaker: str | None = None
    grade: str | None = Field(default=None, pattern=r"^[A-F][1-6]$")
    note: str | None = None


class Party(Noun):
    """Someone who wants, refuses, threatens or pays; a decision body weighs its members inside it."""

    id: Slug
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "state"
    members: tuple[Slug, ...] = ()
    decision_body: bool = False


class Landmark(Record):
    """A named level of an issue."""

    at: float
    name: str


class Issue(Noun):
    """What is bargained over: a scale with named landmarks, and where things stand today."""

    id: Slug
    name: str
    aliases: tuple[str, ...] = ()
    scale: tuple[float, float] = (0.0, 100.0)
    unit: str | None = None
    landmarks: tuple[Landmark, ...] = ()
    status_quo: Range
    options: tuple[float, ...] = ()


class RedLine(Record):
    """A level a party says it will not pass; `hardness` is the probability that it means it."""

    at: Range
    accepts: Literal["at_most", "at_least"]
    hardness: Range


class Stance(Noun):
    """What one party wants on one issue, how much it matters to it, and what it will not accept."""

    party: Slug
    issue: Slug
    position: Range
    salience: Range
    red_line: RedLine | None = None


class Demand(Noun):
    """Who asks whom to do what with an issue, at which table; a condition is a demand that must come first."""

    id: Slug
    by: Slug
    to: Slug | None = None
    table: Slug | None = None
    issue: Slug
    ask: Literal["include", "exclude", "settle"] = "include"
    status: Literal["topic", "aim", "condition"] = "topic"


class Influence(Noun):
    """The weight of a party, overall or at one table or on one issue."""

    party: Slug
    table: Slug | None = None
    issue: Slug | None = None
    weight: Range


class Score(Noun):
    """An explicit score of one level of one issue for one party; it overrides the score derived from its stance."""

    party: Slug
    issue: Slug
    at: float
    value: Range


class Interaction(Noun):
    """What two levels of two issues are worth to a party together, beyond what each is worth alone."""

    party: Slug
    issue: Slug
    at: float
    other: Slug
    other_at: float
    value: Range


class AgendaItem(Noun):
    """How one issue stands on one agenda, and by whose doing."""

    issue: Slug
    mode: Mode
    by: tuple[Slug, ...] = ()
    elsewhere: Slug | None = None


class ListingCost(Noun):
    """What merely listing an issue costs a party; one full-scale move on an issue of salience 100 costs 100."""

    party: Slug
    issue: Slug
    cost: Range


class NoDeal(Noun):
    """What a party has without a deal at this table, in the unit of listing costs, relative to the status quo."""

    party: Slug
    value: Range


class Requirement(Record):
    """What a level agreed at a linked table asks of an issue at this one."""

    issue: Slug
    at: float
    of: Slug
    accepts: Literal["at_most", "at_least"]
    level: float


class Link(Noun):
    """How another table bears on this one: what is agreed there binds here, must approve of it, or is heard.

    A mandate binds by its `requires`. Without any, no deal there means no deal here.
    """

    table: Slug
    kind: Literal["mandate", "ratification", "consultation"]
    requires: tuple[Requirement, ...] = ()


class Mediator(Noun):
    """Who mediates, and whether anybody said so."""

    party: Slug
    stated: bool = True


class Table(Noun):
    """Where something is bargained over: whose consent it takes, who hosts, what is on the agenda.

    `rule` says whose acceptance carries a package: all that consent, more than half of them, more than half of their
    influence, or `quorum` of them. Who is in `vetoes` must accept under any rule; `ratifiers` do not bargain, and must
    not lose.
    """

    id: Slug
    name: str
    consent: tuple[Slug, ...]
    consulted: tuple[Slug, ...] = ()
    host: Slug | None = None
    venue: str | None = None
    mediator: Mediator | None = None
    direct: bool | None = None
    rule: Literal["unanimity", "majority", "weighted", "quorum"] = "unanimity"
    quorum: int | None = Field(default=None, ge=1)
    vetoes: tuple[Slug, ...] = ()
    ratifiers: tuple[Slug, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    listing_costs: tuple[ListingCost, ...] = ()
    no_deal: tuple[NoDeal, ...] = ()
    links: tuple[Link, ...] = ()


class Meeting(Noun):
    """A meeting that was held, is planned or was called off; a day that the text leaves open stays open."""

    id: Slug
    parties: tuple[Slug, ...]
    table: Slug | None = None
    venue: str | None = None
    host: Slug | None = None
    status: Literal["planned", "held", "cancelled"]
    when: str | None = None
    date: dt.date | None = None


class Deadline(Noun):
    """By when something must have happened, and who says so."""

    id: Slug
    by: Slug | None = None
    table: Slug | None = None
    what: str
    when: str | None = None
    date: dt.date | None = None


class Incident(Noun):
    """Something done outside the table; its actor may be unstated."""

    id: Slug
    act: str
    actor: Slug | None = None
    target: Slug | None = None
    what: str
    date: dt.date | None = None


class Tie(Noun):
    """What binds two parties: alliance or lobby with a weight, patron and proxy with a degree of control, rivalry."""

    id: Slug
    kind: Literal["ally", "lobby", "patron_proxy", "rivalry"]
    source: Slug
    target: Slug
    weight: Range | None = None
    control: Literal["low", "medium", "high"] | None = None


class Trigger(Record):
    """What would set a threat off: an action, and by whom."""

    actor: Slug
    action: str


class Threat(Noun):
    """What a party says it will do, against whom, if what happens; a commitment is a promise of the same shape."""

    id: Slug
    kind: Literal["threat", "commitment"] = "threat"
    by: Slug
    against: Slug
    condition: str | None = None
    trigger: Trigger | None = None
    action: str
    cost: Range | None = None
    audience_cost: Range | None = None
    credibility: Range | None = None


class Move(Noun):
    """What a party can do outside the table: alone or not, who can undo it, what it excludes.

    `after` are moves of which at least one must have been made before it can be; `in_force` is what is done today.
    """

    id: Slug
    by: Slug
    action: str
    against: Slug | None = None
    alone: bool = True
    in_force: bool = False
    after: tuple[Slug, ...] = ()
    undone_by: tuple[Slug, ...] = ()
    excludes: tuple[Slug, ...] = ()


class Effect(Noun):
    """What a move is worth to a party, its own or another's, in the unit of listing costs.

    With `given` it is what the two moves are worth together, beyond each alone; with `world` it counts in that one.
    """

    party: Slug
    move: Slug
    given: Slug | None = None
    world: World | None = None
    value: Range


class Preference(Noun):
    """One comparison of two states of the world; a state is the set of moves made in it."""

    party: Slug
    prefers: tuple[Slug, ...]
    over: tuple[Slug, ...]
    strength: Literal["prefers", "strongly", "indifferent"] = "prefers"


class Situation(Record):
    """A dispute as of a day."""

    title: str
    as_of: dt.date | None = None
    note: str | None = None
    documents: tuple[Document, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    parties: tuple[Party, ...] = ()
    issues: tuple[Issue, ...] = ()
    stances: tuple[Stance, ...] = ()
    demands: tuple[Demand, ...] = ()
    influence: tuple[Influence, ...] = ()
    scores: tuple[Score, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    tables: tuple[Table, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    incidents: tuple[Incident, ...] = ()
    ties: tuple[Tie, ...] = ()
    threats: tuple[Threat, ...] = ()
    moves: tuple[Move, ...] = ()
    effects: tuple[Effect, ...] = ()
    preferences: tuple[Preference, ...] = ()
    questions: tuple[Question, ...] = ()

    def party(self, party_id: str) -> Party:
        """Return the party with this id; raises KeyError with the ids there are."""
        return _named(self.parties, party_id)

    def issue(self, issue_id: str) -> Issue:
        """Return the issue with this id; raises KeyError with the ids there are."""
        return _named(self.issues, issue_id)

    def table(self, table_id: str) -> Table:
        """Return the table with this id; raises KeyError with the ids there are."""
        return _named(self.tables, table_id)

    def stance(self, party_id: str, issue_id: str) -> Stance | None:
        """Return the stance of a party on an issue, where it has one."""
        return next((s for s in self.stances if s.party == party_id and s.issue == issue_id), None)


Named = TypeVar("Named", Party, Issue, Table)


def _named(records: tuple[Named, ...], wanted: str) -> Named:
    for record in records:
        if record.id == wanted:
            return record
    raise KeyError(f"{wanted!r} is not one of {', '.join(r.id for r in records) or 'none'}")
