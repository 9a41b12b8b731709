"""How are the parties, agendas, moves and luck of one draw named in sentences, and what do these rest on?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.boards.outside.dyads import Dyad
from detente.brief.document import Sentence
from detente.brief.register import Register
from detente.brief.sections.no_deal.telling import deed
from detente.brief.sections.prevailing.telling import WEAKEST
from detente.brief.story import Told
from detente.brief.words import Names
from detente.figures.text import gain, tenths
from detente.outlook.courses import Setting
from detente.outlook.crises import answering
from detente.outlook.seat.dealt import Confrontation, Dealt, Offer
from detente.situation.nouns import Move
from detente.situation.values import BasisKind, Range

# Which assumed numbers decide whether something happens.
DECIDED_BY: dict[str, tuple[str, ...]] = {
    "puts-forward": ("agenda-precision",),
    "insists": ("insistence",),
    "incident": ("incident", "incident-weight"),
    "deadline": ("deadline-round", "deadline-push"),
    "holds": ("occasion",),
    "concedes": ("occasion",),
    "backs-down": ("occasion", "lost-credibility"),
    "carries-out": ("occasion", "strike-weight"),
    "war": ("answered-to-war",),
    "breaks-off": ("rupture",),
    "undoes": ("deal-broken",),
    "settles": ("impatience", "stubbornness", "deadline-push"),
    "walks-out": ("walk-out",),
    "returns": ("resumption",),
    "force-ends": ("calm",),
    "war-ends": ("war-ends",),
}
NASH = "the package of the Nash product over mandates, at what each has without a deal in this draw"
WAITING = "the war of attrition of Abreu and Gul (2000) over the best deal that each could get"
CRISIS = "the crisis of four ends with private stakes (Lewis and Schultz 2003), one of its equilibria drawn"


@dataclass(frozen=True, slots=True)
class Telling:
    """One draw with the names and the register of the page that it goes into.

    With `only` nothing is told that this party cannot know while it plays: what others gain, and what they wait for.
    """

    found: Told
    names: Names
    register: Register
    only: str | None = None
    explained: set[tuple[str, ...]] = field(default_factory=set, init=False, repr=False, compare=False)

    @property
    def draw(self) -> Dealt:
        """What the draw holds."""
        return self.found.story.draw

    @property
    def setting(self) -> Setting:
        """The names of the axes."""
        return self.draw.question.setting

    def say(self, text: str, how: str, ranges: Iterable[Range | None] = (), moves: Iterable[str] = ()) -> Sentence:
        """Return a sentence that was computed from some ranges and moves; its mark is how the weakest is known."""
        values = [r for r in ranges if r is not None]
        made = [self.move(m) for m in moves]
        bases = [*(r.basis for r in values), *(m.basis for m in made)]
        refs = tuple(dict.fromkeys(ref for basis in bases for ref in self.register.basis(basis)))
        kinds = [basis.kind for basis in bases]
        weakest: BasisKind = max(kinds, key=WEAKEST.index, default="read")
        mark = None if weakest == "read" else weakest
        return Sentence(text, (self.register.derive(how, *refs),), mark)

    def assumed(self, *names: str) -> list[Range]:
        """Return the ranges of some of what is assumed of rounds, crises and waiting."""
        known = self.draw.question.assumed
        return [r for name in names for path, r in known.items() if f"{path}.".startswith(f"outlook.{name}.")]

    def stakes(self) -> list[Range | None]:
        """Return the ranges of what the parties of the table want of its issues, which every package rests on."""
        setting = self.setting
        stances = [s for s in self.draw.question.situation.stances if s.party in setting.parties]
        return [r for s in stances if s.issue in setting.issues for r in (s.position, s.salience)]

    def knows(self, *parties: str | None) -> bool:
        """Return whether what these parties gain may be told."""
        return self.only is None or all(party == self.only for party in parties)

    def once(self, *what: str) -> bool:
        """Return whether something is told for the first time."""
        new = what not in self.explained
        self.explained.add(what)
        return new

    def effects(self, dyad: Dyad) -> list[Range]:
        """Return the ranges of what the moves of a crisis are worth to both."""
        moves = set(self.moves(dyad))
        both = (dyad.challenger, dyad.target)
        return [e.value for e in self.draw.question.situation.effects if e.move in moves and e.party in both]

    def moves(self, dyad: Dyad) -> tuple[str, ...]:
        """Return the moves of a crisis: the challenge, what it takes to give in, what stands against it."""
        found = (dyad.challenge, dyad.concede, *answering(self.draw.question.situation, dyad))
        return tuple(m for m in found if m is not None)

    def move(self, move_id: str) -> Move:
        """Return a move by its id."""
        return next(m for m in self.draw.question.situation.moves if m.id == move_id)

    def deed(self, move_id: str) -> str:
        """Return what a move is, as it stands in a sentence."""
        return deed(self.move(move_id), self.names)

    def package(self, offer: Offer) -> str:
        """Return the package of an agenda: what it moves away from today."""
        setting = self.setting
        now = {i: float(at[o]) for i, at, o in zip(setting.issues, setting.levels, setting.status_quo, strict=True)}
        return self.names.package((i, at) for i, at in offer.package if at != now[i]) or "everything as today"

    def gains(self, offer: Offer) -> str:
        """Return who gains how much by a package, and in brackets what an ally's wish makes of it."""
        pulled = dict(offer.mandates)
        told = []
        for party, points in offer.gains:
            if not self.knows(party):
                continue
            own, whole = gain(points), gain(pulled.get(party, points))
            aside = f" ({whole} with its allies weighed in)" if own != whole else ""
            told.append(f"{self.names.party(party)} {own}{aside}")
        return ", ".join(told)

    def worth(self, one: Confrontation, end: int, player: int) -> str:
        """Return what an end of a crisis is worth to the challenger (0) or the target (1), in points."""
        return gain(one.worth[end][player])


def rounds_of(rounds: float) -> str:
    """Return a number of rounds of talks.

    >>> rounds_of(1.0), rounds_of(7.25), rounds_of(0.03)
    ('1 round', '7.3 rounds', 'less than a round')
    """
    found = tenths(rounds)
    if rounds < 1:
        return "less than a round"
    return "1 round" if found == 1 else f"{found:g} rounds"
